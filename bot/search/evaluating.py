"""Asks every question of a file, and says how well it went and which limits would have been right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.articles import Answer, ArticleId, Found, NoAnswer, Suggestions
from bot.search import measures
from bot.search.engine import Engine

OOS_ANSWERED, OOS_SUGGESTED = 0.04, 0.25  # shares of the questions without an article that may get an answer; anything


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`rows` in the order of the questions, ready for JSON lines; `summary`: measures 0..1.

    `t_hi` and `t_lo` are the lowest limits that would have kept to OOS_ANSWERED and OOS_SUGGESTED here; None without
    questions out of scope. How much they are worth depends on how many those are: `outside`.
    """

    rows: tuple[dict[str, Any], ...]
    summary: Mapping[str, float]
    inside: int
    outside: int
    t_hi: float | None
    t_lo: float | None


def evaluate(
    questions: Iterable[Mapping[str, Any]], engine: Engine, visible: frozenset[ArticleId] | None = None
) -> Evaluation:
    """`questions` are {"question", "expect": id or null}. Nothing is learned from `expect`."""
    found = [(each, engine.find(str(each["question"]), visible)) for each in questions]
    rows = tuple(_row(question, outcome) for question, outcome in found)
    inside = [asked(outcome, question["expect"]) for question, outcome in found if question["expect"] is not None]
    outside = [asked(outcome, None) for question, outcome in found if question["expect"] is None]
    t_hi, t_lo = (
        measures.threshold_for(outside, share) if outside else None for share in (OOS_ANSWERED, OOS_SUGGESTED)
    )
    return Evaluation(rows, summary(inside, outside), len(inside), len(outside), t_hi, t_lo)


def summary(inside: Sequence[measures.Asked], outside: Sequence[measures.Asked]) -> dict[str, float]:
    """The measures, 0..1; those that need questions out of scope are not a number without them."""
    c_at_5, w_at_5 = measures.at_5(inside, outside)
    correct, wrong = measures.above(inside)
    return {
        "R@1": measures.recall_at_1(inside),
        "MRR@3": measures.mrr_at_3(inside),
        "AUROC": measures.auroc(inside, outside),
        "C@5": c_at_5,
        "W@5": w_at_5,
        "p>.5 correct": correct,
        "p>.5 wrong": wrong,
        "p>.5 FAR": measures.false_answers(outside),
        "C|sug": measures.correct_or_suggested(inside),
    }


def asked(found: Found, expect: ArticleId | None) -> measures.Asked:
    """What the measures need of one outcome."""
    places = {each.article: place for place, each in enumerate(found.ranked)}
    return measures.asked([each.confidence for each in found.ranked], places.get(expect) if expect else None)


def _row(question: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """`ranked` has every candidate whatever the outcome."""
    ranked = [{"id": each.article, "confidence": round(each.confidence, 4)} for each in found.ranked]
    return {
        "question": question["question"],
        "expect": question["expect"],
        "outcome": outcome_of(found),
        "ranked": ranked,
    }


def outcome_of(found: Found) -> str:
    match found:
        case Answer():
            return "answer"
        case Suggestions():
            return "suggestions"
        case NoAnswer():
            return "none"
