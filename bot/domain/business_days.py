"""Budgets that are counted in days and months instead of open seconds: where they end if nothing pauses.

A business day is a local date with at least one open segment starting on it.
"""

from datetime import date, timedelta, tzinfo
from typing import Literal

from bot.domain.contracts import DayMode
from bot.domain.intervals import Intervals
from bot.domain.service_hours import Calendar, CalendarVersion, local, next_open

HalfDay = Literal["clamp", "next_opening"]
_LONGEST_CLOSED = timedelta(days=732)
_A_DAY = timedelta(days=1)


def add_business_days(
    calendar: Calendar, start: int, days: int, mode: DayMode, half_day: HalfDay = "clamp"
) -> int | None:
    """`days` business days after the day of the (normalised) start: at the same wall time, or at that day's last closing.

    `half_day` decides for a wall time after that day's closing. None if the calendar runs out of business days.
    """
    begin = next_open(calendar, start)
    if begin is None:
        return None
    first = service_day(calendar, begin)
    day = _business_day_after(calendar, first, days)
    if day is None:
        return None
    if mode == "end_of_day":
        return calendar.open_on(day)[-1][1]
    wanted = calendar.version_on(day).instant(day, _wall_seconds(calendar, first, begin))
    return _inside(calendar, calendar.open_on(day), wanted, half_day)


def add_months(start: int, months: int, zone: tzinfo) -> int:
    """The same local day and time so many months later; a day that month does not have becomes its last."""
    today, second = local(start, zone)
    month = today.month - 1 + months
    year, month = today.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    clock = CalendarVersion(date.min, "", zone, ())
    return clock.instant(date(year, month, min(today.day, last)), second)


def _inside(calendar: Calendar, hours: Intervals, wanted: int, half_day: HalfDay) -> int | None:
    for opening, closing in hours:
        if wanted < closing:
            return max(wanted, opening)
    return hours[-1][1] if half_day == "clamp" else next_open(calendar, hours[-1][1])


def _business_day_after(calendar: Calendar, day: date, days: int) -> date | None:
    last = day
    while day - last <= _LONGEST_CLOSED:
        day += _A_DAY
        if calendar.open_on(day):
            days -= 1
            if days <= 0:
                return day
            last = day
    return None


def service_day(calendar: Calendar, at: int) -> date:
    """The date on which the open segment around `at` starts: before dawn that may be the day before."""
    today = calendar.date_at(at)
    hours = calendar.open_on(today)
    return today if hours and hours[0][0] <= at else today - timedelta(days=1)


def _wall_seconds(calendar: Calendar, day: date, at: int) -> int:
    today, second = local(at, calendar.version_on(day).tzinfo)
    return second if today == day else (today - day).days * 86_400 + second
