"""Who looked at what, and who was refused, in a table of its own that nothing else is joined with."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.domain.audit import Deed, Trace
from bot.domain.people import PersonId
from bot.storage.scalars import instant, micros
from bot.storage.tables import audit

KEPT_AT_ONCE = 5_000  # rows forgotten in one transaction: others may write in between


def add(connection: Connection, trace: Trace) -> None:
    connection.execute(
        insert(audit).values(
            at=micros(trace.at),
            by=trace.by,
            deed=trace.deed.value,
            what=trace.what,
            about=trace.about,
            why=trace.why,
            messenger=trace.messenger,
        )
    )


def read(connection: Connection, since: datetime, by: PersonId | None, about: str, most: int) -> Sequence[Trace]:
    wanted = select(audit).where(audit.c.at >= micros(since)).order_by(audit.c.at.desc(), audit.c.seq.desc())
    if by is not None:
        wanted = wanted.where(audit.c.by == by)
    if about:
        wanted = wanted.where(audit.c.about == about)
    return [
        Trace(instant(row.at), PersonId(row.by), Deed(row.deed), row.what, row.about, row.why, row.messenger)
        for row in connection.execute(wanted.limit(most))
    ]


def forget(connection: Connection, before: datetime) -> int:
    """Some of them: again, until it is 0."""
    old = select(audit.c.seq).where(audit.c.at < micros(before)).order_by(audit.c.at).limit(KEPT_AT_ONCE)
    return connection.execute(delete(audit).where(audit.c.seq.in_(old))).rowcount
