"""What happened to a case, as evidence: when it happened, when we learned of it, who, and what was noted."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.commands import REASONS, Place
from bot.domain.events import (
    Corrected,
    DuplicateOf,
    Event,
    JoinedCase,
    LeftCase,
    PauseDisputed,
    PauseSettled,
    PauseStarted,
    SeveritySet,
    Source,
    Voided,
    number_of,
)
from bot.domain.people import PersonId
from bot.domain.views import CasePage
from bot.web.alone import Shown
from bot.web.words import say
from bot.wording.cases import reason_words
from bot.wording.forms import amend_buttons
from bot.wording.message import Message
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
    amend: Shown | None = None  # what can be done about it, by those who may


def evidence(voice: Voice, page: CasePage, here: Place) -> tuple[Row, ...]:
    """In the order in which it happened; what was corrected later stays, and says so."""
    zone = voice.picture.organisation.zone
    corrected = {each.corrects for each in page.events if each.corrects}
    return tuple(
        Row(
            each.occurred_at,
            record(each.occurred_at, zone, voice.language),
            _recorded(voice, each),
            what_happened(voice, each),
            who(voice, each),
            page.notes.get(each.event_id, ""),
            each.event_id in corrected,
            _amend(voice, page, each, here),
        )
        for each in sorted(page.events, key=lambda event: (event.occurred_at, event.what.rank))
        if each.type not in PLUMBING
    )


def _amend(voice: Voice, page: CasePage, event: Event, here: Place) -> Shown | None:
    case = page.picture.case
    if not (page.may_log and case) or not case.may_amend(event):
        return None
    buttons = amend_buttons(voice, case, event, _quarrel(page, event))
    return Shown(f"ret-{number_of(event)}", here, Message((), buttons=buttons))


def _quarrel(page: CasePage, event: Event) -> str:
    if not isinstance(event.what, PauseStarted):
        return ""
    pause = event.what.pause_id
    said = [
        each.what
        for each in page.events
        if isinstance(each.what, PauseDisputed | PauseSettled) and each.what.pause_id == pause
    ]
    if not said:
        return "none"
    return "disputed" if isinstance(said[-1], PauseDisputed) else "settled"


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
        case Corrected(reason, at):
            zone, language = voice.picture.organisation.zone, voice.language
            moved = record(at, zone, language) if at else ""
            detail = " ".join(filter(None, (moved, _why(voice, reason))))
        case Voided(reason):
            detail = _why(voice, reason)
        case _:
            detail = ""
    return say(voice.language, f"ev.{event.type}", detail=detail)


def _why(voice: Voice, reason: str) -> str:
    return f"({voice.say(f'why.{reason}') if reason in REASONS else reason})"


def _recorded(voice: Voice, event: Event) -> str:
    """The time alone when it is the same day."""
    zone = voice.picture.organisation.zone
    same_day = event.recorded_at.astimezone(zone).date() == event.occurred_at.astimezone(zone).date()
    if same_day:
        return f"{event.recorded_at.astimezone(zone):%H:%M}"
    return record(event.recorded_at, zone, voice.language)


def who(voice: Voice, event: Event) -> str:
    """Whose act it was, and how we heard of it."""
    case = voice.picture.case
    name = voice.name(PersonId(event.by)) if event.by else "Driftsvagt"
    if event.role.value == "supplier" and case:
        name = f"{voice.supplier(case.supplier)} ({name})"
    source = "" if event.source is Source.BOT else f", {say(voice.language, f'via.{event.source.value}')}"
    return name + source
