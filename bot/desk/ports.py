"""What the desk needs of the world, in the desk's own language. Adapters translate and decide nothing."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol, Self

from bot.desk.filed import Attachments
from bot.domain.articles import Article, ArticleId, Found
from bot.domain.audit import Trace
from bot.domain.commands import Delivery, Done, Place
from bot.domain.contracts import Contract, Contracts
from bot.domain.events import Event
from bot.domain.lists import Pressing, Tally, Wanted
from bot.domain.measures import Figure, Measured
from bot.domain.notices import Directory, Tell
from bot.domain.people import Absence, PersonId, SiteId, SystemId, Tier
from bot.domain.picture import Picture
from bot.domain.questions import Question
from bot.domain.refusals import Refused
from bot.domain.service_hours import Calendar
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import Organisation
from bot.domain.ticket import Ticket

Claim = tuple[PersonId, SystemId | None, SiteId, Tier]


class Changed(Exception):
    """Somebody else changed the row since it was loaded; the whole command is tried again."""


class AlreadyDone(Exception):
    """Another worker finished this delivery meanwhile; nothing of this transaction is kept, and nothing is left to do."""


@dataclass(frozen=True, slots=True)
class Known:
    """The knowledge that is live now: one consistent snapshot, replaced whole."""

    organisation: Organisation
    articles: Mapping[ArticleId, Article] = field(default_factory=dict)
    contracts: Contracts = field(default_factory=Contracts)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    agreement: Contract | None = None


class Knowledge(Protocol):
    def now(self) -> Known: ...


class Search(Protocol):
    def find(self, question: str, visible: frozenset[ArticleId] | None = None) -> Found: ...


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Words a person wrote, masked. Kept apart from events, so that erasing one changes no figure."""

    id: str
    case_id: str
    kind: str  # question, comment, internal, solution, note, report
    by: PersonId
    at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the outbox: a notice, where it goes, and what has been tried."""

    id: int
    send_key: str  # unique: at most one post per (key, revision)
    tell: Tell
    queued_at: datetime
    attempts: int = 0
    not_before: datetime | None = None
    tried_unsure: bool = False  # an earlier attempt died between sending and saying so
    tried_again: bool = False  # and so did the one after it
    message_id: str = ""  # of the post that this one updates


class Leased(NamedTuple):
    """A place that is ours for a while, and what is due there, in order."""

    place: Place
    rows: Sequence[Waiting]


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A notice that was given up: where it was to go, what was wrong, and when it was given up."""

    place: Place
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Recent:
    """What a person did lately: enough to judge pace and two misses in a row."""

    asked_last_minute: int
    open_tickets: int
    last: tuple[Question, ...]  # newest first, of the last 30 minutes


