"""What was promised: contract versions with their calendars, severities, targets, pause reasons and policies.

A supplier's contract and the house's own agreement have the same shape. Instants are UTC seconds, spans end in `_s`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from bot.domain.people import SystemId
from bot.domain.service_hours import Calendar, CalendarVersion
from bot.domain.systems import SupplierId

TargetParty = Literal["supplier", "superuser", "it", "customer"]
ContractKind = Literal["contract", "agreement"]
DayMode = Literal["same_clock", "end_of_day"]


class TargetKind(StrEnum):
    __hash__ = str.__hash__  # looked up for every clock: an Enum's own hash is a call into Python

    REACTION = "reaction"
    WORK_STARTED = "work_started"
    WORKAROUND = "workaround"
    RESOLUTION = "resolution"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class OpenTime:
    """Seconds of open time in the target's calendar (`open: PT4H`)."""

    seconds: int


@dataclass(frozen=True, slots=True)
class BusinessDays:
    days: int
    mode: DayMode = "end_of_day"


@dataclass(frozen=True, slots=True)
class WallTime:
    """Calendar time that no closing hours interrupt: real seconds, or local months."""

    seconds: int = 0
    months: int = 0


Budget = OpenTime | BusinessDays | WallTime


@dataclass(frozen=True, slots=True)
class Within:
    """A budget in a calendar of its own; without one, in the calendar of the target concerned."""

    budget: Budget
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Severity:
    id: str
    name: str = ""
    definition: str = ""
    notify_always: bool = False
    start_channel: str | None = None


@dataclass(frozen=True, slots=True)
class PauseReason:
    """`may_start` and `remind_after` are for the desk; a target lists the reasons that pause it."""

    id: str
    name: str = ""
    may_start: frozenset[str] = frozenset()
    remind_after: Within | None = None


@dataclass(frozen=True, slots=True)
class Compliance:
    rule: Literal["each", "percent"] = "each"
    percent: int = 100


WARNINGS = (Fraction(1, 2), Fraction(3, 4), Fraction(9, 10), Fraction(1))


@dataclass(frozen=True, slots=True)
class Target:
    """One promised time. Empty `start` and `stops` mean the usual ones for the kind and the party."""

    id: str
    severity: str
    kind: TargetKind
    calendar: str
    budget: Budget
    party: TargetParty = "supplier"
    pausable: frozenset[str] = frozenset()
    start: str = ""
    stops: tuple[str, ...] = ()
    start_channel: str | None = None
    requires_complete_report: bool = True
    auto_reply_counts: bool = False
    stops_at_workaround: bool = False
    warnings: tuple[Fraction, ...] = WARNINGS
    compliance: Compliance = Compliance()

    starts_at: str = field(init=False, compare=False)  # the type of the event that starts it
    stops_at: tuple[str, ...] = field(init=False, compare=False)  # the types of those that stop it

    def __post_init__(self) -> None:
        offered = self.party in {"superuser", "it"} and self.kind is TargetKind.REACTION
        object.__setattr__(self, "starts_at", self.start or ("routed" if offered else "handed_over"))
        stops = self.stops or _USUAL_STOPS[self.kind]
        also = ("workaround",) if self.stops_at_workaround and "workaround" not in stops else ()
        object.__setattr__(self, "stops_at", (*stops, *also))


_USUAL_STOPS: dict[TargetKind, tuple[str, ...]] = {
    TargetKind.REACTION: ("acknowledged",),
    TargetKind.WORK_STARTED: ("work_started",),
    TargetKind.WORKAROUND: ("workaround", "resolved_claimed"),
    TargetKind.RESOLUTION: ("resolved_claimed",),
    TargetKind.STATUS: ("resolved_claimed",),
}


@dataclass(frozen=True, slots=True)
class Policies:
    """The alternatives of each are named in the contract file; the defaults are the usual ones."""

    severity_raise: Literal["min_due", "carry_elapsed", "carry_fraction", "retroactive"] = "min_due"
    severity_lower: Literal["recompute_keep_breach", "recompute"] = "recompute_keep_breach"
    reopen: Literal["resume", "count_through", "restart"] = "resume"
    reopen_reaction: Literal["new_round", "none"] = "new_round"
    reaction_pausable: bool = False
    bd_half_day: Literal["clamp", "next_opening"] = "clamp"
    accept_within: Within = Within(BusinessDays(10))
    reopen_window: Within | None = None


@dataclass(frozen=True, slots=True)
class Availability:
    """`target_bp` is hundredths of a percent: 99.50 % is 9950."""

    system: SystemId
    calendar: str
    target_bp: int
    window_notice: Within | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """`ref` points to the contact register; no personal data here."""

    calendar: str
    ref: str
    channel: str = ""


class Track(NamedTuple):
    """What is timed: one kind of promise by one party, its target under each severity, and what stops it under any."""

    kind: TargetKind
    party: TargetParty
    targets: Mapping[str, Target]
    stops: frozenset[str]


