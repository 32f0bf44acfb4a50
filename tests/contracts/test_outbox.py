"""Notices on their way: in order per place, under leases, at most once where that can be known. On every store."""

from dataclasses import replace
from datetime import timedelta

import pytest
from given import NOW, after, card, channel

from bot.desk.ports import Changed, Undelivered
from bot.domain.commands import Kind, Place
from bot.domain.notices import Alarmed, ClockTold, RefusalTold, Tell, TicketTold
from bot.domain.people import PersonId
from bot.domain.refusals import AlreadyClaimed, TooFast

NORTH, SOUTH = channel("nord"), channel("syd")
HALF_A_MINUTE = timedelta(seconds=30)


def queue(store, *tells, at=NOW):
    with store.transaction() as ledger:
        ledger.queue(tells, at)


def numbers(rows):
    return [each.tell.notice.ticket for each in rows]


def send(store, row, message_id="", at=NOW):
    store.sending(row, "w", at + HALF_A_MINUTE)
    store.sent(row, message_id, at)


def test_a_notice_comes_back_as_it_was_queued(store):
    place = Place("teams", Kind.THREAD, "19:ab%c@thread", "1042")
    tells = [
        Tell(place, TicketTold(7, "carried", PersonId("sam"), "t-1", "why"), "ticket:7"),
        Tell(place, RefusalTold(AlreadyClaimed(7, PersonId("sam"), NOW))),
        Tell(place, RefusalTold(TooFast(after(minutes=1) - NOW))),
        Tell(place, ClockTold("S-1", "reaction", "near", NOW.isoformat(), 800, late=True)),
        Tell(place, Alarmed("undelivered", "x", ("a", "b"))),
    ]
    queue(store, *tells)
    rows = store.waiting(place, NOW)
    assert [each.tell for each in rows] == tells
    assert {(each.queued_at, each.attempts, each.not_before, each.tried_unsure, each.message_id) for each in rows} == {
        (NOW, 0, None, False, "")
    }


def test_nothing_queued_is_nothing_to_do(store):
    queue(store)
    assert store.lease("w", NOW) is None
    assert store.next_send_at() is None
    assert list(store.waiting(NORTH, NOW)) == []


def test_a_place_is_served_in_order(store):
    queue(store, card(NORTH, 1), card(SOUTH, 2), card(NORTH, 3))
    queue(store, card(NORTH, 4))
    assert numbers(store.waiting(NORTH, NOW)) == [1, 3, 4]
    assert numbers(store.waiting(NORTH, NOW, 2)) == [1, 3]
    for row in store.waiting(NORTH, NOW, 2):
        send(store, row)
    assert numbers(store.waiting(NORTH, NOW)) == [4]


def test_every_row_has_a_send_key_of_its_own(store):
    queue(store, card(NORTH, 1, "a"), card(SOUTH, 1, "a"), card(NORTH, 1), card(NORTH, 1))
    rows = [*store.waiting(NORTH, NOW), *store.waiting(SOUTH, NOW)]
    assert len({each.send_key for each in rows}) == 4
    assert [each.send_key.startswith("a:") for each in rows] == [True, False, False, True]


def test_the_newest_update_of_a_card_replaces_those_not_yet_sent(store):
    queue(store, card(NORTH, 1, "a"), card(NORTH, 2), card(NORTH, 3, "a"), card(NORTH, 4, "b"), card(SOUTH, 5, "a"))
    queue(store, card(NORTH, 6, "a"))
    assert numbers(store.waiting(NORTH, NOW)) == [2, 4, 6]
    assert numbers(store.waiting(SOUTH, NOW)) == [5]


