"""A leg measured: sums, due, verdict, warnings, and when to look again. Interval arithmetic only, no sentences."""

from itertools import pairwise
from typing import NamedTuple

from bot.domain.case import Case
from bot.domain.clock import Clock, Status, Warned, warnings_of
from bot.domain.contracts import TargetKind
from bot.domain.history import Fact
from bot.domain.legs import Leg, verdict
from bot.domain.pauses import AWAITING_ACCEPTANCE, Pause
from bot.domain.service_hours import elapsed, month_at, opened, paused


class Span(NamedTuple):
    """What a round or a status cycle began with, and what ended it, if anything did.

    `answered` is False if that was not what had been promised. `missed_at` ends a cycle whose due passed in silence.
    """

    round: int
    begun: Fact
    cycle: int = 0
    ended: Fact | None = None
    answered: bool = True
    missed_at: int | None = None


def measure(case: Case, found: list[Leg], span: Span) -> list[Clock]:
    """A clock for each leg at the case's `now`. One has the verdict; the others are shown beside it."""
    clocks = [_clock(case, leg, span, missed=leg is found[-1] and span.missed_at is not None) for leg in found]
    if len(clocks) > 1:
        counting = verdict(found, [clock.is_breached for clock in clocks])
        return [
            clock._replace(counts=clock.counts and leg is counting) for clock, leg in zip(clocks, found, strict=True)
        ]
    return clocks


def _status(case: Case, leg: Leg, span: Span, stopped_at: int | None, *, late: bool) -> Status:
    if case.cancelled is not None:
        return Status.CANCELLED
    if stopped_at is None:
        if late:
            return Status.BREACHED_RUNNING
        return Status.PAUSED if _open_pauses(leg, case.now) else Status.RUNNING
    if late:
        return Status.BREACHED_STOPPED
    return Status.MET if leg.until is None and span.answered else Status.SUPERSEDED


def _open_pauses(leg: Leg, at: int) -> list[Pause]:
    return [pause for pause in leg.pauses if pause.start <= at < pause.end]


def _clock(case: Case, leg: Leg, span: Span, *, missed: bool) -> Clock:
    """As if its leg were the only one. `missed`: it ends where a status was due and nobody sent one."""
    target, plan, case_now = leg.target, leg.plan, case.now
    calendar, start = plan.calendar, plan.start
    stopped_at, stop_event = None, None
    if missed:
        stopped_at = span.missed_at
    elif leg.until is not None:
        stopped_at, stop_event = leg.until.at, leg.until.event
    elif span.ended is not None:
        stopped_at, stop_event = max(span.ended.at, start), span.ended.id
    running = stopped_at is None
    end = case_now if stopped_at is None else stopped_at

    due = plan.due(stopped_at)
    resumed = plan.due(end) if due is None else due
    breach_at = max(due, leg.created_at) if due is not None and (missed or end > due) else None
    status = _status(case, leg, span, stopped_at, late=breach_at is not None)

    ended = opened(calendar, end)
    open_s = ended - opened(calendar, start)
    paused_s = paused(calendar, start, end, plan.pauses) if plan.pauses else 0
    late_from = end if due is None or breach_at is None else max(due, start)
    overrun_s = 0 if breach_at is None else elapsed(calendar, late_from, end, plan.pauses)
    remaining_s = None if due is None else opened(calendar, due) - ended if breach_at is None else -overrun_s
    accept_by = _accept_by(case, leg, stop_event) if target.kind is TargetKind.RESOLUTION else None
    warned = warnings_of(plan, target, end) if running else None
    return Clock(
        case_id=case.history.case_id,
        target_id=target.id,
        kind=target.kind,
        party=target.party,
        round=span.round,
        leg=leg.number,
        cycle=span.cycle,
        contract_id=case.contract.id,
        contract_version=case.contract.version,
        calendar_id=calendar.id,
        severity=target.severity,
        status=status,
        now=case_now,
        provisional=accept_by is not None and accept_by > case_now,
        paused_now=running and bool(_open_pauses(leg, end)),
        started_at=start,
        stopped_at=stopped_at,
        start_event=span.begun.id,
        stop_event=stop_event,
        budget=target.budget,
        budget_open_s=plan.need_s,
        elapsed_open_s=open_s - paused_s,
        paused_open_s=paused_s,
        closed_s=end - start - open_s,
        wall_s=end - start,
        remaining_open_s=remaining_s,
        due_at=due,
        due_if_resumed_now=resumed,
        due_capped_by=None if leg.earlier is None else leg.capped_by(end),
        breach_at=breach_at,
        overrun_open_s=overrun_s,
        overrun_wall_s=end - late_from,
        warned=warned,
        anomalies=case.anomalies + _anomalies(leg, span, end),
        config_errors=("no_open_time",) if resumed is None else (),
        counts=status is not Status.SUPERSEDED and status is not Status.CANCELLED,
        month=_month(case, stopped_at if status is Status.MET else breach_at),
        next_check_at=_next_check_at(case, leg, due, warned, accept_by),
        target=target,
        plan=plan,
        calendar=calendar,
        answered=span.answered or leg.until is not None,
        pauses=leg.pauses,
        case_pauses=case.pauses,
    )


