"""Wall-clock weeks, closed days and exceptions, made into open time on the line of UTC seconds.

Hours are minutes after local midnight, [start, end); past midnight goes on to 36:00. A segment belongs to the date on
which it starts. For every date the calendar version in force on that date applies.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from bot.domain.intervals import FOREVER, Interval, Intervals, clip, intersect, measure, seconds, union

Hours = tuple[tuple[int, int], ...]  # minutes after local midnight
HoursRule = Literal["weekly", "closed_day", "exception"]

ALL_DAY: Hours = ((0, 24 * 60),)
ALL_WEEK: tuple[Hours, ...] = (ALL_DAY,) * 7
_ASKED = 1_000  # instants remembered with their open seconds: the clocks of one case ask for the same ones
_STRETCH = 366 * 86_400  # open time is compiled a year's worth at a time
_LONGEST_CLOSED = 2 * _STRETCH  # after that the calendar is taken to have no open time
_EPOCH = date(1970, 1, 1).toordinal()
_LAST_DAY = date.max.toordinal() - 3  # later days would end after the last moment there is


@dataclass(frozen=True, slots=True)
class DatedHours:
    """Own hours on one date; they replace everything, and may open a closed day."""

    on: date
    hours: Hours
    why: str = ""


@dataclass(frozen=True, slots=True)
class YearlyHours:
    """Each year on this date the weekly hours are cut down to these."""

    month: int
    day: int
    hours: Hours
    why: str = ""


@dataclass(frozen=True, slots=True)
class CalendarVersion:
    """`weekly` has seven entries, Monday first. `closed` holds explicit dates: no library is asked when a clock runs."""

    effective_from: date
    zone: str
    tzinfo: tzinfo
    weekly: tuple[Hours, ...]
    closed: frozenset[date] = frozenset()
    dated: tuple[DatedHours, ...] = ()
    yearly: tuple[YearlyHours, ...] = ()

    def hours_on(self, day: date) -> tuple[Hours, HoursRule, str]:
        """The hours that start on the date, the rule that decided, and its reason. The first rule that fits wins."""
        for dated in self.dated:
            if dated.on == day:
                return dated.hours, "exception", dated.why
        if day in self.closed:
            return (), "closed_day", ""
        weekly = self.weekly[day.weekday()]
        for yearly in self.yearly:
            if (yearly.month, yearly.day) == (day.month, day.day):
                return intersect(weekly, yearly.hours), "exception", yearly.why
        return weekly, "weekly", ""

    def resolve(self, day: date, hours: Hours) -> Intervals:
        """The hours in UTC seconds. Segments that a DST change leaves empty are dropped."""
        return union((self.instant(day, start * 60), self.instant(day, end * 60)) for start, end in hours)

    def instant(self, day: date, second: int) -> int:
        """Local midnight plus so many wall-clock seconds: a missing time moves on by the gap, of a repeated one the first counts."""
        # fold=0 means both of these by definition (PEP 495).
        return seconds((datetime.combine(day, time()) + timedelta(seconds=second)).replace(tzinfo=self.tzinfo))


@dataclass(frozen=True)
class Calendar:
    """`versions` in order of `effective_from`; the first also serves the dates before it."""

    id: str
    versions: tuple[CalendarVersion, ...]
    # What was derived once and will be asked again; no part of the value.
    compiled: dict[int, "Stretch"] = field(default_factory=dict, init=False, compare=False, repr=False)
    first: dict[str, int] = field(default_factory=dict, init=False, compare=False, repr=False)
    asked: dict[int, int] = field(default_factory=dict, init=False, compare=False, repr=False)
    days: dict[date, Intervals] = field(default_factory=dict, init=False, compare=False, repr=False)

    def version_on(self, day: date) -> CalendarVersion:
        return self.versions[self.number_on(day) - 1]

    def number_on(self, day: date) -> int:
        """Which version, counted from 1, is in force on the local date."""
        return max(1, sum(version.effective_from <= day for version in self.versions))

    def date_at(self, at: int) -> date:
        """The local date, in the zone of the version in force on it."""
        for version in reversed(self.versions):
            day, _ = local(at, version.tzinfo)
            if version.effective_from <= day:
                return day
        return day

    def open_on(self, day: date) -> Intervals:
        """The open intervals that start on the local date; it is a business day if there are any."""
        hours = self.days.get(day)
        if hours is None:
            version = self.version_on(day)
            hours = self.days[day] = version.resolve(day, version.hours_on(day)[0])
        return hours


def local(at: int, zone: tzinfo) -> tuple[date, int]:
    """The local date, and the seconds on the wall since its midnight."""
    offset = _offset(at // 86_400, zone)
    if offset is None:
        there = datetime.fromtimestamp(at, zone)
        return there.date(), there.hour * 3600 + there.minute * 60 + there.second
    days, second = divmod(at + offset, 86_400)
    return date.fromordinal(_EPOCH + days), second


def month_at(at: int, zone: tzinfo) -> tuple[int, int]:
    """The local year and month."""
    offset = _offset(at // 86_400, zone)
    return _month((at + offset) // 86_400) if offset is not None else _month(local(at, zone)[0].toordinal() - _EPOCH)


@lru_cache(maxsize=4096)
def _month(days: int) -> tuple[int, int]:
    day = date.fromordinal(_EPOCH + days)
    return day.year, day.month


@lru_cache(maxsize=4096)
def _offset(utc_day: int, zone: tzinfo) -> int | None:
    """The zone's seconds ahead of UTC throughout that day of UTC; None if they change in it."""
    first, last = (datetime.fromtimestamp(utc_day * 86_400 + second, zone).utcoffset() for second in (0, 86_399))
    return int(first.total_seconds()) if first is not None and first == last else None


