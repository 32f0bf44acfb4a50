"""Time acts: one batch of what is due. Twice is harmless; late says each thing once; cost follows what is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.desk.ports import Changed, Desk, Known, Ledger
from bot.desk.telling import (
    hours_of_group,
    it_group_of,
    plan_case,
    plan_ticket,
    quiet_of_case,
    quiet_until,
    record,
    still_asking,
    wakes_people,
)
from bot.domain.clock_news import News, news_of
from bot.domain.clocks import evaluate
from bot.domain.commands import Place
from bot.domain.intervals import moment, seconds
from bot.domain.notices import Alarmed, ClockTold, Tell, clock_listeners
from bot.domain.promises import pass_time
from bot.domain.refusals import OurFault
from bot.domain.routing import it_route
from bot.domain.service_hours import ALWAYS, Calendar
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket

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
    before = ledger.ticket(number)
    after = pass_time(
        before,
        known.organisation,
        known.calendars,
        now,
        lambda ticket, why: it_route(known.organisation, ticket.system, why),
        known.contracts,
    )
    if after is not before:
        record(desk, ledger, before, after, now)  # and looked at again at once, if that left something to tell
        return
    _tell_of_promises(desk, ledger, known, before, now)
    planned = plan_ticket(known, ledger, before, now, told=True)
    if planned != before:  # told, or a calendar or a promise was changed meanwhile
        ledger.save_ticket(planned)


def _tell_of_promises(desk: Desk, ledger: Ledger, known: Known, ticket: Ticket, now: datetime) -> None:
    """What the house promised itself is told to the group that has it, in its hours."""
    if quiet_until(known, ticket.group, now):
        return
    hours = hours_of_group(known, ticket.group) or ALWAYS
    clocks = still_asking(evaluate(ledger.events(ticket.case_id), known.contracts, seconds(now)))
    for news in news_of(clocks, seconds(now)):
        _tell_once(ledger, news, [desk.directory().group(ticket.group)], hours, now)


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
    if quiet_of_case(known, told, now) is None:
        directory, group = desk.directory(), it_group_of(known, told)
        hours = (None if wakes_people(known, told) else hours_of_group(known, group)) or ALWAYS
        for each in news_of(evaluate(ledger.events(case.case_id), known.contracts, seconds(now)), seconds(now)):
            places = [directory.group(group), *clock_listeners(known.organisation, directory, each.news)]
            _tell_once(ledger, each, places, hours, now)
    ledger.save_case(plan_case(known, ledger, told, now, told=True))


def _tell_of_receipt(desk: Desk, ledger: Ledger, known: Known, case: SupplierCase, now: datetime) -> SupplierCase:
    """Not confirmed received is an alarm of its own: the report may never have arrived."""
    if not case.confirm_by or now < case.confirm_by or not case.is_open:
        return case
    group = it_group_of(known, case)
    ledger.queue([Tell(desk.directory().group(group), Alarmed("not_received", case.case_id))], now)
    return case.alarmed()


def _tell_once(ledger: Ledger, news: News, places: list[Place], hours: Calendar, now: datetime) -> None:
    """Each crossing once. A correction that moves a crossing tells it again, marked."""
    if not ledger.first_told(news.key, now):
        return
    moved = not ledger.first_told(news.subject, now)
    clock = news.clock
    notice = ClockTold(
        clock.case_id,
        clock.target_id,
        news.news,
        moment(news.at).isoformat(),
        news.fraction_pm,
        clock.round,
        clock.leg,
        clock.cycle,
        late=news.is_late(seconds(now), hours),
        corrected=moved,
    )
    ledger.queue([Tell(place, notice) for place in places], now)
