"""Numbers that count 1, 2, 3 … over all processes, and become visible in that order."""

from sqlalchemy import Connection

from bot.storage.engine import insert_into
from bot.storage.tables import counters


def next_of(connection: Connection, name: str) -> int:
    """The row stays locked until the commit, so that no later number is seen before an earlier one."""
    statement = insert_into(connection, counters).values(name=name, value=1)
    following = statement.on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + 1})
    return int(connection.execute(following.returning(counters.c.value)).scalar_one())
