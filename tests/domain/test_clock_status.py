"""Status messages: each moves the anchor, each missed interval counts once.

Mutants that died here: the next cycle from the message when the due was missed, a message at the due as missed, messages
of robots or of our own people counted, cycles that go on after the claim, a severity change that leaves the old interval,
a missed cycle ending now instead of at its due.
"""

from stories import HOUR, contract, handed_over, local, target, with_policies

from bot.domain.clock import Status
from bot.domain.contracts import BusinessDays, OpenTime
from bot.domain.events import (
    Cancelled,
    Party,
    PauseEnded,
    PauseStarted,
    ResolutionRejected,
    ResolvedClaimed,
    SeveritySet,
    StatusMessage,
)

EVERY_2H = contract(target("status", "B", "24x7", OpenTime(2 * HOUR)))
A_AND_B = contract(target("status", "A", "24x7", OpenTime(HOUR)), target("status", "B", "24x7", OpenTime(4 * HOUR)))


def told(*later, severity: str = "B"):
    story = handed_over("2026-11-23 10:00", severity)
    for when, what in later:
        story.then(f"2026-11-23 {when}", what)
    return story


def seen(clocks):
    return [
        (
            clock.cycle,
            local(clock.started_at)[11:],
            local(clock.due_at)[11:] if clock.due_at else None,
            clock.status.value,
        )
        for clock in clocks
    ]


def test_a_message_moves_the_anchor_and_silence_is_a_breach_at_the_due():
    story = told(("11:00", StatusMessage()), ("16:30", StatusMessage()))
    assert seen(story.clocks(EVERY_2H, "2026-11-23 17:00")) == [
        (1, "10:00", "12:00", "met"),
        (2, "11:00", "13:00", "breached_stopped"),
        (3, "13:00", "15:00", "breached_stopped"),
        (4, "15:00", "17:00", "met"),
        (5, "16:30", "18:30", "running"),
    ]
    second = story.clocks(EVERY_2H, "2026-11-23 17:00")[1]
    assert (local(second.breach_at), local(second.stopped_at)) == ("2026-11-23 13:00", "2026-11-23 13:00")
    assert (second.stop_event, second.start_event, second.overrun_open_s, second.counts) == (None, "S-1/4", 0, True)
    assert (second.elapsed_open_s, second.remaining_open_s) == (2 * HOUR, 0)


def test_a_message_exactly_at_the_due_is_in_time_and_so_is_now():
    story = told(("12:00", StatusMessage()))
    assert seen(story.clocks(EVERY_2H, "2026-11-23 12:00")) == [
        (1, "10:00", "12:00", "met"),
        (2, "12:00", "14:00", "running"),
    ]
    assert [clock.status for clock in told().clocks(EVERY_2H, "2026-11-23 12:00")] == [Status.RUNNING]
    assert [clock.cycle for clock in told().clocks(EVERY_2H, "2026-11-23 12:00:01")] == [1, 2]


def test_only_a_person_at_the_supplier_gives_status():
    story = told(("10:30", StatusMessage("auto")))
    story.then("2026-11-23 10:40", StatusMessage(), role=Party.IT)
    assert seen(story.clocks(EVERY_2H, "2026-11-23 11:00")) == [(1, "10:00", "12:00", "running")]
    counts = contract(target("status", "B", "24x7", OpenTime(2 * HOUR), auto_reply_counts=True))
    assert seen(story.clocks(counts, "2026-11-23 11:00"))[-1] == (2, "10:30", "12:30", "running")


def test_two_messages_in_a_second_are_one():
    story = told(("10:30", StatusMessage()), ("10:30", StatusMessage()))
    assert [clock.cycle for clock in story.clocks(EVERY_2H, "2026-11-23 11:00")] == [1, 2]


def test_the_claim_ends_the_cadence_and_a_rejection_begins_it_anew():
    story = told(("11:00", ResolvedClaimed()))
    assert seen(story.clocks(EVERY_2H, "2026-11-23 16:00")) == [(1, "10:00", "12:00", "met")]
    story.then("2026-11-23 15:00", ResolutionRejected(), role=Party.IT)
    first, second = story.clocks(EVERY_2H, "2026-11-23 16:00")
    assert (first.round, second.round, second.cycle) == (1, 2, 1)
    assert seen([second]) == [(1, "15:00", "17:00", "running")]
    through = with_policies(EVERY_2H, reopen="count_through")
    assert [clock.cycle for clock in story.clocks(through, "2026-11-23 16:00")] == [1, 2, 3]
    assert {clock.round for clock in story.clocks(through, "2026-11-23 16:00")} == {1}


