"""Lists of tickets and supplier cases: filters as SQL, answered by one index of what is open."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    case,
    false,
    func,
    literal,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bot.domain.events import Party
from bot.domain.lists import AGES, Behind, Pressing, Tally, Wanted, folded
from bot.domain.people import Tier
from bot.storage.scalars import FAR, micros
from bot.storage.tables import cases, measured, tickets

EVERYTHING = Wanted()
_KINDS = {tickets: "#", cases: "S-"}
_AGAIN = {each: each.alias("said") for each in _KINDS}


def matching(table: Table, wanted: Wanted, now: datetime) -> ColumnElement[bool]:
    """What `Wanted.fits` says of one value, of a whole table."""
    found = [*_chosen(table, wanted), *_in_time(table, wanted, now)]
    if wanted.behind is None:
        found.append(table.c.is_open.is_(True))
    else:
        found.append(table.c.number.in_(_counted(wanted.behind)))
    if wanted.number is not None:
        kind, number = wanted.number
        found.append(table.c.number == number if kind in {"", _KINDS[table]} else false())
    elif wanted.text.strip():
        found.append(_says(table, wanted))
    return and_(*found)


def ordered(statement: Select[Any], table: FromClause, most: int, first: int) -> Select[Any]:
    return statement.order_by(table.c.due_at, table.c.opened_at, table.c.number).limit(most).offset(first)


def tallies(connection: Connection, wanted: Wanted, now: datetime) -> Sequence[Tally]:
    fits = select(tickets.c.tier, tickets.c.holder, tickets.c.opened_at).where(matching(tickets, wanted, now))
    # All that is open is counted in the order of its own index. What is left by filters is found in the index of lists
    # first: SQLite would otherwise take the order, and look at every row for the rest.
    found = fits.subquery() if wanted == EVERYTHING else fits.cte("fits").prefix_with("MATERIALIZED")
    return [_tally(each) for each in connection.execute(_by_age(found, now).order_by(found.c.tier, found.c.holder))]


def page_and_tallies(
    connection: Connection, wanted: Wanted, now: datetime, most: int, first: int
) -> tuple[list[int], Sequence[Tally]]:
    """The numbers on a page, and the counts of all that fits, having looked for it once: words are dear to look for."""
    columns = (tickets.c[name] for name in ("number", "due_at", "opened_at", "tier", "holder"))
    found = select(*columns).where(matching(tickets, wanted, now)).cte("fits").prefix_with("MATERIALIZED")
    page = ordered(select(found.c.number), found, most, first).subquery()
    counts, none = _by_age(found, now), [literal(0) for _ in AGES]
    listed = select(literal(""), literal(""), *none, page.c.number)
    both = counts.add_columns(literal(0).label("number")).union_all(listed)
    rows: list[Any] = list(connection.execute(both))
    counted = sorted((each for each in rows if each.number == 0), key=lambda row: (row[0], row[1] or ""))
    return [each.number for each in rows if each.number], [_tally(each) for each in counted]


def _by_age(found: FromClause, now: datetime) -> Select[Any]:
    sums = []
    for youngest, oldest in AGES.values():
        within = found.c.opened_at <= micros(now - youngest)
        aged = within if oldest is None else and_(within, found.c.opened_at > micros(now - oldest))
        sums.append(func.sum(case((aged, 1), else_=0)))
    return select(found.c.tier, found.c.holder, *sums).group_by(found.c.tier, found.c.holder)


def _tally(row: Any) -> Tally:
    counts = map(int, row[2 : 2 + len(AGES)])
    return Tally(Tier(row[0]), Party(row[1]) if row[1] else None, *counts)


def pressing(connection: Connection, wanted: Wanted, now: datetime) -> Mapping[Pressing | None, int]:
    """How many cases press in each way, of those that fit everything else."""
    ways: dict[Pressing | None, ColumnElement[bool]] = {
        each: and_(*_presses(cases, each, now)) for each in ("late", "near", "held")
    }
    sums = [func.coalesce(func.sum(case((each, 1), else_=0)), 0) for each in ways.values()]
    fits = matching(cases, replace(wanted, pressing=None), now)
    row = connection.execute(select(func.count(), *sums).select_from(cases).where(fits)).one()
    return dict(zip((None, *ways), map(int, row), strict=True))


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
    found += _presses(table, wanted.pressing, now)
    if wanted.due_since is not None:
        found.append(table.c.due_at >= micros(wanted.due_since))
    if wanted.due_until is not None or wanted.due_since is not None:
        found.append(table.c.due_at < (micros(wanted.due_until) if wanted.due_until else FAR))
    return found


def _presses(table: Table, way: Pressing | None, now: datetime) -> list[ColumnElement[bool]]:
    match way:
        case "late":
            return [table.c.due_at < micros(now)]
        case "near":
            return [table.c.near_at <= micros(now), table.c.due_at >= micros(now)]
        case "held":
            return [table.c.is_held.is_(True)]
        case None:
            return []


def _counted(behind: Behind) -> Select[Any]:
    days = and_(measured.c.day >= behind.since, measured.c.day < behind.until)
    found = select(measured.c.number).where(measured.c.measure == behind.measure, days)
    return found.where(measured.c.part == behind.part) if behind.part else found


def _says(table: Table, wanted: Wanted) -> ColumnElement[bool]:
    said = literal(folded(wanted.text))
    if wanted.behind is not None:
        return _Holds(table.c.words, said)
    # Of what is open, by the index of nothing but words: other limits would lead to each row first.
    each = _AGAIN[table]
    return table.c.number.in_(select(each.c.number).where(each.c.is_open.is_(True), _Holds(each.c.words, said)))


class _Holds(FunctionElement[bool]):
    """Has it in it, letter for letter: both are folded already, and no letter stands for another."""

    type = Boolean()
    inherit_cache = True


@compiles(_Holds)
def _in_it(element: _Holds, compiler: SQLCompiler, **more: Any) -> str:
    words, said = element.clauses
    name = "instr" if compiler.dialect.name == "sqlite" else "strpos"
    return f"{name}({compiler.process(words, **more)}, {compiler.process(said, **more)}) > 0"
