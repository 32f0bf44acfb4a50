"""How far each person has read at each place of our own messenger: the id of the last post they were shown."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, and_, delete, func, select

from bot.domain.commands import Place
from bot.domain.people import PersonId
from bot.storage.engine import Database, insert_into
from bot.storage.scalars import place_from, place_text
from bot.storage.tables import marks


class Marks:
    def __init__(self, database: Database) -> None:
        self._database = database

    def reached_under(self, person: PersonId, place: Place) -> Mapping[str, int]:
        """Of the place, by "", and of each of its parts, by its thread: one statement, however many there are."""
        with self._database.glancing() as connection:
            rows = connection.execute(select(marks.c.place, marks.c.post).where(_under(person, place)))
            return {place_from(row.place).thread: row.post for row in rows}

    def reach(self, person: PersonId, place: Place, post: int) -> None:
        """Never back: of two windows the one that has seen more counts.

        Whoever has read a place as far as a part of it needs no mark of the part, and what they once opened is forgotten.
        """
        row = {"person": person, "place": place_text(place), "post": post}

        def write(connection: Connection) -> None:
            new = insert_into(connection, marks).values(row)
            further = new.on_conflict_do_update(
                index_elements=["person", "place"], set_={"post": post}, where=marks.c.post < post
            )
            connection.execute(further)
            if not place.thread:
                of_part = and_(marks.c.place != row["place"], marks.c.post <= post)
                connection.execute(delete(marks).where(_under(person, place), of_part))

        # A power cut may make something look new again; nobody waits for the disk because of that.
        self._database.together(write, hasty=True)


def _under(person: PersonId, place: Place) -> ColumnElement[bool]:
    """Not by LIKE: it takes "_" for any letter, and on SQLite "a" for "A"."""
    start = place_text(replace(place, thread=""))
    return and_(marks.c.person == person, func.substr(marks.c.place, 1, len(start)) == start)
