"""`knowledge gaps` and `knowledge review`: what people had to answer, with YAML to paste, and which articles want a look."""

import shutil
from datetime import timedelta

import pytest
import yaml

from bot.cli.opening import now
from bot.desk.ports import Text
from bot.domain.articles import Answer, ArticleId, NoAnswer, Ranked, Suggestions
from bot.domain.commands import Kind, Place
from bot.domain.people import PersonId
from bot.domain.questions import Question
from bot.storage.database import open_store

ASKED = (
    "etiketrullen sidder fast i maskinen",
    "rullen med etiketter sidder fast i maskinen",
    "etiketrullen sidder fast",
)


@pytest.fixture
def with_questions(types, house, known, tmp_path_factory):
    """Three asked for the same thing, and nobody knew; one picked a suggestion; one was shown what did not help."""
    path = tmp_path_factory.mktemp("learned") / "desk.sqlite"
    shutil.copy(house / "desk.sqlite", path)
    store, mia = open_store(f"sqlite:///{path}"), known.organisation.people[PersonId("mia")]
    one, two = (ArticleId(each) for each in sorted(known.articles)[:2])
    at, place = now() - timedelta(days=2), Place("web", Kind.DIRECT, "mia")
    found = {text: NoAnswer(()) for text in ASKED}
    found["så står der bare nul komma nul"] = Suggestions((one, two), (Ranked(one, 0.3),))
    found["den lyser blåt"] = Answer(two, 0.7, (Ranked(two, 0.7),))
    with store.transaction() as ledger:
        for nth, (text, outcome) in enumerate(found.items()):
            question = Question.asked(f"q{nth}", mia, at, place, f"t-q{nth}", outcome)
            ledger.write(Text(f"t-q{nth}", question.case_id, "question", mia.id, at, text))
            if isinstance(outcome, Suggestions):
                question = question.chose(mia, one)
            if isinstance(outcome, Answer):
                question = question.failed(mia, at)
            ledger.save_question(question)
    store.close()
    return lambda *words, **more: types(*words, DATABASE_URL=f"sqlite:///{path}", **more)


def test_what_several_asked_for_is_one_gap(with_questions):
    said = with_questions("knowledge", "gaps")
    assert said.code == 0
    assert "3 har spurgt" in said.out
    assert all(each in said.out for each in ASKED[1:2])
    assert "nul komma nul" not in said.out, "asked once"
    assert "3 grupper" in said.err


def test_a_suggestion_that_was_picked_is_ready_to_paste(with_questions, known):
    said = with_questions("knowledge", "gaps", "--least", "1", LANGUAGE="en")
    assert f"questions of {min(known.articles)}" in said.out
    line = next(each for each in said.out.splitlines() if "nul komma nul" in each and not each.startswith("#"))
    assert yaml.safe_load(line) == ["så står der bare nul komma nul"]


def test_articles_that_want_a_look_are_listed_by_why(with_questions, known):
    said = with_questions("knowledge", "review", LANGUAGE="en")
    assert said.code == 0
    for heading in ("Should have been reviewed", "Did not help (1)", f"Never shown ({len(known.articles) - 2 - _uncovered(known)})"):  # fmt: skip
        assert heading in said.out


def _uncovered(known):
    return sum(not each.covered for each in known.articles.values())


def test_what_is_asked_about_is_how_far_back(with_questions):
    assert "0 spørgsmål" in with_questions("knowledge", "gaps", "--days", "1").err
    assert ASKED[0] not in with_questions("knowledge", "gaps", "--days", "1").out
