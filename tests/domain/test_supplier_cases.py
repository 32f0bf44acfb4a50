"""A supplier case and its verbs: what may follow what, who holds it, and events that can be folded.

Mutants that die here: a second acknowledgement moves the first; received does not end the alarm; a fix leaves the pause open;
a pause inside a pause; resumed before it began; an agreed window waits for us; a rejected fix keeps its instant; accepted
without a fix; anything at all after the end; our own doings are logged as the supplier's; an event id is used twice.
"""

from contextlib import suppress
from dataclasses import replace

import pytest
from cast import IVO, case, later, log
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import Milestone
from bot.domain.events import (
    Acknowledged,
    Cancelled,
    Closed,
    ContractAssigned,
    HandedOver,
    Opened,
    Party,
    PauseEnded,
    PauseStarted,
    ResolutionAccepted,
    ResolutionRejected,
    ResolvedClaimed,
    SeveritySet,
    Source,
    StatusMessage,
    SupplierReceived,
    Voided,
    Workaround,
    WorkStarted,
)
from bot.domain.refusals import Incomplete, NotNow
from bot.domain.restating import restated
from bot.domain.supplier_case import THEIR_OWN_PAUSE, CaseState

M = Milestone


def logged(*steps):
    now = case()
    for minute, step in enumerate(steps, start=1):
        milestone, detail = step if isinstance(step, tuple) else (step, "awaiting_customer")
        now = log(now, milestone, minute, detail)
    return now


def last(found):
    return found.happened[-1].what


def test_handing_over_is_everything_that_starts_the_clocks_at_one_instant():
    events = case().happened
    assert [each.what for each in events] == [
        Opened(),
        ContractAssigned("service", 1),
        SeveritySet("1"),
        HandedOver(report_complete=True, channel="mail"),
    ]
    assert {(each.occurred_at, each.recorded_at, each.role, each.by, each.case_id) for each in events} == {
        (later(0), later(0), Party.IT, IVO.id, "S-12")
    }


@pytest.mark.parametrize(
    ("milestone", "what", "role"),
    [
        (M.RECEIVED, SupplierReceived(), Party.SUPPLIER),
        (M.ACKNOWLEDGED, Acknowledged("human"), Party.SUPPLIER),
        (M.WORK_STARTED, WorkStarted(), Party.SUPPLIER),
        (M.WORKAROUND, Workaround(), Party.SUPPLIER),
        (M.STATUS, StatusMessage("human"), Party.SUPPLIER),
        (M.RESOLVED, ResolvedClaimed(), Party.SUPPLIER),
        (M.PAUSE, PauseStarted("S-12/p5", "awaiting_customer"), Party.SUPPLIER),
        (M.SEVERITY, SeveritySet("awaiting_customer"), Party.IT),
        (M.CALLED, HandedOver(report_complete=True, channel="phone"), Party.IT),
        (M.CANCEL, Cancelled(), Party.IT),
    ],
)
def test_each_step_is_one_event_of_whoever_did_it(milestone, what, role):
    event = logged(milestone).happened[-1]
    assert (event.what, event.role, event.source, event.occurred_at) == (what, role, Source.PHONE, later(1))


@pytest.mark.parametrize("milestone", [M.RECEIVED, M.ACKNOWLEDGED, M.WORK_STARTED, M.WORKAROUND, M.STATUS, M.RESOLVED])
def test_whatever_they_did_they_have_received_it(milestone):
    assert (logged(milestone).received_at, logged(milestone).confirm_by) == (later(1), None)


@pytest.mark.parametrize("milestone", [M.PAUSE, M.SEVERITY, M.CALLED])
def test_what_we_did_says_nothing_of_that(milestone):
    assert (logged(milestone).received_at, logged(milestone).confirm_by) == (None, later(30))
    assert case().alarmed().confirm_by is None


def test_the_first_time_is_the_one_that_counts():
    for milestone, name in [
        (M.RECEIVED, "received_at"),
        (M.ACKNOWLEDGED, "acknowledged_at"),
        (M.WORK_STARTED, "work_started_at"),
        (M.WORKAROUND, "workaround_at"),
    ]:
        assert getattr(logged(milestone, milestone), name) == later(1)


def test_who_holds_it():
    """Their pause, or their fix awaiting our test, is ours; an agreed window is theirs."""
    assert (case().holder, case().awaits_us) == (Party.SUPPLIER, False)
    assert logged(M.PAUSE).holder is Party.IT
    assert logged((M.PAUSE, THEIR_OWN_PAUSE)).holder is Party.SUPPLIER
    assert logged(M.PAUSE, M.RESUME).holder is Party.SUPPLIER
    assert logged(M.RESOLVED).holder is Party.IT
    assert logged(M.RESOLVED, M.REJECT).holder is Party.SUPPLIER
    assert logged(M.RESOLVED, M.ACCEPT).holder is None
    assert logged(M.CANCEL).holder is None


