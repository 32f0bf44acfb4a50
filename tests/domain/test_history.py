"""What is known: once, as corrected, in one order, whatever the order of arrival.

Mutants that died here: the latest of two conflicting records, equal repeats called a conflict, corrections in order of
arrival, voiding a correction voiding its event, a correction's own rank, `known_at` excluded, the future included.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import Story, at, handed_over

from bot.domain.events import (
    Acknowledged,
    Corrected,
    EventRefused,
    Party,
    ResolvedClaimed,
    SeveritySet,
    StatusMessage,
    Voided,
)
from bot.domain.history import histories
from bot.domain.intervals import moment

NOW = at("2026-11-24")


def facts(events, now=NOW, known_at=None):
    (history,) = histories(events, now, known_at)
    return [(fact.id, fact.at, fact.what) for fact in history.facts], history.anomalies


def logged() -> Story:
    return handed_over("2026-11-23 10:00").then("2026-11-23 12:00", Acknowledged())


def corrected(story: Story, event: str, learned: str, *, at_: str | None = None, **payload):
    what = Corrected("wrong", moment(at(at_)) if at_ else None, tuple(payload.items()))
    return story.then(learned, what, corrects=event)


def test_a_repeat_changes_nothing_even_if_recorded_later():
    story = logged()
    again = replace(story.events[-1], recorded_at=moment(at("2026-11-23 13:00")))
    assert facts([*story.events, story.events[0], again]) == facts(story.events)
    assert facts([again, *story.events]) == facts(story.events)


def test_of_two_records_with_one_id_the_earliest_stays_and_the_conflict_is_told():
    story = logged()
    other = replace(story.events[-1], what=Acknowledged("auto"), recorded_at=moment(at("2026-11-23 13:00")))
    for events in ([*story.events, other], [other, *story.events]):
        found, anomalies = facts(events)
        assert found[-1][2] == Acknowledged("human")
        assert anomalies == ("duplicate_id_conflict",)
    tied = replace(other, recorded_at=story.events[-1].recorded_at)
    assert facts([*story.events, tied]) == facts([tied, *story.events])


def test_two_records_with_one_id_and_second_that_differ_only_in_when_are_told_apart_in_any_order():
    story = logged()
    earlier = replace(story.events[-1], occurred_at=moment(at("2026-11-23 10:30")))
    assert facts([*story.events, earlier]) == facts([earlier, *story.events])
    assert facts([*story.events, earlier])[1] == ("duplicate_id_conflict",)


def test_a_correction_keeps_the_events_identity_and_rank():
    story = corrected(logged(), "S-1/4", "2026-11-23 13:00", at_="2026-11-23 10:00", mode="auto", nonsense=1)
    found, _ = facts(story.events)
    assert found[-1] == ("S-1/4", at("2026-11-23 10:00"), Acknowledged("auto"))
    assert [name for name, _, _ in found] == [f"S-1/{number}" for number in range(5)]


def test_later_corrections_override_field_by_field():
    story = corrected(logged(), "S-1/4", "2026-11-23 14:00", at_="2026-11-23 11:30")
    corrected(story, "S-1/4", "2026-11-23 13:00", at_="2026-11-23 11:00", mode="auto")
    found, _ = facts(story.events)
    assert found[-1][1:] == (at("2026-11-23 11:30"), Acknowledged("auto"))


def test_of_two_corrections_in_one_second_the_one_with_the_later_id_counts():
    for first, last in (("human", "auto"), ("auto", "human")):
        story = logged()
        for name, mode in (("y", last), ("x", first)):
            what = Corrected("wrong", payload=(("mode", mode),))
            story.then("2026-11-23 13:00", what, event_id=name, corrects="S-1/4")
        assert facts(story.events)[0][-1][2] == Acknowledged(last)


def test_a_voided_event_is_left_out_until_the_voiding_is_voided():
    story = logged().then("2026-11-23 13:00", Voided("by mistake"), corrects="S-1/4")
    assert len(facts(story.events)[0]) == 4
    story.then("2026-11-23 14:00", Voided("it was right"), corrects="S-1/5")
    assert len(facts(story.events)[0]) == 5
    assert len(facts(story.events, known_at=at("2026-11-23 13:30"))[0]) == 4


def test_voiding_a_correction_undoes_just_that_correction():
    story = corrected(logged(), "S-1/4", "2026-11-23 13:00", at_="2026-11-23 11:00")
    corrected(story, "S-1/4", "2026-11-23 14:00", mode="auto")
    story.then("2026-11-23 15:00", Voided("no"), corrects="S-1/5")
    assert facts(story.events)[0][-1][1:] == (at("2026-11-23 12:00"), Acknowledged("auto"))


def test_two_voidings_of_each_other_end_in_the_same_way_from_either_side():
    story = logged().then("2026-11-23 13:00", Voided("a"), event_id="a", corrects="b")
    story.then("2026-11-23 13:00", Voided("b"), event_id="b", corrects="a")
    assert facts(story.events) == facts(reversed(story.events))


def test_what_was_recorded_later_or_happens_later_is_not_there():
    story = logged()
    assert len(facts(story.events, known_at=at("2026-11-23 11:59:59"))[0]) == 4
    assert len(facts(story.events, known_at=at("2026-11-23 12:00"))[0]) == 5
    assert len(facts(story.events, now=at("2026-11-23 11:59:59"))[0]) == 4
    assert len(facts(story.events, now=at("2026-11-23 12:00"))[0]) == 5
    moved = corrected(logged(), "S-1/4", "2026-11-23 13:00", at_="2026-11-25 12:00")
    assert len(facts(moved.events)[0]) == 4


def test_events_of_one_second_come_in_the_order_of_their_ranks_then_of_recording_then_of_id():
    story = Story()
    for name, what, learned in (
        ("d", ResolvedClaimed(), "10:00"),
        ("c", StatusMessage(), "10:00"),
        ("b", Acknowledged(), "10:01"),
        ("z", Acknowledged(), "10:00"),
        ("a", SeveritySet("B"), "10:05"),
        ("y", Acknowledged(), "10:00"),
    ):
        story.then("2026-11-23 10:00", what, learned=f"2026-11-23 {learned}", event_id=name)
    assert [name for name, _, _ in facts(story.events)[0]] == ["a", "y", "z", "b", "c", "d"]


@given(st.permutations(range(9)), st.lists(st.integers(0, 8), max_size=5))
def test_any_order_of_arrival_and_any_repetition_tell_the_same(order, again):
    story = corrected(logged(), "S-1/4", "2026-11-23 13:00", at_="2026-11-23 11:00")
    corrected(story, "S-1/4", "2026-11-23 14:00", mode="auto")
    story.then("2026-11-23 15:00", Voided("no"), corrects="S-1/5")
    story.then("2026-11-23 15:00", StatusMessage(), role=Party.IT)
    arrived = [story.events[place] for place in [*order, *again]]
    assert facts(arrived) == facts(story.events)


def test_a_correction_to_a_time_without_an_offset_is_refused():
    naive = moment(NOW).replace(tzinfo=None)
    with pytest.raises(EventRefused, match="occurred_at: needs an offset"):
        logged().then("2026-11-23 13:00", Corrected("wrong", naive), corrects="S-1/4")
