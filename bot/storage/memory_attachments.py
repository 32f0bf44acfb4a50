"""The same files, forgetting."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.filed import Lately
from bot.domain.attachments import WAITS, Attachment
from bot.domain.people import PersonId
from bot.domain.refusals import NoSuchCase
from bot.storage.attachments import DAY, LOOSE, MINUTE
from bot.storage.shelves import Filed, Journal, Shelves


class MemoryAttachments:
    def __init__(self, shelves: Shelves, journal: Journal) -> None:
        self._shelf = shelves.attachments
        self._journal = journal

    def keep(self, delivery: str, files: Sequence[tuple[Attachment, bytes]]) -> Sequence[Attachment]:
        known = {(each.delivery, each.nth) for each in self._shelf.values()}
        for nth, (attachment, content) in enumerate(files):
            if (delivery, nth) not in known:
                self._journal.put(self._shelf, attachment.id, Filed(delivery, nth, attachment, content))
        by = {attachment.by for attachment, _ in files}
        return [
            each.attachment for each in self._shelf.values() if each.delivery == delivery and each.attachment.by in by
        ]

    def came_with(self, delivery: str, by: PersonId) -> Sequence[Attachment]:
        return [
            each.attachment for each in self._shelf.values() if (each.delivery, each.attachment.by) == (delivery, by)
        ]

    def lately(self, by: PersonId, now: datetime) -> Lately:
        theirs = [each for each in self._shelf.values() if each.attachment.by == by and each.attachment.at > now - DAY]
        times = {each.delivery for each in theirs if each.attachment.at > now - MINUTE}
        return Lately(len(times), sum(each.attachment.size for each in theirs))

    def attach(self, ids: Collection[str], by: PersonId, text: str, ticket: int | None) -> None:
        for each in ids:
            filed = self._shelf.get(each)
            if filed and filed.attachment.by == by and filed.attachment.text is None:
                theirs = replace(filed.attachment, text=text, ticket=ticket)
                self._journal.put(self._shelf, each, replace(filed, attachment=theirs))

    def follow(self, text: str, ticket: int) -> None:
        for each in self._waiting(text):
            theirs = replace(each.attachment, ticket=ticket)
            self._journal.put(self._shelf, each.attachment.id, replace(each, attachment=theirs))

    def drop(self, delivery: str) -> None:
        self._drop(each for each in self._shelf.values() if each.delivery == delivery and each.attachment.text is None)

    def of(self, ticket: int) -> Sequence[Attachment]:
        return [each.attachment for each in self._shelf.values() if each.attachment.ticket == ticket]

    def with_texts(self, texts: Iterable[str]) -> Sequence[Attachment]:
        wanted = set(texts)
        return [each.attachment for each in self._shelf.values() if each.attachment.text in wanted]

    def find(self, attachment: str) -> Attachment:
        return self._filed(attachment).attachment

    def content(self, attachment: str) -> bytes:
        return self._filed(attachment).content

    def forget_with(self, texts: Collection[str]) -> None:
        self._drop(each for each in self._shelf.values() if each.attachment.text in texts)

    def purge(self, now: datetime) -> None:
        loose, waited = now - LOOSE, now - WAITS
        left = [each for each in self._shelf.values() if each.attachment.ticket is None]
        self._drop(each for each in left if each.attachment.at < (loose if each.attachment.text is None else waited))

    def _waiting(self, text: str) -> list[Filed]:
        those = (each for each in self._shelf.values() if each.attachment.ticket is None)
        return [each for each in those if each.attachment.text == text]

    def _filed(self, attachment: str) -> Filed:
        if attachment not in self._shelf:
            raise NoSuchCase("")
        return self._shelf[attachment]

    def _drop(self, these: Iterable[Filed]) -> None:
        for each in [*these]:
            self._journal.drop(self._shelf, each.attachment.id)
