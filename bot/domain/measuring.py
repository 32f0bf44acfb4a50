"""A leg measured: sums, due, verdict, warnings, and when to look again. Interval arithmetic only, no sentences."""

from itertools import pairwise
from typing import NamedTuple

from bot.domain.case import Case
from bot.domain.clock import Clock, Status, Warned, warnings_of
from bot.domain.contracts import TargetKind
from bot.domain.history import Fact
from bot.domain.legs import Leg, verdict
from bot.domain.pauses import AWAITING_ACCEPTANCE, Pause
from bot.domain.service_hours import elapsed, local, opened, paused


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
    if len(found) == 1:
        return [_clock(case, _read(case, found[0], span, is_last=True), span, counts=True)]
    readings = [_read(case, leg, span, is_last=leg is found[-1]) for leg in found]
    counting = verdict(found, [reading.breach_at is not None for reading in readings]) if found else None
    return [_clock(case, reading, span, counts=reading.leg is counting) for reading in readings]


class _Reading(NamedTuple):
    leg: Leg
    stopped_at: int | None
    stop_event: str | None
    end: int
    due: int | None
    due_if_resumed: int | None
    breach_at: int | None
    status: Status


def _read(case: Case, leg: Leg, span: Span, *, is_last: bool) -> _Reading:
    missed = is_last and span.missed_at is not None
    stopped_at, stop_event = None, None
    if missed:
        stopped_at = span.missed_at
    elif leg.until is not None:
        stopped_at, stop_event = leg.until.at, leg.until.event
    elif span.ended is not None:
        stopped_at, stop_event = max(span.ended.at, leg.plan.start), span.ended.id
    end = case.now if stopped_at is None else stopped_at
    due = leg.plan.due(stopped_at)
    breach_at = max(due, leg.created_at) if due is not None and (missed or end > due) else None
    status = _status(case, leg, span, stopped_at, late=breach_at is not None)
    resumed = due if due is not None else leg.plan.due(end)
    return _Reading(leg, stopped_at, stop_event, end, due, resumed, breach_at, status)


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


def _clock(case: Case, reading: _Reading, span: Span, *, counts: bool) -> Clock:
    leg, end, due, breach_at = reading.leg, reading.end, reading.due, reading.breach_at
    plan, calendar, start = leg.plan, leg.plan.calendar, leg.plan.start
    running = reading.stopped_at is None
    ended = opened(calendar, end)
    open_s = ended - opened(calendar, start)
    paused_s = paused(calendar, start, end, plan.pauses) if plan.pauses else 0
    late_from = end if due is None or breach_at is None else max(due, start)
    overrun_s = elapsed(calendar, late_from, end, plan.pauses)
    remaining_s = None if due is None else opened(calendar, due) - ended if breach_at is None else -overrun_s
    accept_by = _accept_by(case, leg, reading) if leg.target.kind is TargetKind.RESOLUTION else None
    warned = warnings_of(plan, leg.target, end) if running else None
    return Clock(
        case_id=case.history.case_id,
        target_id=leg.target.id,
        kind=leg.target.kind,
        party=leg.target.party,
        round=span.round,
        leg=leg.number,
        cycle=span.cycle,
        contract_id=case.contract.id,
        contract_version=case.contract.version,
        calendar_id=calendar.id,
        severity=leg.target.severity,
        status=reading.status,
        now=case.now,
        provisional=accept_by is not None and accept_by > case.now,
        paused_now=running and bool(_open_pauses(leg, end)),
        started_at=start,
        stopped_at=reading.stopped_at,
        start_event=span.begun.id,
        stop_event=reading.stop_event,
        budget=leg.target.budget,
        budget_open_s=plan.need_s,
        elapsed_open_s=open_s - paused_s,
        paused_open_s=paused_s,
        closed_s=end - start - open_s,
        wall_s=end - start,
        remaining_open_s=remaining_s,
        due_at=due,
        due_if_resumed_now=reading.due_if_resumed,
        due_capped_by=None if leg.earlier is None else leg.capped_by(end),
        breach_at=breach_at,
        overrun_open_s=overrun_s,
        overrun_wall_s=end - late_from,
        warned=warned,
        anomalies=case.anomalies + _anomalies(leg, span, reading),
        config_errors=() if reading.due_if_resumed is not None else ("no_open_time",),
        counts=counts and reading.status is not Status.SUPERSEDED and reading.status is not Status.CANCELLED,
        month=_month(case, reading),
        next_check_at=_next_check_at(case, reading, warned, accept_by),
        target=leg.target,
        plan=plan,
        calendar=calendar,
        answered=span.answered or leg.until is not None,
        pauses=leg.pauses,
        case_pauses=case.pauses,
    )


def _anomalies(leg: Leg, span: Span, reading: _Reading) -> tuple[str, ...]:
    stop = span.ended if leg.until is None and span.missed_at is None else None
    found: tuple[str, ...] = ()
    if stop is not None and stop.at < leg.plan.start:
        found += ("ack_before_start" if leg.target.kind is TargetKind.REACTION else "stop_before_start",)
    if not leg.pauses:
        return found
    if stop is not None and any(pause.start < stop.at < pause.end for pause in leg.pauses):
        found += ("stop_while_paused",)
    own = [pause for pause in leg.pauses if pause.reason != AWAITING_ACCEPTANCE]
    if any(before.end > after.start and before.start < reading.end for before, after in pairwise(own)):
        found += ("overlapping_pauses",)
    return found


def _month(case: Case, reading: _Reading) -> str | None:
    """The local month of the stop if met, of the breach if breached."""
    at = reading.stopped_at if reading.status is Status.MET else reading.breach_at
    if at is None:
        return None
    day, _ = local(at, case.contract.reporting_tzinfo)
    return f"{day.year:04}-{day.month:02}"


def _accept_by(case: Case, leg: Leg, reading: _Reading) -> int | None:
    """When a claimed resolution is deemed accepted; None once somebody has judged it, or if nothing was claimed."""
    claim = next((fact for fact in case.history.all("resolved_claimed") if fact.id == reading.stop_event), None)
    if claim is None or case.cancelled is not None:
        return None
    judged = (case.history.all("resolution_accepted"), case.history.all("closed"), case.reopenings)
    if any(facts and facts[-1] > claim for facts in judged):
        return None
    return case.deadline(case.contract.policies.accept_within, claim.at, leg.plan.calendar)


def _next_check_at(
    case: Case, reading: _Reading, warned: tuple[Warned, ...] | None, accept_by: int | None
) -> int | None:
    """The earliest later instant at which time alone changes something. `warned` is None for a clock that is over."""
    if warned is None:
        return accept_by if accept_by is not None and accept_by > case.now else None
    # An open pause leaves no due and no crossing to wait for, only its reminder.
    ahead = [accept_by, *(each.at for each in warned), None if reading.due is None else reading.due + 1]
    ahead += [_remind_at(case, reading.leg, pause) for pause in _open_pauses(reading.leg, case.now)]
    return min((at for at in ahead if at is not None and at > case.now), default=None)


def _remind_at(case: Case, leg: Leg, pause: Pause) -> int | None:
    reason = case.contract.pause_reasons.get(pause.reason)
    if reason is None or reason.remind_after is None:
        return None
    return case.deadline(reason.remind_after, pause.start, leg.plan.calendar)
