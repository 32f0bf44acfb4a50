"""What is known to have happened: events received once, as corrected, in the one order that decides.

The result cannot depend on the order of arrival, on repeats, or on what was recorded after `known_at`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, NamedTuple, TypeVar, cast

from bot.domain.events import Corrected, Event, Happened, Voided
from bot.domain.intervals import moment, seconds

What = TypeVar("What", bound=Happened)


class Fact(NamedTuple):
    """One event as it stands. The first four fields are the order: instant, rank of the type, when recorded, id."""

    at: int
    rank: int
    recorded: datetime
    id: str
    what: Happened
    type: str
    role: str


@dataclass(frozen=True, slots=True)
class History:
    """One case's facts in order, and the same by type."""

    case_id: str
    facts: Sequence[Fact]
    anomalies: tuple[str, ...] = ()
    by_type: dict[str, list[Fact]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for fact in self.facts:
            self.by_type.setdefault(fact.type, []).append(fact)

    def all(self, *types: str) -> list[Fact]:
        if len(types) == 1:
            return self.by_type.get(types[0], [])
        return sorted(fact for each in types for fact in self.by_type.get(each, ()))

    def of(self, kind: type[What]) -> list[tuple[Fact, What]]:
        """The facts of one kind, with what happened as that kind."""
        return cast("list[tuple[Fact, What]]", [(fact, fact.what) for fact in self.by_type.get(kind.type, ())])

    def first(self, *types: str) -> Fact | None:
        return next(iter(self.all(*types)), None)


def histories(events: Iterable[Event], now: int, known_at: int | None = None) -> list[History]:
    """One history per case, in the order of case ids."""
    known, conflicts = _received_once(events, known_at)
    cases: dict[str, list[Fact]] = {}
    for event, what, occurred_at in _as_corrected(known):
        at = seconds(occurred_at)
        facts = cases.setdefault(event.case_id, [])
        if at <= now:
            facts.append(Fact(at, what.rank, event.recorded_at, event.event_id, what, what.type, event.role))
    return [
        History(case, sorted(cases[case]), ("duplicate_id_conflict",) if case in conflicts else ())
        for case in sorted(cases)
    ]


def _received_once(events: Iterable[Event], known_at: int | None) -> tuple[dict[str, Event], set[str]]:
    horizon = None if known_at is None else moment(known_at)
    known: dict[str, Event] = {}
    conflicts: set[str] = set()
    for event in events:
        if horizon is not None and event.recorded_at > horizon:
            continue
        earlier = known.setdefault(event.event_id, event)
        if earlier is not event:
            if replace(earlier, recorded_at=event.recorded_at) != event:
                conflicts |= {earlier.case_id, event.case_id}
            known[event.event_id] = min(earlier, event, key=_age)
    return known, conflicts


def _age(event: Event) -> tuple[datetime, str, str]:
    # Two records with the same second and id are told apart by what they say: any fixed order will do.
    return event.recorded_at, event.event_id, repr(event)


Standing = tuple[Event, Happened, datetime]  # an event with what happened, and when, as it stands


def _as_corrected(known: dict[str, Event]) -> Iterator[Standing]:
    about: dict[str, list[Event]] = {}
    for event in sorted((each for each in known.values() if each.corrects), key=_age):
        about.setdefault(event.corrects or "", []).append(event)
    for event in known.values():
        if not about:
            yield event, event.what, event.occurred_at
        elif not event.corrects and not _is_voided(event.event_id, about):
            yield _amended(event, about)


def _is_voided(event_id: str, about: dict[str, list[Event]]) -> bool:
    """Whether a voiding stands that has not itself been voided. An event is about one other, so this ends."""
    return any(
        isinstance(each.what, Voided) and not _is_voided(each.event_id, about) for each in about.get(event_id, ())
    )


def _amended(event: Event, about: dict[str, list[Event]]) -> Standing:
    what, occurred_at = event.what, event.occurred_at
    known = {each.name for each in fields(what)}
    for each in about.get(event.event_id, ()):
        if isinstance(each.what, Corrected) and not _is_voided(each.event_id, about):
            changes: dict[str, Any] = {name: value for name, value in each.what.payload if name in known}
            what = replace(what, **changes)
            occurred_at = each.what.occurred_at or occurred_at
    return event, what, occurred_at