def test_an_update_knows_the_message_it_updates(store):
    queue(store, card(NORTH, 1, "a"), card(NORTH, 1), card(SOUTH, 1, "a"))
    for name, row in zip(["first", "second"], store.waiting(NORTH, NOW), strict=True):
        send(store, row, name)
    queue(store, card(NORTH, 2, "a"), card(NORTH, 3))
    update, new = store.waiting(NORTH, NOW)
    assert (update.message_id, new.message_id) == ("first", "")
    assert store.waiting(SOUTH, NOW)[0].message_id == ""
    send(store, update, "posted anew")
    queue(store, card(NORTH, 4, "a"))
    assert store.waiting(NORTH, NOW)[-1].message_id == "posted anew"


def test_a_messenger_that_names_no_message_keeps_the_one_it_had(store):
    queue(store, card(NORTH, 1, "a"))
    send(store, store.waiting(NORTH, NOW)[0], "m1")
    queue(store, card(NORTH, 2, "a"))
    send(store, store.waiting(NORTH, NOW)[0], "")
    queue(store, card(NORTH, 3, "a"))
    assert store.waiting(NORTH, NOW)[0].message_id == "m1"


# Leases


def test_one_place_is_served_by_one_worker(store):
    queue(store, card(NORTH), card(SOUTH))
    assert store.lease("one", NOW).place == NORTH
    assert store.lease("two", NOW).place == SOUTH
    assert store.lease("three", NOW) is None


def test_a_place_given_back_is_served_again(store):
    queue(store, card(NORTH))
    store.lease("one", NOW)
    store.free(NORTH, "two")
    assert store.lease("two", NOW) is None
    store.free(NORTH, "one")
    assert store.lease("two", NOW).place == NORTH


def test_a_worker_that_died_loses_its_place_after_thirty_seconds(store):
    queue(store, card(NORTH))
    store.lease("one", NOW)
    assert store.lease("two", after(seconds=29)) is None
    assert store.lease("two", after(seconds=30)).place == NORTH
    store.free(NORTH, "one")
    assert store.lease("one", after(seconds=31)) is None


def test_a_worker_may_ask_for_its_own_place_again(store):
    queue(store, card(NORTH))
    assert store.lease("one", NOW).place == NORTH
    assert store.lease("one", after(seconds=20)).place == NORTH
    assert store.lease("two", after(seconds=40)) is None


def test_every_attempt_gives_the_worker_the_time_it_needs(store):
    queue(store, card(NORTH, 1), card(NORTH, 2))
    store.lease("one", NOW)
    store.sending(store.waiting(NORTH, NOW)[0], "one", after(seconds=55))
    assert store.lease("two", after(seconds=54)) is None
    assert store.lease("two", after(seconds=55)).place == NORTH


def test_of_two_workers_with_one_row_one_sends_it(store):
    queue(store, card(NORTH))
    slow = store.waiting(NORTH, NOW)[0]
    quick = store.waiting(NORTH, after(seconds=31))[0]
    store.sending(quick, "w", after(seconds=31))
    with pytest.raises(Changed):
        store.sending(slow, "w", after(seconds=32))
    store.sent(quick, "m", after(seconds=33))
    with pytest.raises(Changed):
        store.sending(slow, "w", after(seconds=34))


def test_a_row_that_was_given_up_or_replaced_meanwhile_is_not_sent(store):
    queue(store, card(NORTH, 1), card(NORTH, 2, "a"))
    first, second = store.waiting(NORTH, NOW)
    store.bury(first, "no such channel", NOW)
    queue(store, card(NORTH, 3, "a"))
    store.waiting(NORTH, NOW)
    for row in (first, second):
        with pytest.raises(Changed):
            store.sending(row, "w", NOW)


def test_a_worker_that_lost_the_place_meanwhile_sends_nothing(store):
    """The other may be sending this very row: its attempt is not written yet."""
    queue(store, card(NORTH))
    store.lease("slow", NOW)
    row = store.waiting(NORTH, NOW)[0]
    assert store.lease("quick", after(seconds=31)).place == NORTH
    with pytest.raises(Changed):
        store.sending(row, "slow", after(seconds=61))
    store.sending(row, "quick", after(seconds=61))
    assert store.lease("slow", after(seconds=60)) is None


