"""Which clocks have something to tell: near, due or breached, the latest only, and what names it for ever.

Mutants that die here: half used is told; every crossing passed is told; a breach under way is told as due; a clock that is
over speaks; a missed status message is forgotten with its round, or told twice; late from the first second.
"""

from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain.clock import Clock, Status, Warned
from bot.domain.clock_news import LATE, News, news_of
from bot.domain.contracts import TargetKind

NOW = 100_000


def clock(*crossed, status=Status.RUNNING, kind=TargetKind.REACTION, **more):
    """`crossed` are (per cent, instant)."""
    warnings = tuple(Warned(Fraction(share, 100), at, at is not None and at <= NOW) for share, at in crossed)
    return Clock(
        "S-1", "B-reaktion", kind, "supplier", 1, 1, 0, "c", 1, "dag", "B", status, NOW, warned=warnings, **more
    )


def told(*clocks):
    return [(each.news, each.at, each.fraction_pm) for each in news_of(clocks, NOW)]


def test_half_and_three_quarters_are_for_the_digest():
    assert told(clock((50, 10), (75, 20), (90, NOW + 1))) == []
    assert told(clock()) == []


def test_from_nine_tenths_people_are_told():
    assert told(clock((90, NOW), (100, NOW + 600))) == [("near", NOW, 900)]


def test_after_an_outage_the_highest_crossing_only():
    assert told(clock((90, 10), (95, 20), (100, NOW + 1))) == [("near", 20, 950)]
    assert told(clock((90, 10), (100, 30))) == [("due", 30, 1000)]
    assert told(clock((90, 10), (100, 30), breach_at=31, status=Status.BREACHED_RUNNING)) == [("breached", 31, 1000)]


def test_a_crossing_that_a_pause_keeps_away_is_not_told():
    assert told(clock((90, None), (100, None), status=Status.PAUSED)) == []


def test_a_breach_that_is_over_before_anybody_heard_of_it_is_told_all_the_same():
    assert told(clock((90, 10), (100, 30), status=Status.BREACHED_STOPPED, breach_at=31)) == [("breached", 31, 1000)]


@pytest.mark.parametrize("status", [Status.MET, Status.SUPERSEDED, Status.CANCELLED, Status.NOT_STARTED])
def test_a_clock_that_is_over_says_nothing(status):
    assert told(clock((90, 10), (100, 30), status=status, breach_at=31)) == []


def test_a_missed_status_message_is_told_although_its_round_is_over():
    missed = clock(status=Status.BREACHED_STOPPED, kind=TargetKind.STATUS, breach_at=40)
    running = clock((90, 50), kind=TargetKind.STATUS)._replace(cycle=1)
    assert told(missed) == [("breached", 40, 1000)]
    assert told(missed, running) == [("near", 50, 900), ("breached", 40, 1000)]


def test_of_several_missed_status_messages_the_latest():
    rounds = [
        clock(status=Status.BREACHED_STOPPED, kind=TargetKind.STATUS, breach_at=40 + nth)._replace(cycle=nth)
        for nth in range(3)
    ]
    assert told(*rounds) == [("breached", 42, 1000)]


def test_each_target_speaks_for_itself():
    assert len(told(clock((90, 10)), clock((100, 20))._replace(target_id="B-afhjaelpning"))) == 2


def test_a_piece_of_news_is_named_by_everything_that_makes_it_another():
    one = News(clock(), "near", 10, 900)
    others = [
        replace(one, news="due"),
        replace(one, at=11),
        *(replace(one, clock=one.clock._replace(**{name: 2})) for name in ("round", "leg", "cycle")),
        replace(one, clock=one.clock._replace(case_id="S-2")),
        replace(one, clock=one.clock._replace(target_id="C-reaktion")),
    ]
    assert len({each.key for each in [one, *others]}) == len(others) + 1
    assert replace(one, at=11).subject == one.subject


def test_it_is_late_after_a_quarter_of_an_hour():
    assert not News(clock(), "near", NOW - LATE, 900).is_late(NOW)
    assert News(clock(), "near", NOW - LATE - 1, 900).is_late(NOW)
