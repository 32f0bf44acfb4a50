"""One door for every messenger: what was meant is done once, however often it arrives and whoever else is at it."""

from dataclasses import replace

import pytest
from room import WORDS, Busy

from bot.desk.ports import AlreadyDone, Changed
from bot.desk.reception import TRIES, handle, receive
from bot.domain.commands import (
    AskPerson,
    Claim,
    ComeBack,
    Comment,
    Done,
    GoAway,
    Help,
    Kind,
    Mine,
    Overview,
    Place,
    Reopen,
    Resolve,
    Status,
)
from bot.domain.refusals import AlreadyClaimed
from bot.domain.ticket import State


def test_a_repeat_is_known_and_handled_again_it_does_nothing(room):
    delivery = room.delivery("mia", AskPerson(WORDS))
    assert receive(room.desk, delivery)
    assert not receive(room.desk, delivery)
    assert handle(room.desk, delivery) == Done("#1")
    assert handle(room.desk, delivery) == Done()
    with room.store.reading() as ledger:
        assert [each.number for each in ledger.open_tickets()] == [1]


def test_a_refusal_ends_the_delivery_too(claimed):
    delivery = claimed.delivery("sue", Claim(1))
    receive(claimed.desk, delivery)
    assert isinstance(handle(claimed.desk, delivery), AlreadyClaimed)
    assert list(claimed.store.unfinished()) == []


def test_what_another_worker_did_meanwhile_is_the_answer(claimed):
    """It looks refused to the second only because the first did it."""
    delivery = claimed.delivery("sam", Resolve(1, "Genstart"))
    receive(claimed.desk, delivery)
    assert isinstance(handle(claimed.desk, delivery), Done)
    assert handle(claimed.desk, delivery) == Done()
    refused = claimed.delivery("sue", Claim(1))
    receive(claimed.desk, refused)
    assert handle(claimed.desk, refused) == handle(claimed.desk, refused)
    claimed.deliver()
    assert [each.split(":")[0] for each in claimed.heard()].count("Sue") == 1


class Elsewhere:
    """A store on which another worker ends the delivery while this one is at it."""

    def __init__(self, store, times=1):
        self._store, self._times = store, [times]

    def __getattr__(self, name):
        return getattr(self._store, name)

    def finishing(self, _delivery):
        return self

    def transaction(self):
        raise AlreadyDone


def test_of_two_workers_on_one_delivery_the_second_has_nothing_to_do(offered):
    outcome = handle(replace(offered.desk, store=Elsewhere(offered.store)), offered.delivery("sam", Claim(1)))
    assert outcome == Done()
    assert offered.heard() == []


def test_somebody_was_quicker_and_it_is_decided_anew(offered):
    offered.desk = replace(offered.desk, store=Busy(offered.store, TRIES - 1))
    assert offered.must("sam", Claim(1)) == "#1"


def test_but_not_for_ever(offered):
    bot = replace(offered.desk, store=Busy(offered.store, TRIES))
    delivery = offered.delivery("sam", Claim(1))
    receive(bot, delivery)
    with pytest.raises(Changed):
        handle(bot, delivery)
    assert [each.key for each in offered.store.unfinished()] == [delivery.key]


def test_the_same_claim_twice_is_told_once(claimed):
    claimed.must("sam", Claim(1))
    assert claimed.heard() == []


def test_a_view_is_shown_to_the_one_who_asked_also_from_a_channel(claimed):
    for command in (Help(), Mine(), Status("1"), GoAway("mandag"), ComeBack()):
        claimed.must("sam", command, Place("web", Kind.CHANNEL, "omsorg-nord"))
    claimed.must("ivo", Overview(), Place("web", Kind.CHANNEL, "it"))
    assert {each.split(":")[0] for each in claimed.heard()} == {"Sam", "Ivo"}


# A person acts on a ticket


def test_reopened_without_a_word_why(claimed):
    claimed.must("sam", Resolve(1, "Genstart"))
    claimed.must("mia", Reopen(1, "  "))
    assert claimed.ticket().state is State.CLAIMED
    with claimed.store.reading() as ledger:
        assert "comment" not in {each.kind for each in ledger.texts_of("#1")}


@pytest.mark.parametrize("text", ["tak", "Tusind tak for hjælpen!", "super, det virker nu", "thanks a lot"])
def test_thanks_do_not_reopen(claimed, text):
    claimed.must("sam", Resolve(1, "Genstart"))
    claimed.must("mia", Comment(1, text))
    assert claimed.ticket().state is State.RESOLVED


@pytest.mark.parametrize("text", ["tak, men det virker ikke", "den er gal igen", "nej"])
def test_other_words_do(claimed, text):
    claimed.must("sam", Resolve(1, "Genstart"))
    claimed.must("mia", Comment(1, text))
    assert claimed.ticket().state is State.CLAIMED


def kinds(room):
    with room.store.reading() as ledger:
        return [each.kind for each in ledger.texts_of("#1")]


@pytest.mark.parametrize(
    ("who", "text", "audience", "kind"),
    [
        ("sam", "hej", None, "comment"),
        ("sam", "// hun har vist slukket", None, "internal"),
        ("sam", "🔒 hun har vist slukket", None, "internal"),
        ("sam", "hej", "internal", "internal"),
        ("sue", "prøv rullen", None, "internal"),
        ("sue", "prøv rullen", "employee", "comment"),
        ("ivo", "det er driveren", None, "internal"),
        ("mia", "// det er stadig galt", None, "comment"),
        ("mia", "hej", "internal", "comment"),
    ],
)
def test_what_is_carried_to_the_employee(claimed, who, text, audience, kind):
    claimed.must(who, Comment(1, text, audience))
    assert kinds(claimed) == [kind]


@pytest.mark.parametrize("audience", [None, "employee"])
def test_before_a_claim_nothing_is_carried(offered, audience):
    offered.must("sue", Comment(1, "mon det er rullen?", audience))
    assert kinds(offered) == ["internal"]
    assert not any(each.startswith("Mia") for each in offered.heard())
