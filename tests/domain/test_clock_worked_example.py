"""The worked example of the specification, to the second: a breach of 20 minutes that both parties can check by hand.

Mutants that died here or on the properties: a trace without its overrun, segments merged or split wrongly, the last pause's
reason, any day without hours a weekend, a sum without the pauses, the dispute shown only when the status differs, the two
views with different knowledge, the overrun from the start of a leg made late, met at the second after the due.
"""

import pytest
from stories import HOUR, K8, Story, at, calendar, contract, handed_over, hours, local, sample_contract, target

from bot.domain.clock import Status
from bot.domain.clocks import trace
from bot.domain.contracts import Contracts, OpenTime
from bot.domain.events import Acknowledged, PauseDisputed, PauseEnded, PauseSettled, PauseStarted, ResolvedClaimed
from bot.domain.explain import disputes, explain
from bot.domain.service_hours import DatedHours

SAMPLE = sample_contract()


def example(until: str = "2026-12-01") -> Story:
    story = Story()
    whole = (
        handed_over("2026-11-19 13:20")
        .then("2026-11-19 13:52", Acknowledged())
        .then("2026-11-20 09:15", PauseStarted("p1", "awaiting_customer"))
        .then("2026-11-23 09:40", PauseEnded("p1"))
        .then("2026-11-23 14:05", ResolvedClaimed())
    )
    story.events = [event for event in whole.events if event.occurred_at.timestamp() <= at(until)]
    return story


def test_the_resolution_is_breached_by_twenty_minutes_of_service_hours():
    clock = example().clock(SAMPLE, "2026-11-23 15:00")
    assert clock.status is Status.BREACHED_STOPPED
    assert local(clock.due_at) == local(clock.breach_at) == "2026-11-23 13:45"
    assert (clock.elapsed_open_s, clock.budget_open_s) == (500 * 60, 480 * 60)
    assert (clock.overrun_open_s, clock.overrun_wall_s, clock.remaining_open_s) == (1200, 1200, -1200)
    assert (clock.paused_open_s, clock.closed_s, clock.wall_s) == (445 * 60, 4860 * 60, 5805 * 60)
    assert (clock.provisional, clock.month, clock.pause_ids) == (True, "2026-11", ("p1",))
    assert (clock.start_event, clock.stop_event) == ("S-1/3", "S-1/7")
    assert clock.key == ("S-1", "B-resolution", 1, 1, 0)


def test_the_reaction_took_32_minutes_of_an_hour():
    clock = example().clock(SAMPLE, "2026-11-23 15:00", "reaction")
    assert (clock.status, local(clock.due_at)) == (Status.MET, "2026-11-19 14:20")
    assert (clock.elapsed_open_s, clock.remaining_open_s) == (32 * 60, 28 * 60)
    assert not clock.provisional


def test_the_warnings_fall_inside_service_hours():
    warnings = example().clock(SAMPLE, "2026-11-23 12:00").warnings
    assert [(float(each.fraction), local(each.at), each.crossed) for each in warnings] == [
        (0.5, "2026-11-23 09:45", True),
        (0.75, "2026-11-23 11:45", True),
        (0.9, "2026-11-23 12:57", False),
        (1.0, "2026-11-23 13:45", False),
    ]


def test_during_the_pause_there_is_only_a_due_if_resumed():
    clock = example("2026-11-23 09:00").clock(SAMPLE, "2026-11-23 09:00")
    assert (clock.due_at, clock.status, local(clock.due_if_resumed_now)) == (None, Status.PAUSED, "2026-11-23 13:05")
    assert [each.at for each in clock.warnings] == [None] * 4


LEDGER = [
    # from, to, counts, paused, closed, counted so far, rule, phase, pauses
    ("11-19 13:20", "11-19 16:00", 160, 0, 0, 160, "open", "within", ()),
    ("11-19 16:00", "11-20 08:00", 0, 0, 960, 160, "outside_hours", "within", ()),
    ("11-20 08:00", "11-20 09:15", 75, 0, 0, 235, "open", "within", ()),
    ("11-20 09:15", "11-20 15:00", 0, 345, 0, 235, "open", "within", ("p1",)),
    ("11-20 15:00", "11-23 08:00", 0, 0, 3900, 235, "weekend", "within", ("p1",)),
    ("11-23 08:00", "11-23 09:40", 0, 100, 0, 235, "open", "within", ("p1",)),
    ("11-23 09:40", "11-23 13:45", 245, 0, 0, 480, "open", "within", ()),
    ("11-23 13:45", "11-23 14:05", 20, 0, 0, 500, "open", "overrun", ()),
]


def test_the_minute_ledger_has_eight_rows_that_add_up():
    ledger = explain(example().clock(SAMPLE, "2026-11-23 15:00"))
    assert [
        (
            local(row.segment.start)[5:],
            local(row.segment.end)[5:],
            row.counts_s // 60,
            row.paused_s // 60,
            row.closed_s // 60,
            row.counted_s // 60,
            row.segment.rule,
            row.segment.phase,
            row.segment.pause_ids,
        )
        for row in ledger.rows
    ] == LEDGER
    assert [row.reaches_due for row in ledger.rows].index(True) == 6
    assert (ledger.counts_s, ledger.paused_s, ledger.closed_s) == (500 * 60, 445 * 60, 4860 * 60)
    assert ledger.wall_s == 5805 * 60
    assert trace(ledger.clock) == tuple(row.segment for row in ledger.rows)


