"""Posts that are forgotten when the process ends: for tests, and for trying things out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from bot.domain.commands import Place
from bot.domain.people import PersonId


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    place: Place
    key: str
    author: str
    message: str
    at: datetime
    revision: int
    changed: int


class MemoryPosts:
    def __init__(self) -> None:
        self._lock = Lock()
        self._rows: dict[int, Row] = {}
        self._sent: dict[str, int] = {}
        self._changed = 0

    def put(self, place: Place, key: str, author: str, message: str, at: datetime, send_key: str | None = None) -> int:
        with self._lock:
            self._changed += 1
            known = next((each for each in self._rows.values() if key and (each.place, each.key) == (place, key)), None)
            if known:
                row = replace(known, message=message, revision=known.revision + 1, changed=self._changed)
            else:
                row = Row(len(self._rows) + 1, place, key, author, message, at, 1, self._changed)
            self._rows[row.id] = row
            if send_key:
                self._sent[send_key] = row.id
            return row.id

    def sent_as(self, send_key: str) -> int | None:
        with self._lock:
            return self._sent.get(send_key)

    def page(self, place: Place, most: int = 50, before: int | None = None) -> Sequence[Row]:
        with self._lock:
            here = [each for each in self._rows.values() if each.place == place and (not before or each.id < before)]
            return here[-most:]

    def above(self, place: Place, post: int, most: int = 50) -> Sequence[Row]:
        with self._lock:
            return [each for each in self._rows.values() if each.place == place and each.id > post][:most]

    def since(self, changed: int, most: int = 500) -> Sequence[Row]:
        with self._lock:
            later = [each for each in self._rows.values() if each.changed > changed]
            return sorted(later, key=lambda each: each.changed)[:most]

    def newest(self) -> int:
        return self._changed


class MemoryMarks:
    def __init__(self) -> None:
        self._reached: dict[tuple[PersonId, Place], int] = {}

    def reached_under(self, person: PersonId, place: Place) -> Mapping[str, int]:
        known = list(self._reached.items())
        return {at.thread: post for (who, at), post in known if who == person and replace(at, thread="") == place}

    def reach(self, person: PersonId, place: Place, post: int) -> None:
        self._reached[person, place] = max(post, self._reached.get((person, place), 0))
        for (who, at), read in list(self._reached.items()):
            if who == person and at.thread and replace(at, thread="") == place and read <= post:
                self._reached.pop((who, at), None)
