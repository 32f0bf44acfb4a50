"""Files that people attach to their words, in the database: it is what the processes on several machines share, one
transaction ties a file to its words, and one backup holds both. With at most some megabytes to each post it can bear them.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, case, delete, distinct, func, or_, select, update

from bot.desk.filed import Lately
from bot.domain.attachments import WAITS, Attachment
from bot.domain.people import PersonId
from bot.domain.refusals import NoSuchCase
from bot.storage.engine import insert_into
from bot.storage.scalars import instant, micros
from bot.storage.tables import attachments

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LOOSE = DAY  # what belongs to nothing for so long came with words that were never kept
_SHOWN = [each for each in attachments.c if each.name != "content"]


class SqlAttachments:
    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self._connection = connection
        self._writes = writes

    def keep(self, delivery: str, files: Sequence[tuple[Attachment, bytes]]) -> Sequence[Attachment]:
        self._must_write()
        new = [_row(each, content) | {"delivery": delivery, "nth": n} for n, (each, content) in enumerate(files)]
        self._connection.execute(insert_into(self._connection, attachments).on_conflict_do_nothing(), new)
        return self._those(and_(attachments.c.delivery == delivery, attachments.c.by.in_({each["by"] for each in new})))

    def came_with(self, delivery: str, by: PersonId) -> Sequence[Attachment]:
        return self._those(and_(attachments.c.delivery == delivery, attachments.c.by == by))

    def lately(self, by: PersonId, now: datetime) -> Lately:
        minute, day = micros(now - MINUTE), micros(now - DAY)
        times = func.count(distinct(case((attachments.c.at > minute, attachments.c.delivery))))
        size = func.coalesce(func.sum(attachments.c.size), 0)
        found = select(times, size).where(attachments.c.by == by, attachments.c.at > day)
        last_minute, last_day = self._connection.execute(found).one()
        return Lately(last_minute, int(last_day))

    def attach(self, ids: Collection[str], by: PersonId, text: str, ticket: int | None) -> None:
        self._must_write()
        theirs = and_(attachments.c.id.in_(ids), attachments.c.by == by, attachments.c.text.is_(None))
        self._connection.execute(update(attachments).where(theirs).values(text=text, ticket=ticket))

    def follow(self, text: str, ticket: int) -> None:
        self._must_write()
        self._connection.execute(update(attachments).where(_waiting(text)).values(ticket=ticket))

    def drop(self, delivery: str) -> None:
        self._must_write()
        loose = and_(attachments.c.delivery == delivery, attachments.c.text.is_(None))
        self._connection.execute(delete(attachments).where(loose))

    def of(self, ticket: int) -> Sequence[Attachment]:
        return self._those(attachments.c.ticket == ticket)

    def with_texts(self, texts: Iterable[str]) -> Sequence[Attachment]:
        wanted = set(texts)
        return self._those(attachments.c.text.in_(wanted)) if wanted else []

    def find(self, attachment: str) -> Attachment:
        found = self._those(attachments.c.id == attachment)
        if not found:
            raise NoSuchCase("")
        return found[0]

    def content(self, attachment: str) -> bytes:
        found = self._connection.execute(select(attachments.c.content).where(attachments.c.id == attachment)).scalar()
        if found is None:
            raise NoSuchCase("")
        return bytes(found)

    def _those(self, which: Any) -> Sequence[Attachment]:
        found = self._connection.execute(select(*_SHOWN).where(which).order_by(attachments.c.seq)).mappings()
        return [_attachment(each) for each in found]

    def _must_write(self) -> None:
        if not self._writes:
            raise RuntimeError("this ledger is for reading only")


def forget_with(connection: Connection, texts: Collection[str]) -> None:
    """With the words goes what was attached to them, name and content."""
    connection.execute(delete(attachments).where(attachments.c.text.in_(texts)))


def purge(connection: Connection, now: datetime) -> None:
    loose = and_(attachments.c.text.is_(None), attachments.c.at < micros(now - LOOSE))
    waited = attachments.c.at < micros(now - WAITS)
    connection.execute(delete(attachments).where(attachments.c.ticket.is_(None), or_(loose, waited)))


def _waiting(text: str) -> Any:
    return and_(attachments.c.text == text, attachments.c.ticket.is_(None))


def _row(attachment: Attachment, content: bytes) -> dict[str, Any]:
    return {
        "id": attachment.id,
        "ticket": attachment.ticket,
        "text": attachment.text,
        "by": attachment.by,
        "at": micros(attachment.at),
        "name": attachment.name,
        "kind": attachment.kind,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "content": content,
    }


def _attachment(row: RowMapping) -> Attachment:
    return Attachment(
        row["id"],
        PersonId(row["by"]),
        instant(row["at"]),
        row["name"],
        row["kind"],
        row["size"],
        row["sha256"],
        row["ticket"],
        row["text"],
    )
