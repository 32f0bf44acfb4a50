"""What holds for every history: drawn with pauses, corrections, severity changes, messages, claims and rejections."""

import os
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest
import stepper
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stories import H24, HOUR, K8, K8_PLUS, Story, at, calendar, contract, handed_over, target, week

from bot.domain.clock import Clock, Status
from bot.domain.clocks import evaluate
from bot.domain.contracts import BusinessDays, Contract, Contracts, OpenTime, Policies, TargetKind
from bot.domain.events import (
    Acknowledged,
    Commented,
    Corrected,
    Happened,
    Party,
    PauseEnded,
    PauseStarted,
    Reopened,
    ResolutionRejected,
    ResolvedClaimed,
    SeveritySet,
    StatusMessage,
    Voided,
)
from bot.domain.explain import explain
from bot.domain.intervals import moment
from bot.domain.service_hours import elapsed

LUNCH = calendar("lunch", week("08:00-12:00 12:30-16:00"))
CALENDARS = {each.id: each for each in (K8, K8_PLUS, H24, LUNCH)}


def agreed(**policies) -> Contract:
    """Budgets and calendars grow with lower severity."""
    return contract(
        target("reaction", "A", "24x7", OpenTime(HOUR)),
        target("reaction", "B", "dk8-16", OpenTime(2 * HOUR)),
        target("reaction", "C", "dk8-16", BusinessDays(1, "same_clock")),
        target("workaround", "A", "24x7", OpenTime(2 * HOUR)),
        target("workaround", "B", "lunch", OpenTime(6 * HOUR)),
        target("resolution", "A", "24x7", OpenTime(4 * HOUR)),
        target("resolution", "B", "dk8-16", OpenTime(8 * HOUR)),
        target("resolution", "C", "dk8-16", OpenTime(24 * HOUR)),
        target("status", "A", "24x7", OpenTime(2 * HOUR)),
        target("status", "B", "dk8-16+kl", BusinessDays(1, "end_of_day")),
        calendars=CALENDARS,
        policies=Policies(**policies),
    )


USUAL = agreed()
POLICIES = st.fixed_dictionaries(
    {
        "severity_raise": st.sampled_from(["min_due", "carry_elapsed", "carry_fraction", "retroactive"]),
        "severity_lower": st.sampled_from(["recompute_keep_breach", "recompute"]),
        "reopen": st.sampled_from(["resume", "count_through", "restart"]),
    }
)
# Around DST changes, a year's end, a leap day, Easter, and a closing.
STARTS = st.builds(
    lambda day, minutes: at(day) + minutes * 60,
    st.sampled_from(["2026-03-29", "2026-10-25", "2026-12-31", "2028-02-29", "2026-04-02", "2026-11-23 16:00"]),
    st.integers(-2 * 1440, 2 * 1440),
)
REASONS = st.sampled_from(["awaiting_customer", "awaiting_customer", "agreed_window"])
HAPPENINGS: st.SearchStrategy[Happened] = st.one_of(
    st.builds(PauseStarted, st.sampled_from("pq"), REASONS),
    st.builds(PauseEnded, st.sampled_from("pq")),
    st.builds(SeveritySet, st.sampled_from("ABC")),
    st.builds(Acknowledged, st.sampled_from(["human", "auto"])),
    st.builds(StatusMessage, st.sampled_from(["human", "auto"])),
    st.just(ResolvedClaimed()),
    st.just(ResolutionRejected()),
    st.just(Reopened()),
)
LATER = st.lists(st.tuples(st.integers(-30, 4 * 1440), HAPPENINGS), max_size=9)


def told(start: int, severity: str, later) -> Story:
    story = handed_over(moment(start).isoformat(), severity)
    for minutes, what in later:
        story.then(moment(start + minutes * 60).isoformat(), what)
    return story


STORIES = st.builds(told, STARTS, st.sampled_from("ABC"), LATER)
NOWS = st.integers(0, 5 * 1440).map(lambda minutes: minutes * 60)


def started(story: Story) -> int:
    return int(story.events[0].occurred_at.timestamp())


def clocks(story: Story, now: int, under: Contract = USUAL, **more) -> list[Clock]:
    return evaluate(story.events, Contracts((under,)), now, **more)


@given(STORIES, NOWS, POLICIES)
def test_segments_tile_the_time_and_their_sums_are_the_clocks(story, now, policies):
    for clock in clocks(story, started(story) + now, agreed(**policies)):
        segments = clock.segments
        edges = [edge for segment in segments for edge in (segment.start, segment.end)]
        assert edges == sorted(edges)
        assert len(set(edges)) == (len(segments) + 1 if segments else 0)
        if clock.started_at is not None and clock.ends_at > clock.started_at:
            assert (edges[0], edges[-1]) == (clock.started_at, clock.ends_at)
        ledger = explain(clock)
        sums = clock.elapsed_open_s, clock.paused_open_s, clock.closed_s
        assert (ledger.counts_s, ledger.paused_s, ledger.closed_s) == sums
        assert sum(sums) == clock.wall_s == ledger.wall_s
        late = sum(each.seconds for each in segments if each.kind == "counting" and each.phase == "overrun")
        assert late == clock.overrun_open_s


