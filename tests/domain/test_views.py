"""What a page shows, as values: the few figures that are worked out."""

from dataclasses import replace

import pytest
from cast import HELPERS, NOW, SAM, organisation

from bot.domain.picture import Picture
from bot.domain.views import OverviewPage, Presence


@pytest.mark.parametrize(
    ("people", "is_open", "hole"), [((SAM,), True, False), ((), True, True), ((), False, False), ((SAM,), False, False)]
)
def test_a_hole_is_an_open_group_without_anybody(people, is_open, hole):
    assert Presence(HELPERS, people, is_open, NOW).is_hole is hole


@pytest.mark.parametrize(
    ("asked", "handed_over", "percent"),
    [(0, 0, None), (0, 3, None), (1, 0, 100), (1, 1, 0), (3, 1, 66), (2, 5, 0)],
)
def test_answered_is_what_no_person_had_to_take_over(asked, handed_over, percent):
    page = OverviewPage(Picture(NOW, organisation()), {}, {}, ())
    assert replace(page, asked_today=asked, handed_over_today=handed_over).answered_percent == percent
