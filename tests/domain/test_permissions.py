"""Who may do what to a ticket, as one table laid out here once more: whoever changes the one must mean it."""

from dataclasses import replace

import pytest
from cast import EVERYWHERE, HELPERS, IT, IVO, KAREN, LIV, LONE, MIA, NADIA, SAM, SUE, TO_IT, fresh, later

from bot.domain.people import Role
from bot.domain.permissions import MAY, Standing, may_log_for_suppliers, may_look_at_suppliers
from bot.domain.refusals import YourOwn

EMPLOYEE_SAYS = {"confirm", "reopen", "cancel"}
GROUP_DOES = {"claim", "escalate", "resume"}
ASSIGNEE_DOES = {"release", "escalate", "hold", "resume", "resolve", "hand_over"}
ALL_SAY = {"see", "comment"}


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (MIA, ALL_SAY | EMPLOYEE_SAYS),
        (SAM, ALL_SAY | GROUP_DOES | ASSIGNEE_DOES),
        (SUE, ALL_SAY | GROUP_DOES),
        (IVO, ALL_SAY),
        (KAREN, {"see"}),
        (NADIA, set()),
        (LONE, set()),
        (LIV, set()),
    ],
    ids=lambda each: each.name if hasattr(each, "name") else "",
)
def test_a_ticket_that_sam_has(person, may):
    ticket = fresh().claim(SAM, later(1))
    assert {verb for verb in MAY if ticket.may(person, verb)} == may


@pytest.mark.parametrize(
    ("person", "may"), [(SAM, GROUP_DOES | ALL_SAY), (IVO, ALL_SAY), (MIA, ALL_SAY | EMPLOYEE_SAYS)]
)
def test_a_ticket_that_nobody_has(person, may):
    assert {verb for verb in MAY if fresh().may(person, verb)} == may


def test_who_had_it_may_follow_it_and_who_has_it_now_acts():
    at_it = fresh().escalate(SAM, TO_IT, later(1))
    assert {verb for verb in MAY if at_it.may(SAM, verb)} == ALL_SAY
    assert {verb for verb in MAY if at_it.may(IVO, verb)} == ALL_SAY | GROUP_DOES


def test_one_person_stands_in_several_ways():
    everything = replace(SAM, roles=frozenset({Role.SUPERUSER, Role.IT, Role.CONTRACT_MANAGER}), groups=(HELPERS, IT))
    taken = replace(fresh(), assignee=SAM.id)
    assert taken.standing(everything) == frozenset(Standing) - {Standing.REQUESTER}
    assert fresh().standing(LONE) == frozenset()
    assert fresh().standing(SAM) == {Standing.GROUP}


def test_of_her_own_ticket_a_superuser_is_the_one_who_asked():
    """She reads nothing that her colleagues say among themselves, and somebody else takes it."""
    own = replace(fresh(), requester=SAM.id)
    assert own.standing(SAM) == {Standing.REQUESTER}
    with pytest.raises(YourOwn):
        own.claim(SAM, later(1))
    with pytest.raises(YourOwn):
        own.escalate(SAM, TO_IT, later(1))
    assert own.claim(SUE, later(1)).assignee == SUE.id


def test_a_role_that_was_taken_away_ends_at_once():
    taken = fresh().claim(SAM, later(1))
    former = replace(SAM, groups=(EVERYWHERE,), roles=frozenset({Role.EMPLOYEE}))
    assert taken.standing(former) == frozenset()
    assert fresh().standing(former) == frozenset()


@pytest.mark.parametrize(
    ("person", "looks", "logs"), [(IVO, True, True), (KAREN, True, False), (SAM, False, False), (MIA, False, False)]
)
def test_supplier_cases_are_for_it_and_contract_managers_and_only_it_logs(person, looks, logs):
    assert (may_look_at_suppliers(person), may_log_for_suppliers(person)) == (looks, logs)
