"""Why a question finds what it finds, drawn: each candidate with what spoke for it and against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.desk.ports import Known
from bot.domain.articles import Answer, ArticleId, Found, NoAnswer, Suggestions
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


Asked = tuple[Found, Sequence[Explained]]
NOTHING: Asked = (NoAnswer(()), ())


def tried(known: Known, language: Language, before: Asked, after: Asked = NOTHING) -> Tried:
    """What the search made of it, and why: what the page says of each candidate is what would have been shown."""
    return Tried(
        _candidates(known, language, before), _candidates(known, language, after), _moves(known, before[1], after[1])
    )


def _candidates(known: Known, language: Language, asked: Asked) -> tuple[Candidate, ...]:
    found, explained = asked
    return tuple(
        Candidate(
            _title(known, each.article),
            round(100 * each.confidence),
            *_zone(found, each.article, language),
            _bars(each.shares, language),
        )
        for each in explained[:RANKED]
    )


def _zone(found: Found, article: ArticleId, language: Language) -> tuple[str, str]:
    match found:
        case Answer(shown) if shown == article:
            return say(language, "kn.answers"), "ok"
        case Suggestions(shown) if article in shown:
            return say(language, "kn.suggests"), "info"
        case NoAnswer(not_covered=subject) if subject == article:
            return say(language, "kn.not_covered"), "hold"
        case _:
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
