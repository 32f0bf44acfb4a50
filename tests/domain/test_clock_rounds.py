"""What starts a clock, what stops it, and what a reopening, a late acceptance or a cancellation does to it.

Mutants that died here or on the rows: a later answer instead of the first, answers of an earlier round for a later one,
an incomplete report starting the clock, `min` for `max` of call and completeness, rejections without a claim, the
window's end excluded, a workaround undone by a rejection, cancelled clocks counted, provisional for ever, the reminder
of a pause that is over.
"""

from dataclasses import replace
from datetime import date

import pytest
from stories import (
    HOUR,
    RESOLUTION_B,
    Story,
    at,
    contract,
    handed_over,
    local,
    sample_contract,
    target,
    with_policies,
)

from bot.domain.clock import Status
from bot.domain.contracts import BusinessDays, OpenTime, PauseReason, Policies, Severity, WallTime, Within
from bot.domain.events import (
    Acknowledged,
    Cancelled,
    Closed,
    ContractAssigned,
    HandedOver,
    InfoProvided,
    InfoRequested,
    Opened,
    Party,
    PauseStarted,
    Reopened,
    ResolutionAccepted,
    ResolutionRejected,
    ResolvedClaimed,
    SeveritySet,
    Triaged,
    Workaround,
    WorkStarted,
)

REACTION = contract(target("reaction", "B", "dk8-16", OpenTime(2 * HOUR)))
RESOLUTION = contract(RESOLUTION_B)
WORKAROUND = contract(target("workaround", "B", "dk8-16", OpenTime(2 * HOUR)))


def reported(*later, complete: bool = False):
    story = handed_over("2026-11-23 10:00", report_complete=complete)
    for when, what in later:
        story.then(f"2026-11-23 {when}", what)
    return story


def test_the_clock_waits_for_a_complete_report():
    assert reported().clock(RESOLUTION, "2026-11-23 12:00").status is Status.NOT_STARTED
    half = reported(("11:00", InfoProvided(report_complete=False)))
    assert half.clock(RESOLUTION, "2026-11-23 12:00").status is Status.NOT_STARTED
    whole = reported(("11:00", InfoProvided(report_complete=True)), ("11:30", InfoProvided(report_complete=True)))
    assert local(whole.clock(RESOLUTION, "2026-11-23 12:00").started_at) == "2026-11-23 11:00"
    again = reported(("11:15", HandedOver(report_complete=True)))
    assert local(again.clock(RESOLUTION, "2026-11-23 12:00").started_at) == "2026-11-23 11:15"
    early = reported(("09:00", InfoProvided(report_complete=True)))
    assert early.clock(RESOLUTION, "2026-11-23 12:00").status is Status.NOT_STARTED


def test_a_clock_that_has_not_started_is_listed_under_the_severity_of_now():
    both = contract(target("resolution", "A", "24x7", OpenTime(HOUR)), RESOLUTION_B)
    story = reported(("10:30", SeveritySet("A")))
    assert [clock.target_id for clock in story.clocks(both, "2026-11-23 11:00")] == ["A-resolution"]


def test_a_contract_may_start_the_clock_at_any_report():
    lenient = contract(replace(RESOLUTION_B, requires_complete_report=False))
    assert local(reported().clock(lenient, "2026-11-23 12:00").started_at) == "2026-11-23 10:00"


def test_an_answer_before_the_report_was_complete_is_an_answer_all_the_same():
    story = reported(("10:10", Acknowledged()), ("10:30", InfoProvided(report_complete=True)))
    clock = story.clock(REACTION, "2026-11-23 12:00", "reaction")
    assert (clock.status, clock.elapsed_open_s, clock.anomalies) == (Status.MET, 0, ("ack_before_start",))


@pytest.mark.parametrize(
    ("kind", "starts", "first"),
    [("resolution", "info_requested", InfoRequested()), ("reaction", "triaged", Triaged(security=True))],
)
def test_a_target_may_name_its_own_start_and_stop(kind, starts, first):
    own = contract(target(kind, "B", "dk8-16", OpenTime(HOUR), start=starts, stops=("info_provided",)))
    story = reported(("10:00", Triaged()), ("11:00", first), ("11:20", InfoProvided()), ("11:40", InfoProvided()))
    clock = story.clock(own, "2026-11-23 12:00", kind)
    assert (local(clock.started_at), clock.elapsed_open_s, clock.status) == ("2026-11-23 11:00", 1200, Status.MET)


def test_the_first_answer_stops_the_clock_and_later_ones_do_not_move_it():
    story = reported(("10:20", Acknowledged()), ("10:50", Acknowledged()), complete=True)
    assert story.clock(REACTION, "2026-11-23 12:00", "reaction").elapsed_open_s == 1200


def test_work_started_is_a_promise_of_its_own():
    agreed = contract(target("work_started", "B", "dk8-16", OpenTime(HOUR)))
    story = reported(("11:30", WorkStarted()), ("12:00", ResolvedClaimed()), ("12:10", Reopened()), complete=True)
    (clock,) = story.clocks(agreed, "2026-11-23 13:00", "work_started")
    assert clock.overrun_open_s == 1800


def test_a_workaround_stops_the_resolution_only_where_the_contract_says_so():
    story = reported(("11:00", Workaround()), complete=True)
    assert story.clock(RESOLUTION, "2026-11-23 12:00").status is Status.RUNNING
    enough = contract(replace(RESOLUTION_B, stops_at_workaround=True))
    clock = story.clock(enough, "2026-11-23 12:00")
    assert (clock.status, clock.provisional, clock.elapsed_open_s) == (Status.MET, False, HOUR)


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