@pytest.mark.parametrize(
    ("start", "end", "rule", "why"),
    [
        ("2026-06-04 15:00", "2026-06-05 09:00", "outside_hours", ""),
        ("2026-06-05 11:00", "2026-06-08 09:00", "exception", "Grundlovsdag, fri fra kl. 12"),
        ("2026-05-13 15:00", "2026-05-15 09:00", "closed_day", ""),
        ("2026-12-23 15:00", "2026-12-28 09:00", "exception", "Juleaftensdag"),
        ("2026-04-02 10:00", "2026-04-03 09:00", "closed_day", ""),
        ("2026-11-21 10:00", "2026-11-22 09:00", "weekend", ""),
    ],
)
def test_a_closed_stretch_says_why(start, end, rule, why):
    clock = handed_over(start).then(end, ResolvedClaimed()).clock(SAMPLE, "2027-01-01")
    closed = [segment for segment in clock.segments if segment.kind == "closed"]
    assert [(segment.rule, segment.why) for segment in closed] == [(rule, why)]


@pytest.mark.parametrize(
    ("start", "end", "rule"),
    [
        ("2026-11-24 15:00", "2026-11-26 09:00", "outside_hours"),  # no Wednesdays, which is no weekend
        ("2026-11-27 15:00", "2026-11-28 01:00", "outside_hours"),  # open from Saturday's first minute
        ("2026-11-28 03:00", "2026-11-30 09:00", "weekend"),
    ],
)
def test_only_a_saturday_or_sunday_without_hours_is_a_weekend(start, end, rule):
    day = hours("08:00-16:00")
    saturday = DatedHours(K8.date_at(at("2026-11-28")), hours("00:00-04:00"))
    odd = calendar("odd", (day, day, (), day, day, (), ()), dated=(saturday,))
    agreed = contract(target("resolution", "B", "odd", OpenTime(HOUR)), calendars={"odd": odd})
    clock = handed_over(start).then(end, ResolvedClaimed()).clock(agreed, "2026-12-01")
    assert [segment.rule for segment in clock.segments if segment.kind == "closed"] == [rule]


def test_of_overlapping_pauses_the_first_gives_the_reason_and_all_are_named():
    both = frozenset({"awaiting_customer", "agreed_window"})
    agreed = contract(target("resolution", "B", "24x7", OpenTime(HOUR), pausable=both))
    story = handed_over("2026-11-23 10:00").then("2026-11-23 10:10", PauseStarted("p", "awaiting_customer"))
    story.then("2026-11-23 10:20", PauseStarted("q", "agreed_window")).then("2026-11-23 10:30", PauseEnded("p"))
    found = story.clock(agreed, "2026-11-23 10:40").segments
    assert [(each.reason, each.pause_ids) for each in found] == [
        ("", ()),
        ("awaiting_customer", ("p",)),
        ("awaiting_customer", ("p", "q")),
        ("agreed_window", ("q",)),
    ]


def test_a_calendar_that_never_opens_still_has_a_trace():
    never = contract(target("resolution", "B", "unknown", OpenTime(HOUR)))
    (segment,) = handed_over("2026-11-20 12:00").clock(never, "2026-11-25 12:00").segments
    assert (segment.kind, segment.rule, segment.seconds) == ("closed", "weekend", 5 * 24 * HOUR)


def test_a_disputed_pause_is_shown_both_ways_until_it_is_settled():
    story = example("2026-11-23 13:00").then("2026-11-23 13:00", PauseDisputed("p1"))
    dispute, status = disputes(story.events, Contracts((SAMPLE,)), at("2026-11-23 13:10"))
    assert (dispute.stands.status, dispute.falls.status) == (Status.RUNNING, Status.BREACHED_RUNNING)
    assert (local(dispute.stands.due_at), local(dispute.falls.due_at)) == ("2026-11-23 13:45", "2026-11-20 13:20")
    assert dispute.between_s == dispute.stands.due_at - dispute.falls.due_at == 73 * HOUR + 25 * 60 - HOUR
    assert status.stands.kind == "status"
    for stands, due in ((True, "2026-11-23 13:45"), (False, "2026-11-20 13:20")):
        settled = example("2026-11-23 13:00").then("2026-11-23 13:00", PauseSettled("p1", stands))
        assert disputes(settled.events, Contracts((SAMPLE,)), at("2026-11-23 13:10")) == []
        clock = settled.clock(SAMPLE, "2026-11-23 13:10")
        assert (local(clock.due_at), len(clock.pauses), len(clock.other_pauses)) == (due, stands, not stands)


def test_a_dispute_is_shown_as_soon_as_the_due_hangs_on_it_as_far_as_it_was_known():
    story = example("2026-11-20 12:00").then("2026-11-20 09:45", PauseEnded("p1"))
    story.then("2026-11-20 10:00", PauseDisputed("p1"))
    found = disputes(iter(story.events), Contracts((SAMPLE,)), at("2026-11-20 11:00"))
    assert [(each.stands.status, each.falls.status, each.between_s) for each in found] == [
        (Status.RUNNING, Status.RUNNING, 1800),
        (Status.RUNNING, Status.RUNNING, 65 * HOUR + 1800),  # from Friday's closing to Monday 08:30
    ]
    assert disputes(story.events, Contracts((SAMPLE,)), at("2026-11-20 11:00"), at("2026-11-20 09:59")) == []
    assert disputes(story.events, Contracts((SAMPLE,)), at("2026-11-20 11:00"), at("2026-11-20 09:30")) == []
    before = disputes(story.events, Contracts((SAMPLE,)), at("2026-11-20 11:00"), at("2026-11-20 10:00"))
    assert before == found


def test_a_disputed_pause_that_is_still_open_leaves_nothing_between_the_dues():
    story = example("2026-11-20 10:00").then("2026-11-20 10:00", PauseDisputed("p1"))
    found = disputes(story.events, Contracts((SAMPLE,)), at("2026-11-20 10:30"))
    assert [dispute.between_s for dispute in found] == [None, None]
