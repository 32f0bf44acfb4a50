"""A post: a message as it stands at a place of our own messenger, and what is asked of whatever keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.commands import Place
from bot.domain.people import PersonId
from bot.messengers.web.as_json import NotAMessage, decode, encode
from bot.wording.message import Message


class Kept(Protocol):
    """A post as it is kept. `changed` numbers every change of any post, over all places."""

    @property
    def id(self) -> int: ...
    @property
    def place(self) -> Place: ...
    @property
    def author(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def revision(self) -> int: ...
    @property
    def changed(self) -> int: ...


class Posts(Protocol):
    """What was said in our own messenger. Numbers of changes become visible in order, whichever process made them."""

    def put(self, place: Place, key: str, author: str, message: str, at: datetime, send_key: str | None = None) -> int:
        """The post's id. A key that is already at the place is updated where it stands."""
        ...

    def sent_as(self, send_key: str) -> int | None: ...

    def page(self, place: Place, most: int = 50, before: int | None = None) -> Sequence[Kept]:
        """The latest, oldest first; `before` an id, those above it."""
        ...

    def above(self, place: Place, post: int, most: int = 50) -> Sequence[Kept]:
        """Those of a place after the post with that id, in order."""
        ...

    def since(self, changed: int, most: int = 500) -> Sequence[Kept]: ...

    def newest(self) -> int:
        """The number of the last change; one indexed read, asked every 300 ms."""
        ...


@dataclass(frozen=True, slots=True)
class Post:
    """`author` is a person whose own words these are; nobody for the bot."""

    id: int
    place: Place
    message: Message
    at: datetime
    author: PersonId
    is_edited: bool = False


def read_post(kept: Kept) -> Post:
    """What can no longer be read is still there, as an empty message."""
    try:
        message = decode(kept.message)
    except NotAMessage:
        message = Message(())
    return Post(kept.id, kept.place, message, kept.at, PersonId(kept.author), kept.revision > 1)


def put(
    posts: Posts, place: Place, message: Message, at: datetime, *, author: str = "", send_key: str | None = None
) -> int:
    return posts.put(place, message.key, author, encode(message), at, send_key)


def one_of(posts: Posts, place: Place, post: int) -> Post | None:
    found = posts.page(place, 1, post + 1)
    return read_post(found[0]) if found and found[0].id == post else None
