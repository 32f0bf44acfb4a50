"""A clock bar in per cent of its width: what is used, paused and over, where the due stands, where the ticks are."""

from dataclasses import dataclass
from typing import Literal

from bot.wording.message import Bar

Part = tuple[Literal["used", "paused", "over"], int, int]
Paint = Literal["used", "used near", "used ok", "paused", "over"]


@dataclass(frozen=True, slots=True)
class Stroke:
    paint: Paint
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Drawn:
    strokes: tuple[Stroke, ...]
    marks: tuple[str, ...]
    due: str


def drawn(bar: Bar) -> Drawn:
    """The whole width is the way to the due, or further if the clock ran past it."""
    whole = max(1000, *(end for _, _, end in bar.parts), bar.due or 0)
    strokes = (
        Stroke(_paint(bar, kind), _percent(start, whole), _percent(end - start, whole))
        for kind, start, end in _joined(bar)
    )
    due = "" if bar.due is None else _percent(bar.due, whole)
    return Drawn(tuple(strokes), tuple(_percent(mark, whole) for mark in bar.marks), due)


def _joined(bar: Bar) -> list[Part]:
    """Stretches of one kind that touch are one: a night between them leaves no seam."""
    found: list[Part] = []
    for kind, start, end in bar.parts:
        if found and found[-1][0] == kind and found[-1][2] >= start:
            found[-1] = kind, found[-1][1], max(end, found[-1][2])
        elif end > start:
            found.append((kind, start, end))
    return found


def _paint(bar: Bar, kind: Literal["used", "paused", "over"]) -> Paint:
    if kind != "used":
        return kind
    match bar.tone:
        case "warn":
            return "used near"
        case "ok":
            return "used ok"
        case _:
            return "used"


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.4g}%"
