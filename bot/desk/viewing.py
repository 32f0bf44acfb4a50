"""What pages look at: loaded in one read, for a person who may see it. Raises NoSuchCase or NotAllowed otherwise."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.ports import Desk, Known, Ledger
from bot.desk.reading import clocks_from, clocks_of, due_of, picture_in
from bot.domain.attachments import Attachment
from bot.domain.commands import Kind, Place
from bot.domain.events import note_to
from bot.domain.intervals import moment, seconds
from bot.domain.notices import CaseShown, Notice, QuestionShown, SystemAsked, Tell, TicketShown, ViewShown
from bot.domain.people import GroupId, Person, PersonId
from bot.domain.permissions import may_log_for_suppliers, may_look_at_suppliers
from bot.domain.picture import Picture
from bot.domain.refusals import NoSuchCase, Refused
from bot.domain.routing import is_open, present
from bot.domain.service_hours import Calendar, open_intervals
from bot.domain.systems import SupplierId
from bot.domain.ticket import Ticket
from bot.domain.views import CasePage, Glance, MyTickets, Presence, Said, TicketPage

SHOWN = frozenset({"comment", "internal", "note"})  # the question and the solution stand on the ticket itself
TO_EMPLOYEE = frozenset({"question", "comment", "solution"})
_LOOK_AHEAD = timedelta(days=1)
Card = TicketShown | CaseShown | QuestionShown | SystemAsked


def my_tickets(desk: Desk, by: Person) -> MyTickets:
    """Open or resolved ones that the person asked or has claimed, newest first."""
    known = desk.knowledge.now()
    with desk.store.reading() as ledger:
        picture = picture_for(desk, ledger, by, ViewShown("mine"))
    return MyTickets(picture, {each.number: due_of(known, each) for each in picture.tickets})


def ticket_page(desk: Desk, by: Person, number: int) -> TicketPage:
    """The ticket with what was said on it, and for those who help what happened; its employee never sees what is internal."""
    with desk.store.reading() as ledger:
        ticket = ledger.ticket(number)
        if not ticket.may(by, "see"):
            raise NoSuchCase(f"#{number}")
        helps = by.id != ticket.requester
        picture = picture_for(desk, ledger, by, TicketShown(number, ticket.group if helps else None))
        events = tuple(ledger.events(ticket.case_id)) if helps else ()
        texts, attachments = ledger.texts_of(ticket.case_id), ledger.attachments.of(number)
    files = {each.id: tuple(file for file in attachments if file.text == each.id) for each in texts}
    asked_with = tuple(each for each in attachments if each.text not in files)
    said = [Said(ticket.opened_at, ticket.requester, ticket.title, "question", asked_with)]
    said += [
        Said(each.at, each.by, each.body, each.kind, files[each.id])
        for each in texts
        if each.kind in SHOWN | {"solution"}
    ]
    seen = tuple(each for each in said if _may_read(ticket, by, each.kind))
    return TicketPage(picture, seen, helps, ticket.is_open and ticket.may(by, "comment"), events)


def editions(desk: Desk, numbers: Collection[int]) -> Mapping[int, tuple[int, int]]:
    """Of each ticket, and of the supplier case behind it: they move with everything that happens to it. None of what is gone."""
    found = {}
    with desk.store.reading() as ledger:
        ledger.ahead(f"#{each}" for each in numbers)
        for number in numbers:
            with suppress(NoSuchCase):
                ticket = ledger.ticket(number)
                behind = ledger.case(ticket.supplier_case).version if ticket.supplier_case else 0
                found[number] = ticket.version, behind
    return found


def attachment(desk: Desk, by: Person, name: str) -> tuple[Attachment, bytes]:
    """The file with that id, for whoever may read the words that it is attached to."""
    with desk.store.reading() as ledger:
        found = ledger.attachments.find(name)
        if not _may_have(ledger, by, found):
            raise NoSuchCase("")
        return found, ledger.attachments.content(name)


def _may_have(ledger: Ledger, by: Person, file: Attachment) -> bool:
    """What waits with a question is for the one who asked, until it is a ticket."""
    if file.ticket is None:
        return file.text is not None and file.by == by.id
    ticket = ledger.ticket(file.ticket)
    texts = (*ledger.texts_of(ticket.case_id), *ledger.texts_of(f"Q-{ticket.question}"))
    words = next((each for each in texts if each.id == file.text), None)
    return words is not None and _may_read(ticket, by, words.kind)


def _may_read(ticket: Ticket, by: Person, kind: str) -> bool:
    """The employee never reads what is internal."""
    return ticket.may(by, "see") and (by.id != ticket.requester or kind in TO_EMPLOYEE)


def helps_with(desk: Desk, by: Person, number: int) -> bool:
    """Whether the person may read what is said about the ticket among those who help. Of one's own, never."""
    with desk.store.reading() as ledger:
        try:
            ticket = ledger.ticket(number)
        except NoSuchCase:
            return False
    return by.id != ticket.requester and ticket.may(by, "see")


