"""Anyone looks: help, my tickets, a ticket's state, the overview, a clock explained; and says that they are away."""

import re

from bot.desk.ports import Desk, Ledger
from bot.desk.telling import tell
from bot.domain.commands import Done, Explain, Help, Mine, Overview, Place, Status
from bot.domain.notices import Notice, TicketShown, ViewShown
from bot.domain.people import Absence, Person
from bot.domain.permissions import may_look_at_suppliers
from bot.domain.refusals import NoSuchCase, NotAllowed, NotUnderstood
from bot.domain.when import read_future

_CASE = re.compile(r"(S-?|#?)([0-9]{1,9})")


def look(desk: Desk, by: Person, place: Place, command: Help | Mine | Overview | Status | Explain) -> Done:
    """The view is made when it is sent; here it is only decided that it may be seen."""
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        match command:
            case Help():
                notice: Notice = ViewShown("help")
            case Mine():
                notice = ViewShown("mine")
            case Overview():
                if not may_look_at_suppliers(by):
                    raise NotAllowed("overview")
                notice = ViewShown("overview")
            case Status(case_id) | Explain(case_id):
                notice = _about(ledger, by, case_id, clock=isinstance(command, Explain))
        tell(ledger, place, notice, now)
    return Done()


def _about(ledger: Ledger, by: Person, said: str, *, clock: bool) -> Notice:
    """Whoever helps sees the card of those who help."""
    kind, number = read_case_id(said)
    case_id = f"S-{number}" if kind == "S" else f"#{number}"
    if kind == "S":
        if not may_look_at_suppliers(by):
            raise NoSuchCase(said)
        ledger.case(number)
        return ViewShown("clock" if clock else "case", case_id)
    ticket = ledger.ticket(number)
    if not ticket.may(by, "see"):
        raise NoSuchCase(said)
    if clock:
        return ViewShown("clock", case_id)
    return TicketShown(number, None if by.id == ticket.requester else ticket.group)


def read_case_id(text: str) -> tuple[str, int]:
    """From "#1042", "1042" or "S-12" to kind and number. Raises NoSuchCase."""
    found = _CASE.fullmatch(text.strip().upper())
    if not found:
        raise NoSuchCase(text)
    return "S" if found[1].startswith("S") else "#", int(found[2])


def go_away(desk: Desk, by: Person, place: Place, until: str) -> Done:
    """Not asked until then. Tickets they have already stay theirs."""
    now = desk.clock.now()
    zone = desk.knowledge.now().organisation.zone
    end = read_future(until, now, zone) if until.strip() else None
    if until.strip() and (end is None or end <= now):
        raise NotUnderstood(until)
    with desk.store.transaction() as ledger:
        ledger.save_absence(by.id, Absence(by.id, now, end))
        tell(ledger, place, ViewShown("away"), now)
    return Done()


def come_back(desk: Desk, by: Person, place: Place) -> Done:
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        ledger.save_absence(by.id, None)
        tell(ledger, place, ViewShown("back"), now)
    return Done()