@dataclass(frozen=True)
class Contract:
    """One version, immutable once activated. `calendars` are those that were signed, each under its id."""

    id: str
    version: int
    valid_from: date
    calendars: Mapping[str, Calendar]
    severities: tuple[Severity, ...]  # highest first
    targets: tuple[Target, ...]
    kind: ContractKind = "contract"
    title: str = ""
    supplier: SupplierId | None = None
    systems: tuple[SystemId, ...] = ()
    valid_to: date | None = None  # exclusive
    reporting_zone: str = "UTC"
    reporting_tzinfo: tzinfo = UTC
    document: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    pause_reasons: Mapping[str, PauseReason] = field(default_factory=dict)
    policies: Policies = Policies()
    availability: tuple[Availability, ...] = ()
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    content_hash: str = ""
    tzdata_version: str = ""

    @cached_property
    def valid_from_s(self) -> int:
        return _local_midnight(self.valid_from, self.reporting_tzinfo)

    @cached_property
    def valid_to_s(self) -> int | None:
        return None if self.valid_to is None else _local_midnight(self.valid_to, self.reporting_tzinfo)

    def is_valid_at(self, at: int) -> bool:
        return self.valid_from_s <= at and (self.valid_to_s is None or at < self.valid_to_s)

    def severity(self, severity: str) -> Severity | None:
        return self._severities.get(severity)

    @cached_property
    def _severities(self) -> dict[str, Severity]:
        return {each.id: each for each in self.severities}

    def rank(self, severity: str) -> int:
        """0 is the highest."""
        return [each.id for each in self.severities].index(severity)

    def target(self, severity: str, kind: TargetKind, party: TargetParty = "supplier") -> Target | None:
        return self._targets.get((severity, kind, party))

    @cached_property
    def tracks(self) -> tuple[Track, ...]:
        """What is timed: each kind and party once, in the order of the file."""
        found: dict[tuple[TargetKind, TargetParty], dict[str, Target]] = {}
        for target in self.targets:
            found.setdefault((target.kind, target.party), {})[target.severity] = target
        return tuple(
            Track(kind, party, targets, frozenset(stop for each in targets.values() for stop in each.stops_at))
            for (kind, party), targets in found.items()
        )

    @cached_property
    def _targets(self) -> dict[tuple[str, TargetKind, TargetParty], Target]:
        return {(target.severity, target.kind, target.party): target for target in self.targets}


def _local_midnight(day: date, zone: tzinfo) -> int:
    return CalendarVersion(day, "", zone, ()).instant(day, 0)


@dataclass(frozen=True)
class Contracts:
    """Every activated version of every contract and agreement."""

    versions: tuple[Contract, ...] = ()

    def version(self, contract: str, number: int) -> Contract | None:
        return self._numbered.get((contract, number))

    def in_force(self, contract: str, at: int) -> Contract | None:
        """The version of the contract in force at the instant."""
        return self._latest(at, *self._by_id.get(contract, ()))

    def for_system(self, system: SystemId, at: int) -> Contract | None:
        return self._latest(at, *(each for each in self.versions if system in each.systems))

    def for_supplier(self, supplier: SupplierId, at: int) -> Contract | None:
        return self._latest(at, *(each for each in self.versions if each.supplier == supplier))

    def agreement(self, at: int) -> Contract | None:
        """The house's own promises."""
        return self._latest(at, *(each for each in self.versions if each.kind == "agreement"))

    def calendar(self, contract: Contract, calendar: str) -> Calendar:
        """The calendar as it is on every date: a later version of the contract changes it from that version's first day.

        One that no version knows is never open, so that a clock in it says `no_open_time`.
        """
        found = self._calendars.get((contract.id, calendar))
        return Calendar(calendar, (_NEVER_OPEN,)) if found is None else found

    @staticmethod
    def _latest(at: int, *candidates: Contract) -> Contract | None:
        valid = [each for each in candidates if each.is_valid_at(at)]
        return max(valid, key=lambda each: (each.valid_from_s, each.version), default=None)

    @cached_property
    def _by_id(self) -> dict[str, list[Contract]]:
        found: dict[str, list[Contract]] = {}
        for each in self.versions:
            found.setdefault(each.id, []).append(each)
        return found

    @cached_property
    def _numbered(self) -> dict[tuple[str, int], Contract]:
        return {(each.id, each.version): each for each in self.versions}

    @cached_property
    def _calendars(self) -> dict[tuple[str, str], Calendar]:
        joined: dict[tuple[str, str], Calendar] = {}
        for contract in sorted(self.versions, key=lambda each: (each.id, each.valid_from)):
            for name, calendar in contract.calendars.items():
                earlier = joined.get((contract.id, name))
                joined[contract.id, name] = calendar if earlier is None else _continued(earlier, calendar, contract)
        return joined


_NEVER_OPEN = CalendarVersion(date.min, "UTC", UTC, ((),) * 7)


def _continued(earlier: Calendar, later: Calendar, contract: Contract) -> Calendar:
    """The earlier calendar up to the contract's first day, then the later one."""
    since = contract.valid_from
    kept = tuple(each for each in earlier.versions if each.effective_from < since)
    first = later.version_on(since)
    opening = CalendarVersion(since, first.zone, first.tzinfo, first.weekly, first.closed, first.dated, first.yearly)
    return Calendar(later.id, (*kept, opening, *(each for each in later.versions if each.effective_from > since)))
