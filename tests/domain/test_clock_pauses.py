"""Pauses (sat i bero): which ones a clock honours, how they end, and what is told about odd ones.

Mutants that died here or on the rows: any reason pausing any target, the reaction paused, pauses added instead of their
union, a pause open at the close going on, a pause from the due on curing the breach, an empty pause left open, an orphan
removed with the next start, a disputed pause falling by default.
"""

from dataclasses import replace

from stories import HOUR, RESOLUTION_B, at, calendar, contract, handed_over, hours, local, target, with_policies

from bot.domain.clock import Status
from bot.domain.contracts import OpenTime
from bot.domain.events import (
    Cancelled,
    Closed,
    DuplicateOf,
    PauseDisputed,
    PauseEnded,
    PauseSettled,
    PauseStarted,
    ResolutionRejected,
    ResolvedClaimed,
    SeveritySet,
)
from bot.domain.history import histories
from bot.domain.pauses import pauses_of, waiting
from bot.domain.service_hours import Calendar

RESOLUTION = contract(RESOLUTION_B)
REACTION = contract(target("reaction", "B", "dk8-16", OpenTime(2 * HOUR)))


def reported(*later):
    story = handed_over("2026-11-23 10:00")
    for when, what in later:
        story.then(f"2026-11-23 {when}", what)
    return story


def test_pauses_that_overlap_never_end_or_run_at_the_stop_are_told():
    story = reported(
        ("11:00", PauseStarted("p", "awaiting_customer")),
        ("11:30", PauseStarted("q", "awaiting_customer")),
        ("12:00", PauseEnded("p")),
        ("12:30", ResolvedClaimed()),
        ("13:00", Closed()),
    )
    clock = story.clock(RESOLUTION, "2026-11-24")
    assert set(clock.anomalies) == {"overlapping_pauses", "pause_without_end_at_close", "stop_while_paused"}
    assert (clock.elapsed_open_s, clock.paused_open_s, clock.status) == (HOUR, 90 * 60, Status.MET)
    stopped = reported(("11:00", PauseStarted("p", "awaiting_customer")), ("12:00", ResolvedClaimed()))
    assert not stopped.clock(RESOLUTION, "2026-11-23 12:30").paused_now
    assert local(clock.due_at) == "2026-11-24 11:30"  # as if the pause had ended with the stop


def test_a_pause_with_another_reason_is_shown_and_costs_nothing():
    story = reported(("11:00", PauseStarted("p", "agreed_window")), ("12:00", PauseEnded("p")))
    clock = story.clock(RESOLUTION, "2026-11-23 13:00")
    assert (clock.paused_open_s, clock.pauses, clock.other_pauses[0].id) == (0, (), "p")


def test_a_reaction_is_paused_only_where_the_contract_says_so():
    pausable = contract(replace(REACTION.targets[0], pausable=frozenset({"awaiting_customer"})))
    story = reported(("10:30", PauseStarted("p", "awaiting_customer")))
    assert story.clock(pausable, "2026-11-23 11:00", "reaction").status is Status.RUNNING
    allowed = with_policies(pausable, reaction_pausable=True)
    assert story.clock(allowed, "2026-11-23 11:00", "reaction").status is Status.PAUSED


def test_a_pause_that_begins_at_the_due_or_later_cures_nothing():
    for when in ("12:00", "12:30"):
        story = reported((when, PauseStarted("p", "awaiting_customer")))
        short = contract(target("resolution", "B", "dk8-16", OpenTime(2 * HOUR)))
        clock = story.clock(short, "2026-11-23 13:00")
        assert (local(clock.due_at), clock.status, clock.paused_now) == (
            "2026-11-23 12:00",
            Status.BREACHED_RUNNING,
            True,
        )
        assert clock.overrun_open_s == (0 if when == "12:00" else 1800)
        assert clock.overrun_wall_s == HOUR
        assert clock.next_check_at is None


def test_in_the_second_in_which_a_pause_ends_the_clock_runs_again():
    story = reported(("11:00", PauseStarted("p", "awaiting_customer")), ("12:00", PauseEnded("p")))
    clock = story.clock(RESOLUTION, "2026-11-23 12:00")
    assert (clock.status, clock.paused_now, local(clock.due_at)) == (Status.RUNNING, False, "2026-11-24 11:00")


def test_a_pause_that_begins_and_ends_in_the_same_second_is_nothing():
    story = reported(
        ("11:00", PauseStarted("p", "awaiting_customer")),
        ("11:00", PauseEnded("p")),
        ("11:30", PauseStarted("p", "awaiting_customer")),
        ("11:40", PauseStarted("p", "awaiting_customer")),
        ("11:45", PauseEnded("p")),
    )
    clock = story.clock(RESOLUTION, "2026-11-23 13:00")
    assert (clock.anomalies, clock.paused_open_s) == ((), 15 * 60)


def test_the_customers_own_waiting_time_is_the_union_of_its_pauses():
    story = reported(
        ("11:00", PauseStarted("p", "awaiting_customer")),
        ("11:30", PauseStarted("q", "awaiting_customer")),
        ("12:00", PauseEnded("p")),
        ("12:30", PauseEnded("q")),
        ("13:00", PauseStarted("r", "agreed_window")),
        ("14:00", PauseStarted("s", "awaiting_customer")),
    )
    (history,) = histories(story.events, at("2026-11-23 15:00"))
    waited = [(local(a)[11:], local(b)[11:]) for a, b in waiting(history, at("2026-11-23 15:00"))]
    assert waited == [("11:00", "12:30"), ("14:00", "15:00")]


