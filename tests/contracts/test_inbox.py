"""Deliveries: a repeat changes nothing, and nothing received is lost. On every store."""

from dataclasses import replace

import pytest
from given import NOW, SAM, after, delivered, opened

from bot.desk.ports import AlreadyDone
from bot.domain.commands import Ask, Done, Kind, Place
from bot.domain.refusals import AlreadyClaimed


def work(store, number):
    with store.transaction() as ledger:
        ledger.save_ticket(opened(number))


def tickets(store):
    with store.reading() as ledger:
        return [each.number for each in ledger.open_tickets()]


def test_a_repeat_is_known(store):
    assert store.receive(delivered("k"))
    assert not store.receive(delivered("k", after(minutes=1), number=2))
    assert store.receive(delivered("other"))
    assert store.receive(replace(delivered("k"), platform="slack"))


def test_what_was_received_comes_back_as_it_was_in_that_order(store):
    place = Place("teams", Kind.THREAD, "19:ab%c@thread", "1042")
    first = replace(delivered("b"), place=place, command=Ask("Hvor er æblet?"), removed=2, answered_here=True)
    store.receive(first)
    store.receive(delivered("a", after(minutes=-5)))
    assert list(store.unfinished()) == [first, delivered("a", after(minutes=-5))]
    assert list(store.unfinished(1)) == [first]


def test_a_delivery_ends_in_the_transaction_of_its_effects(store):
    store.receive(delivered("k"))
    store.receive(delivered("other"))
    work(store.finishing(delivered("k")), 1)
    assert list(store.unfinished()) == [delivered("other")]
    assert not store.receive(delivered("k"))


def test_a_delivery_whose_effects_failed_is_not_finished(store):
    store.receive(delivered("k"))
    bound = store.finishing(delivered("k"))
    with pytest.raises(ConnectionError), bound.transaction():
        raise ConnectionError
    assert list(store.unfinished()) == [delivered("k")]
    work(bound, 1)
    assert list(store.unfinished()) == []


def test_looking_finishes_nothing(store):
    store.receive(delivered("k"))
    with store.finishing(delivered("k")).reading() as ledger:
        ledger.open_tickets()
    assert list(store.unfinished()) == [delivered("k")]


def test_only_the_first_commit_ends_the_delivery(store):
    store.receive(delivered("k"))
    bound = store.finishing(delivered("k"))
    work(bound, 1)
    work(bound, 2)
    assert tickets(store) == [1, 2]


def test_of_two_workers_on_one_delivery_the_second_leaves_no_trace(store):
    store.receive(delivered("k"))
    first, second = store.finishing(delivered("k")), store.finishing(delivered("k"))
    work(first, 1)
    with pytest.raises(AlreadyDone):
        work(second, 2)
    assert tickets(store) == [1]


def test_what_never_came_through_the_inbox_needs_no_end(store):
    work(store.finishing(delivered("k")), 1)
    assert tickets(store) == [1]
    assert store.receive(delivered("k"))


def test_keys_of_done_deliveries_are_kept_seven_days_and_undone_ones_for_ever(store):
    store.receive(delivered("old", after(days=-8)))
    store.receive(delivered("young", after(days=-6)))
    store.receive(delivered("undone", after(days=-8)))
    for number, key in enumerate(["old", "young"], start=1):
        work(store.finishing(delivered(key)), number)
    store.purge(NOW)
    assert store.receive(delivered("old"))
    assert not store.receive(delivered("young"))
    assert not store.receive(delivered("undone"))
    assert [each.key for each in store.unfinished()] == ["undone", "old"]
    assert store.unfinished()[0].by == SAM.id


NO = AlreadyClaimed(1, SAM.id, NOW)


def refuse(store, delivery, refusal=NO):
    with store.finishing(delivery).transaction() as ledger:
        ledger.refuse(delivery, refusal)


def test_a_repeat_can_be_told_what_came_of_the_first(store):
    assert store.answered(delivered("never")) is None
    for number, key in enumerate(["done", "refused", "waiting"], start=1):
        store.receive(delivered(key, number=number))
    assert store.answered(delivered("refused")) is None
    work(store.finishing(delivered("done")), 1)
    refuse(store, delivered("refused"))
    assert store.answered(delivered("done")) == Done()
    assert store.answered(delivered("refused")) == NO
    assert store.answered(delivered("waiting")) is None
    assert store.answered(replace(delivered("refused"), platform="slack")) is None


def test_what_another_worker_did_is_not_refused_afterwards(store):
    store.receive(delivered("k"))
    work(store.finishing(delivered("k")), 1)
    with pytest.raises(AlreadyDone):
        refuse(store, delivered("k"))
    assert store.answered(delivered("k")) == Done()


def test_what_never_came_through_the_inbox_keeps_no_answer(store):
    refuse(store, delivered("k"))
    assert store.answered(delivered("k")) is None


def test_nobody_who_only_looks_refuses(store):
    store.receive(delivered("k"))
    with pytest.raises(RuntimeError), store.reading() as ledger:
        ledger.refuse(delivered("k"), NO)
