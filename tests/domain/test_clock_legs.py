"""Severity changes: which leg counts, what it may not outlast, and what the other policies make of it.

Mutants that died here or on the rows: `max` for `min` of the dues, a cap after a breach, a cap by its own leg only,
fractions rounded down, a share of the share, carried time forgotten at the second raise, lowering from the change,
the last leg's verdict after a breach, `recompute` keeping it, a leg for a clock that has stopped.
"""

from dataclasses import replace

import pytest
from stories import HOUR, TWO_SEVERITIES, Story, contract, handed_over, local, target, with_policies

from bot.domain.clock import Status
from bot.domain.contracts import BusinessDays, OpenTime, Severity
from bot.domain.events import (
    Acknowledged,
    ContractAssigned,
    HandedOver,
    PauseEnded,
    PauseStarted,
    ResolvedClaimed,
    SeveritySet,
)

THREE = contract(
    target("resolution", "A", "24x7", OpenTime(2 * HOUR)),
    target("resolution", "B", "24x7", OpenTime(8 * HOUR)),
    target("resolution", "C", "24x7", OpenTime(16 * HOUR)),
)


def changed(severity, *changes):
    story = handed_over("2026-11-23 08:00", severity)
    for when, what in changes:
        story.then(f"2026-11-23 {when}", SeveritySet(what) if isinstance(what, str) else what)
    return story


def dues(clocks):
    return [(clock.severity, local(clock.due_at)[5:], clock.status.value, clock.counts) for clock in clocks]


def test_the_cap_is_handed_on_from_leg_to_leg():
    found = changed("C", ("23:00", "B"), ("23:30", "A")).clocks(THREE, "2026-11-23 23:45")
    assert dues(found) == [
        ("C", "11-24 00:00", "superseded", False),
        ("B", "11-24 00:00", "superseded", False),
        ("A", "11-24 00:00", "running", True),
    ]
    assert [clock.due_capped_by for clock in found] == [None, 1, 1]


def test_a_capped_leg_warns_when_the_earlier_leg_would_have():
    _, late = changed("B", ("15:00", "A")).clocks(THREE, "2026-11-23 15:30")
    assert [local(each.at)[11:] for each in late.warnings] == ["12:00", "14:00", "15:12", "16:00"]
    assert late.due_capped_by == 1


def test_two_dues_at_the_same_instant_cap_nothing():
    _, raised = changed("B", ("14:00", "A")).clocks(THREE, "2026-11-23 14:30")
    assert (local(raised.due_at)[11:], raised.due_capped_by) == ("16:00", None)


def test_a_pause_that_the_earlier_leg_does_not_know_leaves_the_earlier_due_in_force():
    unpaused = replace(THREE.targets[1], pausable=frozenset())
    agreed = contract(THREE.targets[0], unpaused, THREE.targets[2])
    story = changed("B", ("14:30", "A"), ("15:00", PauseStarted("p", "awaiting_customer")))
    _, raised = story.clocks(agreed, "2026-11-23 15:30")
    assert (local(raised.due_at)[11:], raised.due_capped_by, raised.status) == ("16:00", 1, Status.PAUSED)
    assert local(raised.next_check_at)[11:] == "16:00"
    assert [local(each.at)[11:] for each in raised.warnings] == ["12:00", "14:00", "15:12", "16:00"]


def test_a_raise_exactly_at_the_due_is_not_after_a_breach():
    old, new = changed("B", ("16:00", "A")).clocks(THREE, "2026-11-23 16:00:01")
    assert dues([old, new]) == [
        ("B", "11-23 16:00", "superseded", False),
        ("A", "11-23 16:00", "breached_running", True),
    ]
    assert new.due_capped_by == 1


def test_a_warning_comes_when_the_whole_share_is_used():
    seven = contract(target("resolution", "B", "24x7", OpenTime(7)))
    (clock,) = changed("B").clocks(seven, "2026-11-23 08:00")
    assert [local(each.at)[11:] for each in clock.warnings] == ["08:00:04", "08:00:06", "08:00:07", "08:00:07"]


def test_a_budget_used_up_at_a_closing_was_due_then_whenever_the_severity_is_raised():
    day = contract(
        target("resolution", "A", "24x7", OpenTime(8 * HOUR)), target("resolution", "B", "dk8-16", OpenTime(8 * HOUR))
    )
    for policy in ("carry_elapsed", "carry_fraction"):
        agreed = with_policies(day, severity_raise=policy)
        old, new = changed("B", ("20:00", "A")).clocks(agreed, "2026-11-23 20:30")
        assert (old.status, old.counts) == (Status.BREACHED_STOPPED, True)
        assert (local(new.due_at)[11:], local(new.breach_at)[11:]) == ("16:00", "20:00")