def test_a_cancelled_case_ends_its_pauses_without_an_anomaly():
    story = reported(("11:00", PauseStarted("p", "awaiting_customer")), ("12:00", Cancelled()))
    (history,) = histories(story.events, at("2026-11-24"))
    (pause,), anomalies = pauses_of(history)
    assert (local(pause.end), anomalies) == ("2026-11-23 12:00", ())
    (clock,) = story.clocks(RESOLUTION, "2026-11-24")
    assert (clock.status, clock.paused_open_s, clock.elapsed_open_s) == (Status.CANCELLED, HOUR, HOUR)


def test_nobody_waits_any_more_for_a_case_that_was_another_ones_twin():
    story = reported(("11:00", PauseStarted("p", "awaiting_customer")), ("12:00", DuplicateOf("S-2")))
    (history,) = histories(story.events, at("2026-11-24"))
    assert [(local(a), local(b)) for a, b in waiting(history, at("2026-11-24"))] == [
        ("2026-11-23 11:00", "2026-11-23 12:00")
    ]


def test_a_pause_that_begins_as_the_case_is_closed_is_none():
    story = reported(("11:00", PauseStarted("p", "awaiting_customer")), ("11:00", Closed()))
    (history,) = histories(story.events, at("2026-11-24"))
    assert pauses_of(history)[0] == ()


def test_touching_pauses_and_a_stop_at_the_end_of_one_are_in_order():
    story = reported(
        ("11:00", PauseStarted("p", "awaiting_customer")),
        ("11:30", PauseEnded("p")),
        ("11:30", PauseStarted("q", "awaiting_customer")),
        ("12:00", PauseEnded("q")),
        ("12:00", ResolvedClaimed()),
        ("12:00", PauseStarted("r", "awaiting_customer")),
    )
    clock = story.clock(RESOLUTION, "2026-11-23 13:00")
    assert (clock.anomalies, clock.paused_open_s) == ((), HOUR)


def test_what_overlaps_after_the_stop_is_not_this_clocks():
    story = reported(
        ("10:30", ResolvedClaimed()),
        ("11:00", PauseStarted("p", "awaiting_customer")),
        ("11:30", PauseStarted("q", "awaiting_customer")),
    )
    assert story.clock(RESOLUTION, "2026-11-23 13:00").anomalies == ()


def test_a_pause_that_goes_on_while_a_fix_is_tested_is_no_anomaly():
    story = reported(
        ("10:30", PauseStarted("p", "awaiting_customer")),
        ("11:00", ResolvedClaimed()),
        ("11:30", PauseEnded("p")),
        ("12:00", ResolutionRejected()),
    )
    clock = story.clock(RESOLUTION, "2026-11-23 13:00")
    assert (clock.anomalies, clock.paused_open_s) == ((), 90 * 60)


def test_only_the_leg_that_was_stopped_tells_of_the_pause_it_was_stopped_in():
    both = contract(target("resolution", "A", "24x7", OpenTime(9 * HOUR)), RESOLUTION_B)
    story = reported(
        ("11:00", PauseStarted("p", "awaiting_customer")), ("11:30", SeveritySet("A")), ("12:00", ResolvedClaimed())
    )
    assert [clock.anomalies for clock in story.clocks(both, "2026-11-23 13:00")] == [(), ("stop_while_paused",)]


def test_a_settlement_holds_against_a_later_dispute():
    for order in (
        (PauseDisputed("p"), PauseSettled("p", stands=False)),
        (PauseSettled("p", stands=False), PauseDisputed("p")),
    ):
        story = reported(("11:00", PauseStarted("p", "awaiting_customer")), ("12:00", order[0]), ("12:10", order[1]))
        clock = story.clock(RESOLUTION, "2026-11-23 13:00")
        assert (clock.paused_open_s, clock.pauses) == (0, ())


def test_an_orphan_is_told_even_if_the_same_pause_begins_later():
    story = reported(
        ("10:30", PauseEnded("p")), ("11:00", PauseStarted("p", "awaiting_customer")), ("11:30", PauseEnded("p"))
    )
    clock = story.clock(RESOLUTION, "2026-11-23 13:00")
    assert (clock.anomalies, clock.paused_open_s) == (("orphan_pause_end",), 1800)


def test_a_night_that_runs_over_a_change_of_calendar_is_one_stretch():
    old = calendar("night", (hours("22:00-30:00"),) * 7).versions[0]
    new = replace(
        old, effective_from=RESOLUTION.calendars["dk8-16"].date_at(at("2026-12-01")), weekly=(hours("23:00-30:00"),) * 7
    )
    agreed = contract(
        target("resolution", "B", "night", OpenTime(90 * HOUR)), calendars={"night": Calendar("night", (old, new))}
    )
    found = handed_over("2026-11-30 20:00").clock(agreed, "2026-12-02 00:00").segments
    assert [(local(each.start)[8:], local(each.end)[8:], each.kind, each.calendar_version) for each in found] == [
        ("30 20:00", "30 22:00", "closed", 1),
        ("30 22:00", "01 06:00", "counting", 1),
        ("01 06:00", "01 23:00", "closed", 2),
        ("01 23:00", "02 00:00", "counting", 2),
    ]
