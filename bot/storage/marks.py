"""How far each person has read at each place of our own messenger: the id of the last post they were shown."""

from sqlalchemy import Connection, and_, select

from bot.domain.commands import Place
from bot.domain.people import PersonId
from bot.storage.engine import Database, insert_into
from bot.storage.scalars import place_text
from bot.storage.tables import marks


class Marks:
    def __init__(self, database: Database) -> None:
        self._database = database

    def reached(self, person: PersonId, place: Place) -> int | None:
        """None for whoever has not been there yet."""
        here = and_(marks.c.person == person, marks.c.place == place_text(place))
        with self._database.glancing() as connection:
            return connection.execute(select(marks.c.post).where(here)).scalar()

    def reach(self, person: PersonId, place: Place, post: int) -> None:
        """Never back: of two windows the one that has seen more counts."""
        row = {"person": person, "place": place_text(place), "post": post}

        def write(connection: Connection) -> None:
            new = insert_into(connection, marks).values(row)
            further = new.on_conflict_do_update(
                index_elements=["person", "place"], set_={"post": post}, where=marks.c.post < post
            )
            connection.execute(further)

        # A power cut may make something look new again; nobody waits for the disk because of that.
        self._database.together(write, hasty=True)
