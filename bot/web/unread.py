"""What is new to a person at a place: the posts of others after the last one they were shown, there or on a ticket's page."""

from dataclasses import replace

from bot.domain.commands import Place
from bot.domain.ticket import Ticket
from bot.messengers.web.places import direct
from bot.messengers.web.post import Post, read_post
from bot.messengers.web.render import may_see
from bot.web.frame import Frame
from bot.web.visitor import Visitor

MOST = 20  # counted; beyond that it is "20+"


def unread(frame: Frame, visitor: Visitor, place: Place, ticket: int | None = None) -> int:
    """Whoever comes to a place for the first time begins with what is said from now on. `ticket`: whose page is before them."""
    marks, posts = frame.parts.marks, frame.parts.posts
    if marks is None:
        return 0
    reached = marks.reached(visitor.person.id, place)
    if reached is None:
        marks.reach(visitor.person.id, place, last_at(frame, place))
        return 0
    looking = "" if ticket is None else f"#{ticket}"
    while True:
        rows = posts.above(place, reached, MOST + 1)
        new = [post for post in map(read_post, rows) if _is_news(post, visitor, looking)]
        read = {each: _read_of(frame, visitor, each) for each in {about(post) for post in new}}
        found = sum(post.id > read[about(post)] for post in new)
        if found or len(rows) <= MOST:
            return found
        reached = rows[-1].id


def shown(frame: Frame, visitor: Visitor, place: Place, post: int) -> None:
    """Everything up to the post with that id stood before their eyes."""
    if frame.parts.marks is not None:
        frame.parts.marks.reach(visitor.person.id, place, post)


def ticket_shown(frame: Frame, visitor: Visitor, ticket: int, post: int) -> None:
    """The ticket's page stood before their eyes, with what the bot told them of it up to that post in their conversation."""
    if post:
        shown(frame, visitor, _of_ticket(visitor, ticket), post)


def is_told(visitor: Visitor, ticket: Ticket | None) -> bool:
    """The bot tells them of it; somebody who only oversees it reads the page, and that is all."""
    return ticket is not None and visitor.person.id in {ticket.requester, ticket.assignee}


def last_at(frame: Frame, place: Place) -> int:
    """The id of the last post there; 0 before the first."""
    last = frame.parts.posts.page(place, 1)
    return last[-1].id if last else 0


def about(post: Post) -> str:
    """The case that it tells of, such as "#1042"; "" for none."""
    return post.message.number or post.message.about


def _is_news(post: Post, visitor: Visitor, looking: str) -> bool:
    is_before_them = bool(looking) and about(post) == looking
    return post.author != visitor.person.id and may_see(post, visitor.person.id) and not is_before_them


def _read_of(frame: Frame, visitor: Visitor, case: str) -> int:
    """How far they have read about a ticket on its own page."""
    number = case.removeprefix("#")
    if frame.parts.marks is None or not number.isdigit():
        return 0
    return frame.parts.marks.reached(visitor.person.id, _of_ticket(visitor, int(number))) or 0


def _of_ticket(visitor: Visitor, ticket: int) -> Place:
    """A part of their own place, by which marks alone know it: what else stands there is not read with it."""
    return replace(direct(visitor.person), thread=str(ticket))
