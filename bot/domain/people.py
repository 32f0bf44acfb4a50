"""People, and the accounts through which messengers know them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NewType

PersonId = NewType("PersonId", str)
SiteId = NewType("SiteId", str)
GroupId = NewType("GroupId", str)
SystemId = NewType("SystemId", str)
Language = Literal["da", "en"]
NOBODY = PersonId("")  # time and rules act without a person


class Role(StrEnum):
    EMPLOYEE = "employee"
    SUPERUSER = "superuser"
    IT = "it"
    CONTRACT_MANAGER = "contract_manager"


class Tier(StrEnum):
    """A line of support."""

    SUPERUSER = "superuser"
    IT = "it"
    SUPPLIER = "supplier"


_ROLE = {Tier.SUPERUSER: Role.SUPERUSER, Tier.IT: Role.IT, Tier.SUPPLIER: Role.IT}  # what a group's members must have


@dataclass(frozen=True, slots=True)
class Away:
    """Whole local days, both included (from the organisation file)."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Absence:
    """Typed by the person: `væk til mandag`. Half-open [since, until); `until=None` means until `tilbage`."""

    person: PersonId
    since: datetime
    until: datetime | None

    def covers(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class SupportGroup:
    """Who a ticket is offered to. `system=None` serves every system, `site=None` every site."""

    id: GroupId
    tier: Tier
    calendar: str
    members: tuple[PersonId, ...]
    system: SystemId | None = None
    site: SiteId | None = None
    channels: tuple[tuple[str, str], ...] = ()  # (messenger, channel), such as ("web", "omsorg-nord")
    name: str = ""

    def covers(self, system: SystemId | None, site: SiteId | None) -> bool:
        return self.system in {None, system} and self.site in {None, site}


@dataclass(frozen=True, slots=True)
class Person:
    id: PersonId
    name: str
    email: str
    site: SiteId
    roles: frozenset[Role]
    language: Language = "da"
    away: tuple[Away, ...] = ()
    groups: tuple[SupportGroup, ...] = ()
    accounts: tuple[
        tuple[str, str], ...
    ] = ()  # that IT has written down: (messenger, account), such as ("oidc", "0b7e…")

    def serves(self, system: SystemId | None, site: SiteId | None) -> frozenset[Tier]:
        """The tiers at which this person helps with the system at the site."""
        return frozenset(
            group.tier for group in self.groups if group.covers(system, site) and self.has(_ROLE[group.tier])
        )

    def is_in(self, group: GroupId) -> bool:
        return any(each.id == group for each in self.groups)

    def has(self, role: Role) -> bool:
        return role in self.roles


@dataclass(frozen=True, slots=True)
class Account:
    """How one messenger knows a person. One person may have many."""

    messenger: str  # "web", "slack", "console"; "oidc" for where people sign in
    workspace: str
    account: str
    person: PersonId
