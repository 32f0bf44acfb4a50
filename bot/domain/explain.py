"""The minute ledger: a clock as rows that add up, for laying beside the supplier's own report. Numbers only, no sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.clock import Clock
from bot.domain.clocks import evaluate
from bot.domain.contracts import Contracts
from bot.domain.events import Event, PauseDisputed
from bot.domain.segments import Segment


@dataclass(frozen=True, slots=True)
class Row:
    """One segment in its column. `counted_s` is the sum of what counted so far; `reaches_due` marks the row that ends there."""

    segment: Segment
    counts_s: int
    paused_s: int
    closed_s: int
    counted_s: int
    reaches_due: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The rows, made from segments only, and their sum."""

    clock: Clock
    rows: tuple[Row, ...]
    counts_s: int
    paused_s: int
    closed_s: int

    @property
    def wall_s(self) -> int:
        return self.counts_s + self.paused_s + self.closed_s


@dataclass(frozen=True, slots=True)
class Dispute:
    """A clock whose verdict or due hangs on a disputed pause, both ways. `between_s` is the time between the two dues."""

    stands: Clock
    falls: Clock
    between_s: int | None


def explain(clock: Clock) -> Explanation:
    rows: list[Row] = []
    counted = 0
    for segment in clock.segments:
        counts, paused, closed = (
            segment.seconds if segment.kind == kind else 0 for kind in ("counting", "paused", "closed")
        )
        counted += counts
        rows.append(Row(segment, counts, paused, closed, counted, segment.end == clock.due_at))
    return Explanation(
        clock,
        tuple(rows),
        sum(row.counts_s for row in rows),
        sum(row.paused_s for row in rows),
        sum(row.closed_s for row in rows),
    )


def disputes(events: Iterable[Event], contracts: Contracts, now: int, known_at: int | None = None) -> list[Dispute]:
    """Every clock that would say something else if the disputed pauses fell."""
    held = list(events)
    if not any(isinstance(each.what, PauseDisputed) for each in held):
        return []
    stands = evaluate(held, contracts, now, known_at, "stands")
    falls = {clock.key: clock for clock in evaluate(held, contracts, now, known_at, "falls")}
    pairs = ((clock, falls[clock.key]) for clock in stands if clock.key in falls)
    return [
        Dispute(one, other, _between(one, other))
        for one, other in pairs
        if (one.status, one.due_at) != (other.status, other.due_at)
    ]


def _between(stands: Clock, falls: Clock) -> int | None:
    if stands.due_at is None or falls.due_at is None:
        return None
    return stands.due_at - falls.due_at