def test_a_fix_ends_the_pause_that_waited_for_us():
    fixed = logged(M.PAUSE, M.RESOLVED)
    assert [each.what for each in fixed.happened[-2:]] == [PauseEnded("S-12/p5"), ResolvedClaimed()]
    assert fixed.paused is None
    assert [each.what for each in logged(M.PAUSE, M.CANCEL).happened[-2:]] == [PauseEnded("S-12/p5"), Cancelled()]


def test_resumed_it_runs_on_from_when_that_happened():
    resumed = log(logged(M.PAUSE), M.RESUME, 1, learned=later(9))
    assert (resumed.state, resumed.paused, last(resumed)) == (CaseState.RUNNING, None, PauseEnded("S-12/p5"))
    assert resumed.happened[-1].recorded_at == later(9)


@pytest.mark.parametrize(
    ("begun", "ended"),
    [(M.PAUSE, M.RESUME), (M.PAUSE, M.RESOLVED), (M.PAUSE, M.CANCEL), (M.RESOLVED, M.REJECT), (M.RESOLVED, M.ACCEPT)],
)
def test_nothing_ends_before_it_began(begun, ended):
    with pytest.raises(Incomplete) as refused:
        log(logged(begun), ended, 0.5)
    assert refused.value.fields == (("at", "before_that"),)


def test_a_fix_is_accepted_or_rejected():
    accepted = logged(M.RESOLVED, M.ACCEPT)
    assert [each.what for each in accepted.happened[-2:]] == [ResolutionAccepted(), Closed("accepted")]
    assert (accepted.state, accepted.is_open) == (CaseState.CLOSED, False)
    rejected = logged(M.RESOLVED, M.REJECT)
    assert (rejected.state, rejected.resolved_at, last(rejected)) == (CaseState.RUNNING, None, ResolutionRejected())
    assert logged(M.RESOLVED, M.REJECT, M.RESOLVED).resolved_at == later(3)


@pytest.mark.parametrize(
    ("before", "refused"),
    [
        ((), {M.RESUME, M.ACCEPT, M.REJECT}),
        ((M.PAUSE,), {M.PAUSE, M.ACCEPT, M.REJECT}),
        ((M.RESOLVED,), set(M) - {M.STATUS, M.CANCEL, M.ACCEPT, M.REJECT}),
        ((M.RESOLVED, M.ACCEPT), set(M)),
        ((M.CANCEL,), set(M)),
    ],
    ids=["running", "paused", "resolved", "closed", "cancelled"],
)
def test_what_does_not_fit_is_refused(before, refused):
    now = logged(*before)
    for milestone in M:
        try:
            log(now, milestone, 9, "1")
        except NotNow as no:
            assert milestone in refused
            assert no.verb == milestone.value  # noqa: PT017  # the rest of the table is about what is not refused
        else:
            assert milestone not in refused


def test_a_severity_that_was_changed_is_the_one_there_is():
    assert logged((M.SEVERITY, "2")).severity == "2"


def test_a_ticket_joins_once():
    assert case().join(8).tickets == (7, 8)
    assert case().join(7).tickets == (7,)


STEPS = st.lists(st.tuples(st.sampled_from(M), st.sampled_from(["awaiting_customer", THEIR_OWN_PAUSE])), max_size=20)


@given(STEPS)
def test_whatever_is_logged_pauses_open_and_close_in_turn_and_one_party_holds_it(steps):
    now = case()
    for minute, (milestone, detail) in enumerate(steps, start=1):
        before = now
        try:
            now = log(now, milestone, minute, detail)
        except NotNow:
            assert now is before
        assert (now.holder is None) == (not now.is_open)
        assert (now.state is CaseState.PAUSED) == (now.paused is not None)
        assert (now.state in {CaseState.RESOLVED, CaseState.CLOSED}) == (now.resolved_at is not None) or not now.is_open
        assert len({each.event_id for each in now.happened}) == len(now.happened) == now.count
        open_pauses: list[str] = []
        for event in now.happened:
            if isinstance(event.what, PauseStarted):
                assert not open_pauses
                open_pauses.append(event.what.pause_id)
            elif isinstance(event.what, PauseEnded):
                open_pauses.remove(event.what.pause_id)
        assert open_pauses == ([now.paused.pause_id] if now.paused else [])


@given(st.lists(st.sampled_from(Milestone), max_size=12))
def test_read_from_its_events_anew_a_case_is_what_it_was(steps):
    """Whatever was logged: the state kept beside the events says nothing that they do not."""
    now = case()
    for minute, milestone in enumerate(steps, start=1):
        with suppress(NotNow, Incomplete):
            now = log(now, milestone, minute, "2" if milestone is M.SEVERITY else "awaiting_customer")
        assert restated(now, now.happened) == now


def test_only_what_was_logged_since_it_began_can_be_amended():
    acknowledged = logged(M.ACKNOWLEDGED)
    amended = acknowledged.amend(acknowledged.happened[4], Voided("mistyped"), IVO.id, later(9))
    assert amended.happened[-1].corrects == acknowledged.happened[4].event_id
    for event in (*amended.happened[:4], amended.happened[-1], replace(amended.happened[4], case_id="S-99")):
        with pytest.raises(NotNow):
            amended.amend(event, Voided("mistyped"), IVO.id, later(9))
