"""The finished index: ranks the articles that may be seen, each with the probability that it is right. numpy alone."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from bot.domain.articles import ArticleId, Ranked
from bot.search.calibrator import Calibrator
from bot.search.embedding import Embedder
from bot.search.features import features
from bot.search.postings import Floats, Places
from bot.search.scores import Reading, Shelf, candidates, score


@dataclass(frozen=True, slots=True)
class Index:
    articles: tuple[ArticleId, ...]
    shelf: Shelf
    solution: Floats  # of the ridge
    calibrator: Calibrator
    strict: float  # what only 5 % of the questions exceed whose article was taken away
    fingerprint: str
    embedder: Embedder | None = None  # the one that made the shelf's meanings; not kept on disk

    def rank(self, question: str, visible: AbstractSet[ArticleId] | None = None) -> tuple[Ranked, ...]:
        """The candidates, best first. Articles that are not `visible` do not compete, so no margin tells of them."""
        seen = self._seen(visible)
        if not len(seen):
            return ()
        vector = self.embedder.encode([question])[0] if self.embedder and self.shelf.meanings else None
        reading = self.shelf.read(question, vector)
        chosen, rows = weigh(self.shelf, self.solution, reading, seen)
        confidence = self.calibrator.confidence(rows)
        # Not one pair of letters in common: nothing is known, whatever the curve says at zero.
        if not reading.text or vector is None:
            confidence[rows[:, 2 * self.shelf.scores.index("ch")] <= 0] = 0
        order = np.argsort(-confidence, kind="stable")
        return tuple(Ranked(self.articles[seen[chosen[each]]], float(confidence[each])) for each in order)

    def _seen(self, visible: AbstractSet[ArticleId] | None) -> Places:
        if visible is None:
            return np.arange(len(self.articles))
        return np.flatnonzero([article in visible for article in self.articles])


def weigh(shelf: Shelf, solution: Floats, reading: Reading, seen: Places) -> tuple[Places, Floats]:
    """The candidates for a question as places in `seen`, and the features of each."""
    kernel = reading.kernel
    if len(seen) < len(shelf.first) - 1:
        kernel = np.where(np.isin(shelf.owner, seen), kernel, 0)  # what may not be seen does not speak either
    table = score(shelf, reading, kernel @ solution, seen)
    chosen = candidates(table)
    return chosen, features(table, chosen, shelf.scores)
