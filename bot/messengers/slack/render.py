"""Message → Block Kit. Words travel as rich text or plain text, where Slack reads no markup; it never fails on what is long."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.people import Language, PersonId
from bot.messengers.slack import limits
from bot.messengers.slack.text import escape, fitting, shorten, without_controls
from bot.messengers.slack.words import say
from bot.wording.buttons import value_of
from bot.wording.message import Bar, Button, Link, Mention, Message, Span, Strong, Table, plain, table_lines

Block = dict[str, Any]
_BOLD = {"bold": True}
_SIGNS = {"ok": "white_check_mark", "warn": "warning", "late": "rotating_light", "hold": "hourglass_flowing_sand"}
_ALOUD = frozenset({"warn", "late"})  # tones that also mark a sentence of their own
_CELLS = 20
_PAINT = {"used": "█", "paused": "▒", "over": "▓"}
_SCHEMES = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Look:
    """What rendering must know of the reader and the house. `accounts` is whom a mention may call."""

    language: Language = "da"
    base_url: str = ""
    accounts: Mapping[PersonId, str] = field(default_factory=dict)

    def say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)


@dataclass(frozen=True, slots=True)
class Rendered:
    """`text` is what a notification shows, and all there is where blocks are not."""

    text: str
    blocks: list[Block]


def render(message: Message, look: Look, mark: str = "", older: str = "") -> Rendered:
    """`mark` is the id by which this very sending is known again; `older` links to the message that this one replaces."""
    blocks = [*_body(message, look, older), *_buttons(message.buttons, look)][: limits.BLOCKS]
    if mark:
        blocks[0] = {**blocks[0], "block_id": shorten(without_controls(mark), limits.ID)}
    return Rendered(notification(plain(message)), blocks)


def notification(text: str) -> str:
    """Also the place where escaping is usually forgotten."""
    return escape(shorten(without_controls(text), limits.NOTIFICATION)).strip() or "–"


def plain_text(text: str, most: int) -> dict[str, Any]:
    """No emoji codes, no markup; never empty, which Slack refuses."""
    return {"type": "plain_text", "text": shorten(without_controls(text), most).strip() or "–", "emoji": False}


def context(text: str) -> Block:
    return {"type": "context", "elements": [plain_text(text, limits.CONTEXT)]}


def rich(*sections: dict[str, Any]) -> Block:
    return {"type": "rich_text", "elements": list(sections)}


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def words(text: str, style: Mapping[str, bool] | None = None, most: int = limits.RICH_TEXT) -> dict[str, Any]:
    said = shorten(without_controls(text), most) or "–"
    return {"type": "text", "text": said, **({"style": dict(style)} if style else {})}


def _body(message: Message, look: Look, older: str) -> list[Block]:
    found: list[Block] = []
    if message.internal:
        found.append(context(f"🔒 {look.say('internal')}"))
    if message.number or message.title:
        found.append(_head(message))
    spans, is_cut = _within(_led(message), limits.WHOLE_TEXT)
    found += [rich(section(*group)) for group in _grouped([*_sign(message), *_elements(spans, look)])]
    if message.quote:
        is_cut = is_cut or shorten(message.quote, limits.QUOTE) != message.quote
        found.append(rich({"type": "rich_text_quote", "elements": [words(message.quote, most=limits.QUOTE)]}))
    found += _facts(message, look)
    if message.table:
        found.append(_table(message.table))
    if message.source:
        found.append(context(" · ".join(message.source)))
    if chosen := [each.label for each in message.buttons if each.chosen and not each.off]:
        found.append(context(" · ".join(f"✓ {label}" for label in chosen)))
    if is_cut and look.base_url:
        found.append(rich(section({"type": "link", "url": _page(message, look), "text": look.say("all")})))
    if older:
        found.append(rich(section({"type": "link", "url": older, "text": look.say("older")})))
    return found or [rich(section(words(plain(message))))]


def _head(message: Message) -> Block:
    """The number, the employee's own words, and the state, with a sign for what needs an eye."""
    sign = [_emoji(message.tone), words(" ")] if message.tone in _SIGNS else []
    name = " ".join(filter(None, (message.number, message.title)))
    state = [words(f" · {message.state}", most=limits.LABEL)] if message.state else []
    return rich(section(*sign, words(name, _BOLD, limits.HEADER), *state))


def _sign(message: Message) -> list[dict[str, Any]]:
    """A sentence of its own that needs an eye."""
    is_card = message.number or message.title
    return [_emoji(message.tone), words(" ")] if message.tone in _ALOUD and not is_card else []


def _emoji(tone: str) -> dict[str, Any]:
    return {"type": "emoji", "name": _SIGNS[tone]}


def _led(message: Message) -> Iterator[Span]:
    """A person's words stand under that person's name."""
    if message.who:
        yield Strong(f"{message.who}, {message.role}:" if message.role else f"{message.who}:")
        yield "\n"
    yield from message.text


def _within(spans: Iterable[Span], most: int) -> tuple[list[Span], bool]:
    """As many as fit; the last one that does is shortened."""
    kept: list[Span] = []
    for span in spans:
        text = _text_of(span)
        short = shorten(text, most)
        if short != text:
            return [*kept, short], True
        kept.append(span)
        most -= len(escape(text))
    return kept, False


