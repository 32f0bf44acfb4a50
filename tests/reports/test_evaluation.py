"""The page that says how well the search answers: its figures, and that it stands alone."""

import re
from html.parser import HTMLParser

import pytest

from bot.reports.evaluation import Point, calibration_error, curve, page, point, reliability

SUMMARY = dict.fromkeys(("R@1", "MRR@3", "AUROC", "C@5", "W@5", "p>.5 correct", "p>.5 wrong", "p>.5 FAR", "C|sug"), 0.5)


def row(question, expect, first, confidence, outcome="answer"):
    return {
        "question": question,
        "expect": expect,
        "outcome": outcome,
        "ranked": [{"id": first, "confidence": confidence}],
    }


ROWS = [
    row("vpn virker ikke", "vpn", "vpn", 0.9),
    row("min borger 010165-1234 <b>", "vpn", "kaffe", 0.8),
    row("hvad koster en hest", None, "kaffe", 0.6),
    row("noget uklart", "kaffe", "vpn", 0.2, "suggestions"),
]


def test_a_point_is_the_first_candidate():
    assert [point(each) for each in ROWS[:3]] == [Point(0.9, True, True), Point(0.8, False, True), Point(0.6, False, False)]  # fmt: skip
    assert point({"expect": "x", "ranked": []}) == Point(0.0, False, True)


def test_confidence_is_held_against_what_was_true():
    points = [Point(0.85, True, True)] * 8 + [Point(0.85, False, True)] * 2 + [Point(1.0, True, True)]
    low, high = reliability(points)
    assert (low.count, round(low.said, 2), low.was) == (10, 0.85, 0.8)
    assert (high.count, high.said, high.was) == (1, 1.0, 1.0)
    assert calibration_error([low, high]) == pytest.approx(10 * 0.05 / 11)
    assert calibration_error([]) == 0


def test_a_higher_limit_answers_less_of_everything():
    steps = curve([point(each) for each in ROWS])
    at = {round(each.limit, 2): each for each in steps}
    assert (at[0.0].right, at[0.0].wrong, at[0.0].outside) == (1 / 3, 2 / 3, 1.0)
    assert (at[0.7].right, at[0.7].wrong, at[0.7].outside) == (1 / 3, 1 / 3, 0.0)
    assert (at[1.0].right, at[1.0].wrong) == (0, 0)
    assert curve([point(ROWS[0])])[0].outside is None


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_stands_alone_and_every_drawing_has_a_name_and_a_table(language):
    html = page(ROWS, SUMMARY, (0.61, 0.2), "log.jsonl", language)
    assert f'<html lang="{language}">' in html
    assert not re.search(r"<script|https?://|@import|url\(|style=", html)
    assert html.count("<svg") == html.count('role="img"') == html.count("<title id=") == 2
    assert html.count("<table") == 4
    assert "0.61" in html
    seen = _Nesting()
    seen.feed(html)
    assert seen.open == []


def test_what_people_wrote_is_masked_and_escaped():
    html = page(ROWS, SUMMARY, None, "<i>", "da")
    assert "010165" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;b&gt;" in html


def test_without_mistakes_and_without_measures_it_says_so():
    html = page(ROWS[:1], SUMMARY | {"AUROC": float("nan")}, None, "log", "en")
    assert "No wrong answers." in html
    assert "no limits can be proposed" in html
    assert '<td class="r">–</td>' in html


class _Nesting(HTMLParser):
    """Every tag that is opened is closed, in order."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, _):
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, _):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
