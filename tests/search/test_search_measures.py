"""The figures that the search is judged by, against their definitions spelled out."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search import Engine, evaluate, measures
from bot.search.measures import Asked, asked

TENTHS = st.integers(0, 10).map(lambda tenths: tenths / 10)
INSIDE = st.lists(
    st.builds(Asked, TENTHS, st.sampled_from([1, 1.5, 2, 3, 4, measures.NEVER]), st.booleans()), min_size=1
)
OUTSIDE = st.lists(st.builds(Asked, TENTHS), min_size=1)


@pytest.mark.parametrize(
    ("scores", "right", "rank", "first"),
    [
        ([0.9, 0.5, 0.1], 0, 1, True),
        ([0.9, 0.5, 0.1], 2, 3, False),
        ([0.9, 0.9, 0.1], 0, 1.5, True),
        ([0.9, 0.5, 0.5, 0.5], 3, 3, False),
        ([0.9, 0.5], None, measures.NEVER, False),
    ],
)
def test_a_rank_counts_the_higher_and_half_of_the_ties(scores, right, rank, first) -> None:
    assert asked(scores, right) == Asked(0.9, rank, first)


def test_recall_and_reciprocal_rank_look_at_questions_in_scope_alone() -> None:
    inside = [Asked(0.9, 1, True), Asked(0.8, 2), Asked(0.7, 4), Asked(0.1)]
    assert measures.recall_at_1(inside) == 0.25
    assert measures.mrr_at_3(inside) == pytest.approx((1 + 0.5) / 4)


@given(INSIDE, OUTSIDE)
def test_auroc_is_the_share_of_pairs_in_the_right_order(inside, outside) -> None:
    wins = [1 if one.top > other.top else 0.5 if one.top == other.top else 0 for one in inside for other in outside]
    assert measures.auroc(inside, outside) == pytest.approx(sum(wins) / len(wins))


@given(INSIDE, OUTSIDE)
def test_at_5_no_more_than_five_percent_of_what_is_out_of_scope_passes(inside, outside) -> None:
    tops = sorted(each.top for each in outside)
    threshold = tops[math.ceil(0.95 * (len(tops) - 1))]
    right = [each.top > threshold and each.first_is_right for each in inside]
    wrong = [each.top > threshold and not each.first_is_right for each in inside]
    assert measures.at_5(inside, outside) == pytest.approx((np.mean(right), np.mean(wrong)))
    assert sum(each.top > threshold for each in outside) <= 0.05 * len(outside)


@given(OUTSIDE, st.floats(0, 1))
def test_a_proposed_threshold_lets_the_share_pass_and_a_lower_one_more(outside, share) -> None:
    threshold = measures.threshold_for(outside, share)
    passing = sum(each.top >= threshold for each in outside)
    assert passing <= share * len(outside)
    lower = max((each.top for each in outside if each.top < threshold), default=-1)
    assert threshold == 0 or sum(each.top >= lower for each in outside) > share * len(outside)


def test_correct_or_suggested_takes_the_three_suggestions_as_picked() -> None:
    inside = [
        Asked(0.9, 1, first_is_right=True),
        Asked(0.9, 2),
        Asked(0.5, 3),
        Asked(0.5, 4),
        Asked(0.15, 1, first_is_right=True),
    ]
    assert measures.correct_or_suggested(inside) == 0.4
    assert measures.above(inside) == (0.2, 0.2)
    assert measures.false_answers(inside) == 0.4


def test_an_evaluation_lists_every_question_with_all_candidates_whatever_became_of_it(engine: Engine) -> None:
    questions = [
        {"question": "Min postkasse er fuld", "expect": "postkasse"},
        {"question": "hvem vandt kampen i går", "expect": None},
        {"question": "", "expect": None},
        {"question": "vagt på lørdag", "expect": "vagtplan"},
        {"question": "kollega", "expect": "kalender"},
    ]
    found = evaluate(questions, engine)
    assert [(row["question"], row["expect"]) for row in found.rows] == [(q["question"], q["expect"]) for q in questions]
    assert [row["outcome"] for row in found.rows][:3] == ["answer", "none", "none"]
    assert "suggestions" in {row["outcome"] for row in found.rows}
    for row in found.rows:
        confidences = [each["confidence"] for each in row["ranked"]]
        assert len(confidences) == 8
        assert confidences == sorted(confidences, reverse=True)
    assert (found.inside, found.outside) == (3, 2)
    assert found.summary["R@1"] == pytest.approx(2 / 3)
    assert found.t_hi is not None
    assert found.t_hi > found.rows[1]["ranked"][0]["confidence"] - 1e-4


def test_without_questions_out_of_scope_no_limit_is_proposed(engine: Engine) -> None:
    found = evaluate([{"question": "Min postkasse er fuld", "expect": "postkasse"}], engine)
    assert found.t_hi is None
    assert found.t_lo is None
    assert math.isnan(found.summary["AUROC"])


def test_an_evaluation_asks_as_somebody_who_may_see_less(engine: Engine) -> None:
    visible = frozenset({"vpn", "teams", "printer"})
    found = evaluate([{"question": "Min postkasse er fuld", "expect": "postkasse"}], engine, visible)
    assert {each["id"] for each in found.rows[0]["ranked"]} == visible
    assert found.summary["R@1"] == 0
