"""What was logged wrongly is put right: events stay, clocks and state follow, and what was printed can be printed again."""

from datetime import timedelta

import pytest

from bot.desk.viewing import case_page
from bot.domain.clocks import evaluate
from bot.domain.commands import Correct, Dispute, Log, Milestone, Settle, Void
from bot.domain.events import Party
from bot.domain.intervals import seconds
from bot.domain.refusals import Incomplete, NoSuchCase, NotAllowed, NotNow
from bot.domain.supplier_case import CaseState
from bot.domain.ticket import HoldReason


def clock(room, kind, known_at=None):
    """The verdict on one target as it is known, or was known."""
    with room.store.reading() as ledger:
        events = ledger.events("S-1")
    then = seconds(known_at) if known_at else None
    found = evaluate(events, room.knowledge.now().contracts, seconds(room.clock.now()), then)
    return [each for each in found if each.kind.value == kind and each.counts][-1]


def number(room, kind):
    with room.store.reading() as ledger:
        return int([each for each in ledger.events("S-1") if each.type == kind][-1].event_id.rpartition("/")[2])


def pause_id(room):
    with room.store.reading() as ledger:
        return next(each.what.pause_id for each in ledger.events("S-1") if each.type == "pause_started")


@pytest.fixture
def acknowledged(handed_over):
    """By a person an hour and a half after hand-over: too late."""
    handed_over.passes(hours=1, minutes=30)
    handed_over.must("ivo", Log(1, Milestone.ACKNOWLEDGED))
    handed_over.heard()
    return handed_over


def test_a_time_that_was_written_wrongly_is_corrected_and_both_views_stay(acknowledged):
    before = acknowledged.clock.now()
    assert clock(acknowledged, "reaction").status.value == "breached_stopped"
    acknowledged.passes(minutes=10)
    acknowledged.must("ivo", Correct(1, number(acknowledged, "acknowledged"), "9.40", "mistyped"))
    assert clock(acknowledged, "reaction").status.value == "met"
    assert clock(acknowledged, "reaction", known_at=before).status.value == "breached_stopped"
    assert acknowledged.case().acknowledged_at == acknowledged.case().received_at
    assert f"{acknowledged.case().acknowledged_at:%H:%M}" == "08:40"
    assert any("Ivo har rettet i S-1" in line for line in acknowledged.heard())


def test_what_never_happened_is_annulled_and_can_be_logged_again(acknowledged):
    acknowledged.must("ivo", Void(1, number(acknowledged, "acknowledged"), "duplicate"))
    assert (acknowledged.case().acknowledged_at, acknowledged.case().received_at) == (None, None)
    assert clock(acknowledged, "reaction").status.value == "breached_running"
    acknowledged.must("ivo", Log(1, Milestone.ACKNOWLEDGED))
    assert clock(acknowledged, "reaction").status.value == "breached_stopped"


def test_a_pause_that_never_was_gives_the_ticket_back_to_the_supplier(handed_over):
    handed_over.must("ivo", Log(1, Milestone.PAUSE, detail="awaiting_customer"))
    assert handed_over.ticket().holder is Party.IT
    handed_over.must("ivo", Void(1, number(handed_over, "pause_started"), "mistyped"))
    assert handed_over.case().state is CaseState.RUNNING
    assert handed_over.ticket().held.reason is HoldReason.AWAITING_SUPPLIER


def test_a_case_that_is_over_can_still_be_corrected_and_stays_over(acknowledged):
    acknowledged.must("ivo", Log(1, Milestone.RESOLVED))
    acknowledged.must("ivo", Log(1, Milestone.ACCEPT))
    acknowledged.passes(days=3)
    acknowledged.must("ivo", Correct(1, number(acknowledged, "acknowledged"), "24-11 9.40", "agreed"))
    assert acknowledged.case().state is CaseState.CLOSED
    assert clock(acknowledged, "reaction").status.value == "met"
    for kind in ("resolution_accepted", "closed"):
        refusal = acknowledged.does("ivo", Void(1, number(acknowledged, kind), "mistyped"))
        assert isinstance(refusal, NotNow)


@pytest.mark.parametrize("nth", [1, 2, 3, 4, 0, 99])
def test_what_began_the_case_and_what_is_not_there_cannot_be_amended(acknowledged, nth):
    assert isinstance(acknowledged.does("ivo", Void(1, nth, "mistyped")), NotNow)


def test_a_correction_is_not_corrected_but_made_again(acknowledged):
    ack = number(acknowledged, "acknowledged")
    acknowledged.must("ivo", Correct(1, ack, "9.40", "mistyped"))
    assert isinstance(acknowledged.does("ivo", Void(1, number(acknowledged, "corrected"), "mistyped")), NotNow)
    acknowledged.passes(minutes=1)
    acknowledged.must("ivo", Correct(1, ack, "9.45", "learned_later"))
    assert f"{acknowledged.case().acknowledged_at:%H:%M}" == "08:45"


@pytest.mark.parametrize(
    ("at", "why", "wrong"),
    [
        ("", "mistyped", ("at", "missing")),
        ("engang", "mistyped", ("at", "unreadable")),
        ("23-11 8.00", "mistyped", ("at", "before_hand_over")),
        ("9.40", "", ("why", "missing")),
        ("9.40", "fordi", ("why", "unknown")),
    ],
)
def test_a_correction_says_when_and_why_in_words_that_can_be_counted(acknowledged, at, why, wrong):
    refusal = acknowledged.does("ivo", Correct(1, number(acknowledged, "acknowledged"), at, why))
    assert isinstance(refusal, Incomplete)
    assert refusal.fields == (wrong,)


def test_a_disputed_pause_shows_both_readings_until_it_is_settled(handed_over):
    handed_over.must("ivo", Log(1, Milestone.PAUSE, detail="awaiting_customer"))
    handed_over.passes(hours=2)
    handed_over.must("ivo", Log(1, Milestone.RESUME))
    pause = pause_id(handed_over)
    stands = clock(handed_over, "resolution").due_at
    handed_over.must("karen", Dispute(1, pause))
    assert isinstance(handed_over.does("karen", Dispute(1, pause)), NotNow)
    assert case_page(handed_over.desk, handed_over.person("karen"), 1).picture.disputes
    handed_over.must("ivo", Settle(1, pause, stands=False))
    assert stands - clock(handed_over, "resolution").due_at == timedelta(hours=2).total_seconds()
    for again in (Dispute(1, pause), Settle(1, pause, stands=True)):
        assert isinstance(handed_over.does("ivo", again), NotNow)


def test_a_pause_is_settled_only_where_it_is_disputed_and_only_if_it_is_one_of_the_cases(handed_over):
    handed_over.must("ivo", Log(1, Milestone.PAUSE, detail="awaiting_customer"))
    assert isinstance(handed_over.does("ivo", Settle(1, pause_id(handed_over), stands=True)), NotNow)
    assert isinstance(handed_over.does("ivo", Dispute(1, "S-9/p1")), NotNow)


@pytest.mark.parametrize("command", [Correct(1, 5, "9.40", "mistyped"), Void(1, 5, "mistyped")])
def test_it_puts_right_and_contract_managers_do_not(acknowledged, command):
    assert isinstance(acknowledged.does("karen", command), NotAllowed)
    assert isinstance(acknowledged.does("sam", command), NoSuchCase)


def test_strangers_learn_nothing_of_a_quarrel(handed_over):
    assert isinstance(handed_over.does("sam", Dispute(1, "S-1/p1")), NoSuchCase)
