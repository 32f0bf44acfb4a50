"""Part of a page → a checked value. Everything that is wrong with its shape is told at once, in words for those who edit files."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Strict, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.storage.knowledge.complaints import Reason
from bot.storage.knowledge.page import Page, Place

Names = Mapping[str, AbstractSet[str]]  # kind of thing → the ids there are; a kind that is left out is not checked

ItemT = TypeVar("ItemT")
Listed = Annotated[tuple[ItemT, ...], Strict(strict=False)]  # a list in the file; its items are as strict as ever


class Shape(BaseModel):
    """A mapping in a file: no unknown keys, and no guessing of types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


ShapeT = TypeVar("ShapeT", bound=Shape)


def part(page: Page, place: Place, kind: type[ShapeT], names: Names) -> ShapeT | None:
    """The value at the place, or None with complaints."""
    if place not in page.lines:
        page.refuse(place, "is missing")
        return None
    try:
        return kind.model_validate(page.at(place), context=names)
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False)
        deeper = {error["loc"][:length] for error in errors for length in range(len(error["loc"]))}
        for error in errors:
            # A list that lost its wrong items is not too short as well.
            if error["loc"] not in deeper:
                page.refuse(_place(page, (*place, *error["loc"]), error["type"]), _reason(error))
        return None


def wrong(sentence: str, **values: object) -> PydanticCustomError:
    """What a validator raises: the sentence goes on after the value. `values` stand in its {braces}."""
    return PydanticCustomError("told", "{sentence}", {"sentence": sentence, **values})


def must_be_known(name: str, kind: str, info: ValidationInfo) -> str:
    """Refuses a name that nothing of that kind has."""
    known = (info.context or {}).get(kind)
    if known is not None and name not in known:
        close = get_close_matches(name, sorted(known), n=1)
        if close:
            raise wrong("is not a known {kind}; did you mean {close}?", kind=kind, close=close[0])
        raise wrong("is not a known {kind}", kind=kind)
    return name


def _place(page: Page, place: Place, kind: str) -> Place:
    """The part of pydantic's location that exists in the file; a missing key is named although it is not there."""
    found: Place = ()
    for step in place:
        if (*found, step) not in page.lines:
            return (*found, step) if kind == "missing" else found
        found = (*found, step)
    return found


_SAID = {
    "missing": "is missing",
    "extra_forbidden": "is not a known key here",
    "string_type": "must be text; if it is, write it in quotes",
    "string_too_short": "is empty",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "date_type": "must be a date such as 2026-01-31, without quotes",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be keys with values",
    "model_type": "must be keys with values",
    "literal_error": "must be {expected}",
    "too_short": "needs at least {min_length}",
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be at most {le}",
}


def _reason(error: ErrorDetails) -> Reason:
    context: dict[str, Any] = dict(error.get("ctx", {}))
    sentence = context.pop("sentence") if error["type"] == "told" else _SAID.get(error["type"])
    return Reason.of(sentence or f"{error['msg'][:1].lower()}{error['msg'][1:]}", **context)
