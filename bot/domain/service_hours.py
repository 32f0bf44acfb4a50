"""Wall-clock weeks, closed days and exceptions, made into open time on the line of UTC seconds.

Hours are minutes after local midnight, [start, end); past midnight goes on to 36:00. A segment belongs to the date on
which it starts. For every date the calendar version in force on that date applies.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import accumulate
from typing import Literal, NamedTuple

from bot.domain.intervals import Intervals, clip, intersect, seconds, union

Hours = tuple[tuple[int, int], ...]  # minutes after local midnight
HoursRule = Literal["weekly", "closed_day", "exception"]

ALL_DAY: Hours = ((0, 24 * 60),)
ALL_WEEK: tuple[Hours, ...] = (ALL_DAY,) * 7
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
    days: dict[date, Intervals] = field(default_factory=dict, init=False, compare=False, repr=False)

    def version_on(self, day: date) -> CalendarVersion:
        return self.versions[self.number_on(day) - 1]

    def number_on(self, day: date) -> int:
        """Which version, counted from 1, is in force on the local date."""
        return max(1, sum(version.effective_from <= day for version in self.versions))

    def date_at(self, at: int) -> date:
        """The local date, in the zone of the version in force on it."""
        for version in reversed(self.versions):
            day = datetime.fromtimestamp(at, version.tzinfo).date()
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


ALWAYS = Calendar("always", (CalendarVersion(date.min, "UTC", UTC, ALL_WEEK),))


def open_intervals(calendar: Calendar, start: int, end: int) -> Intervals:
    """The open time inside [start, end)."""
    if end <= start:
        return ()
    stretches = (_stretch(calendar, number) for number in range(start // _STRETCH, (end - 1) // _STRETCH + 1))
    return clip(union(*(zip(each.starts, each.ends, strict=True) for each in stretches)), start, end)


def elapsed(calendar: Calendar, start: int, end: int, pauses: Intervals = ()) -> int:
    """Open seconds in [start, end) outside the pauses, which may overlap; 0 if the end is not after the start."""
    if end <= start:
        return 0
    first, last = start // _STRETCH, end // _STRETCH
    total = _open_before(calendar, end) - _open_before(calendar, start)
    while first < last:
        total += _stretch(calendar, first).total
        first += 1
    for pause_start, pause_end in _as_set(pauses) if pauses else ():
        total -= elapsed(calendar, max(start, pause_start), min(end, pause_end))
    return total


def add_open(calendar: Calendar, start: int, need: int, pauses: Intervals = ()) -> int | None:
    """The earliest instant with so much elapsed, which may be a closing; with nothing needed, the next opening.

    None if there is no open time within two years, or none after a pause without end.
    """
    if pauses or need <= 0:
        return add_each(calendar, start, (need,), pauses)[0]
    return _reach(calendar, start, need + _open_before(calendar, start))


def add_each(calendar: Calendar, start: int, needs: Iterable[int], pauses: Intervals = ()) -> list[int | None]:
    """`add_open` for several needs at once."""
    # Where each unpaused stretch begins: what is used by then, the instant, and the open seconds of its year before it.
    resumed = [(0, start, _open_before(calendar, start))]
    for pause_start, pause_end in _as_set(pauses) if pauses else ():
        used, begin, _ = resumed[-1]
        if pause_end > begin:
            used += elapsed(calendar, begin, pause_start)
            resumed.append((used, pause_end, _open_before(calendar, pause_end)))
    found: list[int | None] = []
    for need in needs:
        used, begin, before = resumed[max(0, bisect_left(resumed, (need,)) - 1)] if len(resumed) > 1 else resumed[0]
        reached = _reach(calendar, begin, need - used + before) if need > 0 else next_open(calendar, start)
        found.append(reached)
    return found


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
    """One year's worth of open intervals, and the open seconds of the stretch before each."""

    starts: list[int]
    ends: list[int]
    before: list[int]
    total: int


def _as_set(pauses: Intervals) -> Intervals:
    # One pause is the usual case, and its union is itself.
    return pauses if len(pauses) == 1 and pauses[0][0] < pauses[0][1] else union(pauses)


def _reach(calendar: Calendar, since: int, need: int) -> int | None:
    """From an instant on, the one with so many open seconds since the beginning of that instant's stretch."""
    number = since // _STRETCH
    starts, ends, before, total = calendar.compiled.get(number) or _stretch(calendar, number)
    while need > total:
        need -= total
        since = max(since, ends[-1]) if ends else since
        number += 1
        starts, ends, before, total = calendar.compiled.get(number) or _stretch(calendar, number)
        opening = starts[0] if starts else (number + 1) * _STRETCH
        if opening - since > _LONGEST_CLOSED:
            return None
    place = bisect_left(before, need) - 1
    return starts[place] + need - before[place]


def _open_before(calendar: Calendar, at: int) -> int:
    """Open seconds from the beginning of its stretch."""
    starts, ends, before, _ = calendar.compiled.get(at // _STRETCH) or _stretch(calendar, at // _STRETCH)
    place = bisect_right(starts, at) - 1
    if place < 0:
        return 0
    end = ends[place]
    return before[place] + (at if at < end else end) - starts[place]  # noqa: FURB136  # a call costs more than the rest


def _stretch(calendar: Calendar, number: int) -> Stretch:
    stretch = calendar.compiled.get(number)
    if stretch is None:
        stretch = calendar.compiled[number] = _compile(calendar, number * _STRETCH)
    return stretch


def _compile(calendar: Calendar, start: int) -> Stretch:
    # Each local day is converted to UTC on its own, so a DST change costs no special case. Two days on either side
    # cover every zone and every night that runs on to 36:00.
    first = _EPOCH + start // 86_400
    days = range(max(first - 3, 1), min(first + 368, _LAST_DAY))
    found = clip(union(*(calendar.open_on(date.fromordinal(day)) for day in days)), start, start + _STRETCH)
    before = [0, *accumulate(end - begin for begin, end in found)]
    return Stretch([a for a, _ in found], [b for _, b in found], before[:-1], before[-1])
