"""Kernel ridge regression over phrasings: which article they speak for together, and what they would say without one."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.search.postings import Floats, Ints, Places
from bot.search.scores import Shelf

LIMIT = 4_000  # phrasings; solving costs their third power in time, 0.5 GB in memory. Beyond it every article sends its first ones.


@dataclass(frozen=True, slots=True)
class Ridge:
    """`solution` has a row per phrasing and a column per article; a question's kernel times it is the score."""

    solution: Floats
    taught: Places  # the phrasings that took part
    targets: Floats  # +1 the own article, −1 every other; one row per phrasing that took part
    inverse: NDArray[np.float64]

    @classmethod
    def of(cls, shelf: Shelf) -> Self:
        heard = taught(shelf.first, LIMIT)
        kernel = np.empty((len(heard), len(heard)))
        for row, phrasing in enumerate(heard):
            kernel[row] = shelf.look_up(shelf.texts[phrasing], shelf.vector(int(phrasing))).kernel[heard]
        # Rounding makes the two halves differ in the last digit.
        inverse = np.linalg.inv((kernel + kernel.T) / 2 + penalty(shelf) * np.eye(len(heard))).astype(np.float64)
        everything = np.arange(len(shelf.first) - 1)
        targets = np.where(shelf.owner[heard][:, None] == everything, 1, -1).astype(np.float32)
        solution = np.zeros((len(shelf.texts), len(everything)), np.float32)
        solution[heard] = inverse @ targets
        return cls(solution, heard, targets, inverse)

    def without_phrasing(self, row: int) -> Floats:
        """What the others say about phrasing `taught[row]`."""
        found: Floats = (self.targets[row] - self._solved(row) / self.inverse[row, row]).astype(np.float32)
        return found

    def without_article(self, rows: slice) -> Floats:
        """What the others say about the phrasings of one article, none of which took part."""
        block = np.linalg.solve(self.inverse[rows, rows], self._solved(rows))
        found: Floats = (self.targets[rows] - block).astype(np.float32)
        return found

    def _solved(self, rows: int | slice) -> Floats:
        return self.solution[self.taught[rows]]


def penalty(shelf: Shelf) -> float:
    return 0.2 if shelf.meanings else 0.3


def taught(first: Ints, limit: int) -> Places:
    """The places of as many phrasings as fit: the same number from each article that has them."""
    counts = np.diff(first)
    fits = int(counts.max(initial=0))
    while np.minimum(counts, fits).sum() > limit and fits > 1:
        fits -= 1
    return np.concatenate(
        [np.arange(start, start + min(fits, count)) for start, count in zip(first, counts, strict=False)]
    )
