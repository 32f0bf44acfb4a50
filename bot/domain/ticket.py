"""A ticket and its verbs. Each verb returns the next ticket and what happened; nothing is ever changed in place."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from bot.domain.events import (
    Acknowledged,
    Cancelled,
    Closed,
    Commented,
    Event,
    Happened,
    JoinedCase,
    LeftCase,
    Nudged,
    Opened,
    Party,
    PauseEnded,
    PauseStarted,
    Reopened,
    ResolvedClaimed,
    Routed,
)
from bot.domain.people import NOBODY, GroupId, Person, PersonId, SiteId, SystemId, Tier
from bot.domain.permissions import MAY, Standing, standing
from bot.domain.refusals import AlreadyClaimed, AlreadyOver, NoSuchCase, NotNow, NotYours, Refused, YourOwn


class State(StrEnum):
    OFFERED = "offered"
    CLAIMED = "claimed"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class HoldReason(StrEnum):
    AWAITING_EMPLOYEE = "awaiting_employee"
    AWAITING_SUPPLIER = "awaiting_supplier"


OVER = frozenset({State.CLOSED, State.CANCELLED})


@dataclass(frozen=True, slots=True)
class Route:
    """Where a ticket goes next: to which group at which tier, and the code of why."""

    tier: Tier
    group: GroupId
    why: str = "offered"


@dataclass(frozen=True, slots=True)
class Held:
    reason: HoldReason
    since: datetime
    pause_id: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """A question in our care, shown as #1042. `routed_at` begins the wait for a claim, `touched_at` the wait for news."""

    number: int
    requester: PersonId
    site: SiteId
    system: SystemId | None
    question: str
    title: str
    tier: Tier
    group: GroupId
    opened_at: datetime
    routed_at: datetime
    touched_at: datetime
    home: str = "web"  # the messenger in which it was asked
    state: State = State.OFFERED
    why: str = "offered"
    assignee: PersonId | None = None
    claimed_at: datetime | None = None
    held: Held | None = None
    nudged_at: datetime | None = None
    resolved_at: datetime | None = None
    solution: str = ""
    supplier_case: int | None = None
    count: int = 0  # events so far; makes their ids
    version: int = 0
    next_check_at: datetime | None = None
    due_at: datetime | None = (
        None  # what presses, and from when it is near: kept for lists, worked out again when it is shown
    )
    near_at: datetime | None = None
    happened: tuple[Event, ...] = ()

    # An employee

    @classmethod
    def open(
        cls,
        number: int,
        by: Person,
        route: Route,
        system: SystemId | None,
        question: str,
        title: str,
        at: datetime,
        home: str,
    ) -> Self:
        """Asked for a person, and offered to the first group in the same breath."""
        new = cls(
            number,
            by.id,
            by.site,
            system,
            question,
            title,
            route.tier,
            route.group,
            at,
            at,
            at,
            home=home,
            why=route.why,
        )
        return new._after(at, by.id, Party.EMPLOYEE, Opened(question))._after(
            at, NOBODY, Party.SYSTEM, Routed(route.tier, route.group, route.why)
        )

    def confirm(self, by: Person, at: datetime) -> Self:
        """It works: resolved becomes closed."""
        self._check(by, "confirm")
        if self.state is not State.RESOLVED:
            raise NotNow(self.case_id, "confirm")
        return self._after(at, by.id, Party.EMPLOYEE, Closed("confirmed"), state=State.CLOSED)

    def reopen(self, by: Person, at: datetime) -> Self:
        """It does not work after all. Whoever had it has it again."""
        self._check(by, "reopen")
        if self.state is not State.RESOLVED:
            raise NotNow(self.case_id, "reopen")
        back = State.CLAIMED if self.assignee else State.OFFERED
        return self._after(
            at,
            by.id,
            Party.EMPLOYEE,
            Reopened(),
            state=back,
            resolved_at=None,
            solution="",
            touched_at=at,
            nudged_at=None,
        )

    def cancel(self, by: Person, at: datetime) -> Self:
        self._check(by, "cancel")
        return self._after(at, by.id, Party.EMPLOYEE, *self._unheld(), Cancelled(), state=State.CANCELLED, held=None)

    # Whoever helps

    def claim(self, by: Person, at: datetime) -> Self:
        """Take the ticket. The first claim wins."""
        self._may_see(by)
        if self.state in OVER or self.state is State.RESOLVED:
            raise AlreadyOver(self.number, self.state.value)
        if self.assignee == by.id:
            return self
        if self.assignee:
            raise AlreadyClaimed(self.number, self.assignee, self.claimed_at)
        if not self.may(by, "claim"):
            raise self._not_theirs(by)
        return self._after(
            at, by.id, self._role(by), Acknowledged(), state=State.CLAIMED, assignee=by.id, claimed_at=at, touched_at=at
        )

    def release(self, by: Person, at: datetime) -> Self:
        """Give it back to the same group."""
        self._check(by, "release")
        if self.held and self.held.reason is HoldReason.AWAITING_SUPPLIER:
            raise NotNow(self.case_id, "release")
        return self.offer(Route(self.tier, self.group, "released"), at, by=by.id, role=self._role(by))

    def escalate(self, by: Person, route: Route, at: datetime) -> Self:
        self._check(by, "escalate")
        if self.tier is route.tier:
            raise NotNow(self.case_id, "escalate")
        return self.offer(route, at, by=by.id, role=self._role(by))

    def offer(self, route: Route, at: datetime, *, by: PersonId = NOBODY, role: Party = Party.SYSTEM) -> Self:
        """To a group, by a person or by time. Nobody has it until somebody claims it."""
        return self._after(
            at,
            by,
            role,
            *self._unheld(),
            Routed(route.tier, route.group, route.why),
            tier=route.tier,
            group=route.group,
            why=route.why,
            state=State.OFFERED,
            assignee=None,
            claimed_at=None,
            held=None,
            nudged_at=None,
            routed_at=at,
            touched_at=at,
        )

    def hold(self, by: Person, at: datetime) -> Self:
        """Waiting for the employee: our promise stands still."""
        self._check(by, "hold")
        if self.held:
            raise NotNow(self.case_id, "hold")
        return self._held_for(HoldReason.AWAITING_EMPLOYEE, at, by.id, self._role(by))

    def resume(self, by: Person, at: datetime) -> Self:
        self._check(by, "resume")
        if not self.held or self.held.reason is not HoldReason.AWAITING_EMPLOYEE:
            raise NotNow(self.case_id, "resume")
        return self._after(at, by.id, self._role(by), *self._unheld(), held=None, touched_at=at)

    def resolve(self, by: Person, at: datetime, solution: str) -> Self:
        """`solution` is the id of its text. The employee confirms, reopens, or lets time confirm."""
        self._check(by, "resolve")
        return self._after(
            at,
            by.id,
            self._role(by),
            *self._unheld(),
            ResolvedClaimed(solution),
            state=State.RESOLVED,
            held=None,
            resolved_at=at,
            solution=solution,
        )

    # Both sides

    def comment(self, by: Person, at: datetime, text: str, audience: str) -> Self:
        """The employee's words end a hold that waited for them; words to the employee are the news that was promised."""
        if not MAY["comment"] & self.standing(by):
            raise NoSuchCase(self.case_id)
        if self.state in OVER:
            raise AlreadyOver(self.number, self.state.value)
        role = Party.EMPLOYEE if by.id == self.requester else self._role(by)
        answered = bool(self.held and self.held.reason is HoldReason.AWAITING_EMPLOYEE and by.id == self.requester)
        ends = self._unheld() if answered else ()
        changes: dict[str, Any] = {"held": None} if answered else {}
        if answered or (audience == "employee" and by.id != self.requester):
            changes |= {"touched_at": at, "nudged_at": None}
        return self._after(at, by.id, role, *ends, Commented(text, audience), **changes)

    # A supplier case

    def hand_over(self, by: Person, at: datetime, case: int) -> Self:
        """Our promise pauses in the transaction in which the supplier's clock starts."""
        self._check(by, "hand_over")
        if self.tier is not Tier.IT or self.supplier_case:
            raise NotNow(self.case_id, "hand_over")
        freed = self._after(at, by.id, Party.IT, *self._unheld(), JoinedCase(f"S-{case}"), held=None)
        return freed._held_for(HoldReason.AWAITING_SUPPLIER, at, by.id, Party.IT, supplier_case=case)

    def supplier_waits_for_us(self, by: PersonId, at: datetime, learned: datetime) -> Self:
        """The supplier's clock paused, or its fix awaits our test: the ticket is ours again, from when that happened."""
        if not self.held or self.held.reason is not HoldReason.AWAITING_SUPPLIER:
            return self
        since = max(at, self.held.since)
        return self._after(
            since, by, Party.IT, *self._unheld(), learned=learned, held=None, touched_at=learned, nudged_at=None
        )

    def we_wait_for_supplier(self, by: PersonId, at: datetime, learned: datetime) -> Self:
        """Theirs again. A ticket that meanwhile awaits its employee, or was resolved, stays as it is."""
        if self.state not in {State.OFFERED, State.CLAIMED} or self.held:
            return self
        since = max(at, self.touched_at)  # never before it was ours
        return self._held_for(HoldReason.AWAITING_SUPPLIER, since, by, Party.IT, learned=learned)

    def leave_supplier_case(self, by: PersonId, at: datetime, learned: datetime) -> Self:
        ours = self.supplier_waits_for_us(by, at, learned)
        left = LeftCase(f"S-{self.supplier_case}")
        return ours._after(max(at, self.opened_at), by, Party.IT, left, learned=learned, supplier_case=None)

    # Time

    def nudge(self, at: datetime) -> Self:
        return self._after(at, NOBODY, Party.SYSTEM, Nudged(), nudged_at=at)

    def lapse(self, at: datetime) -> Self:
        """Nobody said that it did not work."""
        return self._after(at, NOBODY, Party.SYSTEM, Closed("lapsed"), state=State.CLOSED)

    # To look at

    @property
    def case_id(self) -> str:
        return f"#{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state not in OVER

    @property
    def is_held(self) -> bool:
        return self.held is not None

    @property
    def holder(self) -> Party | None:
        """Who has the next move. Exactly one party at every instant of an open ticket, nobody afterwards."""
        if self.state in OVER:
            return None
        if self.state is State.RESOLVED:
            return Party.EMPLOYEE
        if self.held:
            return Party.EMPLOYEE if self.held.reason is HoldReason.AWAITING_EMPLOYEE else Party.SUPPLIER
        return Party(self.tier.value)

    def standing(self, person: Person) -> frozenset[Standing]:
        return standing(
            person,
            requester=self.requester,
            assignee=self.assignee,
            tier=self.tier,
            tiers=person.serves(self.system, self.site),
        )

    def may(self, person: Person, verb: str) -> bool:
        return bool(MAY[verb] & self.standing(person))

    # Inside

    def _may_see(self, by: Person) -> None:
        if not self.may(by, "see"):
            raise NoSuchCase(self.case_id)

    def _check(self, by: Person, verb: str) -> None:
        """May this person do that, and is it still possible? In that order, so that a stranger learns nothing."""
        self._may_see(by)
        if self.state in OVER or (self.state is State.RESOLVED and verb not in {"confirm", "reopen", "cancel"}):
            raise AlreadyOver(self.number, self.state.value)
        if not self.may(by, verb):
            if verb in {"release", "hold", "resolve", "hand_over"} and self.assignee:
                raise AlreadyClaimed(self.number, self.assignee, self.claimed_at)
            raise self._not_theirs(by)

    def _not_theirs(self, by: Person) -> Refused:
        return YourOwn(self.number) if by.id == self.requester else NotYours(self.number, self.tier)

    def _role(self, by: Person) -> Party:
        return (
            Party.IT
            if self.tier is not Tier.SUPERUSER or Tier.SUPERUSER not in by.serves(self.system, self.site)
            else Party.SUPERUSER
        )

    def _unheld(self) -> tuple[Happened, ...]:
        return (PauseEnded(self.held.pause_id),) if self.held else ()

    def _held_for(self, reason: HoldReason, at: datetime, by: PersonId, role: Party, **changes: Any) -> Self:
        pause = f"{self.case_id}/p{self.count + 1}"
        return self._after(
            at, by, role, PauseStarted(pause, reason.value), held=Held(reason, at, pause), nudged_at=None, **changes
        )

    def _after(
        self, at: datetime, by: PersonId, role: Party, *what: Happened, learned: datetime | None = None, **changes: Any
    ) -> Self:
        events = tuple(
            Event(f"{self.case_id}/{self.count + nth}", self.case_id, each, at, learned or at, by, role)
            for nth, each in enumerate(what, start=1)
        )
        return replace(self, happened=self.happened + events, count=self.count + len(events), **changes)
