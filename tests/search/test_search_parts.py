"""Each figure of the search against the library that made it famous."""

import numpy as np
import pytest
from fjordby import ARTICLES, GLOSSARY
from sklearn import linear_model
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.search.build import build, pooled, shelve, shipped_rows
from bot.search.calibrator import Calibrator
from bot.search.corpus import Corpus
from bot.search.leave_out import leave_out
from bot.search.ridge import Ridge, penalty, taught
from bot.search.scores import LEXICAL
from bot.search.text import expanded, grams, language_of, normalise, synonyms

CORPUS = Corpus.of(ARTICLES, GLOSSARY)
SHELF, STEMMED = shelve(CORPUS)
QUESTIONS = ("printeren larmer", "a", "jeg kan ikke huske mit password", "etiketprinter skriver skriver", "")


@pytest.mark.parametrize("question", QUESTIONS)
def test_character_cosines_are_those_of_scikit_learn(question: str) -> None:
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    matrix = vectors.fit_transform(SHELF.texts)
    expected = (matrix @ vectors.transform([question]).T).toarray()[:, 0]
    assert np.allclose(SHELF.characters.cosines(grams(question)), expected, atol=1e-6)


def test_the_ridge_is_that_of_scikit_learn() -> None:
    kernel = np.array([SHELF.look_up(text).kernel for text in SHELF.texts], float)
    targets = np.where(SHELF.owner[:, None] == np.arange(len(ARTICLES)), 1.0, -1.0)
    factor = np.linalg.cholesky((kernel + kernel.T) / 2 + 1e-9 * np.eye(len(kernel)))
    ridge = linear_model.Ridge(alpha=penalty(SHELF), fit_intercept=False).fit(factor, targets)
    assert np.allclose(kernel @ Ridge.of(SHELF).solution, ridge.predict(factor), atol=1e-4)


def test_the_calibrator_is_the_logistic_regression_of_scikit_learn() -> None:
    rows, right = shipped_rows(LEXICAL)
    weights = np.linspace(0.5, 2, len(rows))
    fitted = Calibrator.fitted(rows, right, weights)
    standard = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    peer = linear_model.LogisticRegression(C=1, max_iter=800, tol=1e-8).fit(standard, right, sample_weight=weights)
    assert np.allclose(fitted.confidence(rows), peer.predict_proba(standard)[:, 1], atol=2e-3)


def test_what_is_shipped_was_fitted_to_rows_like_those_that_are_shipped() -> None:
    rows, right = shipped_rows(LEXICAL)
    confidence = Calibrator.shipped(LEXICAL).confidence(rows)
    assert len(rows) == 6_000
    assert abs(confidence.mean() - right.mean()) < 0.005
    assert confidence[right].mean() > 10 * confidence[~right].mean()


def test_the_ridge_hears_the_first_phrasings_of_every_article_when_there_are_too_many() -> None:
    first = np.array([0, 1, 6, 9], np.int32)
    assert taught(first, 9).tolist() == list(range(9))
    assert taught(first, 6).tolist() == [0, 1, 2, 6, 7]


def test_the_own_rows_weigh_half_however_many_they_are() -> None:
    own = list(leave_out(SHELF, STEMMED, Ridge.of(SHELF)))
    once, often = pooled(own, LEXICAL), pooled(own * 4, LEXICAL)
    rows, _ = shipped_rows(LEXICAL)
    assert np.allclose(once.confidence(rows), often.confidence(rows), atol=0.01)


def test_too_little_knowledge_uses_the_coefficients_that_are_shipped() -> None:
    few = build(Corpus.of(ARTICLES[:9]))
    enough = build(CORPUS)
    assert np.array_equal(few.calibrator.coefficients, Calibrator.shipped(LEXICAL).coefficients)
    assert not np.array_equal(enough.calibrator.coefficients, few.calibrator.coefficients)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Æblegrød, på TORSDAG? ", "aeblegroed paa torsdag"),
        ("aeblegroed paa torsdag", "aeblegroed paa torsdag"),
        ("Café Müller: 50 % rabat", "cafe muller 50 rabat"),
        ("e-mail/kalender", "e mail kalender"),
        ("\x00\u202e\ud800", ""),
        ("A\u030argang", "aargang"),
        ("tablet\u00adten \ufeffer\u200b væk", "tabletten er vaek"),
    ],
)
def test_a_text_is_read_in_lower_case_folded_and_without_signs(typed: str, read: str) -> None:
    assert normalise(typed) == read


def test_words_of_one_glossary_group_share_a_token_in_every_form() -> None:
    known = synonyms((("adgangskode", "password"), ("skriver", "printer"), ("delt drev", "shared drive")), "da")
    assert expanded("mit password", known, "da") == "mit password zq0zq"
    assert expanded("adgangskoden og adgangskode", known, "da") == "adgangskoden og adgangskode zq0zq"
    assert expanded("printeren", known, "da") == "printeren zq1zq"
    assert expanded("hvor er shared drive", known, "da") == "hvor er shared drive zq2zq"
    assert expanded("delt kalender", known, "da") == "delt kalender"


def test_a_stem_that_two_groups_share_belongs_to_neither() -> None:
    known = synonyms((("bruger", "konto"), ("bruge", "anvende")), "da")
    assert expanded("bruger", known, "da") == "bruger zq0zq"
    assert expanded("bruge", known, "da") == "bruge zq1zq"
    assert expanded("brugerne", known, "da") == "brugerne"


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["hvordan får jeg en ny kode"], "da"),
        (["how do I get a new password"], "en"),
        (["vpn"], "da"),
        (["how do i log on", "hvor er min vagtplan", "jeg kan ikke finde den"], "da"),
    ],
)
def test_the_language_is_told_by_small_words_and_danish_when_in_doubt(texts: list[str], language: str) -> None:
    assert language_of(texts) == language
