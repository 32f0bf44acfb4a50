"""What is known of words before any knowledge is read."""

import numpy as np
import pytest

from bot.search.words import RAREST, SYNONYM, meaning, rarity, shipped


def near(one: str, other: str) -> float:
    return float(meaning(one) @ meaning(other))


def test_small_words_are_common_and_telling_ones_are_rare() -> None:
    for small in ("og", "jeg", "the", "you"):
        for telling in ("adgangskode", "faktura", "printer", "password"):
            assert rarity(small) + 1 < rarity(telling) <= RAREST


@pytest.mark.parametrize(
    ("one", "other", "stranger"),
    [
        ("adgangskode", "password", "frokost"),
        ("faktura", "regning", "telefon"),
        ("mail", "besked", "trappe"),
        ("printer", "udskrift", "hund"),
        ("holiday", "ferie", "skruetraekker"),
    ],
)
def test_words_that_mean_nearly_the_same_are_near_in_both_languages(one: str, other: str, stranger: str) -> None:
    assert near(one, other) > near(one, stranger) + 0.05


def test_a_compound_is_read_as_its_parts() -> None:
    assert "vagtplanlaegning" not in shipped().places
    assert near("vagtplanlaegning", "vagt") > near("vagtplanlaegning", "kaffe") + 0.2
    assert near("etiketprinteren", "printeren") > near("etiketprinteren", "kaffe") + 0.2


def test_what_nobody_says_is_as_rare_as_can_be_and_means_nothing() -> None:
    for typed in ("qxzzvq", "12345678901234567890", "\U0001f600"):
        assert rarity(typed) == RAREST
        assert not meaning(typed).any()
    assert rarity("zq3zq") == SYNONYM


def test_every_meaning_has_the_same_length() -> None:
    for word in list(shipped().places)[::2000]:
        assert np.isclose(np.linalg.norm(meaning(word)), 1, atol=1e-5)


def test_a_very_long_word_takes_no_time_worth_mentioning() -> None:
    assert rarity("ab" * 1000) == RAREST
