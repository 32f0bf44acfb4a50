"""One question, a file of questions, and the knowledge itself, from the command line."""

import json
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

ASKED = "jeg har glemt min adgangskode til pc"


def test_an_answer_is_shown_with_its_source(types):
    said = types("ask", ASKED)
    assert said.code == 0
    assert said.out.startswith("Jeg har glemt min adgangskode\n1. Tryk Glemt adgangskode")
    assert "identitet@fjordby.example" in said.out
    assert "adgangskode-glemt" in said.err


def test_the_same_as_json_has_the_outcome_and_every_candidate(types):
    said = types("ask", ASKED, "--json")
    read = json.loads(said.out)
    assert list(read) == ["question", "outcome", "ranked"]
    assert (read["question"], read["outcome"]) == (ASKED, "answer")
    assert len(read["ranked"]) >= 3
    assert read["ranked"][0]["id"] == "adgangskode-glemt"
    confidences = [each["confidence"] for each in read["ranked"]]
    assert confidences == sorted(confidences, reverse=True)


@pytest.mark.parametrize("question", ["", "🙂🙂", "x" * 5000, "<b>=1+1</b>", "\x00"])
def test_whatever_is_asked_there_is_an_outcome(types, question):
    assert json.loads(types("ask", question, "--json").out)["outcome"] in {"answer", "suggestions", "none"}


def test_numbers_of_citizens_are_masked_before_anything_is_looked_up(types):
    said = types("ask", "borger 010165-1234 kan ikke logge ind", "--json")
    assert json.loads(said.out)["question"] == "borger [CPR] kan ikke logge ind"


def test_who_asks_decides_what_may_be_seen(types):
    hidden = [each["id"] for each in json.loads(types("ask", "nulstille mfa for en kollega", "--json").out)["ranked"]]
    shown = types("ask", "nulstille mfa for en kollega", "--json", "--as", "ivo@fjordby.example")
    assert "nulstil-mfa-kollega" not in hidden
    assert "nulstil-mfa-kollega" in [each["id"] for each in json.loads(shown.out)["ranked"]]


def test_nobody_unknown_can_ask(types):
    said = types("ask", ASKED, "--as", "nobody")
    assert (said.code, said.err) == (1, "The organisation file has nobody called nobody.\n")


@pytest.fixture
def questions(tmp_path):
    file = tmp_path / "questions.jsonl"
    rows = [(ASKED, "adgangskode-glemt"), ("Hvad koster en hest?", None), ("papirstop i printeren", "no-such-article")]
    file.write_text("\n".join(json.dumps({"question": text, "expect": expect}) for text, expect in rows) + "\n\n")
    return file


def test_every_question_of_a_file_gets_a_line_in_the_same_order(types, questions):
    said = types("evaluate", str(questions), "--knowledge", str(ROOT / "knowledge"), "--json")
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert [each["expect"] for each in rows] == ["adgangskode-glemt", None, "no-such-article"]
    assert [list(each) for each in rows] == [["question", "expect", "outcome", "ranked"]] * 3
    assert rows[0]["outcome"] == "answer"
    assert all(len(each["ranked"]) >= 3 for each in rows)
    assert "no-such-article" in said.err


def test_without_json_the_measures_and_limits_are_shown(types, questions):
    said = types("evaluate", str(questions), "--knowledge", str(ROOT / "knowledge"))
    for measure in ("R@1", "MRR@3", "AUROC", "C@5", "W@5", "p>.5 correct", "p>.5 wrong", "p>.5 FAR", "C|sug"):
        assert measure in said.out
    assert "2 questions with an article, 1 without" in said.out
    assert "t_hi 0." in said.out


def test_articles_alone_are_enough_to_evaluate(types, questions, tmp_path):
    shutil.copytree(ROOT / "knowledge" / "articles", tmp_path / "some" / "articles")
    said = types("evaluate", str(questions), "--knowledge", str(tmp_path / "some"), "--json")
    assert (said.code, len(said.out.splitlines())) == (0, 3)


@pytest.mark.parametrize("line", ["not json", "[]", '{"question": "x"}', '{"question": 1, "expect": null}', '{"expect": null}', '{"question": "x", "expect": 1}'])  # fmt: skip
def test_a_line_that_is_no_question_is_told_with_its_number(types, tmp_path, line):
    file = tmp_path / "questions.jsonl"
    file.write_text(f'{{"question": "x", "expect": null}}\n{line}\n')
    said = types("evaluate", str(file), "--knowledge", str(ROOT / "knowledge"))
    assert said.code == 2
    assert said.err.startswith(f"{file}:2 wants ")


def test_a_missing_file_or_directory_is_named(types, tmp_path, questions):
    assert "There is no file" in types("evaluate", str(tmp_path / "none")).err
    assert "There is no directory" in types("evaluate", str(questions), "--knowledge", str(tmp_path / "none")).err


def test_a_page_is_written_beside_the_measures(types, questions, tmp_path):
    page = tmp_path / "page.html"
    said = types("evaluate", str(questions), "--knowledge", str(ROOT / "knowledge"), "--html", str(page), LANGUAGE="en")
    assert said.code == 0
    assert "2 questions with an article, 1 without." in page.read_text("utf-8")
    gone = types(
        "evaluate", str(questions), "--knowledge", str(ROOT / "knowledge"), "--html", str(tmp_path / "no" / "x")
    )
    assert (gone.code, "cannot be written" in gone.err) == (2, True)


def test_a_broken_file_is_told_and_the_others_answer(types, tmp_path):
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    (tmp_path / "knowledge" / "articles" / "ny.yaml").write_text("- id: [")
    said = types("ask", ASKED, "--json", KNOWLEDGE=str(tmp_path / "knowledge"))
    assert (said.code, json.loads(said.out)["outcome"]) == (0, "answer")
    assert "ny.yaml:" in said.err
    assert "er ikke YAML" in said.err
