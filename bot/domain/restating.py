"""A supplier case as its events tell it, corrections and all: the state beside them is read from them anew."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.events import (
    Acknowledged,
    Cancelled,
    Closed,
    Event,
    PauseEnded,
    PauseStarted,
    ResolutionRejected,
    ResolvedClaimed,
    SeveritySet,
    StatusMessage,
    SupplierReceived,
    Workaround,
    WorkStarted,
)
from bot.domain.history import Fact, histories
from bot.domain.intervals import FOREVER, moment
from bot.domain.supplier_case import CaseState, Paused, SupplierCase


@dataclass(slots=True)
class _State:
    """What the card shows, as far as the facts have been read."""

    state: CaseState = CaseState.RUNNING
    severity: str = ""
    paused: Paused | None = None
    received: datetime | None = None
    acknowledged: datetime | None = None
    work_started: datetime | None = None
    workaround: datetime | None = None
    resolved: datetime | None = None

    def read(self, fact: Fact) -> None:
        at = moment(fact.at)
        match fact.what:
            case SupplierReceived() | StatusMessage():
                self.received = self.received or at
            case Acknowledged("human"):
                self.received, self.acknowledged = self.received or at, self.acknowledged or at
            case WorkStarted():
                self.received, self.work_started = self.received or at, self.work_started or at
            case Workaround():
                self.received, self.workaround = self.received or at, self.workaround or at
            case SeveritySet(severity):
                self.severity = severity
            case PauseStarted(pause_id, reason):
                self.state, self.paused = CaseState.PAUSED, Paused(reason, at, pause_id)
            case PauseEnded(pause_id) if self.paused and self.paused.pause_id == pause_id:
                self.state, self.paused = CaseState.RUNNING, None
            case ResolvedClaimed():
                self.state, self.resolved, self.received = CaseState.RESOLVED, at, self.received or at
            case ResolutionRejected():
                self.state, self.resolved = CaseState.RUNNING, None
            case Closed():
                self.state, self.paused = CaseState.CLOSED, None
            case Cancelled():
                self.state, self.paused = CaseState.CANCELLED, None
            case _:
                pass


def restated(case: SupplierCase, events: Iterable[Event]) -> SupplierCase:
    """`events`: all of the case's, also what just happened."""
    said = _State(severity=case.severity)
    for history in histories(events, FOREVER):
        for fact in history.facts:
            said.read(fact)
    return replace(
        case,
        state=said.state,
        severity=said.severity,
        paused=said.paused,
        received_at=said.received,
        acknowledged_at=said.acknowledged,
        work_started_at=said.work_started,
        workaround_at=said.workaround,
        resolved_at=said.resolved,
        confirm_by=case.confirm_by if said.received is None else None,
    )
