"""Sure enough to answer, sure enough to suggest, or neither: the three outcomes, and the limits between them for each system."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.articles import Answer, Article, ArticleId, Caution, Found, Limits, NoAnswer, Ranked, Suggestions
from bot.domain.people import SystemId

USUAL = Limits()
SHOWN = 3  # suggestions at most: more is a list to read, not help


@dataclass(frozen=True, slots=True)
class Policy:
    """`usual` holds for every article whose system does not ask for something else."""

    usual: Limits = USUAL
    by_system: Mapping[SystemId, Caution] = field(default_factory=dict)

    def of(self, article: Article) -> Limits:
        caution = self.by_system.get(article.system) if article.system else None
        return caution.over(self.usual) if caution else self.usual


def decide(
    ranked: Sequence[Ranked], articles: Mapping[ArticleId, Article], policy: Policy, strict_limit: float = 0.0
) -> Found:
    """`ranked` is sorted, and holds only what the person may see: nothing else lends or costs it a margin.

    `strict_limit` is what questions without an article seldom reach in this knowledge; those who are strict ask for it.
    """
    everything = tuple(ranked)
    if everything and _is_sure(everything, articles, policy, strict_limit):
        first = articles[everything[0].article]
        if first.covered:
            return Answer(first.id, everything[0].confidence, everything)
        return NoAnswer(everything, first.system, first.id, first.group)
    shown = [each.article for each in everything if _may_suggest(each, articles, policy)]
    if shown:
        return Suggestions(tuple(shown[:SHOWN]), everything)
    return NoAnswer(everything, _system(everything, articles, policy.usual.t_lo))


def _is_sure(
    ranked: Sequence[Ranked], articles: Mapping[ArticleId, Article], policy: Policy, strict_limit: float
) -> bool:
    first = ranked[0]
    limits = policy.of(articles[first.article])
    following = ranked[1].confidence if len(ranked) > 1 else 0.0
    return first.confidence >= limits.sure(strict_limit) and first.confidence - following >= limits.margin


def _may_suggest(each: Ranked, articles: Mapping[ArticleId, Article], policy: Policy) -> bool:
    article = articles[each.article]
    return article.covered and each.confidence >= policy.of(article).t_lo


def _system(ranked: Sequence[Ranked], articles: Mapping[ArticleId, Article], suggest: float) -> SystemId | None:
    """The system that the candidates together speak for: which article may be open when the system is not."""
    sums: dict[SystemId, float] = {}
    for each in ranked:
        if system := articles[each.article].system:
            sums[system] = sums.get(system, 0) + each.confidence
    best = max(sums, key=lambda system: sums[system], default=None)
    return best if best and sums[best] >= suggest else None
