"""A Message as JSON and back, by an allow-list. A button's command goes as its value: never a word that a person wrote."""

import json
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, get_args

from bot.domain.commands import Command
from bot.domain.refusals import UnknownButton
from bot.wording.buttons import command_of, value_of
from bot.wording.message import Bar, Button, Form, Input, Link, Mention, Message, Strong, Table

_COMMANDS = get_args(Command)
_KNOWN: dict[str, type[Any]] = {
    each.__name__: each for each in (Bar, Button, Form, Input, Link, Mention, Message, Strong, Table)
}


class NotAMessage(ValueError):
    """What is stored is not a message of ours."""


def encode(message: Message) -> str:
    return json.dumps(_plain(message), ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> Message:
    try:
        message = _value(json.loads(text))
    except (ValueError, KeyError, TypeError, UnknownButton) as wrong:
        raise NotAMessage(type(wrong).__name__) from None
    if not isinstance(message, Message):
        raise NotAMessage(type(message).__name__)
    return message


def _plain(value: Any) -> Any:
    if isinstance(value, _COMMANDS):
        return {"is": "Command", "value": value_of(value)}
    if is_dataclass(value):
        said = {each.name: getattr(value, each.name) for each in fields(value) if not _is_default(value, each)}
        return {"is": type(value).__name__, **{name: _plain(each) for name, each in said.items()}}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _is_default(value: Any, each: Any) -> bool:
    return each.default is not MISSING and getattr(value, each.name) == each.default


def _value(plain: Any) -> Any:
    match plain:
        case list():
            return tuple(_value(each) for each in plain)
        case {"is": "Command", "value": str(value)}:
            return command_of(value)
        case {"is": str(name)}:
            return _KNOWN[name](**{str(field): _value(each) for field, each in plain.items() if field != "is"})
        case _:
            return plain
