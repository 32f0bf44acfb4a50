"""One leg's promise on the line of time: when it is due, given the pauses, and when each warning falls.

A plan is made when the leg begins and never changes; only pauses move what it answers.
"""

from datetime import tzinfo
from fractions import Fraction
from typing import NamedTuple

from bot.domain.business_days import HalfDay, add_business_days, add_months
from bot.domain.contracts import Budget, BusinessDays, OpenTime
from bot.domain.intervals import FOREVER, Intervals
from bot.domain.service_hours import ALWAYS, Calendar, add_open, elapsed, next_open, paused


class Plan(NamedTuple):
    """`need_s` is the budget in open seconds; None where the calendar has no open time.

    `goal` is the due without pauses, for budgets in days and months. `cap` is the earlier leg's plan that this one may
    not outlast. `fixed` is a due already passed when the leg was made. `whole_s` is the budget before a share of it was
    taken as used, `used_s` what earlier legs used of it.
    """

    calendar: Calendar
    start: int
    need_s: int | None
    pauses: Intervals = ()
    goal: int | None = None
    cap: "Plan | None" = None
    fixed: int | None = None
    whole_s: int | None = None
    used_s: int = 0

    def due(self, resumed_at: int | None = None) -> int | None:
        """None while a pause that began before the due is open; with `resumed_at`, as if it ended then."""
        own = self._own_due(self._pauses(resumed_at) if self.pauses else ())
        return own if self.cap is None else _earliest(own, self.cap.due(resumed_at))

    def is_capped(self, resumed_at: int | None = None) -> bool:
        """Whether the earlier leg's due decides."""
        if self.cap is None:
            return False
        cap, own = self.cap.due(resumed_at), self._own_due(self._pauses(resumed_at) if self.pauses else ())
        return cap is not None and (own is None or cap < own)

    def crossings(self, fractions: tuple[Fraction, ...]) -> list[int | None]:
        """For each, the earliest instant at which so much of the budget is used; None if an open pause keeps it away."""
        if self.fixed is not None or self.need_s is None:
            return [self.fixed for _ in fractions]
        needs = [-(-self.need_s * each.numerator // each.denominator) for each in fractions]
        own = [add_open(self.calendar, self.start, need, self.pauses) for need in needs]
        if self.cap is None:
            return own
        return [_earliest(*both) for both in zip(own, self.cap.crossings(fractions), strict=True)]

    def used(self, until: int) -> int:
        """Open seconds used up to the instant, pauses excluded."""
        return elapsed(self.calendar, self.start, until, self.pauses)

    def _own_due(self, pauses: Intervals) -> int | None:
        if self.fixed is not None or self.need_s is None:
            return self.fixed
        if self.goal is None:
            return add_open(self.calendar, self.start, self.need_s, pauses)
        return _shifted(self.calendar, self.start, self.goal, pauses)

    def _pauses(self, resumed_at: int | None) -> Intervals:
        if resumed_at is None or self.pauses[-1][1] <= resumed_at:
            return self.pauses
        return tuple((start, min(end, resumed_at)) for start, end in self.pauses if start < resumed_at)


def plan_for(
    budget: Budget, calendar: Calendar, start: int, pauses: Intervals, zone: tzinfo, half_day: HalfDay = "clamp"
) -> Plan:
    """The plan of a budget from its start. Calendar time never closes, and its months are counted in `zone`."""
    if isinstance(budget, OpenTime):
        return Plan(calendar, start, budget.seconds, pauses, whole_s=budget.seconds)
    if isinstance(budget, BusinessDays):
        return _towards(add_business_days(calendar, start, budget.days, budget.mode, half_day), calendar, start, pauses)
    if budget.months:
        return _towards(add_months(start, budget.months, zone), ALWAYS, start, pauses)
    return Plan(ALWAYS, start, budget.seconds, pauses, whole_s=budget.seconds)


def _towards(goal: int | None, calendar: Calendar, start: int, pauses: Intervals) -> Plan:
    need = None if goal is None else elapsed(calendar, start, goal)
    return Plan(calendar, start, need, pauses, goal, whole_s=need)


def capped_by(plan: Plan, earlier: Plan) -> Plan:
    """Whatever the new budget allows, not later than the earlier leg would have been due (`min_due`)."""
    return plan._replace(cap=earlier)


def less_used(plan: Plan, earlier: Plan) -> Plan:
    """The new budget less what the earlier legs used (`carry_elapsed`)."""
    if plan.whole_s is None:
        return plan
    used = earlier.used_s + earlier.used(plan.start)
    if used < plan.whole_s:
        return plan._replace(need_s=plan.whole_s - used, goal=None, used_s=used)
    # All of it was used before the change: due when the earlier leg had used as much.
    spent = plan.whole_s - earlier.used_s
    due = earlier.start if spent <= 0 else add_open(earlier.calendar, earlier.start, spent, earlier.pauses)
    return plan._replace(need_s=0, goal=None, fixed=due, used_s=used)


def same_share(plan: Plan, earlier: Plan) -> Plan:
    """As large a share of the new budget as was left of the earlier one (`carry_fraction`)."""
    if plan.whole_s is None or earlier.need_s is None or not earlier.whole_s:
        return plan
    left = earlier.need_s - earlier.used(plan.start)
    if left <= 0:
        return plan._replace(need_s=0, goal=None, fixed=earlier.due())
    return plan._replace(need_s=-(-left * plan.whole_s // earlier.whole_s), goal=None)


def _shifted(calendar: Calendar, start: int, goal: int, pauses: Intervals) -> int | None:
    """The goal, moved on by the open time paused before it."""
    if not pauses:
        return goal
    stood = paused(calendar, start, goal, pauses)
    due: int | None = add_open(calendar, goal, stood, pauses) if stood else goal
    for pause_start, pause_end in pauses:
        # Nothing falls due inside a pause that began before, not even at an opening nobody used.
        if due is not None and pause_start < due < pause_end:
            due = None if pause_end >= FOREVER else next_open(calendar, pause_end)
    return due


def _earliest(*instants: int | None) -> int | None:
    return min((each for each in instants if each is not None), default=None)
