"""The organisation as a value: systems, suppliers, sites, groups; who serves what, where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, timedelta, tzinfo
from typing import NewType

from bot.domain.articles import AS_EVERYWHERE, Caution
from bot.domain.people import GroupId, Person, PersonId, Role, SiteId, SupportGroup, SystemId

SupplierId = NewType("SupplierId", str)


@dataclass(frozen=True, slots=True)
class Site:
    id: SiteId
    name: str


@dataclass(frozen=True, slots=True)
class System:
    """An IT system that people use. Spans are open time in the calendar of the group that was asked."""

    id: SystemId
    name: str
    aliases: tuple[str, ...]
    owner: str
    superuser_groups: tuple[GroupId, ...]
    it_group: GroupId
    claim_within: timedelta
    supplier: SupplierId | None = None
    site_aware: bool = False
    update_within: timedelta = timedelta(
        hours=2
    )  # a claimed ticket without activity is nudged, and after as long goes back

    answering: Caution = AS_EVERYWHERE  # how sure the search must be of its articles

    def is_called(self, text: str) -> bool:
        """The text is its name and nothing else."""
        said = "".join(each if each.isalnum() else " " for each in text.casefold()).split()
        return any(said == each.casefold().split() for each in (self.name, *self.aliases))


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder to climb when a supplier does not answer."""

    name: str
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Supplier:
    id: SupplierId
    name: str
    mail: str
    phone: str
    ladder: tuple[Rung, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """People, groups, systems and suppliers, each under its id. Reloaded whole, so a removed role ends at once."""

    people: Mapping[PersonId, Person] = field(default_factory=dict)
    sites: Mapping[SiteId, Site] = field(default_factory=dict)
    groups: Mapping[GroupId, SupportGroup] = field(default_factory=dict)
    systems: Mapping[SystemId, System] = field(default_factory=dict)
    suppliers: Mapping[SupplierId, Supplier] = field(default_factory=dict)
    name: str = ""
    zone: tzinfo = UTC  # made at the door

    @property
    def cautions(self) -> Mapping[SystemId, Caution]:
        """What systems ask of the search that is not as everywhere."""
        return {each.id: each.answering for each in self.systems.values() if each.answering != AS_EVERYWHERE}

    def having(self, role: Role) -> tuple[Person, ...]:
        return tuple(person for person in self.people.values() if person.has(role))

    def by_email(self, email: str) -> Person | None:
        wanted = email.casefold().strip()
        return next((person for person in self.people.values() if person.email.casefold() == wanted), None)

    def by_account(self, messenger: str, account: str) -> Person | None:
        """Whose it is by the organisation file. Accounts are told apart by case as well."""
        return next((person for person in self.people.values() if (messenger, account) in person.accounts), None)
