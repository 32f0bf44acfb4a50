"""Values of the domain as JSON, tagged with the name of their type; only types on the list below are ever made again."""

import json
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, get_args

from bot.domain import refusals
from bot.domain.articles import Ranked
from bot.domain.commands import Command, Delivery, Kind, Milestone, Place, Report
from bot.domain.notices import Notice, Tell
from bot.domain.people import Tier
from bot.domain.refusals import Refused

TAG = "is"


class CodecError(ValueError):
    """What is stored, or is to be stored, is of no known type. Names the type, never the words in it."""


_REFUSALS = tuple(
    each
    for each in vars(refusals).values()
    if isinstance(each, type) and issubclass(each, Refused) and each is not Refused
)
_DATACLASSES: dict[str, type[Any]] = {
    each.__name__: each
    for each in (*get_args(Command), *get_args(Notice), *_REFUSALS, Report, Place, Ranked, Delivery, Tell)
}
_ENUMS: dict[str, type[Enum]] = {each.__name__: each for each in (Milestone, Kind, Tier)}


def encode(value: Any) -> str:
    """Raises CodecError for a type that could not be read again."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def decode(text: str) -> Any:
    """Raises CodecError for an unknown type, an unknown field or a missing one. A new field takes its default."""
    try:
        plain = json.loads(text)
    except json.JSONDecodeError as wrong:
        raise CodecError(f"not JSON: {wrong.msg} at {wrong.pos}") from None
    return _value(plain)


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            _known(_ENUMS, type(value))
            return {TAG: type(value).__name__, "value": value.value}
        case None | bool() | int() | float() | str():
            return value
        case tuple():
            return [_plain(each) for each in value]
        case frozenset():
            return {TAG: "frozenset", "of": sorted((_plain(each) for each in value), key=json.dumps)}
        case datetime():
            return {TAG: "datetime", "at": value.isoformat()}
        case date():
            return {TAG: "date", "on": value.isoformat()}
        case timedelta():
            return {TAG: "timedelta", "us": value // timedelta(microseconds=1)}
        case _ if is_dataclass(value):
            _known(_DATACLASSES, type(value))
            return {TAG: type(value).__name__} | {
                each.name: _plain(getattr(value, each.name)) for each in fields(value)
            }
        case _:
            raise CodecError(f"{type(value).__name__} cannot be stored")


def _known(types: dict[str, type[Any]], kind: type[Any]) -> None:
    if types.get(kind.__name__) is not kind:
        raise CodecError(f"{kind.__name__} is not on the list of what may be stored")


def _value(plain: Any) -> Any:
    match plain:
        case list():
            return tuple(_value(each) for each in plain)
        case {"is": "frozenset", "of": list(of)}:
            return frozenset(_value(each) for each in of)
        case {"is": "datetime", "at": str(at)}:
            return datetime.fromisoformat(at)
        case {"is": "date", "on": str(on)}:
            return date.fromisoformat(on)
        case {"is": "timedelta", "us": int(us)}:
            return timedelta(microseconds=us)
        case {"is": str(name), "value": value} if name in _ENUMS:
            return _member(name, value)
        case {"is": str(name)} if name in _DATACLASSES:
            return _made(_DATACLASSES[name], {field: each for field, each in plain.items() if field != TAG})
        case dict():
            raise CodecError(f"{plain.get(TAG)!r} is not on the list of what may be stored")
        case _:
            return plain


def _member(name: str, value: Any) -> Enum:
    try:
        return _ENUMS[name](value)
    except ValueError:
        raise CodecError(f"{name} has no such value") from None


def _made(kind: type[Any], given: dict[str, Any]) -> Any:
    known = {each.name: each for each in fields(kind)}
    if unknown := given.keys() - known:
        raise CodecError(f"{kind.__name__} has no field {min(unknown)}")
    if missing := {name for name, each in known.items() if name not in given and _is_required(each)}:
        raise CodecError(f"{kind.__name__} needs its field {min(missing)}")
    return kind(**{name: _value(each) for name, each in given.items()})


def _is_required(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING
