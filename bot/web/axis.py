"""A clock on a line of time: open time in true proportion, closed time squeezed, with what happened marked on it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.clock import Clock
from bot.domain.clocks import trace
from bot.domain.events import Event
from bot.domain.intervals import moment, seconds
from bot.domain.segments import Segment
from bot.domain.segments import segments as cut
from bot.web.words import say
from bot.wording.bars import target_name
from bot.wording.cases import reason_words
from bot.wording.say import Voice
from bot.wording.times import record, span

_CLOSED = 6.0  # per cent of the width that one closed stretch gets …
_CLOSED_AT_MOST = 45.0  # … and all of them together
_ROOM = {"day": 11.0, "time": 6.0, "dot": 2.2}  # per cent that a label needs
_PAINT = {"counting": "used", "paused": "paused", "closed": "closed"}


@dataclass(frozen=True, slots=True)
class Stretch:
    paint: str
    x: str
    width: str
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    x: str
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Key:
    """One event on the line, with its number; `x` is empty for one that lies outside."""

    number: int
    x: str
    when: str
    what: str


@dataclass(frozen=True, slots=True)
class Axis:
    label: str
    stretches: tuple[Stretch, ...]
    days: tuple[Label, ...]
    times: tuple[Label, ...]
    due: Label | None
    keys: tuple[Key, ...]


def axis_of(voice: Voice, clock: Clock, events: Sequence[Event], what: Callable[[Event], str]) -> Axis | None:
    """None for a clock without any time yet."""
    segments = (*trace(clock), *_ahead(clock))
    if not segments:
        return None
    widths = _widths(segments)
    place = _places(segments, widths)
    zone = voice.picture.organisation.zone
    start, end = (record(moment(at), zone, voice.language) for at in (segments[0].start, segments[-1].end))
    stretches = tuple(
        Stretch(_paint(each, clock), _percent(place(each.start)), _percent(width), _title(voice, each, clock))
        for each, width in zip(segments, widths, strict=True)
    )
    due = clock.breach_at or clock.due_at
    flag = None
    if due is not None and segments[0].start <= due <= segments[-1].end:
        local = moment(due).astimezone(zone)
        x = place(due)
        flag = Label(
            _percent(x), say(voice.language, "case.axis.due", when=f"{local:%H:%M}"), "end" if x > 15 else "start"
        )
    label = say(
        voice.language, "case.axis.label", kind=target_name(voice, clock), case=clock.case_id, start=start, end=end
    )
    return Axis(
        label,
        stretches,
        tuple(_days(voice, segments, place)),
        tuple(_times(voice, segments, place)),
        flag,
        tuple(_keys(voice, events, segments, place, what)),
    )


def _ahead(clock: Clock) -> tuple[Segment, ...]:
    """From now to the due, if nothing stands still."""
    if not clock.is_open or clock.calendar is None or clock.due_at is None or clock.due_at <= clock.now:
        return ()
    return cut(clock.calendar, clock.now, clock.due_at, None, (), clock.severity)


def _widths(segments: Sequence[Segment]) -> list[float]:
    closed = [each for each in segments if each.kind == "closed"]
    each_closed = min(_CLOSED, _CLOSED_AT_MOST / len(closed)) if closed else 0.0
    opened = sum(each.seconds for each in segments if each.kind != "closed")
    room = 100.0 - each_closed * len(closed)
    if not opened:
        return [100.0 / len(segments)] * len(segments)
    return [each_closed if each.kind == "closed" else room * each.seconds / opened for each in segments]


def _places(segments: Sequence[Segment], widths: Sequence[float]) -> Callable[[int], float]:
    """From an instant to per cent of the width."""
    starts = [sum(widths[:nth]) for nth in range(len(widths))]

    def place(at: int) -> float:
        for each, start, width in zip(segments, starts, widths, strict=True):
            if each.start <= at < each.end:
                return start + width * (at - each.start) / each.seconds
        return 0.0 if at < segments[0].start else 100.0

    return place


def _paint(segment: Segment, clock: Clock) -> str:
    if segment.start >= clock.now and segment.kind == "counting" and clock.is_open:
        return "left"
    return "over" if segment.phase == "overrun" and segment.kind == "counting" else _PAINT[segment.kind]


def _title(voice: Voice, segment: Segment, clock: Clock) -> str:
    zone = voice.picture.organisation.zone
    begun = record(moment(segment.start), zone, voice.language)
    until = f"{moment(segment.end).astimezone(zone):%H:%M}"
    key = {"used": "counts", "paused": "paused", "closed": "closed", "over": "over", "left": "left"}[
        _paint(segment, clock)
    ]
    said = say(voice.language, f"case.axis.{key}", span=span(segment.seconds, voice.language))
    reason = f" ({reason_words(voice, segment.reason)})" if segment.kind == "paused" else ""
    return f"{begun}–{until}: {said}{reason}"


def _days(voice: Voice, segments: Sequence[Segment], place: Callable[[int], float]) -> Iterable[Label]:
    """Each local day where its first stretch begins, as long as there is room."""
    zone, last, day = voice.picture.organisation.zone, -_ROOM["day"], None
    for each in segments:
        local = moment(each.start).astimezone(zone)
        if each.kind == "closed" or local.date() == day:
            continue
        day, x = local.date(), place(each.start)
        if x - last >= _ROOM["day"] and x <= 92:
            last = x
            yield Label(_percent(x), record(moment(each.start), zone, voice.language).rpartition(" ")[0], "start")


def _times(voice: Voice, segments: Sequence[Segment], place: Callable[[int], float]) -> Iterable[Label]:
    zone, last = voice.picture.organisation.zone, -_ROOM["time"]
    edges = [segments[0].start, *(each.end for each in segments)]
    for at in edges:
        x = place(at)
        if x - last < _ROOM["time"]:
            continue
        last = x
        anchor = "start" if x < 3 else "end" if x > 97 else "middle"
        yield Label(_percent(x), f"{moment(at).astimezone(zone):%H:%M}", anchor)


def _keys(
    voice: Voice,
    events: Sequence[Event],
    segments: Sequence[Segment],
    place: Callable[[int], float],
    what: Callable[[Event], str],
) -> Iterable[Key]:
    last = -_ROOM["dot"]
    for number, event in enumerate(events, start=1):
        at = seconds(event.occurred_at)
        x = place(at)
        inside = segments[0].start <= at <= segments[-1].end and x - last >= _ROOM["dot"]
        last = x if inside else last
        yield Key(number, _percent(x) if inside else "", _when(event.occurred_at, voice), what(event))


def _when(at: datetime, voice: Voice) -> str:
    return record(at, voice.picture.organisation.zone, voice.language)


def _percent(value: float) -> str:
    return f"{value:.4g}%"
