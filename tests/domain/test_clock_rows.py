"""The agreed table of edge cases, rows 26 to 39: what each clock says, to the second. (Rows 1 to 25 and 40 are vectors.)"""

import itertools
import json

import pytest
from stories import (
    HOUR,
    RESOLUTION_B,
    TWO_SEVERITIES,
    VECTORS,
    Story,
    at,
    calendar,
    contract,
    handed_over,
    local,
    target,
    week,
    with_policies,
)

from bot.domain.clock import Status
from bot.domain.contracts import OpenTime, Severity
from bot.domain.events import (
    Acknowledged,
    Closed,
    Corrected,
    DuplicateOf,
    EventRefused,
    HandedOver,
    Party,
    PauseEnded,
    PauseStarted,
    ResolutionRejected,
    ResolvedClaimed,
    SeveritySet,
)
from bot.domain.service_hours import Calendar

EVENTS = {case["id"]: case for case in json.loads((VECTORS / "edge_events.json").read_text())["cases"]}
REACTION_2H = contract(target("reaction", "B", "dk8-16", OpenTime(2 * HOUR)))
RESOLUTION_2H = contract(target("resolution", "B", "dk8-16", OpenTime(2 * HOUR)))


def test_every_vector_of_events_has_its_test():
    raised_ = "sev_raise_policies sev_raise_night sev_raise_late_never_extends"
    others = "sev_lower sev_lower_after_breach reopen ack_before_log retro_correction exact_due calendar_version"
    assert " ".join(EVENTS) == f"{raised_} {others}"


def test_while_a_pause_is_open_there_is_no_due_only_what_it_would_be():
    case = handed_over("2026-11-23 08:00").then("2026-11-23 09:00", PauseStarted("p", "awaiting_customer"))
    for now, resumed in (("09:00", "10:00"), ("09:30", "10:30"), ("10:00", "11:00")):
        clock = case.clock(RESOLUTION_2H, f"2026-11-23 {now}")
        assert (clock.due_at, clock.status, clock.paused_now) == (None, Status.PAUSED, True)
        assert local(clock.due_if_resumed_now) == f"2026-11-23 {resumed}"
    ended = case.then("2026-11-23 10:05", PauseEnded("p")).clock(RESOLUTION_2H, "2026-11-23 10:06")
    assert (local(ended.due_at), ended.status) == ("2026-11-23 11:05", Status.RUNNING)


def raised(policy: str, when: str = EVENTS["sev_raise_policies"]["sev"][1][1]):
    agreed = with_policies(TWO_SEVERITIES, severity_raise=policy)
    story = handed_over(EVENTS["sev_raise_policies"]["start"]).then(when, SeveritySet("A"))
    return story.clocks(agreed, "2026-11-25 12:00")


@pytest.mark.parametrize(
    ("policy", "name"), [("min_due", "min_old_new(default)"), ("carry_fraction", "carry_fraction")]
)
def test_a_raised_severity_gets_the_due_its_policy_gives(policy, name):
    old, new = raised(policy)
    expect = EVENTS["sev_raise_policies"]["expect"]
    assert old.status is Status.SUPERSEDED
    assert old.due_at == at(expect["before_change_due"])
    assert new.due_at == new.breach_at == at(expect[name])
    assert (old.counts, new.counts, new.leg) == (False, True, 2)


@pytest.mark.parametrize("policy", ["retroactive", "carry_elapsed"])
def test_a_due_that_lies_before_the_raise_is_a_breach_at_the_raise(policy):
    _, new = raised(policy)
    assert new.due_at == at("2026-11-23 14:00")
    assert new.breach_at == at("2026-11-23 15:00")
    assert new.counts


