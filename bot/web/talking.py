"""What is said at a place, as one person sees it: their own words on their side, living cards as they are now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.desk.viewing import fresh, notice_behind
from bot.domain.commands import Place
from bot.messengers.web.post import Post, read_post
from bot.messengers.web.render import may_see
from bot.web.frame import Frame
from bot.web.visitor import Visitor
from bot.wording.message import Message
from bot.wording.word import word

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Talk:
    """`days` are the posts before which a new day is announced."""

    place: Place
    posts: tuple[Post, ...]
    days: frozenset[int]


def talk(frame: Frame, visitor: Visitor, place: Place, most: int = AT_ONCE) -> Talk:
    rows = frame.parts.posts.page(place, most)
    seen = [post for post in map(read_post, rows) if may_see(post, visitor.person.id)]
    return Talk(place, renewed(frame, visitor, seen), _days(frame, seen))


def renewed(frame: Frame, visitor: Visitor, posts: Sequence[Post]) -> tuple[Post, ...]:
    """A card on which something can still happen is put into words again: its clock has moved since it was posted."""
    words: dict[tuple[Place, str], Message] = {}
    for place in {post.place for post in posts if is_living(post)}:
        keys = [post.message.key for post in posts if post.place == place and is_living(post)]
        for key, (notice, picture) in fresh(frame.parts.desk, place, keys).items():
            words[place, key] = replace(word(notice, replace(picture, reader=visitor.person)), key=key)
    return tuple(
        replace(post, message=words.get((post.place, post.message.key), post.message)) if is_living(post) else post
        for post in posts
    )


def is_living(post: Post) -> bool:
    message = post.message
    return bool(message.number and (message.bars or message.buttons) and notice_behind(message.key))


def _days(frame: Frame, posts: Iterable[Post]) -> frozenset[int]:
    zone = frame.organisation().zone
    begun, day = set(), None
    for post in posts:
        if (here := post.at.astimezone(zone).date()) != day:
            begun.add(post.id)
            day = here
    return frozenset(begun)
