"""What somebody looks for among tickets and supplier cases: filters as a value, and what a list of them counts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.clock import Clock, Status
from bot.domain.events import Party
from bot.domain.intervals import moment
from bot.domain.people import GroupId, SiteId, SystemId, Tier
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import SupplierId
from bot.domain.ticket import Ticket

Age = Literal["day", "week", "older"]
Pressing = Literal["late", "near", "held"]
AGES: dict[Age, tuple[timedelta, timedelta | None]] = {
    "day": (timedelta(), timedelta(days=1)),
    "week": (timedelta(days=1), timedelta(days=7)),
    "older": (timedelta(days=7), None),
}
_NUMBER = re.compile("(#|S-|)([0-9]{1,9})")
SOUGHT = 500  # letters of a title that are looked through: what an index of every database can hold
NEAR_PM = 750  # per mille of a promised time from which it is near its end


@dataclass(frozen=True, slots=True)
class Behind:
    """The tickets or supplier cases that a figure counts: `part` of it (a tier, a supplier), local days [since, until)."""

    measure: str
    part: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that is open, unless it says less. `behind` looks among all, open or not."""

    system: SystemId | None = None
    site: SiteId | None = None
    group: GroupId | None = None
    tier: Tier | None = None
    holders: frozenset[Party] = frozenset()
    supplier: SupplierId | None = None
    age: Age | None = None
    pressing: Pressing | None = None
    due_since: datetime | None = None
    due_until: datetime | None = None
    text: str = ""
    behind: Behind | None = None

    @property
    def number(self) -> tuple[str, int] | None:
        """Of a text that is nothing but a number: "#1042" is a ticket's, "S-12" a supplier case's, and "1042" may be either's."""
        said = _NUMBER.fullmatch(self.text.strip().upper())
        return (said[1], int(said[2])) if said else None

    def opened_between(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """Half-open on the left: (since, until]."""
        if self.age is None:
            return None, None
        youngest, oldest = AGES[self.age]
        return (now - oldest if oldest else None), now - youngest

    def fits(self, each: Ticket | SupplierCase, now: datetime) -> bool:
        """What a database is asked, on a value; the two are compared in a test."""
        since, until = self.opened_between(now)
        return (
            (each.is_open or self.behind is not None)
            and self.system in {None, each.system}
            and (not self.holders or each.holder in self.holders)
            and self._fits_kind(each)
            and (since is None or each.opened_at > since)
            and (until is None or each.opened_at <= until)
            and self._presses(each, now)
            and self._falls_due(each.due_at)
            and self._says(each)
        )

    def _fits_kind(self, each: Ticket | SupplierCase) -> bool:
        if isinstance(each, SupplierCase):
            return self.supplier in {None, each.supplier}
        return self.site in {None, each.site} and self.group in {None, each.group} and self.tier in {None, each.tier}

    def _presses(self, each: Ticket | SupplierCase, now: datetime) -> bool:
        late = each.due_at is not None and each.due_at < now
        near = not late and each.near_at is not None and each.near_at <= now
        return {None: True, "late": late, "near": near, "held": each.is_held}[self.pressing]

    def _falls_due(self, due: datetime | None) -> bool:
        if self.due_since is None and self.due_until is None:
            return True
        return (
            due is not None
            and (self.due_since is None or due >= self.due_since)
            and (self.due_until is None or due < self.due_until)
        )

    def _says(self, each: Ticket | SupplierCase) -> bool:
        if self.number is not None:
            kind, number = self.number
            return each.number == number and each.case_id.startswith(kind)
        return folded(self.text) in folded(each.title)


def folded(title: str) -> str:
    """What words are looked for in: one line, in letters of neither case."""
    return " ".join(title.casefold().split())[:SOUGHT]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of one tier and one holder, by age. Of supplier cases the tier is the supplier's."""

    tier: Tier
    holder: Party | None
    day: int = 0
    week: int = 0
    older: int = 0

    @property
    def all(self) -> int:
        return self.day + self.week + self.older


def press(case: SupplierCase, clocks: Iterable[Clock]) -> SupplierCase:
    """The case with the instant that presses: its first breach, else the next due; and when that comes near."""
    dues: list[int] = []
    nears: list[int] = []
    for clock in shown_clocks(tuple(clocks)):
        if clock.breach_at is not None:
            dues.append(clock.breach_at)
        elif clock.is_open:
            dues += [] if clock.due_at is None else [clock.due_at]
            near = (each.at for each in clock.warnings if each.fraction * 1000 >= NEAR_PM and each.at is not None)
            nears += [at for at in (next(near, None),) if at is not None]
    due, near_at = min(dues, default=None), min(nears, default=None)
    return replace(
        case,
        due_at=None if due is None else moment(due),
        near_at=None if near_at is None else moment(near_at),
    )


def shown_clocks(clocks: tuple[Clock, ...]) -> tuple[Clock, ...]:
    """One verdict a target: what counts, and of status messages the running round only."""
    counted = [each for each in clocks if each.counts and each.status is not Status.NOT_STARTED]
    latest = {(each.kind, each.party): each for each in counted}
    return tuple(latest.values())


def presses(each: Ticket | SupplierCase) -> tuple[bool, datetime, datetime, int]:
    """How lists are sorted: what is due first, then the oldest."""
    return each.due_at is None, each.due_at or each.opened_at, each.opened_at, each.number