def test_a_raise_at_night_counts_from_then_and_a_late_one_never_extends():
    _, night = raised("min_due", EVENTS["sev_raise_night"]["raise_at"])
    assert night.due_at == at(EVENTS["sev_raise_night"]["expect"]["min_old_new(default)"])
    assert night.due_capped_by is None
    _, late = raised("min_due", EVENTS["sev_raise_late_never_extends"]["raise_at"])
    assert late.due_at == at(EVENTS["sev_raise_late_never_extends"]["expect"]["min_old_new(default)"])
    assert late.due_capped_by == 1


def test_a_lowered_severity_counts_from_the_original_start():
    case = EVENTS["sev_lower"]
    a, b = (
        handed_over(case["start"], "A")
        .then(case["sev"][1][1], SeveritySet("B"))
        .clocks(TWO_SEVERITIES, "2026-11-23 12:00")
    )
    assert (a.status, a.counts) == (Status.SUPERSEDED, False)
    assert (b.due_at, b.started_at, b.counts) == (at(case["expect"]["due"]), at(case["start"]), True)


def test_lowering_after_a_breach_keeps_the_breach_as_the_verdict():
    case = EVENTS["sev_lower_after_breach"]
    story = handed_over(case["start"], "A").then(case["sev"][1][1], SeveritySet("B"))
    a, b = story.clocks(TWO_SEVERITIES, "2026-11-23 16:00")
    assert (local(a.breach_at), a.status, a.counts) == ("2026-11-23 14:00", Status.BREACHED_STOPPED, True)
    assert (b.due_at, b.status, b.counts) == (at(case["expect"]["B_due"]), Status.RUNNING, False)


def test_a_severity_corrected_from_the_start_removes_the_breach_and_both_views_stay():
    story = handed_over("2026-11-23 10:00", "A").then(
        "2026-11-23 15:00",
        Corrected("misclassified", payload=(("severity", "B"),)),
        role=Party.IT,
        corrects="S-1/2",
    )
    (after,) = story.clocks(TWO_SEVERITIES, "2026-11-23 16:00")
    assert (after.severity, after.breach_at, local(after.due_at)) == ("B", None, "2026-11-24 10:00")
    (before,) = story.clocks(TWO_SEVERITIES, "2026-11-23 16:00", known_at=at("2026-11-23 14:59"))
    assert (before.severity, local(before.breach_at)) == ("A", "2026-11-23 14:00")


def test_a_retroactive_correction_changes_what_is_known_now_but_not_what_was_known_then():
    case = EVENTS["retro_correction"]
    story = (
        handed_over(case["start"])
        .then(case["ack_logged"], Acknowledged())
        .then(
            case["corrected_to"],
            Corrected("logged_late", occurred_at=_moment(case["corrected_to"])),
            learned=case["correction_recorded"],
            corrects="S-1/4",
        )
    )
    then = story.clock(REACTION_2H, "2026-11-27 12:00", "reaction", known_at=at("2026-11-25 12:00"))
    assert (local(then.breach_at), then.elapsed_open_s) == ("2026-11-23 12:00", 9000)
    now = story.clock(REACTION_2H, "2026-11-27 12:00", "reaction", known_at=at("2026-11-27 12:00"))
    assert (now.status, now.elapsed_open_s, now.stop_event) == (Status.MET, 1200, "S-1/4")


def _moment(text):
    return handed_over(text).events[0].occurred_at


@pytest.mark.parametrize(
    ("policy", "due"),
    [
        ("resume", EVENTS["reopen"]["expect"]["resume(default)"]),
        ("count_through", "2026-11-24T10:00:00+01:00"),
        ("restart", EVENTS["reopen"]["expect"]["restart"]),
    ],
)
def test_a_rejected_resolution_goes_on_as_the_contract_says(policy, due):
    case = EVENTS["reopen"]
    story = (
        handed_over(case["start"])
        .then(case["resolved"], ResolvedClaimed())
        .then(case["rejected"], ResolutionRejected(), role=Party.IT)
    )
    found = story.clocks(with_policies(contract(RESOLUTION_B), reopen=policy), "2026-11-25 11:00")
    assert found[-1].due_at == at(due)
    assert found[-1].round == (2 if policy == "restart" else 1)
    assert (found[-1].breach_at is not None) == (policy == "count_through")
    if policy == "restart":
        assert (found[0].status, found[0].provisional, found[0].counts) == (Status.MET, False, True)


