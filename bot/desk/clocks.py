"""Time acts: one batch of what is due. Twice is harmless; late says each thing once; cost follows what is due."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.desk.ports import Changed, Desk, Known, Ledger
from bot.desk.telling import it_group_of, plan_case, record
from bot.domain.clock_news import News, news_of
from bot.domain.clocks import evaluate
from bot.domain.contracts import Contract
from bot.domain.intervals import moment, seconds
from bot.domain.notices import Alarmed, ClockTold, Tell, clock_listeners
from bot.domain.promises import pass_time, scheduled
from bot.domain.refusals import OurFault
from bot.domain.routing import is_open, it_route
from bot.domain.service_hours import next_open
from bot.domain.supplier_case import SupplierCase

Attempt = Callable[[Callable[[], None], str], OurFault | None]
AT_ONCE = 25  # tickets in one transaction: a batch costs one commit, and holds its locks only briefly


@dataclass(frozen=True, slots=True)
class Checked:
    tickets: int
    cases: int


def _plainly(act: Callable[[], None], _what: str) -> OurFault | None:
    act()
    return None


def check(desk: Desk, most: int = 200, attempt: Attempt = _plainly) -> Checked:
    """Everything that is due now, at most so many of each. Ask again while it returns some.

    `attempt` says what becomes of a fault: one case that cannot be checked must not stop time for the others.
    """
    now = desk.clock.now()
    with desk.store.reading() as ledger:
        numbers = list(ledger.due_tickets(now, most))
        cases = list(ledger.due_cases(now, most))
    for case in cases:
        attempt(partial(_check_case, desk, case, now), f"checking S-{case}")
    for first in range(0, len(numbers), AT_ONCE):
        batch = numbers[first : first + AT_ONCE]
        if attempt(partial(_check_tickets, desk, batch, now), "checking tickets"):
            for number in batch:
                attempt(partial(_check_tickets, desk, [number], now), f"checking #{number}")
    return Checked(len(numbers), len(cases))


def _check_tickets(desk: Desk, numbers: list[int], now: datetime) -> None:
    """Together; if somebody acts on one of them meanwhile, each on its own, and that one at the next tick."""
    try:
        with desk.store.transaction() as ledger:
            for number in sorted(numbers):
                _check_ticket(desk, ledger, number, now)
    except Changed:
        if len(numbers) > 1:
            for number in numbers:
                _check_tickets(desk, [number], now)


def _check_ticket(desk: Desk, ledger: Ledger, number: int, now: datetime) -> None:
    known = desk.knowledge.now()
    organisation, calendars = known.organisation, known.calendars
    before = ledger.ticket(number)
    after = pass_time(
        before, organisation, calendars, now, lambda ticket, why: it_route(organisation, ticket.system, why)
    )
    if after is not before:
        record(desk, ledger, before, after, now)
        return
    planned = scheduled(before, organisation, calendars)
    if planned.next_check_at != before.next_check_at:  # a calendar or a promise was changed meanwhile
        ledger.save_ticket(planned)


def _check_case(desk: Desk, number: int, now: datetime) -> None:
    """If somebody logs something meanwhile, it is looked at again at the next tick."""
    try:
        with desk.store.transaction() as ledger:
            _tell_of_case(desk, ledger, ledger.case(number), now)
    except Changed:
        return


def _tell_of_case(desk: Desk, ledger: Ledger, case: SupplierCase, now: datetime) -> None:
    known = desk.knowledge.now()
    told = _tell_of_receipt(desk, ledger, known, case, now)
    news = list(news_of(evaluate(ledger.events(case.case_id), known.contracts, seconds(now)), seconds(now)))
    wait_until = _quiet_until(known, told, now)
    if wait_until is None:
        for each in news:
            _tell_of_clock(desk, ledger, known, told, each, now)
    planned = plan_case(known, ledger, told, now)
    if wait_until and news:
        planned = replace(planned, next_check_at=min(wait_until, planned.next_check_at or wait_until))
    ledger.save_case(planned)


def _tell_of_receipt(desk: Desk, ledger: Ledger, known: Known, case: SupplierCase, now: datetime) -> SupplierCase:
    """Not confirmed received is an alarm of its own: the report may never have arrived."""
    if not case.confirm_by or now < case.confirm_by or not case.is_open:
        return case
    group = it_group_of(known, case)
    ledger.queue([Tell(desk.directory().group(group), Alarmed("not_received", case.case_id))], now)
    return case.alarmed()


def _tell_of_clock(desk: Desk, ledger: Ledger, known: Known, case: SupplierCase, news: News, now: datetime) -> None:
    """Each crossing once. A correction that moves a crossing tells it again, marked."""
    if not ledger.first_told(news.key, now):
        return
    moved = not ledger.first_told(news.subject, now)
    notice = ClockTold(
        case.case_id,
        news.clock.target_id,
        news.news,
        moment(news.at).isoformat(),
        news.fraction_pm,
        news.clock.round,
        news.clock.leg,
        news.clock.cycle,
        late=news.is_late(seconds(now)),
        corrected=moved,
    )
    directory = desk.directory()
    places = [directory.group(it_group_of(known, case)), *clock_listeners(known.organisation, directory, news.news)]
    ledger.queue([Tell(place, notice) for place in places], now)


def _quiet_until(known: Known, case: SupplierCase, now: datetime) -> datetime | None:
    """Nobody on day hours is woken at night; severities that are marked so go out at once."""
    contract = known.contracts.version(case.contract, case.contract_version)
    if contract and _always(contract, case.severity):
        return None
    group = known.organisation.groups.get(it_group_of(known, case))
    calendar = known.calendars.get(group.calendar) if group else None
    if not calendar or is_open(calendar, now):
        return None
    opens = next_open(calendar, seconds(now))
    return moment(opens) if opens is not None else None


def _always(contract: Contract, severity: str) -> bool:
    known = contract.severity(severity)
    return bool(known and known.notify_always)
