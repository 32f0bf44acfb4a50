"""What a person may not see does not compete, speak or show."""

from dataclasses import replace

import numpy as np
from fjordby import ARTICLES, GLOSSARY
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.articles import Answer, ArticleId, Found, NoAnswer
from bot.search import Engine
from bot.search.build import build, shelve
from bot.search.corpus import Corpus
from bot.search.features import features
from bot.search.index import weigh
from bot.search.scores import candidates, score

HIDDEN = ArticleId("lederloen")
EVERYBODY = frozenset(each.id for each in ARTICLES if each.is_for_everyone)


def test_a_hidden_article_is_not_found_even_word_for_word(engine: Engine) -> None:
    question = "frist for indstilling til løntillæg"
    assert engine.find(question) == _answer(engine.find(question), HIDDEN)
    assert HIDDEN not in {each.article for each in engine.find(question, EVERYBODY).ranked}


def test_who_may_see_nothing_gets_a_person(engine: Engine) -> None:
    assert engine.find("Jeg har glemt min adgangskode", frozenset()) == NoAnswer(())


def test_the_only_visible_article_needs_more_than_to_be_the_only_one(engine: Engine) -> None:
    only = frozenset({ArticleId("vpn")})
    assert isinstance(engine.find("Hvordan kommer jeg på VPN hjemmefra", only), Answer)
    assert isinstance(engine.find("hvem vandt fodboldkampen i går", only), NoAnswer)


def test_a_hidden_rival_takes_no_confidence_from_the_article_that_is_visible(engine: Engine) -> None:
    question = "løntillæg og fejl i min løn"
    with_rival = {each.article: each.confidence for each in engine.rank(question)}
    without = {each.article: each.confidence for each in engine.rank(question, EVERYBODY)}
    assert without["loenseddel"] > with_rival["loenseddel"]


@given(st.floats(0, 1), st.sampled_from(["vagt", "min løn er forkert", "teams lyd"]))
def test_no_figure_of_a_visible_article_depends_on_how_well_a_hidden_one_fits(fit: float, question: str) -> None:
    reading = SHELF.read(question)
    changed = replace(
        reading,
        **{
            name: np.where(SHELF.owner == PLACE, np.float32(fit), getattr(reading, name))
            for name in ("characters", "words", "gists")
        },
        documents=np.where(np.arange(len(ARTICLES)) == PLACE, np.float32(fit), reading.documents),
        explained=np.where((np.arange(len(ARTICLES)) == PLACE)[:, None], np.float32(fit), reading.explained),
    )
    seen = np.flatnonzero(np.arange(len(ARTICLES)) != PLACE)
    chosen, rows = weigh(SHELF, INDEX.solution, reading, seen)
    chosen_again, rows_again = weigh(SHELF, INDEX.solution, changed, seen)
    assert np.array_equal(chosen, chosen_again)
    assert np.array_equal(rows, rows_again)


def test_margins_are_measured_among_the_visible_alone() -> None:
    seen = np.array([1, 4, 6])
    reading = SHELF.read("se min vagtplan i kalenderen")
    mine = np.where(np.isin(SHELF.owner, seen), reading.kernel, 0) @ INDEX.solution
    table = score(SHELF, reading, mine, np.arange(len(ARTICLES)))[seen]
    chosen, rows = weigh(SHELF, INDEX.solution, reading, seen)
    assert sorted(chosen.tolist()) == [0, 1, 2]
    assert np.allclose(rows, features(table, candidates(table), SHELF.scores))


def _answer(found: Found, article: ArticleId) -> Answer:
    return Answer(article, found.ranked[0].confidence, found.ranked)


CORPUS = Corpus.of(ARTICLES, GLOSSARY)
INDEX = build(CORPUS)
SHELF, _ = shelve(CORPUS)
PLACE = INDEX.articles.index(HIDDEN)
