"""The second half of every journey: save what was decided, and queue what must be told, in the same transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.ports import Desk, Known, Ledger
from bot.domain.clock import Clock
from bot.domain.clock_news import news_of, next_news_at
from bot.domain.clocks import evaluate
from bot.domain.commands import Place
from bot.domain.contracts import TargetKind
from bot.domain.intervals import moment, seconds
from bot.domain.lists import press
from bot.domain.notices import Notice, RefusalTold, Tell, about_case, about_ticket
from bot.domain.people import NOBODY, GroupId
from bot.domain.promises import due_and_near, scheduled
from bot.domain.refusals import Refused
from bot.domain.routing import is_open
from bot.domain.service_hours import Calendar, next_open
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket


def record(desk: Desk, ledger: Ledger, before: Ticket | None, after: Ticket, now: datetime) -> Ticket:
    """Save, append events, queue notices. Nothing happened: nothing is written."""
    if before is after:
        return after
    known = desk.knowledge.now()
    planned = plan_ticket(known, ledger, after, now)
    ledger.save_ticket(planned)
    ledger.queue(about_ticket(before, planned, desk.directory()), now)
    return planned


def plan_ticket(known: Known, ledger: Ledger, ticket: Ticket, now: datetime, *, told: bool = False) -> Ticket:
    """`next_check_at`: when time moves it on, or when one of the house's own promises has something to tell."""
    planned = scheduled(ticket, known.organisation, known.calendars, known.contracts)
    times = [planned.next_check_at] if planned.next_check_at else []
    events = (*(ledger.events(ticket.case_id) if ticket.version else ()), *ticket.happened)
    clocks = [*still_asking(evaluate(events, known.contracts, seconds(now)))]
    if ticket.is_open:
        news = next_news_at(clocks, seconds(now))
        times += [moment(news)] if news is not None else []
    times += _untold(clocks, quiet_until(known, ticket.group, now), now, told=told)
    return replace(press_ticket(known, planned), next_check_at=min(times, default=None))


def press_ticket(known: Known, ticket: Ticket) -> Ticket:
    due, near = due_and_near(ticket, known.organisation, known.calendars, known.contracts)
    return replace(ticket, due_at=due, near_at=near)


def record_case(desk: Desk, ledger: Ledger, after: SupplierCase, now: datetime) -> SupplierCase:
    """The same for a supplier case, with the time at which its clocks want to be looked at."""
    planned = plan_case(desk.knowledge.now(), ledger, after, now)
    ledger.save_case(planned)
    ledger.queue(about_case(planned, it_group_of(desk.knowledge.now(), planned), desk.directory()), now)
    return planned


def plan_case(known: Known, ledger: Ledger, case: SupplierCase, now: datetime, *, told: bool = False) -> SupplierCase:
    """`next_check_at` of its clocks, or of the alarm that nobody confirmed to have received it."""
    events = (*(ledger.events(case.case_id) if case.version else ()), *case.happened)
    clocks = evaluate(events, known.contracts, seconds(now))
    times = [moment(clock.next_check_at) for clock in clocks if clock.next_check_at is not None]
    if case.confirm_by and case.is_open:
        times.append(case.confirm_by)
    times += _untold(clocks, quiet_of_case(known, case, now), now, told=told)
    return replace(press(case, clocks), next_check_at=min(times, default=None))


def still_asking(clocks: Iterable[Clock]) -> Iterator[Clock]:
    """Those of the house's own that somebody can still do something about: a reaction that came, or is no longer asked
    of that tier, stands in the report; to be told then to take the ticket would send people after what is over.
    """
    return (each for each in clocks if each.kind is not TargetKind.REACTION or each.is_open)


def _untold(clocks: Sequence[Clock], wait_until: datetime | None, now: datetime, *, told: bool) -> list[datetime]:
    """When to look because there is something to tell already: what somebody just logged may have made it so, or it waits.

    `told` says that whoever asks has told what may be told now. Told again is told once, so a look too many is harmless.
    """
    if not any(news_of(clocks, seconds(now))) or (told and wait_until is None):
        return []
    return [wait_until or now]


def quiet_of_case(known: Known, case: SupplierCase, now: datetime) -> datetime | None:
    return None if wakes_people(known, case) else quiet_until(known, it_group_of(known, case), now)


def wakes_people(known: Known, case: SupplierCase) -> bool:
    """Severities that are marked so go out at once."""
    contract = known.contracts.version(case.contract, case.contract_version)
    severity = contract.severity(case.severity) if contract else None
    return bool(severity and severity.notify_always)


def quiet_until(known: Known, group: GroupId, now: datetime) -> datetime | None:
    """Nobody on day hours is woken at night: until when what time tells must wait; None if it need not."""
    calendar = hours_of_group(known, group)
    if not calendar or is_open(calendar, now):
        return None
    opens = next_open(calendar, seconds(now))
    return moment(opens) if opens is not None else None


def hours_of_group(known: Known, group: GroupId) -> Calendar | None:
    found = known.organisation.groups.get(group)
    return known.calendars.get(found.calendar) if found else None


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