def test_what_an_earlier_leg_had_used_up_was_due_when_the_next_began():
    day = contract(
        target("resolution", "A", "24x7", OpenTime(2 * HOUR)),
        target("resolution", "B", "dk8-16", OpenTime(24 * HOUR)),
        target("resolution", "C", "dk8-16", OpenTime(80 * HOUR)),
    )
    agreed = with_policies(day, severity_raise="carry_elapsed")
    story = handed_over("2026-11-23 14:00", "C").then("2026-11-23 20:00", SeveritySet("B"))
    story.then("2026-11-23 22:00", SeveritySet("A"))
    found = story.clocks(agreed, "2026-11-23 22:30")
    assert (local(found[2].due_at)[11:], local(found[2].breach_at)[11:]) == ("20:00", "22:00")


def test_a_raise_forgives_nothing():
    agreed = with_policies(THREE, severity_lower="recompute")
    found = changed("B", ("17:00", "A")).clocks(agreed, "2026-11-23 17:30")
    assert [clock.counts for clock in found] == [True, False]


def test_after_a_breach_a_raised_severity_has_its_own_whole_budget_and_the_breach_stays():
    found = changed("B", ("17:00", "A")).clocks(THREE, "2026-11-23 17:30")
    assert dues(found) == [("B", "11-23 16:00", "breached_stopped", True), ("A", "11-23 19:00", "running", False)]
    assert found[1].due_capped_by is None


def test_the_cap_keeps_the_pauses_of_the_leg_it_came_from():
    story = changed("B", ("09:00", PauseStarted("p", "awaiting_customer")), ("15:30", "A"))
    old, new = story.clocks(THREE, "2026-11-23 15:45")
    assert local(old.due_at)[5:] == "11-23 22:30"  # as if the pause had ended with the leg
    assert (new.due_at, local(new.due_if_resumed_now)[5:], new.status) == (None, "11-23 17:45", Status.PAUSED)
    story.then("2026-11-23 16:00", PauseEnded("p"))
    _, new = story.clocks(THREE, "2026-11-23 16:30")
    assert (local(new.due_at)[5:], new.due_capped_by, new.paused_open_s) == ("11-23 18:00", None, 1800)


def test_lowering_and_raising_again_counts_each_from_where_the_policy_says():
    found = changed("A", ("09:00", "B"), ("09:30", "A")).clocks(THREE, "2026-11-23 09:45")
    assert dues(found) == [
        ("A", "11-23 10:00", "superseded", False),
        ("B", "11-23 16:00", "superseded", False),
        ("A", "11-23 11:30", "running", True),
    ]
    assert [local(clock.started_at)[11:] for clock in found] == ["08:00", "08:00", "09:30"]


def test_recompute_forgives_an_earlier_breach():
    story = changed("A", ("11:00", "B"))
    kept = story.clocks(THREE, "2026-11-23 12:00")
    assert [clock.counts for clock in kept] == [True, False]
    forgiven = story.clocks(with_policies(THREE, severity_lower="recompute"), "2026-11-23 12:00")
    assert dues(forgiven) == [("A", "11-23 10:00", "breached_stopped", False), ("B", "11-23 16:00", "running", True)]


