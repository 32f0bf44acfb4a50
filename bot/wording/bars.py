"""Clocks as bars to draw, in open time from start to due: used, paused, over; and the same in words."""

from typing import Literal

from bot.domain.clock import Clock, Status
from bot.domain.contracts import BusinessDays, TargetKind
from bot.domain.intervals import moment, seconds
from bot.domain.segments import Segment
from bot.domain.service_hours import elapsed
from bot.domain.ticket import Ticket
from bot.wording.message import Bar, Tone
from bot.wording.say import Voice
from bot.wording.times import record, span

NEAR_FROM = 750  # per mille: amber from here, in words from 900
Part = tuple[Literal["used", "paused", "over"], int, int]


def ticket_bar(voice: Voice, ticket: Ticket) -> Bar | None:
    """How much of the time until `picture.due` is used."""
    due = voice.picture.due
    calendar = voice.picture.hours
    if due is None or calendar is None:
        return None
    start = ticket.touched_at if ticket.assignee else ticket.routed_at
    whole = elapsed(calendar, seconds(start), seconds(due))
    used = elapsed(calendar, seconds(start), seconds(min(voice.picture.now, due)))
    share = 1000 * used // whole if whole else 1000
    late = elapsed(calendar, seconds(due), seconds(voice.picture.now)) if voice.picture.now > due else 0
    left = (
        voice.say("ck.over", over=span(late, voice.language))
        if late
        else voice.say("ck.left", left=span(whole - used, voice.language))
    )
    tone: Tone = "late" if late else "info" if share < NEAR_FROM else "warn"
    reach = 1000 * whole // (whole + late) if late else 1000
    parts: tuple[Part, ...] = (("used", 0, reach), ("over", reach, 1000)) if late else (("used", 0, share),)
    return Bar("", f"{voice.when(due)}. {left}", voice.when(due), left, parts, reach, tone)


def clock_bar(voice: Voice, clock: Clock) -> Bar:
    """One service target: the same sentence whether it is read, heard or printed."""
    name = target_name(voice, clock)
    when = _due_words(voice, clock)
    left = _left_words(voice, clock)
    parts, due, whole = _parts(clock)
    words = [name, voice.say(status_key(clock)), used_words(voice, clock), left, when]
    marks = (500, 750, 900) if clock.is_open and due == whole == 1000 else ()
    return Bar(name, ". ".join(filter(None, words)), when, left, parts, due, tone_of(clock), marks)


def target_name(voice: Voice, clock: Clock) -> str:
    if clock.party in {"it", "superuser"} and clock.kind.value == "resolution":
        return voice.say("k.answer")
    name = voice.say(f"k.{clock.kind.value}")
    return voice.say("k.round", name=name, round=clock.round) if clock.round > 1 else name


def is_missed(clock: Clock) -> bool:
    """A promised message that never came: it is late by the silence, not by what passed after its due."""
    return clock.kind is TargetKind.STATUS and clock.is_breached and clock.stop_event is None


def status_key(clock: Clock) -> str:
    if clock.status is Status.MET and clock.provisional:
        return "st.met.provisional"
    return f"st.{clock.status.value}"


def used_words(voice: Voice, clock: Clock) -> str:
    used = span(clock.elapsed_open_s, voice.language)
    said = (
        voice.say("ck.used", used=used, budget=span(clock.budget_open_s, voice.language))
        if clock.budget_open_s and not isinstance(clock.budget, BusinessDays)
        else voice.say("ck.used.only", used=used)
    )
    if clock.paused_open_s:
        said += ", " + voice.say("ck.paused", paused=span(clock.paused_open_s, voice.language))
    return said


def tone_of(clock: Clock) -> Tone:
    match clock.status:
        case Status.MET:
            return "ok"
        case Status.BREACHED_RUNNING | Status.BREACHED_STOPPED:
            return "late"
        case Status.PAUSED:
            return "hold"
        case Status.RUNNING if any(each.crossed and each.fraction * 1000 >= NEAR_FROM for each in clock.warnings):
            return "warn"
        case _:
            return "info"


def _due_words(voice: Voice, clock: Clock) -> str:
    if clock.status is Status.PAUSED and clock.due_if_resumed_now is not None:
        resumed = voice.say("ck.resumed_now", due=voice.when(moment(clock.due_if_resumed_now)))
        return f"{voice.say('ck.stands_still')}. {resumed}"
    due = clock.breach_at if clock.due_at is None else clock.due_at
    if due is None:
        return ""
    if not clock.is_open:  # what is over is dated for good: a card about it is not written again tomorrow
        return record(moment(due), voice.picture.organisation.zone, voice.language)
    return voice.when(moment(due))


def _left_words(voice: Voice, clock: Clock) -> str:
    if clock.is_breached and clock.overrun_open_s:
        return voice.say("ck.over", over=span(clock.overrun_open_s, voice.language))
    if clock.is_breached:
        return voice.say("ck.nothing_left") if clock.is_open else ""
    if clock.is_open and clock.remaining_open_s is not None:
        return voice.say("ck.left", left=span(clock.remaining_open_s, voice.language))
    return ""


def _parts(clock: Clock) -> tuple[tuple[Part, ...], int | None, int]:
    """Per mille of the open time from start to whichever is later: the due, or where the trace ends."""
    segments = [each for each in clock.segments if each.kind != "closed"]
    shown = sum(each.seconds for each in segments)
    whole = max(1, shown + max(0, clock.remaining_open_s or 0) if clock.is_open else max(shown, _budget(clock)))
    parts: list[Part] = []
    done = 0
    for each in segments:
        start, end = 1000 * done // whole, 1000 * (done + each.seconds) // whole
        parts.append((_kind(each), start, end))
        done += each.seconds
    before_due = sum(each.seconds for each in segments if each.phase == "within")
    if clock.status is Status.PAUSED:
        return tuple(parts), None, 1000
    return tuple(parts), (1000 * before_due // whole if clock.is_breached else 1000), 1000


def _budget(clock: Clock) -> int:
    return (clock.budget_open_s or 0) + clock.paused_open_s


def _kind(segment: Segment) -> Literal["used", "paused", "over"]:
    if segment.kind == "paused":
        return "paused"
    return "over" if segment.phase == "overrun" else "used"
