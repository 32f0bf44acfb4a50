"""Severity changes: each ends a leg of the clock and begins the next, so that no trace already written is rewritten."""

from itertools import zip_longest
from typing import NamedTuple

from bot.domain.case import Case, Change
from bot.domain.contracts import Target, Track
from bot.domain.intervals import Intervals
from bot.domain.pauses import Pause, covered
from bot.domain.plans import Plan, capped_by, less_used, plan_for, same_share


class Leg(NamedTuple):
    """One severity, one budget, one calendar. `until` is the change that ends it; `forgives` an earlier leg's breach."""

    number: int
    target: Target
    plan: Plan
    created_at: int
    until: Change | None
    pauses: tuple[Pause, ...]
    earlier: "Leg | None" = None
    forgives: bool = False

    @property
    def had_breached(self) -> bool:
        """Whether it was overdue when the next leg began."""
        if self.until is None:
            return False
        due = self.plan.due(resumed_at=self.until.at)
        return due is not None and due < self.until.at

    def capped_by(self, resumed_at: int | None) -> int | None:
        """The number of the earlier leg whose due decides."""
        if self.earlier is None or not self.plan.is_capped(resumed_at):
            return None
        return self.earlier.capped_by(resumed_at) or self.earlier.number


def legs(
    case: Case, track: Track, begin: int, place: int, halt: int | None, claims: tuple[Pause, ...] = ()
) -> list[Leg]:
    """The legs of a clock that begins at an instant with the severity in that place, up to `halt`."""
    before = case.severities[place]
    later = case.severities[place + 1 :]
    changes = [before, *(change for change in later if halt is None or change.at < halt)]
    found: list[Leg] = []
    earlier: Leg | None = None
    for change, until in zip_longest(changes, changes[1:]):
        target = track.targets.get(change.severity)
        if target is None:
            earlier = None
        else:
            pauses, stood = case.pauses_of(target)
            if claims:
                pauses = (*pauses, *claims)
                stood = covered(pauses)
            starts = begin if change is before else change.at
            lowered = change is not before and case.contract.rank(change.severity) > case.contract.rank(before.severity)
            plan = _plan(case, target, stood, begin, starts, earlier, lowered=lowered)
            forgives = lowered and case.contract.policies.severity_lower == "recompute"
            earlier = Leg(len(found) + 1, target, plan, starts, until, pauses, earlier, forgives)
            found.append(earlier)
        before = change
    return found


def verdict(found: list[Leg], breached: list[bool]) -> Leg:
    """The one leg that counts: the first breached one, else the last."""
    if len(found) == 1:
        return found[0]
    since = max((place for place, leg in enumerate(found) if leg.forgives), default=0)
    return next((leg for leg, late in list(zip(found, breached, strict=True))[since:] if late), found[-1])


def _plan(
    case: Case,
    target: Target,
    pauses: Intervals,
    begin: int,
    changed: int,
    earlier: Leg | None,
    *,
    lowered: bool,
) -> Plan:
    policies = case.contract.policies
    start = begin if lowered or policies.severity_raise == "retroactive" else changed
    plan = plan_for(
        target.budget,
        case.calendar(target.calendar),
        start,
        pauses,
        case.contract.reporting_tzinfo,
        policies.bd_half_day,
    )
    if lowered or earlier is None:
        return plan
    if policies.severity_raise == "carry_elapsed":
        return less_used(plan, earlier.plan)
    if policies.severity_raise == "carry_fraction":
        return same_share(plan, earlier.plan)
    if policies.severity_raise == "retroactive" or earlier.had_breached:
        return plan
    return capped_by(plan, earlier.plan)
