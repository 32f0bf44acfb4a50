"""The terminal as a messenger: a message is printed in plain words. Read this one first; the others do the same, prettier."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.desk.ports import Waiting
from bot.domain.commands import Kind, Place
from bot.domain.picture import Picture
from bot.wording.message import Button, Message, plain
from bot.wording.word import word


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was printed. `to` is who reads it, as people say it: Mia, #omsorg-nord, #omsorg-nord/1042."""

    row: int
    to: str
    place: Place
    message: Message
    updated: bool


@dataclass
class Console:
    """An outlet that cannot tell whether an earlier attempt was printed: paper does not answer."""

    write: Callable[[Said], None]
    said: list[Said] = field(default_factory=list)

    def send(self, row: Waiting, picture: Picture) -> str:
        message = word(row.tell.notice, picture)
        said = Said(row.id, name_of(row.tell.place, picture), row.tell.place, message, bool(row.message_id))
        self.said.append(said)
        self.write(said)
        return row.message_id or str(row.id)

    def was_sent(self, row: Waiting) -> str | None:
        raise NotImplementedError

    def buttons_at(self, place: Place) -> list[Button]:
        """What can be pressed there now: of each message the newest state, newest message first."""
        shown: dict[str, Message] = {}
        for said in self.said:
            if said.place == place:
                shown.pop(said.message.key or str(said.row), None)
                shown[said.message.key or str(said.row)] = said.message
        return [
            button
            for message in reversed(shown.values())
            for button in message.buttons
            if not (button.chosen or button.off)
        ]


def name_of(place: Place, picture: Picture) -> str:
    match place.kind:
        case Kind.DIRECT:
            return picture.reader.name if picture.reader else place.who
        case Kind.CHANNEL:
            return f"#{place.who}"
        case Kind.THREAD:
            return f"#{place.who}/{place.thread}"
        case Kind.MAIL:
            return f"mail {place.who}"


def line_of(said: Said) -> str:
    """The whole message on one line, for transcripts and logs of a chat."""
    text = " / ".join(line.strip() for line in plain(said.message).splitlines() if line.strip())
    return f"bot til {said.to}: {text}"
