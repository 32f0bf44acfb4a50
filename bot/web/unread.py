"""What is new to a person at a place: the posts of others after the last one they were shown."""

from bot.domain.commands import Place
from bot.messengers.web.post import read_post
from bot.messengers.web.render import may_see
from bot.web.frame import Frame
from bot.web.visitor import Visitor

MOST = 20  # counted; beyond that it is "20+"


def unread(frame: Frame, visitor: Visitor, place: Place) -> int:
    """Whoever comes to a place for the first time begins with what is said from now on."""
    marks, posts = frame.parts.marks, frame.parts.posts
    if marks is None:
        return 0
    reached = marks.reached(visitor.person.id, place)
    if reached is None:
        last = posts.page(place, 1)
        marks.reach(visitor.person.id, place, last[-1].id if last else 0)
        return 0
    new = map(read_post, posts.above(place, reached, MOST + 1))
    return sum(post.author != visitor.person.id and may_see(post, visitor.person.id) for post in new)


def shown(frame: Frame, visitor: Visitor, place: Place, post: int) -> None:
    """Everything up to the post with that id stood before their eyes."""
    if frame.parts.marks is not None:
        frame.parts.marks.reach(visitor.person.id, place, post)
