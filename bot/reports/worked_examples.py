"""Ten worked examples of a calendar, for both parties to sign off before a contract is activated: the dates where clocks go wrong."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.contracts import Contract
from bot.domain.intervals import seconds
from bot.domain.service_hours import Calendar, add_open, next_open

HOUR = 3600
_LOOK_AHEAD = 800  # days in which every one of them comes by


@dataclass(frozen=True, slots=True)
class Example:
    """From `start`, so many seconds of open time in the calendar end at `due` (None: never). UTC seconds."""

    what: str  # a code: what is tried
    calendar_id: str
    start: int
    need_s: int
    due: int | None


def worked_examples(contract: Contract, calendar: Calendar) -> tuple[Example, ...]:
    """In the first two years of the contract. What never comes by in this calendar is left out."""
    days = [contract.valid_from + timedelta(days=nth) for nth in range(_LOOK_AHEAD)]
    spring, autumn = _change(days, calendar, later=True), _change(days, calendar, later=False)
    holiday = next((day for day in days if day.weekday() < 5 and day in calendar.version_on(day).closed), None)
    saturday = next(day for day in days if day.weekday() == 5)
    monday = next((day for day in days if day.weekday() == 0 and calendar.open_on(day)), None)
    closing = calendar.open_on(monday)[-1][1] if monday else None
    tried: list[tuple[str, int | None, int]] = [
        ("spring_day_hours", _at(calendar, spring, -2, 15), 8 * HOUR),
        ("spring_day_round", _at(calendar, spring, -1, 12), 24 * HOUR),
        ("autumn_day_round", _at(calendar, autumn, -1, 12), 24 * HOUR),
        ("repeated_hour", _at(calendar, autumn, 0, 2, 30), HOUR),
        ("missing_hour", _at(calendar, spring, 0, 1, 59), 120),
        ("night_before_change", _at(calendar, autumn, -1, 21), 8 * HOUR),
        ("start_on_holiday", _at(calendar, holiday, 0, 10), 4 * HOUR),
        ("start_in_weekend", _at(calendar, saturday, 0, 10), 1),
        ("start_at_closing", closing, HOUR),
        ("second_before_closing", closing - 1 if closing else None, 2),
    ]
    return tuple(
        Example(what, calendar.id, start, need, add_open(calendar, start, need))
        for what, start, need in tried
        if start is not None and next_open(calendar, start) is not None
    )


def _change(days: list[date], calendar: Calendar, *, later: bool) -> date | None:
    """The first local date on which the clocks change; `later`: forward, as in spring."""
    for day in days:
        midnight, next_midnight = (_midnight(calendar, each) for each in (day, day + timedelta(days=1)))
        if next_midnight - midnight != 24 * HOUR and (next_midnight - midnight < 24 * HOUR) is later:
            return day
    return None


def _at(calendar: Calendar, day: date | None, shift: int, hour: int, minute: int = 0) -> int | None:
    if day is None:
        return None
    there = day + timedelta(days=shift)
    return calendar.version_on(there).instant(there, hour * HOUR + minute * 60)


def _midnight(calendar: Calendar, day: date) -> int:
    return seconds(datetime(day.year, day.month, day.day, tzinfo=calendar.version_on(day).tzinfo))
