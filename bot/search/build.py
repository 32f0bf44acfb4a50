"""`python -m bot.search.build CACHE` reads knowledge on standard input and leaves its index in CACHE. Run as a child process."""

import os
import sys
from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.search.cache import write
from bot.search.calibrator import Calibrator
from bot.search.corpus import Corpus
from bot.search.index import Index
from bot.search.leave_out import Asked, leave_out
from bot.search.postings import Floats, Postings
from bot.search.ridge import Ridge
from bot.search.scores import Shelf
from bot.search.text import expanded, grams, normalise, pairs, stems, synonyms

FEWEST_ARTICLES, FEWEST_PHRASINGS = 10, 3  # below these the knowledge is too small to learn from itself


def main() -> None:
    os.nice(10)  # people who ask come first
    corpus = Corpus.from_json(sys.stdin.read())
    write(build(corpus), Path(sys.argv[1]))


def build(corpus: Corpus) -> Index:
    shelf, stemmed = shelve(corpus)
    ridge = Ridge.of(shelf)
    asked = list(leave_out(shelf, stemmed, ridge))
    large = len(corpus.entries) >= FEWEST_ARTICLES and np.median(np.diff(shelf.first)) >= FEWEST_PHRASINGS
    calibrator = pooled(asked) if large else Calibrator.shipped()
    gone = [calibrator.confidence(each.rows).max() for each in asked if each.article_gone]
    return Index(
        articles=tuple(entry.article for entry in corpus.entries),
        shelf=shelf,
        solution=ridge.solution,
        calibrator=calibrator,
        strict=float(np.quantile(gone, 0.95, method="higher")),
        fingerprint=corpus.fingerprint(),
    )


def shelve(corpus: Corpus) -> tuple[Shelf, list[list[str]]]:
    """The shelf, and the stems of each phrasing on it, in the language of its article."""
    language = corpus.language
    known = synonyms(corpus.glossary, language)
    texts = [expanded(normalise(text), known, language) for entry in corpus.entries for text in entry.phrasings]
    languages = [entry.language or language for entry in corpus.entries for _ in entry.phrasings]
    stemmed = [stems(text, each) for text, each in zip(texts, languages, strict=True)]
    first = np.cumsum([0, *(len(entry.phrasings) for entry in corpus.entries)]).astype(np.int32)
    shelf = Shelf(
        texts=tuple(texts),
        first=first,
        language=language,
        known=known,
        characters=Postings.tfidf([grams(text) for text in texts]),
        words=Postings.tfidf([pairs(words) for words in stemmed]),
        phrasings=Postings.bm25(stemmed),
        documents=Postings.bm25(joined(stemmed, first.tolist())),
    )
    return shelf, stemmed


def joined(stemmed: Sequence[Sequence[str]], first: Sequence[int]) -> list[list[str]]:
    return [[word for words in stemmed[start:stop] for word in words] for start, stop in pairwise(first)]


def pooled(asked: Sequence[Asked]) -> Calibrator:
    """Own rows and shipped rows, each source with half of the weight however many it has."""
    shipped, shipped_right = shipped_rows()
    own = np.concatenate([each.rows for each in asked])
    right = np.concatenate([each.right for each in asked])
    total = len(shipped) + len(own)
    weights = np.concatenate([np.full(len(part), total / 2 / len(part)) for part in (shipped, own)])
    return Calibrator.fitted(np.concatenate([shipped, own]), np.concatenate([shipped_right, right]), weights)


def shipped_rows() -> tuple[Floats, NDArray[np.bool_]]:
    """Rows of a public set, so that a knowledge base need not learn from itself alone; see shipped/NOTICE.md."""
    with (files("bot.search") / "shipped" / "lexical.npz").open("rb") as file:
        read = np.load(file, allow_pickle=False)
        return read["rows"].astype(np.float32), read["right"].astype(bool)


if __name__ == "__main__":
    main()
