"""Which places of our own messenger a person may read: their own direct one, their groups' channels and the threads there."""

import re

from bot.domain.commands import Kind, Place
from bot.domain.people import Person, SupportGroup

MESSENGER = "web"
_CASE = re.compile(r"(S-)?[0-9]{1,9}")


def direct(person: Person) -> Place:
    return Place(MESSENGER, Kind.DIRECT, person.id)


def channel_of(group: SupportGroup) -> str:
    """The group's channel here; a group without one in the organisation file has its own id."""
    return dict(group.channels).get(MESSENGER, str(group.id))


def channels(person: Person) -> dict[str, SupportGroup]:
    """In the order of the organisation file; two groups may share a channel."""
    found: dict[str, SupportGroup] = {}
    for group in person.groups:
        found.setdefault(channel_of(group), group)
    return found


def may_read(person: Person, place: Place) -> bool:
    if place.messenger != MESSENGER:
        return False
    match place.kind:
        case Kind.DIRECT:
            return place.who == person.id
        case Kind.CHANNEL | Kind.THREAD:
            return place.who in channels(person)
        case Kind.MAIL:
            return False


def read_place(text: str) -> Place | None:
    """From a form field or a query: whatever came, a place or nothing. It is stored, so a thread is a case's or none."""
    try:
        place = Place.read(text)
    except (ValueError, TypeError):
        return None
    is_thread = place.kind is Kind.THREAD
    return place if is_thread == bool(place.thread) and (not is_thread or _CASE.fullmatch(place.thread)) else None
