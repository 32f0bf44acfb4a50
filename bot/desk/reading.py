"""What a notice is about, as it stands now: loaded when it is sent, so that a late card is never stale."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.desk.ports import Desk, Known, Ledger
from bot.domain.clock import Clock
from bot.domain.clocks import evaluate
from bot.domain.commands import Kind, Place
from bot.domain.events import Event
from bot.domain.explain import Dispute, disputes
from bot.domain.intervals import seconds
from bot.domain.notices import (
    Alarmed,
    CaseShown,
    CaseTold,
    ClockTold,
    FaultReported,
    NumbersRemoved,
    QuestionShown,
    RefusalTold,
    SystemAsked,
    Tell,
    TicketShown,
    TicketTold,
    ViewShown,
)
from bot.domain.people import Person, PersonId
from bot.domain.picture import Picture
from bot.domain.promises import hours_until_due, ticket_due
from bot.domain.ticket import Ticket

MINE = 40  # of one's own tickets that are shown


def picture_of(desk: Desk, tell: Tell) -> Picture:
    """One read transaction. Raises NoSuchCase or UnknownButton if what it is about was erased."""
    with desk.store.reading() as ledger:
        return picture_in(desk, ledger, tell)


def picture_in(desk: Desk, ledger: Ledger, tell: Tell) -> Picture:
    known = desk.knowledge.now()
    now = desk.clock.now()
    blank = Picture(
        now,
        known.organisation,
        reader=_reader(known, tell.place),
        articles=known.articles,
        calendars=known.calendars,
        base_url=desk.base_url,
    )
    match tell.notice:
        case QuestionShown(question) | SystemAsked(question):
            asked = ledger.question(question)
            said = [asked.text] if asked.text else []
            files = tuple(ledger.attachments.with_texts(said))
            return replace(blank, question=asked, texts=ledger.texts(said), attachments=files)
        case TicketShown(number):
            return _with_ticket(blank, ledger, known, number)
        case TicketTold(number, _, _, text):
            return _with_ticket(blank, ledger, known, number, text)
        case CaseShown(number) | CaseTold(number) | FaultReported(number):
            return _with_case(blank, ledger, known, number)
        case ClockTold(case_id):
            return _with_clocks(blank, ledger, known, case_id)
        case Alarmed(_, about):
            return _with_clocks(blank, ledger, known, about) if about.startswith("S-") else blank
        case NumbersRemoved() | RefusalTold():
            return blank
        case ViewShown(view, about):
            return _view(blank, ledger, known, view, about)


def _view(blank: Picture, ledger: Ledger, known: Known, view: str, about: str) -> Picture:
    person = blank.reader
    match view:
        case "mine" if person:
            return replace(blank, tickets=tuple(ledger.tickets_of(person.id, MINE)))
        case "clock" | "case":
            return _with_clocks(blank, ledger, known, about)
        case "overview" | "digest":
            cases = tuple(ledger.open_cases())
            events = ledger.events_of(case.case_id for case in cases)
            clocks = {case.number: clocks_from(events[case.case_id], known, blank.now) for case in cases}
            return replace(blank, tickets=tuple(ledger.open_tickets()), cases=cases, case_clocks=clocks)
        case "away" if person:
            mine = [each for each in ledger.absences() if each.person == person.id]
            return replace(blank, absence=mine[0] if mine else None)
        case _:
            return blank


def _with_ticket(blank: Picture, ledger: Ledger, known: Known, number: int, text: str = "") -> Picture:
    ticket = ledger.ticket(number)
    question = ledger.question(ticket.question) if ticket.question else None
    asked = question.text if question else ""
    wanted = [each for each in (text, asked, ticket.solution) if each]
    said = [each for each in (text or asked,) if each]
    return replace(
        blank,
        ticket=ticket,
        question=question,
        texts=ledger.texts(wanted),
        attachments=tuple(ledger.attachments.with_texts(said)),
        due=due_of(known, ticket),
        hours=hours_until_due(ticket, known.organisation, known.calendars, known.contracts),
        contract=known.contracts.for_system(ticket.system, seconds(blank.now)) if ticket.system else None,
        case=ledger.case(ticket.supplier_case) if ticket.supplier_case else None,
    )


def _with_clocks(blank: Picture, ledger: Ledger, known: Known, case_id: str) -> Picture:
    if case_id.startswith("S-"):
        return _with_case(blank, ledger, known, int(case_id.removeprefix("S-")))
    with_ticket = _with_ticket(blank, ledger, known, int(case_id.removeprefix("#")))
    return replace(
        with_ticket,
        clocks=clocks_of(ledger, known, case_id, blank.now),
        disputes=disputes_of(ledger, known, case_id, blank.now),
        contract=known.contracts.agreement(seconds(blank.now)),
    )


def _with_case(blank: Picture, ledger: Ledger, known: Known, number: int) -> Picture:
    case = ledger.case(number)
    return replace(
        blank,
        case=case,
        contract=known.contracts.version(case.contract, case.contract_version),
        clocks=clocks_of(ledger, known, case.case_id, blank.now),
        disputes=disputes_of(ledger, known, case.case_id, blank.now),
        texts=ledger.texts([case.report]),
        tickets=tuple(ledger.ticket(each) for each in case.tickets),
    )


def clocks_of(ledger: Ledger, known: Known, case_id: str, now: datetime) -> tuple[Clock, ...]:
    return clocks_from(ledger.events(case_id), known, now)


def disputes_of(ledger: Ledger, known: Known, case_id: str, now: datetime) -> tuple[Dispute, ...]:
    return tuple(disputes(ledger.events(case_id), known.contracts, seconds(now)))


def clocks_from(events: Iterable[Event], known: Known, now: datetime) -> tuple[Clock, ...]:
    return tuple(evaluate(events, known.contracts, seconds(now)))


def due_of(known: Known, ticket: Ticket) -> datetime | None:
    """When the ticket must have been claimed, or its employee have heard again."""
    return ticket_due(ticket, known.organisation, known.calendars, known.contracts)


def _reader(known: Known, place: Place) -> Person | None:
    return known.organisation.people.get(PersonId(place.who)) if place.kind is Kind.DIRECT else None
