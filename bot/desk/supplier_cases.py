"""IT hands a ticket to the supplier, and logs what the supplier does, when it happened."""

import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from bot.desk.ports import Desk, Known, Ledger, Text
from bot.desk.telling import record, record_case
from bot.domain.commands import Done, Log, Milestone, Report
from bot.domain.contracts import Contract, TargetKind
from bot.domain.events import LATEST_FUTURE, Closed, PauseEnded, Source, note_to
from bot.domain.intervals import moment, seconds
from bot.domain.people import Person
from bot.domain.permissions import may_log_for_suppliers, may_look_at_suppliers
from bot.domain.refusals import Incomplete, NoSuchCase, NotAllowed, NotNow
from bot.domain.service_hours import add_open
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import SupplierId
from bot.domain.ticket import Ticket
from bot.domain.when import read_past

CONFIRM_WITHIN = timedelta(minutes=30)  # open time in the reaction target's calendar, until "not received" is an alarm


def hand_over(desk: Desk, by: Person, number: int, report: Report) -> Done:
    """A complete fault report, once. Our promise pauses and the supplier's clock runs, in one transaction."""
    now = desk.clock.now()
    known = desk.knowledge.now()
    with desk.store.transaction() as ledger:
        ticket = ledger.ticket(number)
        case_number = ledger.next_case_number()
        held = ticket.hand_over(by, now, case_number)
        supplier, contract = _who_answers(known, ticket, now)
        since = _complete(report, contract, now, known)
        case = _new_case(desk, ticket, by, case_number, supplier, contract, report.severity, now)
        _write_report(desk, ledger, case, by, replace(report, since=since.isoformat()))
        severity = contract.severity(report.severity)
        channel = "mail" if not (severity and severity.start_channel == "phone") else "mail+phone"
        record_case(desk, ledger, case.handed_over(now, channel), now)
        record(desk, ledger, ticket, held, now)
    return Done(case.case_id)


def join(desk: Desk, by: Person, number: int, case_number: int) -> Done:
    """A ticket about a fault that the supplier already has."""
    if not may_look_at_suppliers(by):
        raise NoSuchCase(f"S-{case_number}")
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        case = ledger.case(case_number)
        ticket = ledger.ticket(number)
        held = ticket.hand_over(by, now, case_number)
        if not case.is_open or case.system != ticket.system:
            raise NotNow(case.case_id, "join")
        if case.awaits_us:
            held = held.supplier_waits_for_us(by.id, now, now)
        record_case(desk, ledger, case.join(number), now)
        record(desk, ledger, ticket, held, now)
    return Done(case.case_id)


def log(desk: Desk, by: Person, command: Log) -> Done:
    """What happened, when it happened. Clocks and holds follow in the same transaction."""
    if not may_look_at_suppliers(by):
        raise NoSuchCase(f"S-{command.case}")
    if not may_log_for_suppliers(by):
        raise NotAllowed("log")
    now = desk.clock.now()
    known = desk.knowledge.now()
    at = read_past(command.at, now, known.organisation.zone)
    with desk.store.transaction() as ledger:
        before = ledger.case(command.case)
        at = sensible(at, before, now)
        _detail_fits(command, before, known)
        after = before.log(command.milestone, at, now, by.id, detail=command.detail, source=Source(command.source))
        if command.note.strip():
            ledger.write(Text(note_of(after), after.case_id, "note", by.id, now, command.note))
        record_case(desk, ledger, after, now)
        tickets_follow(desk, ledger, before, after, by, at, now)
    return Done(after.case_id)


def note_of(case: SupplierCase) -> str:
    """The id of the note to what was just logged: its event's, so that no other note can be taken for it."""
    beside = {PauseEnded, Closed}
    return note_to(next((each for each in case.happened if type(each.what) not in beside), case.happened[-1]))


