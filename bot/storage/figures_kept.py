"""Figures of finished days: what each ticket and case was measured to be, and the days' counts of it. Can be made again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Table, and_, delete, func, insert, select, update

from bot.domain.measures import ASKED, Figure, Measured
from bot.storage.engine import insert_into
from bot.storage.scalars import micros
from bot.storage.tables import cases, daily_measures, events, measured, tickets

Key = tuple[str, str, str]  # measure, part, day


def unmeasured(connection: Connection, kind: str, after: int, most: int) -> Sequence[int]:
    table = table_of(kind)
    changed = and_(table.c.version != table.c.measured, table.c.number > after)
    return list(
        connection.execute(select(table.c.number).where(changed).order_by(table.c.number).limit(most)).scalars()
    )


def measure(connection: Connection, case_id: str, found: Sequence[Measured], *, settled: bool) -> None:
    """Instead of what was measured of it before; the days' counts move by the difference."""
    kind, number = ("S-", case_id[2:]) if case_id.startswith("S-") else ("#", case_id[1:])
    old = connection.execute(select(measured).where(measured.c.case_id == case_id)).mappings().all()
    moved = Counter((each.measure, each.part, each.day) for each in found)
    moved.subtract((each["measure"], each["part"], each["day"]) for each in old)
    connection.execute(delete(measured).where(measured.c.case_id == case_id))
    if found:
        rows = [
            {"case_id": case_id, "nth": nth, "number": int(number), "measure": each.measure, "part": each.part}
            | {"day": each.day, "value": each.value}
            for nth, each in enumerate(found)
        ]
        connection.execute(insert(measured), rows)
    _move(connection, moved)
    if settled:
        table = table_of(kind)
        connection.execute(update(table).where(table.c.number == int(number)).values(measured=table.c.version))


def counted_until(connection: Connection) -> str:
    found = select(func.max(daily_measures.c.day)).where(daily_measures.c.measure == ASKED)
    return connection.execute(found).scalar_one() or ""


def count_questions(connection: Connection, day: str, since: datetime, until: datetime) -> None:
    within = and_(events.c.type == ASKED, events.c.occurred_at.between(micros(since), micros(until) - 1))
    count = connection.execute(select(func.count()).select_from(events).where(within)).scalar_one()
    row = {"day": day, "measure": ASKED, "part": "", "count": count}
    statement = insert_into(connection, daily_measures).values(row)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["day", "measure", "part"], set_={"count": count})
    )


def figures(connection: Connection, since: str, until: str) -> Sequence[Figure]:
    month = func.substr(daily_measures.c.day, 1, 7)
    statement = (
        select(month, daily_measures.c.measure, daily_measures.c.part, func.sum(daily_measures.c.count))
        .where(daily_measures.c.day >= since, daily_measures.c.day < until)
        .group_by(month, daily_measures.c.measure, daily_measures.c.part)
        .order_by(month, daily_measures.c.measure, daily_measures.c.part)
    )
    return [Figure(row[0], row[1], row[2], int(row[3])) for row in connection.execute(statement) if row[3]]


def median(connection: Connection, name: str, part: str, since: str, until: str) -> int | None:
    """The lower of the two in the middle."""
    which = and_(measured.c.measure == name, measured.c.day >= since, measured.c.day < until)
    if part:
        which = and_(which, measured.c.part == part)
    count = connection.execute(select(func.count()).select_from(measured).where(which)).scalar_one()
    middle = select(measured.c.value).where(which).order_by(measured.c.value).limit(1).offset(max(0, (count - 1) // 2))
    return connection.execute(middle).scalar_one_or_none()


def forget(connection: Connection) -> None:
    connection.execute(delete(measured))
    connection.execute(delete(daily_measures))
    for table in (tickets, cases):
        connection.execute(update(table).values(measured=0))


def table_of(kind: str) -> Table:
    return cases if kind == "S-" else tickets


def _move(connection: Connection, moved: Counter[Key]) -> None:
    rows: Iterable[tuple[Key, int]] = ((key, by) for key, by in moved.items() if by)
    for (name, part, day), by in rows:
        statement = insert_into(connection, daily_measures).values(day=day, measure=name, part=part, count=by)
        more = {"count": daily_measures.c.count + by}
        connection.execute(statement.on_conflict_do_update(index_elements=["day", "measure", "part"], set_=more))
