"""Our own promises on a ticket: superusers and IT claim what they are offered, and the employee gets an answer.

Mutants that died here: one reaction round for all offers, an offer to IT starting the superusers' clock, a claim by the
other tier as an answer, an offer that moved on counted as met, the answer clock restarted by a new offer, holds ignored.
"""

from stories import H24, HOUR, Story, at, contract, local

from bot.domain.clock import Status
from bot.domain.clocks import evaluate
from bot.domain.contracts import Contracts, OpenTime, Severity, Target, TargetKind
from bot.domain.events import (
    Acknowledged,
    Asked,
    Cancelled,
    Closed,
    Opened,
    Party,
    PauseEnded,
    PauseStarted,
    Reopened,
    ResolvedClaimed,
    Routed,
)

HOLDS = frozenset({"awaiting_employee", "awaiting_supplier"})
AGREEMENT = contract(
    Target("superuser-reaction", "alle", TargetKind.REACTION, "dk8-16", OpenTime(HOUR), "superuser"),
    Target("it-reaction", "alle", TargetKind.REACTION, "dk8-16", OpenTime(2 * HOUR), "it"),
    Target("answer", "alle", TargetKind.RESOLUTION, "dk8-16", OpenTime(8 * HOUR), "it", HOLDS, start="opened"),
    id="fjordby",
    kind="agreement",
    severities=(Severity("alle"),),
)


def ticket():
    return (
        Story("#1042")
        .then("2026-11-23 10:00", Opened(), role=Party.EMPLOYEE)
        .then("2026-11-23 10:00", Routed("superuser"), role=Party.SYSTEM)
    )