# What went wrong


def test_an_attempt_that_died_leaves_doubt(store):
    queue(store, card(NORTH))
    store.sending(store.waiting(NORTH, NOW)[0], "w", NOW)
    row = store.waiting(NORTH, NOW)[0]
    assert (row.tried_unsure, row.attempts) == (True, 1)


def test_an_attempt_that_surely_sent_nothing_leaves_none(store):
    queue(store, card(NORTH))
    row = store.waiting(NORTH, NOW)[0]
    store.sending(row, "w", NOW)
    store.postpone(row, after(seconds=2), "no answer")
    again = store.waiting(NORTH, after(seconds=2))[0]
    assert (again.tried_unsure, again.attempts, again.not_before) == (False, 1, after(seconds=2))


def test_doubt_lasts_until_it_is_settled(store):
    queue(store, card(NORTH))
    row = replace(store.waiting(NORTH, NOW)[0], tried_unsure=True)
    store.sending(row, "w", NOW)
    store.postpone(row, after(seconds=2), "broken pipe")
    assert store.waiting(NORTH, after(seconds=2))[0].tried_unsure


def test_a_second_attempt_that_died_is_told_from_the_first(store):
    queue(store, card(NORTH))
    for expected in [(False, False, 0), (True, False, 1), (True, True, 2), (True, True, 3)]:
        row = store.waiting(NORTH, NOW)[0]
        assert (row.tried_unsure, row.tried_again, row.attempts) == expected
        store.sending(row, "w", NOW)
    row = store.waiting(NORTH, NOW)[0]
    store.postpone(row, after(seconds=2), "broken pipe")
    assert store.waiting(NORTH, after(seconds=2))[0] == replace(row, attempts=5, not_before=after(seconds=2))


def test_a_second_attempt_that_surely_sent_nothing_leaves_the_doubt_of_the_first(store):
    queue(store, card(NORTH))
    store.sending(store.waiting(NORTH, NOW)[0], "w", NOW)
    row = store.waiting(NORTH, NOW)[0]
    store.sending(row, "w", NOW)
    store.postpone(row, NOW, "no answer")
    again = store.waiting(NORTH, NOW)[0]
    assert (again.tried_unsure, again.tried_again) == (True, False)


def test_putting_off_counts_as_an_attempt_also_before_anything_was_sent(store):
    queue(store, card(NORTH))
    store.postpone(store.waiting(NORTH, NOW)[0], NOW, "cannot be put into words")
    assert store.waiting(NORTH, NOW)[0].attempts == 1


def test_an_update_in_doubt_is_settled_before_the_next_one_and_not_replaced(store):
    queue(store, card(NORTH, 1, "a"))
    store.sending(store.waiting(NORTH, NOW)[0], "w", NOW)
    queue(store, card(NORTH, 2, "a"), card(NORTH, 3, "a"), card(NORTH, 4))
    doubtful = store.waiting(NORTH, NOW)
    assert numbers(doubtful) == [1]
    store.sent(doubtful[0], "m1", NOW)
    following = store.waiting(NORTH, NOW)
    assert numbers(following) == [3, 4]
    assert following[0].message_id == "m1"


def test_a_place_that_must_wait_blocks_itself_and_no_other(store):
    queue(store, card(NORTH, 1), card(NORTH, 2), card(SOUTH, 3))
    store.postpone(store.waiting(NORTH, NOW)[0], after(minutes=5), "too fast")
    assert list(store.waiting(NORTH, NOW)) == []
    assert store.lease("one", NOW).place == SOUTH
    assert store.lease("two", NOW) is None
    assert store.lease("two", after(minutes=5)).place == NORTH
    assert numbers(store.waiting(NORTH, after(minutes=5))) == [1, 2]


