"""Interval sets against sets of seconds.

Mutants that died here: `<=` for `<` when merging, an empty pair kept, `max` for `min` in intersect, advancing the wrong
side, `gaps` without the last edge, `clip` keeping a touching pair, `walk` taking a pair's end as inside.
"""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intervals import (
    FOREVER,
    NaiveTime,
    clip,
    gaps,
    intersect,
    measure,
    moment,
    seconds,
    subtract,
    union,
    walk,
)

PAIRS = st.lists(st.tuples(st.integers(-20, 40), st.integers(-20, 40)), max_size=6)
SETS = PAIRS.map(union)


def inside(pairs) -> set[int]:
    return {second for a, b in pairs for second in range(a, b)}


def is_a_set(pairs) -> bool:
    edges = [edge for pair in pairs for edge in pair]
    return edges == sorted(set(edges))


@given(PAIRS, PAIRS)
def test_a_union_covers_what_any_pair_covers_and_is_a_set(these, those):
    both = union(these, those)
    assert is_a_set(both)
    assert inside(both) == inside(these) | inside(those)


@given(SETS, SETS)
def test_intersection_and_subtraction_are_those_of_seconds(these, those):
    for found, expected in (
        (intersect(these, those), inside(these) & inside(those)),
        (subtract(these, those), inside(these) - inside(those)),
    ):
        assert is_a_set(found)
        assert inside(found) == expected
        assert measure(found) == len(expected)


@given(SETS, st.integers(-25, 45), st.integers(-25, 45))
def test_a_clip_and_its_gaps_tile_the_whole(these, start, end):
    whole = inside([(start, end)])
    assert inside(clip(these, start, end)) == inside(these) & whole
    assert inside(gaps(these, start, end)) == whole - inside(these)
    assert is_a_set(clip(these, start, end))
    assert is_a_set(gaps(these, start, end))


@given(SETS, SETS, st.integers(-25, 10), st.integers(11, 45))
def test_a_walk_tiles_the_whole_and_says_which_sets_cover_each_piece(these, those, start, end):
    pieces = list(walk(start, end, these, those))
    assert [start, *(b for _, b, _ in pieces)] == [*(a for a, _, _ in pieces), end]
    for a, b, covers in pieces:
        assert a < b
        for second in range(a, b):
            assert covers == (second in inside(these), second in inside(those))


def test_an_instant_is_whole_utc_seconds_and_fractions_are_cut_off():
    copenhagen_summer = timezone(timedelta(hours=2))
    assert seconds(datetime(2026, 7, 1, 2, 0, 0, 999_999, copenhagen_summer)) == seconds(
        datetime(2026, 7, 1, tzinfo=UTC)
    )
    assert seconds(datetime(1969, 12, 31, 23, 59, 59, 500_000, UTC)) == -1
    assert moment(0) == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_time_without_an_offset_is_refused():
    with pytest.raises(NaiveTime, match="needs an offset or Z, got 2026-07-01T02:00:00"):
        seconds(datetime(2026, 7, 1, 2))  # noqa: DTZ001


def test_what_has_not_ended_ends_after_everything():
    assert union([(5, FOREVER)], [(1, 2)]) == ((1, 2), (5, FOREVER))
    assert clip(((5, FOREVER),), 0, 10) == ((5, 10),)
