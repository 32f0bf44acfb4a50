"""The scores of every article for one question, and the candidates that they agree on.

`rf` letters of the nearest phrasing · `bd` words of the article · `ch`, `ch2`, `chm` pieces of words: best phrasing, mean of
the best two, of all · `wv2` gist: best two · `kl` the ridge · `said` … how much of the question is explained (lexicon.py) ·
with an embedder also `e5`, `e5_2`, `e5_m`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from bot.domain.people import Language
from bot.search.embedding import Meanings
from bot.search.lexicon import EXPLAINED, Lexicon
from bot.search.postings import Floats, Ints, Places, Postings
from bot.search.text import expanded, grams, normalise, pairs, stems
from bot.search.words import meaning

LEXICAL = ("rf", "bd", "ch", "ch2", "chm", "wv2", "kl", *EXPLAINED)
SEMANTIC = (*LEXICAL, "e5", "e5_2", "e5_m")
CANDIDATES = 8
SPELLED = 16  # articles whose phrasings are compared letter by letter; more gains nothing and costs time
GONE = -0.05  # the similarity of a phrasing that is left out: below all others, but in its place
_TELLING = 1.5  # the power of a word's idf in the gist of a text


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every phrasing as the search reads it, in the order of its article, and the ways to look it up."""

    texts: tuple[str, ...]
    first: Ints  # of each article's phrasings; one more at the end
    language: Language
    known: Mapping[str, str]  # synonyms
    characters: Postings
    words: Postings
    documents: Postings
    lexicon: Lexicon
    gists: Floats  # a unit row per phrasing
    meanings: Meanings | None = None  # of an embedder

    @property
    def owner(self) -> Places:
        """The article of each phrasing."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))

    @property
    def scores(self) -> tuple[str, ...]:
        return SEMANTIC if self.meanings else LEXICAL

    def vector(self, phrasing: int) -> Floats | None:
        return self.meanings.vectors[phrasing] if self.meanings else None

    def read(self, question: str, vector: Floats | None = None) -> "Reading":
        """`vector` is what an embedder makes of the question; needed if the shelf has meanings."""
        return self.look_up(expanded(normalise(question), self.known, self.language), vector)

    def look_up(self, text: str, vector: Floats | None = None) -> "Reading":
        """Of a text that is normalised and expanded already, as the phrasings on the shelf are."""
        stemmed = stems(text, self.language)
        return Reading(
            text=text,
            characters=self.characters.cosines(grams(text)),
            words=self.words.cosines(pairs(stemmed)),
            gists=self.gists @ gist(text, stemmed, self.words),
            documents=self.documents.coverages(stemmed),
            explained=self.lexicon.explain(text, stemmed, self.documents),
            meanings=self.meanings.near(vector) if self.meanings and vector is not None else None,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A question's similarity with every phrasing, and (`documents`, `explained`) with every article."""

    text: str
    characters: Floats
    words: Floats
    gists: Floats
    documents: Floats
    explained: Floats
    meanings: tuple[Floats, Floats] | None = None  # cosines, and the kernel of the ridge

    @property
    def kernel(self) -> Floats:
        """What the ridge sees: the mean of all, in which an embedder counts twice."""
        sums = self.characters + self.words + self.gists
        if self.meanings is None:
            return sums / np.float32(3)
        found: Floats = (sums + 2 * self.meanings[1]) / np.float32(5)
        return found


def gist(text: str, stemmed: Sequence[str], words: Postings) -> Floats:
    """The sum of what its words mean, those that few phrasings have counting for more. A unit vector, or zeros."""
    parts = [
        meaning(word) * np.float32(words.smooth_worth(stem) ** _TELLING)
        for word, stem in zip(text.split(), stemmed, strict=True)
    ]
    sums = np.zeros_like(meaning(""))
    for part in parts:
        sums += part
    length = float(np.sqrt(sums @ sums))
    found: Floats = sums / np.float32(length or 1)
    return found


def score(shelf: Shelf, reading: Reading, ridge: Floats, visible: Places, gone: slice | None = None) -> Floats:
    """One row per visible article, one column per name in `shelf.scores`. Phrasings in `gone` count as left out."""
    best, best_two = _best_and_best_two(_without(reading.characters, gone, GONE), shelf)
    _, gist_two = _best_and_best_two(_without(reading.gists, gone, GONE), shelf)
    columns = [np.zeros_like(best), reading.documents, best, best_two, _mean(reading.characters, shelf, gone)]
    columns += [gist_two, ridge, *reading.explained.T]
    if reading.meanings:
        columns += [
            *_best_and_best_two(_without(reading.meanings[0], gone, GONE), shelf),
            _mean(reading.meanings[0], shelf, gone),
        ]
    table = np.stack(columns, axis=1)[visible]
    nearest = np.argsort(-agreement(table), kind="stable")[:SPELLED]
    table[nearest, 0] = _spelling(shelf, reading.text, visible[nearest], gone)
    return table


def agreement(table: Floats) -> Floats:
    """The sum of every article's standard scores: which articles most of the scores like."""
    spread = table.std(axis=0)
    found: Floats = ((table - table.mean(axis=0)) / np.where(spread > 0, spread, 1)).sum(axis=1)
    return found


def candidates(table: Floats) -> Places:
    return np.argsort(-agreement(table), kind="stable")[:CANDIDATES]


def _without(similarity: Floats, gone: slice | None, instead: float) -> Floats:
    if gone is None:
        return similarity
    left = similarity.copy()
    left[gone] = instead
    return left


def _mean(similarity: Floats, shelf: Shelf, gone: slice | None) -> Floats:
    """Of all the phrasings that each article has left; 0 without any."""
    counts = np.diff(shelf.first).astype(np.float32)
    if gone is not None:
        counts[shelf.owner[gone.start]] -= gone.stop - gone.start
    sums = np.add.reduceat(_without(similarity, gone, 0), shelf.first[:-1])
    return (sums / np.maximum(counts, 1)).astype(np.float32)


def _best_and_best_two(similarity: Floats, shelf: Shelf) -> tuple[Floats, Floats]:
    """For each article its best phrasing, and the mean of its best two (of one, if there is one)."""
    starts, owner = shelf.first[:-1], shelf.owner
    best: Floats = np.maximum.reduceat(similarity, starts)
    tops = np.flatnonzero(similarity == best[owner])
    rest = similarity.copy()
    rest[tops[np.diff(owner[tops], prepend=-1) > 0]] = -np.inf
    second: Floats = np.maximum.reduceat(rest, starts)
    return best, np.where(np.isfinite(second), (best + second) / 2, best)


def _spelling(shelf: Shelf, text: str, articles: Places, gone: slice | None) -> Floats:
    places = np.concatenate([np.arange(shelf.first[each], shelf.first[each + 1]) for each in articles])
    choices = [shelf.texts[place] for place in places]
    ratio: Floats = process.cdist([text], choices, scorer=fuzz.token_ratio, dtype=np.float32)[0] / 100
    if gone is not None:
        ratio[(places >= gone.start) & (places < gone.stop)] = GONE
    lengths = [shelf.first[each + 1] - shelf.first[each] for each in articles]
    return np.maximum.reduceat(ratio, np.cumsum([0, *lengths[:-1]]))
