"""What the web messenger shows: one row per message of a place. A change gets a new number, so that streams can ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from bot.domain.commands import Place
from bot.storage.counting import next_of
from bot.storage.engine import Database, insert_into
from bot.storage.scalars import instant, micros, place_from, place_text
from bot.storage.tables import posts


@dataclass(frozen=True, slots=True)
class Post:
    """`message` is the messenger's own JSON. `changed` grows with every post and every update, over all places."""

    id: int
    place: Place
    key: str
    author: str
    message: str
    at: datetime
    revision: int
    changed: int


class Posts:
    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, place: Place, key: str, author: str, message: str, at: datetime, send_key: str | None = None) -> int:
        """The post's id. A key already posted at the place is updated there, and keeps its first author and instant."""
        with self._database.writing() as connection:
            row = {"message": message, "send_key": send_key, "changed": next_of(connection, "posts")}
            new = {"place": place_text(place), "key": key or None, "author": author, "at": micros(at), "revision": 1}
            statement = insert_into(connection, posts).values(row | new)
            again = statement.on_conflict_do_update(
                index_elements=["place", "key"], set_=row | {"revision": posts.c.revision + 1}
            )
            return int(connection.execute(again.returning(posts.c.id)).scalar_one())

    def sent_as(self, send_key: str) -> int | None:
        """The id of the post that this attempt left, if it did."""
        with self._database.glancing() as connection:
            return connection.execute(select(posts.c.id).where(posts.c.send_key == send_key)).scalar()

    def page(self, place: Place, most: int = 50, before: int | None = None) -> Sequence[Post]:
        """The newest of a place, oldest first; `before` an id, the page above it."""
        above = posts.c.id < before if before is not None else posts.c.id.is_not(None)
        newest = select(posts).where(posts.c.place == place_text(place), above).order_by(posts.c.id.desc()).limit(most)
        with self._database.glancing() as connection:
            return [_post(row) for row in reversed(connection.execute(newest).all())]

    def above(self, place: Place, post: int, most: int = 50) -> Sequence[Post]:
        """Those of a place after the post with that id, in order."""
        later = (
            select(posts).where(posts.c.place == place_text(place), posts.c.id > post).order_by(posts.c.id).limit(most)
        )
        with self._database.glancing() as connection:
            return [_post(row) for row in connection.execute(later)]

    def since(self, changed: int, most: int = 500) -> Sequence[Post]:
        """Everything new or updated after that number, in order of change."""
        later = select(posts).where(posts.c.changed > changed).order_by(posts.c.changed).limit(most)
        with self._database.glancing() as connection:
            return [_post(row) for row in connection.execute(later)]

    def newest(self) -> int:
        """The number of the last change; 0 before the first. One indexed read."""
        with self._database.glancing() as connection:
            return int(connection.execute(select(func.coalesce(func.max(posts.c.changed), 0))).scalar_one())


def _post(row: Row[Any]) -> Post:
    return Post(
        row.id,
        place_from(row.place),
        row.key or "",
        row.author,
        row.message,
        instant(row.at),
        row.revision,
        row.changed,
    )
