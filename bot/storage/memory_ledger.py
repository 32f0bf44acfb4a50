"""One transaction on the store that forgets everything."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.ports import Changed, Claim, Recent, Text
from bot.domain.commands import Delivery
from bot.domain.events import Event
from bot.domain.lists import Pressing, Tally, Wanted, presses
from bot.domain.measures import ASKED, Figure, Measured
from bot.domain.notices import Tell
from bot.domain.people import NOBODY, Absence, PersonId
from bot.domain.questions import Question
from bot.domain.refusals import NoSuchCase, Refused, UnknownButton
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket
from bot.storage.memory_attachments import MemoryAttachments
from bot.storage.memory_lists import figures, found, tallies
from bot.storage.scalars import TITLE, over_since
from bot.storage.shelves import Journal, Row, Shelves


class MemoryLedger:
    def __init__(self, shelves: Shelves, journal: Journal) -> None:
        self._shelves = shelves
        self._journal = journal

    def ahead(self, case_ids: Iterable[str]) -> None:
        """Everything is at hand already."""

    # questions

    def recent(self, by: PersonId, now: datetime) -> Recent:
        mine = [each for each in self._shelves.questions.values() if each.by == by]
        last = sorted((each for each in mine if each.at > now - timedelta(minutes=30)), key=lambda each: each.at)
        return Recent(
            sum(each.at > now - timedelta(minutes=1) for each in last),
            sum(each.requester == by and each.is_open for each in self._shelves.tickets.values()),
            tuple(reversed(last)),
        )

    def question(self, question: str) -> Question:
        if question not in self._shelves.questions:
            raise UnknownButton
        return self._shelves.questions[question]

    def save_question(self, question: Question) -> None:
        self._append(question.happened)
        self._journal.put(self._shelves.questions, question.id, replace(question, happened=()))

    def questions_between(self, since: datetime, until: datetime, most: int) -> Sequence[Question]:
        within = [each for each in self._shelves.questions.values() if since <= each.at < until]
        return sorted(within, key=lambda each: each.at)[-most:]

    # tickets

    def next_ticket_number(self) -> int:
        return self._journal.count(self._shelves.counters, "ticket")

    def ticket(self, number: int) -> Ticket:
        if number not in self._shelves.tickets:
            raise NoSuchCase(f"#{number}")
        return self._titled_ticket(self._shelves.tickets[number])

    def save_ticket(self, ticket: Ticket) -> None:
        stored = self._shelves.tickets.get(ticket.number)
        if ticket.version != (stored.version if stored else 0):
            raise Changed
        if stored is None:
            asked = self._shelves.questions.get(ticket.question)
            self._keep_title(
                ticket.case_id, ticket.title, [asked.text] if asked else [], ticket.requester, ticket.opened_at
            )
        self._append(ticket.happened)
        self._journal.put(
            self._shelves.tickets, ticket.number, replace(ticket, version=ticket.version + 1, happened=())
        )

    def tickets_of(self, person: PersonId, most: int | None = None) -> Sequence[Ticket]:
        every = self.open_tickets(len(self._shelves.tickets))
        theirs = [each for each in every if person in {each.requester, each.assignee}]
        return theirs if most is None else theirs[-most:]

    def open_tickets(self, most: int = 1000) -> Sequence[Ticket]:
        open_ones = [each for _, each in sorted(self._shelves.tickets.items()) if each.is_open]
        return [self._titled_ticket(each) for each in open_ones[:most]]

    def claims(self) -> Collection[Claim]:
        claimed = (each for each in self._shelves.tickets.values() if each.is_open and each.assignee)
        return {(each.assignee or NOBODY, each.system, each.site, each.tier) for each in claimed}

    def due_tickets(self, now: datetime, most: int) -> Sequence[int]:
        return _due(self._shelves.tickets, now, most)

    # supplier cases

    def next_case_number(self) -> int:
        return self._journal.count(self._shelves.counters, "case")

    def case(self, number: int) -> SupplierCase:
        if number not in self._shelves.cases:
            raise NoSuchCase(f"S-{number}")
        return self._titled_case(self._shelves.cases[number])

    def save_case(self, case: SupplierCase) -> None:
        stored = self._shelves.cases.get(case.number)
        if case.version != (stored.version if stored else 0):
            raise Changed
        if stored is None:
            near = [self._shelves.titles.get(f"#{number}", "") for number in case.tickets]
            self._keep_title(case.case_id, case.title, [case.report, *near], case.by, case.opened_at)
        if over := over_since(case):
            self._journal.put(self._shelves.over, case.number, over)
        self._append(case.happened)
        self._journal.put(self._shelves.cases, case.number, replace(case, version=case.version + 1, happened=()))

    def open_cases(self) -> Sequence[SupplierCase]:
        return [self._titled_case(each) for _, each in sorted(self._shelves.cases.items()) if each.is_open]

    def due_cases(self, now: datetime, most: int) -> Sequence[int]:
        return _due(self._shelves.cases, now, most)

    def cases_between(self, since: datetime, until: datetime) -> Sequence[SupplierCase]:
        over = self._shelves.over
        return [
            self._titled_case(each)
            for number, each in sorted(self._shelves.cases.items())
            if each.opened_at < until and (number not in over or over[number] > since)
        ]

    # lists and figures

    def find_tickets(self, wanted: Wanted, now: datetime, most: int, first: int = 0) -> Sequence[Ticket]:
        every = map(self._titled_ticket, self._shelves.tickets.values())
        return sorted(found(every, self._shelves, wanted, now), key=presses)[first : first + most]

    def find_cases(self, wanted: Wanted, now: datetime, most: int, first: int = 0) -> Sequence[SupplierCase]:
        every = map(self._titled_case, self._shelves.cases.values())
        return sorted(found(every, self._shelves, wanted, now), key=presses)[first : first + most]

    def survey_tickets(
        self, wanted: Wanted, now: datetime, most: int, first: int = 0
    ) -> tuple[Sequence[Ticket], Sequence[Tally]]:
        return self.find_tickets(wanted, now, most, first), self.count_tickets(wanted, now)

    def count_tickets(self, wanted: Wanted, now: datetime) -> Sequence[Tally]:
        return tallies(self.find_tickets(wanted, now, len(self._shelves.tickets)), now)

    def count_cases(self, wanted: Wanted, now: datetime) -> int:
        return len(self.find_cases(wanted, now, len(self._shelves.cases)))

    def press_cases(self, wanted: Wanted, now: datetime) -> Mapping[Pressing | None, int]:
        ways: tuple[Pressing | None, ...] = (None, "late", "near", "held")
        return {each: self.count_cases(replace(wanted, pressing=each), now) for each in ways}

    def open_numbers(self, kind: str) -> Sequence[int]:
        shelf = self._shelves.cases if kind == "S-" else self._shelves.tickets
        return sorted(number for number, each in shelf.items() if each.is_open)

    def unmeasured(self, kind: str, after: int, most: int) -> Sequence[int]:
        shelf = self._shelves.cases if kind == "S-" else self._shelves.tickets
        changed = (
            n for n, each in shelf.items() if n > after and self._shelves.settled.get(each.case_id) != each.version
        )
        return sorted(changed)[:most]

    def measure(self, case_id: str, found: Sequence[Measured], *, settled: bool) -> None:
        self._journal.put(self._shelves.measured, case_id, tuple(found))
        if settled:
            number = int(case_id.lstrip("S-#"))
            version = (self._shelves.cases if case_id.startswith("S-") else self._shelves.tickets)[number].version
            self._journal.put(self._shelves.settled, case_id, version)

    def counted_until(self) -> str:
        return max(self._shelves.asked, default="")

    def count_questions(self, day: str, since: datetime, until: datetime) -> None:
        self._journal.put(self._shelves.asked, day, self.happened({ASKED}, since, until)[ASKED])

    def figures(self, since: str, until: str) -> Sequence[Figure]:
        return figures(self._shelves, since, until)

    def median(self, measure: str, part: str, since: str, until: str) -> int | None:
        every = (each for found in self._shelves.measured.values() for each in found if each.measure == measure)
        values = sorted(each.value for each in every if part in {"", each.part} and since <= each.day < until)
        return values[(len(values) - 1) // 2] if values else None

    def forget_figures(self) -> None:
        for case_id in [*self._shelves.measured]:
            self._journal.drop(self._shelves.measured, case_id)
        for shelf in (self._shelves.settled, self._shelves.asked):
            for key in [*shelf]:
                self._journal.drop(shelf, key)

    def first_asked_at(self) -> datetime | None:
        asked = (each.occurred_at for each in self._shelves.events.values() if each.type == ASKED)
        return min(asked, default=None)

    # events and texts

    def events(self, case_id: str) -> Sequence[Event]:
        return [each for each in self._shelves.events.values() if each.case_id == case_id]

    def events_of(self, case_ids: Iterable[str]) -> Mapping[str, Sequence[Event]]:
        return {each: self.events(each) for each in case_ids}

    def events_between(self, since: datetime, until: datetime) -> Iterable[Event]:
        found = [each for each in self._shelves.events.values() if since <= each.occurred_at < until]
        return sorted(found, key=lambda each: each.occurred_at)

    def happened(self, types: Collection[str], since: datetime, until: datetime) -> Mapping[str, int]:
        found = Counter(each.type for each in self._shelves.events.values() if since <= each.occurred_at < until)
        return {each: found[each] for each in types}

    def texts(self, ids: Iterable[str]) -> Mapping[str, str]:
        return {each: self._shelves.texts[each].body for each in ids if each in self._shelves.texts}

    def texts_of(self, case_id: str) -> Sequence[Text]:
        return [each for each in self._shelves.texts.values() if each.case_id == case_id and each.kind != TITLE]

    def write(self, text: Text) -> None:
        if text.id in self._shelves.texts:
            raise Changed
        self._journal.put(self._shelves.texts, text.id, text)

    def erase(self, ids: Iterable[str]) -> None:
        gone = [each for each in ids if each in self._shelves.texts]
        for each in gone:
            self._journal.put(self._shelves.texts, each, replace(self._shelves.texts[each], body=""))
        self.attachments.forget_with(gone)

    @property
    def attachments(self) -> MemoryAttachments:
        return MemoryAttachments(self._shelves, self._journal)

    # people

    def absences(self) -> Sequence[Absence]:
        return [each for _, each in sorted(self._shelves.absences.items())]

    def save_absence(self, person: PersonId, absence: Absence | None) -> None:
        if absence is None:
            self._journal.drop(self._shelves.absences, person)
        else:
            self._journal.put(self._shelves.absences, person, absence)

    # telling

    def queue(self, tells: Iterable[Tell], now: datetime) -> None:
        for each in tells:
            row = self._journal.count(self._shelves.counters, "outbox")
            self._journal.put(self._shelves.outbox, row, Row(row, each, now))

    def refuse(self, delivery: Delivery, refusal: Refused) -> None:
        key = (delivery.platform, delivery.key)
        if received := self._shelves.inbox.get(key):
            self._journal.put(self._shelves.inbox, key, replace(received, refusal=refusal))

    def first_told(self, key: str, now: datetime) -> bool:
        if key in self._shelves.told:
            return False
        self._journal.put(self._shelves.told, key, now)
        return True

    # inside

    def _append(self, events: Iterable[Event]) -> None:
        for each in events:
            if each.event_id in self._shelves.events:
                raise Changed
            self._journal.put(self._shelves.events, each.event_id, each)

    def _keep_title(self, case_id: str, title: str, near: Iterable[str], by: PersonId, at: datetime) -> None:
        """The words stay where they were written; only a title of its own gets a text of its own."""
        texts = self._shelves.texts
        same = next((each for each in near if each in texts and texts[each].body == title), None)
        if same is None:
            same = f"{case_id}/title"
            self.write(Text(same, case_id, TITLE, by, at, title))
        self._journal.put(self._shelves.titles, case_id, same)

    def _titled_ticket(self, ticket: Ticket) -> Ticket:
        return replace(ticket, title=self._shelves.texts[self._shelves.titles[ticket.case_id]].body)

    def _titled_case(self, case: SupplierCase) -> SupplierCase:
        return replace(case, title=self._shelves.texts[self._shelves.titles[case.case_id]].body)


def _due(shelf: Mapping[int, Ticket] | Mapping[int, SupplierCase], now: datetime, most: int) -> list[int]:
    times = sorted(
        (each.next_check_at, number)
        for number, each in shelf.items()
        if each.next_check_at and each.next_check_at <= now
    )
    return [number for _, number in times[:most]]