def test_an_update_does_not_shorten_the_wait_that_the_other_side_asked_for(store):
    queue(store, card(NORTH, 1, "a"))
    store.postpone(store.waiting(NORTH, NOW)[0], after(minutes=5), "too fast")
    queue(store, card(NORTH, 2, "a"))
    assert store.lease("one", NOW) is None
    assert list(store.waiting(NORTH, NOW)) == []
    assert numbers(store.waiting(NORTH, after(minutes=5))) == [2]


def test_a_row_that_must_wait_holds_back_what_comes_after(store):
    queue(store, card(NORTH, 1), card(NORTH, 2), card(NORTH, 3))
    store.postpone(store.waiting(NORTH, NOW)[1], after(minutes=5), "too fast")
    assert numbers(store.waiting(NORTH, NOW)) == [1]


def test_a_buried_row_lets_the_next_one_pass(store):
    queue(store, card(NORTH, 1), card(NORTH, 2))
    store.bury(store.waiting(NORTH, NOW)[0], "no such channel", NOW)
    assert numbers(store.waiting(NORTH, NOW)) == [2]


def test_what_is_told_of_a_burial_is_queued_with_it_and_once(store):
    queue(store, card(NORTH, 1))
    row = store.waiting(NORTH, NOW)[0]
    alarm = Tell(SOUTH, Alarmed("undelivered", str(NORTH)))
    for _ in range(2):
        store.bury(row, "no such channel", NOW, [alarm])
    assert [each.tell for each in store.waiting(SOUTH, NOW)] == [alarm]


def test_what_is_over_stays_over(store):
    queue(store, card(NORTH, 1))
    row = store.waiting(NORTH, NOW)[0]
    store.bury(row, "no such channel", NOW)
    store.postpone(row, NOW, "late")
    store.sent(row, "m", NOW)
    assert list(store.waiting(NORTH, NOW)) == []
    assert store.next_send_at() is None


def test_the_next_sending_is_when_a_place_is_due_and_free(store):
    queue(store, card(NORTH, 1), card(NORTH, 2), at=after(seconds=-5))
    assert store.next_send_at() == after(seconds=-5)
    queue(store, card(SOUTH, 3))
    store.postpone(store.waiting(NORTH, NOW)[0], after(minutes=5), "too fast")
    assert store.next_send_at() == NOW
    store.lease("w", NOW)
    assert store.next_send_at() == after(seconds=30)
    send(store, store.waiting(SOUTH, NOW)[0])
    assert store.next_send_at() == after(minutes=5)


def test_an_expired_lease_delays_nothing(store):
    queue(store, card(NORTH, 1), at=after(minutes=1))
    store.lease("one", NOW)
    assert store.next_send_at() == after(minutes=1)


def test_what_was_sent_or_replaced_is_forgotten_after_seven_days_and_what_was_not_is_kept(store):
    queue(store, card(NORTH, 1, "a"), card(NORTH, 2, "a"), card(NORTH, 3), card(NORTH, 4))
    replaced, dead, open_one = store.waiting(NORTH, NOW)
    send(store, replaced, "m")
    store.bury(dead, "gone", NOW)
    store.purge(after(days=6))
    store.purge(after(days=8))
    assert store.waiting(NORTH, NOW) == (open_one,)
    queue(store, card(NORTH, 5, "a"))
    update = store.waiting(NORTH, NOW)[1]
    assert update.message_id == "m"
    assert update.id > open_one.id


def test_what_was_given_up_can_be_looked_at_the_latest_first(store):
    queue(store, card(NORTH, 1), card(SOUTH, 2), card(SOUTH, 3))
    assert list(store.undelivered()) == []
    store.bury(store.waiting(NORTH, NOW)[0], "no such channel", after(minutes=1))
    for minutes, why in ((2, ""), (3, "archived")):
        store.bury(store.waiting(SOUTH, NOW)[0], why, after(minutes=minutes))
    assert list(store.undelivered(2)) == [
        Undelivered(SOUTH, "archived", after(minutes=3)),
        Undelivered(SOUTH, "", after(minutes=2)),
    ]
    assert len(store.undelivered()) == 3
