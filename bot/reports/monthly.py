"""The monthly service report: a line for each case and target, each verdict in the one month where it counts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo

from bot.domain.clock import Clock, Status
from bot.domain.clocks import evaluate
from bot.domain.contracts import Compliance, Contracts, TargetKind
from bot.domain.history import histories
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import SupplierId
from bot.reports.milestones import Filed, Milestones, milestones_of
from bot.reports.month import Bounds, Month

_HUNDRED = 10_000  # percent, in hundredths of one


@dataclass(frozen=True, slots=True)
class Line:
    """One clock, and the case it belongs to. Only a `counted` line is a verdict of this month."""

    case: SupplierCase
    milestones: Milestones
    clock: Clock
    counted: bool

    @property
    def is_met(self) -> bool:
        return self.clock.status is Status.MET


@dataclass(frozen=True, slots=True)
class Tally:
    """One target over the month. `percent_bp` is hundredths of a percent, cut off: never rounded up into compliance."""

    supplier: SupplierId
    contract_id: str
    contract_version: int
    target_id: str
    kind: TargetKind
    severity: str
    met: int
    breached: int
    compliance: Compliance

    @property
    def percent_bp(self) -> int:
        return _HUNDRED * self.met // (self.met + self.breached)

    @property
    def is_kept(self) -> bool:
        if self.compliance.rule == "each":
            return not self.breached
        return self.met * 100 >= self.compliance.percent * (self.met + self.breached)


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """`now` and `known_at` (None: everything) make it again. `until` is the month's end, or `now` if that comes first."""

    month: Month
    until: int
    now: int
    known_at: int | None
    lines: tuple[Line, ...]
    tallies: tuple[Tally, ...]


def month_report(
    filed: Iterable[Filed],
    contracts: Contracts,
    month: Month,
    zone: tzinfo,
    now: int,
    known_at: int | None = None,
) -> MonthlyReport:
    """Verdicts as they stand at `now`, so that each counts in one month only; what is open, as it stood at the month's end."""
    bounds = month.bounds(zone)
    until = max(bounds.since, min(bounds.until, now))
    ordered = sorted(filed, key=lambda each: (each.case.supplier, each.case.number))
    lines = tuple(line for each in ordered for line in _lines(each, contracts, month, bounds, until, now, known_at))
    return MonthlyReport(month, until, now, known_at, lines, tuple(_tallies(lines)))


def _lines(
    filed: Filed, contracts: Contracts, month: Month, bounds: Bounds, until: int, now: int, known_at: int | None
) -> Iterator[Line]:
    history = next(iter(histories(filed.events, now, known_at)), None)
    if history is None or now < bounds.since:
        return
    milestones = milestones_of(history)
    standing = evaluate(filed.events, contracts, now, known_at)
    then = {each.key: each for each in evaluate(filed.events, contracts, until, known_at)}
    for clock in standing:
        if clock.counts and clock.month == str(month):
            yield Line(filed.case, milestones, clock, counted=True)
        elif clock.status is Status.CANCELLED:
            if clock.stopped_at is not None and bounds.since <= clock.stopped_at < bounds.until:
                yield Line(filed.case, milestones, clock, counted=False)
        elif clock.status is Status.NOT_STARTED:
            if milestones.over_at is None:
                yield Line(filed.case, milestones, clock, counted=False)
        elif _was_open(clock, month, bounds):
            earlier = then.get(clock.key)
            yield Line(filed.case, milestones, earlier if earlier and earlier.is_open else clock, counted=False)


def _was_open(clock: Clock, month: Month, bounds: Bounds) -> bool:
    """When the month ended it ran, and its verdict falls later, if it has one."""
    begun = clock.started_at is not None and clock.started_at < bounds.until
    return clock.counts and begun and (clock.month is None or clock.month > str(month))


def _tallies(lines: Iterable[Line]) -> Iterator[Tally]:
    counted: dict[tuple[SupplierId, str, int, str], list[Line]] = {}
    for line in lines:
        if line.counted:
            clock = line.clock
            key = line.case.supplier, clock.contract_id, clock.contract_version, clock.target_id
            counted.setdefault(key, []).append(line)
    for (supplier, contract, version, target), group in counted.items():
        clock = group[0].clock
        met = sum(line.is_met for line in group)
        agreed = clock.target.compliance if clock.target else Compliance()
        yield Tally(supplier, contract, version, target, clock.kind, clock.severity, met, len(group) - met, agreed)