def case_page(desk: Desk, by: Person, number: int) -> CasePage:
    if not may_look_at_suppliers(by):
        raise NoSuchCase(f"S-{number}")
    known = desk.knowledge.now()
    with desk.store.reading() as ledger:
        picture = picture_for(desk, ledger, by, CaseShown(number))
        events = tuple(ledger.events(f"S-{number}"))
        ours = [clock for each in picture.tickets for clock in clocks_of(ledger, known, each.case_id, picture.now)]
        notes = [each for each in ledger.texts_of(f"S-{number}") if each.kind == "note"]
    spoken = {each.id: each.body for each in notes}
    noted = {each.event_id: spoken.get(note_to(each), "") for each in events}
    return CasePage(picture, events, tuple(ours), noted, may_log_for_suppliers(by))


def place_words(known: Known, place: Place) -> str:
    """As those who look after it say it: a name, or a channel."""
    person = known.organisation.people.get(PersonId(place.who))
    supplier = known.organisation.suppliers.get(SupplierId(place.who))
    match place.kind:
        case Kind.DIRECT:
            return person.name if person else place.who
        case Kind.MAIL:
            return supplier.name if supplier else place.who
        case Kind.CHANNEL:
            return f"#{place.who}"
        case Kind.THREAD:
            return f"#{place.who}/{place.thread}"


def presence_of(desk: Desk, groups: Iterable[GroupId]) -> tuple[Presence, ...]:
    with desk.store.reading() as ledger:
        return presence_in(desk.knowledge.now(), ledger, groups, desk.clock.now())


def fresh(desk: Desk, place: Place, keys: Iterable[str]) -> Mapping[str, tuple[Notice, Picture]]:
    """What stands behind the cards with these keys, as it is now; a card whose case is gone is left out."""
    notices = {key: notice for key in keys if (notice := notice_behind(key))}
    found: dict[str, tuple[Notice, Picture]] = {}
    with desk.store.reading() as ledger:
        ledger.ahead(about for each in notices.values() if (about := _about(each)))
        for key, notice in notices.items():
            try:
                found[key] = notice, picture_in(desk, ledger, Tell(place, notice))
            except Refused:
                continue
    return found


def _about(notice: Card) -> str:
    match notice:
        case TicketShown(number):
            return f"#{number}"
        case CaseShown(number):
            return f"S-{number}"
        case QuestionShown() | SystemAsked():
            return ""


def notice_behind(key: str) -> Card | None:
    """The card with this key: "ticket:1042:mine", "ticket:1042:omsorg-nord", "case:12", "question:a1" or "question:a1:system"."""
    match key.split(":"):
        case ["question", question]:
            return QuestionShown(question)
        case ["question", question, "system"]:
            return SystemAsked(question)
        case ["ticket", number, "mine"] if number.isdigit():
            return TicketShown(int(number))
        case ["ticket", number, group] if number.isdigit():
            return TicketShown(int(number), GroupId(group))
        case ["case", number] if number.isdigit():
            return CaseShown(int(number))
        case _:
            return None


def glance(desk: Desk) -> Glance:
    """How much is open, and the next due there is: of a ticket, or of a clock of a supplier."""
    known, now = desk.knowledge.now(), desk.clock.now()
    with desk.store.reading() as ledger:
        tickets = ledger.open_tickets()
        dues = [(due, each.case_id) for each in tickets if (due := due_of(known, each))]
        for case_id, events in ledger.events_of(each.case_id for each in ledger.open_cases()).items():
            clocks = clocks_from(events, known, now)
            dues += [(moment(each.due_at), case_id) for each in clocks if each.is_open and each.due_at is not None]
    at, case_id = min((each for each in dues if each[0] >= now), default=(None, ""))
    return Glance(len(tickets), at, case_id)


def picture_for(desk: Desk, ledger: Ledger, by: Person, notice: Notice) -> Picture:
    picture = picture_in(desk, ledger, Tell(Place("web", Kind.DIRECT, by.id), notice))
    return replace(picture, reader=by)


def presence_in(known: Known, ledger: Ledger, groups: Iterable[GroupId], now: datetime) -> tuple[Presence, ...]:
    absences = ledger.absences()
    found = []
    for each in groups:
        group = known.organisation.groups.get(each)
        calendar = known.calendars.get(group.calendar) if group else None
        if group and calendar:
            people = present(known.organisation, known.calendars, absences, group, now)
            found.append(Presence(group, people, is_open(calendar, now), _closes(calendar, now)))
    return tuple(found)


def _closes(calendar: Calendar, now: datetime) -> datetime | None:
    """None when it is closed now, and when it does not close within a day."""
    start, end = seconds(now), seconds(now + _LOOK_AHEAD)
    opened = open_intervals(calendar, start, end)
    is_open_now = bool(opened) and opened[0][0] == start
    return moment(opened[0][1]) if is_open_now and opened[0][1] < end else None
