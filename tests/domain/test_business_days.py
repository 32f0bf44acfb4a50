"""Budgets in days and months: where they end, and what half days, breaks, nights and pauses do to them.

Mutants that died here: counting the start day, counting closed days, `n` for `n - 1` in the look-up, first closing for
last, no clamp, the break's beginning for its end, the calendar day for the service day of a night, a month's day not
clamped, December rolling into month 13, the shift by paused time dropped, a due left inside a pause.
"""

import pytest
from stories import COPENHAGEN, H24, HOUR, K8, K8_PLUS, NIGHT, at, calendar, hours, local, week

from bot.domain.business_days import add_business_days, add_months
from bot.domain.contracts import BusinessDays, OpenTime, WallTime
from bot.domain.intervals import FOREVER
from bot.domain.plans import plan_for
from bot.domain.service_hours import Calendar, DatedHours

LUNCH = calendar(
    "lunch", (*(hours("08:00-16:00"),) * 2, hours("08:00-12:00 12:30-16:00"), *(hours("08:00-16:00"),) * 4)
)


@pytest.mark.parametrize(
    ("where", "start", "days", "mode", "due"),
    [
        (K8, "2026-11-20 15:00", 2, "same_clock", "2026-11-24 15:00"),
        (K8, "2026-11-20 15:00", 2, "end_of_day", "2026-11-24 16:00"),
        (K8_PLUS, "2026-06-04 14:00", 1, "same_clock", "2026-06-05 12:00"),
        (K8_PLUS, "2026-06-04 11:00", 1, "same_clock", "2026-06-05 11:00"),
        (K8, "2026-11-21 10:00", 1, "same_clock", "2026-11-24 08:00"),
        (K8, "2026-11-21 10:00", 1, "end_of_day", "2026-11-24 16:00"),
        (K8, "2026-11-20 16:00", 1, "end_of_day", "2026-11-24 16:00"),
        (K8, "2026-12-23 10:00", 2, "same_clock", "2026-12-28 10:00"),
        (LUNCH, "2026-11-24 12:10", 1, "same_clock", "2026-11-25 12:30"),
        (LUNCH, "2026-11-24 12:00", 1, "same_clock", "2026-11-25 12:30"),
        (LUNCH, "2026-11-24 11:59", 1, "same_clock", "2026-11-25 11:59"),
        (LUNCH, "2026-11-24 12:10", 1, "end_of_day", "2026-11-25 16:00"),
        (H24, "2026-10-24 02:30", 1, "same_clock", "2026-10-25T02:30+02:00"),
        (H24, "2026-03-28 02:30", 1, "same_clock", "2026-03-29 03:30"),
        (NIGHT, "2026-11-24 02:00", 1, "same_clock", "2026-11-25 02:00"),
        (NIGHT, "2026-11-23 23:00", 1, "same_clock", "2026-11-24 23:00"),
        (NIGHT, "2026-11-24 02:00", 1, "end_of_day", "2026-11-25 06:00"),
    ],
)
def test_business_days_end_where_the_contract_says(where, start, days, mode, due):
    assert add_business_days(where, at(start), days, mode) == at(due)


def test_a_wall_time_before_that_days_opening_becomes_the_opening():
    late = calendar("late", week("08:00-16:00"), dated=(DatedHours(at_date("2026-11-24"), hours("10:00-16:00")),))
    assert local(add_business_days(late, at("2026-11-23 09:00"), 1, "same_clock")) == "2026-11-24 10:00"


def test_a_wall_time_after_that_days_closing_becomes_the_last_closing():
    early = calendar(
        "early", week("08:00-17:00"), dated=(DatedHours(at_date("2026-11-24"), hours("08:00-12:00 12:30-15:00")),)
    )
    assert local(add_business_days(early, at("2026-11-23 16:00"), 1, "same_clock")) == "2026-11-24 15:00"


def at_date(day):
    return K8.date_at(at(day))


def test_after_a_half_days_closing_a_contract_may_choose_the_next_opening():
    due = add_business_days(K8_PLUS, at("2026-06-04 14:00"), 1, "same_clock", "next_opening")
    assert local(due) == "2026-06-08 08:00"


def test_many_business_days_are_counted_as_far_as_there_are_any():
    assert local(add_business_days(H24, at("2026-11-23 10:00"), 1000, "same_clock")) == "2029-08-19 10:00"


