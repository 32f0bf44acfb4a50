"""The sentences themselves: both languages say the same things, with the same blanks, in the tone we chose."""

from string import Formatter

import pytest

from bot.wording.danish import SAYS as DANISH
from bot.wording.english import SAYS as ENGLISH

SILENT = {"why.offered"}  # a ticket that was simply offered needs no reason on its card
BOTH = pytest.mark.parametrize("says", [DANISH, ENGLISH], ids=["danish", "english"])


def test_both_languages_have_the_same_sentences():
    assert DANISH.keys() == ENGLISH.keys()


def test_a_sentence_has_the_same_blanks_in_both_languages():
    shared = DANISH.keys() & ENGLISH.keys()
    differing = {key for key in shared if blanks(DANISH[key]) != blanks(ENGLISH[key])}
    assert differing == set()


@BOTH
def test_every_blank_has_a_name_and_takes_words_as_they_are(says):
    odd = {
        key
        for key, sentence in says.items()
        for _, name, layout, conversion in Formatter().parse(sentence)
        if name is not None and (not name.isidentifier() or layout or conversion)
    }
    assert odd == set()


@BOTH
def test_no_sentence_is_empty_but_the_reason_that_needs_no_words(says):
    assert {key for key, sentence in says.items() if not sentence.strip()} == SILENT


@BOTH
def test_nothing_is_shouted(says):
    assert {key for key, sentence in says.items() if "!" in sentence} == set()


@BOTH
def test_the_bot_says_what_it_can_do_and_never_unfortunately(says):
    gloomy = ("desværre", "unfortunately")
    assert {key for key, sentence in says.items() if any(word in sentence.casefold() for word in gloomy)} == set()


def blanks(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
