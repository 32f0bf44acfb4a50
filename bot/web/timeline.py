"""What happened to a ticket, from the first offer to the end: when, what, by whom and why. For those who help."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.events import Closed, Commented, Event, JoinedCase, PauseStarted, Reopened, Routed, number_of
from bot.domain.people import GroupId
from bot.domain.views import TicketPage
from bot.web.evidence import what_happened, who
from bot.web.words import WORDS, say
from bot.wording.cases import reason_words
from bot.wording.say import Voice, says
from bot.wording.times import record


@dataclass(frozen=True, slots=True)
class Step:
    happened_at: datetime
    happened: str
    what: str
    by: str
    why: str


def timeline(voice: Voice, page: TicketPage) -> tuple[Step, ...]:
    """In the order in which it happened. What was written stands below, and is not repeated."""
    zone = voice.picture.organisation.zone
    return tuple(
        Step(
            each.occurred_at,
            record(each.occurred_at, zone, voice.language),
            _what(voice, each),
            who(voice, each),
            _why(voice, page, each),
        )
        for each in sorted(page.events, key=lambda event: (event.occurred_at, number_of(event)))
    )


def _what(voice: Voice, event: Event) -> str:
    """A ticket's own word for it, the most particular that there is; else the one that supplier cases share."""
    variant, detail = "", ""
    match event.what:
        case Routed(tier, group, why):
            known = voice.picture.organisation.groups.get(GroupId(group))
            variant, detail = why, (known.name if known else "") or group or say(voice.language, f"party.{tier}")
        case PauseStarted(_, reason):
            detail = reason_words(voice, reason)
        case JoinedCase(case):
            detail = case
        case Commented(_, audience):
            variant = audience
        case _:
            pass
    for key in (f"ev.ticket.{event.type}.{variant}", f"ev.ticket.{event.type}"):
        if key in WORDS[voice.language]:
            return say(voice.language, key, detail=detail)
    return what_happened(voice, event)


def _why(voice: Voice, page: TicketPage, event: Event) -> str:
    match event.what:
        case Routed(_, _, "escalated") | Reopened():
            return say(voice.language, "ev.ticket.reason") if _was_said(page, event) else ""
        case Routed(_, _, why) if why != "released" and says(voice.language, f"why.{why}"):
            return voice.say(f"why.{why}")
        case Closed(why):
            return say(voice.language, f"ev.ticket.closed.why.{why}")
        case _:
            return ""


def _was_said(page: TicketPage, event: Event) -> bool:
    """In the same breath."""
    return any(
        isinstance(each.what, Commented) and (each.by, each.occurred_at) == (event.by, event.occurred_at)
        for each in page.events
    )
