"""What a page shows, as values: facts that were loaded together. Words and markup are made by whoever shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.attachments import Attachment
from bot.domain.clock import Clock
from bot.domain.contracts import Contract
from bot.domain.coverage import Hole
from bot.domain.events import Event
from bot.domain.lists import Pressing, Tally
from bot.domain.people import Person, PersonId, SupportGroup
from bot.domain.picture import Picture
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Said:
    """A person's words on a ticket. `kind` is question, comment, internal, solution or note."""

    at: datetime
    by: PersonId
    body: str
    kind: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Presence:
    """Who of a group can be reached now; nobody, although the group is open, is a hole."""

    group: SupportGroup
    people: tuple[Person, ...]
    is_open: bool
    until: datetime | None  # when the open time ends

    @property
    def is_hole(self) -> bool:
        return self.is_open and not self.people


@dataclass(frozen=True, slots=True)
class Glance:
    open_tickets: int
    next_at: datetime | None
    next_case: str


@dataclass(frozen=True, slots=True)
class MyTickets:
    """`picture.tickets` are those the person asked or has claimed; `due` when each must have been touched."""

    picture: Picture
    due: Mapping[int, datetime | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TicketPage:
    """`helps`: the reader looks at it as one of those who help, and sees what is internal and what happened."""

    picture: Picture
    said: tuple[Said, ...]
    helps: bool
    may_comment: bool
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class CasePage:
    """`ours` are the house's own clocks of the tickets that the case serves."""

    picture: Picture
    events: tuple[Event, ...]
    ours: tuple[Clock, ...]
    notes: Mapping[str, str] = field(default_factory=dict)  # event id → what was noted with it
    may_log: bool = False


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """`picture` holds the tickets and supplier cases on the page, and their clocks; `due` when each ticket must have been
    touched. The counts are of all that fit the filters. `soon` is what falls due today, and the first that does later.
    """

    picture: Picture
    due: Mapping[int, datetime | None]
    contracts: Mapping[int, Contract | None]  # by supplier case
    presence: tuple[Presence, ...]
    asked_today: int = 0
    handed_over_today: int = 0
    tallies: tuple[Tally, ...] = ()
    tickets: int = 0
    cases: Mapping[Pressing | None, int] = field(default_factory=dict)
    soon: tuple[Ticket | SupplierCase, ...] = ()
    holes: tuple[Hole, ...] = ()
    undelivered: tuple[tuple[str, str, datetime], ...] = ()  # where to, why not, and when it was given up

    @property
    def answered_percent(self) -> int | None:
        """Of today's questions, those that no person had to take over; None before the first."""
        if not self.asked_today:
            return None
        return max(0, 100 * (self.asked_today - self.handed_over_today) // self.asked_today)
