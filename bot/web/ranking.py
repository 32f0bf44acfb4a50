"""Why a question finds what it finds, drawn: each candidate with what spoke for it and against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.desk.ports import Known
from bot.domain.articles import ArticleId
from bot.domain.people import Language
from bot.search import Explained, Share
from bot.web.words import WORDS, say

RANKED = 3
ZERO, SCALE = 34, 16  # percent of a share's bar: where nothing is, and how long a log-odd is


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of the decision; `x` and `width` in percent."""

    label: str
    said: str
    x: float
    width: float
    is_against: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    title: str
    percent: int
    zone: str
    tone: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """`after` is empty before an edit; `moves` compares both: (title, before, after)."""

    before: tuple[Candidate, ...] = ()
    after: tuple[Candidate, ...] = ()
    moves: tuple[tuple[str, str, str], ...] = ()


def tried(
    known: Known,
    limits: tuple[float, float],
    language: Language,
    before: Sequence[Explained],
    after: Sequence[Explained] = (),
) -> Tried:
    return Tried(
        _candidates(known, limits, language, before),
        _candidates(known, limits, language, after),
        _moves(known, before, after),
    )


def _candidates(
    known: Known, limits: tuple[float, float], language: Language, found: Sequence[Explained]
) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            _title(known, each.article),
            round(100 * each.confidence),
            *_zone(known, limits, language, each, is_first=place == 0),
            _bars(each.shares, language),
        )
        for place, each in enumerate(found[:RANKED])
    )


def _zone(
    known: Known, limits: tuple[float, float], language: Language, each: Explained, *, is_first: bool
) -> tuple[str, str]:
    answers, suggests = limits
    article = known.articles.get(each.article)
    if article and not article.covered:
        return say(language, "kn.not_covered"), "hold"
    if each.confidence >= answers and is_first:
        return say(language, "kn.answers"), "ok"
    if each.confidence >= suggests:
        return say(language, "kn.suggests"), "info"
    return say(language, "kn.unsure"), "still"


def _moves(known: Known, before: Sequence[Explained], after: Sequence[Explained]) -> tuple[tuple[str, str, str], ...]:
    if not after:
        return ()
    was = {each.article: each.confidence for each in before}
    will = {each.article: each.confidence for each in after}
    names = dict.fromkeys(each.article for each in (*after[:RANKED], *before[:RANKED]))
    return tuple((_title(known, each), _percent(was.get(each)), _percent(will.get(each))) for each in names)


def _title(known: Known, article: ArticleId) -> str:
    there = known.articles.get(article)
    return there.title() if there else article.removesuffix("*")


def _bars(shares: Sequence[Share], language: Language) -> tuple[Bar, ...]:
    bars = []
    for each in shares:
        width = round(min(abs(each.weight) * SCALE, (100 - ZERO) if each.weight > 0 else ZERO), 1)
        key = f"score.{each.by}"
        label = say(language, key) if key in WORDS[language] else each.by
        x = ZERO if each.weight > 0 else round(ZERO - width, 1)
        bars.append(Bar(label, _signed(each.weight, language), x, width, each.weight < 0))
    return tuple(bars)


def _signed(weight: float, language: Language) -> str:
    said = f"{weight:+.1f}".replace("-", "−")  # a minus, not a hyphen
    return said.replace(".", ",") if language == "da" else said


def _percent(confidence: float | None) -> str:
    return "–" if confidence is None else f"{round(100 * confidence)} %"  # a dash for what is not there
