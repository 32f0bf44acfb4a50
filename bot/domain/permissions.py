"""Who may do what: one table."""

from enum import StrEnum

from bot.domain.people import Person, PersonId, Role, Tier


class Standing(StrEnum):
    """How a person stands to a ticket. One person may stand in several ways."""

    REQUESTER = "requester"
    ASSIGNEE = "assignee"
    GROUP = "group"  # serves the tier that the ticket is at
    TIER_BELOW = "tier_below"  # served it earlier, and may follow it
    IT = "it"
    CONTRACT_MANAGER = "contract_manager"


_S = Standing
_EVERYBODY = frozenset(Standing)
MAY: dict[str, frozenset[Standing]] = {
    "see": _EVERYBODY,
    "comment": frozenset({_S.REQUESTER, _S.ASSIGNEE, _S.GROUP, _S.TIER_BELOW, _S.IT}),
    "claim": frozenset({_S.GROUP}),
    "release": frozenset({_S.ASSIGNEE}),
    "escalate": frozenset({_S.ASSIGNEE, _S.GROUP}),
    "hold": frozenset({_S.ASSIGNEE}),
    "resume": frozenset({_S.ASSIGNEE, _S.GROUP}),
    "resolve": frozenset({_S.ASSIGNEE}),
    "confirm": frozenset({_S.REQUESTER}),
    "reopen": frozenset({_S.REQUESTER}),
    "cancel": frozenset({_S.REQUESTER}),
    "hand_over": frozenset({_S.ASSIGNEE}),
}


def standing(
    person: Person, *, requester: PersonId, assignee: PersonId | None, tier: Tier, tiers: frozenset[Tier]
) -> frozenset[Standing]:
    """`tiers`: at which tiers the person serves this system and site. Of her own ticket a person is the requester only:
    what colleagues write about it among themselves is not for her, and somebody else takes it.
    """
    if person.id == requester:
        return frozenset({Standing.REQUESTER})
    found = set()
    if person.id == assignee and tier in tiers:  # who has left the group has left its tickets too
        found.add(Standing.ASSIGNEE)
    if tier in tiers:
        found.add(Standing.GROUP)
    if tiers - {tier}:
        found.add(Standing.TIER_BELOW)
    if person.has(Role.IT):
        found.add(Standing.IT)
    if person.has(Role.CONTRACT_MANAGER):
        found.add(Standing.CONTRACT_MANAGER)
    return frozenset(found)


def may_look_at_suppliers(person: Person) -> bool:
    """Supplier cases, the overview and the reports."""
    return person.has(Role.IT) or person.has(Role.CONTRACT_MANAGER)


def may_show_to_suppliers(person: Person) -> bool:
    """The clocks of a case, by a link, to the supplier that it is about."""
    return person.has(Role.CONTRACT_MANAGER)


def may_look_at_knowledge(person: Person) -> bool:
    """How articles do, what is missing, and trying a question. What is not for this person stays hidden there too."""
    return person.has(Role.IT) or person.has(Role.SUPERUSER)


def may_log_for_suppliers(person: Person) -> bool:
    return person.has(Role.IT)
