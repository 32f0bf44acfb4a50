"""The card of a ticket: for its employee, and for the group it is offered to. One key each, updated in place."""

from bot.domain.articles import Article
from bot.domain.commands import (
    Cancel,
    Claim,
    Comment,
    Confirm,
    Escalate,
    Explain,
    HandOver,
    Hold,
    Release,
    Reopen,
    Resolve,
    Resume,
)
from bot.domain.people import GroupId, Tier
from bot.domain.picture import Picture
from bot.domain.questions import Question
from bot.domain.ticket import HoldReason, State, Ticket
from bot.wording.attached import with_attachments
from bot.wording.bars import ticket_bar
from bot.wording.forms import comment_form, escalate_form, note_form, reopen_form, report_form, resolve_form
from bot.wording.message import Button, Message, Tone
from bot.wording.say import Voice

SHORT = 90


def ticket_shown(voice: Voice, ticket: Ticket, group: GroupId | None) -> Message:
    return _for_group(voice, ticket, group) if group else _for_employee(voice, ticket)


def state_word(voice: Voice, ticket: Ticket) -> str:
    """Who has it, in a word or two."""
    match ticket.state:
        case State.OFFERED:
            return voice.say(f"s.offered.{'superuser' if ticket.tier is Tier.SUPERUSER else 'it'}")
        case State.CLAIMED if ticket.held and ticket.held.reason is HoldReason.AWAITING_SUPPLIER:
            return voice.say("s.awaiting_supplier")
        case State.CLAIMED if ticket.held:
            if voice.is_reader(ticket.requester):
                return voice.say("s.awaiting_employee")
            return voice.say("s.awaiting_employee.other", name=voice.name(ticket.requester))
        case State.CLAIMED if voice.is_reader(ticket.assignee):
            return voice.say("s.claimed.you")
        case State.CLAIMED:
            return voice.say("s.claimed", name=voice.name(ticket.assignee))
        case _:
            return voice.say(f"s.{ticket.state.value}")


def short_title(ticket: Ticket) -> str:
    """The first line of the question, cut at a word."""
    line = ticket.title.strip().splitlines()[0] if ticket.title.strip() else ""
    return line if len(line) <= SHORT else line[: line.rfind(" ", 0, SHORT) if " " in line[:SHORT] else SHORT] + " …"


def _for_employee(voice: Voice, ticket: Ticket) -> Message:
    bar = ticket_bar(voice, ticket)
    return Message(
        (_to_employee(voice, ticket),),
        f"ticket:{ticket.number}:mine",
        title=short_title(ticket),
        number=ticket.case_id,
        state=state_word(voice, ticket),
        bars=(bar,) if bar else (),
        buttons=_employee_buttons(voice, ticket),
        tone=_tone(ticket),
    )


def _to_employee(voice: Voice, ticket: Ticket) -> str:
    name = voice.name(ticket.assignee)
    due = voice.picture.due
    match ticket.state:
        case State.OFFERED if due:
            tier = "superuser" if ticket.tier is Tier.SUPERUSER else "it"
            return voice.first(
                f"t.offered.{tier}.{ticket.why}",
                f"t.offered.{tier}",
                due=voice.when(due),
                system=voice.system(ticket.system),
            )
        case State.OFFERED:
            return voice.say("t.offered.undated", group=_group_name(voice.picture, ticket.group))
        case State.CLAIMED if ticket.held:
            return voice.say(f"t.{ticket.held.reason.value}", name=name)
        case State.CLAIMED if due:
            return voice.say("t.claimed", name=name, due=voice.when(due))
        case State.CLAIMED:
            return voice.say("t.claimed.undated", name=name)
        case State.RESOLVED:
            return voice.say("t.resolved", name=name)
        case State.CLOSED | State.CANCELLED:
            return voice.say(f"t.{ticket.state.value}")


def _employee_buttons(voice: Voice, ticket: Ticket) -> tuple[Button, ...]:
    match ticket.state:
        case State.RESOLVED:
            return (
                Button(voice.say("b.confirm"), Confirm(ticket.number), "primary"),
                Button(voice.say("b.reopen"), Reopen(ticket.number), form=reopen_form(voice, ticket)),
            )
        case State.CLOSED | State.CANCELLED:
            return ()
        case _:
            cancel = Button(voice.say("b.cancel"), Cancel(ticket.number), "danger")
            if not ticket.assignee:
                return (cancel,)
            name = voice.name(ticket.assignee)
            write = Button(
                voice.say("b.write_to", name=name),
                Comment(ticket.number, "", "employee"),
                form=comment_form(voice, ticket, name),
            )
            return (write, cancel)


def _for_group(voice: Voice, ticket: Ticket, group: GroupId) -> Message:
    """A group that the ticket has left sees where it went, and can do nothing more about it."""
    key = f"ticket:{ticket.number}:{group}"
    moved = ticket.group != group
    shown = not moved and ticket.state in {State.OFFERED, State.CLAIMED}
    bar = ticket_bar(voice, ticket) if shown else None
    files, address = voice.picture.attachments if shown else (), voice.picture.base_url
    return Message(
        with_attachments(_to_group(voice, ticket, moved=moved), files, voice.language, address),
        key,
        title=short_title(ticket),
        number=ticket.case_id,
        state=voice.say("s.moved") if moved else _group_state(voice, ticket),
        quote=ticket.title if shown else "",
        fields=_facts(voice, ticket) if shown else _solution(voice, ticket),
        bars=(bar,) if bar else (),
        buttons=() if moved else _group_buttons(voice, ticket),
        tone="info" if moved else _tone(ticket),
    )


