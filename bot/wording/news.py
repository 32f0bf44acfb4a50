"""One sentence about a ticket: to its employee, or to those who help."""

from bot.domain.notices import TicketTold
from bot.domain.people import Role, Tier
from bot.domain.ticket import Ticket
from bot.wording.attached import with_attachments
from bot.wording.cards import short_title
from bot.wording.message import Message
from bot.wording.say import Voice


def ticket_told(voice: Voice, ticket: Ticket, notice: TicketTold) -> Message:
    """What the employee reads is never what is written for those who help."""
    if notice.news in {"commented", "carried", "kept"}:
        return _comment(voice, ticket, notice)
    side = "n" if voice.is_reader(ticket.requester) else "h"
    text = voice.first(
        f"{side}.{notice.news}.{notice.why}",
        f"{side}.{notice.news}",
        "cn.other",
        case=ticket.case_id,
        name=voice.name(notice.by or ticket.assignee),
        employee=voice.name(ticket.requester),
        group=_group(voice, ticket),
        text=voice.picture.texts.get(notice.text, ""),
        since=voice.when(ticket.touched_at),
    )
    return Message((text,), tone="warn" if notice.news == "nudged" else "info", about=ticket.case_id)


def _comment(voice: Voice, ticket: Ticket, notice: TicketTold) -> Message:
    """A person's own words, under that person's name."""
    employee = voice.name(ticket.requester)
    person = voice.picture.organisation.people.get(notice.by)
    is_it = person.has(Role.IT) if person else ticket.tier is Tier.IT  # whoever has left spoke for the tier
    role = "employee" if notice.by == ticket.requester else "it" if is_it else "superuser"
    note = {
        "carried": voice.say("h.carried.note", name=employee),
        "kept": voice.say("h.kept.note", name=employee),
    }.get(notice.news, f"{ticket.case_id} {short_title(ticket)}")
    said, picture = voice.picture.texts.get(notice.text, ""), voice.picture
    return Message(
        with_attachments(said, picture.attachments, voice.language, picture.base_url),
        who=voice.name(notice.by),
        role=voice.say(role),
        fields=(("", note),),
        internal=notice.news == "kept",
        about=ticket.case_id,
    )


def _group(voice: Voice, ticket: Ticket) -> str:
    found = voice.picture.organisation.groups.get(ticket.group)
    return found.name or str(found.id) if found else str(ticket.group)
