"""The field in which a person writes: to the bot, to their group, in a thread, or about a ticket."""

from dataclasses import dataclass, replace

from bot.domain.commands import Kind, Place
from bot.domain.ticket import Ticket
from bot.web.frame import Frame
from bot.web.visitor import Visitor
from bot.web.words import say

AS_PERSONA = "skriv-som-"  # on the demo page one writes as somebody


@dataclass(frozen=True, slots=True)
class Composer:
    """`employee` names who may be written to, where one can choose between them and an internal note.

    `takes_files`: with what is written to the bot, or on a ticket. The bot wants words with them.
    """

    id: str
    place: Place
    label: str
    placeholder: str
    hint: str = ""
    text: str = ""
    error: str = ""
    employee: str = ""
    internal_first: bool = False
    case: str = ""
    takes_files: bool = False


def composer(frame: Frame, visitor: Visitor, id: str, place: Place, ticket: Ticket | None = None) -> Composer:  # noqa: A002  # the element's id
    """`ticket` is the one that the thread or the page is about."""
    kind = "thread" if ticket and place.kind is not Kind.DIRECT else "ticket" if ticket else place.kind.value
    if ticket:
        return replace(_about(frame, visitor, id, place, ticket, kind), takes_files=True)

    def words(key: str) -> str:
        return say(visitor.language, f"composer.{kind}{key}")

    if id.startswith(AS_PERSONA):
        written = say(visitor.language, "composer.as", name=visitor.person.name)
        return Composer(id, place, written, written)
    return Composer(id, place, words(".label"), words(""), words(".hint"), takes_files=place.kind is Kind.DIRECT)


def _about(frame: Frame, visitor: Visitor, id: str, place: Place, ticket: Ticket, kind: str) -> Composer:  # noqa: A002  # as above
    language = visitor.language
    helps = visitor.person.id != ticket.requester
    label = say(language, f"composer.{kind}.label")
    case = str(ticket.number)
    if not helps:
        name = frame.name_of(ticket.assignee) if ticket.assignee else ""
        key = "composer.ticket" if name else "composer.ticket.someone"
        return Composer(id, place, label, say(language, key, name=name), case=case)
    if not ticket.assignee:
        hint = say(language, "composer.thread.unclaimed")
        return Composer(id, place, label, say(language, "composer.thread"), hint, case=case)
    return Composer(
        id,
        place,
        label,
        say(language, "composer.thread"),
        say(language, "composer.thread.hint"),
        employee=frame.name_of(ticket.requester),
        internal_first=ticket.assignee != visitor.person.id,
        case=case,
    )
