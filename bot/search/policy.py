"""Sure enough to answer, sure enough to suggest, or neither: the three outcomes and the two limits between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.articles import Answer, Article, ArticleId, Found, NoAnswer, Ranked, Suggestions
from bot.domain.people import SystemId

SHOWN = 3  # suggestions at most: more is a list to read, not help


@dataclass(frozen=True, slots=True)
class Limits:
    """Confidences 0..1. `strict` also asks for more than what questions without an article reach in this knowledge."""

    t_hi: float = 0.5
    t_lo: float = 0.15
    strict: bool = False

    def sure(self, strict_limit: float) -> float:
        return max(self.t_hi, strict_limit) if self.strict else self.t_hi


def decide(ranked: Sequence[Ranked], articles: Mapping[ArticleId, Article], sure: float, suggest: float) -> Found:
    """`ranked` is sorted, and holds only what the person may see."""
    everything = tuple(ranked)
    if everything and everything[0].confidence >= sure:
        first = articles[everything[0].article]
        if first.covered:
            return Answer(first.id, everything[0].confidence, everything)
        return NoAnswer(everything, first.system, first.id, first.group)
    shown = [each.article for each in everything if each.confidence >= suggest and articles[each.article].covered]
    if shown:
        return Suggestions(tuple(shown[:SHOWN]), everything)
    return NoAnswer(everything, _system(everything, articles, suggest))


def _system(ranked: Sequence[Ranked], articles: Mapping[ArticleId, Article], suggest: float) -> SystemId | None:
    """The system that the candidates together speak for: which article may be open when the system is not."""
    sums: dict[SystemId, float] = {}
    for each in ranked:
        if system := articles[each.article].system:
            sums[system] = sums.get(system, 0) + each.confidence
    best = max(sums, key=lambda system: sums[system], default=None)
    return best if best and sums[best] >= suggest else None
