"""What opens beside a conversation: a person's own page, the card behind a button, a clock; and who may see it."""

import pytest
from room import WORDS, answer

from bot.desk.showing import behind, front
from bot.domain.articles import ArticleId
from bot.domain.commands import (
    Ask,
    AskPerson,
    Claim,
    Comment,
    Explain,
    HandOver,
    Help,
    Kind,
    Log,
    Milestone,
    Mine,
    Place,
    Resolve,
)
from bot.domain.notices import CaseShown, Tell, TicketShown, ViewShown
from bot.domain.refusals import NoSuchCase

FOR_IT, QUEUE = ArticleId("nulstil-mfa-kollega"), ArticleId("printerkoe-haenger")
CHANNEL = Place("web", Kind.CHANNEL, "C1")


def notices(shown):
    return [notice for notice, _ in shown]


def test_an_employee_sees_what_they_asked_and_nothing_to_claim(offered):
    found = front(offered.desk, offered.person("mia"))
    assert notices(found.asked) == [TicketShown(1)]
    assert (found.claimed, found.offered, found.helps) == ((), (), False)
    assert found.asked[0][1].reader == offered.person("mia")


def test_a_superuser_sees_what_is_free_oldest_first_and_then_what_they_have(offered):
    offered.passes(minutes=2)
    offered.must("oluf", AskPerson(WORDS))
    sam = offered.person("sam")
    found = front(offered.desk, sam)
    assert [notice.ticket for notice in notices(found.offered)] == [1, 2]
    assert notices(front(offered.desk, sam, most=1).offered) == [TicketShown(1, "omsorg-nord")]
    assert found.helps
    offered.must("sam", Claim(1))
    found = front(offered.desk, sam)
    assert (notices(found.claimed), [each.ticket for each in notices(found.offered)]) == (
        [TicketShown(1, "omsorg-nord")],
        [2],
    )


def test_what_a_superuser_asked_is_not_offered_to_themselves(room):
    room.must("sam", AskPerson(WORDS))
    found = front(room.desk, room.person("sam"))
    assert (notices(found.asked), found.offered) == ([TicketShown(1)], ())


def test_behind_a_button_stands_the_card_of_its_reader(claimed):
    desk = claimed.desk
    assert behind(desk, claimed.person("sam"), Resolve(1))[0] == TicketShown(1, "omsorg-nord")
    assert behind(desk, claimed.person("mia"), Comment(1, ""))[0] == TicketShown(1)
    assert behind(desk, claimed.person("mia"), Mine()) is None
    assert behind(desk, claimed.person("sam"), Explain("#1"))[0] == ViewShown("clock", "#1")
    for command in (Resolve(1), HandOver(1), Explain("#1"), Resolve(9)):
        with pytest.raises(NoSuchCase):
            behind(desk, claimed.person("oluf"), command)


def test_a_supplier_case_opens_for_those_who_look_after_suppliers(handed_over):
    desk = handed_over.desk
    log = Log(1, Milestone.ACKNOWLEDGED)
    assert behind(desk, handed_over.person("ivo"), log)[0] == CaseShown(1)
    assert behind(desk, handed_over.person("karen"), Explain("S-1"))[0] == ViewShown("clock", "S-1")
    for command in (log, Explain("S-1")):
        with pytest.raises(NoSuchCase):
            behind(desk, handed_over.person("sam"), command)


def test_where_others_read_along_what_is_for_some_is_answered_to_the_one_who_asked(room):
    room.search.found = answer(FOR_IT)
    room.must("ivo", Ask("nulstil mfa for en kollega"), CHANNEL)
    there, here = room.heard()
    assert (there, here.startswith("Ivo: ")) == (
        "#C1: Det svarer jeg på i en direkte besked til dig, for her læser andre med.",
        True,
    )
    assert room.question().place == Place("web", Kind.DIRECT, "ivo")


def test_what_is_for_everyone_is_answered_where_it_was_asked(room):
    room.search.found = answer(QUEUE)
    room.must("mia", Ask("printerkøen hænger"), CHANNEL)
    assert [each.partition(":")[0] for each in room.heard()] == ["#C1"]


def test_who_is_answered_for_their_eyes_only_is_answered_right_there(room):
    whispered = Place("web", Kind.DIRECT, "mia", "C1")
    room.must("mia", Help(), whispered)
    assert room.console.said[-1].place == whispered
    room.must("mia", Help(), CHANNEL)
    assert room.console.said[-1].place == Place("web", Kind.DIRECT, "mia")


def test_who_sends_a_file_is_told_that_it_stays_where_it_is(room):
    with room.store.transaction() as ledger:
        ledger.queue([Tell(Place("web", Kind.DIRECT, "mia"), ViewShown("file"))], room.clock.now())
    room.deliver()
    assert room.heard() == ["Mia: Jeg henter ikke filer. Den anden part får at vide, at filen ligger her."]