@given(STORIES, NOWS, POLICIES)
def test_no_measured_time_is_negative(story, now, policies):
    for clock in clocks(story, started(story) + now, agreed(**policies)):
        assert min(clock.elapsed_open_s, clock.paused_open_s, clock.closed_s, clock.wall_s) >= 0
        assert min(clock.overrun_open_s, clock.overrun_wall_s) >= 0
        assert clock.breach_at is None or clock.due_at is not None
        assert clock.remaining_open_s is None or clock.remaining_open_s >= 0 or clock.is_breached


@given(STORIES, NOWS)
def test_at_the_due_the_whole_budget_is_used_and_not_a_second_before(story, now):
    for clock in clocks(story, started(story) + now):
        if clock.due_at and clock.target and isinstance(clock.budget, OpenTime) and clock.due_capped_by is None:
            pauses = tuple((pause.start, pause.end) for pause in clock.pauses if pause.start < clock.ends_at)
            if clock.stopped_at is not None:
                pauses = tuple((a, min(b, clock.stopped_at)) for a, b in pauses)
            assert elapsed(clock.calendar, clock.started_at, clock.due_at, pauses) == clock.budget_open_s
            assert elapsed(clock.calendar, clock.started_at, clock.due_at - 1, pauses) == clock.budget_open_s - 1


