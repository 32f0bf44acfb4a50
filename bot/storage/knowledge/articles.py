"""Article files and the glossary → articles, and the questions that try them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from bot.domain.articles import Article, ArticleId, Golden
from bot.domain.people import Language, SystemId
from bot.storage.knowledge.complaints import Complaint
from bot.storage.knowledge.lines import read
from bot.storage.knowledge.organisation import check_once
from bot.storage.knowledge.page import Page, Place
from bot.storage.knowledge.schema import ArticleShape, GlossaryFile, LooseArticle
from bot.storage.knowledge.shape import Names, part

_FEW = 5
_NEARLY_EQUAL = 90  # rapidfuzz token_ratio, percent
_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """An article with the place it stands in."""

    page: Page
    place: Place
    article: Article


def articles_of(
    pages: Sequence[Page], names: Names, *, loose: bool = False, beside: Iterable[ArticleId] = ()
) -> list[Found]:
    """What is right of them. `loose`: a collection that belongs to nobody; only id, questions and answer are needed.

    `beside` are articles that there are elsewhere.
    """
    known = {**names, "article": _names(pages) | frozenset(beside)}
    if any(page.value is None for page in pages):
        del known["article"]  # nobody knows what stands in a file that cannot be read: who refers to it is not to blame
    found = []
    for page in pages:
        if not isinstance(page.value, list):
            page.refuse((), "is not a list of articles: each begins with - id:")
        for place, _ in page.items(()):
            shape = part(page, place, LooseArticle if loose else ArticleShape, known)
            if shape:
                found.append(Found(page, place, _article(page, place, shape)))
    check_once([(page, place, each) for page in pages for place, each in page.items(())], "id")
    return found


def check_articles(found: Sequence[Found], today: date) -> None:
    """What makes an article hard to find, or not to be trusted any more."""
    for each in found:
        _check_see_also(each)
        _check_golden(each)
        _warn_of_age(each, today)
        if len(each.article.phrasings) < _FEW:
            each.page.warn(each.place, "has fewer than {few} questions; people ask in more ways than that", few=_FEW)
    _check_phrasings(found)


def glossary_of(page: Page) -> tuple[tuple[str, ...], ...]:
    shape = part(page, (), GlossaryFile, {})
    seen: dict[str, Place] = {}
    for place, group in page.items(("groups",)):
        for number, word in enumerate(group if isinstance(group, list) else []):
            plain, here = _plain(str(word)), (*place, number)
            if plain in seen:
                page.refuse(
                    here, "stands twice; a word has one group (first in line {first})", first=page.line(seen[plain])
                )
            seen.setdefault(plain, here)
    return tuple(tuple(group) for group in shape.groups) if shape else ()


def pasted_articles(text: str, beside: Iterable[ArticleId]) -> tuple[tuple[Article, ...], tuple[Complaint, ...]]:
    """Articles that somebody is trying out, as they would stand in a file. Only id, questions and answer are needed."""
    page = read("yaml", text.encode())
    found = articles_of([page], {}, loose=True, beside=beside) if page.value is not None else []
    return tuple(each.article for each in found), tuple(each for each in page.complaints if each.is_refusal)


def _names(pages: Iterable[Page]) -> frozenset[str]:
    return frozenset(
        each["id"]
        for page in pages
        for _, each in page.items(())
        if isinstance(each, dict) and isinstance(each.get("id"), str)
    )


def _article(page: Page, place: Place, shape: LooseArticle) -> Article:
    return Article(
        id=ArticleId(shape.id),
        phrasings=tuple(shape.questions),
        answers=_answers(shape),
        system=SystemId(shape.system) if shape.system else None,
        owner=shape.owner,
        review_by=shape.review_by,
        audience=frozenset(shape.audience),
        see_also=tuple(ArticleId(each) for each in shape.see_also),
        covered=shape.covered,
        language=shape.language,
        golden=Golden(tuple(shape.tests.matches), tuple(shape.tests.excludes)),
        source=f"{page.file}:{page.line(place)}",
    )


def _answers(shape: LooseArticle) -> Mapping[Language, str]:
    """A text without a language is in that of the questions, which is Danish unless the file says otherwise."""
    return {language or shape.language or "da": text for language, text in shape.answer.items()}


def _check_see_also(each: Found) -> None:
    for number, other in enumerate(each.article.see_also):
        if other == each.article.id:
            each.page.refuse((*each.place, "see_also", number), "is the article itself")


def _check_golden(each: Found) -> None:
    """A test that repeats a phrasing tests nothing."""
    phrasings = [default_process(text) for text in each.article.phrasings]
    for number, question in enumerate(each.article.golden.matches):
        plain = default_process(question)
        for phrasing, original in zip(phrasings, each.article.phrasings, strict=True):
            if fuzz.token_ratio(plain, phrasing) > _NEARLY_EQUAL:
                place = (*each.place, "tests", "matches", number)
                each.page.refuse(
                    place, 'is nearly the question "{question}": a test must ask in other words', question=original
                )
                break


def _warn_of_age(each: Found, today: date) -> None:
    if each.article.review_by and each.article.review_by < today:
        each.page.warn((*each.place, "review_by"), "has passed (owner: {owner})", owner=each.article.owner)


def _check_phrasings(found: Sequence[Found]) -> None:
    """Two articles that the same person may see cannot both own a question."""
    seen: dict[str, list[tuple[Found, Place]]] = defaultdict(list)
    for each in found:
        for number, phrasing in enumerate(each.article.phrasings):
            place = (*each.place, "questions", number)
            for other, where in seen[_plain(phrasing)]:
                first = f"{other.page.file}:{other.page.line(where)}"
                if other.article is each.article:
                    each.page.warn(place, "stands twice in this article (first in {first})", first=first)
                    break
                if _meet(other.article, each.article):
                    each.page.refuse(
                        place, "is a question of {article} too ({first})", article=other.article.id, first=first
                    )
                    break
            seen[_plain(phrasing)].append((each, place))


def _meet(one: Article, two: Article) -> bool:
    return not one.audience or not two.audience or bool(one.audience & two.audience)


def _plain(text: Any) -> str:
    return _NOT_A_WORD.sub(" ", text.casefold()).strip()
