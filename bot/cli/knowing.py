"""`check`: the knowledge files as the desk would read them, with their golden questions asked of the real search."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.in_words import in_words, show_examples
from bot.cli.opening import built_engine, knowledge_dir, read_settings, today
from bot.cli.screen import busy, complain, note, say, stop

if TYPE_CHECKING:
    from bot.desk.ports import Known
    from bot.domain.people import Language
    from bot.settings import Settings
    from bot.storage.knowledge import Complaint, Loaded

app = typer.Typer()


@app.command()
def check(
    directory: Annotated[
        Path | None, typer.Argument(help="The knowledge; without it, the one in the settings.")
    ] = None,
    contracts: Annotated[
        bool,
        typer.Option(
            "--contracts", help="Also say every contract in words, with ten worked examples for each of its calendars."
        ),
    ] = False,
) -> None:
    """Schema, references, dates, duplicates, golden questions. Every complaint with file and line; exit code 1 on refusals."""
    from bot.storage.knowledge import load

    settings = read_settings()
    where = directory or knowledge_dir(settings)
    if not where.is_dir():
        stop(f"There is no directory {where}.", code=2)
    with busy(f"Reading {where}"):
        loaded = load(where, today())
    complaints = list(loaded.complaints)
    if loaded.known:
        complaints += _golden(loaded, settings)
    complain(complaints, settings.language)
    if loaded.known and contracts:
        for contract in loaded.known.contracts.versions:
            say("\n" + in_words(loaded.known, contract, settings.language))
            for calendar in contract.calendars.values():
                show_examples(contract, calendar, settings.language)
    _sum_up(loaded.known, complaints, settings.language)


def _golden(loaded: "Loaded", settings: "Settings") -> "list[Complaint]":
    from bot.storage.knowledge import ask_golden

    if loaded.known is None:
        return []
    articles = loaded.known.articles
    engine = built_engine(articles.values(), loaded.glossary, settings, loaded.known.organisation)
    with busy("Asking the golden questions"):
        return list(ask_golden(articles, loaded.golden_lines, engine.find))


def _sum_up(known: "Known | None", complaints: "list[Complaint]", language: "Language") -> None:
    from bot.wording.say import say as word

    refused = sum(each.is_refusal for each in complaints)
    if known:
        counts = word(
            language,
            "kn.counts",
            articles=len(known.articles),
            systems=len(known.organisation.systems),
            suppliers=len(known.organisation.suppliers),
            contracts=len(known.contracts.versions),
            golden=sum(len(each.golden.matches) + len(each.golden.excludes) for each in known.articles.values()),
        )
        note(counts)
    if refused:
        stop(word(language, "kn.refused", refused=refused, warnings=len(complaints) - refused))
    note(word(language, "kn.fine", warnings=len(complaints)))
