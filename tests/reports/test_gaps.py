"""What the knowledge lacks, as YAML ready to paste: ranked by what it costs, without anybody's name in it, and right as it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.desk.learning import Lesson
from bot.domain.people import SystemId
from bot.reports.gaps import Hider, draft, gaps
from bot.storage.knowledge import load

SAMPLE = Path(__file__).parents[2] / "knowledge"
TODAY = date(2026, 11, 27)
THEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
JOURNAL = SystemId("omsorgsjournalen")


@pytest.fixture(scope="module")
def known():
    return load(SAMPLE, TODAY).known


def lesson(words, **more):
    return Lesson(**{"question": "q", "at": THEN, "words": words, "system": JOURNAL} | more)


def gap(known, *told):
    return gaps(told, [range(len(told))], known)[0]


def test_the_dearest_comes_first_by_count_times_minutes_and_among_the_free_by_count(known):
    told = [
        lesson("to gange dyrt", spent_s=30 * 60),
        lesson("to gange dyrt igen", spent_s=30 * 60),
        lesson("en gang dyrt", spent_s=100 * 60),
        lesson("gratis noget"),
        lesson("gratis sag"),
        lesson("gratis alene"),
    ]
    found = gaps(told, [[5], [3, 4], [2], [0, 1]], known)
    assert [(each.count, each.spent_s // 60) for each in found] == [(2, 60), (1, 100), (2, 0), (1, 0)]


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("Sam sagde det", "[navn] sagde det"),
        ("spørg mia eller MIA", "spørg [navn] eller [navn]"),
        ("det er Mias tablet", "det er [navn] tablet"),
        ("skriv til mia@fjordby.example nu", "skriv til [mail] nu"),
        ("ring 12 34 56 78 eller +4512345678", "ring [telefon] eller [telefon]"),
        ("ring 0045 12345678", "ring [telefon]"),
        ("cpr 010165-1234", "cpr [CPR]"),
        ("Bo kan ikke, og vi bo der", "[navn] kan ikke, og vi bo der"),
        ("INC0012345 og version 10.2", "INC0012345 og version 10.2"),
        ("samling og miami", "samling og miami"),
    ],
)
def test_who_somebody_is_does_not_leave_with_the_words(known, said, hidden):
    assert Hider(known.organisation)(said) == hidden


def test_an_organisation_without_people_hides_no_words(known):
    nobody = replace(known.organisation, people={})
    assert Hider(nobody)("Sam sagde det") == "Sam sagde det"


def test_a_phrasing_that_an_article_has_or_that_comes_again_is_left_out(known):
    has = next(iter(known.articles.values())).phrasings[0]
    found = gap(
        known, lesson(has.upper()), lesson("helt nyt her"), lesson("Helt  nyt,\nher!"), lesson("noget andet igen")
    )
    assert found.phrasings == ("helt nyt her", "noget andet igen")


def test_what_teaches_no_new_phrasing_is_no_gap(known):
    has = next(iter(known.articles.values())).phrasings[0]
    assert gaps([lesson(has)], [[0]], known) == []


def test_a_suggestion_that_was_chosen_gets_the_phrasing(known):
    name = next(iter(known.articles))
    found = gap(known, lesson("ikke set før: nej", chosen=name))
    assert found.article == name
    assert draft(found, known, TODAY) == "    - 'ikke set før: nej'\n"


def test_a_solution_that_is_an_articles_own_text_belongs_to_that_article(known):
    article = next(iter(known.articles.values()))
    found = gap(known, lesson("ikke set før", solution=article.answer_in("da")))
    assert found.article == article.id


def test_an_article_that_is_gone_gets_nothing(known):
    found = gap(known, lesson("ikke set før", chosen="forsvundet"))
    assert (found.article, draft(found, known, TODAY)) == (None, "")


@pytest.mark.parametrize("system", [JOURNAL, None])
def test_a_draft_is_right_as_it_stands(known, tmp_path, system):
    """Pasted as it is: no refusal, whatever was written."""
    words = ["no", "22:00", "- id: x", "æ: ø # å", "'citat\" og |", "{a: b}", "han siger *nu* &der !her"]
    told = [lesson(f"{each} {nth}" if nth > 1 else each, system=system, spent_s=60) for nth, each in enumerate(words)]
    told.append(lesson("sådan løses det", system=system, solution="  1. Tryk: her\n\n2. #Vent\t\n- id: x\nHilsen Sam"))
    found = gap(known, *told)
    text = draft(found, known, TODAY)
    assert "Sam" not in text
    copy = tmp_path / "knowledge"
    for file in SAMPLE.rglob("*.yaml"):
        there = copy / file.relative_to(SAMPLE)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(file.read_bytes())
    (copy / "articles" / "ny.yaml").write_text(text, encoding="utf-8")
    loaded = load(copy, TODAY)
    assert [str(each) for each in loaded.refusals] == []
    article = next(each for each in loaded.known.articles.values() if each.source.endswith("ny.yaml:1"))
    assert article.phrasings == found.phrasings
    assert article.answer_in("da").strip().splitlines()[0] == "1. Tryk: her"
    assert article.system == system


def test_an_id_that_is_taken_gets_a_number(known):
    name = next(iter(known.articles))
    words = name.replace("-", " ")
    found = gap(known, lesson(f"{words}!", solution="Sådan."))
    text = draft(replace(found, phrasings=(words,), article=None), known, TODAY)
    assert text.startswith(f"- id: {name}-2\n")


def test_the_newest_solution_counts(known):
    told = [
        lesson("ikke set før en", solution="Gammel.", at=datetime(2026, 10, 1, tzinfo=UTC)),
        lesson("ikke set før to", solution="Ny."),
    ]
    assert gap(known, *told).solution == "Ny."
