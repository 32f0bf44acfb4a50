"""The store that forgets everything: for tests, and for a chat in the terminal. Same meaning as the one over SQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Self

from bot.desk.ports import AlreadyDone, Changed, Leased, Ledger, Undelivered, Waiting
from bot.domain.audit import Trace
from bot.domain.commands import Delivery, Done, Place
from bot.domain.notices import Tell
from bot.domain.people import PersonId
from bot.domain.refusals import Refused
from bot.storage.memory_ledger import MemoryLedger
from bot.storage.scalars import IN_DOUBT, TWICE_IN_DOUBT, state_after, state_during
from bot.storage.shelves import Journal, Received, Row, Shelves
from bot.storage.turn import Turn

LEASE = timedelta(seconds=30)
KEPT = timedelta(days=7)


class MemoryStore:
    def __init__(self, shelves: Shelves | None = None, turn: Turn | None = None, ends: Delivery | None = None) -> None:
        self._shelves = shelves or Shelves()
        self._turn = turn or Turn()
        self._ends = ends

    @contextmanager
    def transaction(self) -> Iterator[Ledger]:
        ends = self._ends
        with self._change() as journal:
            yield MemoryLedger(self._shelves, journal)
            if ends:
                self._finish(journal, ends)
        self._ends = None

    @contextmanager
    def reading(self) -> Iterator[Ledger]:
        with self._turn.taken():
            yield MemoryLedger(self._shelves, Journal(writes=False))

    def finishing(self, delivery: Delivery) -> Self:
        return type(self)(self._shelves, self._turn, delivery)

    def purge(self, now: datetime) -> None:
        inbox, outbox = self._shelves.inbox, self._shelves.outbox
        with self._change() as journal:
            for key in [key for key, each in inbox.items() if not each.delivery and each.at < now - KEPT]:
                journal.drop(inbox, key)
            for row in [*outbox.values()]:
                if row.over_at and row.over_at < now - KEPT and row.state != "dead":
                    journal.drop(outbox, row.id)
            MemoryLedger(self._shelves, journal).attachments.purge(now)

    # audit

    def trace(self, trace: Trace) -> None:
        with self._change() as journal:
            journal.put(self._shelves.audit, journal.count(self._shelves.counters, "audit"), trace)

    def traces(
        self, since: datetime, *, by: PersonId | None = None, about: str = "", most: int = 1000
    ) -> Sequence[Trace]:
        with self._turn.taken():
            kept = sorted(self._shelves.audit.items(), key=lambda each: (each[1].at, each[0]), reverse=True)
        found = [each for _, each in kept if each.at >= since and by in {None, each.by} and about in {"", each.about}]
        return found[:most]

    def forget_traces(self, before: datetime) -> int:
        with self._change() as journal:
            old = [nth for nth, each in self._shelves.audit.items() if each.at < before]
            for nth in old:
                journal.drop(self._shelves.audit, nth)
            return len(old)

    # inbox

    def receive(self, delivery: Delivery) -> bool:
        key = (delivery.platform, delivery.key)
        with self._change() as journal:
            if key in self._shelves.inbox:
                return False
            journal.put(self._shelves.inbox, key, Received(delivery.at, delivery))
            return True

    def unfinished(self, most: int = 100) -> Sequence[Delivery]:
        with self._turn.taken():
            return [each.delivery for each in self._shelves.inbox.values() if each.delivery][:most]

    def answered(self, delivery: Delivery) -> Done | Refused | None:
        with self._turn.taken():
            received = self._shelves.inbox.get((delivery.platform, delivery.key))
        return None if received is None or received.delivery else received.refusal or Done()

    # outbox

    def lease(self, by: str, now: datetime, most: int = 20) -> Leased | None:
        place = self._lease(by, now)
        return Leased(place, self.waiting(place, now, most)) if place else None

    def _lease(self, by: str, now: datetime) -> Place | None:
        with self._change() as journal:
            for row in self._heads():
                place = row.tell.place
                holder, until = self._shelves.leases.get(place, (by, now))
                if row.is_due(now) and (holder == by or until <= now):
                    journal.put(self._shelves.leases, place, (by, now + LEASE))
                    return place
            return None

    def waiting(self, place: Place, now: datetime, most: int = 20) -> Sequence[Waiting]:
        with self._change() as journal:
            rows = [each for each in self._unsent() if each.tell.place == place]
            if not rows or not rows[0].is_due(now):
                return ()
            newest = {each.tell.key: each.id for each in rows}
            found: dict[str, Waiting] = {}
            for row in rows:
                key = row.tell.key or str(row.id)
                if row.tell.key and row.state == "waiting" and row.id != newest[row.tell.key]:
                    journal.put(self._shelves.outbox, row.id, replace(row, state="replaced", over_at=now))
                elif not row.is_due(now) or key in found:
                    break  # the second of a key needs the message id that the first will bring
                else:
                    found[key] = self._waiting(row)
            return tuple(found.values())[:most]

    def sending(self, row: Waiting, by: str, until: datetime) -> None:
        with self._change() as journal:
            stored = self._shelves.outbox.get(row.id)
            holder, _ = self._shelves.leases.get(row.tell.place, (by, until))
            if holder != by or stored is None or stored.over_at or stored.attempts != row.attempts:
                raise Changed
            journal.put(
                self._shelves.outbox, row.id, replace(stored, state=state_during(row), attempts=row.attempts + 1)
            )
            if row.tell.place in self._shelves.leases:
                journal.put(self._shelves.leases, row.tell.place, (by, until))

    def sent(self, row: Waiting, message_id: str, now: datetime, *, frees: str = "") -> None:
        with self._change() as journal:
            self._mark(journal, row, state="sent", over_at=now)
            if row.tell.key and message_id:
                journal.put(self._shelves.messages, (row.tell.place, row.tell.key), message_id)
            if frees and self._shelves.leases.get(row.tell.place, ("", None))[0] == frees:
                journal.drop(self._shelves.leases, row.tell.place)

    def postpone(self, row: Waiting, until: datetime, why: str) -> None:
        with self._change() as journal:
            self._mark(journal, row, state=state_after(row), attempts=row.attempts + 1, not_before=until, why=why)

    def bury(self, row: Waiting, why: str, now: datetime, aloud: Sequence[Tell] = ()) -> None:
        with self._change() as journal:
            if self._mark(journal, row, state="dead", why=why, over_at=now):
                MemoryLedger(self._shelves, journal).queue(aloud, now)

    def newest_notice(self) -> int:
        with self._turn.taken():
            return self._shelves.counters.get("outbox", 0)

    def undelivered(self, most: int = 20) -> Sequence[Undelivered]:
        with self._turn.taken():
            dead = [(row.over_at, row.id, row) for row in self._shelves.outbox.values() if row.state == "dead"]
        found = sorted(((at, nth, row) for at, nth, row in dead if at), reverse=True)[:most]
        return [Undelivered(row.tell.place, row.why, at) for at, _, row in found]

    def free(self, place: Place, by: str) -> None:
        with self._change() as journal:
            if self._shelves.leases.get(place, ("", None))[0] == by:
                journal.drop(self._shelves.leases, place)

    def next_send_at(self) -> datetime | None:
        with self._turn.taken():
            leases = self._shelves.leases
            times = (
                max(row.due_at, leases[row.tell.place][1]) if row.tell.place in leases else row.due_at
                for row in self._heads()
            )
            return min(times, default=None)

    # inside

    @contextmanager
    def _change(self) -> Iterator[Journal]:
        with self._turn.taken():
            journal = Journal()
            try:
                yield journal
            except BaseException:
                journal.take_back()
                raise

    def _finish(self, journal: Journal, delivery: Delivery) -> None:
        key = (delivery.platform, delivery.key)
        received = self._shelves.inbox.get(key)
        if received is None:
            return
        if not received.delivery:
            raise AlreadyDone
        journal.put(self._shelves.inbox, key, replace(received, delivery=None))

    def _unsent(self) -> list[Row]:
        return [row for _, row in sorted(self._shelves.outbox.items()) if not row.over_at]

    def _heads(self) -> list[Row]:
        """The first unsent row of every place: until it is sent, nothing behind it is."""
        first: dict[Place, Row] = {}
        for row in self._unsent():
            first.setdefault(row.tell.place, row)
        return list(first.values())

    def _waiting(self, row: Row) -> Waiting:
        tell = row.tell
        return Waiting(
            row.id,
            f"{tell.key or row.id}:{row.id}",
            tell,
            row.queued_at,
            row.attempts,
            row.not_before,
            row.state in IN_DOUBT,
            row.state == TWICE_IN_DOUBT,
            self._shelves.messages.get((tell.place, tell.key), "") if tell.key else "",
        )

    def _mark(self, journal: Journal, row: Waiting, **changes: object) -> bool:
        stored = self._shelves.outbox.get(row.id)
        if stored is None or stored.over_at:
            return False
        journal.put(self._shelves.outbox, row.id, replace(stored, **changes))  # type: ignore[arg-type]  # Row's own fields
        return True
