"""After the claim: rejections, reopenings inside and outside the window, acceptance, closing, cancelling.

Mutants that died here: rejections without a claim, a second rejection of one claim, the window's end excluded, a workaround
undone by a rejection, cancelled clocks counted, provisional for ever, nothing reopened that was closed without a claim.
"""

import pytest
from stories import (
    HOUR,
    RESOLUTION_B,
    contract,
    handed_over,
    local,
    sample_contract,
    target,
    with_policies,
)

from bot.domain.clock import Status
from bot.domain.contracts import OpenTime, WallTime, Within
from bot.domain.events import (
    Acknowledged,
    Cancelled,
    Closed,
    Reopened,
    ResolutionAccepted,
    ResolutionRejected,
    ResolvedClaimed,
    Workaround,
)

REACTION = contract(target("reaction", "B", "dk8-16", OpenTime(2 * HOUR)))
RESOLUTION = contract(RESOLUTION_B)
WORKAROUND = contract(target("workaround", "B", "dk8-16", OpenTime(2 * HOUR)))


def reported(*later, complete: bool = False):
    story = handed_over("2026-11-23 10:00", report_complete=complete)
    for when, what in later:
        story.then(f"2026-11-23 {when}", what)
    return story


def test_a_rejected_claim_does_not_count_as_a_workaround_but_a_workaround_stays_one():
    claimed = reported(("11:00", ResolvedClaimed()), ("11:30", ResolutionRejected()), complete=True)
    clock = claimed.clock(WORKAROUND, "2026-11-23 12:00", "workaround")
    assert (clock.status, clock.elapsed_open_s, clock.paused_open_s) == (Status.RUNNING, 90 * 60, 30 * 60)
    around = reported(
        ("10:30", Workaround()), ("11:00", ResolvedClaimed()), ("11:30", ResolutionRejected()), complete=True
    )
    assert around.clock(WORKAROUND, "2026-11-23 12:00", "workaround").elapsed_open_s == 30 * 60


def test_a_rejection_asks_for_a_new_reaction():
    story = reported(
        ("10:20", Acknowledged()), ("11:00", ResolvedClaimed()), ("11:30", ResolutionRejected()), complete=True
    )
    first, second = story.clocks(REACTION, "2026-11-23 12:00", "reaction")
    assert (first.round, first.status, first.counts) == (1, Status.MET, True)
    assert (second.round, second.status, local(second.started_at)) == (2, Status.RUNNING, "2026-11-23 11:30")
    answered = story.then("2026-11-23 11:50", Acknowledged()).clocks(REACTION, "2026-11-23 12:00", "reaction")
    assert [clock.elapsed_open_s for clock in answered] == [1200, 1200]
    none = with_policies(REACTION, reopen_reaction="none")
    assert [clock.round for clock in story.clocks(none, "2026-11-23 12:00", "reaction")] == [1]


def test_a_reopening_after_the_case_was_closed_resumes_the_resolution():
    story = reported(
        ("11:00", ResolvedClaimed()),
        ("11:10", ResolutionAccepted()),
        ("11:10", Closed()),
        ("13:00", Reopened()),
        complete=True,
    )
    clock = story.clock(RESOLUTION, "2026-11-23 14:00")
    assert (clock.status, clock.elapsed_open_s, clock.paused_open_s) == (Status.RUNNING, 2 * HOUR, 2 * HOUR)


def test_a_reopening_takes_back_an_acceptance_that_stopped_the_clock():
    agreed = contract(target("resolution", "B", "dk8-16", OpenTime(8 * HOUR), stops=("resolution_accepted",)))
    story = reported(("11:00", ResolvedClaimed()), ("11:30", ResolutionAccepted()), complete=True)
    assert story.clock(agreed, "2026-11-23 12:00").status is Status.MET
    clock = story.then("2026-11-23 13:00", Reopened()).clock(agreed, "2026-11-23 14:00")
    assert (clock.status, clock.elapsed_open_s, clock.paused_open_s) == (Status.RUNNING, 150 * 60, 90 * 60)


def test_a_rejection_of_nothing_changes_nothing():
    story = reported(("11:00", ResolutionRejected()), complete=True)
    assert [clock.round for clock in story.clocks(REACTION, "2026-11-23 12:00", "reaction")] == [1]
    assert story.clock(RESOLUTION, "2026-11-23 12:00").paused_open_s == 0


def test_of_two_rejections_of_one_claim_the_first_counts():
    story = reported(
        ("11:00", ResolvedClaimed()), ("11:30", ResolutionRejected()), ("11:40", ResolutionRejected()), complete=True
    )
    assert [clock.round for clock in story.clocks(REACTION, "2026-11-23 12:00", "reaction")] == [1, 2]


def test_a_case_closed_without_a_claim_and_reopened_goes_on():
    story = reported(("09:00", Closed()), ("11:00", Closed()), ("12:00", Reopened()), complete=True)
    clock = story.clock(RESOLUTION, "2026-11-23 13:00")
    assert (clock.status, clock.elapsed_open_s, clock.paused_open_s) == (Status.RUNNING, 2 * HOUR, HOUR)


def test_what_was_closed_before_it_was_handed_over_is_still_to_be_solved():
    assert reported(("09:00", Closed()), complete=True).clock(RESOLUTION, "2026-11-23 11:00").status is Status.RUNNING