ALWAYS = Calendar("always", (CalendarVersion(date.min, "UTC", UTC, ALL_WEEK),))


def open_intervals(calendar: Calendar, start: int, end: int) -> Intervals:
    """The open time inside [start, end)."""
    if end <= start:
        return ()
    found: list[Interval] = []
    for number in range(start // _STRETCH, (end - 1) // _STRETCH + 1):
        stretch = _stretch(calendar, number)
        some = slice(bisect_right(stretch.ends, start), bisect_left(stretch.starts, end))
        for opens, closes in zip(stretch.starts[some], stretch.ends[some], strict=True):
            if found and found[-1][1] == opens:  # on through the end of a stretch
                found[-1] = found[-1][0], min(closes, end)
            else:
                found.append((max(opens, start), min(closes, end)))
    return tuple(found)


def elapsed(calendar: Calendar, start: int, end: int, pauses: Intervals = ()) -> int:
    """Open seconds in [start, end) outside the pauses, which may overlap; 0 if the end is not after the start."""
    if end <= start:
        return 0
    total = opened(calendar, end) - opened(calendar, start)
    return total - paused(calendar, start, end, _as_set(pauses)) if pauses else total


def paused(calendar: Calendar, start: int, end: int, pauses: Intervals) -> int:
    """Open seconds in [start, end) inside a set of pauses."""
    total = 0
    for begin, until in pauses:
        if begin < end and start < until:
            total += opened(calendar, min(until, end)) - opened(calendar, max(begin, start))
    return total


def add_open(calendar: Calendar, start: int, need: int, pauses: Intervals = ()) -> int | None:
    """The earliest instant with so much elapsed, which may be a closing; with nothing needed, the next opening.

    None if there is no open time within two years, or none after a pause without end.
    """
    if need <= 0:
        return next_open(calendar, start)
    goal = opened(calendar, start) + need
    for begin, until in _as_set(pauses) if pauses else ():
        if until > start:
            if begin > start and opened(calendar, begin) >= goal:
                break
            if until >= FOREVER:
                return None
            goal += opened(calendar, until) - opened(calendar, max(begin, start))
            start = until
    return _reach(calendar, start, goal)


def next_open(calendar: Calendar, at: int) -> int | None:
    """`at` if open then, else the next opening; None if there is none within two years."""
    until = at + _LONGEST_CLOSED
    for number in range(at // _STRETCH, until // _STRETCH + 1):
        stretch = _stretch(calendar, number)
        place = bisect_right(stretch.ends, at)
        if place < len(stretch.ends):
            return max(at, stretch.starts[place]) if stretch.starts[place] <= until else None
    return None


class Stretch(NamedTuple):
    """One year's worth of open intervals, the open seconds before each, and those up to its beginning and its end."""

    starts: list[int]
    ends: list[int]
    before: list[int]
    since: int
    until: int


def _as_set(pauses: Intervals) -> Intervals:
    # One pause is the usual case, and its union is itself.
    return pauses if len(pauses) == 1 and pauses[0][0] < pauses[0][1] else union(pauses)


def _reach(calendar: Calendar, since: int, goal: int) -> int | None:
    """The first instant after the one given up to which so many open seconds are counted."""
    number = since // _STRETCH
    starts, ends, before, _, until = calendar.compiled.get(number) or _stretch(calendar, number)
    while goal > until:
        since = max(since, ends[-1]) if ends else since
        number += 1
        starts, ends, before, _, until = calendar.compiled.get(number) or _stretch(calendar, number)
        opening = starts[0] if starts else (number + 1) * _STRETCH
        if opening - since > _LONGEST_CLOSED:
            return None
    place = bisect_left(before, goal) - 1
    return starts[place] + goal - before[place]


def opened(calendar: Calendar, at: int) -> int:
    """Open seconds up to the instant, counted from one that the calendar keeps to: only differences say anything."""
    found = calendar.asked.get(at)
    if found is None:
        starts, ends, before, since, _ = calendar.compiled.get(at // _STRETCH) or _stretch(calendar, at // _STRETCH)
        place = bisect_right(starts, at) - 1
        found = since if place < 0 else before[place] + min(at, ends[place]) - starts[place]
        if len(calendar.asked) >= _ASKED:
            calendar.asked.clear()
        calendar.asked[at] = found
    return found


def _stretch(calendar: Calendar, number: int) -> Stretch:
    compiled = calendar.compiled
    if number not in compiled:
        # Counted from whichever year was asked for first, so that none before it has to be compiled.
        first = calendar.first.setdefault("", number)
        for each in range(first, number + 1):
            if each not in compiled:
                compiled[each] = _counted(
                    _compile(calendar, each * _STRETCH), compiled[each - 1].until if each > first else 0
                )
        for each in range(first - 1, number - 1, -1):
            if each not in compiled:
                found = _compile(calendar, each * _STRETCH)
                until = compiled[each + 1].since if each + 1 < first else 0
                compiled[each] = _counted(found, until - measure(found))
    return compiled[number]


def _compile(calendar: Calendar, start: int) -> Intervals:
    # Each local day is converted to UTC on its own, so a DST change costs no special case. Two days on either side
    # cover every zone and every night that runs on to 36:00.
    first = _EPOCH + start // 86_400
    days = range(max(first - 3, 1), min(first + 368, _LAST_DAY))
    return clip(union(*(calendar.open_on(date.fromordinal(day)) for day in days)), start, start + _STRETCH)


def _counted(found: Intervals, since: int) -> Stretch:
    before = list(accumulate((end - begin for begin, end in found), initial=since))
    return Stretch([a for a, _ in found], [b for _, b in found], before[:-1], since, before[-1])
