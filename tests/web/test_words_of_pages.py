"""Both languages say the same things with the same blanks, every word is used, and every word that is used is there."""

import re
import string
from pathlib import Path

import pytest

import bot.messengers.web.words as of_messages
import bot.web.words as of_pages

WEB = Path(of_pages.__file__).parent
SOURCES = "".join(
    path.read_text(encoding="utf-8")
    for path in (*WEB.rglob("*.html"), *WEB.glob("*.py"))
    if path.stem not in {"danish", "english"}
)


def blanks(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("words", [of_messages.WORDS, of_pages.WORDS], ids=["messages", "pages"])
def test_both_languages_say_the_same_with_the_same_blanks(words):
    assert list(words["da"]) == list(words["en"])
    for key, said in words["da"].items():
        assert blanks(said) == blanks(words["en"][key]), key
        assert said.strip()
        assert "!" not in said


def test_every_word_that_a_page_asks_for_is_there():
    asked = set(re.findall(r'\bt\("([^"]+)"', SOURCES)) | set(
        re.findall(r'say\([^,()]+(?:\.language)?, "([^"]+)"', SOURCES)
    )
    assert asked
    assert asked <= set(of_pages.WORDS["da"]), asked - set(of_pages.WORDS["da"])


def test_no_word_is_left_over():
    made = (
        "role.",
        "party.",
        "ev.",
        "at.",
        "filter.",
        "e.",
        "composer.",
        "demo.",
        "case.axis.",
        "via.",
        "in.",
        "out.",
        "f.",
        "list.",
        "tr.",
        "score.",
        "kn.show.",
    )
    left = [key for key in of_pages.WORDS["da"] if f'"{key}"' not in SOURCES and not key.startswith(made)]
    assert left == []
