"""What stands where in another messenger: a card's key and place to the message's id there, and back."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_, select

from bot.domain.commands import Place
from bot.storage.engine import Database, insert_into
from bot.storage.scalars import micros, place_text
from bot.storage.tables import messages

PASSING = ("heard", "relayed")  # words on their way: whose they are, and where they stand while they may be edited
KEPT = timedelta(days=7)


def purge(connection: Connection, now: datetime) -> None:
    """What was noted of words on their way. Cards stay, and what somebody may still reply to."""
    passing = or_(*(messages.c.key.like(f"{kind}:%") for kind in PASSING))
    connection.execute(delete(messages).where(passing, messages.c.noted_at < micros(now - KEPT)))


class Posted:
    def __init__(self, database: Database) -> None:
        self._database = database

    def message(self, place: Place, key: str) -> str | None:
        this = select(messages.c.message_id).where(messages.c.place == place_text(place), messages.c.key == key)
        with self._database.glancing() as connection:
            return connection.execute(this).scalar()

    def card(self, place: Place, case: str) -> str | None:
        """The card of "1042" or "S-12" at a place, whichever group of the place it is for."""
        number = case.removeprefix("S-")
        named = messages.c.key == f"case:{number}" if case != number else messages.c.key.like(f"ticket:{number}:%")
        this = select(messages.c.message_id).where(messages.c.place == place_text(place), named)
        with self._database.glancing() as connection:
            return connection.execute(this.order_by(messages.c.key).limit(1)).scalar()

    def key(self, place: Place, message_id: str) -> str | None:
        this = select(messages.c.key).where(
            messages.c.place == place_text(place),
            messages.c.message_id == message_id,
            or_(*(messages.c.key.like(f"{kind}:%") for kind in ("ticket", "case", "told"))),
        )
        with self._database.glancing() as connection:
            return connection.execute(this.limit(1)).scalar()

    def note(self, place: Place, key: str, message_id: str, now: datetime) -> None:
        row = {"place": place_text(place), "key": key, "message_id": message_id, "noted_at": micros(now)}
        with self._database.writing() as connection:
            statement = insert_into(connection, messages).values(row)
            connection.execute(statement.on_conflict_do_update(index_elements=["place", "key"], set_=row))
