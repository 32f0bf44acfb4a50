"""Figures of finished days: each ticket and case that was changed is folded anew, and the days' counts move with it.

Cost follows what changed. Twice is harmless; all of it can be forgotten and made again from events.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.desk.ports import Desk, Known, Ledger, Store
from bot.desk.reading import clocks_of
from bot.desk.surveying import admit, answering_hours
from bot.domain.measures import ANSWERED, Figure, Measured, day_of, measures_of_case, measures_of_ticket
from bot.domain.people import Person

AT_ONCE = 100  # in one transaction
MONTHS = 12


def measure_days(desk: Desk) -> datetime:
    """Takes up what has changed. Returns when there is a finished day more: the next local midnight."""
    known, now = desk.knowledge.now(), desk.clock.now()
    take_up(desk.store, known, now)
    return _midnight(now.astimezone(known.organisation.zone).date() + timedelta(days=1), known.organisation.zone)


def take_up(
    store: Store, known: Known, now: datetime, done: Callable[[int], None] = lambda _count: None, *, anew: bool = False
) -> int:
    """How many tickets and cases were measured. `anew` forgets everything first; `done` hears how many so far."""
    today = day_of(now, known.organisation.zone)
    if anew:
        with store.transaction() as ledger:
            ledger.forget_figures()
    _count_questions(store, known, now)
    seen = 0
    for kind in ("#", "S-"):
        after = 0
        while True:
            with store.transaction() as ledger:
                numbers = ledger.unmeasured(kind, after, AT_ONCE)
                for number in numbers:
                    _measure(ledger, known, f"{kind}{number}", now, today)
            if not numbers:
                break
            after, seen = numbers[-1], seen + len(numbers)
            done(seen)
    return seen


def trends(desk: Desk, by: Person) -> tuple[list[str], list[Figure], dict[str, int | None], str]:
    """The last twelve months, the figures of their finished days, the median seconds to a first answer, and today."""
    admit(by)
    zone = desk.knowledge.now().organisation.zone
    today = desk.clock.now().astimezone(zone).date()
    months = months_until(today)
    with desk.store.reading() as ledger:
        found = list(ledger.figures(f"{months[0]}-01", today.isoformat()))
        medians = {
            each: ledger.median(ANSWERED, "", f"{each}-01", until_of(each, today.isoformat())) for each in months
        }
    return months, found, medians, today.isoformat()


def months_until(today: date) -> list[str]:
    """The twelve months that end with this one, such as "2026-11"."""
    first = today.year * 12 + today.month - MONTHS
    return [f"{nth // 12}-{nth % 12 + 1:02}" for nth in range(first, first + MONTHS)]


def until_of(month: str, today: str) -> str:
    """The first day after it, and not after today."""
    year, number = map(int, month.split("-"))
    return min(f"{year + number // 12}-{number % 12 + 1:02}-01", today)


def _measure(ledger: Ledger, known: Known, case_id: str, now: datetime, today: str) -> None:
    """What happened today waits for the end of the day: until then the case counts as changed."""
    found = list(_facts(ledger, known, case_id, now))
    finished = [each for each in found if each.day < today]
    ledger.measure(case_id, finished, settled=len(finished) == len(found))


def _facts(ledger: Ledger, known: Known, case_id: str, now: datetime) -> Iterable[Measured]:
    """Loaded for change first, so that nobody adds to it meanwhile."""
    zone = known.organisation.zone
    if case_id.startswith("S-"):
        supplier = ledger.case(int(case_id.removeprefix("S-"))).supplier
        return measures_of_case(clocks_of(ledger, known, case_id, now), supplier, zone)
    opened_at = ledger.ticket(int(case_id.removeprefix("#"))).opened_at
    return measures_of_ticket(ledger.events(case_id), zone, answering_hours(known, opened_at))


def _count_questions(store: Store, known: Known, now: datetime) -> None:
    """Every finished day since the last that was counted, or since anything happened."""
    zone = known.organisation.zone
    today = now.astimezone(zone).date()
    with store.reading() as ledger:
        last, first = ledger.counted_until(), ledger.first_asked_at()
    if first is None:
        return
    day = date.fromisoformat(last) + timedelta(days=1) if last else first.astimezone(zone).date()
    while day < today:
        following = day + timedelta(days=1)
        with store.transaction() as ledger:
            ledger.count_questions(day.isoformat(), _midnight(day, zone), _midnight(following, zone))
        day = following


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
