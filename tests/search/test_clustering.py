"""Questions that ask for the same thing come together: on a log of 500 with known groups, and at the edges."""

import random
from datetime import date
from pathlib import Path

import pytest

from bot.search.clustering import MOST, clusters, purity
from bot.storage.knowledge import load

SAMPLE = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="module")
def log():
    """500 questions of the sample knowledge, (words, article, system): what people would ask of 81 subjects."""
    known = load(SAMPLE, date(2026, 11, 24)).known
    every = [
        (text, article.id, article.system)
        for article in known.articles.values()
        for text in (*article.golden.matches, *article.phrasings)
    ]
    return random.Random(3).sample(every, 500)


def test_a_log_of_500_questions_falls_into_its_kinds(log):
    words, articles, systems = zip(*log, strict=True)
    found = clusters(words, apart=systems)
    assert purity(found, articles) >= 0.85
    assert len(found) <= 4 * len(set(articles))
    assert sorted(place for each in found for place in each) == list(range(500))


def test_questions_about_different_systems_are_never_put_together(log):
    words, _, systems = zip(*log, strict=True)
    assert all(len({systems[place] for place in each}) == 1 for each in clusters(words, apart=systems))


def test_the_same_words_for_two_systems_are_two_clusters():
    assert clusters(["den vil ikke starte"] * 4, apart=["pc", "printer", "pc", "printer"]) == [[0, 2], [1, 3]]


def test_the_order_of_the_log_changes_no_cluster(log):
    words = [text for text, _, _ in log[:120]]
    mixed = list(range(120))
    random.Random(1).shuffle(mixed)
    found = clusters([words[place] for place in mixed])
    assert {frozenset(mixed[place] for place in each) for each in found} == {
        frozenset(each) for each in clusters(words)
    }


def test_the_largest_comes_first_and_in_it_the_most_typical():
    words = ["printeren er tom", "min skærm blinker", "printeren er helt tom", "printeren er tom for papir"]
    first, second = clusters(words)
    assert (sorted(first), second) == ([0, 2, 3], [1])
    assert first[0] == 0


def test_words_that_mean_the_same_bring_questions_together():
    words = ["min tablet er langsom", "my ipad is slow"]
    assert len(clusters(words)) == 2
    assert len(clusters(words, [["tablet", "ipad"], ["langsom", "slow"]])) == 1


def test_nothing_and_one_and_words_without_letters():
    assert clusters([]) == []
    assert clusters(["hej"]) == [[0]]
    assert sorted(clusters(["", "?!", "hej"])) == [[0], [1], [2]]


def test_more_than_can_be_compared_is_said():
    with pytest.raises(ValueError, match="at most 3000"):
        clusters(["x"] * (MOST + 1))
