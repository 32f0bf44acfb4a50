"""Laws of a ticket: whatever people and time do to it, exactly one party has the next move until it is over.

Mutants that die here: a second claim wins; release keeps the assignee; a hold survives resolve, cancel or escalate; a
reopened ticket forgets who had it; the employee's answer leaves the hold; a stranger is told NotYours; confirm without a
solution; a closed ticket is claimed; a released ticket keeps its nudge; pauses end under another id; an event id is used
twice; the supplier's hold ends before it began.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.events import Party, PauseEnded, PauseStarted, Reopened, Routed
from bot.domain.people import GroupId, Person, PersonId, Role, SiteId, SupportGroup, SystemId, Tier
from bot.domain.refusals import AlreadyClaimed, AlreadyOver, NoSuchCase, NotNow, NotYours, Refused
from bot.domain.ticket import OVER, HoldReason, Route, State, Ticket

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PRINTER, NORTH = SystemId("printer"), SiteId("nord")
HELPERS = SupportGroup(GroupId("nord"), Tier.SUPERUSER, "dag", (PersonId("sam"), PersonId("sue")), PRINTER)
IT = SupportGroup(GroupId("it"), Tier.IT, "dag", (PersonId("ivo"),))
TO_IT = Route(Tier.IT, IT.id, "escalated")


def person(name: str, *groups: SupportGroup, role: Role = Role.EMPLOYEE) -> Person:
    return Person(PersonId(name), name.title(), f"{name}@fjordby.example", NORTH, frozenset({role}), groups=groups)


MIA, LIV = person("mia"), person("liv")
SAM, SUE = person("sam", HELPERS, role=Role.SUPERUSER), person("sue", HELPERS, role=Role.SUPERUSER)
IVO, KAREN = person("ivo", IT, role=Role.IT), person("karen", role=Role.CONTRACT_MANAGER)
EVERYBODY = (MIA, LIV, SAM, SUE, IVO, KAREN)


def fresh() -> Ticket:
    return Ticket.open(1042, MIA, Route(Tier.SUPERUSER, HELPERS.id), PRINTER, "q1", "Blanke etiketter", NOW, "web")


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_the_first_claim_wins_and_the_second_is_told_who_was_first() -> None:
    taken = fresh().claim(SAM, later(2))
    with pytest.raises(AlreadyClaimed) as refused:
        taken.claim(SUE, later(3))
    assert (refused.value.assignee, refused.value.claimed_at) == (SAM.id, later(2))
    assert taken.claim(SAM, later(4)) is taken


def test_a_stranger_learns_nothing_not_even_that_it_exists() -> None:
    for ticket in (fresh(), fresh().claim(SAM, NOW)):
        for act in (
            Ticket.claim,
            Ticket.release,
            Ticket.hold,
            Ticket.resume,
            Ticket.cancel,
            Ticket.confirm,
            Ticket.reopen,
        ):
            with pytest.raises(NoSuchCase):
                act(ticket, LIV, later(1))
        with pytest.raises(NoSuchCase):
            ticket.comment(LIV, later(1), "t", "employee")
        with pytest.raises(NoSuchCase):
            ticket.resolve(LIV, later(1), "t")


def test_it_may_see_what_superusers_have_but_not_take_it() -> None:
    with pytest.raises(NotYours):
        fresh().claim(IVO, later(1))
    with pytest.raises(NotYours):
        fresh().claim(KAREN, later(1))


def test_a_colleague_cannot_act_on_what_another_has() -> None:
    taken = fresh().claim(SAM, later(1))
    for act in (Ticket.release, Ticket.hold):
        with pytest.raises(AlreadyClaimed):
            act(taken, SUE, later(2))
    with pytest.raises(AlreadyClaimed):
        taken.resolve(SUE, later(2), "t")
    with pytest.raises(NotYours):
        taken.cancel(SUE, later(2))


def test_given_back_it_is_offered_to_the_same_group_and_nobody_has_it() -> None:
    back = fresh().claim(SAM, later(1)).nudge(later(2)).release(SAM, later(3))
    assert (back.state, back.assignee, back.nudged_at, back.group) == (State.OFFERED, None, None, HELPERS.id)
    assert back.routed_at == later(3)
    assert back.happened[-1].what == Routed(Tier.SUPERUSER, HELPERS.id, "released")


def test_the_employees_answer_ends_the_hold_that_waited_for_it() -> None:
    waiting = fresh().claim(SAM, later(1)).hold(SAM, later(2))
    assert waiting.held
    answered = waiting.comment(MIA, later(30), "t1", "employee")
    assert answered.held is None
    started = next(each.what for each in answered.happened if isinstance(each.what, PauseStarted))
    ended = next(each.what for each in answered.happened if isinstance(each.what, PauseEnded))
    assert started.pause_id == ended.pause_id
    assert waiting.comment(SAM, later(3), "t2", "employee").held


def test_only_words_to_the_employee_are_the_news_that_was_promised() -> None:
    taken = fresh().claim(SAM, later(1))
    assert taken.comment(MIA, later(5), "t", "employee").touched_at == later(1)
    assert taken.comment(SAM, later(5), "t", "internal").touched_at == later(1)
    assert taken.comment(SAM, later(5), "t", "employee").touched_at == later(5)


def test_a_reopened_ticket_is_with_whoever_solved_it() -> None:
    solved = fresh().claim(SAM, later(1)).resolve(SAM, later(2), "t")
    again = solved.reopen(MIA, later(3))
    assert (again.state, again.assignee, again.solution) == (State.CLAIMED, SAM.id, "")
    assert again.happened[-1].what == Reopened()
    with pytest.raises(NotNow):
        again.confirm(MIA, later(4))


def test_what_is_over_is_over() -> None:
    closed = fresh().claim(SAM, later(1)).resolve(SAM, later(2), "t").confirm(MIA, later(3))
    for act in (Ticket.claim, Ticket.release, Ticket.hold, Ticket.resume):
        with pytest.raises(AlreadyOver):
            act(closed, SAM, later(4))
    with pytest.raises(AlreadyOver):
        closed.comment(MIA, later(4), "t", "employee")
    with pytest.raises(AlreadyOver):
        fresh().cancel(MIA, later(1)).cancel(MIA, later(2))


def test_only_it_that_has_it_hands_over_and_the_hold_follows_the_supplier() -> None:
    with pytest.raises(NotNow):
        fresh().claim(SAM, later(1)).hand_over(SAM, later(2), 12)
    at_it = fresh().escalate(SAM, TO_IT, later(1)).claim(IVO, later(2)).hold(IVO, later(3))
    handed = at_it.hand_over(IVO, later(4), 12)
    assert handed.held
    assert handed.held.reason is HoldReason.AWAITING_SUPPLIER
    with pytest.raises(NotNow):
        handed.release(IVO, later(5))
    with pytest.raises(NotNow):
        handed.resume(IVO, later(5))
    with pytest.raises(NotNow):
        handed.hand_over(IVO, later(5), 13)
    # Their pause began before we learned of it, but never before the hold itself.
    ours = handed.supplier_waits_for_us(IVO.id, later(1), later(10))
    assert ours.held is None
    assert ours.happened[-1].occurred_at == later(4)
    assert ours.happened[-1].recorded_at == later(10)
    assert ours.supplier_waits_for_us(IVO.id, later(11), later(11)) is ours
    theirs = ours.we_wait_for_supplier(IVO.id, later(12), later(13))
    assert theirs.held
    assert theirs.we_wait_for_supplier(IVO.id, later(14), later(14)) is theirs
    assert theirs.leave_supplier_case(IVO.id, later(15), later(15)).supplier_case is None


def test_it_cannot_be_sent_on_to_where_it_is() -> None:
    at_it = fresh().escalate(SAM, TO_IT, later(1))
    with pytest.raises(NotNow):
        at_it.escalate(IVO, TO_IT, later(2))


def test_what_does_not_fit_the_state_is_not_now() -> None:
    held = fresh().claim(SAM, later(1)).hold(SAM, later(2))
    for act in (Ticket.hold, Ticket.confirm, Ticket.reopen):
        with pytest.raises(NotNow):
            act(held, SAM if act is Ticket.hold else MIA, later(3))
    with pytest.raises(NotNow):
        fresh().claim(SAM, later(1)).resume(SAM, later(2))


def test_who_has_the_next_move() -> None:
    taken = fresh().claim(SAM, later(1))
    at_it = fresh().escalate(SAM, TO_IT, later(1)).claim(IVO, later(2))
    assert (fresh().holder, taken.holder, at_it.holder) == (Party.SUPERUSER, Party.SUPERUSER, Party.IT)
    assert taken.hold(SAM, later(2)).holder is Party.EMPLOYEE
    assert at_it.hand_over(IVO, later(3), 12).holder is Party.SUPPLIER
    solved = taken.resolve(SAM, later(2), "t")
    assert (solved.holder, solved.is_open) == (Party.EMPLOYEE, True)
    assert (solved.lapse(later(3)).holder, solved.lapse(later(3)).is_open) == (None, False)


def test_it_is_in_whose_name_things_happen() -> None:
    """A superuser who is also in IT acts as the tier that the ticket is at."""
    both = replace(person("both", HELPERS, IT), roles=frozenset({Role.SUPERUSER, Role.IT}))
    assert fresh().claim(both, later(1)).happened[-1].role is Party.SUPERUSER
    assert fresh().escalate(SAM, TO_IT, later(1)).claim(both, later(2)).happened[-1].role is Party.IT
    assert fresh().comment(IVO, later(1), "t", "internal").happened[-1].role is Party.IT
    assert fresh().comment(MIA, later(1), "t", "employee").happened[-1].role is Party.EMPLOYEE


VERBS = st.sampled_from(
    ("claim", "release", "hold", "resume", "resolve", "confirm", "reopen", "cancel", "escalate", "say", "whisper",
     "hand_over", "waits_for_us", "runs_again", "leave", "nudge", "lapse", "unclaimed")
)  # fmt: skip


def act(ticket: Ticket, verb: str, by: Person, at: datetime) -> Ticket:
    match verb:
        case "resolve":
            return ticket.resolve(by, at, "t")
        case "escalate":
            return ticket.escalate(by, TO_IT, at)
        case "say":
            return ticket.comment(by, at, "t", "employee")
        case "whisper":
            return ticket.comment(by, at, "t", "internal")
        case "hand_over":
            return ticket.hand_over(by, at, 12)
        case "waits_for_us":
            return ticket.supplier_waits_for_us(by.id, at, at)
        case "runs_again":
            return ticket.we_wait_for_supplier(by.id, at, at)
        case "leave":
            return ticket.leave_supplier_case(by.id, at, at)
        case "nudge":
            return ticket.nudge(at) if ticket.state is State.CLAIMED else ticket
        case "lapse":
            return ticket.lapse(at) if ticket.state is State.RESOLVED else ticket
        case "unclaimed":
            return ticket.offer(TO_IT, at) if ticket.state is State.OFFERED and not ticket.held else ticket
        case _:
            return getattr(ticket, verb)(by, at)


@given(st.lists(st.tuples(VERBS, st.sampled_from(EVERYBODY)), max_size=30))
def test_at_every_instant_exactly_one_party_holds_an_open_ticket(steps: list[tuple[str, Person]]) -> None:
    ticket = fresh()
    for minute, (verb, by) in enumerate(steps, start=1):
        before = ticket
        try:
            ticket = act(ticket, verb, by, later(minute))
        except Refused:
            assert ticket is before
        assert (ticket.holder is None) == (ticket.state in OVER)
        assert (ticket.state is State.OFFERED) <= (ticket.assignee is None)
        assert (ticket.state is State.CLAIMED) <= (ticket.assignee is not None)
        assert not (ticket.held and ticket.state not in {State.CLAIMED, State.OFFERED})
        assert len({each.event_id for each in ticket.happened}) == len(ticket.happened) == ticket.count
        open_pauses: set[str] = set()
        for event in ticket.happened:
            if isinstance(event.what, PauseStarted):
                assert not open_pauses, "two pauses at once"
                open_pauses.add(event.what.pause_id)
            elif isinstance(event.what, PauseEnded):
                open_pauses.remove(event.what.pause_id)
        assert open_pauses == ({ticket.held.pause_id} if ticket.held else set())
