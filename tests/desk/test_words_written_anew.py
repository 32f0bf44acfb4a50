"""Somebody changes a letter in what they wrote: whom the words were for does not change with it."""

from datetime import timedelta

import pytest
from room import MORNING

from bot.domain.commands import Comment


@pytest.mark.parametrize(
    ("who", "minutes", "carried"), [("sam", -5, False), ("sam", 5, True), ("sue", 5, False), ("mia", -5, True)]
)
def test_words_from_before_somebody_had_it_stay_among_colleagues(claimed, who, minutes, carried):
    claimed.passes(minutes=10)
    claimed.must(who, Comment(1, "hun ringer igen", None, MORNING + timedelta(minutes=minutes)))
    other = "Mia:" if who != "mia" else "Sam:"
    assert any(line.startswith(other) and "hun ringer igen" in line for line in claimed.heard()) is carried
