"""A clock as JSON: every field, instants as local ISO 8601 with offset, spans in seconds, and the whole trace."""

from dataclasses import fields
from datetime import tzinfo
from enum import Enum
from fractions import Fraction
from typing import Any

from bot.domain.clock import Clock
from bot.domain.explain import Dispute
from bot.domain.intervals import FOREVER, moment
from bot.domain.segments import Segment

_LEFT_OUT = {"calendar", "target", "plan", "pauses", "case_pauses", "warned", "budget"}  # shown in their own way below
_INSTANTS = {"now", "started_at", "stopped_at", "due_at", "due_if_resumed_now", "breach_at", "next_check_at"}


def clock_as_json(clock: Clock, zone: tzinfo, dispute: Dispute | None = None) -> dict[str, Any]:
    def at(instant: int | None) -> str | None:
        return None if instant is None else moment(instant).astimezone(zone).isoformat()

    plain = {name: value for name, value in clock._asdict().items() if name not in _LEFT_OUT}
    return {
        **{name: at(value) if name in _INSTANTS else _scalar(value) for name, value in plain.items()},
        "budget": _budget(clock),
        "warnings": [
            {"fraction": _scalar(each.fraction), "at": at(each.at), "crossed": each.crossed} for each in clock.warnings
        ],
        "pause_ids": list(clock.pause_ids),
        "pauses": [
            {
                "id": each.id,
                "reason": each.reason,
                "by": each.role,
                "from": at(each.start),
                "to": None if each.end >= FOREVER else at(each.end),
                "stands": each.stands,
                "stops_this_target": stops,
            }
            for pauses, stops in ((clock.pauses, True), (clock.other_pauses, False))
            for each in pauses
        ],
        "if_disputed_pauses_fall": None
        if dispute is None
        else {
            "status": dispute.falls.status.value,
            "due_at": at(dispute.falls.due_at),
            "between_s": dispute.between_s,
        },
        "segments": [_segment(each, zone) for each in clock.segments],
    }


def _budget(clock: Clock) -> dict[str, Any] | None:
    if clock.budget is None:
        return None
    values = {each.name: getattr(clock.budget, each.name) for each in fields(clock.budget)}
    return {"kind": type(clock.budget).__name__, **values}


def _segment(segment: Segment, zone: tzinfo) -> dict[str, Any]:
    plain = {each.name: getattr(segment, each.name) for each in fields(segment)}
    instants = {name: moment(plain.pop(name)).astimezone(zone).isoformat() for name in ("start", "end")}
    return {"from": instants["start"], "to": instants["end"], **{name: _scalar(value) for name, value in plain.items()}}


def _scalar(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case Fraction():
            return float(value)
        case tuple() | frozenset():
            return [_scalar(each) for each in value]
        case _:
            return value
