"""Days, months, status messages, calendar versions, exceptions and disputes, counted plainly and without the engine's code.

Everything is a list of open seconds' intervals made day by day, and loops over it. Instants are UTC seconds.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock

FOREVER = 1 << 60


@dataclass(frozen=True)
class PlainVersion:
    since: date
    weekly: tuple  # seven tuples of (minute, minute)
    closed: frozenset
    dated: dict  # date → hours
    yearly: dict  # (month, day) → hours


class PlainCalendar:
    """`versions` in order; the first also serves what is before it."""

    def __init__(self, zone, versions, first, last):
        self.zone, self.versions = zone, versions
        self.days = {}
        day = first
        while day < last:
            self.days[day] = self._open_on(day)
            day += timedelta(days=1)
        merged = []
        for a, b in sorted(span for spans in self.days.values() for span in spans):
            if merged and a <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], b)
            else:
                merged.append([a, b])
        self.spans = merged

    def instant(self, day, second):
        naive = datetime.combine(day, clock()) + timedelta(seconds=second)
        return int(naive.replace(tzinfo=self.zone).timestamp())

    def _open_on(self, day):
        version = next((each for each in reversed(self.versions) if each.since <= day), self.versions[0])
        hours = version.weekly[day.weekday()]
        if day in version.dated:
            hours = version.dated[day]
        elif day in version.closed:
            hours = ()
        elif (day.month, day.day) in version.yearly:
            allowed = version.yearly[day.month, day.day]
            hours = [(max(a, c), min(b, d)) for a, b in hours for c, d in allowed if max(a, c) < min(b, d)]
        resolved = sorted((self.instant(day, a * 60), self.instant(day, b * 60)) for a, b in hours)
        return [(a, b) for a, b in resolved if a < b]

    def elapsed(self, start, end, pauses=()):
        return sum(b - a for a, b in self._counted(start, end, pauses))

    def reach(self, start, need, pauses=()):
        """The earliest instant with so much counted; None if it never comes."""
        for a, b in self._counted(start, FOREVER, pauses):
            if need <= b - a:
                return a + need
            need -= b - a
        return None

    def next_open(self, at):
        return next((max(at, a) for a, b in self.spans if b > at), None)

    def _counted(self, start, end, pauses):
        for a, b in self.spans:
            pieces = [(max(a, start), min(b, end))]
            for c, d in pauses:
                pieces = [piece for x, y in pieces for piece in ((x, min(y, c)), (max(x, d), y)) if piece[0] < piece[1]]
            yield from (piece for piece in pieces if piece[0] < piece[1])

    def business_days(self, start, count, mode, half_day):
        begin = self.next_open(start)
        # The date on which the segment around the start begins.
        day = max(each for each, spans in self.days.items() if any(a <= begin < b for a, b in spans))
        first = day
        while count:
            day += timedelta(days=1)
            count -= bool(self.days[day])
        if mode == "end_of_day":
            return self.days[day][-1][1]
        local = datetime.fromtimestamp(begin, self.zone).replace(tzinfo=None)
        second = (local - datetime.combine(first, clock())).total_seconds()
        wanted = self.instant(day, int(second))
        for a, b in self.days[day]:
            if wanted < b:
                return max(a, wanted)
        closing = self.days[day][-1][1]
        return closing if half_day == "clamp" else self.next_open(closing)


def months_later(start, count, zone):
    local = datetime.fromtimestamp(start, zone).replace(tzinfo=None)
    month = local.month + count
    year, month = local.year + (month - 1) // 12, (month - 1) % 12 + 1
    day = local.day
    while True:
        try:
            there = local.replace(year=year, month=month, day=day)
        except ValueError:
            day -= 1
        else:
            return int(there.replace(tzinfo=zone).timestamp())


def due_of(calendar, start, budget, pauses, zone, half_day):
    """`budget`: ("open", s), ("wall", s), ("months", n) or ("days", n, mode). None while an open pause keeps it away."""
    kind = budget[0]
    if kind == "open":
        return calendar.reach(start, budget[1], pauses)
    if kind == "wall":
        return plain_wall(start, budget[1], pauses)
    if kind == "months":
        goal = months_later(start, budget[1], zone)
        paused = sum(max(0, min(goal, b) - max(start, a)) for a, b in union(pauses))
        return not_inside(goal if not paused else plain_wall(goal, paused, pauses), pauses, lambda at: at)
    goal = calendar.business_days(start, budget[1], budget[2], half_day)
    paused = calendar.elapsed(start, goal) - calendar.elapsed(start, goal, pauses)
    return not_inside(goal if not paused else calendar.reach(goal, paused, pauses), pauses, calendar.next_open)


def not_inside(due, pauses, next_open):
    """Section 4.4: no due while a pause is open that began before it, so none is found to have fallen there afterwards."""
    for a, b in union(pauses):
        if due is not None and a < due < b:
            due = None if b >= FOREVER else next_open(b)
    return due


def plain_wall(start, need, pauses):
    """Real seconds outside the pauses."""
    at = start
    for a, b in union(pauses):
        if b <= at:
            continue
        free = max(0, a - at)
        if need <= free:
            return at + need
        need -= free
        if b >= FOREVER:
            return None
        at = max(at, b)
    return at + need


def union(pauses):
    merged = []
    for a, b in sorted(pauses):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged
