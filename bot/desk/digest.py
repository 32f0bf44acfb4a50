"""What is told when IT opens: each working day the suppliers' clocks; in a new month, to contract managers, that the last is over."""

from datetime import date, datetime, time, timedelta

from bot.desk.ports import Desk, Known, Ledger
from bot.domain.intervals import moment, seconds
from bot.domain.notices import Tell, ViewShown
from bot.domain.people import Role, Tier
from bot.domain.routing import is_open
from bot.domain.service_hours import Calendar, next_open

SLEPT = 10  # days into a month after which nobody needs to hear that it began


def tell_digest(desk: Desk) -> datetime | None:
    """Tell it if it is time and has not been told today. Returns when to ask again; None without an IT group.

    Twice is harmless. A house without open supplier cases hears nothing.
    """
    known = desk.knowledge.now()
    calendar = _it_calendar(known)
    if calendar is None:
        return None
    now = desk.clock.now()
    if is_open(calendar, now):
        day = now.astimezone(known.organisation.zone).date()
        with desk.store.transaction() as ledger:
            if ledger.open_cases() and ledger.first_told(f"digest/{day}", now):
                ledger.queue([Tell(desk.directory().it(), ViewShown("digest"))], now)
            _tell_of_month(desk, ledger, day, now)
    return _next_opening(calendar, now)


def _tell_of_month(desk: Desk, ledger: Ledger, day: date, now: datetime) -> None:
    """On the first working day of a month, if a supplier case was open in the one before; later if we slept that day."""
    known = desk.knowledge.now()
    first = day.replace(day=1)
    last = first - timedelta(days=1)
    since, until = (datetime.combine(each, time(), known.organisation.zone) for each in (last.replace(day=1), first))
    month = f"{last.year}-{last.month:02}"
    if day.day > SLEPT or not ledger.cases_between(since, until) or not ledger.first_told(f"report/{month}", now):
        return
    managers = [each for each in known.organisation.people.values() if each.has(Role.CONTRACT_MANAGER)]
    ledger.queue([Tell(desk.directory().person(each.id), ViewShown("month", month)) for each in managers], now)


def _it_calendar(known: Known) -> Calendar | None:
    group = next((each for each in known.organisation.groups.values() if each.tier is Tier.IT), None)
    return known.calendars.get(group.calendar) if group else None


def _next_opening(calendar: Calendar, now: datetime) -> datetime | None:
    """The first opening after the closing that comes next."""
    at = seconds(now)
    closed = next((end for start, end in calendar.open_on(calendar.date_at(at)) if start <= at < end), at)
    opens = next_open(calendar, closed)
    return moment(opens) if opens is not None else None
