"""What IT looks at: everything open, what presses first, page by page. Raises NotAllowed for anybody else.

Cost follows what is shown: a page asks an index for its rows and counts, and works out clocks only of the cases on it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.desk.ports import Desk, Known, Ledger
from bot.desk.reading import clocks_from, due_of
from bot.desk.viewing import picture_for, place_words, presence_in
from bot.domain.contracts import Contract, TargetKind
from bot.domain.coverage import Hole, coverage_holes
from bot.domain.events import Asked, HandedOver, Opened
from bot.domain.intervals import seconds
from bot.domain.lists import Wanted
from bot.domain.notices import ViewShown
from bot.domain.people import Person, Tier
from bot.domain.permissions import may_look_at_suppliers
from bot.domain.picture import Picture
from bot.domain.refusals import NotAllowed
from bot.domain.service_hours import Calendar
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket
from bot.domain.views import OverviewPage

EVERYTHING = Wanted()
TODAYS = 40  # dues of today that find room on one line
AHEAD = timedelta(days=7)  # for which holes are looked for


def overview_page(
    desk: Desk, by: Person, wanted: Wanted = EVERYTHING, *, cases: int = 8, tickets: int = 25
) -> OverviewPage:
    """The first of everything that fits, with the counts of all of it."""
    admit(by)
    known, now = desk.knowledge.now(), desk.clock.now()
    midnight = midnight_of(known, now)
    with desk.store.reading() as ledger:
        found, tallies = ledger.survey_tickets(wanted, now, tickets)
        picture = _with(
            ledger,
            known,
            picture_for(desk, ledger, by, ViewShown("survey")),
            found,
            ledger.find_cases(wanted, now, cases),
        )
        counts = ledger.press_cases(wanted, now)
        soon = _soon(ledger, now, midnight)
        happened = ledger.happened((Asked.type, Opened.type, HandedOver.type), midnight, now)
        # A supplier case begins with the same event as a ticket, and is handed over once.
        handed = happened[Opened.type] - happened[HandedOver.type]
        presence = presence_in(known, ledger, known.organisation.groups, now)
        holes = holes_in(known, ledger, now, midnight + timedelta(days=1))
    return OverviewPage(
        picture,
        {each.number: due_of(known, each) for each in picture.tickets},
        contracts_of(known, picture.cases),
        presence,
        happened[Asked.type],
        handed,
        tuple(tallies),
        sum(each.all for each in tallies),
        counts,
        soon,
        holes,
        tuple((place_words(known, each.place), each.why, each.at) for each in desk.store.undelivered()),
    )


def ticket_list(desk: Desk, by: Person, wanted: Wanted, most: int, first: int) -> tuple[Picture, int]:
    """A page of a list, and how many there are in all."""
    admit(by)
    known, now = desk.knowledge.now(), desk.clock.now()
    with desk.store.reading() as ledger:
        found, tallies = ledger.survey_tickets(wanted, now, most, first)
        count = sum(each.all for each in tallies)
        picture = _with(ledger, known, picture_for(desk, ledger, by, ViewShown("survey")), found, ())
    return picture, count


def case_list(desk: Desk, by: Person, wanted: Wanted, most: int, first: int) -> tuple[Picture, int]:
    admit(by)
    known, now = desk.knowledge.now(), desk.clock.now()
    with desk.store.reading() as ledger:
        found = ledger.find_cases(wanted, now, most, first)
        count = ledger.count_cases(wanted, now)
        picture = _with(ledger, known, picture_for(desk, ledger, by, ViewShown("survey")), (), found)
    return picture, count


def coverage(desk: Desk, by: Person) -> tuple[Picture, tuple[Hole, ...]]:
    """The holes from now on, for a week."""
    admit(by)
    known, now = desk.knowledge.now(), desk.clock.now()
    with desk.store.reading() as ledger:
        return picture_for(desk, ledger, by, ViewShown("survey")), holes_in(known, ledger, now, now + AHEAD)


def holes_in(known: Known, ledger: Ledger, now: datetime, until: datetime) -> tuple[Hole, ...]:
    expected = answering_hours(known, now)
    if expected is None:
        return ()
    return coverage_holes(known.organisation, known.calendars, ledger.absences(), expected, now, until)


def answering_hours(known: Known, now: datetime) -> Calendar | None:
    """When an answer is promised: the agreement says so; without one, when IT is open."""
    agreed = known.contracts.agreement(seconds(now))
    target = next((each for each in agreed.targets if each.kind is TargetKind.RESOLUTION), None) if agreed else None
    if agreed and target:
        return known.contracts.calendar(agreed, target.calendar)
    group = next((each for each in known.organisation.groups.values() if each.tier is Tier.IT), None)
    return known.calendars.get(group.calendar) if group else None


def contracts_of(known: Known, cases: Iterable[SupplierCase]) -> dict[int, Contract | None]:
    return {each.number: known.contracts.version(each.contract, each.contract_version) for each in cases}


def midnight_of(known: Known, now: datetime) -> datetime:
    zone = known.organisation.zone
    return datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)


def admit(by: Person) -> None:
    """To the overview, its lists and the reports."""
    if not may_look_at_suppliers(by):
        raise NotAllowed("overview")


def _with(
    ledger: Ledger, known: Known, blank: Picture, tickets: Iterable[Ticket], cases: Iterable[SupplierCase]
) -> Picture:
    shown = tuple(cases)
    events = ledger.events_of(each.case_id for each in shown)
    clocks = {each.number: clocks_from(events[each.case_id], known, blank.now) for each in shown}
    return replace(blank, tickets=tuple(tickets), cases=shown, case_clocks=clocks)


def _soon(ledger: Ledger, now: datetime, midnight: datetime) -> tuple[Ticket | SupplierCase, ...]:
    """What was or falls due today, and the next after that; of tickets and of supplier cases."""
    found: list[Ticket | SupplierCase] = []
    for find in (ledger.find_tickets, ledger.find_cases):
        ahead = Wanted(due_since=now)
        found += find(Wanted(due_since=midnight, due_until=now), now, TODAYS // 4)
        coming = find(ahead, now, TODAYS // 2)
        found += [each for each in coming if each.due_at and each.due_at < midnight + timedelta(days=1)] or coming[:1]
    return tuple(sorted(found, key=lambda each: each.due_at or now))
