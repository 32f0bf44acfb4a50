"""Places in Slack: a channel, a thread of it (of a message or of a case), a direct message, and words only one person sees.

A direct place with a `thread` is a channel: there only that person sees what is said.
"""

import re
from hashlib import sha256

from bot.desk.conversation import INTERNAL_MARKS
from bot.domain.commands import Kind, Place
from bot.domain.people import PersonId
from bot.messengers.slack.ports import MESSENGER

_TS = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")
_CHANNEL = re.compile(r"[A-Za-z0-9_-]{1,60}")


def direct(person: PersonId, channel: str = "") -> Place:
    return Place(MESSENGER, Kind.DIRECT, person, channel)


def channel_of(channel: str) -> Place:
    return Place(MESSENGER, Kind.CHANNEL, channel)


def thread_of(channel: str, about: str) -> Place:
    """`about` is a message's ts or a case: "1732542345.000100", "1042", "S-12"."""
    return Place(MESSENGER, Kind.THREAD, channel, about)


def is_ts(text: str) -> bool:
    return _TS.fullmatch(text) is not None


def is_channel(text: str) -> bool:
    return _CHANNEL.fullmatch(text) is not None


def stranger(who: str) -> str | None:
    """The account of somebody whom nobody knows: "U9@T2"."""
    user, at, _ = who.partition("@")
    return user if at else None


def message_id(channel: str, ts: str) -> str:
    return f"{channel}:{ts}"


def read_id(text: str) -> tuple[str, str] | None:
    """None for the id of another messenger."""
    channel, colon, ts = text.partition(":")
    return (channel, ts) if colon and is_ts(ts) else None


def number_in(key: str) -> str:
    """The ticket's number in the key of what stands there: "ticket:1042:mine", "told:1042:…"; else nothing."""
    match key.split(":"):
        case ["ticket" | "told", number, *_] if number.isdigit():
            return number
        case _:
            return ""


def heard_key(by: PersonId, words: str) -> str:
    """Words that already stand in the thread because their author wrote them there."""
    for mark in INTERNAL_MARKS:
        words = words.removeprefix(mark)
    return f"heard:{by}:{sha256(words.strip().encode()).hexdigest()[:32]}"