def _anomalies(leg: Leg, span: Span, end: int) -> tuple[str, ...]:
    stop = span.ended if leg.until is None and span.missed_at is None else None
    found: tuple[str, ...] = ()
    if stop is not None and stop.at < leg.plan.start:
        found += ("ack_before_start" if leg.target.kind is TargetKind.REACTION else "stop_before_start",)
    if stop is not None:
        for pause in leg.pauses:
            if pause.start < stop.at < pause.end:
                found += ("stop_while_paused",)
                break
    if len(leg.pauses) > 1:
        own = [pause for pause in leg.pauses if pause.reason != AWAITING_ACCEPTANCE]
        if any(before.end > after.start and before.start < end for before, after in pairwise(own)):
            found += ("overlapping_pauses",)
    return found


def _month(case: Case, at: int | None) -> str | None:
    """The local month of the stop if met, of the breach if breached."""
    if at is None:
        return None
    year, month = month_at(at, case.contract.reporting_tzinfo)
    return f"{year:04}-{month:02}"


def _accept_by(case: Case, leg: Leg, stop_event: str | None) -> int | None:
    """When a claimed resolution is deemed accepted; None once somebody has judged it, or if nothing was claimed."""
    claim = next((fact for fact in case.history.all("resolved_claimed") if fact.id == stop_event), None)
    if claim is None or case.cancelled is not None:
        return None
    judged = (case.history.all("resolution_accepted"), case.history.all("closed"), case.reopenings)
    if any(facts and facts[-1] > claim for facts in judged):
        return None
    return case.deadline(case.contract.policies.accept_within, claim.at, leg.plan.calendar)


def _next_check_at(
    case: Case, leg: Leg, due: int | None, warned: tuple[Warned, ...] | None, accept_by: int | None
) -> int | None:
    """The earliest later instant at which time alone changes something. `warned` is None for a clock that is over."""
    if warned is None:
        return accept_by if accept_by is not None and accept_by > case.now else None
    # An open pause leaves no due and no crossing to wait for, only its reminder.
    ahead = [accept_by, *(each.at for each in warned), None if due is None else due + 1]
    ahead += [_remind_at(case, leg, pause) for pause in _open_pauses(leg, case.now)]
    return min((at for at in ahead if at is not None and at > case.now), default=None)


def _remind_at(case: Case, leg: Leg, pause: Pause) -> int | None:
    reason = case.contract.pause_reasons.get(pause.reason)
    if reason is None or reason.remind_after is None:
        return None
    return case.deadline(reason.remind_after, pause.start, leg.plan.calendar)
