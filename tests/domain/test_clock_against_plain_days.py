"""Budgets in days and months, status messages, calendars that change, exceptions and disputes: the engine beside plain loops.

Mutants of the engine that died here: a business day too many, the closing of the first hours instead of the last, a wall time
taken from the start instead of the opening, a month that runs over its end, a message at the due that comes too late, a missed
interval counted twice, a version taken from the day the clock started, a yearly half day that opens a closed day, a disputed
pause that counts when it falls, a settled one that follows the view asked for.
"""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from plain_days import FOREVER, PlainCalendar, PlainVersion, due_of, union
from stories import Story, hours

from bot.domain.clocks import evaluate
from bot.domain.contracts import (
    BusinessDays,
    Contract,
    Contracts,
    OpenTime,
    PauseReason,
    Policies,
    Severity,
    Target,
    TargetKind,
    WallTime,
)
from bot.domain.events import (
    ContractAssigned,
    HandedOver,
    Opened,
    Party,
    PauseDisputed,
    PauseEnded,
    PauseSettled,
    PauseStarted,
    ResolvedClaimed,
    SeveritySet,
    StatusMessage,
)
from bot.domain.intervals import moment
from bot.domain.service_hours import Calendar, CalendarVersion, DatedHours, YearlyHours

WEEKS = {
    "day": (hours("08:00-16:00"),) * 4 + (hours("08:00-15:00"), (), ()),
    "split": (hours("07:30-12:00 12:30-17:15"),) * 5 + (hours("09:00-11:00"), ()),
    "night": (hours("22:00-30:00"),) * 5 + ((), ()),
    "all": (hours("00:00-24:00"),) * 7,
    "late": (hours("07:00-17:00"),) * 5 + ((), ()),
}
# A start a few days before something happens to the calendar: (zone, UTC seconds).
PLACES = [
    ("Europe/Copenhagen", 1774612800),  # Fri 27 Mar 2026, summer time
    ("Europe/Copenhagen", 1792756800),  # Fri 23 Oct 2026, winter time
    ("Europe/Copenhagen", 1798027200),  # Wed 23 Dec 2026, Christmas
    ("Europe/Copenhagen", 1835174400),  # Fri 25 Feb 2028, a leap day
    ("Europe/Copenhagen", 1780500000),  # Wed 3 Jun 2026, Grundlovsdag
    ("America/New_York", 1793361600),
    ("Australia/Lord_Howe", 1774998000),
    ("Asia/Kathmandu", 1798718400),
]
BUDGET = st.one_of(
    st.tuples(st.just("days"), st.integers(1, 4), st.just("same_clock")),
    st.integers(1, 40 * 60).map(lambda n: ("open", 60 * n)),
    st.tuples(st.just("days"), st.integers(1, 12), st.sampled_from(["same_clock", "end_of_day"])),
    st.integers(1, 100 * 60).map(lambda n: ("wall", 60 * n)),
    st.integers(1, 2).map(lambda n: ("months", n)),
)
SHORT = st.one_of(
    st.integers(30, 20 * 60).map(lambda n: ("open", 60 * n)),
    st.tuples(st.just("days"), st.integers(1, 2), st.sampled_from(["same_clock", "end_of_day"])),
)
# Mostly on half hours, sometimes on any second, for three weeks.
LATER = st.one_of(st.integers(0, 3 * 48).map(lambda n: 1800 * n), st.integers(0, 21 * 86_400))
PAUSE = st.tuples(LATER, LATER, st.sampled_from(["undisputed", "disputed", "stands", "falls"]))
HOUSE = st.tuples(
    st.sampled_from(list(WEEKS)), st.sampled_from([None, *WEEKS]), st.sampled_from(["clamp", "next_opening"])
)


@cache
def calendars(zone, start, first, second):
    """The same hours, told to the engine and to the plain count; another version may begin on the fifth day."""
    there = datetime.fromtimestamp(start, ZoneInfo(zone)).date()
    change = there + timedelta(days=5)
    closed = frozenset({there + timedelta(days=3), date(2026, 12, 25)})
    dated = {there + timedelta(days=4): hours("10:00-14:00"), there + timedelta(days=9): ()}
    yearly = {(6, 5): hours("08:00-12:00"), (12, 24): (), (12, 31): ()}
    weeks = [(date(2020, 1, 1), WEEKS[first])] + ([(change, WEEKS[second])] if second else [])
    ours = Calendar(
        "hours",
        tuple(
            CalendarVersion(
                since, zone, ZoneInfo(zone), week, closed,
                tuple(DatedHours(day, each) for day, each in dated.items()),
                tuple(YearlyHours(*day, each) for day, each in yearly.items()),
            )
            for since, week in weeks
        ),
    )  # fmt: skip
    plain = PlainCalendar(
        ZoneInfo(zone),
        [PlainVersion(since, week, closed, dated, yearly) for since, week in weeks],
        there - timedelta(days=9),
        there + timedelta(days=100),
    )
    return ours, plain


def budget_of(told):
    match told:
        case ("open", seconds):
            return OpenTime(seconds)
        case ("days", count, mode):
            return BusinessDays(count, mode)
        case ("wall", seconds):
            return WallTime(seconds)
        case (_, months):
            return WallTime(months=months)


