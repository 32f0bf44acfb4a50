"""A sheet of worked examples that both parties signed, as JSON: schedules, closed dates, and cases with what must come out.

`read_sheet` makes sense of the text, or says what is wrong and where in it; `verify` works every case out anew.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Literal

from bot.domain.intervals import NaiveTime, seconds
from bot.domain.service_hours import Calendar, CalendarVersion, Hours, add_open, elapsed, next_open, open_intervals

Zones = Callable[[str], tzinfo]  # raises ValueError or LookupError for a name that is none
Standing = Literal["agree", "at_closing", "differ"]
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"(\d\d?):(\d\d)")
_LATEST = 36 * 60
_YEARS = range(1970, 2101)
_ZONE = re.compile(r"UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+")


@dataclass(slots=True)
class SheetRefused(Exception):
    """`where` is the path in the file, such as cases[3].start."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Case:
    """UTC seconds. What the sheet does not say is None; with a need, so is a deadline that never comes."""

    name: str
    calendar: Calendar
    start: int
    end: int | None
    within_s: int | None
    need_s: int | None
    deadline: int | None
    pauses: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure both ways: `signed` stands in the sheet, `ours` is what comes out here."""

    what: Literal["within_s", "deadline"]
    signed: int | None
    ours: int | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Verified:
    case: Case
    readings: tuple[Reading, ...]

    @property
    def standing(self) -> Standing:
        found = {each.standing for each in self.readings}
        return "differ" if "differ" in found else "at_closing" if "at_closing" in found else "agree"


def verify(case: Case) -> Verified:
    """A deadline at a closing is also right if the sheet says the next opening: no open time lies between the two."""
    readings = []
    if case.end is not None:
        within = elapsed(case.calendar, case.start, case.end, case.pauses)
        readings.append(Reading("within_s", case.within_s, within, "agree" if within == case.within_s else "differ"))
    if case.need_s is not None:
        due = add_open(case.calendar, case.start, case.need_s, case.pauses)
        readings.append(Reading("deadline", case.deadline, due, _standing(case, due)))
    return Verified(case, tuple(readings))


def _standing(case: Case, due: int | None) -> Standing:
    if due == case.deadline:
        return "agree"
    if due is None or not case.need_s:
        return "differ"
    is_closing = open_intervals(case.calendar, due - 1, due + 1) == ((due - 1, due),)
    return "at_closing" if is_closing and next_open(case.calendar, due) == case.deadline else "differ"


def read_sheet(text: str, zones: Zones) -> tuple[Case, ...]:
    """Raises SheetRefused. Keys that are not known, such as a source, are for people and passed over."""
    try:
        sheet = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as fault:
        raise SheetRefused(f"line {fault.lineno}", f"is not JSON: {fault.msg}") from None
    except RecursionError:
        raise SheetRefused("the file", "is nested too deeply") from None
    if not isinstance(sheet, dict):
        raise SheetRefused("the file", "must be an object with timezone, schedules and cases")
    name = _must(sheet, "timezone", str, "timezone", "a zone such as Europe/Copenhagen")
    try:
        zone = zones(name) if _ZONE.fullmatch(name) else None
    except (ValueError, LookupError, OSError):
        zone = None
    if zone is None:
        raise SheetRefused("timezone", f"is not a zone: {name!r}; write Area/City or UTC")
    listed = sheet.get("holidays", [])
    if not isinstance(listed, list):
        raise SheetRefused("holidays", "must be a list of dates")
    closed = frozenset(_date(each, f"holidays[{nth}]") for nth, each in enumerate(listed))
    schedules = _must(sheet, "schedules", dict, "schedules", "an object of schedules by name")
    calendars = {each: _calendar(each, of, name, zone, closed) for each, of in schedules.items()}
    cases = _must(sheet, "cases", list, "cases", "a list")
    if not cases:
        raise SheetRefused("cases", "is empty: there is nothing to verify")
    return tuple(_case(each, f"cases[{nth}]", calendars) for nth, each in enumerate(cases))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise SheetRefused(key, "stands twice in one object")
        found[key] = value
    return found


def _must(of: Mapping[str, Any], key: str, kind: type[Any], where: str, wanted: str) -> Any:
    value = of.get(key)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise SheetRefused(where, f"must be {wanted}" if key in of else f"is missing; it must be {wanted}")
    return value


def _calendar(name: str, schedule: Any, zone: str, tzinfo_: tzinfo, closed: frozenset[date]) -> Calendar:
    where = f"schedules.{name}"
    if not isinstance(schedule, dict):
        raise SheetRefused(where, "must be an object with hours")
    weekly: dict[int, Hours] = {}
    for key, segments in _must(schedule, "hours", dict, f"{where}.hours", "an object of weekdays").items():
        place = f"{where}.hours.{key}"
        word = key.strip().lower()
        day = next((nth for nth, name in enumerate(_DAYS) if name.startswith(word) and len(word) > 2), None)  # mon
        if day is None:
            raise SheetRefused(place, "is not a weekday: mon, tue, wed, thu, fri, sat or sun")
        if day in weekly:
            raise SheetRefused(place, "names a weekday that stands there already")
        if not isinstance(segments, dict):
            raise SheetRefused(place, 'must be openings with closings, such as {"08:00": "16:00"}')
        weekly[day] = tuple(_segment(a, b, place) for a, b in segments.items())
    keeps = schedule.get("holidays", False)
    if not isinstance(keeps, bool):
        raise SheetRefused(f"{where}.holidays", "must be true or false")
    week = tuple(weekly.get(day, ()) for day in range(7))
    return Calendar(name, (CalendarVersion(date.min, zone, tzinfo_, week, closed if keeps else frozenset()),))


def _segment(opening: str, closing: Any, where: str) -> tuple[int, int]:
    start, end = _minutes(opening, where), _minutes(closing, where)
    if not start < end <= _LATEST or start >= 24 * 60:
        raise SheetRefused(
            where, f"{opening}-{closing} does not end after it starts; past midnight goes on to 36:00, as 22:00-30:00"
        )
    return start, end


def _minutes(value: Any, where: str) -> int:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if not found or int(found[2]) > 59:
        raise SheetRefused(where, f"is not a time of day: {value!r}; write it as 08:00")
    return int(found[1]) * 60 + int(found[2])


def _case(case: Any, where: str, calendars: Mapping[str, Calendar]) -> Case:
    if not isinstance(case, dict):
        raise SheetRefused(where, "must be an object")
    schedule = _must(case, "schedule", str, f"{where}.schedule", "the name of a schedule")
    if schedule not in calendars:
        raise SheetRefused(f"{where}.schedule", f"is not one of {', '.join(calendars)}: {schedule!r}")
    _both(case, "end", "within_s", where)
    _both(case, "need_s", "deadline", where)
    if "end" not in case and "need_s" not in case:
        raise SheetRefused(where, "says nothing to verify: end with within_s, or need_s with deadline")
    return Case(
        name=str(case.get("id", where)),
        calendar=calendars[schedule],
        start=_instant(case.get("start"), f"{where}.start"),
        end=_instant(case["end"], f"{where}.end") if "end" in case else None,
        within_s=_span(case["within_s"], f"{where}.within_s") if "within_s" in case else None,
        need_s=_span(case["need_s"], f"{where}.need_s") if "need_s" in case else None,
        deadline=_instant(case["deadline"], f"{where}.deadline") if case.get("deadline") is not None else None,
        pauses=_pauses(case.get("pauses", []), f"{where}.pauses"),
    )


def _both(case: Mapping[str, Any], one: str, other: str, where: str) -> None:
    if (one in case) != (other in case):
        there, missing = (one, other) if one in case else (other, one)
        raise SheetRefused(f"{where}.{missing}", f"is missing beside {there}")


def _pauses(value: Any, where: str) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, list) or any(not isinstance(each, list) or len(each) != 2 for each in value):
        raise SheetRefused(where, "must be a list of [from, to]")
    found = tuple(
        (_instant(a, f"{where}[{nth}][0]"), _instant(b, f"{where}[{nth}][1]")) for nth, (a, b) in enumerate(value)
    )
    for nth, (begun, ended) in enumerate(found):
        if ended < begun:
            raise SheetRefused(f"{where}[{nth}]", "ends before it begins")
    return found


def _span(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise SheetRefused(where, f"must be whole seconds, not {value!r}")
    return value


def _instant(value: Any, where: str) -> int:
    try:
        found = datetime.fromisoformat(value)
        if found.year not in _YEARS:
            raise SheetRefused(where, f"is not between {_YEARS[0]} and {_YEARS[-1]}: {value!r}")
        return seconds(found)
    except NaiveTime as naive:
        raise SheetRefused(where, str(naive)) from None
    except (TypeError, ValueError, OverflowError):
        raise SheetRefused(where, f"is not a time: {value!r}; write it as 2026-11-23T14:05:00+01:00") from None


def _date(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise SheetRefused(where, f"is not a date: {value!r}; write it as 2026-12-25") from None
