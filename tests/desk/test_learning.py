"""What the questions of a while teach: what people had to answer, what it cost, and which articles earn their keep."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from room import WORDS, answer, suggestions

from bot.desk.learning import disappointing, lessons, overdue, unused, uses
from bot.domain.commands import Ask, AskPerson, Claim, ItDidNotHelp, ItHelped, Resolve, ShowArticle
from bot.domain.people import GroupId


def taught(room):
    until = room.clock.value + timedelta(seconds=1)
    with room.store.reading() as ledger:
        return lessons(ledger, room.knowledge.now(), until - timedelta(days=30), until)


def used(room):
    until = room.clock.value + timedelta(seconds=1)
    with room.store.reading() as ledger:
        return {each.article.id: each for each in uses(ledger, room.knowledge.now(), until - timedelta(days=30), until)}


@pytest.fixture
def two(room):
    """The ids of two articles that everybody may see."""
    return [each.id for each in room.knowledge.now().articles.values() if each.is_for_everyone and each.covered][:2]


def test_an_answer_that_helped_teaches_nothing_new(room, two):
    room.search.found = answer(two[0])
    room.must("mia", Ask("jeg har glemt koden"))
    room.must("mia", ItHelped("q1"))
    assert taught(room) == []
    assert (used(room)[two[0]].shown, used(room)[two[0]].helped, used(room)[two[0]].not_helped) == (1, 1, 0)


def test_a_suggestion_that_was_chosen_is_a_phrasing_its_article_lacks(room, two):
    room.search.found = suggestions(*two)
    room.must("mia", Ask("kan ikke komme ind"))
    assert taught(room) == []  # nobody has said anything yet
    room.must("mia", ShowArticle("q1", two[1]))
    (lesson,) = taught(room)
    assert (lesson.words, lesson.chosen, lesson.spent_s) == ("kan ikke komme ind", two[1], 0)
    room.must("mia", ItDidNotHelp("q1"))
    assert [each.chosen for each in taught(room)] == [None]


def test_what_a_colleague_solved_comes_with_the_solution_and_what_it_cost(offered):
    offered.clock.value += timedelta(minutes=3)
    offered.must("sam", Claim(1))
    offered.clock.value += timedelta(minutes=20)
    offered.must("sam", Resolve(1, "Tryk på skyen."))
    (lesson,) = taught(offered)
    assert (lesson.words, lesson.solution, lesson.spent_s) == (WORDS, "Tryk på skyen.", 20 * 60)
    assert lesson.system == "omsorgsjournalen"


def test_what_nobody_has_solved_has_no_solution(claimed):
    (lesson,) = taught(claimed)
    assert lesson.solution == ""


def test_a_group_without_known_hours_is_taken_to_work_always(claimed):
    claimed.clock.value += timedelta(days=1)
    by_day = taught(claimed)[0].spent_s
    known = claimed.knowledge.value
    organisation = replace(known.organisation, groups={})
    claimed.knowledge.value = replace(known, organisation=organisation)
    assert taught(claimed)[0].spent_s == 86_401 > by_day
    assert GroupId("it") not in organisation.groups


def test_erased_words_teach_nothing(claimed):
    text = claimed.question().text
    with claimed.store.transaction() as ledger:
        ledger.erase([text])
    assert taught(claimed) == []


def test_a_person_asked_for_before_anything_was_said_is_no_lesson(room):
    room.must("mia", AskPerson(""))
    assert taught(room) == []


def test_articles_are_told_apart_by_what_became_of_them(room, two):
    room.search.found = answer(two[0])
    room.must("mia", Ask("første"))
    room.must("mia", ItDidNotHelp("q1"))
    room.must("liv", Ask("anden"))
    found = [*used(room).values()]
    assert [(each.article.id, each.not_helped) for each in disappointing(found)] == [(two[0], 1)]
    assert used(room)[two[0]].last == room.clock.value
    assert two[0] not in {each.article.id for each in unused(found)}
    assert two[1] in {each.article.id for each in unused(found)}


def test_an_article_past_its_review_date_is_overdue_the_longest_first(room, two):
    known = room.knowledge.value
    aged = {name: replace(known.articles[name], review_by=date(2026, 11, 20 - nth)) for nth, name in enumerate(two)}
    room.knowledge.value = replace(known, articles={**known.articles, **aged})
    late = overdue([*used(room).values()], room.clock.value)
    assert [each.article.id for each in late] == [two[1], two[0]]


def test_an_article_that_is_gone_is_not_counted(room, two):
    room.search.found = answer(two[0])
    room.must("mia", Ask("første"))
    known = room.knowledge.value
    room.knowledge.value = replace(known, articles={two[1]: known.articles[two[1]]})
    assert [*used(room)] == [two[1]]
