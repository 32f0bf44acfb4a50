"""The parts a command needs, opened by the settings. Only what it needs."""

import time
import zoneinfo
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.screen import busy, complain, far, stop

if TYPE_CHECKING:
    from bot.domain.articles import Article
    from bot.domain.people import Person
    from bot.domain.systems import Organisation
    from bot.search import Engine
    from bot.search.text import Glossary
    from bot.settings import Settings
    from bot.storage.database import SqlStore
    from bot.storage.knowledge import LiveKnowledge

zoneinfo.reset_tzpath(())  # otherwise the machine's own files win over the pinned tzdata


def read_settings() -> "Settings":
    from bot.settings import Settings

    return Settings()


def now() -> datetime:
    """Time enters a command here."""
    return datetime.fromtimestamp(int(time.time()), UTC)


def today() -> date:
    return now().date()


def live_knowledge(settings: "Settings | None" = None) -> "LiveKnowledge":
    """Raises KnowledgeRefused."""
    from bot.storage.knowledge import LiveKnowledge

    directory = knowledge_dir(settings or read_settings())
    with busy(f"Reading {directory}"):
        return LiveKnowledge(directory, today, lambda _: None)


def good_knowledge(settings: "Settings") -> "LiveKnowledge":
    """What is right of the files, to look at; what is wrong is said beside it."""
    from bot.storage.knowledge import Complaint, LiveKnowledge

    def tell(complaints: tuple[Complaint, ...]) -> None:
        complain([each for each in complaints if each.is_refusal], settings.language, beside=True)

    return LiveKnowledge(knowledge_dir(settings), today, tell, lenient=True)


def knowledge_dir(settings: "Settings") -> Path:
    """The default one may not be there: then it is said where it was looked for."""
    if not settings.knowledge.is_dir():
        stop(f"There is no directory {settings.knowledge} here; set DRIFTSVAGT_KNOWLEDGE.", code=2)
    return settings.knowledge


def built_search(knowledge: "LiveKnowledge", settings: "Settings | None" = None) -> "Engine":
    """With its index, which is built if there is none. Raises IndexNotBuiltError."""
    known = knowledge.now()
    return built_engine(
        known.articles.values(), knowledge.loaded().glossary, settings or read_settings(), known.organisation
    )


def built_engine(
    articles: "Iterable[Article]",
    glossary: "Glossary",
    settings: "Settings",
    organisation: "Organisation | None" = None,
) -> "Engine":
    """As the settings want it. Raises IndexNotBuiltError."""
    from bot.search import build_now

    with far("Building the search index") as progress:
        return build_now(
            articles,
            glossary,
            index_dir(settings),
            settings.limits,
            kind=settings.search,
            progress=progress,
            cautions=organisation.cautions if organisation else None,
        )


def index_dir(settings: "Settings") -> Path:
    return settings.data_dir / "index"


@contextmanager
def opened_store(settings: "Settings") -> "Iterator[SqlStore]":
    """What the desk remembers, as this version of the program expects it."""
    from bot.storage.database import open_store
    from bot.storage.migrating import is_current

    if missing := missing_database(settings):
        stop(f"There is no database at {missing} yet. Make one with: driftsvagt migrate")
    store = open_store(settings.database_url)
    try:
        with store.database.reading() as connection:
            fits = is_current(connection)
        if not fits:
            stop("The database is of another version of the program. Bring it up with: driftsvagt migrate")
        yield store
    finally:
        store.close()


def missing_database(settings: "Settings") -> Path | None:
    """To open an SQLite file that is not there would make an empty one."""
    scheme, _, path = settings.database_url.partition(":///")
    return Path(path) if scheme == "sqlite" and not Path(path).exists() else None


def person_called(organisation: "Organisation", name: str) -> "Person":
    """By id or mail address."""
    from bot.domain.people import PersonId

    person = organisation.people.get(PersonId(name.strip().lower())) or organisation.by_email(name)
    if person is None:
        stop(f"The organisation file has nobody called {name}.")
    return person


def read_time(text: str, zone: tzinfo) -> datetime:
    """ISO 8601; without an offset it is local time of the organisation."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"a time is written 2026-11-23T14:05 or 2026-11-23T13:05Z, not {text!r}") from None
    return (said if said.tzinfo else said.replace(tzinfo=zone)).astimezone(UTC)
