"""word(notice, picture): a fact, as it stands now, in the words of the one who reads it."""

from datetime import datetime

from bot.domain.intervals import moment
from bot.domain.notices import (
    Alarmed,
    CaseShown,
    CaseTold,
    ClockTold,
    FaultReported,
    Notice,
    NumbersRemoved,
    QuestionShown,
    RefusalTold,
    SystemAsked,
    TicketShown,
    TicketTold,
    ViewShown,
)
from bot.domain.picture import Picture
from bot.wording.bars import target_name
from bot.wording.cards import ticket_shown
from bot.wording.cases import case_shown, case_told
from bot.wording.mail import fault_report
from bot.wording.message import Message
from bot.wording.news import ticket_told
from bot.wording.questions import question_shown, system_asked
from bot.wording.refusals import refusal_shown
from bot.wording.say import Voice
from bot.wording.times import span
from bot.wording.views import view_shown


def word(notice: Notice, picture: Picture) -> Message:
    """Raises nothing for what is missing from the picture: it says the little that is known."""
    voice = Voice(picture)
    match notice:
        case QuestionShown() if picture.question:
            return question_shown(voice, picture.question)
        case SystemAsked() if picture.question:
            return system_asked(voice, picture.question)
        case NumbersRemoved(count):
            return Message((voice.say("removed") if count == 1 else voice.say("removed.many", count=count),))
        case TicketShown(_, group) if picture.ticket:
            return ticket_shown(voice, picture.ticket, group)
        case TicketTold() if picture.ticket:
            return ticket_told(voice, picture.ticket, notice)
        case CaseShown() if picture.case:
            return case_shown(voice, picture.case)
        case CaseTold() if picture.case:
            return case_told(voice, picture.case, notice)
        case FaultReported() if picture.case:
            return fault_report(voice, picture.case)
        case ClockTold():
            return _clock_told(voice, notice)
        case Alarmed():
            return _alarmed(voice, notice)
        case RefusalTold(refusal):
            return refusal_shown(voice, refusal)
        case ViewShown(view, about):
            return view_shown(voice, view, about)
        case _:
            return Message((voice.say("r.no_such_case"),))


def _clock_told(voice: Voice, notice: ClockTold) -> Message:
    """Case, target, due, what is left, and what is expected of whom."""
    case = voice.picture.case
    key = (notice.target, notice.round, notice.leg, notice.cycle)
    clock = next((each for each in voice.picture.clocks if each.key[1:] == key), None)
    if clock is None:
        return Message((voice.say("cn.other", case=notice.case_id),), tone="warn")
    due = clock.breach_at or clock.due_at
    at = datetime.fromisoformat(notice.at)
    ours = clock.party != "supplier" or case is None
    supplier = "" if ours or case is None else voice.supplier(case.supplier)
    phone = "" if ours or case is None else voice.phone(case.supplier)
    lines = [
        voice.say(
            f"ck.{notice.news}.ours" if ours else f"ck.{notice.news}",
            case=notice.case_id,
            kind=target_name(voice, clock),
            supplier=supplier,
            due=voice.when(moment(due) if due is not None else at),
            left=span(clock.remaining_open_s or 0, voice.language),
        ),
        voice.say("ck.ask", supplier=supplier, phone=phone) if phone else "",
        voice.say("ck.ask.claim" if clock.kind.value == "reaction" else "ck.ask.answer") if ours else "",
        voice.say("ck.late", at=voice.when(at)) if notice.late else "",
        voice.say("ck.corrected") if notice.corrected else "",
    ]
    return Message((" ".join(filter(None, lines)),), tone="warn" if notice.news == "near" else "late")


def _alarmed(voice: Voice, notice: Alarmed) -> Message:
    case = voice.picture.case
    key = f"a.{notice.what}"
    blanks = {
        "case": notice.about,
        "about": " ".join((notice.about, *notice.values)).strip(),
        "supplier": voice.supplier(case.supplier if case else None),
        "phone": voice.phone(case.supplier if case else None),
    }
    return Message((voice.first(key, "a.other", **blanks),), tone="late")