def seen(story, now):
    return {
        (clock.target_id, clock.round): (clock.status.value, clock.elapsed_open_s // 60)
        for clock in story.clocks(AGREEMENT, now)
    }


def test_a_new_ticket_runs_the_superusers_reaction_and_the_answer():
    assert seen(ticket(), "2026-11-23 10:30") == {
        ("superuser-reaction", 1): ("running", 30),
        ("it-reaction", 1): ("not_started", 0),
        ("answer", 1): ("running", 30),
    }
    clock = ticket().clocks(AGREEMENT, "2026-11-23 10:30")[0]
    assert (clock.contract_id, clock.severity, local(clock.due_at)) == ("fjordby", "alle", "2026-11-23 11:00")


def test_a_claim_stops_the_reaction_of_the_party_that_claimed():
    story = ticket().then("2026-11-23 10:20", Acknowledged(), role=Party.SUPERUSER)
    assert seen(story, "2026-11-23 10:30")["superuser-reaction", 1] == ("met", 20)
    other = ticket().then("2026-11-23 10:20", Acknowledged(), role=Party.IT)
    assert seen(other, "2026-11-23 10:30")["superuser-reaction", 1] == ("running", 30)


def test_each_offer_is_a_new_round_for_the_tier_reached_and_the_answer_goes_on():
    story = (
        ticket()
        .then("2026-11-23 10:20", Acknowledged(), role=Party.SUPERUSER)
        .then("2026-11-23 11:00", Routed("superuser", why="released"), role=Party.SUPERUSER)
        .then("2026-11-23 11:30", Routed("it", why="unclaimed"), role=Party.SYSTEM)
        .then("2026-11-23 14:00", Acknowledged(), role=Party.IT)
    )
    assert seen(story, "2026-11-23 15:00") == {
        ("superuser-reaction", 1): ("met", 20),
        ("superuser-reaction", 2): ("superseded", 30),
        ("it-reaction", 1): ("breached_stopped", 150),
        ("answer", 1): ("running", 300),
    }
    counted = {(clock.target_id, clock.round) for clock in story.clocks(AGREEMENT, "2026-11-23 15:00") if clock.counts}
    assert counted == {("superuser-reaction", 1), ("it-reaction", 1), ("answer", 1)}


def test_an_offer_that_nobody_took_in_time_is_a_breach_when_it_moves_on():
    story = ticket().then("2026-11-23 11:00:01", Routed("it", why="unclaimed"), role=Party.SYSTEM)
    assert seen(story, "2026-11-23 12:00")["superuser-reaction", 1] == ("breached_stopped", 60)
    in_time = ticket().then("2026-11-23 11:00", Routed("it", why="unclaimed"), role=Party.SYSTEM)
    assert seen(in_time, "2026-11-23 12:00")["superuser-reaction", 1] == ("superseded", 60)


def test_a_hold_pauses_the_answer():
    story = (
        ticket()
        .then("2026-11-23 11:00", PauseStarted("p", "awaiting_supplier"), role=Party.IT)
        .then("2026-11-23 14:00", PauseEnded("p"), role=Party.IT)
    )
    (answer,) = story.clocks(AGREEMENT, "2026-11-23 15:00", "resolution")
    assert (answer.elapsed_open_s, answer.paused_open_s, local(answer.due_at)) == (
        2 * HOUR,
        3 * HOUR,
        "2026-11-24 13:00",
    )


def test_a_reopened_ticket_goes_on_answering_with_whoever_had_it():
    story = (
        ticket()
        .then("2026-11-23 10:10", Acknowledged(), role=Party.SUPERUSER)
        .then("2026-11-23 11:00", ResolvedClaimed(), role=Party.SUPERUSER)
    )
    (answer,) = story.clocks(AGREEMENT, "2026-11-23 12:00", "resolution")
    assert (answer.status, answer.provisional) == (Status.MET, True)
    story.then("2026-11-23 13:00", Reopened(), role=Party.EMPLOYEE)
    assert seen(story, "2026-11-23 14:00") == {
        ("superuser-reaction", 1): ("met", 10),
        ("it-reaction", 1): ("not_started", 0),
        ("answer", 1): ("running", 120),
    }
    closed = story.then("2026-11-23 14:30", ResolvedClaimed()).then("2026-11-23 15:00", Closed())
    (answer,) = closed.clocks(AGREEMENT, "2026-11-23 16:00", "resolution")
    assert (answer.status, answer.provisional, answer.elapsed_open_s) == (Status.MET, False, 150 * 60)


def test_a_withdrawn_ticket_counts_nowhere():
    story = ticket().then("2026-11-23 12:00", Cancelled(), role=Party.EMPLOYEE)
    assert {clock.status for clock in story.clocks(AGREEMENT, "2026-11-24")} == {Status.CANCELLED}
    assert not any(clock.counts or clock.next_check_at for clock in story.clocks(AGREEMENT, "2026-11-24"))


def test_a_ticket_that_nobody_was_offered_yet_is_already_being_answered():
    story = Story("#1043").then("2026-11-23 10:00", Opened(), role=Party.EMPLOYEE)
    assert seen(story, "2026-11-23 10:30")["answer", 1] == ("running", 30)


def test_a_question_that_was_only_asked_has_no_clocks():
    story = Story("Q-1").then("2026-11-23 12:00", Asked("answer"), role=Party.EMPLOYEE)
    assert story.clocks(AGREEMENT, "2026-11-24") == []


def test_without_an_agreement_a_ticket_has_no_clocks():
    assert evaluate(ticket().events, Contracts(), at("2026-11-24")) == []


def test_other_promises_may_start_with_an_offer_once():
    answer_by_it = Target("it-answer", "alle", TargetKind.RESOLUTION, "24x7", OpenTime(HOUR), "it", start="routed")
    agreement = contract(
        answer_by_it, id="fjordby", kind="agreement", severities=(Severity("alle"),), calendars={"24x7": H24}
    )
    story = (
        ticket()
        .then("2026-11-23 11:00", Routed("it"), role=Party.SYSTEM)
        .then("2026-11-23 12:00", Routed("it"), role=Party.SYSTEM)
    )
    assert [local(clock.started_at) for clock in story.clocks(agreement, "2026-11-23 13:00")] == ["2026-11-23 11:00"]
