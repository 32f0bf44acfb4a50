"""What opens beside a conversation: a person's own page, the card behind a button, a clock. Read-only, in one read."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.looking import read_case_id
from bot.desk.ports import Desk, Ledger
from bot.desk.reading import picture_in
from bot.domain.commands import (
    Command,
    Comment,
    Escalate,
    Explain,
    HandOver,
    Kind,
    Log,
    Place,
    Reopen,
    Resolve,
)
from bot.domain.notices import CaseShown, Notice, Tell, TicketShown, ViewShown
from bot.domain.people import Person
from bot.domain.permissions import may_look_at_suppliers
from bot.domain.picture import Picture
from bot.domain.refusals import NoSuchCase
from bot.domain.ticket import State, Ticket

Shown = tuple[Notice, Picture]


@dataclass(frozen=True, slots=True)
class Front:
    """Cards to be drawn, each with what stands behind it: what the person asked, has claimed, and may claim."""

    asked: tuple[Shown, ...]
    claimed: tuple[Shown, ...]
    offered: tuple[Shown, ...]
    helps: bool


def front(desk: Desk, by: Person, most: int = 12) -> Front:
    """Oldest first: who has waited longest is seen first."""
    with desk.store.reading() as ledger:
        mine = sorted(ledger.tickets_of(by.id), key=_age)
        free = sorted(
            (each for each in ledger.open_tickets() if each.state is State.OFFERED and by.is_in(each.group)), key=_age
        )

        def cards(tickets: list[Ticket]) -> tuple[Shown, ...]:
            return tuple(_seen(desk, ledger, by, _card(each, by)) for each in tickets[:most])

        return Front(
            cards([each for each in mine if each.requester == by.id]),
            cards([each for each in mine if each.requester != by.id and each.assignee == by.id]),
            cards([each for each in free if each.requester != by.id]),
            bool(by.groups),
        )


def behind(desk: Desk, by: Person, command: Command) -> Shown | None:
    """What a button's form or view is made from; None for a command that opens nothing. Raises NoSuchCase."""
    with desk.store.reading() as ledger:
        match command:
            case Comment(number) | Escalate(number) | Resolve(number) | Reopen(number) | HandOver(number):
                ticket = ledger.ticket(number)
                if not ticket.may(by, "see"):
                    raise NoSuchCase(f"#{number}")
                return _seen(desk, ledger, by, _card(ticket, by))
            case Log(number):
                if not may_look_at_suppliers(by):
                    raise NoSuchCase(f"S-{number}")
                return _seen(desk, ledger, by, CaseShown(number))
            case Explain(case_id):
                return _seen(desk, ledger, by, _clock(ledger, by, case_id))
            case _:
                return None


def _card(ticket: Ticket, by: Person) -> TicketShown:
    """Whoever helps sees the card of those who help."""
    return TicketShown(ticket.number, None if by.id == ticket.requester else ticket.group)


def _clock(ledger: Ledger, by: Person, said: str) -> ViewShown:
    kind, number = read_case_id(said)
    may = may_look_at_suppliers(by) if kind == "S" else ledger.ticket(number).may(by, "see")
    if not may:
        raise NoSuchCase(said)
    return ViewShown("clock", f"S-{number}" if kind == "S" else f"#{number}")


def _seen(desk: Desk, ledger: Ledger, by: Person, notice: Notice) -> Shown:
    place = Place(desk.messengers[0], Kind.DIRECT, by.id)
    return notice, replace(picture_in(desk, ledger, Tell(place, notice)), reader=by)


def _age(ticket: Ticket) -> datetime:
    return ticket.opened_at
