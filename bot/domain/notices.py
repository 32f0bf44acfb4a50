"""An event → who must hear of it, and where. A notice is a fact to tell; it is put into words when it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.commands import Kind, Place
from bot.domain.events import (
    Acknowledged,
    Asked,
    Cancelled,
    Closed,
    Commented,
    ContractAssigned,
    Corrected,
    DuplicateOf,
    Event,
    HandedOver,
    Helped,
    InfoProvided,
    InfoRequested,
    JoinedCase,
    LeftCase,
    NotHelped,
    Nudged,
    Opened,
    PauseDisputed,
    PauseEnded,
    PauseSettled,
    PauseStarted,
    Reopened,
    ResolutionAccepted,
    ResolutionRejected,
    ResolvedClaimed,
    Routed,
    SeveritySet,
    StatusMessage,
    SupplierReceived,
    Triaged,
    Voided,
    Workaround,
    WorkStarted,
)
from bot.domain.people import NOBODY, GroupId, PersonId, Role
from bot.domain.refusals import Refused
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import Organisation, SupplierId
from bot.domain.ticket import Ticket

# What can be told


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """The bot's answer to a question, with what was chosen since."""

    question: str


@dataclass(frozen=True, slots=True)
class SystemAsked:
    """Which system is it about? With the best guesses."""

    question: str


@dataclass(frozen=True, slots=True)
class NumbersRemoved:
    """CPR numbers were masked in what this person wrote."""

    removed: int


@dataclass(frozen=True, slots=True)
class TicketShown:
    """The card of a ticket: for its requester, or for the group that it is or was offered to."""

    ticket: int
    group: GroupId | None = None


@dataclass(frozen=True, slots=True)
class TicketTold:
    """One sentence about a ticket. `news` is an event type or a code of the conversation (carried, kept)."""

    ticket: int
    news: str
    by: PersonId = NOBODY
    text: str = ""  # id in `texts`
    why: str = ""


@dataclass(frozen=True, slots=True)
class CaseShown:
    case: int


@dataclass(frozen=True, slots=True)
class CaseTold:
    case: int
    news: str
    by: PersonId = NOBODY
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FaultReported:
    """The fault report itself, to the supplier."""

    case: int


@dataclass(frozen=True, slots=True)
class ClockTold:
    """A service target comes near, is due, or is breached. `at` is the crossing, ISO with offset."""

    case_id: str
    target: str
    news: str  # near, due, breached
    at: str
    fraction_pm: int = 1000
    round: int = 1
    leg: int = 1
    cycle: int = 0
    late: bool = False  # told after an outage: only the latest state of each clock
    corrected: bool = False  # a correction moved the crossing: told again, marked


@dataclass(frozen=True, slots=True)
class Alarmed:
    """Something is wrong that only IT can mend: not_received, undelivered, knowledge_broken, mail_not_sent."""

    what: str
    about: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusalTold:
    refusal: Refused


@dataclass(frozen=True, slots=True)
class ViewShown:
    """Something asked for: help, mine, status, overview, clock, away, back, person; or what a new day or month brings."""

    view: str
    about: str = ""


Notice = (
    QuestionShown
    | SystemAsked
    | NumbersRemoved
    | TicketShown
    | TicketTold
    | CaseShown
    | CaseTold
    | FaultReported
    | ClockTold
    | Alarmed
    | RefusalTold
    | ViewShown
)


@dataclass(frozen=True, slots=True)
class Tell:
    """A notice on its way. `key` is the identity of what is updated in place; an empty key is always a new message."""

    place: Place
    notice: Notice
    key: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """Where people and groups are met: their own messenger if known, the house's otherwise."""

    organisation: Organisation = field(default_factory=Organisation)
    messengers: tuple[str, ...] = ("web",)  # connected ones, the house's own last: it has a channel for every group

    def person(self, person: PersonId, home: str = "") -> Place:
        return Place(home if home in self.messengers else self.messengers[0], Kind.DIRECT, person)

    def group(self, group: GroupId) -> Place:
        known = self.organisation.groups.get(group)
        channels = dict(known.channels) if known else {}
        for messenger in self.messengers:
            if messenger in channels:
                return Place(messenger, Kind.CHANNEL, channels[messenger])
        return Place(self.messengers[-1], Kind.CHANNEL, group)

    def channels(self, group: GroupId) -> tuple[Place, ...]:
        """Every channel that the group has: its members may use one messenger or another."""
        known = self.organisation.groups.get(group)
        channels = dict(known.channels) if known else {}
        found = (Place(each, Kind.CHANNEL, channels[each]) for each in self.messengers if each in channels)
        return tuple(found) or (self.group(group),)

    def threads(self, group: GroupId, case_id: str) -> tuple[Place, ...]:
        about = case_id.removeprefix("#")
        return tuple(Place(each.messenger, Kind.THREAD, each.who, about) for each in self.channels(group))

    def supplier(self, supplier: SupplierId) -> Place:
        return Place("mail", Kind.MAIL, supplier)

    def it(self, ticket_or_case_group: GroupId | None = None) -> Place:
        """The channel of the IT group concerned, or of the first there is."""
        if ticket_or_case_group:
            return self.group(ticket_or_case_group)
        groups = (group.id for group in self.organisation.groups.values() if group.tier.value == "it")
        return self.group(next(groups, GroupId("it")))