def test_a_calendar_may_run_out_of_business_days():
    last = calendar("last", ((),) * 7, dated=(DatedHours(at_date("2026-11-24"), hours("10:00-16:00")),))
    assert add_business_days(last, at("2026-11-23 09:00"), 1, "end_of_day") is None
    assert add_business_days(Calendar("never", last.versions), at("2026-11-25"), 1, "end_of_day") is None


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        ("2026-01-31 10:15:30", 1, "2026-02-28 10:15:30"),
        ("2028-01-31 10:15", 1, "2028-02-29 10:15"),
        ("2026-11-15 08:00", 1, "2026-12-15 08:00"),
        ("2026-12-15 08:00", 1, "2027-01-15 08:00"),
        ("2026-10-31 08:00", 2, "2026-12-31 08:00"),
        ("2026-10-31 08:00", 14, "2027-12-31 08:00"),
        ("2026-02-28 02:30", 1, "2026-03-28 02:30"),
        ("2026-09-25 02:30", 1, "2026-10-25T02:30+02:00"),
    ],
)
def test_months_are_local_and_their_day_is_clamped(start, months, due):
    assert add_months(at(start), months, COPENHAGEN) == at(due)


def due(budget, start, *pauses, where=K8, resumed=None):
    pairs = tuple((at(a), at(b) if b else FOREVER) for a, b in pauses)
    return local(plan_for(budget, where, at(start), pairs, COPENHAGEN).due(at(resumed) if resumed else None))


def test_paused_open_time_moves_a_due_in_business_days_on_by_as_much():
    day = BusinessDays(1, "end_of_day")
    assert due(day, "2026-11-23 10:00") == "2026-11-24 16:00"
    assert due(day, "2026-11-23 10:00", ("2026-11-23 15:00", "2026-11-24 09:00")) == "2026-11-25 10:00"
    assert due(day, "2026-11-23 10:00", ("2026-11-23 16:00", "2026-11-24 08:00")) == "2026-11-24 16:00"
    assert due(day, "2026-11-23 10:00", ("2026-11-24 16:00", "2026-11-30 08:00")) == "2026-11-24 16:00"
    twice = (("2026-11-23 15:00", "2026-11-23 16:00"), ("2026-11-25 08:00", "2026-11-25 09:00"))
    assert due(day, "2026-11-23 10:00", *twice) == "2026-11-25 10:00"


def test_nothing_falls_due_inside_a_pause_not_even_at_an_opening():
    day = BusinessDays(1, "same_clock")
    assert due(day, "2026-11-23 20:00") == "2026-11-25 08:00"
    assert due(day, "2026-11-23 20:00", ("2026-11-24 20:00", "2026-11-25 09:00")) == "2026-11-25 09:00"
    assert due(day, "2026-11-23 20:00", ("2026-11-24 20:00", "2026-11-25 20:00")) == "2026-11-26 08:00"
    assert due(day, "2026-11-23 20:00", ("2026-11-24 20:00", "2026-11-25 08:00")) == "2026-11-25 08:00"
    assert due(day, "2026-11-23 20:00", ("2026-11-25 08:00", "2026-11-25 09:00")) == "2026-11-25 08:00"
    assert due(day, "2026-11-23 20:00", ("2026-11-24 20:00", None)) is None
    assert due(day, "2026-11-23 20:00", ("2026-11-24 20:00", None), resumed="2026-11-25 08:30") == "2026-11-25 08:30"


def test_calendar_time_has_no_closing_hours():
    assert due(WallTime(72 * HOUR), "2026-11-20 15:00") == "2026-11-23 15:00"
    assert due(WallTime(72 * HOUR), "2026-10-23 15:00") == "2026-10-26 14:00"
    assert due(WallTime(months=1), "2026-01-31 10:00") == "2026-02-28 10:00"
    assert due(WallTime(months=1), "2026-01-31 10:00", ("2026-02-01 10:00", "2026-02-02 10:00")) == "2026-03-01 10:00"


def test_a_budget_in_days_is_worth_the_open_time_to_its_due():
    plan = plan_for(BusinessDays(1, "end_of_day"), K8, at("2026-11-23 10:00"), (), COPENHAGEN)
    assert plan.need_s == 14 * HOUR
    assert plan_for(OpenTime(5), K8, at("2026-11-23 10:00"), (), COPENHAGEN).need_s == 5
