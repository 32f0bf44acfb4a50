"""YAML text → a page: plain values with the line of each. Refuses what YAML 1.1 reads otherwise than people do.

Only the composer of PyYAML is used (its C part where there is one); the values are made here, from a short list of tags.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import yaml

from bot.storage.knowledge.complaints import Reason
from bot.storage.knowledge.page import Page, Place

_DEEPEST = 40  # deeper nesting is an attack or an accident
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Unreadable(ValueError):
    """A scalar that YAML understands in a way its author did not mean."""

    def __init__(self, sentence: str, **values: str) -> None:
        self.reason = Reason.of(sentence, **values)
        super().__init__(sentence)


def read(file: str, content: bytes) -> Page:
    """The page of a file. What cannot be read is None, with a complaint."""
    page = Page(file, None, {})
    try:
        text = content.decode()
        node = yaml.compose(text, Loader=_LOADER)
        if node:
            _Values(page).read(node)
        else:
            page.refuse((), "is empty")
    except UnicodeDecodeError as wrong:
        page.refuse(
            (),
            "is not UTF-8: byte {byte} cannot be read",
            line=content[: wrong.start].count(b"\n") + 1,
            byte=wrong.start,
        )
    except yaml.reader.ReaderError as wrong:
        page.refuse(
            (),
            "has a character that is not text: {problem}",
            line=text[: wrong.position].count("\n") + 1,
            problem=wrong.reason,
        )
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        page.refuse((), "is not YAML: {problem}", line=mark.line + 1 if mark else 1, problem=_words(wrong))
    return page


def _words(wrong: yaml.MarkedYAMLError) -> str:
    return ", ".join(part for part in (wrong.context, wrong.problem) if part)


class _Values:
    """Walks the composed nodes once, making values and noting lines."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines: dict[Place, int] = {(): 1}
        self.seen: set[int] = set()
        self.wrong: list[tuple[Place, Reason, int]] = []

    def read(self, node: yaml.Node) -> None:
        self.page.value = self._value(node, ())
        self.page.lines = self.lines
        # Complaints name a thing by its id, so they wait until everything is read.
        for place, reason, line in self.wrong:
            self.page.refuse(place, reason, line=line)

    def _value(self, node: yaml.Node, place: Place) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        if id(node) in self.seen:
            return self._refuse(node, place, Reason.of("is an alias (*name): write the text out where it is needed"))
        self.seen.add(id(node))
        if len(place) >= _DEEPEST:
            return self._refuse(node, place, Reason.of("is nested too deep"))
        if node.tag not in {f"{_TAG}map", f"{_TAG}seq"}:
            return self._refuse(node, place, _of_tag(node))
        return self._mapping(node, place) if isinstance(node, yaml.MappingNode) else self._sequence(node, place)

    def _sequence(self, node: Any, place: Place) -> list[Any]:
        values = []
        for number, each in enumerate(node.value):
            here = (*place, number)
            self.lines[here] = each.start_mark.line + 1
            values.append(self._value(each, here))
        return values

    def _mapping(self, node: Any, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, each in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            here = (*place, name)
            line = key.start_mark.line + 1
            if name in values:
                self.wrong.append(
                    (here, Reason.of("is a key twice (first in line {first})", first=self.lines[here]), line)
                )
                continue
            self.lines[here] = line
            if key.tag != f"{_TAG}str":
                self._refuse(key, here, _key_reason(key))
            values[name] = self._value(each, here)
        return values

    def _scalar(self, node: Any, place: Place) -> Any:
        make = _MAKE.get(node.tag.removeprefix(_TAG))
        if make is None:
            return self._refuse(node, place, _of_tag(node))
        try:
            return make(node.value)
        except Unreadable as wrong:
            self._refuse(node, place, wrong.reason)
            return node.value

    def _refuse(self, node: Any, place: Place, reason: Reason) -> None:
        # An alias is the node it stands for, wherever that was; its own line is that of its key.
        self.wrong.append((place, reason, self.lines.get(place, node.start_mark.line + 1)))


def _of_tag(node: Any) -> Reason:
    return Reason.of("has the tag {tag}: tags are not read here", tag=node.tag.replace(_TAG, "!!"))


def _key_reason(key: Any) -> Reason:
    if key.tag == f"{_TAG}merge":
        return Reason.of("is a merge key: write the keys out where they are needed")
    if not isinstance(key, yaml.ScalarNode):
        return Reason.of("is not a key: keys are words")
    read_as = key.tag.replace(_TAG, "")
    return Reason.of(
        'is read by YAML as {read_as}, not as a word: write "{text}" in quotes', read_as=read_as, text=key.value
    )


def _boolean(text: str) -> bool:
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    raise Unreadable(
        'is read by YAML as true or false: write "{text}" in quotes, or true or false if that is meant', text=text
    )


def _integer(text: str) -> int:
    if ":" in text:
        raise Unreadable('is read by YAML as a number in base 60: write "{text}" in quotes', text=text)
    if not _WHOLE.fullmatch(text):
        raise Unreadable(
            "is a number written in an unusual way: write it with plain digits, or in quotes if it is a word"
        )
    return int(text)


def _decimal(text: str) -> float:
    if not _DECIMAL.fullmatch(text):
        raise Unreadable("is a number written in an unusual way: write it like 0.75, or in quotes if it is a word")
    return float(text)


def _date(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise Unreadable("is not a plain date: write it like 2026-01-31, or in quotes if it is a word")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable("is not a date that exists") from None


def _null(text: str) -> None:
    """`null`, `~` and nothing at all."""


_MAKE: dict[str, Callable[[str], Any]] = {
    "str": str,
    "bool": _boolean,
    "int": _integer,
    "float": _decimal,
    "timestamp": _date,
    "null": _null,
}
