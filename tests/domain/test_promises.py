"""What time does to a ticket: moved on, nudged, given back, lapsed; in open time, once, and never what people must do.

Mutants that die here: closing time counts; a held ticket is due; a ticket at IT moves on; the nudge gives back at once; the
second wait runs from the claim; one at a supplier goes back; a solved one lapses at once or never; `<=` for `<`; the system's
own times are not looked at.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cast import CALENDARS, HELPERS, IVO, MIA, NOW, PRINTER, SAM, TO_IT, fresh, later, organisation, system
from hypothesis import given
from hypothesis import strategies as st
from stories import contract

from bot.domain.contracts import BusinessDays, Contracts, OpenTime, Policies, WallTime, Within
from bot.domain.people import SystemId, Tier
from bot.domain.promises import (
    CLAIM_WITHIN,
    CONFIRM_WITHIN,
    UPDATE_WITHIN,
    claim_due,
    lapse_due,
    next_due,
    pass_time,
    return_due,
    scheduled,
    update_due,
)
from bot.domain.ticket import Route, State

HOUSE = organisation(systems={PRINTER: system(PRINTER, HELPERS, update_within=timedelta(hours=1))})


def to_it(_ticket, why):
    return Route(Tier.IT, "it", why)


def passed(ticket, at):
    return pass_time(ticket, HOUSE, CALENDARS, at, to_it)


def due(ticket, which=next_due):
    return which(ticket, HOUSE, CALENDARS)


def claimed():
    return fresh().claim(SAM, later(5))


# To claim


def test_nobody_claims_it_in_time_and_it_moves_on_to_it():
    assert due(fresh()) == due(fresh(), claim_due) == later(30)
    assert passed(fresh(), later(29.99)) == fresh()
    moved = passed(fresh(), later(30))
    assert (moved.tier, moved.why, moved.routed_at) == (Tier.IT, "unclaimed", later(30))


def test_at_it_there_is_nobody_further_up():
    at_it = fresh().escalate(SAM, TO_IT, later(1))
    assert due(at_it, claim_due) == later(31)
    assert due(at_it) is None
    assert passed(at_it, later(10_000)) is at_it


def test_only_open_time_counts():
    evening = fresh().offer(Route(Tier.SUPERUSER, HELPERS.id), NOW.replace(hour=14, minute=50))
    assert due(evening) == NOW.replace(day=25, hour=7, minute=20)


def test_a_ticket_whose_system_nobody_knows_has_the_houses_own_time():
    for unknown in (None, SystemId("gone")):
        assert due(replace(fresh(), system=unknown), claim_due) - NOW == CLAIM_WITHIN
        assert due(replace(claimed(), system=unknown), update_due) - later(5) == UPDATE_WITHIN


def test_a_group_whose_hours_nobody_knows_promises_nothing():
    assert due(replace(fresh(), group="gone")) is None
    assert next_due(fresh(), HOUSE, {}) is None


# To hear from


def test_silence_is_nudged_once_and_then_the_ticket_goes_back():
    assert due(claimed()) == due(claimed(), update_due) == later(65)
    assert due(claimed(), return_due) is None
    nudged = passed(claimed(), later(65))
    assert (nudged.nudged_at, nudged.assignee) == (later(65), SAM.id)
    assert due(nudged) == due(nudged, return_due) == later(125)
    assert passed(nudged, later(124)) is nudged
    back = passed(nudged, later(125))
    assert (back.state, back.why, back.group, back.assignee) == (State.OFFERED, "inactive", HELPERS.id, None)


def test_a_word_to_the_employee_begins_the_wait_anew():
    heard = claimed().nudge(later(65)).comment(SAM, later(70), "t", "employee")
    assert due(heard) == later(130)
    assert heard.nudged_at is None


def test_a_ticket_that_waits_for_somebody_else_is_nobodys_silence():
    held = claimed().hold(SAM, later(10))
    for which in (next_due, claim_due, update_due, return_due):
        assert due(held, which) is None
    assert due(replace(held, nudged_at=later(11)), return_due) is None


def test_a_ticket_that_a_supplier_knows_by_number_stays_with_whoever_has_it():
    at_it = fresh().escalate(SAM, TO_IT, later(1)).claim(IVO, later(2)).hand_over(IVO, later(3), 12)
    ours = at_it.supplier_waits_for_us(IVO.id, later(4), later(4)).nudge(later(5))
    assert due(ours, return_due) is None
    assert passed(ours, later(10_000)) is ours


def test_an_offered_ticket_that_waits_for_a_supplier_is_not_unclaimed():
    at_it = fresh().escalate(SAM, TO_IT, later(1)).claim(IVO, later(2)).hand_over(IVO, later(3), 12)
    waiting = replace(at_it, state=State.OFFERED, assignee=None)
    assert due(waiting, claim_due) is None


# To confirm


def test_nobody_says_no_for_three_working_days_and_it_is_closed():
    solved = claimed().resolve(SAM, later(10), "t")
    assert due(solved) == due(solved, lapse_due) == NOW.replace(day=27, minute=10)
    assert Within(OpenTime(24 * 3600)) == CONFIRM_WITHIN
    assert passed(solved, NOW.replace(day=27, minute=9)) is solved
    assert passed(solved, NOW.replace(day=27, minute=10)).state is State.CLOSED


@pytest.mark.parametrize(
    ("within", "lapses"),
    [
        (Within(BusinessDays(5), "dag"), datetime(2026, 12, 1, 15, tzinfo=UTC)),
        (Within(OpenTime(3600), "nat"), datetime(2026, 11, 24, 22, tzinfo=UTC)),
        (Within(WallTime(months=1)), datetime(2026, 12, 24, 9, 10, tzinfo=UTC)),
        (Within(OpenTime(8 * 3600)), datetime(2026, 11, 25, 9, 10, tzinfo=UTC)),  # in the hours of whoever solved it
        (Within(OpenTime(60), "gone"), None),
    ],
)
def test_the_agreement_says_how_long_silence_must_last(within, lapses):
    agreed = contract(kind="agreement", calendars=CALENDARS, policies=Policies(accept_within=within))
    solved = claimed().resolve(SAM, later(10), "t")
    house = HOUSE, CALENDARS, Contracts((agreed,))
    assert lapse_due(solved, *house) == next_due(solved, *house) == scheduled(solved, *house).next_check_at == lapses
    if lapses:
        moved = [pass_time(solved, *house[:2], at, to_it, house[2]) for at in (lapses - timedelta(seconds=1), lapses)]
        assert [each.state for each in moved] == [State.RESOLVED, State.CLOSED]


def test_without_hours_and_without_an_agreement_nothing_lapses():
    assert lapse_due(claimed().resolve(SAM, later(10), "t"), HOUSE, {}) is None


@pytest.mark.parametrize("which", [claim_due, update_due, return_due, lapse_due, next_due])
def test_what_is_over_is_never_due(which):
    for over in (fresh().cancel(MIA, later(1)), claimed().resolve(SAM, later(2), "t").confirm(MIA, later(3))):
        assert due(over, which) is None
        assert passed(over, later(100_000)) is over


def test_what_is_not_solved_does_not_lapse():
    assert due(claimed(), lapse_due) is None
    assert due(replace(claimed(), state=State.RESOLVED), lapse_due) is None


# All of them


def test_a_ticket_carries_when_it_wants_to_be_looked_at():
    assert scheduled(fresh(), HOUSE, CALENDARS).next_check_at == later(30)
    assert scheduled(scheduled(fresh(), HOUSE, CALENDARS).cancel(MIA, later(1)), HOUSE, CALENDARS).next_check_at is None


STORIES = st.sampled_from(
    [
        fresh(),
        claimed(),
        claimed().nudge(later(65)),
        claimed().hold(SAM, later(6)),
        claimed().resolve(SAM, later(6), "t"),
        fresh().escalate(SAM, TO_IT, later(6)),
        fresh().escalate(SAM, TO_IT, later(6)).claim(IVO, later(7)),
    ]
)


@given(STORIES, st.integers(0, 20_000))
def test_twice_is_harmless_and_early_does_nothing(ticket, minutes):
    at = later(minutes)
    once = passed(ticket, at)
    wanted = due(ticket)
    assert (once is ticket) == (wanted is None or at < wanted)
    assert passed(once, at) is once


@given(STORIES, st.lists(st.integers(0, 5_000), max_size=6))
def test_looking_more_often_tells_nothing_twice(ticket, waits):
    """Each event comes at most once for each wait that it ends, however often one looks."""
    at, often = NOW, ticket
    for wait in sorted(waits):
        at = later(wait)
        often = passed(often, at)
        assert passed(often, at) is often
    assert len({each.event_id for each in often.happened}) == len(often.happened)
