"""Ten dates on which clocks go wrong, worked out in the contract's own hours for both parties to sign."""

from dataclasses import replace
from datetime import date

from cases import CONTRACT, DOGN, HVERDAG, at

from bot.domain.contracts import Contract
from bot.domain.service_hours import Calendar
from bot.reports.worked_examples import worked_examples

HOLIDAY = date(2026, 4, 3)
VERSION = replace(HVERDAG.versions[0], closed=frozenset({HOLIDAY, date(2026, 4, 5)}))
WITH_HOLIDAYS = Calendar("hverdag", (VERSION,))


def due(contract: Contract, calendar: Calendar) -> dict[str, tuple[int, int | None]]:
    return {each.what: (each.start, each.due) for each in worked_examples(contract, calendar)}


def test_day_hours_do_not_notice_summer_time_and_skip_what_is_closed():
    assert due(CONTRACT, WITH_HOLIDAYS) == {
        "spring_day_hours": (at("2026-03-27 15:00"), at("2026-03-30 16:00")),
        "spring_day_round": (at("2026-03-28 12:00"), at("2026-04-01 16:00")),
        "autumn_day_round": (at("2026-10-24 12:00"), at("2026-10-28 16:00")),
        "repeated_hour": (at("2026-10-25 02:30"), at("2026-10-26 09:00")),
        "missing_hour": (at("2026-03-29 01:59"), at("2026-03-30 08:02")),
        "night_before_change": (at("2026-10-24 21:00"), at("2026-10-26 16:00")),
        "start_on_holiday": (at("2026-04-03 10:00"), at("2026-04-06 12:00")),
        "start_in_weekend": (at("2026-01-03 10:00"), at("2026-01-05 08:00:01")),
        "start_at_closing": (at("2026-01-05 16:00"), at("2026-01-06 09:00")),
        "second_before_closing": (at("2026-01-05 15:59:59"), at("2026-01-06 08:00:01")),
    }


def test_round_the_clock_a_day_is_23_hours_in_spring_and_25_in_autumn():
    found = due(CONTRACT, DOGN)
    assert found["spring_day_round"][1] == at("2026-03-29 13:00")
    assert found["autumn_day_round"][1] == at("2026-10-25 11:00")
    assert found["missing_hour"][1] == at("2026-03-29 03:01")
    assert found["night_before_change"][1] == at("2026-10-25 04:00")
    assert "start_on_holiday" not in found


def test_the_dates_are_those_of_the_contracts_own_time():
    later = replace(CONTRACT, valid_from=date(2027, 7, 1))
    assert due(later, DOGN)["autumn_day_round"][0] == at("2027-10-30 12:00")
    assert due(later, DOGN)["spring_day_round"][0] == at("2028-03-25 12:00")


def test_hours_that_never_open_have_no_examples():
    never = Calendar("aldrig", (replace(VERSION, weekly=((),) * 7),))
    assert worked_examples(CONTRACT, never) == ()
