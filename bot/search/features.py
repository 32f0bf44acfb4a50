"""What the calibrator sees of a candidate: each score, and by how much it wins or loses."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.search.postings import Floats
from bot.search.scores import CANDIDATES

# What a wrong candidate scores on average (shipped rows). With few articles it stands in as a rival,
# or the best of three strangers would win by a distance.
TYPICAL = {
    "rf": 0.48, "bd": 0.08, "ch": 0.21, "ch2": 0.17, "chm": 0.13, "wv2": 0.32, "kl": -0.69,
    "said": 0.15, "meant": 0.16, "strange": -8.68, "unsaid": -21.24, "e5": 0.83, "e5_2": 0.82, "e5_m": 0.81,
}  # fmt: skip


def names(scores: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for score in scores for name in (score, f"{score} margin"))


def features(table: Floats, chosen: NDArray[np.intp], scores: Sequence[str]) -> Floats:
    """One row per chosen candidate: score and margin in turn. The margin is measured against all that are visible."""
    order = np.sort(table, axis=0)
    best = order[-1]
    second = order[-2] if len(table) > 1 else _typical(scores)
    if len(table) < CANDIDATES:
        second = np.maximum(second, _typical(scores))
    found = table[chosen]
    margins = np.where(found == best, found - second, found - best)
    return np.stack([found, margins], axis=2).reshape(len(chosen), -1).astype(np.float32)


def _typical(scores: Sequence[str]) -> Floats:
    return np.array([TYPICAL[name] for name in scores], np.float32)
