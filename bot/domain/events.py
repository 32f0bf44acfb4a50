"""One envelope for everything that happens to a case: what, when it happened, when we learned it, who, and the evidence.

Append-only and bitemporal: never updated, never deleted, without free text (a payload refers to a row of `texts`).
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Literal, get_args

LATEST_FUTURE = timedelta(minutes=5)  # machines' clocks differ; more than this is a mistake
Mode = Literal["human", "auto"]


class Party(StrEnum):
    """Who did it, and who holds a case."""

    EMPLOYEE = "employee"
    SUPERUSER = "superuser"
    IT = "it"
    SUPPLIER = "supplier"
    SYSTEM = "system"


class Source(StrEnum):
    BOT = "bot"
    MAIL = "mail"
    PHONE = "phone"
    SUPPLIER_PORTAL = "supplier_portal"
    IMPORT = "import"


class EventRefused(ValueError):
    """The envelope cannot be right; says which field and why."""


# What happened: past tense, scalars only. `rank` orders events of the same second.


@dataclass(frozen=True, slots=True)
class Opened:
    type: ClassVar[str] = "opened"
    rank: ClassVar[int] = 1
    question: str = ""  # id of the Asked it came from


@dataclass(frozen=True, slots=True)
class ContractAssigned:
    type: ClassVar[str] = "contract_assigned"
    rank: ClassVar[int] = 2
    contract: str
    version: int


@dataclass(frozen=True, slots=True)
class Triaged:
    type: ClassVar[str] = "triaged"
    rank: ClassVar[int] = 3
    security: bool = False


@dataclass(frozen=True, slots=True)
class SeveritySet:
    type: ClassVar[str] = "severity_set"
    rank: ClassVar[int] = 4
    severity: str
    agreed_by: str = ""


@dataclass(frozen=True, slots=True)
class Routed:
    """Offered to a group. `why` is a code: offered, nobody_present, unclaimed, released, inactive, left, escalated, unknown_system."""

    type: ClassVar[str] = "routed"
    rank: ClassVar[int] = 5
    to_role: str
    group: str = ""
    why: str = "offered"


@dataclass(frozen=True, slots=True)
class HandedOver:
    type: ClassVar[str] = "handed_over"
    rank: ClassVar[int] = 6
    report_complete: bool = True
    channel: str = "mail"


@dataclass(frozen=True, slots=True)
class SupplierReceived:
    type: ClassVar[str] = "supplier_received"
    rank: ClassVar[int] = 7


@dataclass(frozen=True, slots=True)
class InfoRequested:
    type: ClassVar[str] = "info_requested"
    rank: ClassVar[int] = 8


@dataclass(frozen=True, slots=True)
class InfoProvided:
    type: ClassVar[str] = "info_provided"
    rank: ClassVar[int] = 8
    report_complete: bool = False


@dataclass(frozen=True, slots=True)
class PauseEnded:
    type: ClassVar[str] = "pause_ended"
    rank: ClassVar[int] = 9
    pause_id: str


@dataclass(frozen=True, slots=True)
class PauseStarted:
    type: ClassVar[str] = "pause_started"
    rank: ClassVar[int] = 10
    pause_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class PauseDisputed:
    type: ClassVar[str] = "pause_disputed"
    rank: ClassVar[int] = 10
    pause_id: str


@dataclass(frozen=True, slots=True)
class PauseSettled:
    type: ClassVar[str] = "pause_settled"
    rank: ClassVar[int] = 10
    pause_id: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A person took it on: a claim on our side, a human reply on the supplier's."""

    type: ClassVar[str] = "acknowledged"
    rank: ClassVar[int] = 11
    mode: Mode = "human"


@dataclass(frozen=True, slots=True)
class WorkStarted:
    type: ClassVar[str] = "work_started"
    rank: ClassVar[int] = 12


@dataclass(frozen=True, slots=True)
class StatusMessage:
    type: ClassVar[str] = "status_message"
    rank: ClassVar[int] = 13
    mode: Mode = "human"


@dataclass(frozen=True, slots=True)
class Workaround:
    type: ClassVar[str] = "workaround"
    rank: ClassVar[int] = 14


@dataclass(frozen=True, slots=True)
class ResolvedClaimed:
    type: ClassVar[str] = "resolved_claimed"
    rank: ClassVar[int] = 15
    text: str = ""  # id of the solution in `texts`


@dataclass(frozen=True, slots=True)
class ResolutionAccepted:
    type: ClassVar[str] = "resolution_accepted"
    rank: ClassVar[int] = 16


@dataclass(frozen=True, slots=True)
class ResolutionRejected:
    type: ClassVar[str] = "resolution_rejected"
    rank: ClassVar[int] = 16


@dataclass(frozen=True, slots=True)
class Closed:
    """`why`: confirmed, lapsed or accepted."""

    type: ClassVar[str] = "closed"
    rank: ClassVar[int] = 17
    why: str = "confirmed"


@dataclass(frozen=True, slots=True)
class Reopened:
    type: ClassVar[str] = "reopened"
    rank: ClassVar[int] = 18


@dataclass(frozen=True, slots=True)
class Cancelled:
    type: ClassVar[str] = "cancelled"
    rank: ClassVar[int] = 19


