"""An employee asks: what competes, what is offered, and how it becomes one ticket with the same words."""

from dataclasses import replace

import pytest
from room import WORDS, answer, suggestions

from bot.domain.articles import ArticleId, NoAnswer, Ranked
from bot.domain.commands import (
    Ask,
    AskPerson,
    ChooseSystem,
    GoAway,
    ItDidNotHelp,
    ItHelped,
    Kind,
    Place,
    ShowArticle,
)
from bot.domain.people import PersonId, SystemId, Tier
from bot.domain.refusals import UnknownButton

FOR_IT, UNCOVERED = ArticleId("nulstil-mfa-kollega"), ArticleId("borgerens-eget-it")
QUEUE, JAM = ArticleId("printerkoe-haenger"), ArticleId("papirstop")
VAGUE = "det driller igen"  # no system is named


def test_what_is_meant_for_others_does_not_compete(room):
    room.must("mia", Ask("nulstil mfa"))
    assert FOR_IT not in room.search.visible
    room.must("ivo", Ask("nulstil mfa"))
    assert FOR_IT in room.search.visible


def test_in_a_channel_only_what_everybody_may_read_competes(room):
    room.must("ivo", Ask("nulstil mfa"), Place("web", Kind.CHANNEL, "it"))
    assert FOR_IT not in room.search.visible
    assert QUEUE in room.search.visible


def test_one_of_the_suggestions_becomes_the_answer(room):
    room.search.found = suggestions(QUEUE, JAM)
    room.must("mia", Ask(VAGUE))
    room.must("mia", ShowArticle("q1", JAM))
    assert (room.question().outcome, room.question().shown) == ("answer", (JAM, QUEUE))
    assert "Ansvarlig: print@fjordby.example" in room.heard()[-1]
    room.must("mia", ItHelped("q1"))
    assert room.question().helped


def test_the_name_of_a_system_alone_says_nothing_of_what_is_wrong_with_it(room):
    room.search.found = answer(QUEUE, "vpn-hjemmefra", JAM, "tilfoej-printer", "follow-me-print")
    room.must("mia", Ask("Printer?"))
    assert (room.question().outcome, room.question().shown) == ("suggestions", (QUEUE, JAM, "tilfoej-printer"))
    room.must("mia", Ask("Printer hænger"))
    assert room.question("q2").outcome == "answer"
    room.search.found = answer(QUEUE, "vpn-hjemmefra")
    room.must("mia", Ask("printer"))
    assert room.question("q3").outcome == "answer"  # the only one that there is about it


def test_what_helped_is_noted_once(room):
    room.search.found = answer(QUEUE)
    room.must("mia", Ask(VAGUE))
    for _ in range(2):
        room.must("mia", ItHelped("q1"))
    with room.store.reading() as ledger:
        assert [each.type for each in ledger.events("Q-q1")] == ["asked", "helped"]
    assert len(room.heard()) == 2


def test_an_article_that_is_not_for_them_cannot_be_opened_by_its_name(room):
    room.must("mia", Ask(VAGUE))
    assert isinstance(room.does("mia", ShowArticle("q1", FOR_IT)), UnknownButton)


def test_a_subject_that_is_not_ours_is_never_shown_as_an_answer(room):
    room.must("mia", Ask(VAGUE))
    assert isinstance(room.does("mia", ShowArticle("q1", UNCOVERED)), UnknownButton)


@pytest.mark.parametrize("command", [ItDidNotHelp("q1"), ShowArticle("q1", QUEUE), ChooseSystem("q1", None)])
def test_whatever_is_pressed_afterwards_it_is_the_same_ticket(room, command):
    room.search.found = answer(QUEUE)
    room.must("mia", Ask(VAGUE))
    assert room.must("mia", ItDidNotHelp("q1")) == "#1"
    assert room.must("mia", command) == "#1"
    with room.store.reading() as ledger:
        assert [each.number for each in ledger.open_tickets()] == [1]


def test_a_system_named_in_the_words_wins_over_that_of_the_answer(room):
    room.search.found = answer(QUEUE)
    room.must("mia", Ask("outlook kan ikke åbnes"))
    room.must("mia", ItDidNotHelp("q1"))
    assert room.ticket().system == "outlook"


def test_two_systems_in_the_words_are_asked_about_best_guess_first(room):
    room.must("mia", Ask("outlook skriver ikke ud på printeren"))
    room.must("mia", ItDidNotHelp("q1"))
    assert set(room.question().choosing[:2]) == {"outlook", "printere"}
    room.must("mia", ChooseSystem("q1", SystemId("printere")))
    assert (room.ticket().system, room.ticket().group) == ("printere", "printere-nord")


def test_where_the_words_say_nothing_the_near_answers_and_the_site_are_guessed_from(room):
    room.search.found = NoAnswer((Ranked(QUEUE, 0.1), Ranked(ArticleId("gone"), 0.1)))
    room.must("mia", Ask(VAGUE))
    room.must("mia", ItDidNotHelp("q1"))
    assert room.question().choosing == ("printere", "omsorgsjournalen", "tablets")


