"""Lists of tickets and supplier cases: filters as SQL, answered by one index of what is open."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Connection, Select, Table, and_, case, func, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bot.domain.events import Party
from bot.domain.lists import AGES, Behind, Tally, Wanted
from bot.domain.people import Tier
from bot.storage.scalars import FAR, micros
from bot.storage.tables import cases, measured, tickets
from bot.storage.tables import texts as words


def matching(table: Table, wanted: Wanted, now: datetime) -> ColumnElement[bool]:
    """What `Wanted.fits` says of one value, of a whole table."""
    found = [*_chosen(table, wanted), *_in_time(table, wanted, now)]
    if wanted.behind is None:
        found.append(table.c.is_open.is_(True))
    else:
        found.append(table.c.number.in_(_counted(wanted.behind)))
    if wanted.number is not None:
        found.append(table.c.number == wanted.number)
    elif said := " ".join(wanted.text.split()):
        like = select(words.c.id).where(words.c.id == table.c.title, _says(said)).correlate(table)
        found.append(like.exists())
    return and_(*found)


def ordered(statement: Select[Any], table: Table, most: int, first: int) -> Select[Any]:
    return statement.order_by(table.c.due_at, table.c.opened_at, table.c.number).limit(most).offset(first)


def tallies(connection: Connection, wanted: Wanted, now: datetime) -> Sequence[Tally]:
    opened, column = tickets.c.opened_at, {}
    for age, (youngest, oldest) in AGES.items():
        within = opened <= micros(now - youngest)
        column[age] = within if oldest is None else and_(within, opened > micros(now - oldest))
    sums = [func.sum(case((each, 1), else_=0)) for each in column.values()]
    statement = (
        select(tickets.c.tier, tickets.c.holder, *sums)
        .where(matching(tickets, wanted, now))
        .group_by(tickets.c.tier, tickets.c.holder)
        .order_by(tickets.c.tier, tickets.c.holder)
    )
    rows = connection.execute(statement)
    return [Tally(Tier(row[0]), Party(row[1]) if row[1] else None, *map(int, row[2:])) for row in rows]


def _chosen(table: Table, wanted: Wanted) -> list[ColumnElement[bool]]:
    pairs: tuple[tuple[str, str | None], ...]
    if table is cases:
        pairs = (("system", wanted.system), ("supplier", wanted.supplier))
    else:
        pairs = (
            ("system", wanted.system),
            ("site", wanted.site),
            ("support_group", wanted.group),
            ("tier", wanted.tier),
        )
    found = [table.c[name] == str(value) for name, value in pairs if value is not None]
    return [*found, table.c.holder.in_(sorted(wanted.holders))] if wanted.holders else found


def _in_time(table: Table, wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    since, until = wanted.opened_between(now)
    if since is not None:
        found.append(table.c.opened_at > micros(since))
    if until is not None:
        found.append(table.c.opened_at <= micros(until))
    match wanted.pressing:
        case "late":
            found.append(table.c.due_at < micros(now))
        case "near":
            found += [table.c.near_at <= micros(now), table.c.due_at >= micros(now)]
        case "held":
            found.append(table.c.is_held.is_(True))
        case None:
            pass
    if wanted.due_since is not None:
        found.append(table.c.due_at >= micros(wanted.due_since))
    if wanted.due_until is not None or wanted.due_since is not None:
        found.append(table.c.due_at < (micros(wanted.due_until) if wanted.due_until else FAR))
    return found


def _counted(behind: Behind) -> Select[Any]:
    days = and_(measured.c.day >= behind.since, measured.c.day < behind.until)
    found = select(measured.c.number).where(measured.c.measure == behind.measure, days)
    return found.where(measured.c.part == behind.part) if behind.part else found


def _says(said: str) -> ColumnElement[bool]:
    """Letters of either case. SQLite folds A to Z only, so æ, ø and å are asked for both ways; and nothing twice."""
    ways = {_folded(each) for each in (said, said.lower(), said.upper(), said.capitalize())}
    return or_(*(_Says(words.c.body, _pattern(each)) for each in sorted(ways)))


class _Says(FunctionElement[bool]):
    """Is like, in letters of either case. `lower` on both sides, as is written for every database, would copy each text."""

    type = Boolean()
    inherit_cache = True


@compiles(_Says)
def _either_case(element: _Says, compiler: SQLCompiler, **more: Any) -> str:
    body, pattern = element.clauses
    like = "LIKE" if compiler.dialect.name == "sqlite" else "ILIKE"
    return f"{compiler.process(body, **more)} {like} {compiler.process(pattern, **more)} ESCAPE '/'"


def _pattern(said: str) -> ColumnElement[str]:
    return literal("%" + re.sub("([%_/])", r"/\1", said) + "%")


def _folded(said: str) -> str:
    """As SQLite does it."""
    return "".join(each.lower() if each.isascii() else each for each in said)
