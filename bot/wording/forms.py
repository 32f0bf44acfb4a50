"""Forms: what a person fills in before a command is sent. Inputs' ids are the names of the command's fields."""

from bot.domain.commands import (
    REASONS,
    Comment,
    Correct,
    Dispute,
    Escalate,
    HandOver,
    Log,
    Milestone,
    Reopen,
    Resolve,
    Settle,
    Void,
)
from bot.domain.contracts import Contract
from bot.domain.events import Cancelled, Closed, Event, PauseStarted, ResolutionAccepted, number_of
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket
from bot.wording.message import Button, Form, Input
from bot.wording.say import Voice


def resolve_form(voice: Voice, ticket: Ticket) -> Form:
    name = voice.name(ticket.requester)
    solution = Input("solution", "text", voice.say("f.resolve.solution", name=name), required=True)
    return Form(Resolve(ticket.number), voice.say("f.resolve"), voice.say("b.resolve"), (solution,))


def reopen_form(voice: Voice, ticket: Ticket) -> Form:
    why = Input("why", "text", voice.say("f.reopen.why"), required=True)
    return Form(Reopen(ticket.number), voice.say("f.reopen"), voice.say("b.send"), (why,))


def escalate_form(voice: Voice, ticket: Ticket) -> Form:
    note = Input("note", "text", voice.say("f.escalate.note"))
    return Form(Escalate(ticket.number), voice.say("f.escalate"), voice.say("b.send"), (note,))


def comment_form(voice: Voice, ticket: Ticket, name: str) -> Form:
    text = Input("text", "text", voice.say("f.comment.text"), required=True)
    return Form(Comment(ticket.number, "", "employee"), voice.say("f.comment", name=name), voice.say("b.send"), (text,))


def note_form(voice: Voice, ticket: Ticket) -> Form:
    text = Input("text", "text", voice.say("f.comment.text"), required=True)
    return Form(Comment(ticket.number, "", "internal"), voice.say("f.note"), voice.say("b.save"), (text,))


def report_form(voice: Voice, ticket: Ticket, contract: Contract) -> Form:
    """Everything that makes a fault report complete; severities in the contract's own words."""
    severities = tuple((each.id, f"{each.id} {each.name}: {each.definition}") for each in contract.severities)
    reader = voice.picture.reader
    lines = ("who", "how_many", "tried", "steps", "contact")
    long = {"tried", "steps"}
    initial = {
        "who": voice.name(ticket.requester),
        "contact": f"{reader.name}, {reader.email}" if reader else "",
    }
    inputs = (
        Input("severity", "choice", voice.say("f.report.severity"), required=True, options=severities),
        Input("since", "line", voice.say("f.report.since"), required=True, hint=voice.say("f.report.since.hint")),
        *(
            Input(
                name,
                "text" if name in long else "line",
                voice.say(f"f.report.{name}"),
                required=True,
                initial=initial.get(name, ""),
            )
            for name in lines
        ),
    )
    title = voice.say("f.report", supplier=voice.supplier(contract.supplier))
    return Form(HandOver(ticket.number), title, voice.say("f.report.send"), inputs)


_WITH_DETAIL = frozenset({Milestone.PAUSE, Milestone.SEVERITY})


def log_buttons(voice: Voice, case: SupplierCase, contract: Contract | None) -> tuple[Button, ...]:
    """What can be logged now, each with when it happened."""
    return tuple(
        Button(voice.say(f"m.{each.value}"), Log(case.number, each), form=log_form(voice, case, contract, each))
        for each in _possible(case, contract)
    )


def log_form(voice: Voice, case: SupplierCase, contract: Contract | None, milestone: Milestone) -> Form:
    options: tuple[tuple[str, str], ...] = ()
    if contract and milestone is Milestone.PAUSE:
        options = tuple((each.id, each.name or each.id) for each in contract.pause_reasons.values())
    if contract and milestone is Milestone.SEVERITY:
        options = tuple((each.id, f"{each.id} {each.name}") for each in contract.severities if each.id != case.severity)
    detail = (
        (Input("detail", "choice", voice.say(f"f.log.detail.{milestone.value}"), required=True, options=options),)
        if milestone in _WITH_DETAIL
        else ()
    )
    sources = tuple((each, voice.say(f"source.{each}")) for each in ("phone", "mail", "supplier_portal", "bot"))
    return Form(
        Log(case.number, milestone),
        voice.say(f"m.{milestone.value}"),
        voice.say("b.log"),
        (
            *detail,
            Input("at", "line", voice.say("f.log.at"), hint=voice.say("f.log.at.hint")),
            Input("source", "choice", voice.say("f.log.source"), options=sources, initial="phone"),
            Input("note", "text", voice.say("f.log.note")),
        ),
    )


def amend_buttons(voice: Voice, case: SupplierCase, event: Event, quarrel: str) -> tuple[Button, ...]:
    """What can be done about something logged: `quarrel` is "" for what is no pause, else none, disputed or settled."""
    number = number_of(event)
    whys = tuple((each, voice.say(f"why.{each}")) for each in REASONS)
    why = Input("why", "choice", voice.say("f.log.why"), required=True, options=whys)
    at = Input("at", "line", voice.say("f.log.at"), required=True, hint=voice.say("f.correct.hint"))
    correct, void = Correct(case.number, number), Void(case.number, number)
    found = [
        Button(
            voice.say("b.correct"),
            correct,
            form=Form(correct, voice.say("f.correct"), voice.say("b.correct"), (at, why)),
        )
    ]
    if not isinstance(event.what, Closed | Cancelled | ResolutionAccepted):
        found.append(
            Button(voice.say("b.void"), void, form=Form(void, voice.say("f.void"), voice.say("b.void"), (why,)))
        )
    if isinstance(event.what, PauseStarted):
        pause = event.what.pause_id
        match quarrel:
            case "none":
                found.append(Button(voice.say("b.dispute"), Dispute(case.number, pause)))
            case "disputed":
                for stands, word in ((True, "stands"), (False, "falls")):
                    found.append(Button(voice.say(f"b.settle.{word}"), Settle(case.number, pause, stands)))
            case _:
                pass
    return tuple(found)


def _possible(case: SupplierCase, contract: Contract | None) -> tuple[Milestone, ...]:
    if not case.is_open:
        return ()
    if case.resolved_at:
        return (Milestone.ACCEPT, Milestone.REJECT)
    severity = contract.severity(case.severity) if contract else None
    by_phone = bool(severity and severity.start_channel == "phone")
    done = {
        Milestone.CALLED: not by_phone or case.received_at is not None,
        Milestone.RECEIVED: case.received_at is not None,
        Milestone.ACKNOWLEDGED: case.acknowledged_at is not None,
        Milestone.WORK_STARTED: case.work_started_at is not None,
        Milestone.WORKAROUND: case.workaround_at is not None,
        Milestone.RESOLVED: False,
        Milestone.STATUS: False,
        Milestone.PAUSE: case.paused is not None,
        Milestone.RESUME: case.paused is None,
        Milestone.SEVERITY: False,
    }
    return tuple(each for each, is_done in done.items() if not is_done)
