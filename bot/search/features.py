"""What the calibrator sees of a candidate: each score, and by how much it wins or loses."""

import numpy as np
from numpy.typing import NDArray

from bot.search.postings import Floats
from bot.search.scores import CANDIDATES, SCORES

FEATURES = tuple(name for score in SCORES for name in (score, f"{score} margin"))
# What a wrong candidate scores on average (shipped rows). With few articles it stands in as a rival,
# or the best of three strangers would win by a distance.
TYPICAL = np.array([0.50, 0.08, 0.09, 0.22, 0.18, -0.68], np.float32)


def features(table: Floats, chosen: NDArray[np.intp]) -> Floats:
    """One row per chosen candidate: score and margin in turn. The margin is measured against all that are visible."""
    order = np.sort(table, axis=0)
    best = order[-1]
    second = order[-2] if len(table) > 1 else TYPICAL
    if len(table) < CANDIDATES:
        second = np.maximum(second, TYPICAL)
    scores = table[chosen]
    margins = np.where(scores == best, scores - second, scores - best)
    return np.stack([scores, margins], axis=2).reshape(len(chosen), -1).astype(np.float32)
