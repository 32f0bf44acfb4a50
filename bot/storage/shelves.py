"""Where the forgetting store keeps things, and the journal with which a failed transaction leaves no trace."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.desk.ports import Text
from bot.domain.attachments import Attachment
from bot.domain.audit import Trace
from bot.domain.commands import Delivery, Place
from bot.domain.events import Event
from bot.domain.measures import Measured
from bot.domain.notices import Tell
from bot.domain.people import Absence, PersonId
from bot.domain.questions import Question
from bot.domain.refusals import Refused
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the outbox. `over_at` is when it was sent, replaced or buried."""

    id: int
    tell: Tell
    queued_at: datetime
    state: str = "waiting"
    attempts: int = 0
    not_before: datetime | None = None
    over_at: datetime | None = None
    why: str = ""

    def is_due(self, now: datetime) -> bool:
        return self.not_before is None or self.not_before <= now

    @property
    def due_at(self) -> datetime:
        return self.not_before or self.queued_at


@dataclass(frozen=True, slots=True)
class Received:
    """One row of the inbox. A done one keeps its key, and what it was refused with; it has no delivery."""

    at: datetime
    delivery: Delivery | None
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """A file, and its place in the delivery that it came with."""

    delivery: str
    nth: int
    attachment: Attachment
    content: bytes


@dataclass(slots=True)
class Shelves:
    questions: dict[str, Question] = field(default_factory=dict)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    cases: dict[int, SupplierCase] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)  # case_id → the id of its title in texts
    over: dict[int, datetime] = field(default_factory=dict)  # supplier case → when it was over
    events: dict[str, Event] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    attachments: dict[str, Filed] = field(default_factory=dict)
    absences: dict[PersonId, Absence] = field(default_factory=dict)
    told: dict[str, datetime] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    measured: dict[str, tuple[Measured, ...]] = field(default_factory=dict)  # by case_id
    settled: dict[str, int] = field(default_factory=dict)  # case_id → the version that was measured
    asked: dict[str, int] = field(default_factory=dict)  # local day → questions
    audit: dict[int, Trace] = field(default_factory=dict)  # in the order they were kept
    inbox: dict[tuple[str, str], Received] = field(default_factory=dict)
    outbox: dict[int, Row] = field(default_factory=dict)
    leases: dict[Place, tuple[str, datetime]] = field(default_factory=dict)
    messages: dict[tuple[Place, str], str] = field(default_factory=dict)  # (place, key) → the other side's id


class Journal:
    """Every change goes through here, so that it can be taken back in reverse."""

    def __init__(self, *, writes: bool = True) -> None:
        self._writes = writes
        self._undo: list[Callable[[], object]] = []

    def put(self, shelf: dict[K, V], key: K, value: V) -> None:
        self._must_write()
        if key in shelf:
            old = shelf[key]
            self._undo.append(lambda: shelf.__setitem__(key, old))
        else:
            self._undo.append(lambda: shelf.pop(key))
        shelf[key] = value

    def drop(self, shelf: dict[K, V], key: K) -> None:
        self._must_write()
        if key in shelf:
            old = shelf.pop(key)
            self._undo.append(lambda: shelf.__setitem__(key, old))

    def count(self, shelf: dict[str, int], name: str) -> int:
        """The next of 1, 2, 3 …"""
        self.put(shelf, name, shelf.get(name, 0) + 1)
        return shelf[name]

    def take_back(self) -> None:
        for undo in reversed(self._undo):
            undo()

    def _must_write(self) -> None:
        if not self._writes:
            raise RuntimeError("this ledger is for reading only")
