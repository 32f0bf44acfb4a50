"""What somebody types, and what they get."""

import pytest
from fjordby import ARTICLES
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.articles import Answer, Found, NoAnswer, Suggestions
from bot.search import Engine

PUBLIC = frozenset(each.id for each in ARTICLES if each.is_for_everyone)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Etiketprinteren skriver blanke etiketter", "etiketprinter"),
        ("ETIKETPRINTEREN SKRIVER BLANKE ETIKETTER!!!", "etiketprinter"),
        ("etiket printeren skrivr blnke etikeder", "etiketprinter"),
        ("hvor finder jeg min loenseddel", "loenseddel"),
        ("hvor finder jeg min lønseddel", "loenseddel"),
        ("Hvor finder jeg min lo\u0308nseddel", "loenseddel"),  # o and a combining diaeresis, as some keyboards send it
        ("skaermen paa min tablet er knust", "tablet"),
        ("tablet\u00adten vil ikke tænde", "tablet"),  # a soft hyphen, as pasted from a page
        ("i forgot my password", "adgangskode"),
        ("my shift schedule is wrong", "vagtplan"),
        ("no sound in Teams meeting", "teams"),
        ("🖨️ etiketprinteren 🤬 blanke etiketter", "etiketprinter"),
    ],
)
def test_a_question_finds_its_article_however_it_is_typed(engine: Engine, typed: str, expected: str) -> None:
    assert engine.rank(typed)[0].article == expected


@pytest.mark.parametrize("article", ARTICLES, ids=lambda each: each.id)
def test_an_article_answers_its_own_phrasings_word_for_word(engine: Engine, article) -> None:
    for phrasing in article.phrasings:
        found = engine.find(phrasing)
        if article.covered:
            assert isinstance(found, Answer)
            assert found.article == article.id
        else:
            assert isinstance(found, NoAnswer)
            assert found.not_covered == article.id


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "?", "😀😀😀", "\x00\x01\x02", "\u202e\u202d", "\ud800", "\u0301", "...", "\n\t"],
)
def test_a_question_without_words_finds_nothing_and_says_so(engine: Engine, typed: str) -> None:
    found = engine.find(typed)
    assert isinstance(found, NoAnswer)
    assert all(each.confidence == 0 for each in found.ranked)


@pytest.mark.parametrize(
    "typed", ["hvem vandt fodboldkampen i går", "what is the capital of Peru", "שלום עולם", "مرحبا"]
)
def test_a_question_about_something_else_is_not_answered(engine: Engine, typed: str) -> None:
    assert not isinstance(engine.find(typed), Answer)


@pytest.mark.parametrize("typed", ["printer " * 12_500, "x" * 100_000, "😀" * 50_000, "æ ø å " * 20_000])
def test_a_hundred_kilobytes_are_read_as_far_as_it_makes_sense(engine: Engine, typed: str) -> None:
    assert len(engine.find(typed).ranked) >= 3


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.frozensets(st.sampled_from(sorted(PUBLIC)), max_size=6))
def test_whatever_is_typed_the_outcome_keeps_its_promises(engine: Engine, typed: str, visible: frozenset) -> None:
    found = engine.find(typed, visible)
    confidences = [each.confidence for each in found.ranked]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= each <= 1 for each in confidences)
    assert {each.article for each in found.ranked} <= visible
    assert len(found.ranked) == min(len(visible), 8)
    assert set(_shown(found)) <= visible - {"kantine"}
    assert len(_shown(found)) <= 3


def test_a_subject_that_is_not_covered_goes_to_the_group_that_has_it(engine: Engine) -> None:
    found = engine.find("kan kantinen levere mad til min private fest")
    assert isinstance(found, NoAnswer)
    assert (found.not_covered, found.system, found.group) == ("kantine", "system-kantine", "service")


def test_the_same_question_gives_the_same_figures_every_time(engine: Engine) -> None:
    assert engine.find("vagtplanen er forkert") == engine.find("vagtplanen er forkert")


def _shown(found: Found) -> tuple[str, ...]:
    match found:
        case Answer():
            return (found.article,)
        case Suggestions():
            return found.articles
        case NoAnswer():
            return ()
