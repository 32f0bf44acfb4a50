"""A supplier case: its card in IT's channel, and one sentence about each step."""

from bot.domain.clock import Clock
from bot.domain.commands import Explain
from bot.domain.lists import shown_clocks
from bot.domain.notices import CaseTold
from bot.domain.pauses import AWAITING_ACCEPTANCE
from bot.domain.supplier_case import CaseState, SupplierCase
from bot.wording.bars import clock_bar
from bot.wording.forms import log_buttons
from bot.wording.message import Button, Message, Tone
from bot.wording.say import Voice
from bot.wording.times import record


def case_shown(voice: Voice, case: SupplierCase) -> Message:
    contract = voice.picture.contract
    explain = Button(voice.say("b.explain"), Explain(case.case_id))
    return Message(
        (_about(voice, case),),
        f"case:{case.number}",
        title=case.title.strip().splitlines()[0][:90] if case.title.strip() else "",
        number=case.case_id,
        state=case_state(voice, case),
        fields=(
            (voice.say("c.supplier"), voice.supplier(case.supplier)),
            (voice.say("c.severity"), severity_words(voice, case)),
            (voice.say("c.tickets"), ", ".join(f"#{number}" for number in case.tickets)),
        ),
        bars=tuple(clock_bar(voice, each) for each in shown_clocks(voice.picture.clocks)),
        buttons=(explain, *log_buttons(voice, case, contract)),
        tone=_tone(case, voice.picture.clocks),
    )


def case_state(voice: Voice, case: SupplierCase) -> str:
    if case.state is CaseState.PAUSED and case.paused:
        return voice.say("c.paused", reason=reason_words(voice, case.paused.reason))
    return voice.say(f"c.{case.state.value}")


def severity_words(voice: Voice, case: SupplierCase) -> str:
    """The class in the contract's own words, never ours."""
    severity = voice.picture.contract.severity(case.severity) if voice.picture.contract else None
    return f"{severity.id} {severity.name}" if severity else case.severity


USUAL_REASONS = frozenset(
    {"awaiting_customer", "agreed_window", "customer_environment", "awaiting_employee", "awaiting_supplier"}
    | {AWAITING_ACCEPTANCE}
)


def reason_words(voice: Voice, reason: str) -> str:
    """The contract's own words, which are Danish; in English ours for the usual reasons, and for those that no contract names."""
    known = voice.picture.contract.pause_reasons.get(reason) if voice.picture.contract else None
    agreed = known.name if known and known.name else ""
    usual = voice.say(f"pr.{reason}") if reason in USUAL_REASONS else ""
    return (usual or agreed or reason) if voice.language == "en" else (agreed or usual or reason)


def case_told(voice: Voice, case: SupplierCase, notice: CaseTold) -> Message:
    text = voice.first(
        f"cn.{notice.news}.{notice.detail}",
        f"cn.{notice.news}",
        "cn.other",
        case=case.case_id,
        name=voice.name(notice.by),
        supplier=voice.supplier(case.supplier),
        reason=reason_words(voice, notice.detail),
        severity=notice.detail,
    )
    severity = voice.picture.contract.severity(case.severity) if voice.picture.contract else None
    if notice.news == "handed_over" and notice.detail != "phone" and severity and severity.start_channel == "phone":
        text += " " + voice.say("c.call_now", supplier=voice.supplier(case.supplier), phone=voice.phone(case.supplier))
    return Message((text,), tone="warn" if notice.news in {"pause_started", "resolved_claimed"} else "info")


def _about(voice: Voice, case: SupplierCase) -> str:
    if not case.is_open:
        if case.resolved_at is None:
            return voice.say("c.withdrawn")
        solved = record(case.resolved_at, voice.picture.organisation.zone, voice.language)
        return voice.say("c.solved", supplier=voice.supplier(case.supplier), at=solved)
    if case.awaits_us:
        return voice.say("c.waits_for_us", supplier=voice.supplier(case.supplier))
    return voice.say("c.about", supplier=voice.supplier(case.supplier), severity=severity_words(voice, case))


def _tone(case: SupplierCase, clocks: tuple[Clock, ...]) -> Tone:
    if not case.is_open:
        return "ok"
    if any(each.is_breached and each.counts for each in clocks):
        return "late"
    return "hold" if case.awaits_us else "info"
