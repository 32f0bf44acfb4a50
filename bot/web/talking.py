"""What is said at a place, as one person sees it: their own words on their side, living cards as they are now."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.desk.viewing import fresh, notice_behind, ticket_page
from bot.domain.commands import Explain, Kind, Place
from bot.messengers.web.post import Post, read_post
from bot.messengers.web.render import may_see
from bot.web.frame import Frame
from bot.web.visitor import Visitor
from bot.wording.attached import with_attachments
from bot.wording.message import Message
from bot.wording.word import word

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Talk:
    """`days` are the posts before which a new day is announced; `older` is where the earlier ones are."""

    place: Place
    posts: tuple[Post, ...]
    days: frozenset[int]
    older: str = ""


def talk(frame: Frame, visitor: Visitor, place: Place, before: int | None = None) -> Talk:
    """The latest, or those above the post `before`."""
    rows = frame.parts.posts.page(place, AT_ONCE, before)
    seen = [post for post in map(read_post, rows) if may_see(post, visitor.person.id)]
    older = f"{visitor.prefix}{_path(place)}?foer={rows[0].id}" if len(rows) == AT_ONCE else ""
    asked = [] if older or before else _question(frame, visitor, place)
    return Talk(place, (*asked, *renewed(frame, visitor, seen)), _days(frame, [*asked, *seen]), older)


def _question(frame: Frame, visitor: Visitor, place: Place) -> list[Post]:
    """A ticket's thread begins with what was asked."""
    if place.kind is not Kind.THREAD or not place.thread.isdigit():
        return []
    asked = ticket_page(frame.parts.desk, visitor.person, int(place.thread)).said[0]
    words = with_attachments(asked.body, asked.attachments, visitor.language)
    return [Post(-1, place, Message(words), asked.at, asked.by)]


def renewed(
    frame: Frame, visitor: Visitor, posts: Sequence[Post], which: Callable[[Post], bool] | None = None
) -> tuple[Post, ...]:
    """A card on which something can still happen is put into words again: its clock has moved since it was posted."""
    which = which or is_living
    words: dict[tuple[Place, str], Message] = {}
    for place in {post.place for post in posts if which(post)}:
        keys = [post.message.key for post in posts if post.place == place and which(post)]
        for key, (notice, picture) in fresh(frame.parts.desk, place, keys).items():
            words[place, key] = replace(word(notice, replace(picture, reader=visitor.person)), key=key)
    return tuple(
        replace(post, message=words.get((post.place, post.message.key), post.message)) if which(post) else post
        for post in posts
    )


def is_card(post: Post) -> bool:
    """It says how something stands. What was pressed on it is in the desk before it is in the post."""
    return bool(notice_behind(post.message.key))


def is_living(post: Post) -> bool:
    """Somebody can still do something about it. To look at a clock does nothing."""
    message = post.message
    acts = any(not isinstance(each.command, Explain) for each in message.buttons)
    return bool(message.number and acts and notice_behind(message.key))


def _path(place: Place) -> str:
    match place.kind:
        case Kind.CHANNEL:
            return f"/kanal/{place.who}"
        case Kind.THREAD:
            return f"/kanal/{place.who}/{place.thread}"
        case _:
            return "/"


def _days(frame: Frame, posts: Iterable[Post]) -> frozenset[int]:
    zone = frame.organisation().zone
    begun, day = set(), None
    for post in posts:
        if (here := post.at.astimezone(zone).date()) != day:
            begun.add(post.id)
            day = here
    return frozenset(begun)