def agreed(calendar, zone, budget, rhythm, half_day):
    awaits = frozenset({"awaiting_customer"})
    targets = (
        Target("B-afhjaelpning", "B", TargetKind.RESOLUTION, "hours", budget_of(budget), pausable=awaits),
        Target("B-status", "B", TargetKind.STATUS, "hours", budget_of(rhythm), pausable=awaits),
    )
    return Contract(
        "drift", 1, date(2020, 1, 1), {"hours": calendar}, (Severity("B"),), targets, reporting_zone=zone,
        reporting_tzinfo=ZoneInfo(zone), policies=Policies(bd_half_day=half_day),
        pause_reasons={"awaiting_customer": PauseReason("awaiting_customer")},
    )  # fmt: skip


def story_of(start, pauses, messages, claim):
    story = Story()

    def add(after, what, role=Party.SUPPLIER):
        story.then(moment(start + after).isoformat(), what, role=role)

    for what in (Opened(), ContractAssigned("drift", 1), SeveritySet("B"), HandedOver(report_complete=True)):
        add(0, what, Party.IT)
    for nth, (begun, ended, view) in enumerate(pauses):
        name = f"p{nth}"
        add(begun, PauseStarted(name, "awaiting_customer"))
        if ended > begun:
            add(ended, PauseEnded(name))
        if view != "undisputed":
            add(begun, PauseDisputed(name), Party.IT)
        if view in {"stands", "falls"}:
            add(begun, PauseSettled(name, view == "stands"), Party.IT)
    for after, who in messages:
        mode = "auto" if who == "robot" else "human"
        add(after, StatusMessage(mode), Party.IT if who == "us" else Party.SUPPLIER)
    if claim is not None:
        add(claim, ResolvedClaimed())
    return story


def effective(start, pauses, now, view_asked):
    found = []
    for begun, ended, view in pauses:
        counts = {"undisputed": True, "disputed": view_asked == "stands", "stands": True, "falls": False}[view]
        if counts and begun <= now:
            known_end = ended > begun and ended <= now
            found.append((start + begun, start + ended if known_end else FOREVER))
    return found


def reading(calendar, zone, half_day, budget, since, stop, now, pauses, missed_at=None):
    """(due, breach, elapsed, paused) of one promise from `since`, stopped at `stop` or still running."""
    end = now if stop is None else stop
    cut = pauses if stop is None else [(a, min(b, stop)) for a, b in pauses if a < stop]
    due = due_of(calendar, since, budget, cut, ZoneInfo(zone), half_day)
    breach = missed_at if missed_at is not None else due if due is not None and due < end else None
    if budget[0] in {"wall", "months"}:
        counted = (end - since) - sum(max(0, min(b, end) - max(a, since)) for a, b in union(pauses))
        total = end - since
    else:
        counted, total = calendar.elapsed(since, end, pauses), calendar.elapsed(since, end)
    return due, breach, counted, total - counted


def cycles(calendar, zone, half_day, rhythm, start, messages, stop, now, pauses):
    """(since, stop, missed_at): to each message of a person at the supplier, or to a due that passed in silence."""
    heard = sorted(at for at in messages if at <= (now if stop is None else stop))
    anchor = start
    while True:
        following = next((at for at in heard if at > anchor), None)
        end = following if following is not None else stop
        until = now if end is None else end
        cut = [(a, min(b, until)) for a, b in pauses if a < until]
        due = due_of(calendar, anchor, rhythm, cut, ZoneInfo(zone), half_day)
        if due is not None and due < until:
            yield anchor, due, due
            anchor = due
            continue
        yield anchor, end, None
        if following is None:
            return
        anchor = following


def seen(clock):
    return clock.due_at, clock.breach_at, clock.elapsed_open_s, clock.paused_open_s


@settings(max_examples=400)
@given(
    st.sampled_from(PLACES), st.integers(-4 * 48, 3 * 48), HOUSE, BUDGET, SHORT, st.lists(PAUSE, max_size=3),
    st.lists(st.tuples(LATER, st.sampled_from(["person", "person", "robot", "us"])), max_size=4),
    st.one_of(st.none(), LATER), LATER, st.sampled_from(["stands", "falls"]),
)  # fmt: skip
def test_days_months_status_versions_and_disputes_come_out_as_plain_counting_has_them(
    place, shift, house, budget, rhythm, pauses, messages, claim, now, view
):
    zone, begins = place
    start = begins + 1800 * shift
    first, second, half_day = house
    ours, plain = calendars(zone, begins, first, second)
    contract = agreed(ours, zone, budget, rhythm, half_day)
    clocks = evaluate(story_of(start, pauses, messages, claim).events, Contracts((contract,)), start + now, None, view)
    stop = start + claim if claim is not None and claim <= now else None
    standing = effective(start, pauses, now, view)
    (resolution,) = [each for each in clocks if each.kind is TargetKind.RESOLUTION]
    expected = reading(plain, zone, half_day, budget, start, stop, start + now, standing)
    assert seen(resolution) == expected
    status = [each for each in clocks if each.kind is TargetKind.STATUS]
    people = [start + after for after, who in messages if who == "person" and after <= now]
    rounds = list(cycles(plain, zone, half_day, rhythm, start, people, stop, start + now, standing))
    assert [(each.started_at, each.stopped_at, each.breach_at) for each in status] == rounds
    for clock, (since, ended, missed) in zip(status, rounds, strict=True):
        assert seen(clock) == reading(plain, zone, half_day, rhythm, since, ended, start + now, standing, missed)
