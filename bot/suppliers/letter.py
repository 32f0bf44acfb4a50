"""A fault report as a letter: who it is to, its subject, and a body that reads well as plain text."""

from dataclasses import dataclass
from textwrap import wrap

from bot.desk.ports import NotSent, Waiting
from bot.domain.notices import FaultReported
from bot.domain.picture import Picture
from bot.domain.systems import SupplierId
from bot.wording.message import Message, plain_text
from bot.wording.say import Voice
from bot.wording.word import word

WIDTH = 72
INDENT = "  "


@dataclass(frozen=True, slots=True)
class Letter:
    case_id: str
    name: str
    address: str
    subject: str
    body: str


def letter(row: Waiting, picture: Picture) -> Letter:
    """Raises NotSent, without hope, for what can never be a letter to this supplier."""
    if not isinstance(row.tell.notice, FaultReported):
        raise NotSent(f"suppliers are sent fault reports, not {type(row.tell.notice).__name__}", hopeless=True)
    supplier = picture.organisation.suppliers.get(SupplierId(row.tell.place.who))
    if supplier is None or not supplier.mail:
        raise NotSent(f"no mail address is known for {row.tell.place.who}", hopeless=True)
    if picture.case is None or not picture.texts.get(picture.case.report):
        raise NotSent("the report has been erased", hopeless=True)
    message = word(row.tell.notice, picture)
    again = Voice(picture).say("mail.again") if row.tried_unsure else ""
    return Letter(
        picture.case.case_id, one_line(supplier.name), supplier.mail, one_line(message.title), _body(message, again)
    )


def one_line(text: str) -> str:
    """What a header may hold: no line ends, no controls, nothing that turns text around."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _body(message: Message, again: str) -> str:
    blocks = [
        again,
        _wrapped(plain_text(message.text)),
        _wrapped(f"“{message.quote.strip()}”") if message.quote.strip() else "",
        *(f"{label}\n{_wrapped(value or '–', INDENT)}" for label, value in message.fields),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _wrapped(text: str, indent: str = "") -> str:
    """As people read mail; what the writer put on lines of its own stays there."""
    return "\n".join(
        row
        for line in text.splitlines()
        for row in wrap(
            one_line(line),
            WIDTH,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
