"""Why a candidate is as likely as it is said to be: what each score gave or took, in log-odds. They add up to the confidence."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np

from bot.domain.articles import ArticleId
from bot.search.calibrator import Calibrator
from bot.search.features import names
from bot.search.index import Index
from bot.search.postings import Floats


@dataclass(frozen=True, slots=True)
class Share:
    """`by` is a score's name, or "margin" for all margins together; `weight` above zero speaks for the article."""

    by: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explained:
    """`start` is what every candidate begins with. Without shares words were matched, or nothing fits at all."""

    article: ArticleId
    confidence: float
    shares: tuple[Share, ...] = ()
    start: float = 0.0


def explain(index: Index, question: str, visible: AbstractSet[ArticleId] | None = None) -> tuple[Explained, ...]:
    """The candidates as `index.rank` has them, best first."""
    listening = _Listening(index.calibrator)
    ranked = replace(index, calibrator=listening).rank(question, visible)
    if not ranked:
        return ()
    weights = (listening.rows - listening.mean) / listening.scale * listening.coefficients
    order = np.argsort(-listening.said, kind="stable")  # as the index has it, which may have put some to zero since
    rows = weights[order]
    features = names(index.shelf.scores)
    return tuple(
        Explained(each.article, each.confidence, _shares(features, row) if each.confidence else (), listening.intercept)
        for each, row in zip(ranked, rows, strict=True)
    )


class _Listening(Calibrator):
    """Remembers what it was asked about, so that the ranking that is explained is the one that is made."""

    def __init__(self, other: Calibrator) -> None:
        super().__init__(other.mean, other.scale, other.coefficients, other.intercept)

    def confidence(self, rows: Floats) -> Floats:
        said = super().confidence(rows)
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "said", said)
        return said

    rows: Floats
    said: Floats


def _shares(features: Sequence[str], row: Floats) -> tuple[Share, ...]:
    by_score: dict[str, float] = {}
    for name, weight in zip(features, row.tolist(), strict=True):
        by = "margin" if name.endswith(" margin") else name
        by_score[by] = by_score.get(by, 0.0) + weight
    margin = by_score.pop("margin", 0.0)
    return (*(Share(by, weight) for by, weight in by_score.items()), Share("margin", margin))
