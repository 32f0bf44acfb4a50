"""The ledger's tickets, on every store."""

from dataclasses import replace

import pytest
from given import HELPERS, IVO, MIA, NOW, SAM, SUE, after, asked, opened

from bot.desk.ports import Changed, Text
from bot.domain.people import Tier
from bot.domain.refusals import NoSuchCase
from bot.domain.ticket import Route


def save(store, *tickets):
    with store.transaction() as ledger:
        for ticket in tickets:
            ledger.save_ticket(ticket)


def load(store, number):
    with store.reading() as ledger:
        return ledger.ticket(number)


def step(store, number, verb):
    with store.transaction() as ledger:
        ledger.save_ticket(verb(ledger.ticket(number)))
    return load(store, number)


def test_a_ticket_comes_back_as_it_was_saved(store):
    ticket = replace(opened(1), next_check_at=after(hours=2))
    save(store, ticket)
    assert load(store, 1) == replace(ticket, version=1, happened=())


def test_a_ticket_comes_back_after_every_verb(store):
    save(store, opened(1))
    with store.transaction() as ledger:
        ledger.write(Text("t-fix", "#1", "solution", SAM.id, NOW, "Ny rulle"))
    before = load(store, 1)
    for verb in (
        lambda each: each.claim(SAM, after(minutes=1)),
        lambda each: each.nudge(after(minutes=2)),
        lambda each: each.hold(SAM, after(minutes=3)),
        lambda each: each.resume(SAM, after(minutes=4)),
        lambda each: each.resolve(SAM, after(minutes=5), "t-fix"),
        lambda each: each.reopen(MIA, after(minutes=6)),
        lambda each: each.escalate(SAM, Route(Tier.IT, "it", "escalated"), after(minutes=7)),
        lambda each: each.claim(IVO, after(minutes=8)),
        lambda each: each.hand_over(IVO, after(minutes=9), 12),
        lambda each: each.cancel(MIA, after(minutes=10)),
    ):
        expected = verb(before)
        before = step(store, 1, verb)
        assert before == replace(expected, version=expected.version + 1, happened=())


def test_an_unknown_ticket_is_refused(store):
    with pytest.raises(NoSuchCase) as refusal, store.reading() as ledger:
        ledger.ticket(7)
    assert refusal.value.case_id == "#7"


@pytest.mark.parametrize("number", [-1, 0, 2**31 - 1, 2**31, 2**63, 10**40])
def test_any_number_may_be_typed(store, number):
    for load_it in ("ticket", "case"):
        with pytest.raises(NoSuchCase), store.reading() as ledger:
            getattr(ledger, load_it)(number)


def test_numbers_are_one_two_three(store):
    with store.transaction() as ledger:
        assert [ledger.next_ticket_number(), ledger.next_ticket_number()] == [1, 2]
    with store.transaction() as ledger:
        assert ledger.next_ticket_number() == 3
        assert ledger.next_case_number() == 1


def test_a_ticket_that_moved_meanwhile_is_not_overwritten(store):
    save(store, opened(1))
    stale = load(store, 1)
    step(store, 1, lambda each: each.claim(SAM, after(minutes=1)))
    with pytest.raises(Changed):
        save(store, stale.claim(SUE, after(minutes=2)))
    assert load(store, 1).assignee == SAM.id


def test_not_even_a_plan_is_overwritten(store):
    """Nothing happened in either change, so no event would tell them apart."""
    save(store, opened(1))
    stale = load(store, 1)
    step(store, 1, lambda each: replace(each, next_check_at=after(hours=1)))
    with pytest.raises(Changed):
        save(store, replace(stale, next_check_at=after(hours=2)))
    assert load(store, 1).next_check_at == after(hours=1)


def test_two_tickets_cannot_have_one_number(store):
    save(store, opened(1))
    with pytest.raises(Changed):
        save(store, opened(1, SUE))
    assert load(store, 1).requester == MIA.id


def test_a_ticket_that_is_not_there_cannot_be_changed(store):
    with pytest.raises(Changed):
        save(store, replace(opened(1), version=3))


def test_a_person_sees_the_open_tickets_they_asked_or_have(store):
    save(store, opened(3), opened(1), opened(2, SUE), opened(4), opened(5))
    step(store, 2, lambda each: each.claim(SAM, after(minutes=1)))
    step(store, 4, lambda each: each.cancel(MIA, after(minutes=1)))
    with store.reading() as ledger:
        assert [each.number for each in ledger.tickets_of(MIA.id)] == [1, 3, 5]
        assert [each.number for each in ledger.tickets_of(SAM.id)] == [2]
        assert [each.number for each in ledger.tickets_of(MIA.id, 2)] == [3, 5]
        assert [each.number for each in ledger.open_tickets()] == [1, 2, 3, 5]
        assert [each.number for each in ledger.open_tickets(2)] == [1, 2]


def test_a_solved_ticket_is_still_the_requesters_until_they_say_so(store):
    save(store, opened(1))
    step(store, 1, lambda each: each.claim(SAM, NOW))
    step(store, 1, lambda each: each.resolve(SAM, NOW, "t-fix"))
    with store.reading() as ledger:
        assert [each.number for each in ledger.tickets_of(MIA.id)] == [1]


def test_only_tickets_whose_time_has_come_are_due_and_the_longest_overdue_first(store):
    save(
        store,
        replace(opened(1), next_check_at=after(minutes=2)),
        replace(opened(2), next_check_at=after(minutes=1)),
        replace(opened(3), next_check_at=after(minutes=3)),
        opened(4),
    )
    with store.reading() as ledger:
        assert list(ledger.due_tickets(NOW, 10)) == []
        assert list(ledger.due_tickets(after(minutes=2), 10)) == [2, 1]
        assert list(ledger.due_tickets(after(hours=1), 2)) == [2, 1]


def test_a_title_is_the_question_and_goes_with_it(store):
    with store.transaction() as ledger:
        ledger.write(Text("t-q", "Q-q", "question", MIA.id, NOW, "Blanke etiketter"))
        ledger.save_question(asked("q"))
        ledger.save_ticket(opened(1, question="q"))
        ledger.erase(["t-q"])
    assert load(store, 1).title == ""


def test_a_shortened_title_is_not_mistaken_for_the_question(store):
    with store.transaction() as ledger:
        ledger.write(Text("t-q", "Q-q", "question", MIA.id, NOW, "Blanke etiketter, og så bipper den"))
        ledger.save_question(asked("q"))
        ledger.save_ticket(opened(1, question="q", title="Blanke etiketter …"))
    assert load(store, 1).title == "Blanke etiketter …"


def test_a_title_of_its_own_is_kept_apart_from_what_was_said_on_the_ticket(store):
    save(store, opened(1, title="En anden titel"))
    with store.transaction() as ledger:
        assert ledger.texts_of("#1") == []
        ledger.erase(["#1/title"])
    assert load(store, 1).title == ""
    assert load(store, 1).group == HELPERS.id
