"""A post: a message as it stands at a place of our own messenger, and what the messenger needs to remember of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.people import NOBODY, PersonId
from bot.wording.message import Message


@dataclass(frozen=True, slots=True)
class Post:
    """`author` is a person whose own words these are; nobody for the bot.

    `changed` numbers every change of any post, `born` is the number with which this one came to be: a reader who has seen
    everything up to N gets a post with `born` > N as a new one, any other as an update.
    """

    id: int
    place: str
    message: Message
    at: datetime
    author: PersonId = NOBODY
    edited_at: datetime | None = None
    born: int = 0
    changed: int = 0


class Posts(Protocol):
    """What was said in our own messenger. Numbers of changes become visible in order, whichever process made them."""

    def put(self, place: str, message: Message, at: datetime, *, author: PersonId = NOBODY, send_key: str = "") -> Post:
        """A message with a key replaces the earlier one with that key at the place, where it stands."""
        ...

    def of(self, place: str, most: int = 200) -> Sequence[Post]:
        """The latest, oldest first."""
        ...

    def one(self, post: int) -> Post | None: ...

    def since(self, changed: int, most: int = 500) -> Sequence[Post]:
        """What changed after that number, in the order of the changes."""
        ...

    def newest(self) -> int:
        """The number of the latest change; one indexed read, asked every 300 ms."""
        ...

    def sent_as(self, send_key: str) -> str | None:
        """The id of the post that this row of the outbox became, if it did."""
        ...
