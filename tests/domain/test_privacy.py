"""CPR numbers never get past the door, however they are typed; what only looks like one may be masked too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.privacy import MASK, clean, mask, mask_long

MUST = (
    "010165-1234", "0101651234", "010165 1234", "010165 – 1234", "(311299-4321).", "CPR0101801234", "710180-1234",
    "010165/1234", "010165-\n1234", "010165\n1234", "01 01 65 1234", "0 1 0 1 6 5 1 2 3 4", "010165\u00a0-\u00a01234",
    "01-01-65-1234", "0101\u200b65-1234", "010165−1234", "010165\u00ad1234", "010165‑1234", "310165-1234", "910165-1234",
    "010165.1234", "011265-0000", "190165-1234", "290265-1234",
)  # fmt: skip
MUST_NOT = (
    "12345678", "+45 12345678", "20261123-1234567", "320180-1234", "011380-1234", "1234567890123", "INC0012345",
    "kl. 10.15 den 23-11-2026", "+45 12 34 56 78", "000165-1234", "920165-1234", "010065-1234", "600165-1234",
    "410165-1234", "310065-1234",
)  # fmt: skip


@pytest.mark.parametrize("text", MUST)
def test_a_cpr_number_is_masked_however_it_is_typed(text: str) -> None:
    masked = mask(f"borgeren {text} mangler")
    assert masked.removed == 1
    assert MASK in masked.text
    assert "1234" not in masked.text


@pytest.mark.parametrize("text", MUST_NOT)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert mask(text).text == text


def test_each_of_several_is_counted() -> None:
    assert mask("010165-1234 og 0202651234") == mask("010165-1234 og 0202651234")
    assert mask("010165-1234 og 0202651234").removed == 2


@given(
    st.text(max_size=60),
    st.integers(1, 31),
    st.integers(1, 12),
    st.integers(0, 99),
    st.integers(0, 9999),
    st.text(max_size=60),
)
def test_wherever_it_stands_no_digit_of_its_serial_is_left(
    before: str, day: int, month: int, year: int, serial: int, after: str
) -> None:
    number = f"{day:02}{month:02}{year:02}-{serial:04}"
    text = f"{before} {number} {after}"
    assert number not in mask(text).text


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


def test_characters_that_only_a_machine_sends_are_dropped() -> None:
    assert clean("\x00hej\x07\u202eder\u2066\r\nigen\t!  ") == "hejder\nigen\t!"
    assert clean("æøå 🙂 שלום") == "æøå 🙂 שלום"


def test_a_page_of_what_nobody_sees_is_looked_at_once_and_not_in_every_division() -> None:
    """Otherwise this never ends."""
    assert mask("31" + "\u200b" * 1_000_000 + "x").removed == 0


@given(st.text(alphabet="013 6-;a\n\u200b", max_size=60), st.integers(1, 12))
def test_a_long_text_is_masked_as_a_short_one_wherever_it_is_parted(text: str, piece: int) -> None:
    around = f"{text} 0101651234 {text}a{text}010165-1234"
    assert mask_long(text, piece) == mask(text)
    assert mask_long(around, piece) == mask(around)
