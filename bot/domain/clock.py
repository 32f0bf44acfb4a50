"""A clock as it stands: one promised time of one case, with everything that proves it. Instants are UTC seconds."""

from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from bot.domain.contracts import Budget, Target, TargetKind, TargetParty
from bot.domain.pauses import Pause
from bot.domain.plans import Plan
from bot.domain.segments import Segment, segments
from bot.domain.service_hours import Calendar


class Status(StrEnum):
    __hash__ = str.__hash__

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED_RUNNING = "breached_running"
    BREACHED_STOPPED = "breached_stopped"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"


OPEN = frozenset({Status.RUNNING, Status.PAUSED, Status.BREACHED_RUNNING})


class Warned(NamedTuple):
    """A share of the budget, and when it is used; `at` is None while a pause keeps it away."""

    fraction: Fraction
    at: int | None
    crossed: bool


class Clock(NamedTuple):
    """`stopped_at` also ends a leg that was replaced; `stop_event` says by what. `cycle` is 0 unless the kind is status.

    The first three sums add up to `wall_s`. `calendar`, `pauses` and `now` are kept so that `segments` can be asked for.
    """

    case_id: str
    target_id: str
    kind: TargetKind
    party: TargetParty
    round: int
    leg: int
    cycle: int
    contract_id: str
    contract_version: int
    calendar_id: str
    severity: str
    status: Status
    now: int
    provisional: bool = False
    paused_now: bool = False
    started_at: int | None = None
    stopped_at: int | None = None
    start_event: str | None = None
    stop_event: str | None = None
    budget: Budget | None = None
    budget_open_s: int | None = None
    elapsed_open_s: int = 0
    paused_open_s: int = 0
    closed_s: int = 0
    wall_s: int = 0
    remaining_open_s: int | None = None
    due_at: int | None = None
    due_if_resumed_now: int | None = None
    due_capped_by: int | None = None
    breach_at: int | None = None
    overrun_open_s: int = 0
    overrun_wall_s: int = 0
    warned: tuple[Warned, ...] | None = None  # None: computed when asked for, which few ask of a clock that is over
    anomalies: tuple[str, ...] = ()
    config_errors: tuple[str, ...] = ()
    counts: bool = False
    month: str | None = None
    next_check_at: int | None = None
    target: Target | None = None
    plan: Plan | None = None
    calendar: Calendar | None = None
    answered: bool = True  # False if it ended with the case closed or sent on, and not with what was promised
    pauses: tuple[Pause, ...] = ()  # those that stop it
    case_pauses: tuple[Pause, ...] = ()  # those, and what else the case recorded

    @property
    def key(self) -> tuple[str, str, int, int, int]:
        return self.case_id, self.target_id, self.round, self.leg, self.cycle

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The trace: what each second was, computed when asked for."""
        if self.started_at is None or self.calendar is None:
            return ()
        return segments(self.calendar, self.started_at, self.ends_at, self.due_at, self.pauses, self.severity)

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """When each share of the budget that is warned of is used, and whether it was."""
        if self.warned is not None:
            return self.warned
        return () if self.plan is None or self.target is None else warnings_of(self.plan, self.target, self.ends_at)

    @property
    def other_pauses(self) -> tuple[Pause, ...]:
        """Recorded and shown, without effect on this target."""
        return tuple([pause for pause in self.case_pauses if pause not in self.pauses])

    @property
    def pause_ids(self) -> tuple[str, ...]:
        return tuple(pause.id for pause in self.pauses)

    @property
    def ends_at(self) -> int:
        """Where its trace ends: its stop, else now."""
        return self.now if self.stopped_at is None else self.stopped_at

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_breached(self) -> bool:
        return self.breach_at is not None


def warnings_of(plan: Plan, target: Target, end: int) -> tuple[Warned, ...]:
    crossings = zip(target.warnings, plan.crossings(target.warnings), strict=True)
    return tuple([Warned(fraction, at, at is not None and at <= end) for fraction, at in crossings])
