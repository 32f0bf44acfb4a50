"""How much of a question an article explains: by the same words, and by words that mean nearly the same.

What a question says that its article never says is what tells a near subject from the right one.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

import numpy as np

from bot.search.postings import Floats, Ints, Postings
from bot.search.words import meaning, rarity

EXPLAINED = ("said", "meant", "strange", "unsaid")  # one column each, see `summed`
_AT_ONCE = 256
_STRANGERS, _REMEMBERED = 0.3, 4_000  # the cosine of words that have nothing in common; question words kept


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of every article, with their meanings. `spoken[starts[a]:starts[a + 1]]` are the words of article a."""

    words: tuple[str, ...]
    meanings: Floats
    spoken: Ints
    times: Ints  # in how many phrasings of the article each is
    starts: Ints
    _near: dict[str, Floats] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, texts: Sequence[str], first: Sequence[int]) -> Self:
        words = sorted({word for text in texts for word in text.split()})
        places = {word: place for place, word in enumerate(words)}
        spoken: list[int] = []
        times: list[int] = []
        starts = [0]
        for start, stop in pairwise(first):
            said = [places[word] for text in texts[start:stop] for word in dict.fromkeys(text.split())]
            distinct, counts = np.unique(said, return_counts=True)
            spoken += distinct.tolist()
            times += counts.tolist()
            starts.append(len(spoken))
        meanings = np.stack([meaning(word) for word in words])
        spoken_by, often, edges = (np.array(each, np.int32) for each in (spoken, times, starts))
        return cls(tuple(words), meanings, spoken_by, often, edges)

    def explain(self, text: str, stemmed: Sequence[str], documents: Postings) -> Floats:
        """A row per article, a column per name in EXPLAINED. `documents` says which article has which stem."""
        distinct = dict(zip(text.split(), stemmed, strict=True))
        said = np.zeros((len(distinct), len(self.starts) - 1), np.float32)
        for row, stem in enumerate(distinct.values()):
            said[row, documents.holding(stem)] = 1
        near = [self._nearest(word) for word in distinct]
        return summed(list(distinct), said, np.array(near, np.float32).reshape(said.shape))

    def explain_alone(self, text: str, stemmed: Sequence[str], article: int, left: AbstractSet[str]) -> Floats:
        """One row: what the article explains of one of its own phrasings without it. `left` are the stems it still has."""
        distinct = dict(zip(text.split(), stemmed, strict=True))
        own = slice(int(self.starts[article]), int(self.starts[article + 1]))
        words = [
            place
            for place, times in zip(self.spoken[own], self.times[own], strict=True)
            if times > (self.words[place] in distinct)
        ]
        said = np.array([[stem in left] for stem in distinct.values()], np.float32)
        if not distinct:
            return summed([], said, said)
        asked = np.stack([meaning(word) for word in distinct])
        near = _share(asked @ self.meanings[words].T).max(axis=1, initial=0)
        return summed(list(distinct), said, near.reshape(said.shape))

    def explain_nothing(self, text: str) -> Floats:
        """What an article explains that is not there."""
        words = list(dict.fromkeys(text.split()))
        nothing = np.zeros((len(words), 1), np.float32)
        found: Floats = summed(words, nothing, nothing)[0]
        return found

    def remember_its_own(self) -> None:
        """Before every phrasing is asked: all words at once cost a tenth of one by one. Holds as many rows as words."""
        for first in range(0, len(self.words), _AT_ONCE):
            alike = _share(self.meanings[first : first + _AT_ONCE] @ self.meanings.T)
            near = np.maximum.reduceat(alike[:, self.spoken], self.starts[:-1], axis=1)
            self._near.update(zip(self.words[first : first + _AT_ONCE], near, strict=True))

    def _nearest(self, word: str) -> Floats:
        """For every article how near its nearest word comes, 0..1. Questions use the same words again and again."""
        found = self._near.get(word)
        if found is None:
            alike = _share(self.meanings @ meaning(word))
            found = np.maximum.reduceat(alike[self.spoken], self.starts[:-1])
            if len(self._near) < _REMEMBERED:
                self._near[word] = found
        return found


def _share(cosines: Floats) -> Floats:
    """0 for what strangers have in common, 1 for the same."""
    found: Floats = np.clip((cosines - _STRANGERS) / (1 - _STRANGERS), 0, 1).astype(np.float32)
    return found


def summed(words: Sequence[str], said: Floats, near: Floats) -> Floats:
    """Weighted by rarity: the share that is said, the share that is said or meant; then what is neither, negative:
    the rarest word that is not said, and the sum of all that is not even meant.
    """
    if not words:
        return np.zeros((said.shape[1], len(EXPLAINED)), np.float32)
    rare = np.array([rarity(word) for word in words], np.float32)[:, None]
    near = np.maximum(said, near)
    total = rare.sum() or np.float32(1)
    columns = [
        (rare * said).sum(axis=0) / total,
        (rare * near).sum(axis=0) / total,
        -(rare * (1 - said)).max(axis=0),
        -(rare * (1 - near)).sum(axis=0),
    ]
    return np.stack(columns, axis=1).astype(np.float32)
