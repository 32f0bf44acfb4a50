"""The morning digest: what is half used or more, told to IT once a working day, when it opens."""

from datetime import datetime

from bot.desk.ports import Desk, Known
from bot.domain.intervals import moment, seconds
from bot.domain.notices import Tell, ViewShown
from bot.domain.people import Tier
from bot.domain.routing import is_open
from bot.domain.service_hours import Calendar, next_open


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
    return _next_opening(calendar, now)


def _it_calendar(known: Known) -> Calendar | None:
    group = next((each for each in known.organisation.groups.values() if each.tier is Tier.IT), None)
    return known.calendars.get(group.calendar) if group else None


def _next_opening(calendar: Calendar, now: datetime) -> datetime | None:
    """The first opening after the closing that comes next."""
    at = seconds(now)
    closed = next((end for start, end in calendar.open_on(calendar.date_at(at)) if start <= at < end), at)
    opens = next_open(calendar, closed)
    return moment(opens) if opens is not None else None
