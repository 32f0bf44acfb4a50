"""What happened to a case, as evidence: when it happened, when we learned of it, who, and what was noted."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.events import Corrected, DuplicateOf, Event, JoinedCase, LeftCase, PauseStarted, SeveritySet, Source
from bot.domain.people import PersonId
from bot.domain.views import CasePage
from bot.web.words import say
from bot.wording.cases import reason_words
from bot.wording.say import Voice
from bot.wording.times import record

PLUMBING = frozenset({"opened", "contract_assigned"})  # true, but nothing anybody did


@dataclass(frozen=True, slots=True)
class Row:
    happened_at: datetime
    happened: str
    recorded: str
    what: str
    by: str
    note: str
    is_corrected: bool


def evidence(voice: Voice, page: CasePage) -> tuple[Row, ...]:
    """In the order in which it happened; what was corrected later stays, and says so."""
    zone = voice.picture.organisation.zone
    corrected = {each.corrects for each in page.events if each.corrects}
    return tuple(
        Row(
            each.occurred_at,
            record(each.occurred_at, zone, voice.language),
            _recorded(voice, each),
            what_happened(voice, each),
            _who(voice, each),
            page.notes.get(each.event_id, ""),
            each.event_id in corrected,
        )
        for each in sorted(page.events, key=lambda event: (event.occurred_at, event.what.rank))
        if each.type not in PLUMBING
    )


def what_happened(voice: Voice, event: Event) -> str:
    match event.what:
        case SeveritySet(severity):
            detail = severity
        case PauseStarted(_, reason):
            detail = reason_words(voice, reason)
        case DuplicateOf(case_id):
            detail = case_id
        case JoinedCase(case_id) | LeftCase(case_id):
            detail = case_id
        case Corrected(reason):
            detail = reason
        case _:
            detail = ""
    return say(voice.language, f"ev.{event.type}", detail=detail)


def _recorded(voice: Voice, event: Event) -> str:
    """The time alone when it is the same day."""
    zone = voice.picture.organisation.zone
    same_day = event.recorded_at.astimezone(zone).date() == event.occurred_at.astimezone(zone).date()
    if same_day:
        return f"{event.recorded_at.astimezone(zone):%H:%M}"
    return record(event.recorded_at, zone, voice.language)


def _who(voice: Voice, event: Event) -> str:
    """Whose act it was, and how we heard of it."""
    case = voice.picture.case
    name = voice.name(PersonId(event.by)) if event.by else "Driftsvagt"
    if event.role.value == "supplier" and case:
        name = f"{voice.supplier(case.supplier)} ({name})"
    source = "" if event.source is Source.BOT else f", {say(voice.language, f'via.{event.source.value}')}"
    return name + source
