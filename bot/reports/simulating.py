"""A month's recorded cases replayed under another contract: which would have met, which missed, and by how much."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.clock import Clock, Status
from bot.domain.clocks import evaluate
from bot.domain.contracts import Contract, Contracts, TargetKind
from bot.domain.events import ContractAssigned, Event
from bot.domain.supplier_case import SupplierCase
from bot.reports.milestones import Filed
from bot.reports.month import Month


@dataclass(frozen=True, slots=True)
class Replayed:
    """One promise of one case both ways: as it was agreed, and under the contract that is tried. None: not promised there."""

    case: SupplierCase
    kind: TargetKind
    agreed: Clock | None
    tried: Clock | None


@dataclass(frozen=True, slots=True)
class Total:
    """Verdicts of one kind: met and missed as agreed, met and missed as tried."""

    kind: TargetKind
    agreed_met: int
    agreed_missed: int
    tried_met: int
    tried_missed: int


def simulate(
    filed: Iterable[Filed], contracts: Contracts, tried: Contract, month: Month, now: int, known_at: int | None = None
) -> tuple[Replayed, ...]:
    """Each promise that has its verdict in the month either way. Whether the contract was valid then is not asked."""
    ordered = sorted(filed, key=lambda each: (each.case.supplier, each.case.number))
    alone = Contracts((replace(tried, valid_from=date.min.replace(year=2), valid_to=None),))
    return tuple(row for each in ordered for row in _replay(each, contracts, alone, month, now, known_at))


def totals(rows: Iterable[Replayed]) -> tuple[Total, ...]:
    by_kind: dict[TargetKind, list[Replayed]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    return tuple(
        Total(
            kind,
            sum(is_met(row.agreed) for row in group),
            sum(is_missed(row.agreed) for row in group),
            sum(is_met(row.tried) for row in group),
            sum(is_missed(row.tried) for row in group),
        )
        for kind, group in by_kind.items()
    )


def is_met(clock: Clock | None) -> bool:
    return clock is not None and clock.status is Status.MET


def is_missed(clock: Clock | None) -> bool:
    return clock is not None and clock.is_breached


def _replay(
    filed: Filed, contracts: Contracts, alone: Contracts, month: Month, now: int, known_at: int | None
) -> Iterator[Replayed]:
    agreed = _counting(filed.events, contracts, now, known_at)
    tried = _counting([_under(each, alone.versions[0]) for each in filed.events], alone, now, known_at)
    for key in sorted({**agreed, **tried}, key=lambda each: (list(TargetKind).index(each[0]), *each[1:])):
        both = agreed.get(key), tried.get(key)
        if any(each is not None and each.month == str(month) for each in both):
            yield Replayed(filed.case, key[0], *both)


def _counting(
    events: Iterable[Event], contracts: Contracts, now: int, known_at: int | None
) -> dict[tuple[TargetKind, int, int], Clock]:
    clocks = evaluate(events, contracts, now, known_at)
    return {(each.kind, each.round, each.cycle): each for each in clocks if each.counts}


def _under(event: Event, contract: Contract) -> Event:
    if isinstance(event.what, ContractAssigned):
        return replace(event, what=ContractAssigned(contract.id, contract.version))
    return event
