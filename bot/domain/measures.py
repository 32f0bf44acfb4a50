"""Deflection, time to first answer, claims, breaches: folds over events. Each fact belongs to a local day, and can be pointed at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.domain.clock import Clock, Status
from bot.domain.events import Acknowledged, Commented, Event, Opened, Party, ResolvedClaimed
from bot.domain.intervals import moment, seconds
from bot.domain.service_hours import ALWAYS, Calendar, elapsed
from bot.domain.systems import SupplierId

ASKED = "asked"  # a question; not a case of anybody's, and only counted
HANDED = "handed"  # a ticket was opened: a person had to help
CLAIMED = "claimed"  # part: the tier
ANSWERED = "answered"  # part: the tier; value: seconds of open time until the first words or the solution
JUDGED = "judged"  # a supplier's target met or breached; part: the supplier
BREACHED = "breached"  # part: the supplier


@dataclass(frozen=True, slots=True)
class Measured:
    """One fact of one ticket or supplier case. `day` is local, such as "2026-11-24"."""

    measure: str
    part: str
    day: str
    value: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A month's sum, such as "2026-11"."""

    month: str
    measure: str
    part: str
    count: int


def measures_of_ticket(events: Sequence[Event], zone: tzinfo, hours: Calendar | None) -> Iterator[Measured]:
    """`hours` is the calendar in which an answer is promised; without one, every second counts."""
    opened: datetime | None = None
    answered = False
    for event in events:
        match event.what:
            case Opened():
                opened = event.occurred_at
                yield Measured(HANDED, "", day_of(event.occurred_at, zone))
            case Acknowledged():
                yield Measured(CLAIMED, event.role.value, day_of(event.occurred_at, zone))
            case Commented(_, "employee") | ResolvedClaimed() if (
                opened and not answered and event.role in {Party.SUPERUSER, Party.IT}
            ):
                answered = True
                waited = elapsed(hours or ALWAYS, seconds(opened), seconds(event.occurred_at))
                yield Measured(ANSWERED, event.role.value, day_of(event.occurred_at, zone), waited)
            case _:
                pass


def measures_of_case(clocks: Iterable[Clock], supplier: SupplierId, zone: tzinfo) -> Iterator[Measured]:
    """Each verdict on the day that its report counts it: of the breach, or of the stop that met it."""
    for clock in clocks:
        at = clock.breach_at
        if at is None and clock.status is Status.MET:
            at = clock.stopped_at
        if clock.counts and at is not None:
            day = day_of(moment(at), zone)
            yield Measured(JUDGED, supplier, day)
            if clock.is_breached:
                yield Measured(BREACHED, supplier, day, clock.overrun_open_s)


def day_of(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).date().isoformat()
