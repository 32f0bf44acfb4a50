"""The rows that the calibrator learns from equal what a search would say that never had the phrasing: done the slow way."""

import math
from collections import Counter

import numpy as np
import pytest
from fjordby import article
from rapidfuzz import fuzz

from bot.search.build import shelve
from bot.search.corpus import Corpus
from bot.search.features import TYPICAL
from bot.search.leave_out import leave_out
from bot.search.postings import K1, B
from bot.search.ridge import Ridge, penalty
from bot.search.scores import LEXICAL
from bot.search.text import stems
from bot.search.words import meaning, rarity

# One article has two phrasings and one has one; "printer" is in three articles.
TINY = Corpus.of(
    [
        article("a", ("printeren larmer", "min printer larmer og hopper", "larm fra printeren")),
        article("b", ("kalenderen er væk", "hvor er min kalender")),
        article("c", ("ny printer til kontoret",)),
        article("d", ("koden er glemt", "jeg har glemt min kode", "koden til min printer", "ny kode")),
    ]
)
SHELF, STEMMED = shelve(TINY)
RIDGE = Ridge.of(SHELF)
OWNER = SHELF.owner.tolist()
PHRASINGS, ARTICLES = range(len(OWNER)), range(len(TINY.entries))
READINGS = [SHELF.look_up(text) for text in SHELF.texts]


def slow_ridge(asked: int, gone: set[int]) -> list[float]:
    """Taught again from the start, without the phrasings that are gone."""
    left = [each for each in PHRASINGS if each not in gone]
    kernel = np.array([[READINGS[one].kernel[other] for other in left] for one in left], float)
    targets = np.array([[1.0 if OWNER[each] == art else -1.0 for art in ARTICLES] for each in left])
    solution = np.linalg.solve(kernel + penalty(SHELF) * np.eye(len(left)), targets)
    return (READINGS[asked].kernel[left] @ solution).tolist()


def slow_coverage(asked: int, art: int, gone: set[int]) -> float:
    """BM25 of an article's document, counted by hand; idf as if nothing had gone."""
    if all(each in gone for each in PHRASINGS if OWNER[each] == art):
        return 0.0
    whole = [Counter(word for each in PHRASINGS if OWNER[each] == one for word in STEMMED[each]) for one in ARTICLES]
    left = Counter(word for each in PHRASINGS if OWNER[each] == art and each not in gone for word in STEMMED[each])
    average = sum(each.total() for each in whole) / len(whole)
    df = Counter(word for each in whole for word in each)
    idf = {word: math.log(1 + (len(whole) - n + 0.5) / (n + 0.5)) for word, n in df.items()}
    words = set(stems(SHELF.texts[asked], "da"))
    parts = (idf[w] * left[w] / (left[w] + K1 * (1 - B + B * left.total() / average)) for w in words)
    return sum(parts) / sum(idf[word] for word in words)


def slow_explained(asked: int, art: int, gone: set[int]) -> list[float]:
    """Word by word against the words that the article has left."""
    left = [each for each in PHRASINGS if OWNER[each] == art and each not in gone]
    have = {word for each in left for word in SHELF.texts[each].split()}
    have_stems = {stem for each in left for stem in STEMMED[each]}
    words = list(dict.fromkeys(SHELF.texts[asked].split()))
    said = [float(stems(word, "da")[0] in have_stems) for word in words]
    alike = [max([float(meaning(word) @ meaning(other)) for other in have], default=0.0) for word in words]
    near = [max(one, min(max((other - 0.3) / 0.7, 0.0), 1.0)) for one, other in zip(said, alike, strict=True)]
    rare = [rarity(word) for word in words]
    return [
        sum(r * s for r, s in zip(rare, said, strict=True)) / sum(rare),
        sum(r * n for r, n in zip(rare, near, strict=True)) / sum(rare),
        -max(r * (1 - s) for r, s in zip(rare, said, strict=True)),
        -sum(r * (1 - n) for r, n in zip(rare, near, strict=True)),
    ]


def slow_rows(asked: int, gone: set[int]) -> dict[int, list[float]]:
    """Score and margin of every article, in loops."""
    table = []
    ridge = slow_ridge(asked, gone)
    for art in ARTICLES:
        mine = [each for each in PHRASINGS if OWNER[each] == art]
        letters = [
            -0.05 if each in gone else fuzz.token_ratio(SHELF.texts[asked], SHELF.texts[each]) / 100 for each in mine
        ]
        grams = sorted((-0.05 if each in gone else READINGS[asked].characters[each] for each in mine), reverse=True)
        gists = sorted((-0.05 if each in gone else READINGS[asked].gists[each] for each in mine), reverse=True)
        left = [READINGS[asked].characters[each] for each in mine if each not in gone]
        best_two, mean, gist_two = (
            sum(grams[:2]) / len(grams[:2]),
            sum(left) / max(len(left), 1),
            sum(gists[:2]) / len(gists[:2]),
        )
        coverage, explained = slow_coverage(asked, art, gone), slow_explained(asked, art, gone)
        table.append([max(letters), coverage, grams[0], best_two, mean, gist_two, ridge[art], *explained])
    rows: dict[int, list[float]] = {}
    typical = [TYPICAL[name] for name in LEXICAL]
    for art in ARTICLES:
        rows[art] = []
        for column, score in enumerate(table[art]):
            others = [table[other][column] for other in ARTICLES if other != art]
            is_best = score >= max(others)
            rival = max(sorted([*others, score])[-2], typical[column]) if is_best else max(others)
            rows[art] += [score, score - rival]
    return rows


@pytest.mark.parametrize("kind", ["phrasing", "article"])
def test_what_is_learned_equals_asking_knowledge_that_never_had_it(kind: str) -> None:
    asked = [each for each in leave_out(SHELF, STEMMED, RIDGE) if each.article_gone == (kind == "article")]
    places = [each for each in PHRASINGS if kind == "article" or OWNER.count(OWNER[each]) > 1]
    assert len(asked) == len(places)
    for place, got in zip(places, asked, strict=True):
        gone = {place} if kind == "phrasing" else {each for each in PHRASINGS if OWNER[each] == OWNER[place]}
        expected = slow_rows(place, gone)
        # Four articles, so all are candidates, in the order of their agreement.
        for row, right in zip(got.rows, got.right, strict=True):
            fits = [art for art in ARTICLES if np.allclose(row, expected[art], atol=2e-4)]
            assert fits, (SHELF.texts[place], row, expected)
            assert bool(right) == (kind == "phrasing" and OWNER[place] in fits)


def test_an_article_of_one_phrasing_teaches_only_what_is_not_there() -> None:
    single = OWNER.index(2)
    kinds = [each.article_gone for each in leave_out(SHELF, STEMMED, RIDGE)]
    assert kinds.count(True) == len(OWNER)
    assert kinds.count(False) == len(OWNER) - 1
    assert OWNER.count(2) == 1
    assert kinds[2 * single] is True
