"""A supplier case with its events, and when each thing in it happened, as corrected."""

from dataclasses import dataclass

from bot.domain.events import Acknowledged, Event, Party, ResolvedClaimed, SeveritySet
from bot.domain.history import Fact, History
from bot.domain.intervals import FOREVER
from bot.domain.pauses import pauses_of
from bot.domain.supplier_case import THEIR_OWN_PAUSE, SupplierCase


@dataclass(frozen=True, slots=True)
class Filed:
    """A case as it is on file. What it says of time is folded from the events, never read from the case."""

    case: SupplierCase
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Milestones:
    """UTC seconds; None for what has not happened. `resolved_at` is the last claim that has not been rejected."""

    handed_over_at: int | None
    received_at: int | None
    acknowledged_at: int | None
    work_started_at: int | None
    workaround_at: int | None
    resolved_at: int | None
    over_at: int | None
    severity: str


def milestones_of(history: History) -> Milestones:
    severities = [said.severity for _, said in history.of(SeveritySet)]
    claim = _standing_claim(history)
    return Milestones(
        handed_over_at=_at(history.first("handed_over")),
        received_at=_at(history.first("supplier_received")),
        acknowledged_at=_at(_by_a_person(history)),
        work_started_at=_at(history.first("work_started")),
        workaround_at=_at(history.first("workaround")),
        resolved_at=_at(claim),
        over_at=_at(history.first("closed", "cancelled", "duplicate_of")),
        severity=severities[-1] if severities else "",
    )


def holder_of(history: History) -> Party | None:
    """Who had the next move. None when it was over."""
    if history.first("closed", "cancelled", "duplicate_of"):
        return None
    awaited = (each for each in pauses_of(history)[0] if each.end >= FOREVER and each.reason != THEIR_OWN_PAUSE)
    waits_for_us = _standing_claim(history) or next(awaited, None) or not history.first("handed_over")
    return Party.IT if waits_for_us else Party.SUPPLIER


def _standing_claim(history: History) -> Fact | None:
    claims = history.all("resolved_claimed", "resolution_rejected", "reopened")
    return claims[-1] if claims and isinstance(claims[-1].what, ResolvedClaimed) else None


def _by_a_person(history: History) -> Fact | None:
    answers = history.of(Acknowledged)
    return next((fact for fact, said in answers if fact.role == Party.SUPPLIER and said.mode == "human"), None)


def _at(fact: Fact | None) -> int | None:
    return fact.at if fact else None