def test_time_already_used_is_carried_through_every_raise():
    carry = with_policies(THREE, severity_raise="carry_elapsed")
    found = changed("C", ("09:00", "B"), ("09:30", "A")).clocks(carry, "2026-11-23 09:45")
    assert dues(found)[1:] == [("B", "11-23 16:00", "superseded", False), ("A", "11-23 10:00", "running", True)]
    assert [clock.budget_open_s for clock in found] == [16 * HOUR, 7 * HOUR, HOUR // 2]
    spent = changed("C", ("11:00", "B"), ("12:00", "A")).clocks(carry, "2026-11-23 12:30")
    assert dues(spent)[2] == ("A", "11-23 11:00", "breached_running", True)
    assert local(spent[2].breach_at)[11:] == "12:00"
    assert [each.at for each in spent[2].warnings] == [spent[2].due_at] * 4
    exactly = changed("C", ("10:00", "A")).clocks(carry, "2026-11-23 10:00")
    assert (local(exactly[1].due_at)[11:], exactly[1].status) == ("10:00", Status.RUNNING)


def test_the_share_left_is_a_share_of_the_whole_budget_rounded_up():
    share = with_policies(THREE, severity_raise="carry_fraction")
    found = changed("C", ("12:00", "B"), ("13:00", "A")).clocks(share, "2026-11-23 13:10")
    # 12 of 16 hours left → 6 of 8; 5 of 8 left → 1 h 15 of 2.
    assert [clock.budget_open_s for clock in found] == [16 * HOUR, 6 * HOUR, 75 * 60]
    odd = changed("C", ("08:00:01", "A")).clocks(share, "2026-11-23 08:10")
    assert odd[1].budget_open_s == 2 * HOUR
    late = changed("B", ("17:00", "A")).clocks(share, "2026-11-23 17:10")
    assert dues(late) == [
        ("B", "11-23 16:00", "breached_stopped", True),
        ("A", "11-23 16:00", "breached_running", False),
    ]


@pytest.mark.parametrize("policy", ["carry_elapsed", "carry_fraction", "min_due"])
def test_a_raise_into_a_calendar_without_open_time_has_no_due_of_its_own(policy):
    never = contract(
        target("resolution", "A", "never", BusinessDays(1)),
        target("resolution", "B", "24x7", OpenTime(8 * HOUR)),
        target("resolution", "C", "never", BusinessDays(1)),
    )
    found = changed("B", ("09:00", "A")).clocks(with_policies(never, severity_raise=policy), "2026-11-23 10:00")
    assert local(found[1].due_at) == ("2026-11-23 16:00" if policy == "min_due" else None)
    assert found[1].config_errors == (() if policy == "min_due" else ("no_open_time",))
    out = changed("C", ("09:00", "B")).clocks(with_policies(never, severity_raise=policy), "2026-11-23 10:00")
    assert local(out[1].due_at) == "2026-11-23 17:00"


def test_a_clock_that_has_stopped_gets_no_new_leg():
    for when in ("09:00", "09:30"):
        found = changed("B", ("09:00", ResolvedClaimed()), (when, "A")).clocks(THREE, "2026-11-23 10:00")
        assert [(clock.severity, clock.status) for clock in found] == [("B", Status.MET)]


def test_setting_the_same_severity_again_changes_nothing_and_of_two_at_once_the_last_counts():
    story = changed("B", ("09:00", "B"), ("10:00", "A"), ("10:00", "B"))
    assert [clock.leg for clock in story.clocks(THREE, "2026-11-23 11:00")] == [1]


def test_a_severity_set_before_the_hand_over_is_the_one_it_starts_with():
    story = changed("A", ("07:00", "C"), ("07:30", "B"))
    assert [(clock.severity, clock.leg) for clock in story.clocks(THREE, "2026-11-23 08:30")] == [("A", 1)]


def test_a_promise_that_only_the_higher_severity_has_begins_with_the_raise():
    only_a = contract(target("workaround", "A", "24x7", OpenTime(2 * HOUR)))
    raised = changed("B", ("10:00", "A")).clocks(only_a, "2026-11-23 11:00")
    assert [(clock.leg, local(clock.started_at)[11:]) for clock in raised] == [(1, "10:00")]
    only_b = contract(target("workaround", "B", "24x7", OpenTime(8 * HOUR)))
    lowered = changed("A", ("10:00", "B")).clocks(only_b, "2026-11-23 11:00")
    assert [(clock.leg, local(clock.started_at)[11:]) for clock in lowered] == [(1, "08:00")]
    back = changed("A", ("09:00", "B"), ("10:00", "A")).clocks(only_a, "2026-11-23 11:00")
    assert [(clock.leg, clock.status, local(clock.started_at)[11:]) for clock in back] == [
        (1, Status.SUPERSEDED, "08:00"),
        (2, Status.RUNNING, "10:00"),
    ]
    assert back[1].due_capped_by is None


def test_a_raise_before_the_hand_over_begins_with_the_hand_over():
    only_b = contract(target("workaround", "B", "24x7", OpenTime(8 * HOUR)))
    story = Story()
    for when, what in (("08:00", SeveritySet("C")), ("09:00", SeveritySet("B")), ("10:00", HandedOver())):
        story.then(f"2026-11-23 {when}", what)
    story.then("2026-11-23 10:00", ContractAssigned("drift", 1))
    (clock,) = story.clocks(only_b, "2026-11-23 11:00")
    assert local(clock.started_at)[11:] == "10:00"


def test_the_first_severity_holds_before_it_was_set():
    robots = contract(
        target("reaction", "A", "24x7", OpenTime(HOUR), auto_reply_counts=True),
        target("reaction", "B", "24x7", OpenTime(HOUR)),
    )
    story = Story().then("2026-11-23 10:00", ContractAssigned("drift", 1)).then("2026-11-23 10:00", HandedOver())
    story.then("2026-11-23 10:02", Acknowledged("auto"))
    story.then("2026-11-23 10:05", SeveritySet("B")).then("2026-11-23 10:30", SeveritySet("A"))
    assert [clock.severity for clock in story.clocks(robots, "2026-11-23 10:40")] == ["B", "A"]


def test_a_start_by_phone_that_never_came_leaves_the_start_to_the_lower_severity():
    by_phone = contract(*THREE.targets, severities=(Severity("A", start_channel="phone"), Severity("B"), Severity("C")))
    found = changed("A", ("09:00", "B")).clocks(by_phone, "2026-11-23 10:00")
    assert [(clock.severity, local(clock.started_at)[11:]) for clock in found] == [("B", "08:00")]


@pytest.mark.parametrize(("policy", "late"), [("retroactive", 3 * HOUR), ("carry_elapsed", 2 * HOUR)])
def test_a_leg_is_late_by_its_own_time_so_that_its_overrun_is_that_of_its_rows(policy, late):
    story = handed_over("2026-11-23 10:00").then("2026-11-23 15:00", SeveritySet("A"))
    leg = story.clocks(with_policies(TWO_SEVERITIES, severity_raise=policy), "2026-11-23 17:00")[-1]
    assert (local(leg.due_at), leg.overrun_open_s, leg.overrun_wall_s) == ("2026-11-23 14:00", late, late)
    assert sum(each.seconds for each in leg.segments if each.phase == "overrun") == late == -leg.remaining_open_s
