"""Danish public holidays, written out: what the library says may not change without somebody noticing."""

from datetime import date

import pytest

from bot.storage.knowledge import closed_days
from bot.storage.knowledge.closed_days import from_library, page, public_holidays

# Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday of each year.
MOVABLE = {
    2023: "04-06 04-07 04-09 04-10 05-18 05-28 05-29",
    2024: "03-28 03-29 03-31 04-01 05-09 05-19 05-20",
    2025: "04-17 04-18 04-20 04-21 05-29 06-08 06-09",
    2026: "04-02 04-03 04-05 04-06 05-14 05-24 05-25",
    2027: "03-25 03-26 03-28 03-29 05-06 05-16 05-17",
    2028: "04-13 04-14 04-16 04-17 05-25 06-04 06-05",
    2029: "03-29 03-30 04-01 04-02 05-10 05-20 05-21",
    2030: "04-18 04-19 04-21 04-22 05-30 06-09 06-10",
}
FIXED = "01-01 12-25 12-26"
GREAT_PRAYER_DAY = {2023: "05-05"}  # abolished from 2024


@pytest.mark.parametrize("year", MOVABLE)
def test_public_holidays_are_these(year: int):
    expected = f"{FIXED} {MOVABLE[year]} {GREAT_PRAYER_DAY.get(year, '')}".split()
    dates = {date.fromisoformat(f"{year}-{day}") for day in expected}
    assert public_holidays(date(year, 1, 1), date(year + 1, 1, 1)) == dates
    assert from_library(year, year + 1) == dates


def test_the_dates_that_are_shipped_are_those_of_the_library_that_is_installed():
    """After an upgrade: python -m bot.storage.knowledge.closed_days, and look at what changed."""
    assert closed_days.SHIPPED.read_text("utf-8") == page(closed_days.FIRST, closed_days.UNTIL)


@pytest.mark.parametrize(
    ("version", "first", "end"),
    [("0.1", date(2026, 1, 1), date(2027, 1, 1)), (closed_days.VERSION, date(2050, 12, 25), date(2052, 1, 2))],
    ids=["another version", "years that are not shipped"],
)
def test_what_is_not_shipped_the_library_is_asked(monkeypatch, version, first, end):
    monkeypatch.setattr(closed_days, "VERSION", version)
    monkeypatch.setattr(closed_days, "from_library", lambda *years: {date(year, 1, 1) for year in range(*years)})
    assert public_holidays(first, end) == {
        date(year, 1, 1) for year in range(2020, 2060) if first <= date(year, 1, 1) < end
    }


def test_store_bededag_is_closed_in_2023_and_an_ordinary_day_from_2024():
    found = public_holidays(date(2023, 1, 1), date(2025, 1, 1))
    assert date(2023, 5, 5) in found
    assert date(2024, 4, 26) not in found


@pytest.mark.parametrize("day", ["05-01", "06-05", "12-24", "12-31"])
def test_customary_days_off_are_left_to_the_contract(day: str):
    assert date.fromisoformat(f"2026-{day}") not in public_holidays(date(2026, 1, 1), date(2027, 1, 1))


def test_only_days_within_the_time_are_named():
    assert public_holidays(date(2026, 12, 25), date(2026, 12, 26)) == {date(2026, 12, 25)}
    assert public_holidays(date(2026, 12, 26), date(2026, 12, 26)) == frozenset()
