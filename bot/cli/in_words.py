"""A contract said back in words, with worked examples that both parties can sign."""

from typing import TYPE_CHECKING

from bot.cli.opening import now
from bot.cli.screen import note, show

if TYPE_CHECKING:
    from bot.desk.ports import Known
    from bot.domain.contracts import Contract
    from bot.domain.people import Language
    from bot.domain.service_hours import Calendar


def in_words(known: "Known", contract: "Contract", language: "Language") -> str:
    """What was promised, severity by severity, in the words of the house."""
    from bot.domain.picture import Picture
    from bot.wording.mail import budget_words
    from bot.wording.say import Voice

    voice = Voice(Picture(now(), known.organisation, contract=contract))
    voice.language = language
    until = f"–{contract.valid_to}" if contract.valid_to else ""
    party = voice.supplier(contract.supplier) if contract.supplier else known.organisation.name
    lines = [f"{contract.id} v{contract.version}: {contract.title} ({party}), {contract.valid_from}{until}"]
    for severity in contract.severities:
        promised = [
            f"{voice.say(f'k.{each.kind.value}')} {budget_words(voice, each)} ({each.calendar})"
            for each in contract.targets
            if each.severity == severity.id
        ]
        lines += [f"  {severity.id} {severity.name}: {severity.definition}", f"    {'; '.join(promised)}"]
    return "\n".join(lines)


def show_examples(agreed: "Contract", calendar: "Calendar", language: "Language") -> None:
    """Ten of them: the days on which clocks are most often disputed, counted with this contract's own calendar."""
    from bot.domain.intervals import moment
    from bot.domain.picture import Picture
    from bot.domain.systems import Organisation
    from bot.reports.worked_examples import worked_examples
    from bot.wording.message import Table
    from bot.wording.say import Voice
    from bot.wording.times import full_record

    zone = agreed.reporting_tzinfo
    voice = Voice(Picture(now(), Organisation(zone=zone)))
    voice.language = language
    rows = tuple(
        (
            voice.say(f"ex.{each.what}"),
            full_record(moment(each.start), zone, language),
            full_record(moment(each.due), zone, language) if each.due is not None else voice.say("ex.never"),
        )
        for each in worked_examples(agreed, calendar)
    )
    columns = tuple(voice.say(f"ex.{each}") for each in ("what", "start", "due"))
    show(Table(voice.say("ex.calendar", calendar=calendar.id), columns, rows))
    note("")
