"""Notices on their way: in order per place, under a lease on the place, by any number of processes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, delete, exists, func, or_, select, update

from bot.desk.ports import Changed, Leased, Undelivered, Waiting
from bot.domain.commands import Place
from bot.storage.engine import insert_into
from bot.storage.rows import waiting_from
from bot.storage.scalars import instant, instant_or_none, micros, place_from, place_text, state_after, state_during
from bot.storage.tables import leases, messages, outbox

LEASE = timedelta(seconds=30)
KEPT = timedelta(days=7)
AT_ONCE = 10  # places tried before giving up: others may be taking them in this moment

# Put together once: to build these for every row cost more than the database took to answer them.
_UNSENT = outbox.c.over_at.is_(None)
_IS_DUE = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("now"))
# The first unsent row of a place: until it is sent, nothing behind it is. Asked of each row, from the oldest on, for with
# a flood behind it the next one is found at once.
_earlier = outbox.alias()
_IS_HEAD = ~exists().where(
    _earlier.c.place == outbox.c.place, _earlier.c.over_at.is_(None), _earlier.c.id < outbox.c.id
)
_IS_FREE = or_(leases.c.place.is_(None), leases.c.until <= bindparam("now"), leases.c.by == bindparam("worker"))
_DUE = (
    select(outbox.c.place)
    .where(_UNSENT, _IS_HEAD, _IS_DUE, _IS_FREE)
    .join(leases, leases.c.place == outbox.c.place, isouter=True)
    .order_by(outbox.c.id)
    .limit(AT_ONCE)
)
_AT = and_(outbox.c.place == bindparam("at"), _UNSENT)
_NEWEST = select(func.max(outbox.c.id)).where(_AT).group_by(outbox.c.key)
_LASTING = update(leases).where(leases.c.place == bindparam("at"), leases.c.by == bindparam("worker"))
_LASTING = _LASTING.values(until=bindparam("longer"))
_TAKEN = select(leases.c.by).where(leases.c.place == bindparam("at"))
_OUTDATED = (
    update(outbox)
    .where(_AT, outbox.c.state == "waiting", outbox.c.key != "", outbox.c.id.not_in(_NEWEST))
    .values(state="replaced", over_at=bindparam("now"))
)
_POSTED = and_(messages.c.place == outbox.c.place, messages.c.key == outbox.c.key, outbox.c.key != "")
_HERE = (
    select(outbox, messages.c.message_id)
    .join(messages, _POSTED, isouter=True)
    .where(_AT)
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
)


def lease(connection: Connection, by: str, now: datetime, most: int) -> Leased | None:
    for place in connection.execute(_DUE, {"now": micros(now), "worker": by}).scalars().all():
        if _take(connection, place, by, now):
            return Leased(place_from(place), waiting(connection, place_from(place), now, most))
    return None


def waiting(connection: Connection, place: Place, now: datetime, most: int) -> Sequence[Waiting]:
    at = {"at": place_text(place), "now": micros(now), "most": most}
    rows = _here(connection, at)
    if not rows or (rows[0].not_before and rows[0].not_before > now):
        return ()
    if len(rows) > 1:
        connection.execute(_OUTDATED, at)
        rows = _here(connection, at)
    return _ready(rows, now)


def _here(connection: Connection, at: dict[str, Any]) -> list[Waiting]:
    return [waiting_from(each) for each in connection.execute(_HERE, at).mappings()]


def sending(connection: Connection, row: Waiting, by: str, until: datetime) -> None:
    lasting = {"at": place_text(row.tell.place), "worker": by, "longer": micros(until)}
    if not connection.execute(_LASTING, lasting).rowcount and connection.execute(_TAKEN, lasting).first():
        raise Changed
    untouched = and_(outbox.c.id == row.id, _UNSENT, outbox.c.attempts == row.attempts)
    begun = update(outbox).where(untouched).values(state=state_during(row), attempts=row.attempts + 1)
    if not connection.execute(begun).rowcount:
        raise Changed


def sent(connection: Connection, row: Waiting, message_id: str, now: datetime, frees: str = "") -> None:
    _mark(connection, row, state="sent", over_at=micros(now))
    if row.tell.key and message_id:
        post = {"place": place_text(row.tell.place), "key": row.tell.key, "message_id": message_id}
        statement = insert_into(connection, messages).values(post)
        connection.execute(statement.on_conflict_do_update(index_elements=["place", "key"], set_=post))
    if frees:
        free(connection, row.tell.place, frees)


def postpone(connection: Connection, row: Waiting, until: datetime, why: str) -> None:
    _mark(connection, row, state=state_after(row), attempts=row.attempts + 1, not_before=micros(until), why=why)


def bury(connection: Connection, row: Waiting, why: str, now: datetime) -> bool:
    """False if it was over already."""
    return _mark(connection, row, state="dead", why=why, over_at=micros(now))


def newest(connection: Connection) -> int:
    return connection.execute(select(func.max(outbox.c.id))).scalar_one() or 0


def undelivered(connection: Connection, most: int) -> Sequence[Undelivered]:
    dead = select(outbox.c.place, outbox.c.why, outbox.c.over_at).where(outbox.c.state == "dead")
    rows = connection.execute(dead.order_by(outbox.c.over_at.desc(), outbox.c.id.desc()).limit(most))
    return [Undelivered(place_from(row.place), row.why or "", instant(row.over_at)) for row in rows]


def free(connection: Connection, place: Place, by: str) -> None:
    connection.execute(delete(leases).where(leases.c.place == place_text(place), leases.c.by == by))


def next_send_at(connection: Connection) -> datetime | None:
    """The first instant at which some place has something due and nobody serving it."""
    due = func.coalesce(outbox.c.not_before, outbox.c.queued_at)
    at = case((leases.c.until > due, leases.c.until), else_=due)
    heads = select(func.min(at)).select_from(outbox.join(leases, leases.c.place == outbox.c.place, isouter=True))
    return instant_or_none(connection.execute(heads.where(_UNSENT, _IS_HEAD)).scalar())


def purge(connection: Connection, now: datetime) -> None:
    """Dead ones stay: somebody may still ask what was never told."""
    connection.execute(delete(outbox).where(outbox.c.over_at < micros(now - KEPT), outbox.c.state != "dead"))


def _take(connection: Connection, place: str, by: str, now: datetime) -> bool:
    """Of two processes that want the place in this moment, the second waits for the first and then finds it taken."""
    row = {"place": place, "by": by, "until": micros(now + LEASE)}
    ours = or_(leases.c.until <= micros(now), leases.c.by == by)
    statement = insert_into(connection, leases).values(row)
    taken = statement.on_conflict_do_update(index_elements=["place"], set_=row, where=ours).returning(leases.c.place)
    return connection.execute(taken).first() is not None


def _ready(rows: Any, now: datetime) -> Sequence[Waiting]:
    """Up to the first that must wait; the second of a key needs the message id that the first will bring."""
    ready: dict[str, Waiting] = {}
    for row in rows:
        key = row.tell.key or str(row.id)
        if key in ready or (row.not_before and row.not_before > now):
            break
        ready[key] = row
    return tuple(ready.values())


def _mark(connection: Connection, row: Waiting, **values: Any) -> bool:
    return bool(connection.execute(update(outbox).where(outbox.c.id == row.id, _UNSENT).values(**values)).rowcount)
