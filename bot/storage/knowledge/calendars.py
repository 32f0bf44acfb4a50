"""Calendars of a file → the domain's, with every closed day as an explicit date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.domain.service_hours import Calendar, CalendarVersion, DatedHours, Hours, YearlyHours
from bot.storage.knowledge.closed_days import public_holidays
from bot.storage.knowledge.hours import DAY, WEEKDAYS, CalendarShape, weekdays
from bot.storage.knowledge.page import Page, Place
from bot.storage.knowledge.shape import part

_TWO_YEARS = 731


@dataclass(frozen=True, slots=True)
class Validity:
    """From when the calendars apply, and the dates for which closed days are made explicit. Ends are exclusive."""

    since: date
    until: date | None
    closed_from: date
    closed_until: date


def calendars_of(
    page: Page, validity: Validity, locked: Mapping[str, frozenset[date]] | None = None
) -> dict[str, Calendar]:
    """Every calendar under `calendars` that is right. `locked` are the closed days that were agreed at activation."""
    found = {}
    for place, name in page.keys(("calendars",)):
        shape = part(page, place, CalendarShape, {})
        if shape:
            closed = (locked or {}).get(name)
            found[name] = _calendar(page, place, name, shape, validity, closed)
    return found


def _calendar(
    page: Page, place: Place, name: str, shape: CalendarShape, validity: Validity, locked: frozenset[date] | None
) -> Calendar:
    version = CalendarVersion(
        effective_from=validity.since,
        zone=shape.zone.key,
        tzinfo=shape.zone,
        weekly=_week(page, (*place, "weekly"), shape),
        closed=_closed(shape, validity) if locked is None else locked,
        dated=tuple(DatedHours(each.on, tuple(sorted(each.hours)), each.why) for each in shape.exceptions if each.on),
        yearly=tuple(
            YearlyHours(*each.every, tuple(sorted(each.hours)), each.why) for each in shape.exceptions if each.every
        ),
    )
    calendar = Calendar(name, (version,))
    _check_exceptions(page, (*place, "exceptions"), shape, version, validity)
    _check_open(page, place, calendar, max(validity.since, validity.closed_from))
    return calendar


def _week(page: Page, place: Place, shape: CalendarShape) -> tuple[Hours, ...]:
    week: list[Hours] = [()] * 7
    named: dict[int, str] = {}
    for key, segments in shape.weekly.items():
        for day in weekdays(key):
            if day in named:
                page.refuse(
                    (*place, key), "names {day} again, which {key} already does", day=WEEKDAYS[day], key=named[day]
                )
            named[day] = key
            week[day] = tuple(sorted(segments))
        if _overlap(tuple(sorted(segments))):
            page.refuse((*place, key), "has hours that overlap")
    for day, key in named.items():
        after = (day + 1) % 7
        if _runs_into(week[day], week[after]):
            page.refuse((*place, key), "has hours that run into those of {day}", day=WEEKDAYS[after])
    return tuple(week)


def _overlap(hours: Hours) -> bool:
    return any(one[1] > two[0] for one, two in pairwise(hours))


def _runs_into(hours: Hours, following: Hours) -> bool:
    return bool(hours and following and hours[-1][1] > following[0][0] + DAY)


def _closed(shape: CalendarShape, validity: Validity) -> frozenset[date]:
    closed = shape.closed
    base = (
        public_holidays(validity.closed_from, validity.closed_until)
        if closed.base == "dk_public"
        else frozenset[date]()
    )
    return (base | frozenset(closed.add)) - frozenset(closed.remove)


def _check_exceptions(
    page: Page, place: Place, shape: CalendarShape, version: CalendarVersion, validity: Validity
) -> None:
    seen: dict[date | tuple[int, int] | None, int] = {}
    for number, each in enumerate(shape.exceptions):
        here = (*place, number)
        when = each.on or each.every
        if when in seen:
            first = page.line((*place, seen[when]))
            page.refuse(here, "is a second exception on the same day (the first is in line {first})", first=first)
        seen.setdefault(when, number)
        if each.on and not (validity.since <= each.on and (validity.until is None or each.on < validity.until)):
            page.refuse((*here, "date"), "is outside the time in which this file is valid")
        for reason in _overlaps(tuple(sorted(each.hours)), each.on, version):
            page.refuse((*here, "hours"), reason)


def _overlaps(hours: Hours, day: date | None, version: CalendarVersion) -> Iterator[str]:
    if _overlap(hours):
        yield "has hours that overlap"
    elif day and _runs_into(hours, version.hours_on(day + timedelta(days=1))[0]):
        yield "has hours that run into those of the next day"
    elif day and _runs_into(version.hours_on(day - timedelta(days=1))[0], hours):
        yield "has hours that those of the day before run into"


def _check_open(page: Page, place: Place, calendar: Calendar, since: date) -> None:
    if not any(calendar.open_on(since + timedelta(days=number)) for number in range(_TWO_YEARS)):
        page.refuse((*place, "weekly"), "leaves no open time within two years")
