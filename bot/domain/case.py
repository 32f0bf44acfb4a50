"""What every clock of one case shares: its history, contract, severities, pauses, reopenings and cancellation."""

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from bot.domain.contracts import Contract, Contracts, Target, TargetKind, Track, Within
from bot.domain.events import ContractAssigned, SeveritySet
from bot.domain.history import Fact, History
from bot.domain.intervals import Intervals
from bot.domain.pauses import Disputed, Pause, covered, effective, pauses_of
from bot.domain.plans import plan_for
from bot.domain.service_hours import ALWAYS, Calendar

REOPENS = frozenset({"resolution_rejected", "reopened"})


class Change(NamedTuple):
    """The severity from an instant on; the first one also holds before it."""

    at: int
    severity: str
    event: str | None


_change_at = attrgetter("at")


class Pauses(NamedTuple):
    each: tuple[Pause, ...]
    covered: Intervals


_NO_PAUSES = Pauses((), ())


@dataclass(frozen=True, slots=True)
class Case:
    history: History
    contract: Contract
    contracts: Contracts
    now: int
    disputed: Disputed
    severities: tuple[Change, ...]
    pauses: tuple[Pause, ...]
    reopenings: tuple[Fact, ...]
    cancelled: Fact | None
    anomalies: tuple[str, ...]
    # Of each set of reasons, the pauses and the time they cover: most targets share one.
    honoured: dict[frozenset[str], Pauses] = field(default_factory=dict)

    def pauses_of(self, target: Target) -> Pauses:
        """Those that stop this target's clock, and the time they cover."""
        if target.kind is TargetKind.REACTION and not self.contract.policies.reaction_pausable:
            return _NO_PAUSES
        found = self.honoured.get(target.pausable)
        if found is None:
            pauses = effective(self.pauses, target.pausable, self.disputed)
            found = self.honoured[target.pausable] = Pauses(pauses, covered(pauses))
        return found

    def severity_at(self, at: int) -> int:
        """The place in `severities` of the one in force."""
        return max(0, bisect_right(self.severities, at, key=_change_at) - 1) if len(self.severities) > 1 else 0

    def target_at(self, track: Track, at: int) -> Target | None:
        return self.target(track, self.severity_at(at))

    def target(self, track: Track, place: int) -> Target | None:
        return track.targets.get(self.severities[place].severity)

    def calendar(self, name: str) -> Calendar:
        return self.contracts.calendar(self.contract, name)

    def deadline(self, within: Within, start: int, otherwise: Calendar) -> int | None:
        calendar = self.calendar(within.calendar) if within.calendar else otherwise
        return plan_for(within.budget, calendar, start, (), self.contract.reporting_tzinfo).due()


def case_of(history: History, contract: Contract, contracts: Contracts, now: int, disputed: Disputed) -> Case:
    pauses, anomalies = pauses_of(history)
    reopenings, late = _reopenings(history, contract, contracts)
    return Case(
        history,
        contract,
        contracts,
        now,
        disputed,
        _severities(history, contract),
        pauses,
        reopenings,
        history.first("cancelled", "duplicate_of"),
        (*history.anomalies, *anomalies, *(("reopen_outside_window",) if late else ())),
    )


def contract_for(history: History, contracts: Contracts) -> Contract | None:
    """The version in force at the hand-over; without a contract assigned, the house's own agreement."""
    handed_over = history.first("handed_over")
    assignments = history.of(ContractAssigned)
    if assignments:
        # Before the hand-over another contract may take its place; afterwards only a correction changes it.
        before = [each for each in assignments if handed_over is None or each[0] < handed_over]
        assigned, named = before[-1] if before else assignments[0]
        in_force = contracts.in_force(named.contract, (handed_over or assigned).at)
        return in_force or contracts.version(named.contract, named.version)
    opened = history.first("opened", "routed")
    return contracts.agreement(opened.at) if opened and not handed_over else None


def _severities(history: History, contract: Contract) -> tuple[Change, ...]:
    if contract.kind == "agreement":
        return (Change(0, contract.severities[0].id, None),)
    known = {each.id for each in contract.severities}
    latest: dict[int, Change] = {}
    for fact, set_ in history.of(SeveritySet):
        if set_.severity in known:
            latest[fact.at] = Change(fact.at, set_.severity, fact.id)
    changes: list[Change] = []
    for change in latest.values():
        if not changes or changes[-1].severity != change.severity:
            changes.append(change)
    return tuple(changes)


def _reopenings(history: History, contract: Contract, contracts: Contracts) -> tuple[tuple[Fact, ...], bool]:
    """The rejections and reopenings that count, and whether one came too late to count."""
    if not any(history.by_type.get(each) for each in REOPENS):
        return (), False
    window = contract.policies.reopen_window
    accepted: list[Fact] = []
    over: Fact | None = None
    late = False
    for fact in history.all("resolved_claimed", "resolution_accepted", "closed", *REOPENS):
        if fact.type not in REOPENS:
            over = fact
        elif over is not None:
            until = _until(window, over.at, contract, contracts)
            if until is not None and fact.at > until:
                late = True
            else:
                accepted.append(fact)
                over = None
    return tuple(accepted), late


def _until(window: Within | None, start: int, contract: Contract, contracts: Contracts) -> int | None:
    if window is None:
        return None
    calendar = contracts.calendar(contract, window.calendar) if window.calendar else ALWAYS
    return plan_for(window.budget, calendar, start, (), contract.reporting_tzinfo).due()
