"""The knowledge asked with its own phrasings, as if they had not been written: what the calibrator learns from.

Leave one phrasing out, and its article should still be found. Leave the whole article out, and nothing should.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.search.features import features
from bot.search.postings import Floats, bm25_weight
from bot.search.ridge import Ridge
from bot.search.scores import Reading, Shelf, candidates, score
from bot.search.text import stems

MOST = 3_000  # questions to ask; more teach nothing new and take minutes


@dataclass(frozen=True, slots=True)
class Asked:
    """The candidates of one question: their features, and which of them is right."""

    rows: Floats
    right: NDArray[np.bool_]
    article_gone: bool


def leave_out(shelf: Shelf, stemmed: Sequence[Sequence[str]], ridge: Ridge) -> Iterator[Asked]:
    """Both kinds for every phrasing; an article of one phrasing gives only the second. `stemmed` is per phrasing."""
    owner, everything = shelf.owner, np.arange(len(shelf.first) - 1)
    step = -(-len(ridge.taught) // MOST)
    for rows in _blocks(owner[ridge.taught]):
        own = int(owner[ridge.taught[rows.start]])
        block = slice(int(shelf.first[own]), int(shelf.first[own + 1]))
        document = Counter(word for words in stemmed[block] for word in words)
        without_article = ridge.without_article(rows)
        for row in range(rows.start, rows.stop)[::step]:
            place = int(ridge.taught[row])
            reading = shelf.look_up(shelf.texts[place], shelf.vector(place))
            if block.stop - block.start > 1:
                left = document - Counter(stemmed[place])
                others = _with_article(
                    reading, own, _coverage(shelf, reading.text, left), _explained(shelf, place, own, left)
                )
                table = score(shelf, others, ridge.without_phrasing(row), everything, slice(place, place + 1))
                chosen = candidates(table)
                yield Asked(features(table, chosen, shelf.scores), chosen == own, article_gone=False)
            others = _with_article(reading, own, 0, shelf.lexicon.explain_nothing(reading.text))
            table = score(shelf, others, without_article[row - rows.start], everything, block)
            chosen = candidates(table)
            yield Asked(features(table, chosen, shelf.scores), np.zeros(len(chosen), bool), article_gone=True)


def _with_article(reading: Reading, article: int, coverage: float, explains: Floats) -> Reading:
    documents, explained = reading.documents.copy(), reading.explained.copy()
    documents[article], explained[article] = coverage, explains
    return replace(reading, documents=documents, explained=explained)


def _explained(shelf: Shelf, phrasing: int, article: int, left: Counter[str]) -> Floats:
    text = shelf.texts[phrasing]
    found: Floats = shelf.lexicon.explain_alone(text, stems(text, shelf.language), article, left.keys())[0]
    return found


def _coverage(shelf: Shelf, question: str, document: Counter[str]) -> float:
    """Of the question by an article with these words; every idf stays what it was."""
    postings = shelf.documents
    asked = dict.fromkeys(stems(question, shelf.language))
    worth = sum(postings.worth(word) for word in asked)
    held = [word for word in asked if document[word] > 0]
    idf = np.array([postings.worth(word) for word in held])
    tf = np.array([document[word] for word in held], np.float64)
    return float(bm25_weight(idf, tf, document.total(), postings.average).sum() / (worth or 1))


def _blocks(owner: NDArray[np.intp]) -> Iterator[slice]:
    """Neighbours with the same owner."""
    edges = [0, *(np.flatnonzero(np.diff(owner)) + 1).tolist(), len(owner)]
    return (slice(start, stop) for start, stop in pairwise(edges))