def test_the_time_between_claim_and_rejection_is_a_pause():
    story = (
        handed_over("2026-11-23 10:00")
        .then("2026-11-23 14:00", ResolvedClaimed())
        .then("2026-11-25 10:00", ResolutionRejected(), role=Party.IT)
    )
    clock = story.clock(contract(RESOLUTION_B), "2026-11-25 11:00")
    assert (clock.elapsed_open_s, clock.paused_open_s) == (5 * HOUR, 12 * HOUR)
    assert {segment.reason for segment in clock.segments if segment.kind == "paused"} == {"awaiting_acceptance"}


def test_an_acknowledgement_before_our_log_is_met_at_once_and_never_negative():
    case = EVENTS["ack_before_log"]
    clock = handed_over(case["start"]).then(case["ack"], Acknowledged()).clock(REACTION_2H, case["start"], "reaction")
    assert (clock.status, clock.elapsed_open_s, clock.wall_s) == (Status.MET, 0, 0)
    assert clock.stopped_at == clock.started_at
    assert clock.anomalies == ("ack_before_start",)
    assert clock.segments == ()


@pytest.mark.parametrize(("stop", "status", "over"), [("12:00:00", Status.MET, 0), ("12:00:01", "breached_stopped", 1)])
def test_exactly_at_the_due_is_met_and_a_second_later_is_not(stop, status, over):
    story = handed_over(EVENTS["exact_due"]["start"]).then(f"2026-11-23 {stop}", Acknowledged())
    clock = story.clock(REACTION_2H, "2026-11-24", "reaction")
    assert (clock.status, clock.overrun_open_s, clock.overrun_wall_s) == (status, over, over)


def test_a_calendar_follows_the_date_even_for_a_clock_that_runs():
    v1 = contract(target("resolution", "B", "day", OpenTime(4 * HOUR)), calendars={"day": _day("08:00-16:00")})
    later = contract(
        target("resolution", "B", "day", OpenTime(9 * HOUR)),
        calendars={"day": _day("07:00-17:00")},
        version=2,
        valid_from=v1.calendars["day"].date_at(at("2026-12-01")),
    )
    story = handed_over(EVENTS["calendar_version"]["start"])
    assert story.clock(v1, "2026-11-30 15:00").due_at == at(EVENTS["calendar_version"]["expect"]["v1_only"])
    clock = story.clock_under((v1, later), "2026-12-01 09:00")
    assert clock.due_at == at(EVENTS["calendar_version"]["expect"]["due"])
    assert (clock.contract_version, clock.budget) == (1, OpenTime(4 * HOUR))
    assert [segment.calendar_version for segment in clock.segments] == [1, 1, 2, 2]


def _day(hours_: str) -> Calendar:
    return calendar("day", week(hours_))


def test_the_local_month_decides():
    agreed = contract(target("resolution", "B", "24x7", OpenTime(HOUR)))
    december = handed_over("2026-12-31 22:30").clock(agreed, "2027-01-02")
    assert (local(december.breach_at), december.month) == ("2026-12-31 23:30", "2026-12")
    story = handed_over("2026-12-31 23:45").then("2027-01-01 00:30", ResolvedClaimed())
    january = story.clock(agreed, "2027-01-02")
    assert (january.status, january.month) == (Status.MET, "2027-01")
    assert handed_over("2026-12-31 23:45").clock(agreed, "2027-01-01").month is None


