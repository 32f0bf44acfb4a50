"""Row ⇄ domain, both directions side by side. Instants are stored as whole microseconds since 1970 in UTC."""

from datetime import UTC, datetime, timedelta

from bot.domain.supplier_case import SupplierCase

TITLE = "title"  # the kind of a text that is only a title
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def over_since(case: SupplierCase) -> datetime | None:
    """When a case that has just been closed or cancelled was over; None if it was not, or was already."""
    return None if case.is_open else max((each.occurred_at for each in case.happened), default=None)


def micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


def instant(stored: int) -> datetime:
    return _EPOCH + timedelta(microseconds=stored)