def _group_state(voice: Voice, ticket: Ticket) -> str:
    return voice.say("s.offered") if ticket.state is State.OFFERED else state_word(voice, ticket)


def _to_group(voice: Voice, ticket: Ticket, *, moved: bool) -> str:
    if moved:
        return voice.say("g.moved")
    match ticket.state:
        case State.CLAIMED if ticket.claimed_at:
            return voice.say("g.claimed", name=voice.name(ticket.assignee), ago=voice.when(ticket.claimed_at))
        case State.RESOLVED:
            return voice.say("g.resolved", name=voice.name(ticket.assignee))
        case State.CANCELLED:
            return voice.say("g.cancelled", name=voice.name(ticket.requester))
        case State.CLOSED:
            return voice.say("g.closed")
        case _:
            return voice.say("g.offered")


def _facts(voice: Voice, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    """Who asks, where, and what the bot showed with what confidence."""
    site = voice.picture.organisation.sites.get(ticket.site)
    found = [(voice.say("g.from"), f"{voice.name(ticket.requester)}, {site.name if site else ticket.site}")]
    if voice.picture.question:
        found.append((voice.say("g.shown"), _what_was_shown(voice, voice.picture.question)))
    why = voice.say(f"why.{ticket.why}")
    if why:
        found.append((voice.say("g.why"), why))
    return tuple(found)


def _what_was_shown(voice: Voice, question: Question) -> str:
    confidence = {each.article: round(100 * each.confidence) for each in question.ranked}
    first = next((each.article for each in question.ranked), None)
    match question.outcome:
        case "answer" if question.shown:
            shown = voice.say(
                "g.shown.sure", article=_title(voice, question.shown[0]), percent=confidence.get(question.shown[0], 0)
            )
            return f"{shown}. {voice.say('g.no_help')}"
        case "suggestions":
            titles = ", ".join(
                voice.say("g.shown.sure", article=_title(voice, each), percent=confidence.get(each, 0))
                for each in question.shown
            )
            return f"{voice.say('g.shown.suggested', articles=titles)}. {voice.say('g.no_help')}"
        case _ if first and _is_public(voice.picture.articles.get(first)):
            return voice.say("g.shown.unsure", article=_title(voice, first), percent=confidence[first])
        case _:
            return voice.say("g.shown.nothing")


def _is_public(article: Article | None) -> bool:
    """A title that was not shown to the employee may be meant for others."""
    return bool(article and article.is_for_everyone)


def _title(voice: Voice, article: str) -> str:
    found = next((each for each in voice.picture.articles.values() if each.id == article), None)
    if found is None:
        return article
    return found.title() if found.is_for_everyone else voice.say("g.shown.private")


def _solution(voice: Voice, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    text = voice.picture.texts.get(ticket.solution, "")
    return ((voice.say("g.solution"), text),) if text else ()


def _group_buttons(voice: Voice, ticket: Ticket) -> tuple[Button, ...]:
    number = ticket.number
    escalate = Button(voice.say("b.escalate"), Escalate(number), form=escalate_form(voice, ticket))
    at_superusers = ticket.tier is Tier.SUPERUSER
    match ticket.state:
        case State.OFFERED:
            for_it = Button(voice.say("b.for_it"), Escalate(number), form=escalate_form(voice, ticket))
            return (Button(voice.say("b.claim"), Claim(number), "primary"), *((for_it,) if at_superusers else ()))
        case State.CLAIMED:
            name = voice.name(ticket.requester)
            answer = Button(
                voice.say("b.answer", name=name),
                Comment(number, "", "employee"),
                form=comment_form(voice, ticket, name),
            )
            note = Button(voice.say("b.note"), Comment(number, "", "internal"), form=note_form(voice, ticket))
            solve = Button(voice.say("b.resolve"), Resolve(number), "primary", form=resolve_form(voice, ticket))
            release = Button(voice.say("b.release"), Release(number), "danger")
            at_supplier = bool(ticket.held and ticket.held.reason is HoldReason.AWAITING_SUPPLIER)
            return (
                answer,
                solve,
                *_pausing(voice, ticket, name),
                *((escalate,) if at_superusers else _supplier(voice, ticket)),
                *(() if at_supplier else (release,)),
                note,
            )
        case _:
            return ()


def _pausing(voice: Voice, ticket: Ticket, name: str) -> tuple[Button, ...]:
    if ticket.held is None:
        return (Button(voice.say("b.hold", name=name), Hold(ticket.number)),)
    if ticket.held.reason is HoldReason.AWAITING_EMPLOYEE:
        return (Button(voice.say("b.resume"), Resume(ticket.number)),)
    return ()


def _supplier(voice: Voice, ticket: Ticket) -> tuple[Button, ...]:
    if ticket.supplier_case:
        return (Button(voice.say("b.explain"), Explain(f"S-{ticket.supplier_case}")),)
    if voice.picture.contract is None:
        return ()
    form = report_form(voice, ticket, voice.picture.contract)
    return (Button(voice.say("b.hand_over"), HandOver(ticket.number), form=form),)


def _tone(ticket: Ticket) -> Tone:
    match ticket.state:
        case State.CLAIMED if ticket.held:
            return "hold"
        case State.CLAIMED | State.RESOLVED | State.CLOSED:
            return "ok"
        case _:
            return "info"


def _group_name(picture: Picture, group: GroupId) -> str:
    found = picture.organisation.groups.get(group)
    return found.name or str(group) if found else str(group)
