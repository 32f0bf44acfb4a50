"""What the desk needs of whatever keeps the files that people attach to their words."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.attachments import Attachment
from bot.domain.people import PersonId


@dataclass(frozen=True, slots=True)
class Lately:
    """What a person has left that is still here: how many times within a minute, and how many bytes within a day."""

    last_minute: int
    last_day: int


class Attachments(Protocol):
    """Files are kept before their words are: a crash leaves at most some that belong to nothing, and they are purged.

    Those that came with a question belong to its words, and to no ticket until it becomes one.
    """

    def lately(self, by: PersonId, now: datetime) -> Lately: ...
    def came_with(self, delivery: str, by: PersonId) -> Sequence[Attachment]: ...
    def keep(self, delivery: str, files: Sequence[tuple[Attachment, bytes]]) -> Sequence[Attachment]:
        """As they are kept now: when the same delivery is sent again, those of the first time."""
        ...

    def attach(
        self, ids: Collection[str], by: PersonId, text: str, ticket: int | None
    ) -> None: ...  # theirs, if still loose
    def follow(self, text: str, ticket: int) -> None: ...  # the question with these words became the ticket
    def drop(self, delivery: str) -> None: ...  # what of it belongs to nothing
    def of(self, ticket: int) -> Sequence[Attachment]: ...  # in the order in which they came
    def with_texts(self, texts: Iterable[str]) -> Sequence[Attachment]: ...
    def find(self, attachment: str) -> Attachment: ...  # raises NoSuchCase
    def content(self, attachment: str) -> bytes: ...  # raises NoSuchCase
