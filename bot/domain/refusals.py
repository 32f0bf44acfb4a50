"""What the desk says no to, as values: each knows enough for a person to be told why, and what to do."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.people import PersonId, Tier


class Refused(Exception):
    """Nothing was changed. Only the one who asked is told."""


@dataclass(slots=True)
class AlreadyClaimed(Refused):
    number: int
    assignee: PersonId
    claimed_at: datetime | None


@dataclass(slots=True)
class NotYours(Refused):
    """They may see the ticket, but this is not theirs to do."""

    number: int
    tier: Tier


@dataclass(slots=True)
class YourOwn(Refused):
    """They asked it themselves: somebody else helps."""

    number: int


@dataclass(slots=True)
class NoSuchCase(Refused):
    """There is none, or it is not theirs to see: the same answer to both."""

    case_id: str


@dataclass(slots=True)
class AlreadyOver(Refused):
    """A stale button: the ticket was resolved, closed or withdrawn meanwhile."""

    number: int
    state: str


@dataclass(slots=True)
class NotNow(Refused):
    """The verb does not fit the state, such as resuming what is not on hold."""

    case_id: str
    verb: str


@dataclass(slots=True)
class NotAllowed(Refused):
    verb: str


@dataclass(slots=True)
class UnknownPerson(Refused):
    account: str


@dataclass(slots=True)
class UnknownButton(Refused):
    """A button, question or article that is no longer there."""


@dataclass(slots=True)
class Incomplete(Refused):
    """Field by field: what is missing or cannot be right."""

    fields: tuple[tuple[str, str], ...] = field(default=())  # (field, code)


@dataclass(slots=True)
class TooFast(Refused):
    """Asks or attaches more often in a minute than anybody can mean."""

    wait: timedelta


@dataclass(slots=True)
class TooManyTickets(Refused):
    open_tickets: int


@dataclass(slots=True)
class TooLong(Refused):
    limit: int


@dataclass(slots=True)
class NothingSaid(Refused):
    """An empty message, or one without a letter or a digit; `with_files`: there are files, and nobody knows about what."""

    with_files: bool = False


@dataclass(slots=True)
class NotAttached(Refused):
    """One file is not taken, and so nothing that came with it. `why`: kind, content, empty, size (of all), many
    or day (of all within one).
    """

    name: str
    why: str
    limit: int = 0  # bytes, or files


@dataclass(slots=True)
class NotUnderstood(Refused):
    """A time or a word that was meant for the bot but cannot be read."""

    said: str


@dataclass(slots=True)
class OurFault(Refused):
    """Something failed in here. The reference is in the log beside what it was."""

    reference: str
