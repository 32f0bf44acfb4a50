"""A role ends at once: the tickets of somebody who no longer serves them go back to their group, held or not."""

from bot.desk.ports import Changed, Desk, Known
from bot.desk.telling import record, theirs_again
from bot.domain.people import PersonId, SiteId, SystemId, Tier
from bot.domain.permissions import Standing
from bot.domain.ticket import Route, State, Ticket


def return_left_tickets(desk: Desk) -> int:
    """How many went back. Asked when the organisation file was changed; twice is harmless."""
    known = desk.knowledge.now()
    with desk.store.reading() as ledger:
        # Only tickets of people who no longer serve something that they have are loaded, however many are open.
        gone = {who for who, system, site, tier in ledger.claims() if tier not in _tiers(known, who, system, site)}
        theirs = [each for who in sorted(gone) for each in ledger.tickets_of(who) if each.assignee == who]
    left = [each for each in theirs if _is_left(known, each)]
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


def _tiers(known: Known, who: PersonId, system: SystemId | None, site: SiteId) -> frozenset[Tier]:
    person = known.organisation.people.get(who)
    return person.serves(system, site) if person else frozenset()


def _is_left(known: Known, ticket: Ticket) -> bool:
    if ticket.state is not State.CLAIMED or not ticket.assignee:
        return False
    assignee = known.organisation.people.get(ticket.assignee)
    return assignee is None or Standing.ASSIGNEE not in ticket.standing(assignee)
