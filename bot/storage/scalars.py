"""What one column holds. Instants are whole microseconds since 1970 in UTC; a place is one word."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

from bot.desk.ports import Waiting
from bot.domain.commands import Kind, Place
from bot.domain.supplier_case import SupplierCase

FAR = 2**62  # microseconds: of what is never due, so that it sorts last
TITLE = "title"  # the kind of a text that is only a title
TWICE_IN_DOUBT = "again"
IN_DOUBT = ("sending", TWICE_IN_DOUBT)  # states of a notice of which nobody knows whether it went out
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(at: datetime) -> int:
    """Raises TypeError for an instant without a zone."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def instant(stored: int) -> datetime:
    return _EPOCH + timedelta(microseconds=stored)


def micros_or_none(at: datetime | None) -> int | None:
    return None if at is None else micros(at)


def instant_or_none(stored: int | None) -> datetime | None:
    return None if stored is None else instant(stored)


def micros_or_far(at: datetime | None) -> int:
    return FAR if at is None else micros(at)


def instant_or_never(stored: int) -> datetime | None:
    return None if stored == FAR else instant(stored)


def place_text(place: Place) -> str:
    """Like `str(place)`, but of four parts always: an id of another messenger may hold a colon."""
    return ":".join(quote(part, safe="") for part in (place.messenger, place.kind.value, place.who, place.thread))


def place_from(text: str) -> Place:
    messenger, kind, who, thread = (unquote(part) for part in text.split(":"))
    return Place(messenger, Kind(kind), who, thread)


def over_since(case: SupplierCase) -> datetime | None:
    """When a case that has just been closed or cancelled was over; None if it is not, or was already."""
    return None if case.is_open else max((each.occurred_at for each in case.happened), default=None)


def state_during(row: Waiting) -> str:
    """While it is being sent: what it stays if nobody comes back to say how it went."""
    return TWICE_IN_DOUBT if row.tried_unsure else IN_DOUBT[0]


def state_after(row: Waiting) -> str:
    """While it waits for another attempt."""
    if row.tried_again:
        return TWICE_IN_DOUBT
    return IN_DOUBT[0] if row.tried_unsure else "waiting"
