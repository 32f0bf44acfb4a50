"""What every question and every page needs, put together once: to build these anew cost more than the database took to answer them."""

from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, Table, Text, and_, bindparam, func, insert, select, union, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.tables import inbox, questions, texts, tickets

WRITING = insert(texts)
FINISHING = (
    update(inbox)
    .where(
        inbox.c.platform == bindparam("of_platform"), inbox.c.key == bindparam("of_key"), inbox.c.command.is_not(None)
    )
    .values(command=None, by="", place="")
)


def insert_for(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that knows ON CONFLICT, which the two write alike."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def receiving(dialect: str) -> Any:
    """A row comes back only if the delivery is new."""
    return insert_for(dialect, inbox).on_conflict_do_nothing().returning(inbox.c.seq)


@cache
def keeping_question(dialect: str) -> Any:
    """A whole row, new or instead of the old one."""
    new = insert_for(dialect, questions)
    whole = {each.name: new.excluded[each.name] for each in questions.c if each is not questions.c.seq}
    return new.on_conflict_do_update(index_elements=["id"], set_=whole)


@cache
def titled(table: Table) -> Select[Any]:
    """Tickets or supplier cases with their titles, which are texts."""
    return select(table, texts.c.body.label("title_body")).join(texts, texts.c.id == table.c.title)


def _recent() -> Select[Any]:
    """One statement, and one row at least: the count of open tickets beside each question of a person since then."""
    mine = and_(tickets.c.requester == bindparam("person"), tickets.c.is_open.is_(True))
    counted = select(func.count().label("open_tickets")).select_from(tickets).where(mine).subquery()
    lately = and_(questions.c.by == bindparam("person"), questions.c.at > bindparam("since"))
    return (
        select(counted.c.open_tickets, questions)
        .select_from(counted.join(questions, lately, isouter=True))
        .order_by(questions.c.at.desc(), questions.c.seq.desc())
    )


def _theirs() -> Select[Any]:
    """What a person asked or has, the newest `most`. Two looks into two indexes: an OR would make SQLite read every open ticket."""
    most, person = bindparam("most", type_=Integer), bindparam("person", type_=Text)
    newest = select(tickets.c.number).where(tickets.c.is_open.is_(True)).order_by(tickets.c.number.desc()).limit(most)
    asked = newest.where(tickets.c.requester == person).subquery()
    has = newest.where(tickets.c.assignee == person).subquery()
    either = union(select(asked.c.number), select(has.c.number)).subquery()
    both = select(either.c.number).order_by(either.c.number.desc()).limit(most)
    return titled(tickets).where(tickets.c.number.in_(both)).order_by(tickets.c.number)


RECENT = _recent()
THEIRS = _theirs()
