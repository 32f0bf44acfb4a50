"""The trace of a clock: its time cut into stretches in which nothing changes, each with why it counts or not."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from bot.domain.business_days import service_day
from bot.domain.intervals import FOREVER, Intervals, intersect, walk
from bot.domain.pauses import Pause
from bot.domain.service_hours import Calendar, next_open, open_intervals

Rule = Literal["open", "outside_hours", "weekend", "closed_day", "exception"]
_OPEN: tuple[Rule, str] = ("open", "")
_SATURDAY = 5
_LOOK = 31 * 86_400  # how far from a closed stretch its reason is looked for


@dataclass(frozen=True, slots=True)
class Segment:
    """`rule` says why it is open or closed, `why` the same in the contract's words; `reason` is the pause's.

    A closed segment with pause ids is a pause without effect.
    """

    start: int
    end: int
    kind: Literal["counting", "paused", "closed"]
    phase: Literal["within", "overrun"]
    calendar_id: str
    calendar_version: int
    severity: str
    reason: str
    rule: Rule
    why: str
    pause_ids: tuple[str, ...]

    @property
    def seconds(self) -> int:
        return self.end - self.start


def segments(
    calendar: Calendar, start: int, end: int, due: int | None, pauses: tuple[Pause, ...], severity: str
) -> tuple[Segment, ...]:
    """[start, end) without gap or overlap, split at the due."""
    opened = open_intervals(calendar, start, end)
    late: Intervals = () if due is None else ((due, FOREVER),)
    changes = [((version.instant(version.effective_from, 0), FOREVER),) for version in calendar.versions[1:]]
    each_pause = [((pause.start, pause.end),) for pause in pauses]
    found: list[Segment] = []
    for a, b, (is_open, is_late, *rest) in walk(start, end, opened, late, *each_pause, *changes):
        over = [pause for pause, covers in zip(pauses, rest, strict=False) if covers]
        rule, why = _OPEN if is_open else why_closed(calendar, a)
        segment = Segment(
            start=a,
            end=b,
            kind="closed" if not is_open else "paused" if over else "counting",
            phase="overrun" if is_late else "within",
            calendar_id=calendar.id,
            calendar_version=calendar.number_on(service_day(calendar, a) if is_open else calendar.date_at(a)),
            severity=severity,
            reason=over[0].reason if over else "",
            rule=rule,
            why=why,
            pause_ids=tuple(pause.id for pause in over),
        )
        if found and replace(found[-1], start=a, end=b) == segment:
            found[-1] = replace(found[-1], end=b)
        else:
            found.append(segment)
    return tuple(found)


def why_closed(calendar: Calendar, at: int) -> tuple[Rule, str]:
    """Why there is no open time around a closed instant: the first day that would usually have had some decides."""
    before = open_intervals(calendar, at - _LOOK, at)
    closed = (before[-1][1] if before else at - _LOOK, min(next_open(calendar, at) or FOREVER, at + _LOOK))
    weekend = False
    day = calendar.date_at(closed[0])
    while day <= calendar.date_at(closed[1] - 1):
        version = calendar.version_on(day)
        _, rule, why = version.hours_on(day)
        usual = version.resolve(day, version.weekly[day.weekday()])
        if rule != "weekly" and intersect(usual, (closed,)):
            return rule, why
        weekend = weekend or (not usual and day.weekday() >= _SATURDAY)
        day += timedelta(days=1)
    return ("weekend" if weekend else "outside_hours"), ""