def test_several_claims_and_rejections_each_pause_their_own_time():
    story = reported(
        ("11:00", ResolvedClaimed()),
        ("11:30", ResolvedClaimed()),
        ("12:00", ResolutionRejected()),
        ("13:00", ResolvedClaimed()),
        ("13:10", ResolutionRejected()),
        ("14:00", ResolvedClaimed()),
        complete=True,
    )
    clock = story.clock(RESOLUTION, "2026-11-23 15:00")
    assert (clock.paused_open_s, clock.elapsed_open_s, clock.provisional) == (70 * 60, 170 * 60, True)
    assert [clock.round for clock in story.clocks(REACTION, "2026-11-23 15:00", "reaction")] == [1, 2, 3]


@pytest.mark.parametrize(("when", "rounds"), [("2026-12-07 16:00", 2), ("2026-12-07 16:01", 1)])
def test_a_reopening_counts_only_inside_the_window(when, rounds):
    agreed = sample_contract()
    story = reported(("10:30", Acknowledged()), ("11:00", ResolvedClaimed()), complete=True).then(when, Reopened())
    found = story.clocks(agreed, "2026-12-10", "reaction")
    assert len(found) == rounds
    assert ("reopen_outside_window" in found[0].anomalies) == (rounds == 1)
    assert story.clock(agreed, "2026-12-10").is_open == (rounds == 2)


def test_a_window_without_a_calendar_is_calendar_time():
    agreed = with_policies(REACTION, reopen_window=Within(WallTime(HOUR)))
    for when, rounds in (("12:00", 2), ("12:01", 1)):
        story = reported(("11:00", ResolvedClaimed()), (when, Reopened()), complete=True)
        assert len(story.clocks(agreed, "2026-11-24", "reaction")) == rounds


def test_a_claim_is_provisional_until_accepted_closed_or_deemed_accepted():
    agreed = sample_contract()
    story = reported(("11:00", ResolvedClaimed()), complete=True)
    clock = story.clock(agreed, "2026-11-23 12:00")
    assert (clock.provisional, local(clock.next_check_at)) == (True, "2026-12-07 16:00")
    assert not story.clock(agreed, "2026-12-07 16:00").provisional
    assert story.clock(agreed, "2026-12-07 16:00").next_check_at is None
    for judged in (ResolutionAccepted(), Closed()):
        accepted = reported(("11:00", ResolvedClaimed()), ("11:30", judged), complete=True)
        assert not accepted.clock(agreed, "2026-11-23 12:00").provisional


def test_accepting_may_have_a_deadline_in_the_targets_own_calendar():
    agreed = with_policies(RESOLUTION, accept_within=Within(OpenTime(6 * HOUR)))
    story = reported(("11:00", ResolvedClaimed()), complete=True)
    assert local(story.clock(agreed, "2026-11-23 12:00").next_check_at) == "2026-11-24 09:00"
    elsewhere = with_policies(RESOLUTION, accept_within=Within(OpenTime(6 * HOUR), "24x7"))
    assert local(story.clock(elsewhere, "2026-11-23 12:00").next_check_at) == "2026-11-23 17:00"


def test_a_case_closed_without_a_claim_was_resolved_then_but_never_answered():
    story = reported(("11:00", Closed()), complete=True)
    assert (story.clock(RESOLUTION, "2026-11-24").status, story.clock(RESOLUTION, "2026-11-24").wall_s) == (
        Status.MET,
        HOUR,
    )
    unanswered = story.clock(REACTION, "2026-11-24", "reaction")
    assert (unanswered.status, unanswered.counts) == (Status.SUPERSEDED, False)
    late = reported(("14:00", Closed()), complete=True).clock(REACTION, "2026-11-24", "reaction")
    assert (late.status, late.counts) == (Status.BREACHED_STOPPED, True)


def test_only_a_resolution_of_a_living_case_is_provisional():
    claimed = reported(("11:00", ResolvedClaimed()), complete=True)
    assert not claimed.clock(WORKAROUND, "2026-11-24", "workaround").provisional
    withdrawn = claimed.then("2026-11-23 12:00", Cancelled()).clock(RESOLUTION, "2026-11-24")
    assert (withdrawn.provisional, withdrawn.next_check_at) == (False, None)


def test_a_cancelled_case_ends_every_clock_and_counts_nowhere():
    story = reported(("10:30", Acknowledged()), ("11:00", Cancelled()), ("11:30", ResolvedClaimed()), complete=True)
    both = contract(*REACTION.targets, *RESOLUTION.targets)
    reaction, resolution = story.clocks(both, "2026-11-24")
    assert {reaction.status, resolution.status} == {Status.CANCELLED}
    assert (reaction.wall_s, resolution.wall_s) == (30 * 60, HOUR)
    assert (reaction.counts, resolution.counts, resolution.provisional) == (False, False, False)
    assert reported(("11:00", Cancelled())).clock(RESOLUTION, "2026-11-24").status is Status.CANCELLED


def test_nobody_reopens_what_was_cancelled():
    story = reported(("11:00", ResolvedClaimed()), ("11:30", Cancelled()), ("12:00", Reopened()), complete=True)
    assert [clock.round for clock in story.clocks(REACTION, "2026-11-24", "reaction")] == [1]
