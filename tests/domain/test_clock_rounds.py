"""What starts a clock and what stops it, which contract speaks, and when to look again.

Mutants that died here or on the rows: a later answer instead of the first, answers of an earlier round for a later one,
an incomplete report starting the clock, `min` for `max` of call and completeness, the assignment's date deciding the
version, the last assignment instead of the first, a wake-up in the past, the reminder of a pause that is over.
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
)

from bot.domain.clock import Status
from bot.domain.contracts import BusinessDays, OpenTime, PauseReason, Policies, Severity, Within
from bot.domain.events import (
    Acknowledged,
    ContractAssigned,
    HandedOver,
    InfoProvided,
    InfoRequested,
    Opened,
    Party,
    PauseStarted,
    Reopened,
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


def test_an_answer_in_the_second_of_the_hand_over_is_no_anomaly():
    clock = reported(("10:00", Acknowledged()), complete=True).clock(REACTION, "2026-11-24", "reaction")
    assert (clock.status, clock.anomalies) == (Status.MET, ())


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


def test_a_contract_may_be_exchanged_for_another_before_the_hand_over():
    story = Story().then("2026-11-02 10:00", ContractAssigned("drift", 1)).then("2026-11-02 11:00", SeveritySet("B"))
    story.then("2026-11-03 10:00", HandedOver()).then("2026-11-03 10:00", ContractAssigned("other", 1))
    assert story.clock_under((RESOLUTION, replace(RESOLUTION, id="other")), "2026-11-04").contract_id == "other"


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


def test_what_is_left_is_open_time_only():
    clock = handed_over("2026-11-20 15:00").clock(RESOLUTION, "2026-11-20 15:30")
    assert (clock.remaining_open_s, local(clock.due_at)) == (27_000, "2026-11-23 15:00")


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
