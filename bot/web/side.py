"""The list beside a conversation: whom one can talk to, one's tickets and their state, and who is present."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.reading import MINE
from bot.desk.viewing import my_tickets, presence_of
from bot.domain.commands import Kind, Place
from bot.domain.ticket import HoldReason, State, Ticket
from bot.domain.views import MyTickets, Presence
from bot.messengers.web.places import MESSENGER, channels, direct
from bot.messengers.web.post import read_post
from bot.messengers.web.render import may_see
from bot.web.frame import Frame
from bot.web.unread import MOST, unread
from bot.web.visitor import Visitor
from bot.web.words import say
from bot.wording.cards import short_title, state_word
from bot.wording.message import Link, Tone, plain
from bot.wording.say import Voice

LAST = 60  # characters of the last words at a place


@dataclass(frozen=True, slots=True)
class Entry:
    """`is_bot` for the conversation with the bot itself; the others are channels."""

    href: str
    name: str
    last: str
    at: datetime | None
    is_here: bool
    is_bot: bool = False
    new: str = ""  # how many posts are unread, such as "2" or "20+"


@dataclass(frozen=True, slots=True)
class MyTicket:
    href: str
    title: str
    number: str
    state: str
    tone: Tone
    more: str


@dataclass(frozen=True, slots=True)
class Side:
    entries: tuple[Entry, ...]
    channels: tuple[Entry, ...]
    asked: tuple[MyTicket, ...]
    taken: tuple[MyTicket, ...]
    presence: tuple[Presence, ...]
    newest: int = 0  # how many there are here, of more


def side_of(frame: Frame, visitor: Visitor, here: Sequence[Place], ticket: int | None = None) -> Side:
    """`here` are the places that the page shows; `ticket`, if it is the page of one."""
    person = visitor.person
    own = channels(person)
    at_channel = [place.who for place in here if place.kind is not Kind.DIRECT]
    mine = my_tickets(frame.parts.desk, person)
    return Side(
        (_bot(frame, visitor, here, ticket),),
        tuple(_channel(frame, visitor, name, group.name or name, here) for name, group in own.items()),
        tuple(_ticket(visitor, mine, each) for each in mine.picture.tickets if each.requester == person.id),
        tuple(_ticket(visitor, mine, each) for each in mine.picture.tickets if each.assignee == person.id),
        presence_of(frame.parts.desk, [own[name].id for name in at_channel if name in own][:1]),
        MINE if len(mine.picture.tickets) == MINE else 0,
    )


def _bot(frame: Frame, visitor: Visitor, here: Sequence[Place], ticket: int | None) -> Entry:
    place = direct(visitor.person)
    last, at = _last(frame, visitor, place)
    return Entry(
        visitor.prefix + "/",
        say(visitor.language, "bot"),
        last,
        at,
        place in here,
        is_bot=True,
        new=_new(frame, visitor, place, here, ticket),
    )


def _channel(frame: Frame, visitor: Visitor, name: str, label: str, here: Sequence[Place]) -> Entry:
    place = Place(MESSENGER, Kind.CHANNEL, name)
    last, at = _last(frame, visitor, place)
    return Entry(
        f"{visitor.prefix}/kanal/{name}", label, last, at, place in here, new=_new(frame, visitor, place, here)
    )


def _new(frame: Frame, visitor: Visitor, place: Place, here: Sequence[Place], ticket: int | None = None) -> str:
    """Of what is before their eyes nothing is new."""
    count = 0 if place in here else unread(frame, visitor, place, ticket)
    return f"{MOST}+" if count > MOST else str(count or "")


def _last(frame: Frame, visitor: Visitor, place: Place) -> tuple[str, datetime | None]:
    rows = frame.parts.posts.page(place, 1)
    post = read_post(rows[-1]) if rows else None
    if post is None or not may_see(post, visitor.person.id):
        return say(visitor.language, "said.nothing"), None
    named = tuple(each.label if isinstance(each, Link) else each for each in post.message.text)
    return " ".join(plain(replace(post.message, text=named)).split())[:LAST], post.at


def _ticket(visitor: Visitor, mine: MyTickets, ticket: Ticket) -> MyTicket:
    voice = Voice(mine.picture)
    due = mine.due.get(ticket.number)
    key = "taken_by" if ticket.state is State.OFFERED else "news_by"
    return MyTicket(
        f"{visitor.prefix}/sag/{ticket.number}",
        short_title(ticket),
        ticket.case_id,
        state_word(voice, ticket),
        tone_of(ticket, voice),
        say(visitor.language, key, when=voice.when(due)) if due else "",
    )


def tone_of(ticket: Ticket, voice: Voice) -> Tone:
    """Amber when it waits for the one who reads."""
    match ticket.state:
        case State.CLAIMED if ticket.held and ticket.held.reason is HoldReason.AWAITING_EMPLOYEE:
            return "warn" if voice.is_reader(ticket.requester) else "hold"
        case State.CLAIMED if ticket.held:
            return "hold"
        case State.RESOLVED | State.CLOSED:
            return "ok"
        case _:
            return "info"
