"""Lists and figures of the store that forgets everything."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.lists import AGES, Behind, Tally, Wanted
from bot.domain.measures import ASKED, Figure
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket
from bot.storage.shelves import Shelves

T = TypeVar("T", Ticket, SupplierCase)


def found(every: Iterable[T], shelves: Shelves, wanted: Wanted, now: datetime) -> Iterator[T]:
    for each in every:
        behind = wanted.behind
        if wanted.fits(each, now) and (behind is None or _counts(shelves, behind, each.case_id)):
            yield each


def tallies(tickets: Iterable[Ticket], now: datetime) -> Sequence[Tally]:
    counted: dict[tuple[str, str], Counter[str]] = {}
    sample = {}
    for each in tickets:
        key = each.tier.value, each.holder.value if each.holder else ""
        sample[key] = each
        ages = (name for name, (young, old) in AGES.items() if _within(now, each.opened_at, young, old))
        counted.setdefault(key, Counter()).update(ages)
    return [Tally(sample[key].tier, sample[key].holder, **counted[key]) for key in sorted(counted)]


def figures(shelves: Shelves, since: str, until: str) -> Sequence[Figure]:
    counted: Counter[tuple[str, str, str]] = Counter()
    for day, count in shelves.asked.items():
        if since <= day < until:
            counted[day[:7], ASKED, ""] += count
    for every in shelves.measured.values():
        counted.update((each.day[:7], each.measure, each.part) for each in every if since <= each.day < until)
    return [Figure(*key, count) for key, count in sorted(counted.items()) if count]


def _counts(shelves: Shelves, behind: Behind, case_id: str) -> bool:
    return any(
        each.measure == behind.measure and behind.part in {"", each.part} and behind.since <= each.day < behind.until
        for each in shelves.measured.get(case_id, ())
    )


def _within(now: datetime, opened_at: datetime, youngest: timedelta, oldest: timedelta | None) -> bool:
    since = now - oldest if oldest is not None else None
    return opened_at <= now - youngest and (since is None or opened_at > since)
