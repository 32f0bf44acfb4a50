"""How long people worked: from a claim until it was given on, held or solved; in the hours of those who had it."""

from datetime import UTC, datetime, timedelta

from stories import K8

from bot.domain.effort import effort
from bot.domain.events import (
    Acknowledged,
    Cancelled,
    Event,
    Happened,
    Opened,
    Party,
    PauseEnded,
    PauseStarted,
    ResolvedClaimed,
    Routed,
)
from bot.domain.intervals import seconds
from bot.domain.people import PersonId

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)


def at(minute: float, what: Happened) -> Event:
    when = NOON + timedelta(minutes=minute)
    return Event(f"#1/{minute}", "#1", what, when, when, PersonId("sam"), Party.SUPERUSER)


def minutes(*events: Event, now: float = 100) -> float:
    return effort(events, seconds(NOON + timedelta(minutes=now))) / 60


def test_work_lasts_from_the_claim_to_the_solution():
    assert minutes(at(0, Opened()), at(5, Acknowledged()), at(25, ResolvedClaimed())) == 20


def test_nobody_works_before_a_claim_or_while_it_is_held():
    assert minutes(at(0, Opened()), at(1, Routed("superuser"))) == 0
    held = (at(10, PauseStarted("p", "awaiting_employee")), at(40, PauseEnded("p")))
    assert minutes(at(0, Acknowledged()), *held, at(50, ResolvedClaimed())) == 20
    assert minutes(*held) == 0, "a hold that ends gives it to nobody who did not have it"


def test_who_gave_it_on_works_no_more_and_the_next_one_does():
    assert minutes(at(0, Acknowledged()), at(10, Routed("it")), at(60, Acknowledged()), at(65, Cancelled())) == 15
    given_on = (at(10, Routed("it")), at(20, PauseStarted("p", "x")), at(30, PauseEnded("p")))
    assert minutes(at(0, Acknowledged()), *given_on) == 10


def test_what_is_not_over_lasts_until_now_and_what_comes_later_does_not_count():
    assert minutes(at(0, Acknowledged()), now=30) == 30
    assert minutes(at(0, Acknowledged()), at(10, Acknowledged()), now=30) == 30, "claimed by one after the other"
    assert minutes(at(0, Acknowledged()), at(50, ResolvedClaimed()), now=30) == 30


def test_only_their_service_hours_count():
    night = at(60 * 12, ResolvedClaimed())
    worked = effort([at(0, Acknowledged()), night], seconds(NOON + timedelta(days=2)), K8)
    assert worked == 4 * 3600, "noon in Fjordby to 16.00, not to midnight"
