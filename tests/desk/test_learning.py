"""What the questions of a while teach: what was chosen, what did not help, what people had to answer, and what that cost."""

from datetime import date, timedelta

import pytest
from room import answer, suggestions

from bot.desk.learning import articles_for, disappointing, lessons, lessons_for, overdue, unused, uses, uses_for
from bot.domain.articles import ArticleId
from bot.domain.commands import Ask, AskPerson, Claim, ItDidNotHelp, ItHelped, Resolve, ShowArticle
from bot.domain.people import SystemId
from bot.domain.refusals import NotAllowed

WORDS = "omsorgsjournalen viser alle navne som små firkanter"


def learned(room):
    now = room.clock.now()
    with room.store.reading() as ledger:
        return lessons(ledger, room.knowledge.now(), now - timedelta(days=1), now + timedelta(seconds=1))


def used(room):
    now = room.clock.now()
    with room.store.reading() as ledger:
        return uses(ledger, room.knowledge.now(), now - timedelta(days=1), now + timedelta(seconds=1))


def of(found, article):
    return next(each for each in found if each.article.id == article)


@pytest.fixture
def shown(room):
    """Mia was shown three articles to choose among."""
    room.search.found = suggestions("vpn-hjemmefra", "vpn-opret", "teams-lyd")
    room.must("mia", Ask("jeg kan ikke komme på hjemmefra"))
    return room


def test_a_suggestion_that_was_chosen_is_a_phrasing_that_its_article_lacks(shown, known):
    first, second = sorted(known.articles)[:2]
    shown.search.found = suggestions(first, second)
    shown.must("mia", Ask("en helt anden måde at sige det på"))
    shown.must("mia", ShowArticle("q2", ArticleId(second)))
    lesson = learned(shown)[-1]
    assert (lesson.words, lesson.chosen) == ("en helt anden måde at sige det på", second)
    assert shown.question("q2").shown == (second, first), "with what was shown"
    shown.must("mia", ItDidNotHelp("q2"))
    assert learned(shown)[-1].chosen is None, "it did not help after all"


def test_an_answer_that_helped_teaches_nothing_new(room, known):
    room.search.found = answer(next(iter(known.articles)))
    room.must("mia", Ask("det kender botten"))
    room.must("mia", ItHelped("q1"))
    assert learned(room) == []


def test_what_a_person_solved_is_kept_with_words_solution_and_time(room):
    room.must("mia", AskPerson(WORDS))
    room.passes(minutes=5)
    room.must("sam", Claim(1))
    room.passes(minutes=20)
    room.must("sam", Resolve(1, "Skift skrifttype under Vis, og log ind igen."))
    (lesson,) = learned(room)
    assert (lesson.words, lesson.system) == (WORDS, SystemId("omsorgsjournalen"))
    assert (lesson.solution, lesson.spent_s) == ("Skift skrifttype under Vis, og log ind igen.", 20 * 60)


def test_a_ticket_without_a_solution_yet_has_cost_its_time_all_the_same(claimed):
    claimed.passes(minutes=30)
    (lesson,) = learned(claimed)
    assert (lesson.solution, lesson.spent_s) == ("", 30 * 60 + 1), "up to the second that is asked about"


def test_what_was_erased_teaches_nothing(claimed):
    text = claimed.question().text
    with claimed.store.transaction() as ledger:
        ledger.erase([text])
    assert learned(claimed) == []


def test_articles_are_counted_by_what_people_said_of_them(room, known):
    one, two, three = list(known.articles)[:3]
    for nth, (article, said) in enumerate([(one, ItHelped), (one, ItDidNotHelp), (two, None), ("gone", None)], 1):
        room.search.found = answer(article)
        room.must("mia", Ask(f"spørgsmål nummer {nth}"))
        if said:
            room.must("mia", said(f"q{nth}"))
    found = used(room)
    first = of(found, one)
    assert (first.shown, first.helped, first.not_helped, first.last) == (2, 1, 1, room.clock.now())
    assert (of(found, two).shown, of(found, three).shown) == (1, 0)
    assert [each.article.id for each in disappointing(found)] == [one]
    idle = [each.article.id for each in unused(found)]
    assert three in idle
    assert one not in idle


def test_articles_past_their_review_date_come_longest_first(room, known):
    late = overdue(used(room), room.clock.now())
    assert all(each.article.review_by < room.clock.now().date() for each in late)
    far = room.clock.now().replace(year=2040)
    dates = [each.article.review_by for each in overdue(used(room), far)]
    assert dates == sorted(dates)
    assert len(dates) == sum(isinstance(each.review_by, date) for each in known.articles.values())


BACK = timedelta(days=1)


def test_only_those_who_help_look_at_what_was_learned(room):
    for look in (uses_for, lessons_for):
        with pytest.raises(NotAllowed):
            look(room.desk, room.person("mia"), BACK)
    with pytest.raises(NotAllowed):
        articles_for(room.desk, room.person("karen"))


def test_a_superuser_is_told_of_her_systems_and_it_of_all(claimed):
    claimed.passes(minutes=5)
    assert [each.words for each in lessons_for(claimed.desk, claimed.person("sam"), BACK)] == [WORDS]
    assert [each.words for each in lessons_for(claimed.desk, claimed.person("ivo"), BACK)] == [WORDS]
    assert lessons_for(claimed.desk, claimed.person("lone"), BACK) == []


def test_what_is_hidden_from_her_is_not_among_what_is_counted(room, known):
    hidden = {each.id for each in known.articles.values() if not each.is_for(room.person("sam"))}
    assert hidden
    assert not hidden & {each.article.id for each in uses_for(room.desk, room.person("sam"), BACK)}
    assert hidden & {each.article.id for each in uses_for(room.desk, room.person("ivo"), BACK)}
