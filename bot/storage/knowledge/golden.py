"""The questions that articles bring along, asked of the real search."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from bot.domain.articles import Answer, Article, ArticleId, Found, NoAnswer, Suggestions
from bot.storage.knowledge.complaints import Complaint, Reason
from bot.storage.knowledge.page import shown


class Find(Protocol):
    def __call__(self, question: str, visible: frozenset[ArticleId] | None = None) -> Found: ...


def ask_golden(
    articles: Mapping[ArticleId, Article], lines: Mapping[tuple[ArticleId, str], int], find: Find
) -> tuple[Complaint, ...]:
    """`lines` has the line of each question of each article (`Loaded.golden_lines`)."""
    return tuple(
        Complaint(
            file=article.source.rpartition(":")[0],
            line=lines.get((article.id, question), 1),
            subject=article.id,
            path=path,
            value=shown(question),
            reason=reason,
        )
        for article in articles.values()
        for path, question, reason in _failures(article, articles, find)
    )


def _failures(article: Article, articles: Mapping[ArticleId, Article], find: Find) -> Iterator[tuple[str, str, Reason]]:
    visible = _seen_beside(article, articles)
    for question in article.golden.matches:
        found = find(question, visible)
        if not _finds(found, article):
            yield "tests.matches", question, _found_instead(found)
    for question in article.golden.excludes:
        if _answers_with(find(question, visible), article):
            yield "tests.not", question, Reason.of("is answered with this article and should not be")


def _seen_beside(article: Article, articles: Mapping[ArticleId, Article]) -> frozenset[ArticleId]:
    """What somebody sees who may see this article."""
    return frozenset(
        each.id
        for each in articles.values()
        if not each.audience or each is article or each.audience & article.audience
    )


def _finds(found: Found, article: Article) -> bool:
    """A subject that is not ours is found when nothing else is offered: then a person takes over."""
    if not article.covered:
        return isinstance(found, NoAnswer)
    if isinstance(found, Suggestions):
        return article.id in found.articles
    return _answers_with(found, article)


def _answers_with(found: Found, article: Article) -> bool:
    match found:
        case Answer(name):
            return name == article.id
        case NoAnswer(not_covered=name):
            return name == article.id
        case Suggestions():
            return False


def _found_instead(found: Found) -> Reason:
    match found:
        case Answer(name):
            return Reason.of("does not find this article: the answer is {article}", article=name)
        case Suggestions(names):
            return Reason.of("does not find this article: suggested are {articles}", articles=", ".join(names))
        case NoAnswer(not_covered=name) if name:
            return Reason.of("does not find this article: {article} says that it is not ours", article=name)
        case NoAnswer():
            return Reason.of("does not find this article: there is no answer")