def test_nobody_knows_which_system_so_it_takes_it(room):
    room.must("mia", Ask(VAGUE))
    room.must("mia", ItDidNotHelp("q1"))
    room.heard()
    room.must("mia", ChooseSystem("q1", None))
    assert (room.ticket().tier, room.ticket().why) == (Tier.IT, "unknown_system")
    assert any("✓ Ved ikke" in each for each in room.heard())


def test_a_guess_of_the_search_is_enough_to_know_the_system(room):
    room.search.found = NoAnswer((), SystemId("printere"), ArticleId("scan-til-mail"))
    room.must("mia", Ask(VAGUE))
    assert room.must("mia", ItDidNotHelp("q1")) == "#1"
    assert room.ticket().system == "printere"


def test_a_subject_that_no_system_answers_for_goes_to_it_without_asking(room):
    room.search.found = NoAnswer((), None, UNCOVERED)
    room.must("mia", Ask(VAGUE))
    assert room.must("mia", ItDidNotHelp("q1")) == "#1"
    assert room.ticket().tier is Tier.IT


def test_but_if_it_names_two_systems_that_is_asked(room):
    room.search.found = NoAnswer((), None, UNCOVERED)
    room.must("mia", Ask("borgerens outlook og printer"))
    assert room.must("mia", ItDidNotHelp("q1")) == ""
    assert len(room.question().choosing) == 2


def test_an_article_that_was_withdrawn_meanwhile_stops_nothing(room):
    room.search.found = answer(QUEUE)
    room.must("mia", Ask(VAGUE))
    known = room.knowledge.value
    room.knowledge.value = replace(
        known, articles={name: each for name, each in known.articles.items() if name != QUEUE}
    )
    room.must("mia", ItDidNotHelp("q1"))
    room.must("mia", ChooseSystem("q1", SystemId("printere")))
    assert room.ticket().title == VAGUE


# A person at once


def test_asked_for_a_person_the_next_words_are_the_question(room):
    room.must("mia", AskPerson())
    assert [each.split(".")[0] for each in room.heard()] == ["Mia: Jeg finder et menneske"]
    assert room.must("mia", Ask(WORDS)) == "#1"
    assert room.ticket().title == WORDS
    assert not any("fandt jeg ikke" in each for each in room.heard())


def test_before_anything_is_said_there_is_nothing_to_hand_over(room):
    room.must("mia", AskPerson())
    for command in (ItDidNotHelp("q1"), ChooseSystem("q1", None)):
        assert isinstance(room.does("mia", command), UnknownButton)


def test_asked_for_a_person_after_a_question_it_is_about_that_question(room):
    room.search.found = answer(QUEUE)
    room.must("mia", Ask("udskriftskøen hænger"))
    assert room.must("mia", AskPerson()) == "#1"
    assert room.ticket().title == "udskriftskøen hænger"
    assert room.question().helped is False


def test_a_question_that_is_a_ticket_already_is_not_meant(room):
    room.must("mia", AskPerson(WORDS))
    assert room.must("mia", AskPerson()) == ""


def test_nor_is_one_from_this_morning(room):
    room.must("mia", Ask(WORDS))
    room.passes(minutes=31)
    assert room.must("mia", AskPerson()) == ""


def test_two_misses_in_a_row_and_a_person_is_offered_instead_of_a_guess(room):
    room.search.found = suggestions(QUEUE)
    room.must("mia", Ask("et"))
    room.must("mia", ItDidNotHelp("q1"))
    room.search.found = NoAnswer(())
    room.must("mia", Ask("to"))
    assert room.question("q2").outcome == "enough"
    room.search.found = suggestions(QUEUE)
    room.must("mia", Ask("tre"))
    assert room.question("q3").outcome == "enough"
    room.search.found = answer(QUEUE)
    room.must("mia", Ask("fire"))
    assert room.question("q4").outcome == "answer"


# To whom


def test_the_superusers_of_the_site_are_asked(room):
    room.must("nadia", AskPerson(WORDS))
    assert room.ticket().group == "omsorg-syd"


def test_where_nobody_of_them_is_there_it_is_asked_and_told_why(room):
    for who in ("sam", "sue"):
        room.must(who, GoAway("mandag"))
    room.must("mia", AskPerson(WORDS))
    assert (room.ticket().tier, room.ticket().why) == (Tier.IT, "nobody_present")


def test_at_night_it_is_asked(room):
    room.passes(hours=13)
    room.must("mia", AskPerson(WORDS))
    assert room.ticket().why == "nobody_present"


def test_a_system_without_superusers_goes_to_it(room):
    known = room.knowledge.value
    systems = dict(known.organisation.systems)
    systems["outlook"] = replace(systems["outlook"], superuser_groups=())
    room.knowledge.value = replace(known, organisation=replace(known.organisation, systems=systems))
    room.must("mia", AskPerson("outlook er langsom"))
    assert (room.ticket().tier, room.ticket().why) == (Tier.IT, "no_superusers")


def test_who_asked_is_known_by_id_and_site(room):
    room.must("mia", AskPerson(WORDS))
    assert (room.ticket().requester, room.ticket().site) == (PersonId("mia"), "hjemmepleje-nord")
