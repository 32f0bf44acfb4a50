"""One file as plain values that remember their lines, and the complaints about it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from bot.storage.knowledge.complaints import Complaint, Level, Reason

Place = tuple[str | int, ...]  # keys and positions that lead to a value

_LONGEST_VALUE = 60


@dataclass(slots=True)
class Page:
    """`lines` holds the line of every key and list item. The first complaint about a place is the one that is told."""

    file: str
    value: Any
    lines: Mapping[Place, int]
    complaints: list[Complaint] = field(default_factory=list)
    refused: set[Place] = field(default_factory=set)

    def at(self, place: Place) -> Any:
        """What stands there; None if nothing does."""
        found = self.value
        for step in place:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def line(self, place: Place) -> int:
        """The line of the value, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def refuse(self, place: Place, reason: str | Reason, *, line: int = 0, **values: object) -> None:
        """`values` stand in the {braces} of the sentence."""
        # A value that was read wrongly is wrong in other ways too; one complaint is enough.
        if not any(place[:length] in self.refused for length in range(len(place) + 1)):
            self.refused.add(place)
            self._complain(place, _reason(reason, values), Level.REFUSAL, line)

    def warn(self, place: Place, reason: str, **values: object) -> None:
        self._complain(place, _reason(reason, values), Level.WARNING, 0)

    def items(self, place: Place) -> Iterable[tuple[Place, Any]]:
        """The members of the list there, each with its place. What is not a list has none."""
        found = self.at(place)
        return [((*place, number), each) for number, each in enumerate(found)] if isinstance(found, list) else []

    def keys(self, place: Place) -> Iterable[tuple[Place, str]]:
        """The keys of the mapping there, each with its place."""
        found = self.at(place)
        return [((*place, key), key) for key in found] if isinstance(found, dict) else []

    def _complain(self, place: Place, reason: Reason, level: Level, line: int) -> None:
        subject, depth = self._subject(place)
        self.complaints.append(
            Complaint(
                file=self.file,
                line=line or self.line(place),
                subject=subject,
                reason=reason,
                level=level,
                path=self._path(place, depth),
                value=shown(self.at(place)) if len(place) > depth else "",
            )
        )

    def _subject(self, place: Place) -> tuple[str, int]:
        """The id of the outermost thing that has one, and how deep it stands; else the name of the file."""
        heading = self.at(("contract", "id"))
        if isinstance(heading, str) and heading:
            return heading, 0
        for depth in range(len(place) + 1):
            name = self.at((*place[:depth], "id"))
            if isinstance(name, str) and name:
                return name, depth
        return PurePath(self.file).name.removesuffix(".yaml"), 0

    def _path(self, place: Place, depth: int) -> str:
        words = ""
        for length in range(depth, len(place)):
            step = place[length]
            if isinstance(step, int):
                name = self.at((*place[: length + 1], "id"))
                words += f"[{name if isinstance(name, str) and name else step}]"
            else:
                words += f".{step}" if words else str(step)
        return words


def _reason(said: str | Reason, values: Mapping[str, object]) -> Reason:
    return said if isinstance(said, Reason) else Reason.of(said, **values)


def shown(value: Any) -> str:
    """A value as one short piece of a sentence. Groups of values are named by their place alone."""
    match value:
        case None | dict() | list():
            return ""
        case bool() | int() | float():
            return json.dumps(value)
        case date():
            return value.isoformat()
        case _:
            text = " ".join(str(value).split())
            text = text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
            return f'"{text}"' if " " in text else text