def tickets_follow(
    desk: Desk, ledger: Ledger, before: SupplierCase, after: SupplierCase, by: Person, at: datetime, now: datetime
) -> None:
    """While the case awaits us, the hold on our tickets is ended; when it runs again, the hold returns."""
    ended = before.is_open and not after.is_open
    if before.awaits_us == after.awaits_us and not ended:
        return
    for number in sorted(after.tickets):
        ticket = ledger.ticket(number)
        if ended:
            moved = ticket.leave_supplier_case(by.id, at, now)
        elif after.awaits_us:
            moved = ticket.supplier_waits_for_us(by.id, at, now)
        else:
            moved = ticket.we_wait_for_supplier(by.id, at, now)
        record(desk, ledger, ticket, moved, now)


def _who_answers(known: Known, ticket: Ticket, now: datetime) -> tuple[SupplierId, Contract]:
    system = known.organisation.systems.get(ticket.system) if ticket.system else None
    contract = known.contracts.for_system(system.id, seconds(now)) if system else None
    if not system or not system.supplier or not contract:
        raise Incomplete((("system", "no_contract"),))
    return system.supplier, contract


def _complete(report: Report, contract: Contract, now: datetime, known: Known) -> datetime:
    """Since when, or Incomplete with every field that is missing or cannot be right."""
    wrong = [(name, "missing") for name, value in asdict(report).items() if not value.strip() and name != "severity"]
    if contract.severity(report.severity) is None:
        wrong.insert(0, ("severity", "missing" if not report.severity else "unknown"))
    since = read_past(report.since, now, known.organisation.zone)
    if report.since.strip() and since is None:
        wrong.append(("since", "unreadable"))
    elif since and since > now + LATEST_FUTURE:
        wrong.append(("since", "future"))
    if report.how_many.strip() and not any(character.isdigit() for character in report.how_many):
        wrong.append(("how_many", "number"))
    if wrong or since is None:
        raise Incomplete(tuple(wrong))
    return since


def _new_case(
    desk: Desk,
    ticket: Ticket,
    by: Person,
    number: int,
    supplier: SupplierId,
    contract: Contract,
    severity: str,
    now: datetime,
) -> SupplierCase:
    return SupplierCase(
        number,
        supplier,
        ticket.system or contract.systems[0],
        contract.id,
        contract.version,
        severity,
        ticket.title,
        f"t-{desk.new_id()}",
        (ticket.number,),
        now,
        by.id,
        home=desk.messengers[0],
        confirm_by=_confirm_by(contract, severity, now),
    )


def _confirm_by(contract: Contract, severity: str, now: datetime) -> datetime:
    target = contract.target(severity, TargetKind.REACTION)
    calendar = contract.calendars.get(target.calendar) if target else None
    due = add_open(calendar, seconds(now), int(CONFIRM_WITHIN.total_seconds())) if calendar else None
    return moment(due) if due is not None else now + CONFIRM_WITHIN


def _write_report(desk: Desk, ledger: Ledger, case: SupplierCase, by: Person, report: Report) -> None:
    """One text of one person: the fields as JSON, so that erasing it erases all of it."""
    body = json.dumps(asdict(report), ensure_ascii=False)
    ledger.write(Text(case.report, case.case_id, "report", by.id, desk.clock.now(), body))


def sensible(at: datetime | None, case: SupplierCase, now: datetime) -> datetime:
    if at is None:
        raise Incomplete((("at", "unreadable"),))
    if at > now + LATEST_FUTURE:
        raise Incomplete((("at", "future"),))
    if at < case.opened_at.replace(second=0, microsecond=0):
        raise Incomplete((("at", "before_hand_over"),))
    return max(at, case.opened_at) if at < case.opened_at else at


def _detail_fits(command: Log, case: SupplierCase, known: Known) -> None:
    contract = known.contracts.version(case.contract, case.contract_version)
    match command.milestone:
        case Milestone.PAUSE if contract and command.detail not in contract.pause_reasons:
            raise Incomplete((("detail", "missing" if not command.detail else "unknown"),))
        case Milestone.SEVERITY if contract and contract.severity(command.detail) is None:
            raise Incomplete((("detail", "missing" if not command.detail else "unknown"),))
        case _:
            if command.source not in set(Source):
                raise Incomplete((("source", "unknown"),))
