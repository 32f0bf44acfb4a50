"""The six scores of every article for one question, and the candidates that they agree on."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from bot.domain.people import Language
from bot.search.postings import Floats, Ints, Places, Postings
from bot.search.text import expanded, grams, normalise, pairs, stems

SCORES = ("rf", "bm", "bd", "ch", "ch2", "kl")
CANDIDATES = 8
SPELLED = 16  # articles whose phrasings are compared letter by letter; more gains nothing and costs time
GONE = -0.05  # the similarity of a phrasing that is left out: below all others, but in its place


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every phrasing as the search reads it, in the order of its article, and the four ways to look it up."""

    texts: tuple[str, ...]
    first: Ints  # of each article's phrasings; one more at the end
    language: Language
    known: Mapping[str, str]  # synonyms
    characters: Postings
    words: Postings
    phrasings: Postings
    documents: Postings

    @property
    def owner(self) -> Places:
        """The article of each phrasing."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))

    def read(self, question: str) -> "Reading":
        return self.look_up(expanded(normalise(question), self.known, self.language))

    def look_up(self, text: str) -> "Reading":
        """Of a text that is normalised and expanded already, as the phrasings on the shelf are."""
        stemmed = stems(text, self.language)
        return Reading(
            text=text,
            characters=self.characters.cosines(grams(text)),
            words=self.words.cosines(pairs(stemmed)),
            phrasings=self.phrasings.coverages(stemmed),
            documents=self.documents.coverages(stemmed),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A question's similarity with every phrasing, and (`documents`) with every article."""

    text: str
    characters: Floats
    words: Floats
    phrasings: Floats
    documents: Floats

    @property
    def kernel(self) -> Floats:
        found: Floats = (self.characters + self.words) / np.float32(2)
        return found


def score(shelf: Shelf, reading: Reading, ridge: Floats, visible: Places, gone: slice | None = None) -> Floats:
    """One row per visible article, one column per name in SCORES. Phrasings in `gone` count as left out."""
    characters, phrasings = reading.characters, reading.phrasings
    if gone is not None:
        characters, phrasings = characters.copy(), phrasings.copy()
        characters[gone] = phrasings[gone] = GONE
    best, best_two = _best_and_best_two(characters, shelf)
    bm = np.maximum.reduceat(phrasings, shelf.first[:-1])
    table = np.stack([np.zeros_like(bm), bm, reading.documents, best, best_two, ridge], axis=1)[visible]
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
