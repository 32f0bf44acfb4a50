"""What the desk needs of whatever keeps the files that people attach to their words."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.attachments import Attachment
from bot.domain.people import PersonId


class Attachments(Protocol):
    """Files are kept before their words are: a crash leaves at most some that belong to nothing, and they are purged."""

    def keep(self, delivery: str, files: Sequence[tuple[Attachment, bytes]]) -> Sequence[Attachment]:
        """As they are kept now: when the same delivery is sent again, those of the first time."""
        ...

    def attach(self, ids: Collection[str], by: PersonId, text: str, ticket: int) -> None: ...  # theirs, if still loose
    def drop(self, delivery: str) -> None: ...  # what of it belongs to nothing
    def of(self, ticket: int) -> Sequence[Attachment]: ...  # in the order in which they came
    def find(self, attachment: str) -> Attachment: ...  # raises NoSuchCase
    def content(self, attachment: str) -> bytes: ...  # raises NoSuchCase