def test_a_duplicate_a_shuffle_and_an_orphan_change_nothing():
    story = (
        handed_over("2026-11-23 08:00")
        .then("2026-11-23 08:30", PauseStarted("p", "awaiting_customer"))
        .then("2026-11-23 09:00", PauseEnded("p"))
        .then("2026-11-23 09:30", ResolvedClaimed())
    )
    expected = story.clocks(RESOLUTION_2H, "2026-11-24")
    for order in itertools.islice(itertools.permutations(story.events), 0, 5040, 97):
        shuffled = Story()
        shuffled.events = [*order, order[0], order[3]]
        assert shuffled.clocks(RESOLUTION_2H, "2026-11-24") == expected
    orphan = story.then("2026-11-23 09:10", PauseEnded("q")).clock(RESOLUTION_2H, "2026-11-24")
    assert orphan.anomalies == ("orphan_pause_end",)
    assert orphan.elapsed_open_s == expected[0].elapsed_open_s == HOUR


def test_a_stop_before_the_start_is_no_time_and_an_anomaly():
    clock = (
        handed_over("2026-11-23 10:00").then("2026-11-23 09:00", ResolvedClaimed()).clock(RESOLUTION_2H, "2026-11-24")
    )
    assert (clock.wall_s, clock.status, clock.anomalies) == (0, Status.MET, ("stop_before_start",))


def test_the_future_is_refused():
    with pytest.raises(EventRefused, match="has not happened yet"):
        handed_over("2026-11-23 10:00").then("2026-11-23 10:06", ResolvedClaimed(), learned="2026-11-23 10:00")


def test_a_duplicate_case_is_listed_and_not_counted():
    story = handed_over("2026-11-23 08:00").then("2026-11-23 09:00", DuplicateOf("S-0"), role=Party.IT)
    (clock,) = story.clocks(RESOLUTION_2H, "2026-11-25")
    assert (clock.status, clock.counts, clock.next_check_at) == (Status.CANCELLED, False, None)
    assert clock.stopped_at == at("2026-11-23 09:00")


def test_a_calendar_without_open_time_gives_no_due_and_says_so():
    agreed = contract(target("resolution", "B", "never", OpenTime(HOUR)))
    clock = handed_over("2026-11-23 08:00").clock(agreed, "2026-11-24")
    assert (clock.due_at, clock.config_errors, clock.status) == (None, ("no_open_time",), Status.RUNNING)
    assert (clock.closed_s, clock.remaining_open_s, clock.next_check_at) == (16 * HOUR, None, None)


def test_an_auto_reply_stops_nothing_only_a_person_at_the_supplier_does():
    story = (
        handed_over("2026-11-23 10:00")
        .then("2026-11-23 10:01", Acknowledged("auto"))
        .then("2026-11-23 10:02", Acknowledged(), role=Party.IT)
    )
    assert story.clock(REACTION_2H, "2026-11-23 10:30", "reaction").status is Status.RUNNING
    answered = story.then("2026-11-23 10:20", Acknowledged()).clock(REACTION_2H, "2026-11-23 10:30", "reaction")
    assert answered.elapsed_open_s == 20 * 60
    counts = contract(target("reaction", "B", "dk8-16", OpenTime(2 * HOUR), auto_reply_counts=True))
    assert story.clock(counts, "2026-11-23 10:30", "reaction").elapsed_open_s == 60


def test_a_clock_that_starts_by_phone_starts_at_the_call():
    by_phone = contract(RESOLUTION_B, severities=(Severity("A"), Severity("B", start_channel="phone")))
    story = handed_over("2026-11-23 10:00", channel="mail")
    assert story.clock(by_phone, "2026-11-23 12:00").status is Status.NOT_STARTED
    called = story.then("2026-11-23 10:40", HandedOver(channel="phone"), role=Party.IT)
    assert local(called.clock(by_phone, "2026-11-23 12:00").started_at) == "2026-11-23 10:40"
    on_target = contract(target("resolution", "B", "dk8-16", OpenTime(HOUR), start_channel="phone"))
    assert local(called.clock(on_target, "2026-11-23 12:00").started_at) == "2026-11-23 10:40"
    assert called.then("2026-11-23 11:00", Closed()).clock(on_target, "2026-11-23 12:00").status is Status.MET
