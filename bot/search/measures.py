"""How good a search is, in figures (0..1). Pure numpy; the definitions are the product's promise.

In scope: an article answers the question. Out of scope: none does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
NEVER = 10**9  # the rank of an article that was not even a candidate


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the confidence of the first, and the rank of the right one (half of the ties counted in)."""

    top: float
    rank: float = NEVER
    first_is_right: bool = False


def asked(scores: Sequence[float], right: int | None) -> Asked:
    """`scores` best first; `right` is the place of the right article among them, None if it is not there."""
    top = scores[0] if len(scores) else 0.0
    if right is None:
        return Asked(top)
    own = scores[right]
    higher = sum(each > own for each in scores)
    ties = sum(each == own for each in scores) - 1
    return Asked(top, 1 + higher + ties / 2, first_is_right=right == 0)


def recall_at_1(inside: Sequence[Asked]) -> float:
    return _share([each.first_is_right for each in inside])


def mrr_at_3(inside: Sequence[Asked]) -> float:
    return float(np.mean([1 / each.rank if each.rank <= 3 else 0 for each in inside])) if inside else 0.0


def auroc(inside: Sequence[Asked], outside: Sequence[Asked]) -> float:
    """How often a question in scope is more confident than one out of scope; ties count half."""
    if not inside or not outside:
        return float("nan")
    below = np.sort(_tops(outside))
    tops = _tops(inside)
    wins = np.searchsorted(below, tops, "left") + np.searchsorted(below, tops, "right")
    return float(wins.mean() / 2 / len(below))


def at_5(inside: Sequence[Asked], outside: Sequence[Asked]) -> tuple[float, float]:
    """Right and wrong above the threshold that 5 % of the questions out of scope exceed. It has seen them: no promise."""
    if not outside:
        return float("nan"), float("nan")
    return above(inside, float(np.quantile(_tops(outside), 0.95, method="higher")))


def above(inside: Sequence[Asked], threshold: float = 0.5) -> tuple[float, float]:
    """The shares of all questions in scope that are more confident than that: right, wrong."""
    sure = _tops(inside) > threshold
    right = np.array([each.first_is_right for each in inside], bool)
    return _share(sure & right), _share(sure & ~right)


def false_answers(outside: Sequence[Asked], threshold: float = 0.5) -> float:
    return _share(_tops(outside) > threshold) if outside else float("nan")


def correct_or_suggested(inside: Sequence[Asked], sure: float = 0.5, suggest: float = 0.15) -> float:
    """Right when sure; or unsure, and the right one among the three suggested (assumed to be picked)."""
    return _share(
        [each.first_is_right if each.top > sure else each.top > suggest and each.rank <= 3 for each in inside]
    )


def threshold_for(outside: Sequence[Asked], share: float) -> float:
    """The lowest threshold at which no more than that share of the questions out of scope passes (p ≥ threshold)."""
    tops = np.sort(_tops(outside))[::-1]
    allowed = int(share * len(tops))
    return float(np.nextafter(tops[allowed], 2)) if allowed < len(tops) else 0.0


def _tops(questions: Sequence[Asked]) -> Numbers:
    return np.array([each.top for each in questions], np.float64)


def _share(flags: Sequence[bool] | NDArray[np.bool_]) -> float:
    return float(np.mean(flags)) if len(flags) else 0.0
