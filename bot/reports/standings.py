"""Who waited on whom when a month ended: every supplier case of it, and each supplier in one line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from fractions import Fraction

from bot.domain.clock import Clock
from bot.domain.clocks import evaluate
from bot.domain.contracts import Contracts
from bot.domain.events import Party
from bot.domain.history import histories
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import SupplierId
from bot.reports.milestones import Filed, Milestones, holder_of, milestones_of
from bot.reports.month import Month

NEAR = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Escalation:
    """A case as it stood when the month ended. `clocks` are those with a verdict or on their way to one."""

    case: SupplierCase
    milestones: Milestones
    clocks: tuple[Clock, ...]
    holder: Party | None

    @property
    def breached(self) -> tuple[Clock, ...]:
        return tuple(each for each in self.clocks if each.is_breached)

    @property
    def near(self) -> tuple[Clock, ...]:
        """So much of the time is used that somebody should call, and it is not too late."""
        return tuple(
            each
            for each in self.clocks
            if each.is_open and not each.is_breached and any(w.crossed and w.fraction >= NEAR for w in each.warnings)
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """One supplier: cases, not clocks."""

    supplier: SupplierId
    cases: int
    open: int
    near: int
    breached: int
    awaiting_us: int


def escalations(
    filed: Iterable[Filed],
    contracts: Contracts,
    month: Month,
    zone: tzinfo,
    now: int,
    known_at: int | None = None,
) -> tuple[Escalation, ...]:
    """Cases that were open at some instant of the month, by supplier and number."""
    bounds = month.bounds(zone)
    until = min(bounds.until, now)
    ordered = sorted(filed, key=lambda each: (each.case.supplier, each.case.number))
    return tuple(
        found
        for each in ordered
        for found in _escalations(each, contracts, until, known_at)
        if found.milestones.over_at is None or found.milestones.over_at > bounds.since
    )


def standings(found: Iterable[Escalation]) -> tuple[Standing, ...]:
    by_supplier: dict[SupplierId, list[Escalation]] = {}
    for each in found:
        by_supplier.setdefault(each.case.supplier, []).append(each)
    return tuple(
        Standing(
            supplier,
            cases=len(group),
            open=sum(each.holder is not None for each in group),
            near=sum(bool(each.near) for each in group),
            breached=sum(bool(each.breached) for each in group),
            awaiting_us=sum(each.holder is Party.IT for each in group),
        )
        for supplier, group in by_supplier.items()
    )


def _escalations(filed: Filed, contracts: Contracts, until: int, known_at: int | None) -> Iterator[Escalation]:
    """One, or none if nothing of it was known or had happened by then."""
    for history in histories(filed.events, until, known_at):
        if history.facts:
            clocks = evaluate(filed.events, contracts, until, known_at)
            counting = tuple(each for each in clocks if each.counts)
            yield Escalation(filed.case, milestones_of(history), counting, holder_of(history))