def about_ticket(before: Ticket | None, after: Ticket, directory: Directory) -> Iterator[Tell]:
    """Everybody who must hear of what just happened to a ticket, each once; cards last, so that they show it all."""
    mine = directory.person(after.requester, after.home)
    for event in after.happened:
        yield from _news(event, before, after, mine, directory)
    if before and _looks_the_same(before, after):
        return
    yield Tell(mine, TicketShown(after.number), f"ticket:{after.number}:mine")
    groups = dict.fromkeys([*([before.group] if before else []), after.group])
    for group in groups:
        for channel in directory.channels(group):
            yield Tell(channel, TicketShown(after.number, group), f"ticket:{after.number}:{group}")


def _looks_the_same(before: Ticket, after: Ticket) -> bool:
    """A note among ourselves, or a word from the employee, changes nothing on the card."""

    def card(ticket: Ticket) -> tuple[object, ...]:
        return ticket.state, ticket.group, ticket.assignee, ticket.held, ticket.touched_at, ticket.supplier_case

    return card(before) == card(after)


def _news(event: Event, before: Ticket | None, after: Ticket, mine: Place, directory: Directory) -> Iterator[Tell]:
    moved = any(isinstance(each.what, Routed) for each in after.happened[: after.happened.index(event)])
    group = before.group if before and not moved else after.group  # a note follows the ticket to where it went
    threads = directory.threads(group, after.case_id)
    had_it = directory.person(before.assignee) if before and before.assignee else None

    def told(place: Place, news: str, **more: str) -> Tell:
        return Tell(place, TicketTold(after.number, news, PersonId(event.by), **more))

    def among(news: str, **more: str) -> Iterator[Tell]:
        return (told(thread, news, **more) for thread in threads)

    match event.what:
        case Routed(_, _, why):
            if before:
                yield told(mine, "routed", why=why)
                yield from among("routed", why=why)
                if had_it and why == "inactive":
                    yield told(had_it, "routed", why=why)
        case Acknowledged():
            yield told(mine, "acknowledged")
        case Nudged():
            if after.assignee:
                yield told(directory.person(after.assignee), "nudged")
        case Commented(text, audience):
            if event.by == after.requester:
                yield from among("commented", text=text)
                if after.assignee:
                    yield told(directory.person(after.assignee), "commented", text=text)
            elif audience == "employee":
                yield told(mine, "commented", text=text)
                yield from among("carried", text=text)
            else:
                yield from among("kept", text=text)
        case PauseStarted(_, reason):
            again = ".again" if before and before.supplier_case and reason == "awaiting_supplier" else ""
            yield told(mine, "pause_started", why=f"{reason}{again}")
        case PauseEnded():
            if event.by != after.requester:
                yield told(mine, "pause_ended", why=before.held.reason.value if before and before.held else "")
        case ResolvedClaimed(text):
            yield told(mine, "resolved_claimed", text=text)
            yield from among("resolved_claimed", text=text)
        case Reopened() | Cancelled():
            if after.assignee or (before and before.assignee):
                yield told(had_it or directory.person(after.assignee or NOBODY), event.type)
            yield from among(event.type)
        case Closed(why):
            yield told(mine, "closed", why=why)
            if had_it and why == "confirmed":
                yield told(had_it, "closed", why=why)
        case Opened() | Asked() | Helped() | NotHelped() | JoinedCase() | LeftCase():
            pass  # the card says it
        case (
            ContractAssigned()
            | Triaged()
            | SeveritySet()
            | HandedOver()
            | SupplierReceived()
            | InfoRequested()
            | InfoProvided()
            | PauseDisputed()
            | PauseSettled()
            | WorkStarted()
            | StatusMessage()
            | Workaround()
            | ResolutionAccepted()
            | ResolutionRejected()
            | DuplicateOf()
            | Corrected()
            | Voided()
        ):
            pass  # about_case tells these


def about_case(after: SupplierCase, group: GroupId, directory: Directory) -> Iterator[Tell]:
    """IT's channel sees the case, its thread every step; the supplier gets the report."""
    threads = directory.threads(group, after.case_id)

    def among(news: str, by: str, detail: str = "") -> Iterator[Tell]:
        return (Tell(thread, CaseTold(after.number, news, PersonId(by), detail)) for thread in threads)

    for event in after.happened:
        match event.what:
            case HandedOver(_, channel):
                if channel != "phone":
                    yield Tell(
                        directory.supplier(after.supplier), FaultReported(after.number), f"case:{after.number}:report"
                    )
                yield from among("handed_over", event.by, channel)
            case PauseStarted(_, reason):
                yield from among("pause_started", event.by, reason)
            case SeveritySet(severity) if event is not after.happened[0] and after.version:
                yield from among("severity_set", event.by, severity)
            case Opened() | ContractAssigned() | SeveritySet():
                pass
            case _:
                yield from among(event.type, event.by)
    if after.happened:
        for place in directory.channels(group):
            yield Tell(place, CaseShown(after.number), f"case:{after.number}")


def clock_listeners(organisation: Organisation, directory: Directory, news: str) -> Iterator[Place]:
    """Who hears of a supplier's clock besides IT's channel: the contract managers, once it is due."""
    if news != "near":
        for person in organisation.having(Role.CONTRACT_MANAGER):
            yield directory.person(person.id)
