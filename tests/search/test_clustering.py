"""Questions that ask for the same thing are found together: on our own log of 500, and on a public set where it is at hand."""

import json
import sys
from pathlib import Path

import pytest
from asked_often import asked_often

from bot.search.clustering import MOST, clusters, purity

DATA = Path(__file__).parents[3] / "shared" / "data"


def together(found, truth):
    """The share of pairs that ask for the same thing and are in one cluster, 0..1."""
    kept = sum(len(each) * (len(each) - 1) for group in set(truth) for each in _split(found, truth, group))
    return kept / sum(truth.count(group) * (truth.count(group) - 1) for group in set(truth))


def _told(capsys, log, found, truth):
    with capsys.disabled():
        figures = (
            f"purity {purity(found, truth):.3f}, {len(found)} clusters, pairs together {together(found, truth):.3f}"
        )
        sys.stdout.write(f"\n{log}: {figures}\n")


def _split(found, truth, group):
    return [[place for place in each if truth[place] == group] for each in found]


def test_a_log_of_five_hundred_questions_falls_into_what_was_asked_for(capsys):
    log = asked_often()
    texts, truth = [text for text, _ in log], [group for _, group in log]
    found = clusters(texts)
    _told(capsys, "500 own questions in 20 groups", found, truth)
    assert len(log) == 500
    assert sorted(place for each in found for place in each) == list(range(500)), "each in one cluster"
    assert purity(found, truth) >= 0.9
    assert together(found, truth) >= 0.3, "purity alone is easy: a cluster for each question has it"


def test_a_public_log_of_five_hundred_questions_is_judged_on_its_test_part(capsys):
    if not (DATA / "clinc150.json").is_file():
        pytest.skip("NOT CHECKED: clinc150.json is not beside the project (../shared/data)")
    by_intent: dict[str, list[str]] = {}
    for text, intent in json.loads((DATA / "clinc150.json").read_text("utf-8"))["test"]:
        by_intent.setdefault(intent, []).append(text)
    log = [(text, intent) for intent in sorted(by_intent)[::6] for text in by_intent[intent][:20]]
    truth = [intent for _, intent in log]
    found = clusters([text for text, _ in log])
    _told(capsys, "500 of CLINC150 in 25 groups", found, truth)
    assert len(log) == 500
    assert purity(found, truth) >= 0.8
    assert together(found, truth) >= 0.3


def test_the_most_typical_question_stands_first_and_the_largest_cluster_before_others():
    texts = ["printeren er rød", "flyt borger til andet distrikt", "flyt en borger til nyt distrikt", "flyt borger distrikt"]  # fmt: skip
    assert clusters(texts)[0][0] in {1, 2, 3}
    assert [len(each) for each in clusters(texts)] == [3, 1]


def test_nothing_falls_into_nothing_and_too_much_is_refused():
    assert clusters([]) == []
    with pytest.raises(ValueError, match="at most 3000"):
        clusters(["a"] * (MOST + 1))


def test_a_question_without_a_single_letter_is_alone():
    assert clusters(["???", "hvor er min ferie", "hvor er ferien"]) == [[1, 2], [0]]


def test_the_same_words_for_two_systems_are_two_clusters():
    assert clusters(["den vil ikke starte"] * 4, apart=["pc", "printer", "pc", "printer"]) == [[0, 2], [1, 3]]


def test_the_order_of_the_log_changes_no_cluster():
    words = [text for text, _ in asked_often()[:120]]
    mixed = [*range(0, 120, 2), *range(119, 0, -2)]
    found = clusters([words[place] for place in mixed])
    assert {frozenset(mixed[place] for place in each) for each in found} == {
        frozenset(each) for each in clusters(words)
    }
