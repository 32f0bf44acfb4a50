"""The second half of every journey: save what was decided, and queue what must be told, in the same transaction."""

from dataclasses import replace
from datetime import datetime

from bot.desk.ports import Desk, Known, Ledger
from bot.domain.clocks import evaluate
from bot.domain.commands import Place
from bot.domain.intervals import moment, seconds
from bot.domain.notices import Notice, RefusalTold, Tell, about_case, about_ticket
from bot.domain.people import NOBODY, GroupId
from bot.domain.promises import scheduled
from bot.domain.refusals import Refused
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket


def record(desk: Desk, ledger: Ledger, before: Ticket | None, after: Ticket, now: datetime) -> Ticket:
    """Save, append events, queue notices. Nothing happened: nothing is written."""
    if before is after:
        return after
    known = desk.knowledge.now()
    planned = scheduled(after, known.organisation, known.calendars)
    ledger.save_ticket(planned)
    ledger.queue(about_ticket(before, planned, desk.directory()), now)
    return planned


def record_case(desk: Desk, ledger: Ledger, after: SupplierCase, now: datetime) -> SupplierCase:
    """The same for a supplier case, with the time at which its clocks want to be looked at."""
    planned = plan_case(desk.knowledge.now(), ledger, after, now)
    ledger.save_case(planned)
    ledger.queue(about_case(planned, it_group_of(desk.knowledge.now(), planned), desk.directory()), now)
    return planned


def plan_case(known: Known, ledger: Ledger, case: SupplierCase, now: datetime) -> SupplierCase:
    """`next_check_at` of its clocks, or of the alarm that nobody confirmed to have received it."""
    events = (*(ledger.events(case.case_id) if case.version else ()), *case.happened)
    clocks = evaluate(events, known.contracts, seconds(now))
    times = [moment(clock.next_check_at) for clock in clocks if clock.next_check_at is not None]
    if case.confirm_by and case.is_open:
        times.append(case.confirm_by)
    return replace(case, next_check_at=min(times, default=None))


def case_behind(desk: Desk, number: int) -> int | None:
    """The supplier case of a ticket, looked up beforehand: the case is locked first, then the ticket."""
    with desk.store.reading() as ledger:
        return ledger.ticket(number).supplier_case


def theirs_again(ledger: Ledger, case: int | None, ticket: Ticket, now: datetime) -> Ticket:
    """A ticket that is ours no longer for another reason waits for the supplier again, if the supplier has the move."""
    if case is None or ticket.supplier_case != case:
        return ticket
    behind = ledger.case(case)
    if not behind.is_open or behind.awaits_us:
        return ticket
    return ticket.we_wait_for_supplier(ticket.assignee or NOBODY, now, now)


def it_group_of(known: Known, case: SupplierCase) -> GroupId:
    system = known.organisation.systems.get(case.system)
    return system.it_group if system else GroupId("it")


def tell(ledger: Ledger, place: Place, notice: Notice, now: datetime, key: str = "") -> None:
    ledger.queue([Tell(place, notice, key)], now)


def tell_refusal(ledger: Ledger, place: Place, refusal: Refused, now: datetime) -> None:
    ledger.queue([Tell(place, RefusalTold(refusal))], now)
