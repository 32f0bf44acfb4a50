"""One transaction over SQL: what the desk loads, saves, appends and queues."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    RowMapping,
    Select,
    Table,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.desk.ports import Changed, Claim, Recent, Text
from bot.domain.commands import Delivery
from bot.domain.events import Event
from bot.domain.lists import Pressing, Tally, Wanted, folded, presses
from bot.domain.measures import ASKED, Figure, Measured
from bot.domain.notices import Tell
from bot.domain.people import Absence, PersonId, Tier
from bot.domain.questions import Question
from bot.domain.refusals import NoSuchCase, Refused, UnknownButton
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket
from bot.storage import figures_kept as kept
from bot.storage import inbox, lists, rows
from bot.storage.attachments import SqlAttachments
from bot.storage.counting import next_of
from bot.storage.engine import insert_into
from bot.storage.forgetting import erase
from bot.storage.scalars import TITLE, instant_or_none, micros, over_since
from bot.storage.statements import RECENT, THEIRS, WRITING, keeping_question, titled
from bot.storage.tables import absences, cases, events, outbox, questions, texts, tickets, told

LARGEST = 2**31 - 1
AT_ONCE = 500  # values that are asked for in one statement


class SqlLedger:
    """`writes=False`: to look only, so that nothing is locked."""

    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self._connection = connection
        self._writes = writes

    def ahead(self, case_ids: Iterable[str]) -> None:
        """What is loaded for change is loaded one by one, and locked."""

    # questions

    def recent(self, by: PersonId, now: datetime) -> Recent:
        since = micros(now - timedelta(minutes=30))
        found = self._read(RECENT, {"person": by, "since": since})
        last = tuple(rows.question_from(each) for each in found if each["id"])
        minute = now - timedelta(minutes=1)
        return Recent(sum(each.at > minute for each in last), found[0]["open_tickets"], last)

    def question(self, question: str) -> Question:
        found = self._read(self._locked(select(questions).where(questions.c.id == question), questions))
        if not found:
            raise UnknownButton
        return rows.question_from(found[0])

    def save_question(self, question: Question) -> None:
        self._append(question.happened)
        self._write(keeping_question(self._connection.dialect.name), rows.question_row(question))

    def questions_between(self, since: datetime, until: datetime, most: int) -> Sequence[Question]:
        within = questions.c.at.between(micros(since), micros(until) - 1)
        latest = select(questions).where(within).order_by(questions.c.at.desc(), questions.c.seq.desc()).limit(most)
        return [rows.question_from(each) for each in reversed(self._read(latest))]

    # tickets

    def next_ticket_number(self) -> int:
        return self._count("ticket")

    def ticket(self, number: int) -> Ticket:
        found = self._numbered(tickets, number)
        if not found:
            raise NoSuchCase(f"#{number}")
        return rows.ticket_from(found[0])

    def save_ticket(self, ticket: Ticket) -> None:
        row = rows.ticket_row(ticket)
        if ticket.version:
            self._change(tickets, ticket.number, ticket.version, row)
        else:
            near = select(questions.c.text).where(questions.c.id == ticket.question)
            own = Text(
                f"{ticket.case_id}/title", ticket.case_id, TITLE, ticket.requester, ticket.opened_at, ticket.title
            )
            self._write(insert(tickets).values(row | self._head(own, texts.c.id.in_(near))))
        self._append(ticket.happened)

    def tickets_of(self, person: PersonId, most: int | None = None) -> Sequence[Ticket]:
        found = self._read(THEIRS, {"person": person, "most": LARGEST if most is None else most})
        return [rows.ticket_from(each) for each in found]

    def open_tickets(self, most: int = 1000) -> Sequence[Ticket]:
        return self._tickets(titled(tickets).where(tickets.c.is_open.is_(True)).limit(most))

    def claims(self) -> Collection[Claim]:
        each = (tickets.c.assignee, tickets.c.system, tickets.c.site, tickets.c.tier)
        claimed = select(*each).where(tickets.c.is_open.is_(True), tickets.c.assignee.is_not(None)).distinct()
        return {(row[0], row[1], row[2], Tier(row[3])) for row in self._connection.execute(claimed)}

    def due_tickets(self, now: datetime, most: int) -> Sequence[int]:
        return self._due(tickets, now, most)

    # supplier cases

    def next_case_number(self) -> int:
        return self._count("case")

    def case(self, number: int) -> SupplierCase:
        found = self._numbered(cases, number)
        if not found:
            raise NoSuchCase(f"S-{number}")
        return rows.case_from(found[0])

    def save_case(self, case: SupplierCase) -> None:
        row = rows.case_row(case)
        if over := over_since(case):
            row["over_at"] = micros(over)
        if case.version:
            self._change(cases, case.number, case.version, row)
        else:
            near = select(tickets.c.title).where(tickets.c.number.in_(case.tickets))
            own = Text(f"{case.case_id}/title", case.case_id, TITLE, case.by, case.opened_at, case.title)
            head = self._head(own, or_(texts.c.id == case.report, texts.c.id.in_(near)))
            self._write(insert(cases).values(row | head))
        self._append(case.happened)

    def open_cases(self) -> Sequence[SupplierCase]:
        return self._cases(cases.c.is_open.is_(True))

    def due_cases(self, now: datetime, most: int) -> Sequence[int]:
        return self._due(cases, now, most)

    def cases_between(self, since: datetime, until: datetime) -> Sequence[SupplierCase]:
        not_over = or_(cases.c.over_at.is_(None), cases.c.over_at > micros(since))
        return self._cases(and_(cases.c.opened_at < micros(until), not_over))

    # lists and figures

    def find_tickets(self, wanted: Wanted, now: datetime, most: int, first: int = 0) -> Sequence[Ticket]:
        return [rows.ticket_from(each) for each in self._find(tickets, wanted, now, most, first)]

    def find_cases(self, wanted: Wanted, now: datetime, most: int, first: int = 0) -> Sequence[SupplierCase]:
        return [rows.case_from(each) for each in self._find(cases, wanted, now, most, first)]

    def survey_tickets(
        self, wanted: Wanted, now: datetime, most: int, first: int = 0
    ) -> tuple[Sequence[Ticket], Sequence[Tally]]:
        if wanted == lists.EVERYTHING:
            return self.find_tickets(wanted, now, most, first), self.count_tickets(wanted, now)
        numbers, counts = lists.page_and_tallies(self._connection, wanted, now, most, first)
        found = map(rows.ticket_from, self._among(titled(tickets), tickets.c.number, numbers))
        return sorted(found, key=presses), counts

    def count_tickets(self, wanted: Wanted, now: datetime) -> Sequence[Tally]:
        return lists.tallies(self._connection, wanted, now)

    def count_cases(self, wanted: Wanted, now: datetime) -> int:
        found = select(func.count()).select_from(cases).where(lists.matching(cases, wanted, now))
        return self._connection.execute(found).scalar_one()

    def press_cases(self, wanted: Wanted, now: datetime) -> Mapping[Pressing | None, int]:
        return lists.pressing(self._connection, wanted, now)

    def open_numbers(self, kind: str) -> Sequence[int]:
        table = kept.table_of(kind)
        found = select(table.c.number).where(table.c.is_open.is_(True)).order_by(table.c.number)
        return list(self._connection.execute(found).scalars())

    def unmeasured(self, kind: str, after: int, most: int) -> Sequence[int]:
        return kept.unmeasured(self._connection, kind, after, most)

    def measure(self, case_id: str, found: Sequence[Measured], *, settled: bool) -> None:
        self._must_write()
        kept.measure(self._connection, case_id, found, settled=settled)

    def counted_until(self) -> str:
        return kept.counted_until(self._connection)

    def count_questions(self, day: str, since: datetime, until: datetime) -> None:
        self._must_write()
        kept.count_questions(self._connection, day, since, until)

    def figures(self, since: str, until: str) -> Sequence[Figure]:
        return kept.figures(self._connection, since, until)

    def median(self, measure: str, part: str, since: str, until: str) -> int | None:
        return kept.median(self._connection, measure, part, since, until)

    def forget_figures(self) -> None:
        self._must_write()
        kept.forget(self._connection)

    def first_asked_at(self) -> datetime | None:
        asked = select(func.min(events.c.occurred_at)).where(events.c.type == ASKED)
        return instant_or_none(self._connection.execute(asked).scalar_one())

    # events and texts

    def events(self, case_id: str) -> Sequence[Event]:
        found = self._read(select(events).where(events.c.case_id == case_id).order_by(events.c.seq))
        return [rows.event_from(each) for each in found]

    def events_of(self, case_ids: Iterable[str]) -> Mapping[str, Sequence[Event]]:
        found: dict[str, list[Event]] = {each: [] for each in case_ids}
        for row in self._among(select(events).order_by(events.c.seq), events.c.case_id, found):
            found[row["case_id"]].append(rows.event_from(row))
        return found

    def events_between(self, since: datetime, until: datetime) -> Iterable[Event]:
        within = events.c.occurred_at.between(micros(since), micros(until) - 1)
        return map(
            rows.event_from, self._read(select(events).where(within).order_by(events.c.occurred_at, events.c.seq))
        )

    def happened(self, types: Collection[str], since: datetime, until: datetime) -> Mapping[str, int]:
        within = and_(events.c.type.in_(sorted(types)), events.c.occurred_at.between(micros(since), micros(until) - 1))
        found = self._connection.execute(select(events.c.type, func.count()).where(within).group_by(events.c.type))
        return dict.fromkeys(types, 0) | {row[0]: row[1] for row in found}

    def texts(self, ids: Iterable[str]) -> Mapping[str, str]:
        found = self._among(select(texts.c.id, texts.c.body), texts.c.id, ids)
        return {each["id"]: each["body"] for each in found}

    def texts_of(self, case_id: str) -> Sequence[Text]:
        statement = select(texts).where(texts.c.case_id == case_id, texts.c.kind != TITLE)
        return [rows.text_from(each) for each in self._read(statement.order_by(texts.c.seq))]

    def write(self, text: Text) -> None:
        self._write(WRITING, rows.text_row(text))

    def erase(self, ids: Iterable[str]) -> None:
        gone = tuple(ids)
        self._must_write()
        erase(self._connection, gone)

    @property
    def attachments(self) -> SqlAttachments:
        return SqlAttachments(self._connection, writes=self._writes)

    # people

    def absences(self) -> Sequence[Absence]:
        return [rows.absence_from(each) for each in self._read(select(absences).order_by(absences.c.person))]

    def save_absence(self, person: PersonId, absence: Absence | None) -> None:
        if absence is None:
            self._write(absences.delete().where(absences.c.person == person))
            return
        row = rows.absence_row(absence)
        statement = insert_into(self._connection, absences).values(row)
        self._write(statement.on_conflict_do_update(index_elements=["person"], set_=row))

    # telling

    def queue(self, tells: Iterable[Tell], now: datetime) -> None:
        if queued := [rows.tell_row(each, now) for each in tells]:
            self._write(insert(outbox), queued)

    def refuse(self, delivery: Delivery, refusal: Refused) -> None:
        self._must_write()
        inbox.refuse(self._connection, delivery, refusal)

    def first_told(self, key: str, now: datetime) -> bool:
        statement = insert_into(self._connection, told).values(key=key, at=micros(now))
        return bool(self._write(statement.on_conflict_do_nothing().returning(told.c.key)).first())

    # inside

    def _read(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[RowMapping]:
        return [*self._connection.execute(statement, values).mappings()]

    def _among(self, statement: Select[Any], column: ColumnElement[Any], values: Iterable[Any]) -> Iterator[RowMapping]:
        """The rows with one of these values. A statement holds only so many of them; none needs no statement."""
        every = list(values)
        for first in range(0, len(every), AT_ONCE):
            yield from self._read(statement.where(column.in_(every[first : first + AT_ONCE])))

    def _write(
        self, statement: Executable, rows_: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> Any:
        self._must_write()
        return self._connection.execute(statement, rows_)

    def _must_write(self) -> None:
        if not self._writes:
            raise RuntimeError("this ledger is for reading only")

    def _numbered(self, table: Table, number: int) -> Sequence[RowMapping]:
        """Somebody may type any number; a column holds no more than LARGEST."""
        there = titled(table).where(table.c.number == number)
        return self._read(self._locked(there, table)) if 0 < number <= LARGEST else ()

    def _find(self, table: Table, wanted: Wanted, now: datetime, most: int, first: int) -> Sequence[RowMapping]:
        """Numbers first, by the index alone; whole rows only of those on the page."""
        which = lists.ordered(select(table.c.number).where(lists.matching(table, wanted, now)), table, most, first)
        numbers = list(self._connection.execute(which).scalars())
        found = {each["number"]: each for each in self._among(titled(table), table.c.number, numbers)}
        return [found[each] for each in numbers]

    def _locked(self, statement: Select[Any], table: Table) -> Select[Any]:
        """Only the row itself: a text beside it may be shared. SQLite has one writer, and needs no lock."""
        return statement.with_for_update(of=table) if self._writes else statement

    def _change(self, table: Table, number: int, version: int, row: dict[str, Any]) -> None:
        still = and_(table.c.number == number, table.c.version == version)
        if not self._write(update(table).where(still).values(row | {"version": version + 1})).rowcount:
            raise Changed

    def _count(self, name: str) -> int:
        self._must_write()
        return next_of(self._connection, name)

    def _append(self, happened: Sequence[Event]) -> None:
        if happened:
            self._write(insert(events), [rows.event_row(each) for each in happened])

    def _head(self, own: Text, near: ColumnElement[bool]) -> dict[str, Any]:
        """What is written once. The words stay where they were; only a title of its own gets a text of its own."""
        same = self._read(select(texts.c.id).where(near, texts.c.body == own.body).limit(1))
        if not same:
            self.write(own)
        return {"title": same[0]["id"] if same else own.id, "words": folded(own.body), "version": 1}

    def _tickets(self, statement: Select[Any]) -> Sequence[Ticket]:
        return [rows.ticket_from(each) for each in self._read(statement.order_by(tickets.c.number))]

    def _cases(self, which: ColumnElement[bool]) -> Sequence[SupplierCase]:
        return [rows.case_from(each) for each in self._read(titled(cases).where(which).order_by(cases.c.number))]

    def _due(self, table: Table, now: datetime, most: int) -> Sequence[int]:
        due = select(table.c.number).where(table.c.next_check_at <= micros(now))
        found = self._read(due.order_by(table.c.next_check_at, table.c.number).limit(most))
        return [each["number"] for each in found]