def test_cycles_after_a_cancellation_do_not_exist():
    story = told(("11:00", StatusMessage()), ("11:30", Cancelled()), ("11:40", StatusMessage()))
    found = story.clocks(EVERY_2H, "2026-11-23 20:00")
    assert [(clock.status, local(clock.stopped_at)[11:]) for clock in found] == [
        (Status.CANCELLED, "11:00"),
        (Status.CANCELLED, "11:30"),
    ]


def test_a_pause_stops_the_cadence_too():
    story = told(("11:00", PauseStarted("p", "awaiting_customer")))
    assert seen(story.clocks(EVERY_2H, "2026-11-23 20:00")) == [(1, "10:00", None, "paused")]
    story.then("2026-11-23 15:00", PauseEnded("p"))
    assert seen(story.clocks(EVERY_2H, "2026-11-23 15:30")) == [(1, "10:00", "16:00", "running")]


def test_a_severity_change_changes_the_interval_of_the_cycle_and_of_those_after():
    story = told(("10:30", SeveritySet("A")))
    found = story.clocks(A_AND_B, "2026-11-23 12:00")
    assert [(clock.cycle, clock.leg, clock.severity, clock.status) for clock in found] == [
        (1, 1, "B", Status.SUPERSEDED),
        (1, 2, "A", Status.BREACHED_STOPPED),
        (2, 1, "A", Status.RUNNING),
    ]
    assert [clock.counts for clock in found] == [False, True, True]
    assert [local(clock.due_at)[11:] for clock in found] == ["14:00", "11:30", "12:30"]


def test_a_change_after_a_missed_due_belongs_to_the_next_cycle():
    found = told(("11:30", SeveritySet("B")), severity="A").clocks(A_AND_B, "2026-11-23 11:45")
    assert [(clock.cycle, clock.leg, clock.severity, clock.status) for clock in found] == [
        (1, 1, "A", Status.BREACHED_STOPPED),
        (2, 1, "A", Status.SUPERSEDED),
        (2, 2, "B", Status.RUNNING),
    ]
    assert [local(clock.stopped_at or clock.due_at)[11:] for clock in found] == ["11:00", "11:30", "15:00"]


def test_an_interval_that_was_over_when_the_severity_was_raised_is_broken_at_the_raise():
    agreed = with_policies(A_AND_B, severity_raise="retroactive")
    found = told(("12:00", SeveritySet("A"))).clocks(agreed, "2026-11-23 12:30")
    assert [(clock.cycle, clock.severity, clock.status) for clock in found] == [
        (1, "B", Status.SUPERSEDED),
        (1, "A", Status.BREACHED_STOPPED),
        (2, "A", Status.RUNNING),
    ]
    late = found[1]
    assert (local(late.due_at)[11:], local(late.breach_at)[11:], local(late.stopped_at)[11:]) == (
        "11:00",
        "12:00",
        "12:00",
    )
    assert (late.overrun_open_s, late.remaining_open_s) == (HOUR, -HOUR)


def test_a_severity_without_status_has_none():
    found = told(("11:00", SeveritySet("C"))).clocks(EVERY_2H, "2026-11-23 20:00")
    assert seen(found) == [(1, "10:00", "12:00", "superseded")]
    assert told(severity="C").clocks(EVERY_2H, "2026-11-23 20:00") == []


def test_the_next_status_is_due_at_the_last_closing_of_the_next_working_day():
    daily = contract(target("status", "B", "dk8-16", BusinessDays(1, "end_of_day")))
    (clock,) = told().clocks(daily, "2026-11-23 11:00")
    assert (local(clock.due_at), clock.budget_open_s) == ("2026-11-24 16:00", 14 * HOUR)
    assert [local(each.at) for each in clock.warnings] == [
        "2026-11-24 09:00",
        "2026-11-24 12:30",
        "2026-11-24 14:36",
        "2026-11-24 16:00",
    ]
