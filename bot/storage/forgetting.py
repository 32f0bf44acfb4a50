"""Words are forgotten after a time: what people wrote about something long over, and what they attached to it, is erased;
every figure stays.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, delete, select, update

from bot.storage.attachments import forget_with
from bot.storage.engine import Database
from bot.storage.scalars import micros
from bot.storage.tables import cases, events, posts, questions, texts, tickets

AT_ONCE = 500  # rows in one transaction: others may write in between
_ABOUT = re.compile(r"(?:ticket|case):(\d+)")


def forget(database: Database, before: datetime) -> int:
    """Texts and posts older than that, unless they are about something open, or something that happened later.

    How many. Twice is harmless.
    """
    return _texts(database, micros(before)) + _posts(database, micros(before))


def erase(connection: Connection, ids: Collection[str]) -> None:
    """The words, what they were looked for by, and what was attached to them."""
    connection.execute(update(texts).where(texts.c.id.in_(ids)).values(body=""))
    for table in (tickets, cases):
        connection.execute(update(table).where(table.c.title.in_(ids)).values(words=""))
    forget_with(connection, ids)


def _texts(database: Database, before: int) -> int:
    old = select(texts.c.seq, texts.c.id, texts.c.case_id).where(texts.c.at < before, texts.c.body != "")
    done = 0
    for connection, rows in _batches(database, old, texts, "seq"):
        kept = _living(connection, {row.case_id for row in rows}, before)
        shown = _shown_elsewhere(connection, [row.id for row in rows], before)
        gone = [row.id for row in rows if row.case_id not in kept and row.id not in shown]
        erase(connection, gone)
        done += len(gone)
    return done


def _posts(database: Database, before: int) -> int:
    """The copies in our own messenger. A card that comes back to life is posted anew."""
    old = select(posts.c.id, posts.c.key, posts.c.place).where(posts.c.at < before)
    done = 0
    for connection, rows in _batches(database, old, posts, "id"):
        about = {row.id: _about(row) for row in rows}
        kept = _living(connection, {each for each in about.values() if each}, before)
        gone = [post for post, case in about.items() if case not in kept]
        connection.execute(delete(posts).where(posts.c.id.in_(gone)))
        done += len(gone)
    return done


def _batches(
    database: Database, old: Select[Any], table: Table, key: str
) -> Iterator[tuple[Connection, Sequence[Row[Any]]]]:
    """Onwards from the last one seen, so that what is kept is not looked at again."""
    last = 0
    while True:
        with database.writing() as connection:
            rows = connection.execute(old.where(table.c[key] > last).order_by(table.c[key]).limit(AT_ONCE)).all()
            if not rows:
                return
            yield connection, rows
            last = getattr(rows[-1], key)


def _living(connection: Connection, case_ids: Iterable[str], before: int) -> set[str]:
    """Those that are open, or of which something happened since."""
    wanted = set(case_ids)
    since = select(events.c.case_id).where(events.c.case_id.in_(wanted), events.c.occurred_at >= before)
    found = set(connection.execute(since).scalars())
    for table, mark in ((tickets, "#"), (cases, "S-")):
        numbers = [int(tail) for each in wanted if each.startswith(mark) and (tail := each[len(mark) :]).isdigit()]
        is_open = select(table.c.number).where(table.c.number.in_(numbers), table.c.is_open.is_(True))
        found |= {f"{mark}{number}" for number in connection.execute(is_open).scalars()}
    return found


def _shown_elsewhere(connection: Connection, ids: Sequence[str], before: int) -> set[str]:
    """Words that also head something living: a question became a ticket, a ticket's words head a supplier case."""
    heads = (
        ("#", select(tickets.c.title, tickets.c.number).where(tickets.c.title.in_(ids))),
        ("S-", select(cases.c.title, cases.c.number).where(cases.c.title.in_(ids))),
        ("#", select(questions.c.text, questions.c.ticket).where(questions.c.text.in_(ids), questions.c.ticket > 0)),
    )
    found = [(text, f"{mark}{number}") for mark, these in heads for text, number in connection.execute(these)]
    living = _living(connection, {case_id for _, case_id in found}, before)
    return {text for text, case_id in found if case_id in living}


def _about(row: Row[Any]) -> str:
    """The case of a card or of a thread; "" for a post about none."""
    if found := _ABOUT.match(row.key or ""):
        return f"{'S-' if row.key.startswith('case') else '#'}{found[1]}"
    thread = row.place.rpartition(":")[2] if ":thread:" in row.place else ""
    return thread if thread.startswith("S-") or not thread else f"#{thread}"