@dataclass(frozen=True, slots=True)
class DuplicateOf:
    type: ClassVar[str] = "duplicate_of"
    rank: ClassVar[int] = 19
    case_id: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """Overrides fields of the event named by `corrects`: its instant, its payload (as JSON pairs), or both."""

    type: ClassVar[str] = "corrected"
    rank: ClassVar[int] = 20
    reason: str
    occurred_at: datetime | None = None
    payload: tuple[tuple[str, str | int | bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Voided:
    type: ClassVar[str] = "voided"
    rank: ClassVar[int] = 20
    reason: str


# Not in any contract, and therefore no clock's business.


@dataclass(frozen=True, slots=True)
class Commented:
    """`audience`: `employee` (both sides see it) or `internal`."""

    type: ClassVar[str] = "commented"
    rank: ClassVar[int] = 21
    text: str
    audience: str = "employee"


@dataclass(frozen=True, slots=True)
class Nudged:
    type: ClassVar[str] = "nudged"
    rank: ClassVar[int] = 21


@dataclass(frozen=True, slots=True)
class JoinedCase:
    """The ticket is one of those that the supplier case serves; it hands it over, or comes to a case that is there."""

    type: ClassVar[str] = "joined_case"
    rank: ClassVar[int] = 21
    case: str


@dataclass(frozen=True, slots=True)
class LeftCase:
    type: ClassVar[str] = "left_case"
    rank: ClassVar[int] = 21
    case: str


@dataclass(frozen=True, slots=True)
class Asked:
    """`outcome`: answer, suggestions or none; `article` is what was shown first."""

    type: ClassVar[str] = "asked"
    rank: ClassVar[int] = 21
    outcome: str
    article: str = ""
    confidence_pm: int = 0  # per mille


@dataclass(frozen=True, slots=True)
class Helped:
    type: ClassVar[str] = "helped"
    rank: ClassVar[int] = 21
    article: str


@dataclass(frozen=True, slots=True)
class NotHelped:
    type: ClassVar[str] = "not_helped"
    rank: ClassVar[int] = 21


Happened = (
    Opened
    | ContractAssigned
    | Triaged
    | SeveritySet
    | Routed
    | HandedOver
    | SupplierReceived
    | InfoRequested
    | InfoProvided
    | PauseEnded
    | PauseStarted
    | PauseDisputed
    | PauseSettled
    | Acknowledged
    | WorkStarted
    | StatusMessage
    | Workaround
    | ResolvedClaimed
    | ResolutionAccepted
    | ResolutionRejected
    | Closed
    | Reopened
    | Cancelled
    | DuplicateOf
    | Corrected
    | Voided
    | Commented
    | Nudged
    | JoinedCase
    | LeftCase
    | Asked
    | Helped
    | NotHelped
)
HAPPENED: dict[str, type[Happened]] = {kind.type: kind for kind in get_args(Happened)}


@dataclass(frozen=True, slots=True)
class Event:
    """`event_id` is the idempotency key. Instants are aware; fractions of a second are cut off here, at intake."""

    event_id: str
    case_id: str  # "#1042", "S-12" or "Q-…" for a question
    what: Happened
    occurred_at: datetime
    recorded_at: datetime
    by: str = ""  # pseudonymous id
    role: Party = Party.SYSTEM
    source: Source = Source.BOT
    evidence: str | None = None
    corrects: str | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be right; everything else is judged by the fold."""
        for name in ("occurred_at", "recorded_at"):
            at: datetime = getattr(self, name)
            if at.tzinfo is None:
                raise EventRefused(f"{name}: needs an offset or Z, got {at.isoformat()}")
            if at.microsecond:
                object.__setattr__(self, name, at.replace(microsecond=0))
        if self.occurred_at > self.recorded_at + LATEST_FUTURE:
            raise EventRefused(f"occurred_at: {self.occurred_at.isoformat()} has not happened yet")
        if isinstance(self.what, Corrected | Voided):
            if not self.corrects:
                raise EventRefused(f"corrects: a {self.what.type} event names the event it is about")
            if not self.what.reason:
                raise EventRefused("reason: a correction needs a reason code")
            moved = getattr(self.what, "occurred_at", None)
            if moved is not None and moved.tzinfo is None:
                raise EventRefused(f"occurred_at: needs an offset or Z, got {moved.isoformat()}")

    @property
    def type(self) -> str:
        return self.what.type


def number_of(event: Event) -> int:
    """Its place among the events of its ticket or supplier case, from 1; 0 for one that came from elsewhere."""
    tail = event.event_id.rpartition("/")[2]
    return int(tail) if tail.isascii() and tail.isdigit() else 0


def note_to(event: Event) -> str:
    """The id of the text in which somebody said more about it."""
    return f"{event.event_id}/note"


def payload_of(what: Happened) -> dict[str, Any]:
    """What happened as JSON-ready scalars; the inverse of `happened_from`."""
    pairs = {each.name: getattr(what, each.name) for each in fields(what)}
    if isinstance(what, Corrected):
        pairs["occurred_at"] = what.occurred_at.isoformat() if what.occurred_at else None
        pairs["payload"] = dict(what.payload)
    return pairs


def happened_from(kind: str, payload: dict[str, Any]) -> Happened:
    """Raises EventRefused for an unknown type or a field it does not have."""
    if kind not in HAPPENED:
        raise EventRefused(f"type: {kind!r} is not known")
    values = dict(payload)
    if kind == Corrected.type:
        at = values.get("occurred_at")
        values["occurred_at"] = datetime.fromisoformat(at) if at else None
        values["payload"] = tuple(sorted((values.get("payload") or {}).items()))
    try:
        return HAPPENED[kind](**values)
    except TypeError as wrong:
        raise EventRefused(f"payload of {kind}: {wrong}") from None
