"""What is new to a person at a place: the posts of others after the last one they were shown, there or on a ticket's page."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.domain.commands import Kind, Place
from bot.domain.ticket import Ticket
from bot.messengers.web.places import direct
from bot.messengers.web.post import Post, read_post
from bot.messengers.web.render import may_see
from bot.web.frame import Frame
from bot.web.visitor import Visitor

MOST = 20  # counted; beyond that it is "20+"
# Posts read at once: mostly the first say it all, and further than through all of these nobody goes at a time.
_STEPS = (MOST + 1, 200, 200, 200)


def unread(frame: Frame, visitor: Visitor, place: Place, ticket: int | None = None) -> int:
    """Whoever comes to a place for the first time begins with what is said from now on. `ticket`: whose page is before them.

    The place's mark moves past what needs no attention before the first that does, so that it is gone through once. If
    that is more than can be read at a time, the next draw goes on from there.
    """
    if frame.parts.marks is None:
        return 0
    read = frame.parts.marks.reached_under(visitor.person.id, place)
    if "" not in read:
        _reach(frame, visitor, place, last_at(frame, place), read)
        return 0
    looking = "" if ticket is None else f"#{ticket}"
    passed, is_passing, found = read[""], True, 0
    for post in _after(frame, place, passed):
        if _is_read(post, visitor, read):
            passed = post.id if is_passing else passed
            continue
        is_passing = False
        # What is before their eyes is not new, but it is read when they look away.
        found += not looking or about(post) != looking
        if found > MOST:
            break
    _reach(frame, visitor, place, passed, read)
    return found


def shown(frame: Frame, visitor: Visitor, place: Place, post: int) -> None:
    """Everything up to the post with that id stood before their eyes. A thread is in nobody's list, and needs no mark."""
    if frame.parts.marks is not None and place.kind is not Kind.THREAD:
        _reach(frame, visitor, place, post, frame.parts.marks.reached_under(visitor.person.id, place))


def ticket_shown(frame: Frame, visitor: Visitor, ticket: int, post: int) -> None:
    """The ticket's page stood before their eyes, with what the bot told them of it up to that post in their conversation.

    It is noted only for as long as the conversation itself is not read as far: it is a record of what they opened.
    """
    if frame.parts.marks is None:
        return
    own, part = direct(visitor.person), str(ticket)
    read = frame.parts.marks.reached_under(visitor.person.id, own)
    if "" in read and max(read[""], read.get(part, 0)) < post:
        # A part of their own place, by which marks alone know it: what else stands there is not read with it.
        frame.parts.marks.reach(visitor.person.id, replace(own, thread=part), post)


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


def _after(frame: Frame, place: Place, reached: int) -> Iterator[Post]:
    """In order; not without end, whatever happened while nobody looked."""
    for most in _STEPS:
        rows = frame.parts.posts.above(place, reached, most)
        yield from map(read_post, rows)
        if len(rows) < most:
            return
        reached = rows[-1].id


def _is_read(post: Post, visitor: Visitor, read: Mapping[str, int]) -> bool:
    """It needs no attention: it is their own, or for somebody else, or they read it on its ticket's page."""
    is_for_them = post.author != visitor.person.id and may_see(post, visitor.person.id)
    return not is_for_them or post.id <= read.get(about(post).removeprefix("#"), 0)


def _reach(frame: Frame, visitor: Visitor, place: Place, post: int, read: Mapping[str, int]) -> None:
    """Looked at before: most often nothing has changed, and to look at a page is then not a write.

    The marks of tickets' pages that are not further than the place's own are of no use any more, and go with it.
    """
    is_further = read.get("", -1) < post
    are_over = any(part and each <= post for part, each in read.items())
    if frame.parts.marks is not None and (is_further or are_over):
        frame.parts.marks.reach(visitor.person.id, place, post)