def _text_of(span: Span) -> str:
    match span:
        case str():
            return span
        case Strong(text):
            return text
        case Link(label):
            return label
        case Mention(_, name):
            return name


def _elements(spans: Iterable[Span], look: Look) -> Iterator[dict[str, Any]]:
    for span in spans:
        match span:
            case Link(label, url) if url.startswith(_SCHEMES) and len(url) <= limits.RICH_TEXT:
                yield {"type": "link", "url": without_controls(url), "text": words(label)["text"]}
            case Mention(person) if person in look.accounts:
                yield {"type": "user", "user_id": look.accounts[person]}
            case _:
                style = _BOLD if isinstance(span, Strong) else None
                for piece in _pieces(without_controls(_text_of(span))):
                    yield words(piece, style)


def _pieces(text: str) -> Iterator[str]:
    """No longer than one element may be; cut at a line, else a word, else anywhere."""
    while (fits := fitting(text, limits.RICH_TEXT)) < len(text):
        at = max(text.rfind("\n", 0, fits), text.rfind(" ", 0, fits)) + 1 or fits
        yield text[:at]
        text = text[at:]
    if text:
        yield text


def _grouped(elements: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """A block for each stretch of about one element's length."""
    groups: list[list[dict[str, Any]]] = []
    room = 0
    for each in elements:
        length = len(escape(each.get("text", "")))
        if not groups or length > room:
            groups.append([])
            room = limits.RICH_TEXT
        groups[-1].append(each)
        room -= length
    return [group for group in groups if any(each.get("text", "x").strip() for each in group)]


def _facts(message: Message, look: Look) -> list[Block]:
    """Fields and clocks, a line each; when there are more than anybody reads, how many."""
    lines = [_field(label, value) for label, value in message.fields] + [_bar(each) for each in message.bars]
    shown = lines[: limits.LINES]
    if len(lines) > len(shown):
        shown.append(section(words(look.say("more", count=len(lines) - len(shown)))))
    for nth in range(len(shown) - 1):
        shown[nth]["elements"].append(words("\n"))
    return [rich(*shown)] if shown else []


def _field(label: str, value: str) -> dict[str, Any]:
    named = [words(f"{label}: ", _BOLD, limits.HEADER)] if label else []
    return section(*named, words(value, most=limits.RICH_TEXT if len(value) < limits.LABEL else limits.CONTEXT // 2))


def _bar(bar: Bar) -> dict[str, Any]:
    said = " · ".join(filter(None, (bar.when, bar.left)))
    return section(
        words(f"{bar.name}: ", _BOLD, limits.HEADER),
        *([words(f"{said} ", most=limits.HEADER)] if said else []),
        words(drawn(bar), {"code": True}),
    )


def drawn(bar: Bar) -> str:
    """The way to the due in twenty cells, or further if the clock ran past it."""
    whole = max(1000, *(end for _, _, end in bar.parts), bar.due or 0)
    cells = ["░"] * _CELLS
    for kind, start, end in bar.parts:
        for cell in range(start * _CELLS // whole, min(_CELLS, -(-end * _CELLS // whole))):
            cells[cell] = _PAINT[kind]
    return "".join(cells)


def _table(table: Table) -> Block:
    text = "\n".join(table_lines(table))
    return rich({"type": "rich_text_preformatted", "elements": [words(text, most=limits.TABLE)]})


def _page(message: Message, look: Look) -> str:
    """Where all of it can be read."""
    number = message.number
    if number.startswith("S-"):
        return f"{look.base_url}/leverandoersag/{number.removeprefix('S-')}"
    return f"{look.base_url}/sag/{number.removeprefix('#')}" if number else f"{look.base_url}/"


def _buttons(buttons: Iterable[Button], look: Look) -> Iterator[Block]:
    pressable = [_button(nth, each, look) for nth, each in enumerate(buttons) if not (each.off or each.chosen)]
    for start in range(0, len(pressable), limits.BUTTONS):
        part = pressable[start : start + limits.BUTTONS]
        yield {"type": "actions", "block_id": f"knapper-{start}", "elements": part}


def _button(nth: int, button: Button, look: Look) -> dict[str, Any]:
    value = value_of(button.command)[: limits.VALUE]
    return {
        "type": "button",
        "action_id": f"{nth}:{value}"[: limits.ID],
        "text": plain_text(button.label, limits.LABEL),
        "value": value,
        **({"style": button.style} if button.style != "plain" else {}),
        **({"confirm": _confirm(button, look)} if button.confirm else {}),
    }


def _confirm(button: Button, look: Look) -> dict[str, Any]:
    return {
        "title": plain_text(look.say("sure"), limits.CONFIRM_TITLE),
        "text": plain_text(button.confirm, limits.CONFIRM_TEXT),
        "confirm": plain_text(button.label, limits.CONFIRM_BUTTON),
        "deny": plain_text(look.say("no"), limits.CONFIRM_BUTTON),
    }
