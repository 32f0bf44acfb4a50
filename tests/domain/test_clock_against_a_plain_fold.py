"""Whole histories through the engine and through a second fold that shares no code with it: every leg of every policy.

Mutants of the engine that died here: a cap from a leg that had breached, a claim that pauses its first leg only, a forgiven breach
that counts, a breach before the change that made it, a share rounded down, a void that outlives its own voiding, known_at by occurrence.
"""

from datetime import date
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from plain_fold import Plain, Told, wall_clock
from stories import Story, hours

from bot.domain.clocks import evaluate
from bot.domain.contracts import Contract, Contracts, OpenTime, PauseReason, Policies, Severity, Target, TargetKind
from bot.domain.events import (
    Acknowledged,
    ContractAssigned,
    Corrected,
    HandedOver,
    Opened,
    Party,
    PauseEnded,
    PauseStarted,
    ResolutionRejected,
    ResolvedClaimed,
    SeveritySet,
    Voided,
)
from bot.domain.intervals import moment
from bot.domain.service_hours import Calendar, CalendarVersion

# Hours that lie clear of the hour that is missing or comes twice, where the specification resolves the ends of segments.
ALL = (hours("00:00-24:00"),) * 7
DAYS = (hours("08:00-16:00"),) * 5 + ((), ())
SPLIT = (hours("07:30-12:00 12:30-17:15"),) * 4 + (hours("07:30-13:00"), hours("09:00-11:00"), ())
NIGHTS = (hours("22:00-30:00"),) * 7
# A start that is a few days from a change of the clocks, and what is closed near it.
PLACES = [
    ("Europe/Copenhagen", 1774612800, date(2026, 3, 30)),  # Fri 27 Mar 2026 12:00Z
    ("Europe/Copenhagen", 1792756800, date(2026, 10, 26)),  # Fri 23 Oct 2026 12:00Z
    ("America/New_York", 1793361600, date(2026, 11, 2)),  # Fri 30 Oct 2026 12:00Z
    ("Australia/Lord_Howe", 1774998000, date(2026, 4, 3)),  # half an hour of summer time
    ("Africa/Casablanca", 1771113600, date(2026, 2, 17)),  # back for Ramadan
    ("UTC", 1798718400, date(2027, 1, 1)),
]
BUDGETS = {
    ("resolution", "A"): 4 * 60, ("resolution", "B"): 7 * 60, ("resolution", "C"): 9 * 60 + 7,
    ("reaction", "A"): 30, ("reaction", "B"): 60, ("reaction", "C"): 120,
}  # fmt: skip
CALENDARS = {"A": ALL, "B": DAYS, "C": SPLIT}
NIGHTLY = {"A": NIGHTS, "B": SPLIT, "C": DAYS}
POLICIES = st.fixed_dictionaries(
    {
        "severity_raise": st.sampled_from(["min_due", "carry_elapsed", "carry_fraction", "retroactive"]),
        "severity_lower": st.sampled_from(["recompute_keep_breach", "recompute"]),
        "reopen": st.sampled_from(["resume", "count_through", "restart"]),
    }
)
# Mostly on the half hour of the first two days, so that things meet in one minute and at the due.
MINUTE = st.one_of(
    st.integers(1, 12).map(lambda n: 30 * n), st.integers(1, 96).map(lambda n: 30 * n), st.integers(1, 5 * 1440)
)
HAPPENING = st.one_of(
    st.tuples(st.just("severity"), st.sampled_from("ABC")),
    st.tuples(st.just("severity"), st.sampled_from("ABC")),
    st.tuples(st.just("start"), st.sampled_from(["p/awaiting_customer", "q/awaiting_customer", "q/window"])),
    st.tuples(st.just("end"), st.sampled_from(["p", "q"])),
    st.tuples(st.just("claim"), st.just("")),
    st.tuples(st.just("reject"), st.just("")),
    st.tuples(st.just("ack"), st.just("")),
)
AMENDED = st.lists(st.tuples(st.sampled_from(["correct", "void"]), st.integers(0, 30), MINUTE, MINUTE), max_size=3)
HISTORY = st.lists(st.tuples(MINUTE, HAPPENING), max_size=10)


def records(severity, history, amended):
    """Learned when it happened, or a while after; what is amended was learned then, and may itself be amended."""
    found = [Told(0, "severity", 0, 0, severity)]
    for minute, (what, value) in history:
        learned = minute if len(found) % 3 else minute + 90  # every third is logged late
        found.append(Told(len(found), what, minute, learned, value))
    for what, of, moved, learned in amended:
        chosen = of % len(found)
        if chosen == 0:
            continue
        # A correction of a correction means nothing; it can only be voided.
        kind = "void" if found[chosen].of >= 0 else what
        found.append(Told(len(found), kind, learned, max(learned, found[chosen].recorded), "", chosen, moved))
    return found


