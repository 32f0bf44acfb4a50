"""Cards that stand on a page of their own: "sag-1042" and "lev-12", always as they are now."""

from dataclasses import dataclass, replace

from bot.desk.viewing import case_page, ticket_page
from bot.domain.commands import Explain, Kind, Place
from bot.domain.notices import CaseShown, TicketShown
from bot.domain.picture import Picture
from bot.domain.refusals import Refused
from bot.domain.views import CasePage
from bot.messengers.web.places import MESSENGER, channel_of, direct
from bot.messengers.web.post import one_of
from bot.messengers.web.render import may_see, post_html
from bot.web.frame import Frame
from bot.web.talking import is_card, renewed
from bot.web.visitor import Visitor
from bot.wording.message import Message
from bot.wording.word import word


@dataclass(frozen=True, slots=True)
class Shown:
    """A message with the id it has in the page. `html` draws it again, in any state."""

    mark: str
    place: Place
    message: Message


def shown(frame: Frame, visitor: Visitor, place: Place, mark: str) -> Shown | None:
    """What the id in a form stands for, if this person may see it. `place` is one that they may read."""
    kind, _, number = mark.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    try:
        match kind:
            case "post":
                post = one_of(frame.parts.posts, place, int(number))
                if post is None or not may_see(post, visitor.person.id):
                    return None
                return Shown(mark, place, renewed(frame, visitor, [post], is_card)[0].message)
            case "sag":
                page = ticket_page(frame.parts.desk, visitor.person, int(number))
                return Shown(mark, place, ticket_card(page.picture, visitor, helps=page.helps))
            case "lev":
                return Shown(mark, place, case_card(case_page(frame.parts.desk, visitor.person, int(number))))
            case _:
                return None
    except Refused:
        return None


def drawn(frame: Frame, visitor: Visitor, back: str, what: Shown) -> str:
    kind, _, number = what.mark.partition("-")
    if kind == "post" and (post := one_of(frame.parts.posts, what.place, int(number))):
        return post_html(frame.templates, replace(post, message=what.message), frame.view(visitor, back))
    template = "milestones.html" if kind == "lev" else "card.html"
    return frame.partial(template, visitor, back, shown=what)


def ticket_card(picture: Picture, visitor: Visitor, *, helps: bool) -> Message:
    ticket = picture.ticket
    if ticket is None:
        return Message(())
    group = ticket.group if helps else None
    return word(TicketShown(ticket.number, group), replace(picture, reader=visitor.person))


def case_card(page: CasePage) -> Message:
    """With the buttons of those who may log; its clock needs no explaining on its own page."""
    case = page.picture.case
    card = word(CaseShown(case.number), page.picture) if case else Message(())
    log = tuple(each for each in card.buttons if not isinstance(each.command, Explain))
    return replace(card, buttons=log if page.may_log else ())


def place_of(picture: Picture, visitor: Visitor) -> Place:
    """Where what is written on a ticket's page belongs: the group's thread for its members, else one's own place."""
    ticket = picture.ticket
    group = next((each for each in visitor.person.groups if ticket and each.id == ticket.group), None)
    if ticket is None or group is None or ticket.requester == visitor.person.id:
        return direct(visitor.person)
    return Place(MESSENGER, Kind.THREAD, channel_of(group), str(ticket.number))


def beside(place: Place) -> tuple[Place, ...]:
    """What the list at the side takes for here on a ticket's page: a thread, for its group. No place's posts are drawn there."""
    return (place,) if place.kind is Kind.THREAD else ()
