"""A message as every messenger understands it: text, fields, buttons, a form. All strings are data, never markup."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.domain.commands import Command
from bot.domain.people import PersonId

Tone = Literal["info", "ok", "warn", "late", "hold"]
Style = Literal["plain", "primary", "danger"]


@dataclass(frozen=True, slots=True)
class Strong:
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """http, https or mailto only; anything else is shown as its label."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Mention:
    """The only thing that calls somebody."""

    person: PersonId
    name: str


Span = str | Strong | Link | Mention


@dataclass(frozen=True, slots=True)
class Input:
    """`kind` choice has `options` as (value, label). `error` is shown beside the field when a form comes back."""

    id: str
    kind: Literal["line", "text", "choice", "date", "check"]
    label: str
    required: bool = False
    max: int = 3000
    options: tuple[tuple[str, str], ...] = ()
    initial: str = ""
    hint: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Its inputs' ids are the names of the command's fields."""

    command: Command
    title: str
    submit: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """`form` is opened instead of sending the command at once. A `chosen` button was pressed already and says so."""

    label: str
    command: Command
    style: Style = "plain"
    confirm: str = ""
    form: Form | None = None
    chosen: bool = False
    off: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A clock to draw: per mille of the way from start to due, in open time. `label` says it all in words."""

    name: str
    label: str
    when: str  # "senest i dag kl. 9.33"
    left: str  # "29 min. tilbage"
    parts: tuple[tuple[Literal["used", "paused", "over"], int, int], ...] = ()  # kind, from, to
    due: int | None = 1000  # None while paused: the due stands still
    tone: Tone = "info"
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; the first column names the row. `numbers` are the columns that hold figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """`plain(message)` is the complete text version and never empty.

    `key` is the identity of what is updated in place. `quote` is what an employee wrote. `who` names the person whose
    words the text is (a carried comment); empty for the bot. `internal` is a note that the employee does not see.
    `about` is the ticket that news are of, where nothing shown says it in a way that can be counted on.
    """

    text: tuple[Span, ...]
    key: str = ""
    title: str = ""
    number: str = ""  # "#1042", "S-12": the message is a card about it
    state: str = ""  # a word for the card's state
    quote: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    source: tuple[str, ...] = ()  # where an answer comes from: article, owner, review date
    bars: tuple[Bar, ...] = ()
    table: Table | None = None
    buttons: tuple[Button, ...] = ()
    form: Form | None = None
    tone: Tone = "info"
    only_for: PersonId | None = None
    who: str = ""
    role: str = ""
    internal: bool = False
    about: str = ""


def plain_text(spans: Iterable[Span]) -> str:
    return "".join(_plain(span) for span in spans)


def plain(message: Message) -> str:
    """Notification line, console text and last resort of every renderer."""
    head = " ".join(filter(None, (message.number, message.title)))
    lines = [
        f"{head} ({message.state})" if head and message.state else head,
        f"{message.who}: {plain_text(message.text)}" if message.who else plain_text(message.text),
        f"“{message.quote}”" if message.quote else "",
        *(f"{label}: {value}" if label else value for label, value in message.fields),
        *(" · ".join(filter(None, (bar.name, bar.when, bar.left))) for bar in message.bars),
        *(table_lines(message.table) if message.table else ()),
        " · ".join(message.source),
        " ".join(f"[{'✓ ' if button.chosen else ''}{button.label}]" for button in message.buttons if not button.off),
    ]
    return "\n".join(line for line in lines if line) or "–"


def _plain(span: Span) -> str:
    match span:
        case str():
            return span
        case Strong(text):
            return text
        case Link(label, url):
            return f"{label} ({url})" if label != url else url
        case Mention(_, name):
            return name


def table_lines(table: Table) -> list[str]:
    rows = [table.head, *table.rows, *([table.total] if table.total else [])]
    widths = [max(len(row[column]) for row in rows if column < len(row)) for column in range(len(table.head))]
    return [
        table.caption,
        *(
            "  ".join(
                cell.rjust(widths[nth]) if nth in table.numbers else cell.ljust(widths[nth])
                for nth, cell in enumerate(row)
            ).rstrip()
            for row in rows
        ),
    ]
