"""The questions that articles bring along are asked of the search, as somebody who may see the article."""

from dataclasses import dataclass

from house_in_files import House

from bot.domain.articles import Answer, ArticleId, Found, NoAnswer, Suggestions
from bot.storage.knowledge import ask_golden

ARTICLES = "articles/pc.yaml"
VPN, COFFEE = ArticleId("vpn-hjemme"), ArticleId("kaffe")
ANSWERED = Answer(VPN, 0.9, ())
NOTHING = NoAnswer(())


@dataclass
class Finder:
    """Answers each question as it was told."""

    said: dict[str, Found]
    seen: frozenset[ArticleId] | None = None

    def __call__(self, question: str, visible: frozenset[ArticleId] | None = None) -> Found:
        self.seen = visible
        return self.said.get(question, NOTHING)


MATCH, EXCLUDED = "sidder i sommerhuset og mangler mappen", "hvem bestiller kage"


def asked(house: House, said: dict[str, Found]) -> list[str]:
    loaded = house.load()
    assert loaded.known
    return [str(each) for each in ask_golden(loaded.known.articles, loaded.golden_lines, Finder(said))]


def test_an_article_that_is_answered_or_offered_is_found(house: House):
    assert asked(house, {MATCH: ANSWERED}) == []
    assert asked(house, {MATCH: Suggestions((COFFEE, VPN), ())}) == []


def test_an_article_that_is_not_found_is_told_at_its_question(house: House):
    where = f'{house.where(ARTICLES, 18)}vpn-hjemme: tests.matches "{MATCH}" does not find this article'
    assert asked(house, {}) == [f"{where}: there is no answer"]
    assert asked(house, {MATCH: Answer(COFFEE, 0.9, ())}) == [f"{where}: the answer is kaffe"]
    assert asked(house, {MATCH: Suggestions((COFFEE,), ())}) == [f"{where}: suggested are kaffe"]
    assert asked(house, {MATCH: NoAnswer((), not_covered=COFFEE)}) == [f"{where}: kaffe says that it is not ours"]


def test_an_article_that_answers_what_it_should_not_is_told(house: House):
    assert asked(house, {MATCH: ANSWERED, EXCLUDED: ANSWERED}) == [
        f'{house.where(ARTICLES, 20)}vpn-hjemme: tests.not "{EXCLUDED}" is answered with this article and should not be'
    ]
    assert asked(house, {MATCH: ANSWERED, EXCLUDED: Suggestions((VPN,), ())}) == []


def test_a_subject_that_is_not_ours_is_found_when_a_person_takes_over(house: House):
    house.change(ARTICLES, "covered: false", "covered: false\n  tests: {matches: [er der kage]}")
    found: dict[str, Found] = {MATCH: ANSWERED}
    assert asked(house, found) == []
    assert asked(house, found | {"er der kage": NoAnswer((), not_covered=COFFEE)}) == []
    assert asked(house, found | {"er der kage": Suggestions((VPN,), ())}) == [
        f'{house.where(ARTICLES, 28)}kaffe: tests.matches "er der kage" does not find this article: suggested are vpn-hjemme'
    ]


def test_questions_are_asked_by_somebody_who_may_see_the_article(house: House):
    house.change(ARTICLES, "covered: false", "audience: [contract_manager]")
    loaded = house.load()
    assert loaded.known
    finder = Finder({MATCH: ANSWERED})
    assert ask_golden(loaded.known.articles, loaded.golden_lines, finder) == ()
    assert finder.seen == frozenset({VPN})
