"""Today's dues on one line: what is due when, what is already late, and where we are now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.wording.message import Tone

_ROOM = 11.0  # per cent of the width that a label needs
_LEVELS = (18, 44)  # y of the labels, the highest first
_DAY = (8, 16)  # hours shown at least


@dataclass(frozen=True, slots=True)
class Due:
    at: datetime
    label: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Pin:
    x: str
    y: int | None  # of its label; None where there is no room for one
    text: str
    tone: Tone
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    hours: tuple[tuple[int, str], ...]
    pins: tuple[Pin, ...]
    now: str


def line_of(dues: Iterable[Due], now: datetime, zone: tzinfo, clock: str) -> Line:
    """`clock` separates hours and minutes in labels."""
    local = now.astimezone(zone)
    todays = sorted(
        (each for each in dues if each.at.astimezone(zone).date() == local.date()), key=lambda each: each.at
    )
    first = min([_DAY[0], local.hour, *(each.at.astimezone(zone).hour for each in todays)])
    last = max([_DAY[1], *(_end(each) for each in [local, *(due.at.astimezone(zone) for due in todays)])])
    start = local.replace(hour=first, minute=0, second=0, microsecond=0)
    whole = timedelta(hours=last - first)

    def across(at: datetime) -> float:
        return round(max(0.0, min(1.0, (at.astimezone(zone) - start) / whole)) * 100, 2)

    hours = tuple((hour, f"{across(start + timedelta(hours=hour - first)):g}%") for hour in range(first, last + 1))
    return Line(hours, tuple(_pins(todays, across, zone, clock)), f"{across(now):g}%")


def _pins(dues: list[Due], across: Callable[[datetime], float], zone: tzinfo, clock: str) -> Iterable[Pin]:
    taken = dict.fromkeys(_LEVELS, -_ROOM)
    for each in dues:
        x = across(each.at)
        local = each.at.astimezone(zone)
        text = f"{local.hour}{clock}{local.minute:02} {each.label}"
        y = next((level for level in _LEVELS if x - taken[level] >= _ROOM), None)
        if y is not None:
            taken[y] = x
        yield Pin(f"{x:g}%", y, text, each.tone, "end" if x > 80 else "start" if x < 10 else "middle")


def _end(local: datetime) -> int:
    return min(24, local.hour + 1)