@given(STORIES, NOWS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_and_repeats_change_nothing(story, now, random):
    arrived = story.events + random.choices(story.events, k=3)
    random.shuffle(arrived)
    shuffled = Story()
    shuffled.events = arrived
    assert clocks(shuffled, started(story) + now) == clocks(story, started(story) + now)


@given(STORIES, NOWS, st.integers(0, 3000), HAPPENINGS)
def test_what_was_recorded_later_has_no_effect_whenever_it_happened(story, now, minutes, what):
    end = started(story) + 6 * 86_400
    known_at = moment(end)
    before = clocks(story, started(story) + now, known_at=end)
    happened = moment(started(story) + minutes * 60).isoformat()
    later = moment(end + 1).isoformat()
    story.then(happened, what, learned=later)
    story.then(happened, Corrected("late", payload=(("severity", "A"),)), learned=later, corrects="S-1/2")
    story.then(happened, Voided("late"), learned=later, corrects="S-1/3")
    assert known_at is not None
    assert clocks(story, started(story) + now, known_at=end) == before


@settings(max_examples=100)
@given(STORIES, NOWS, NOWS)
def test_a_trace_already_written_is_never_rewritten(story, now1, now2):
    # A rejection that counts fills the claimed interval in, and is the one exception.
    assume(not any(isinstance(each.what, ResolutionRejected | Reopened) for each in story.events))
    now1, now2 = sorted((started(story) + now1, started(story) + now2))
    later = {clock.key: clock for clock in clocks(story, now2)}
    for clock in clocks(story, now1):
        written = [replace(each, start=0, end=0) for each in clock.segments]
        again = later[clock.key].segments if clock.segments else ()
        assert [replace(each, start=0, end=0) for each in again[: len(written)]] == written
        for old, new in list(zip(clock.segments, again, strict=False))[:-1]:
            assert (old.start, old.end) == (new.start, new.end)
        assert not written or clock.segments[-1].end <= again[len(written) - 1].end


@given(STARTS, st.sampled_from([("B", "A"), ("C", "B"), ("C", "A")]), st.integers(1, 4000), LATER, NOWS)
def test_raising_the_severity_never_moves_the_due_later(start, severities, minutes, later, now):
    later = [(when, what) for when, what in later if isinstance(what, PauseStarted | PauseEnded)]
    low, high = severities
    plain, raised = told(start, low, later), told(start, low, [*later, (minutes, SeveritySet(high))])
    end = start + max(now, minutes * 60)
    for kind in (TargetKind.RESOLUTION, TargetKind.REACTION):
        (before,) = [clock for clock in clocks(plain, end) if clock.kind is kind]
        after = [clock for clock in clocks(raised, end) if clock.kind is kind]
        # Where the lower severity had breached before the raise, its breach is the verdict.
        assert next(each for each in after if each.counts).due_if_resumed_now <= before.due_if_resumed_now


@given(STARTS, st.sampled_from([("A", "B"), ("A", "C"), ("B", "C")]), st.integers(1, 4000), LATER, NOWS)
def test_lowering_the_severity_never_moves_the_due_earlier_and_never_removes_a_breach(
    start, severities, minutes, later, now
):
    later = [(when, what) for when, what in later if isinstance(what, PauseStarted | PauseEnded)]
    high, low = severities
    plain, lowered = told(start, high, later), told(start, high, [*later, (minutes, SeveritySet(low))])
    end = start + max(now, minutes * 60)
    (before,) = [clock for clock in clocks(plain, end) if clock.kind is TargetKind.RESOLUTION]
    first, second = [clock for clock in clocks(lowered, end) if clock.kind is TargetKind.RESOLUTION]
    assert second.due_if_resumed_now >= before.due_if_resumed_now
    was_breached = before.breach_at is not None and before.breach_at < start + minutes * 60
    assert (first.counts and first.is_breached) == was_breached


@given(STARTS, st.integers(0, 2000), st.lists(st.integers(0, 6000), min_size=2, max_size=4), st.sampled_from("ABC"))
def test_the_due_if_resumed_now_only_moves_on(start, paused, nows, severity):
    plain = told(start, severity, [])
    story = told(start, severity, [(paused, PauseStarted("p", "awaiting_customer"))])
    (unpaused,) = [clock for clock in clocks(plain, start) if clock.kind is TargetKind.RESOLUTION]
    least = unpaused.due_at
    for now in sorted(nows):
        (clock,) = [each for each in clocks(story, start + (paused + now) * 60) if each.kind is TargetKind.RESOLUTION]
        assert clock.due_if_resumed_now >= least
        assert (clock.due_at is None) == (paused * 60 + start < unpaused.due_at)
        least = clock.due_if_resumed_now


@settings(max_examples=40)
@given(STARTS, st.sampled_from("ABC"), LATER, NOWS)
def test_a_minute_stepper_agrees_on_every_clock(start, severity, later, now):
    later = [(when, what) for when, what in later if not isinstance(what, SeveritySet)]
    for clock in clocks(told(start, severity, later), start + now):
        if clock.started_at is None or clock.ends_at - clock.started_at > 3 * 86_400:
            continue
        pauses = tuple((pause.start, min(pause.end, clock.ends_at)) for pause in clock.pauses)
        used = stepper.elapsed(clock.calendar, clock.started_at, clock.ends_at, pauses)
        assert clock.elapsed_open_s == used
        if isinstance(clock.budget, OpenTime) and clock.due_at is not None and clock.kind is not TargetKind.STATUS:
            # With exactly all of it used, the wall clock decides: after a closing that was the due, it is late.
            assert clock.is_breached == ((used, clock.ends_at) > (clock.budget.seconds, clock.due_at))
            assert clock.overrun_open_s == max(0, used - clock.budget.seconds)


@given(STORIES, NOWS)
def test_exactly_one_leg_has_the_verdict_and_nothing_wakes_in_the_past(story, now):
    found = clocks(story, started(story) + now)
    rounds = {(clock.kind, clock.round, clock.cycle) for clock in found}
    for each in rounds:
        legs = [clock for clock in found if (clock.kind, clock.round, clock.cycle) == each]
        assert sum(clock.counts for clock in legs) <= 1
        assert all(clock.counts for clock in legs if clock.is_open and clock is legs[-1] and len(legs) == 1)
    for clock in found:
        assert clock.next_check_at is None or clock.next_check_at > clock.now
        if clock.is_open and clock.next_check_at is None:
            assert clock.status is not Status.RUNNING


@given(STORIES, NOWS)
def test_waking_only_when_asked_misses_no_change_of_status(story, now):
    now += started(story)
    seen = {clock.key: clock for clock in clocks(story, now)}
    ahead = [clock.next_check_at for clock in seen.values() if clock.next_check_at]
    occurrences = [int(each.occurred_at.timestamp()) for each in story.events]
    until = min([*ahead, *(when for when in occurrences if when > now)], default=now + 10 * 86_400) - 1
    later = {clock.key: clock for clock in clocks(story, until)}
    assert {key: (clock.status, clock.provisional) for key, clock in later.items()} == {
        key: (clock.status, clock.provisional) for key, clock in seen.items()
    }
    assert [warned.crossed for clock in later.values() for warned in clock.warnings] == [
        warned.crossed for clock in seen.values() for warned in clock.warnings
    ]


@given(STORIES, NOWS)
def test_comments_change_no_number(story, now):
    before = clocks(story, started(story) + now)
    story.then(moment(started(story)).isoformat(), Commented("text-1"), role=Party.EMPLOYEE)
    assert clocks(story, started(story) + now) == before


@contextmanager
def process_zone(name: str):
    kept = dict(os.environ)
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)
        time.tzset()


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York"])
def test_the_zone_of_the_process_changes_nothing(zone):
    story = told(at("2026-10-24 22:00"), "B", [(60, PauseStarted("p", "awaiting_customer")), (900, PauseEnded("p"))])
    expected = [(clock, clock.segments) for clock in clocks(story, at("2026-10-27"))]
    with process_zone(zone):
        assert [(clock, clock.segments) for clock in clocks(story, at("2026-10-27"))] == expected
