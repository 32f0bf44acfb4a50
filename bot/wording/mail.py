"""The fault report as a supplier reads it: complete, in the order in which a service desk asks."""

import json
from datetime import datetime

from bot.domain.contracts import BusinessDays, Contract, OpenTime, Target
from bot.domain.supplier_case import SupplierCase
from bot.wording.cases import severity_words
from bot.wording.message import Message
from bot.wording.say import Voice
from bot.wording.times import full_record, span

_ORDER = ("since", "who", "how_many", "tried", "steps", "contact")


def fault_report(voice: Voice, case: SupplierCase) -> Message:
    """Title is the subject. The case number stands in it, so that any answer finds its way back."""
    picture = voice.picture
    report = read_report(picture.texts.get(case.report, ""))
    title = " ".join(case.title.split())[:80]
    severity = picture.contract.severity(case.severity) if picture.contract else None
    subject = voice.say(
        "mail.subject", case=case.case_id, severity=case.severity, name=severity.name if severity else "", title=title
    )
    fields = [
        (voice.say("mail.case"), case.case_id),
        (
            voice.say("c.severity"),
            f"{severity_words(voice, case)} – {severity.definition}" if severity else case.severity,
        ),
        *((voice.say(f"f.report.{name}"), _value(voice, name, report.get(name, ""))) for name in _ORDER),
    ]
    if picture.contract:
        contract = picture.contract
        fields.append((voice.say("mail.contract"), " – ".join(filter(None, (contract.title, contract.document)))))
        fields.append((voice.say("mail.targets"), "; ".join(_targets(voice, contract, case.severity))))
    lead = voice.say("mail.lead", organisation=picture.organisation.name, system=voice.system(case.system))
    return Message(
        (f"{lead} {voice.say('mail.answer')}",),
        f"case:{case.number}:report",
        title=" ".join(subject.split()),
        quote=case.title,
        fields=tuple(fields),
    )


def read_report(body: str) -> dict[str, str]:
    """The fields of a report's text; empty when the text was erased."""
    try:
        found = json.loads(body) if body else {}
    except json.JSONDecodeError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def budget_words(voice: Voice, target: Target) -> str:
    """Such as "8 t." or "2 arbejdsdage"."""
    match target.budget:
        case OpenTime(seconds):
            return span(seconds, voice.language)
        case BusinessDays(days):
            one, many = ("arbejdsdag", "arbejdsdage") if voice.language == "da" else ("business day", "business days")
            return f"{days} {one if days == 1 else many}"
        case _:
            if target.budget.months:
                unit = "md." if voice.language == "da" else "months"
                return f"{target.budget.months} {unit}"
            return span(target.budget.seconds, voice.language)


def _targets(voice: Voice, contract: Contract, severity: str) -> list[str]:
    return [
        f"{voice.say(f'k.{target.kind.value}')} {budget_words(voice, target)} ({target.calendar})"
        for target in contract.targets
        if target.severity == severity and target.party == "supplier"
    ]


def _value(voice: Voice, name: str, value: str) -> str:
    if name != "since" or not value:
        return value
    return full_record(datetime.fromisoformat(value), voice.picture.organisation.zone, voice.language)
