"""A supplier case is shown to its supplier by a link, and closed again. Raises NoSuchCase for whoever may not.

Who made a link and who closed them is kept: the link itself is a signature, and leaves nothing behind.
"""

from datetime import datetime

from bot.desk.ports import Desk, Shares
from bot.desk.viewing import case_page
from bot.domain.audit import Deed, Trace
from bot.domain.people import Person
from bot.domain.permissions import may_show_to_suppliers
from bot.domain.refusals import NoSuchCase
from bot.domain.views import CasePage


def share(desk: Desk, shares: Shares, by: Person, number: int) -> int:
    """The edition that a link made now is of. It is kept before there is a link."""
    _page(desk, by, number)
    edition = shares.edition(number)
    _trace(desk, by, Deed.SHARED, number)
    return edition


def withdraw(desk: Desk, shares: Shares, by: Person, number: int) -> None:
    """Every link to the case that there is. Closed before it is kept: that they are is what matters."""
    _page(desk, by, number)
    shares.withdraw(number)
    _trace(desk, by, Deed.WITHDREW, number)


def shown(desk: Desk, shares: Shares, maker: Person, number: int, edition: int, until: datetime) -> CasePage | None:
    """What a link shows, with the rights that its maker has now. None when its time is over or it was withdrawn."""
    page = _page(desk, maker, number)
    return page if desk.clock.now() < until and edition == shares.edition(number) else None


def _page(desk: Desk, by: Person, number: int) -> CasePage:
    if not may_show_to_suppliers(by):
        raise NoSuchCase(f"S-{number}")
    return case_page(desk, by, number)


def _trace(desk: Desk, by: Person, deed: Deed, number: int) -> None:
    desk.store.trace(Trace(desk.clock.now(), by.id, deed, "Link", f"S-{number}"))