def story_of(told, start):
    story = Story()

    def at(minute):
        return moment(start + minute * 60)

    def add(number, what, minute, recorded, **more):
        story.then(at(minute).isoformat(), what, learned=at(recorded).isoformat(), event_id=f"{number:04}", **more)

    for nth, what in enumerate((Opened(), ContractAssigned("drift", 1), HandedOver(report_complete=True))):
        add(9000 + nth, what, 0, 0, role=Party.IT)
    for each in told:
        name, _, reason = each.value.partition("/")
        match each.what:
            case "severity":
                what = SeveritySet(each.value)
            case "start":
                what = PauseStarted(name, reason)
            case "end":
                what = PauseEnded(name)
            case "claim":
                what = ResolvedClaimed()
            case "reject":
                what = ResolutionRejected()
            case "ack":
                what = Acknowledged()
            case "correct":
                what = Corrected("mistaken", at(each.moved))
            case _:
                what = Voided("mistaken")
        corrects = f"{each.of:04}" if each.of >= 0 else None
        add(each.number, what, each.minute, each.recorded, corrects=corrects)
    return story


@cache
def agreed(zone, closed, night, policies):
    weeks = NIGHTLY if night else CALENDARS
    calendars = {
        name: Calendar(name, (CalendarVersion(date(2020, 1, 1), zone, ZoneInfo(zone), week, frozenset({closed})),))
        for name, week in weeks.items()
    }
    targets = tuple(
        Target(
            f"{severity}-{kind}", severity, TargetKind(kind), severity, OpenTime(minutes * 60),
            pausable=frozenset({"awaiting_customer"}) if kind == "resolution" else frozenset(),
        )
        for (kind, severity), minutes in BUDGETS.items()
    )  # fmt: skip
    return Contract(
        "drift", 1, date(2020, 1, 1), calendars, tuple(map(Severity, "ABC")), targets,
        reporting_zone=zone, reporting_tzinfo=ZoneInfo(zone), policies=Policies(**dict(policies)),
        pause_reasons={each: PauseReason(each) for each in ("awaiting_customer", "window")},
    )  # fmt: skip


@cache
def walls(zone, start, closed, night):
    weeks = NIGHTLY if night else CALENDARS
    return {name: wall_clock(ZoneInfo(zone), week, {closed}, start) for name, week in weeks.items()}


@settings(max_examples=500)
@given(
    st.sampled_from(PLACES), st.booleans(), st.sampled_from("ABC"), HISTORY, AMENDED, POLICIES,
    MINUTE, st.one_of(st.just(7 * 1440), MINUTE),
)  # fmt: skip
def test_a_second_fold_finds_the_same_legs_dues_breaches_and_verdicts(
    place, night, severity, history, amended, policies, now, known
):
    zone, start, closed = place
    told = records(severity, history, amended)
    contract = agreed(zone, closed, night, tuple(sorted(policies.items())))
    opens = walls(zone, start, closed, night)
    plain = Plain(
        told, BUDGETS, lambda which, minute: opens[which](minute), "ABC", policies, {"awaiting_customer"}, now, known
    )
    clocks = evaluate(story_of(told, start).events, Contracts((contract,)), start + now * 60, start + known * 60)
    for kind in ("reaction", "resolution"):
        ours = [each for each in clocks if each.kind == kind]
        expected = []
        for nth, (legs, counting) in enumerate(plain.legs(kind), start=1):
            expected += [(nth, place, leg.reading, leg is counting) for place, leg in enumerate(legs, start=1)]
        assert [(each.round, each.leg, in_minutes(each, start)) for each in ours] == [
            (round_, leg, reading) for round_, leg, reading, _ in expected
        ]
        assert [each.key for each in ours if each.counts] == [
            each.key
            for each, (*_, counting) in zip(ours, expected, strict=True)
            if counting and each.status != "superseded"
        ]
        for each in ours:
            assert (each.breach_at is not None) == each.status.value.startswith("breached")


def in_minutes(clock, start):
    def minute(instant):
        return None if instant is None else Fraction(instant - start, 60)

    return {
        "severity": clock.severity,
        "start": minute(clock.started_at),
        "elapsed": Fraction(clock.elapsed_open_s, 60),
        "paused": Fraction(clock.paused_open_s, 60),
        "due": minute(clock.due_at),
        "breach_at": minute(clock.breach_at),
    }
