"""The finished index: ranks the articles that may be seen, each with the probability that it is right. numpy alone."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from bot.domain.articles import ArticleId, Ranked
from bot.search.calibrator import Calibrator
from bot.search.features import FEATURES, features
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

    def rank(self, question: str, visible: AbstractSet[ArticleId] | None = None) -> tuple[Ranked, ...]:
        """The candidates, best first. Articles that are not `visible` do not compete, so no margin tells of them."""
        seen = self._seen(visible)
        if not len(seen):
            return ()
        chosen, rows = consider(self.shelf, self.solution, question, seen)
        confidence = self.calibrator.confidence(rows)
        # Not one pair of letters in common: nothing is known, whatever the curve says at zero.
        confidence[rows[:, FEATURES.index("ch")] <= 0] = 0
        order = np.argsort(-confidence, kind="stable")
        return tuple(Ranked(self.articles[seen[chosen[each]]], float(confidence[each])) for each in order)

    def _seen(self, visible: AbstractSet[ArticleId] | None) -> Places:
        if visible is None:
            return np.arange(len(self.articles))
        return np.flatnonzero([article in visible for article in self.articles])


def consider(shelf: Shelf, solution: Floats, question: str, seen: Places) -> tuple[Places, Floats]:
    """The candidates for a question as places in `seen`, and the features of each."""
    return weigh(shelf, solution, shelf.read(question), seen)


def weigh(shelf: Shelf, solution: Floats, reading: Reading, seen: Places) -> tuple[Places, Floats]:
    kernel = reading.kernel
    if len(seen) < len(shelf.first) - 1:
        kernel = np.where(np.isin(shelf.owner, seen), kernel, 0)  # what may not be seen does not speak either
    table = score(shelf, reading, kernel @ solution, seen)
    chosen = candidates(table)
    return chosen, features(table, chosen)
