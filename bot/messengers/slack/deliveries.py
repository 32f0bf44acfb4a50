"""What was done in Slack → a delivery: the account is a person, the words are plain and masked, the place is named."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from bot.desk.conversation import INTERNAL_MARKS
from bot.desk.ports import Clock
from bot.domain.commands import Ask, AskPerson, Command, Comment, Delivery, Help, Kind, Place
from bot.domain.people import PersonId
from bot.domain.privacy import clean, mask
from bot.messengers.slack import places
from bot.messengers.slack.ports import MESSENGER, Cards
from bot.messengers.slack.reading import Commanded, Pressed, Said, Submitted
from bot.messengers.slack.text import decode
from bot.messengers.slack.views import filled
from bot.messengers.slack.who import People
from bot.messengers.slack.words import say
from bot.wording.buttons import command_of
from bot.wording.typed import understand

EDITED = "✏️ "  # before words that replace what was carried earlier
KEPT = "//"  # after the number of a ticket: these words stayed among colleagues
_ASKS = (Ask, AskPerson)


@dataclass(frozen=True, slots=True)
class Note:
    """To be remembered once the delivery is kept: where words stand that will be carried."""

    place: Place
    key: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Taken:
    delivery: Delivery
    notes: tuple[Note, ...] = ()
    has_files: bool = False


class Deliveries:
    """Called in worker threads: it may ask Slack who somebody is."""

    def __init__(self, people: People, cards: Cards, clock: Clock) -> None:
        self._people, self._cards, self._clock = people, cards, clock

    def said(self, it: Said) -> Taken | None:
        """None for talk among people that is not meant for the bot: most of what is said in a channel."""
        us = self._people.identity()
        bot = us.user
        if it.who.user in {us.user, us.name}:
            return None  # our own words, should Slack ever bring them back: an answer to them would never end
        thread = self._thread_of(it)
        number = self._number(it, thread)
        is_called = it.is_direct or it.mentions(bot)
        if it.edited_at and not number:
            return None  # what the bot answered stays answered
        if not (number or is_called):
            return None
        by = self._people.person(it.who.team, it.who.user)
        words = mask(clean(self._plain(it.text, bot)))
        text = self._with_files(words.text, it)
        command = understand(text, number) if text or it.is_direct else Help()
        if it.edited_at and isinstance(command, Comment):
            command = self._anew(it, thread, command.number, text)
        delivery = self._delivery(it.key, by, self._place(it, by, command), command, words.removed)
        return Taken(delivery, self._notes(it, by, command), bool(it.files))

    def commanded(self, it: Commanded) -> Taken:
        by = self._people.person(it.who.team, it.who.user)
        words = mask(clean(self._plain(it.text)))
        command = understand(words.text) if words.text else Help()
        return Taken(self._delivery(it.key, by, places.direct(by, it.channel), command, words.removed))

    def pressed(self, it: Pressed) -> Taken:
        """Raises UnknownButton."""
        by = self._people.person(it.who.team, it.who.user)
        command = command_of(mask(clean(it.value)).text)
        return Taken(self._delivery(it.key, by, self._aside(by, it.channel), command))

    def submitted(self, it: Submitted, tries: int = 0) -> Taken:
        """`tries`: how often this form was refused; what is sent again after that is another delivery. Raises UnknownButton."""
        by = self._people.person(it.who.team, it.who.user)
        value, channel, ts = read_metadata(it.metadata)
        masked = {name: mask(clean(text)) for name, text in filled(it.view).items()}
        fields = {name: each.text for name, each in masked.items()}
        command = command_of(value, fields)
        place = self._aside(by, channel)
        if isinstance(command, Ask) and channel and ts:
            place = places.thread_of(channel, ts)
        said = "\0".join(f"{name}={text}" for name, text in sorted(fields.items()))
        key = f"v:{it.view_id}:{sha256(said.encode()).hexdigest()[:16]}:{tries}"
        removed = sum(each.removed for each in masked.values())
        return Taken(self._delivery(key, by, place, command, removed, answered_here=True))

    def aside(self, it: Pressed) -> Place:
        """Where the one who pressed is told something."""
        return self._aside(self._people.person(it.who.team, it.who.user), it.channel)

    def aside_of(self, it: Submitted) -> Place:
        """Where the one who filled in a form is told something once it is gone."""
        _, channel, _ = read_metadata(it.metadata)
        return self._aside(self._people.person(it.who.team, it.who.user), channel)

    def plain(self, text: str) -> str:
        """Somebody's message as the beginning of a form."""
        return mask(clean(self._plain(text))).text

    # A message

    def _thread_of(self, it: Said) -> Place:
        if not it.is_direct:
            return places.channel_of(it.channel)
        return places.direct(self._people.person(it.who.team, it.who.user))

    def _anew(self, it: Said, place: Place, number: int, text: str) -> Comment:
        """The same words, written better. They stay among colleagues if they were, or now are, meant for them."""
        mark = next((each for each in INTERNAL_MARKS if text.startswith(each)), "")
        kept = bool(mark) or (self._cards.message(place, _relayed(it)) or "").endswith(KEPT)
        words = EDITED + text.removeprefix(mark).strip()
        return Comment(number, words, "internal" if kept else None, datetime.fromtimestamp(float(it.ts), UTC))

    def _number(self, it: Said, place: Place) -> str:
        """The ticket whose thread it is, or whose comment is edited."""
        if it.edited_at:
            return (self._cards.message(place, _relayed(it)) or "").removesuffix(KEPT)
        if not it.thread:
            return ""
        return places.number_in(self._cards.key(place, places.message_id(it.channel, it.thread)) or "")

    def _place(self, it: Said, by: PersonId, command: Command) -> Place:
        """Only questions are answered where others read along."""
        if it.is_direct:
            return places.direct(by)
        if isinstance(command, _ASKS):
            return places.thread_of(it.channel, it.thread or it.ts)
        return places.direct(by, it.channel)

    def _notes(self, it: Said, by: PersonId, command: Command) -> tuple[Note, ...]:
        if not isinstance(command, Comment):
            return ()
        where = self._thread_of(it)
        number = str(command.number)
        is_kept = command.audience == "internal" or command.text.startswith(INTERNAL_MARKS)
        relayed = Note(where, _relayed(it), f"{number}{KEPT if is_kept else ''}")
        if where.kind is Kind.DIRECT:
            return (relayed,)
        thread = places.thread_of(it.channel, number)
        return relayed, Note(thread, places.heard_key(by, command.text), places.message_id(it.channel, it.ts))

    def _plain(self, text: str, bot: str = "") -> str:
        if bot:
            for called in (f"<@{bot}>", f"<@{bot}|{text.partition(f'<@{bot}|')[2].partition('>')[0]}>"):
                text = text.replace(called, " ")
        return decode(text.strip(), self._people.name)

    def _with_files(self, text: str, it: Said) -> str:
        named = (mask(clean(say("da", "file", name=each))).text for each in it.files)
        return "\n".join(filter(None, (text, *named)))

    def _aside(self, by: PersonId, channel: str) -> Place:
        """Where only they see it: in a channel for their eyes only, else in their direct messages."""
        return places.direct(by) if not channel or channel.startswith("D") else places.direct(by, channel)

    def _delivery(
        self, key: str, by: PersonId, place: Place, command: Command, removed: int = 0, *, answered_here: bool = False
    ) -> Delivery:
        return Delivery(MESSENGER, key, by, place, command, self._clock.now(), removed, answered_here)


def _relayed(it: Said) -> str:
    return f"relayed:{it.channel}:{it.ts}"


def metadata(value: str, channel: str, ts: str = "") -> str:
    """What a form must know when it comes back."""
    return f"{value}|{channel}|{ts}"


def read_metadata(text: str) -> tuple[str, str, str]:
    """It went through a client: only what looks like ours is taken."""
    value, _, rest = text.partition("|")
    channel, _, ts = rest.partition("|")
    return value, channel if places.is_channel(channel) else "", ts if places.is_ts(ts) else ""
