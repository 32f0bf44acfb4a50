"""A supplier case and its verbs: hand over, log what the supplier did when it happened, accept or reject, correct."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from bot.domain.commands import Milestone
from bot.domain.events import (
    Acknowledged,
    Cancelled,
    Closed,
    ContractAssigned,
    Corrected,
    Event,
    HandedOver,
    Happened,
    Opened,
    Party,
    PauseDisputed,
    PauseEnded,
    PauseSettled,
    PauseStarted,
    ResolutionAccepted,
    ResolutionRejected,
    ResolvedClaimed,
    SeveritySet,
    Source,
    StatusMessage,
    SupplierReceived,
    Voided,
    Workaround,
    WorkStarted,
    number_of,
)
from bot.domain.people import PersonId, SystemId
from bot.domain.refusals import Incomplete, NotNow
from bot.domain.systems import SupplierId

BEGINNING = (Opened, ContractAssigned, SeveritySet, HandedOver)  # what every case begins with, at one instant
THEIR_OWN_PAUSE = "agreed_window"  # the one pause in which nobody waits for us


class CaseState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    RESOLVED = "resolved"  # claimed by the supplier, awaits our test
    CLOSED = "closed"
    CANCELLED = "cancelled"


CASE_OVER = frozenset({CaseState.CLOSED, CaseState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Paused:
    reason: str
    since: datetime
    pause_id: str


@dataclass(frozen=True, slots=True)
class SupplierCase:
    """An escalation to a supplier, shown as S-12; one may serve many tickets. `report` is the id of its text."""

    number: int
    supplier: SupplierId
    system: SystemId
    contract: str
    contract_version: int
    severity: str
    title: str
    report: str
    tickets: tuple[int, ...]
    opened_at: datetime
    by: PersonId
    home: str = "web"
    state: CaseState = CaseState.RUNNING
    received_at: datetime | None = None
    acknowledged_at: datetime | None = None
    work_started_at: datetime | None = None
    workaround_at: datetime | None = None
    resolved_at: datetime | None = None
    paused: Paused | None = None
    confirm_by: datetime | None = None  # when "not confirmed received" becomes an alarm; None once told or received
    count: int = 0
    version: int = 0
    next_check_at: datetime | None = None
    due_at: datetime | None = None  # its first breach or else its next due, and from when that is near: kept for lists
    near_at: datetime | None = None
    happened: tuple[Event, ...] = ()

    def handed_over(self, at: datetime, channel: str, agreed_by: str = "") -> Self:
        """Everything that starts the supplier's clocks, at one instant."""
        return self._after(
            at,
            at,
            self.by,
            Party.IT,
            Source.BOT,
            Opened(),
            ContractAssigned(self.contract, self.contract_version),
            SeveritySet(self.severity, agreed_by),
            HandedOver(report_complete=True, channel=channel),
        )

    def log(
        self, milestone: Milestone, at: datetime, learned: datetime, by: PersonId, *, detail: str = "", source: Source
    ) -> Self:
        """What the supplier (or we) did, `at` when it happened. Raises NotNow when it does not fit the state."""
        if self.state in CASE_OVER or not self._fits(milestone):
            raise NotNow(self.case_id, milestone.value)
        if at < self._earliest(milestone):
            raise Incomplete((("at", "before_that"),))
        role = Party.IT if milestone in _OURS else Party.SUPPLIER
        what, changes = self._what(milestone, at, detail)
        return self._after(at, learned, by, role, source, what, **changes)

    def may_amend(self, event: Event) -> bool:
        """Not what began the case, which the supplier has read in our mail, nor a correction or a quarrel itself."""
        is_one = isinstance(event.what, Corrected | Voided | PauseDisputed | PauseSettled)
        return event.case_id == self.case_id and not is_one and number_of(event) > len(BEGINNING)

    def amend(self, event: Event, what: Corrected | Voided, by: PersonId, at: datetime) -> Self:
        """Something was logged wrongly: the event stays, and another says what is right. A case that is over stays over."""
        ends = isinstance(event.what, Closed | Cancelled | ResolutionAccepted)
        if not self.may_amend(event) or (ends and isinstance(what, Voided)):
            raise NotNow(self.case_id, what.type)
        return self._after(at, at, by, Party.IT, Source.BOT, what, corrects=event.event_id)

    def dispute(self, pause: str, by: PersonId, at: datetime) -> Self:
        """We do not agree that the clock stood still. Both readings are shown until it is settled."""
        return self._after(at, at, by, Party.IT, Source.BOT, PauseDisputed(pause))

    def settle(self, pause: str, by: PersonId, at: datetime, *, stands: bool) -> Self:
        return self._after(at, at, by, Party.IT, Source.BOT, PauseSettled(pause, stands))

    def join(self, ticket: int) -> Self:
        return self if ticket in self.tickets else replace(self, tickets=(*self.tickets, ticket))

    def alarmed(self) -> Self:
        return replace(self, confirm_by=None)

    @property
    def case_id(self) -> str:
        return f"S-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state not in CASE_OVER

    @property
    def awaits_us(self) -> bool:
        """Their pause, or their fix awaiting our test: then our promise to the employees runs, not theirs."""
        if self.state is CaseState.PAUSED:
            return bool(self.paused and self.paused.reason != THEIR_OWN_PAUSE)
        return self.state is CaseState.RESOLVED

    @property
    def is_held(self) -> bool:
        return self.is_open and self.awaits_us

    @property
    def holder(self) -> Party | None:
        if not self.is_open:
            return None
        return Party.IT if self.awaits_us else Party.SUPPLIER

    def _earliest(self, milestone: Milestone) -> datetime:
        """Nothing ends before it began, or a clock would stand still for good."""
        match milestone:
            case Milestone.RESUME | Milestone.RESOLVED | Milestone.CANCEL if self.paused:
                return self.paused.since
            case Milestone.ACCEPT | Milestone.REJECT if self.resolved_at:
                return self.resolved_at
            case _:
                return self.opened_at

    def _fits(self, milestone: Milestone) -> bool:
        match milestone:
            case Milestone.PAUSE:
                return self.state is CaseState.RUNNING
            case Milestone.RESUME:
                return self.paused is not None
            case Milestone.ACCEPT | Milestone.REJECT:
                return self.state is CaseState.RESOLVED
            case Milestone.RESOLVED:
                return self.state in {CaseState.RUNNING, CaseState.PAUSED}
            case _:
                return self.state is not CaseState.RESOLVED or milestone in {Milestone.STATUS, Milestone.CANCEL}

    def _what(self, milestone: Milestone, at: datetime, detail: str) -> tuple[Happened, dict[str, Any]]:
        received = {"received_at": self.received_at or at, "confirm_by": None}
        match milestone:
            case Milestone.RECEIVED:
                return SupplierReceived(), received
            case Milestone.ACKNOWLEDGED:
                return Acknowledged("human"), received | {"acknowledged_at": self.acknowledged_at or at}
            case Milestone.WORK_STARTED:
                return WorkStarted(), received | {"work_started_at": self.work_started_at or at}
            case Milestone.WORKAROUND:
                return Workaround(), received | {"workaround_at": self.workaround_at or at}
            case Milestone.STATUS:
                return StatusMessage("human"), received
            case Milestone.RESOLVED:
                return ResolvedClaimed(), received | {"state": CaseState.RESOLVED, "resolved_at": at}
            case Milestone.PAUSE:
                pause = Paused(detail, at, f"{self.case_id}/p{self.count + 1}")
                return PauseStarted(pause.pause_id, detail), {"state": CaseState.PAUSED, "paused": pause}
            case Milestone.RESUME:
                pause_id = self.paused.pause_id if self.paused else ""
                return PauseEnded(pause_id), {"state": CaseState.RUNNING, "paused": None}
            case Milestone.SEVERITY:
                return SeveritySet(detail), {"severity": detail}
            case Milestone.ACCEPT:
                return ResolutionAccepted(), {"state": CaseState.CLOSED}
            case Milestone.REJECT:
                return ResolutionRejected(), {"state": CaseState.RUNNING, "resolved_at": None}
            case Milestone.CALLED:
                return HandedOver(report_complete=True, channel="phone"), {}
            case Milestone.CANCEL:
                return Cancelled(), {"state": CaseState.CANCELLED, "paused": None}

    def _after(
        self,
        at: datetime,
        learned: datetime,
        by: PersonId,
        role: Party,
        source: Source,
        *what: Happened,
        corrects: str | None = None,
        **changes: Any,
    ) -> Self:
        open_pause = self.paused if isinstance(what[-1], ResolvedClaimed | Cancelled) else None
        if open_pause:  # a fix ends the pause that waited for us
            what = (PauseEnded(open_pause.pause_id), *what)
            changes |= {"paused": None}
        if isinstance(what[-1], ResolutionAccepted):
            what = (*what, Closed("accepted"))
        events = tuple(
            Event(
                f"{self.case_id}/{self.count + nth}",
                self.case_id,
                each,
                at,
                learned,
                by,
                role,
                source,
                corrects=corrects,
            )
            for nth, each in enumerate(what, start=1)
        )
        return replace(self, happened=self.happened + events, count=self.count + len(events), **changes)


_OURS = frozenset(
    {Milestone.ACCEPT, Milestone.REJECT, Milestone.SEVERITY, Milestone.CANCEL, Milestone.CALLED, Milestone.RESUME}
)
