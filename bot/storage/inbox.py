"""Deliveries: committed before the messenger is answered, finished in the transaction of their effects."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from bot.desk.ports import AlreadyDone
from bot.domain.commands import Delivery, Done
from bot.domain.refusals import Refused
from bot.storage.codec import decode, encode
from bot.storage.rows import delivery_from, delivery_row
from bot.storage.scalars import micros
from bot.storage.statements import FINISHING, receiving
from bot.storage.tables import inbox

KEPT = timedelta(days=7)  # platforms repeat for hours


def receive(connection: Connection, delivery: Delivery) -> bool:
    return connection.execute(receiving(connection.dialect.name), delivery_row(delivery)).first() is not None


def unfinished(connection: Connection, most: int) -> Sequence[Delivery]:
    received = select(inbox).where(inbox.c.command.is_not(None)).order_by(inbox.c.seq).limit(most)
    return [delivery_from(row) for row in connection.execute(received).mappings()]


def finish(connection: Connection, delivery: Delivery) -> None:
    """The key stays, and what was refused; what was asked and by whom goes. Raises AlreadyDone; one that was never received is nothing to end."""
    of = {"of_platform": delivery.platform, "of_key": delivery.key}
    if connection.execute(FINISHING, of).rowcount:
        return
    if connection.execute(select(inbox.c.seq).where(_this(delivery))).first():
        raise AlreadyDone


def refuse(connection: Connection, delivery: Delivery, refusal: Refused) -> None:
    connection.execute(update(inbox).where(_this(delivery)).values(refusal=encode(refusal)))


def answered(connection: Connection, delivery: Delivery) -> Done | Refused | None:
    """None: it is not done yet."""
    found = connection.execute(select(inbox.c.command, inbox.c.refusal).where(_this(delivery))).first()
    if found is None or found.command is not None:
        return None
    refusal: Refused | None = decode(found.refusal) if found.refusal else None
    return refusal or Done()


def purge(connection: Connection, now: datetime) -> None:
    connection.execute(delete(inbox).where(inbox.c.command.is_(None), inbox.c.at < micros(now - KEPT)))


def _this(delivery: Delivery) -> ColumnElement[bool]:
    return and_(inbox.c.platform == delivery.platform, inbox.c.key == delivery.key)
