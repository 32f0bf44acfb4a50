"""A calendar month as people there live it: it begins and ends at local midnight."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import NamedTuple, Self

from bot.domain.intervals import moment, seconds

_WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


class Bounds(NamedTuple):
    """UTC seconds, half-open."""

    since: int
    until: int


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Self:
        """From "2026-11". Raises ValueError."""
        found = _WRITTEN.fullmatch(text.strip())
        if not found:
            raise ValueError(f"a month is written 2026-11, not {text!r}")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def at(cls, instant: int, zone: tzinfo) -> Self:
        local = moment(instant).astimezone(zone)
        return cls(local.year, local.month)

    def bounds(self, zone: tzinfo) -> Bounds:
        return Bounds(self._first(zone), self.following()._first(zone))

    def following(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def _first(self, zone: tzinfo) -> int:
        return seconds(datetime(self.year, self.number, 1, tzinfo=zone))

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"
