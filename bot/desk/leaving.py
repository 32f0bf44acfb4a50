"""A role ends at once: the tickets of somebody who no longer serves them go back to their group, held or not."""

from bot.desk.ports import Changed, Desk, Known
from bot.desk.telling import record, theirs_again
from bot.domain.permissions import Standing
from bot.domain.ticket import Route, State, Ticket

_ALL = 10_000_000


def return_left_tickets(desk: Desk) -> int:
    """How many went back. Asked when the organisation file was changed; twice is harmless."""
    known = desk.knowledge.now()
    with desk.store.reading() as ledger:
        left = [each for each in ledger.open_tickets(_ALL) if _is_left(known, each)]
    return sum(_give_back(desk, each.supplier_case, each.number) for each in left)


def _give_back(desk: Desk, behind: int | None, number: int) -> bool:
    """If somebody acts on it meanwhile, they serve it: it is theirs to go on with."""
    now = desk.clock.now()
    known = desk.knowledge.now()
    try:
        with desk.store.transaction() as ledger:
            if behind:
                ledger.case(behind)
            before = ledger.ticket(number)
            if not _is_left(known, before):
                return False
            offered = before.offer(Route(before.tier, before.group, "left"), now)
            record(desk, ledger, before, theirs_again(ledger, behind, offered, now), now)
    except Changed:
        return False
    return True


def _is_left(known: Known, ticket: Ticket) -> bool:
    if ticket.state is not State.CLAIMED or not ticket.assignee:
        return False
    assignee = known.organisation.people.get(ticket.assignee)
    return assignee is None or Standing.ASSIGNEE not in ticket.standing(assignee)
