"""A ledger to look with: it sees one picture of the database, so it asks for nothing twice, and for many cases at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, select

from bot.domain.attachments import Attachment
from bot.domain.events import Event
from bot.domain.lists import Wanted
from bot.domain.people import Absence
from bot.domain.questions import Question
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket
from bot.storage import rows
from bot.storage.attachments import SqlAttachments
from bot.storage.ledger import SqlLedger
from bot.storage.statements import titled
from bot.storage.tables import cases, questions, tickets

K = TypeVar("K")
V = TypeVar("V")
KEPT = 1000  # of each kind: more than any page shows; a report that goes through every case of a year keeps no more


class LookingLedger(SqlLedger):
    """A page of a hundred cards costs as many statements as a page of one, once it has said `ahead` what it shows."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, writes=False)
        self._seen_questions: dict[str, Question] = {}
        self._seen_tickets: dict[int, Ticket] = {}
        self._seen_cases: dict[int, SupplierCase] = {}
        self._seen_events: dict[str, Sequence[Event]] = {}
        self._seen_texts: dict[str, str | None] = {}  # None: there is none
        self._seen_absences: Sequence[Absence] | None = None
        self._seen_attachments = SeenAttachments(connection)

    def ahead(self, case_ids: Iterable[str]) -> None:
        asked = set(case_ids)
        self._fetch_tickets(int(each[1:]) for each in asked if each.startswith("#"))
        theirs = {each.supplier_case for each in self._seen_tickets.values() if each.supplier_case}
        self._fetch_cases(theirs | {int(each[2:]) for each in asked if each.startswith("S-")})
        self._fetch_tickets(number for each in self._seen_cases.values() for number in each.tickets)
        self._fetch_questions(each.question for each in self._seen_tickets.values() if each.question)
        asked_with = [each.text for each in self._seen_questions.values() if each.text]
        self.attachments.with_texts(asked_with)
        self.texts(
            [
                *asked_with,
                *(each.solution for each in self._seen_tickets.values() if each.solution),
                *(each.report for each in self._seen_cases.values()),
            ]
        )
        self.events_of(each for each in asked if each.startswith("S-"))

    def ticket(self, number: int) -> Ticket:
        return self._seen_tickets.get(number) or _kept(self._seen_tickets, number, super().ticket(number))

    def case(self, number: int) -> SupplierCase:
        return self._seen_cases.get(number) or _kept(self._seen_cases, number, super().case(number))

    def question(self, question: str) -> Question:
        return self._seen_questions.get(question) or _kept(self._seen_questions, question, super().question(question))

    def find_tickets(self, wanted: Wanted, now: datetime, most: int, first: int = 0) -> Sequence[Ticket]:
        found = super().find_tickets(wanted, now, most, first)
        self._seen_tickets |= {each.number: each for each in found}
        return found

    def find_cases(self, wanted: Wanted, now: datetime, most: int, first: int = 0) -> Sequence[SupplierCase]:
        found = super().find_cases(wanted, now, most, first)
        self._seen_cases |= {each.number: each for each in found}
        return found

    def events(self, case_id: str) -> Sequence[Event]:
        return self.events_of([case_id])[case_id]

    def events_of(self, case_ids: Iterable[str]) -> Mapping[str, Sequence[Event]]:
        asked = list(case_ids)
        found = super().events_of([each for each in asked if each not in self._seen_events])
        for case_id, events in found.items():
            _kept(self._seen_events, case_id, events)
        return {each: found[each] if each in found else self._seen_events[each] for each in asked}

    def texts(self, ids: Iterable[str]) -> Mapping[str, str]:
        asked = list(ids)
        new = [each for each in asked if each not in self._seen_texts]
        found = super().texts(new)
        for each in new:
            _kept(self._seen_texts, each, found.get(each))
        bodies = {each: found.get(each, self._seen_texts.get(each)) for each in asked}
        return {each: body for each, body in bodies.items() if body is not None}

    @property
    def attachments(self) -> SqlAttachments:
        return self._seen_attachments

    def absences(self) -> Sequence[Absence]:
        if self._seen_absences is None:
            self._seen_absences = super().absences()
        return self._seen_absences

    def _fetch_tickets(self, numbers: Iterable[int]) -> None:
        if new := set(numbers) - self._seen_tickets.keys():
            found = map(rows.ticket_from, self._among(titled(tickets), tickets.c.number, new))
            self._seen_tickets |= {each.number: each for each in found}

    def _fetch_cases(self, numbers: Iterable[int]) -> None:
        if new := set(numbers) - self._seen_cases.keys():
            found = map(rows.case_from, self._among(titled(cases), cases.c.number, new))
            self._seen_cases |= {each.number: each for each in found}

    def _fetch_questions(self, ids: Iterable[str]) -> None:
        if new := set(ids) - self._seen_questions.keys():
            found = map(rows.question_from, self._among(select(questions), questions.c.id, new))
            self._seen_questions |= {each.id: each for each in found}


class SeenAttachments(SqlAttachments):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, writes=False)
        self._seen: dict[str, Sequence[Attachment]] = {}

    def with_texts(self, texts: Iterable[str]) -> Sequence[Attachment]:
        asked = dict.fromkeys(texts)
        new = [each for each in asked if each not in self._seen]
        came = super().with_texts(new)
        found = {text: [each for each in came if each.text == text] for text in new}
        for text, those in found.items():
            _kept(self._seen, text, those)
        return [each for text in asked for each in (found[text] if text in found else self._seen[text])]


def _kept(seen: dict[K, V], key: K, value: V) -> V:
    if len(seen) < KEPT:
        seen[key] = value
    return value
