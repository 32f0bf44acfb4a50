"""The store over SQL: SQLite for one machine, PostgreSQL for several."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Self

from bot.desk.ports import Leased, Ledger, Undelivered, Waiting
from bot.domain.audit import Trace
from bot.domain.commands import Delivery, Done, Kind, Place
from bot.domain.notices import Tell
from bot.domain.people import PersonId
from bot.domain.refusals import Refused
from bot.storage import attachments, audit, inbox, outbox, posted
from bot.storage.engine import Database
from bot.storage.ledger import SqlLedger
from bot.storage.looking import LookingLedger


def open_store(url: str) -> "SqlStore":
    """`sqlite:///path` or `postgresql+psycopg://…`; its tables are made by `migrating.migrate`."""
    return SqlStore(Database(url))


class SqlStore:
    def __init__(self, database: Database, ends: Delivery | None = None) -> None:
        self.database = database
        self._ends = ends

    @contextmanager
    def transaction(self) -> Iterator[Ledger]:
        ends = self._ends
        # What a delivery comes to need not wait for the disk: the delivery did (`receive`), and is taken up again should
        # a power cut take this back; nothing of it is told before the log of the database has reached the disk up to
        # here and beyond (`sending`).
        with self.database.writing(hasty=ends is not None) as connection:
            yield SqlLedger(connection, writes=True)
            if ends:
                inbox.finish(connection, ends)
        self._ends = None

    @contextmanager
    def reading(self) -> Iterator[Ledger]:
        with self.database.reading() as connection:
            yield LookingLedger(connection)

    def finishing(self, delivery: Delivery) -> Self:
        return type(self)(self.database, delivery)

    def purge(self, now: datetime) -> None:
        with self.database.writing() as connection:
            inbox.purge(connection, now)
            outbox.purge(connection, now)
            posted.purge(connection, now)
            attachments.purge(connection, now)

    # audit

    def trace(self, trace: Trace) -> None:
        # A page waits for it, but not for the disk: it outlives the program; a power cut may take the last moment's.
        self.database.together(lambda connection: audit.add(connection, trace), hasty=True)

    def traces(
        self, since: datetime, *, by: PersonId | None = None, about: str = "", most: int = 1000
    ) -> Sequence[Trace]:
        with self.database.glancing() as connection:
            return audit.read(connection, since, by, about, most)

    def forget_traces(self, before: datetime) -> int:
        gone = 0
        while some := self.database.together(lambda connection: audit.forget(connection, before), hasty=True):
            gone += some
        return gone

    # inbox

    def receive(self, delivery: Delivery) -> bool:
        return self.database.together(lambda connection: inbox.receive(connection, delivery))

    def unfinished(self, most: int = 100) -> Sequence[Delivery]:
        with self.database.glancing() as connection:
            return inbox.unfinished(connection, most)

    def answered(self, delivery: Delivery) -> Done | Refused | None:
        with self.database.glancing() as connection:
            return inbox.answered(connection, delivery)

    # outbox

    def lease(self, by: str, now: datetime, most: int = 20) -> Leased | None:
        return self.database.together(lambda connection: outbox.lease(connection, by, now, most), hasty=True)

    def waiting(self, place: Place, now: datetime, most: int = 20) -> Sequence[Waiting]:
        return self.database.together(lambda connection: outbox.waiting(connection, place, now, most), hasty=True)

    def sending(self, row: Waiting, by: str, until: datetime) -> None:
        # The one that waits for the disk: before anybody is told, it and all that led to it outlives a power cut.
        self.database.together(lambda connection: outbox.sending(connection, row, by, until))

    def sent(self, row: Waiting, message_id: str, now: datetime, *, frees: str = "") -> None:
        # After a power cut the other side is asked whether it was sent; mail cannot be asked.
        hasty = row.tell.place.kind is not Kind.MAIL
        self.database.together(lambda connection: outbox.sent(connection, row, message_id, now, frees), hasty=hasty)

    def postpone(self, row: Waiting, until: datetime, why: str) -> None:
        self.database.together(lambda connection: outbox.postpone(connection, row, until, why))

    def bury(self, row: Waiting, why: str, now: datetime, aloud: Sequence[Tell] = ()) -> None:
        with self.database.writing() as connection:
            if outbox.bury(connection, row, why, now):
                SqlLedger(connection, writes=True).queue(aloud, now)

    def newest_notice(self) -> int:
        with self.database.glancing() as connection:
            return outbox.newest(connection)

    def undelivered(self, most: int = 20) -> Sequence[Undelivered]:
        with self.database.glancing() as connection:
            return outbox.undelivered(connection, most)

    def free(self, place: Place, by: str) -> None:
        self.database.together(lambda connection: outbox.free(connection, place, by), hasty=True)

    def next_send_at(self) -> datetime | None:
        with self.database.glancing() as connection:
            return outbox.next_send_at(connection)

    def close(self) -> None:
        self.database.close()