class Ledger(Protocol):
    """One transaction. What is loaded for change is locked; `save` refuses with Changed if it moved meanwhile.

    A saved value is spent: its `happened` is recorded and its version has moved. Load it again before another verb.
    """

    def ahead(self, case_ids: Iterable[str]) -> None:
        """These are about to be looked at, with what belongs to them: fetched in a few statements when only looked at."""
        ...

    # questions
    def recent(self, by: PersonId, now: datetime) -> Recent: ...
    def question(self, question: str) -> Question: ...  # raises UnknownButton
    def save_question(self, question: Question) -> None: ...
    def questions_between(
        self, since: datetime, until: datetime, most: int
    ) -> Sequence[Question]: ...  # the latest of them, oldest first

    # tickets
    def next_ticket_number(self) -> int: ...
    def ticket(self, number: int) -> Ticket: ...  # raises NoSuchCase
    def save_ticket(self, ticket: Ticket) -> None: ...
    def tickets_of(self, person: PersonId, most: int | None = None) -> Sequence[Ticket]:
        """Open or resolved, asked by them or claimed by them, by number; of very many the newest."""
        ...

    def open_tickets(self, most: int = 1000) -> Sequence[Ticket]: ...
    def claims(self) -> Collection[Claim]: ...  # who has tickets of what, where, at which tier: each once
    def due_tickets(self, now: datetime, most: int) -> Sequence[int]: ...

    # supplier cases
    def next_case_number(self) -> int: ...
    def case(self, number: int) -> SupplierCase: ...  # raises NoSuchCase
    def save_case(self, case: SupplierCase) -> None: ...
    def open_cases(self) -> Sequence[SupplierCase]: ...
    def due_cases(self, now: datetime, most: int) -> Sequence[int]: ...
    def cases_between(
        self, since: datetime, until: datetime
    ) -> Sequence[SupplierCase]: ...  # open at some instant of it

    # lists: what presses first, then the oldest; `first` of them are left out
    def find_tickets(self, wanted: Wanted, now: datetime, most: int, first: int = 0) -> Sequence[Ticket]: ...
    def find_cases(self, wanted: Wanted, now: datetime, most: int, first: int = 0) -> Sequence[SupplierCase]: ...
    def count_tickets(self, wanted: Wanted, now: datetime) -> Sequence[Tally]: ...  # by tier and holder
    def survey_tickets(
        self, wanted: Wanted, now: datetime, most: int, first: int = 0
    ) -> tuple[Sequence[Ticket], Sequence[Tally]]: ...  # a page, and the counts of all
    def count_cases(self, wanted: Wanted, now: datetime) -> int: ...
    def press_cases(self, wanted: Wanted, now: datetime) -> Mapping[Pressing | None, int]: ...  # None is all of them
    def open_numbers(self, kind: str) -> Sequence[int]: ...  # of "#" or "S-"

    # figures of finished days, kept for reading; `bot.desk.measuring` makes them
    def unmeasured(self, kind: str, after: int, most: int) -> Sequence[int]: ...  # changed since they were measured
    def measure(self, case_id: str, found: Sequence[Measured], *, settled: bool) -> None: ...
    def counted_until(self) -> str: ...  # the last local day whose questions are counted; "" before the first
    def count_questions(self, day: str, since: datetime, until: datetime) -> None: ...
    def figures(self, since: str, until: str) -> Sequence[Figure]: ...  # local days, half-open
    def median(self, measure: str, part: str, since: str, until: str) -> int | None: ...
    def forget_figures(self) -> None: ...
    def first_asked_at(self) -> datetime | None: ...
    def happened(
        self, types: Collection[str], since: datetime, until: datetime
    ) -> Mapping[str, int]: ...  # how many of each of these types of event

    # events and texts
    def events(self, case_id: str) -> Sequence[Event]: ...
    def events_of(self, case_ids: Iterable[str]) -> Mapping[str, Sequence[Event]]: ...  # of each that was asked for
    def events_between(self, since: datetime, until: datetime) -> Iterable[Event]: ...
    def texts(self, ids: Iterable[str]) -> Mapping[str, str]: ...
    def texts_of(self, case_id: str) -> Sequence[Text]: ...
    def write(self, text: Text) -> None: ...
    def erase(
        self, ids: Iterable[str]
    ) -> None: ...  # the words go, also as a title, and what was attached to them; every figure stays
    @property
    def attachments(self) -> Attachments: ...

    # people
    def absences(self) -> Sequence[Absence]: ...  # typed ones that are not over
    def save_absence(self, person: PersonId, absence: Absence | None) -> None: ...

    # telling
    def queue(self, tells: Iterable[Tell], now: datetime) -> None: ...
    def refuse(self, delivery: Delivery, refusal: Refused) -> None:
        """Kept with the key of the delivery, for its repeats."""
        ...

    def first_told(self, key: str, now: datetime) -> bool:
        """True once per key, for ever: what time tells is told once."""
        ...