def test_an_answer_in_the_second_of_the_hand_over_is_no_anomaly():
    clock = reported(("10:00", Acknowledged()), complete=True).clock(REACTION, "2026-11-24", "reaction")
    assert (clock.status, clock.anomalies) == (Status.MET, ())


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


def test_a_case_without_a_contract_says_so():
    story = Story().then("2026-11-23 10:00", Opened()).then("2026-11-23 10:00", HandedOver())
    (clock,) = story.clocks(RESOLUTION, "2026-11-24")
    assert (clock.status, clock.anomalies, clock.segments) == (Status.NOT_STARTED, ("no_contract",), ())
    unknown = story.then("2026-11-23 10:00", ContractAssigned("other", 3)).clocks(RESOLUTION, "2026-11-24")
    assert [clock.anomalies for clock in unknown] == [("no_contract",)]
    assert Story().then("2026-11-23 10:00", Opened()).clocks(RESOLUTION, "2026-11-24") == []


def test_the_version_in_force_at_the_hand_over_decides_and_else_the_one_named():
    old = replace(RESOLUTION, valid_to=date(2026, 11, 1))
    new = contract(replace(RESOLUTION_B, budget=OpenTime(HOUR)), version=2, valid_from=date(2026, 11, 1))
    story = handed_over("2026-11-23 10:00")
    assert story.clock_under((old, new), "2026-11-23 10:30").contract_version == 2
    assert story.clock_under((old,), "2026-11-23 10:30").contract_version == 1
    assert handed_over("2026-10-31 23:59").clock_under((old, new), "2026-11-23").contract_version == 1


def test_the_hand_over_and_the_first_assignment_decide_the_version():
    old = replace(RESOLUTION, valid_to=date(2026, 11, 1))
    new = replace(RESOLUTION, version=2, valid_from=date(2026, 11, 1))
    story = Story().then("2026-10-31 10:00", ContractAssigned("drift", 1)).then("2026-11-02 10:00", HandedOver())
    story.then("2026-11-02 10:00", SeveritySet("B")).then("2026-11-03 10:00", ContractAssigned("other", 1))
    assert story.clock_under((old, new, replace(RESOLUTION, id="other")), "2026-11-04").contract_version == 2


def test_a_case_handed_over_without_a_contract_is_not_under_the_houses_agreement():
    story = Story().then("2026-11-23 10:00", Opened()).then("2026-11-23 10:00", HandedOver())
    house = contract(id="fjordby", kind="agreement", severities=(Severity("alle"),))
    assert [clock.anomalies for clock in story.clocks(house, "2026-11-24")] == [("no_contract",)]


def test_a_conflict_of_records_is_told_on_every_clock():
    story = reported(complete=True)
    story.events.append(replace(story.events[0], role=Party.SUPPLIER))
    assert story.clock(RESOLUTION, "2026-11-24").anomalies == ("duplicate_id_conflict",)


def test_without_a_severity_the_clock_waits_and_the_first_one_counts_from_the_start():
    story = (
        Story()
        .then("2026-11-23 10:00", ContractAssigned("drift", 1))
        .then("2026-11-23 10:00", HandedOver())
        .then("2026-11-23 10:05", SeveritySet("Z"))
    )
    (clock,) = story.clocks(RESOLUTION, "2026-11-23 10:30")
    assert (clock.status, clock.anomalies, clock.started_at) == (Status.NOT_STARTED, ("no_severity",), None)
    later = story.then("2026-11-23 11:00", SeveritySet("B")).clock(RESOLUTION, "2026-11-23 12:00")
    assert (local(later.started_at), later.leg, later.anomalies) == ("2026-11-23 10:00", 1, ())


def test_the_next_look_is_at_the_next_warning_the_breach_the_reminder_or_never():
    agreed = sample_contract()
    story = reported(complete=True)
    looks = {
        "2026-11-23 10:00": "2026-11-23 14:00",
        "2026-11-23 14:00": "2026-11-23 16:00",
        "2026-11-24 09:59:59": "2026-11-24 10:00",
        "2026-11-24 10:00": "2026-11-24 10:00:01",
        "2026-11-24 10:00:01": None,
    }
    for now, look in looks.items():
        assert local(story.clock(agreed, now).next_check_at) == look
    paused = story.then("2026-11-23 11:00", PauseStarted("p", "awaiting_customer"))
    assert local(paused.clock(agreed, "2026-11-23 12:00").next_check_at) == "2026-11-26 16:00"
    assert paused.clock(agreed, "2026-11-26 16:00").next_check_at is None
    assert paused.clock(RESOLUTION, "2026-11-23 12:00").next_check_at is None
    unknown = contract(RESOLUTION_B, pause_reasons={})
    assert paused.clock(unknown, "2026-11-23 12:00").next_check_at is None


def test_a_reminder_without_a_calendar_uses_the_targets():
    agreed = contract(
        RESOLUTION_B,
        policies=Policies(),
        pause_reasons={"awaiting_customer": PauseReason("awaiting_customer", remind_after=Within(BusinessDays(1)))},
    )
    story = reported(("11:00", PauseStarted("p", "awaiting_customer")), complete=True)
    assert local(story.clock(agreed, "2026-11-23 12:00").next_check_at) == "2026-11-24 16:00"


def test_the_clocks_of_several_cases_come_together_in_order():
    one, two = handed_over("2026-11-23 10:00"), Story("S-0")
    two.events = [replace(event, case_id="S-0", event_id="x" + event.event_id) for event in one.events]
    one.events += two.events
    assert [clock.case_id for clock in one.clocks(RESOLUTION, "2026-11-24")] == ["S-0", "S-1"]
    assert at("2026-11-24") == one.clocks(RESOLUTION, "2026-11-24")[0].now
    assert all(event.role in {Party.IT, Party.SUPPLIER} for event in one.events)
