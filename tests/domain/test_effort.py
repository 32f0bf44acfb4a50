"""How long people worked on a ticket: claims, holds, hand-overs, and the hours in which they work."""

import pytest
from stories import K8, Story, at

from bot.domain.effort import effort
from bot.domain.events import (
    Acknowledged,
    Cancelled,
    Commented,
    Opened,
    PauseEnded,
    PauseStarted,
    ResolvedClaimed,
    Routed,
)

MINUTE = 60


def spent(*told, now="2026-11-24 16:00", hours=None):
    story = Story("#1")
    for when, what in told:
        story.then(f"2026-11-{when}", what)
    return effort(story.events, at(now), hours) // MINUTE


ASKED = ("24 09:00", Opened()), ("24 09:00", Routed("superuser"))
CLAIMED = ("24 09:10", Acknowledged())


def test_nobody_works_on_what_nobody_has():
    assert spent(*ASKED) == 0


def test_from_the_claim_to_the_solution():
    assert spent(*ASKED, CLAIMED, ("24 09:45", ResolvedClaimed())) == 35


def test_to_now_while_somebody_has_it():
    assert spent(*ASKED, CLAIMED, now="2026-11-24 10:10") == 60


def test_what_waits_costs_nothing():
    told = (*ASKED, CLAIMED, ("24 09:20", PauseStarted("p", "awaiting_employee")), ("24 11:00", PauseEnded("p")))
    assert spent(*told, ("24 11:05", ResolvedClaimed())) == 15


def test_a_pause_that_ends_after_it_went_on_starts_nothing():
    told = (*ASKED, CLAIMED, ("24 09:20", PauseStarted("p", "awaiting_employee")), ("24 09:30", Routed("it")))
    assert spent(*told, ("24 10:00", PauseEnded("p"))) == 10


@pytest.mark.parametrize("end", [Routed("it"), Cancelled()])
def test_who_gives_it_away_has_done_with_it(end):
    assert spent(*ASKED, CLAIMED, ("24 09:30", end)) == 20


def test_the_next_tier_is_counted_too_and_twice_claimed_is_once():
    told = (*ASKED, CLAIMED, ("24 09:30", Routed("it")), ("24 10:00", Acknowledged()), ("24 10:05", Acknowledged()))
    assert spent(*told, ("24 10:20", ResolvedClaimed())) == 40


def test_a_pause_that_ends_while_it_runs_changes_nothing():
    assert spent(*ASKED, CLAIMED, ("24 09:20", PauseEnded("p")), ("24 09:40", ResolvedClaimed())) == 30


def test_nights_are_not_worked():
    told = (("23 15:30", Opened()), ("23 15:30", Acknowledged()), ("24 08:30", ResolvedClaimed()))
    assert spent(*told) == 17 * 60
    assert spent(*told, hours=K8) == 60


def test_what_happens_after_now_has_not_happened():
    assert spent(*ASKED, CLAIMED, ("24 12:00", ResolvedClaimed()), now="2026-11-24 09:40") == 30


def test_words_cost_nothing_by_themselves():
    assert spent(*ASKED, CLAIMED, ("24 09:20", Commented("t")), ("24 09:40", ResolvedClaimed())) == 30