class Store(Protocol):
    """What we remember."""

    def transaction(self) -> AbstractContextManager[Ledger]:
        """Commits at the end, or on an exception leaves no trace."""
        ...

    def reading(self) -> AbstractContextManager[Ledger]:
        """To look only: nothing is locked, and to write is a fault (RuntimeError)."""
        ...

    def finishing(self, delivery: Delivery) -> Self:
        """The same store, whose next commit also marks the delivery done. That commit raises AlreadyDone if it was."""
        ...

    def purge(self, now: datetime) -> None:
        """Forgets keys of deliveries done, and notices sent or replaced, more than 7 days ago; and files a day old that
        belong to nothing.
        """
        ...

    # audit; every call is a transaction of its own
    def trace(self, trace: Trace) -> None: ...
    def traces(
        self, since: datetime, *, by: PersonId | None = None, about: str = "", most: int = 1000
    ) -> Sequence[Trace]:
        """The latest first."""
        ...

    def forget_traces(self, before: datetime) -> int: ...  # how many

    # inbox
    def receive(self, delivery: Delivery) -> bool:
        """Committed before the messenger is answered. False if this delivery is known already."""
        ...

    def unfinished(self, most: int = 100) -> Sequence[Delivery]: ...  # received, never done
    def answered(self, delivery: Delivery) -> Done | Refused | None:
        """What came of it, for a repeat. None: nothing yet."""
        ...

    # outbox; every call is a transaction of its own
    def lease(self, by: str, now: datetime, most: int = 20) -> Leased | None:
        """The next place with something due that nobody else is serving; ours for 30 seconds, and longer with each attempt."""
        ...

    def waiting(self, place: Place, now: datetime, most: int = 20) -> Sequence[Waiting]:
        """In order; newer updates of one key have replaced older unsent ones."""
        ...

    def sending(self, row: Waiting, by: str, until: datetime) -> None:
        """Before the attempt, which is over by `until`; the place is ours so long. A crash after this leaves doubt.

        Raises Changed if somebody else has the place now, or has tried the row.
        """
        ...

    def sent(self, row: Waiting, message_id: str, now: datetime, *, frees: str = "") -> None:
        """`frees`: who leaves the place with this, nothing more being due there."""
        ...

    def postpone(self, row: Waiting, until: datetime, why: str) -> None: ...  # keeps what doubt `row` says there is
    def bury(self, row: Waiting, why: str, now: datetime, aloud: Sequence[Tell] = ()) -> None:
        """Never to be sent. `aloud` is queued in the same transaction, or a crash would bury in silence."""
        ...

    def newest_notice(self) -> int: ...  # grows with everything that is told; 0 before the first
    def undelivered(self, most: int = 20) -> Sequence[Undelivered]: ...  # the latest first
    def free(self, place: Place, by: str) -> None: ...
    def next_send_at(self) -> datetime | None: ...


class Shares(Protocol):
    """How often the links that show a case to its supplier were withdrawn: what was made before counts no more."""

    def edition(self, case: int) -> int: ...
    def withdraw(self, case: int) -> None: ...


@dataclass(slots=True)
class NotSent(Exception):
    """The outlet says that nothing was sent. `retry_after` seconds if the other side named them."""

    why: str
    retry_after: float | None = None
    hopeless: bool = False


class Unsure(OSError):
    """The other side did not answer, or failed in the midst of it: nobody knows whether it was sent."""


class Outlet(Protocol):
    """One messenger's way out. Words the notice and sends it; returns the other side's message id."""

    def send(self, row: Waiting, picture: Picture) -> str:
        """Raises NotSent when nothing was sent, Unsure when nobody knows; any other exception is a fault and leaves doubt too."""
        ...

    def was_sent(self, row: Waiting) -> str | None:
        """The message id if the outlet can tell that this row went out earlier; None if it did not go.

        Raises NotImplementedError if it cannot tell.
        """
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """`clock` is the time that people live in; `waits` the one in which other machines are waited for: the demo's
    hours pass in seconds, and a mail server's do not. None: one clock for both.
    """

    store: Store
    knowledge: Knowledge
    search: Search
    clock: Clock
    outlets: Mapping[str, Outlet]  # by messenger, and "mail"
    new_id: Callable[[], str]  # unguessable
    messengers: tuple[str, ...] = ("web",)
    base_url: str = ""
    waits: Clock | None = None

    def moment(self) -> datetime:
        """For leases and pauses between attempts."""
        return (self.waits or self.clock).now()

    def directory(self) -> Directory:
        return Directory(self.knowledge.now().organisation, self.messengers)
