"""Calendars: which rule decides a date, how wall clocks meet DST, versions, and calendars that never open.

Mutants that died here or on the vectors: dated exceptions after closed days, yearly hours replacing instead of cutting
down, `fold=1`, segments of the day before forgotten, stretches compiled without the neighbouring days, `bisect_left`
for `bisect_right` in both look-ups, the deadline in the next opening, three closed years accepted, a version in force
from the day after, the first version not serving earlier dates, pauses added instead of their union.
"""

from dataclasses import replace
from datetime import UTC, date

import pytest
import stepper
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import COPENHAGEN, H24, HOUR, K8, K8_PLUS, NIGHT, at, calendar, hours, local, week

from bot.domain.intervals import FOREVER, gaps
from bot.domain.service_hours import (
    ALL_WEEK,
    ALWAYS,
    Calendar,
    CalendarVersion,
    DatedHours,
    YearlyHours,
    add_open,
    elapsed,
    next_open,
    open_intervals,
)

LUNCH = calendar("lunch", week("08:00-12:00 12:30-16:00", "10:00-12:00"))
SPLIT_NIGHT = calendar("night", (hours("20:00-24:00 24:00-28:00"),) * 7)


def opened(where: Calendar, day: str) -> str:
    return " ".join(f"{local(a)[11:]}-{local(b)[11:]}" for a, b in where.open_on(date.fromisoformat(day)))


@pytest.mark.parametrize(
    "day",
    ["2026-01-01", "2026-04-02", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25", "2026-12-25", "2023-05-05"],
)
def test_a_public_holiday_is_closed(day):
    assert opened(K8, day) == ""


@pytest.mark.parametrize("day", ["2024-04-26", "2026-05-01", "2026-06-05", "2026-12-24", "2026-12-31"])
def test_a_day_that_is_no_public_holiday_is_open_unless_the_contract_says_otherwise(day):
    assert opened(K8, day) == "08:00-16:00"


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-05-01", "08:00-12:00"), ("2026-06-05", "08:00-12:00"), ("2026-12-24", ""), ("2026-12-31", "")],
)
def test_a_yearly_exception_cuts_the_usual_hours_down(day, expected):
    assert opened(K8_PLUS, day) == expected


def test_a_yearly_exception_on_a_saturday_opens_nothing():
    assert opened(K8_PLUS, "2027-06-05") == ""


def test_a_dated_exception_wins_over_closed_days_yearly_hours_and_the_week():
    version = replace(
        K8_PLUS.versions[0],
        dated=(
            DatedHours(date(2026, 12, 25), hours("10:00-11:00"), "Vagt"),
            DatedHours(date(2026, 6, 5), hours("08:00-16:00")),
            DatedHours(date(2026, 11, 22), hours("09:00-10:00")),
            DatedHours(date(2026, 11, 23), ()),
        ),
    )
    own = Calendar("own", (version,))
    assert opened(own, "2026-12-25") == "10:00-11:00"
    assert opened(own, "2026-06-05") == "08:00-16:00"
    assert opened(own, "2026-11-22") == "09:00-10:00"
    assert opened(own, "2026-11-23") == ""
    assert version.hours_on(date(2026, 12, 25))[1:] == ("exception", "Vagt")


def test_a_closed_day_wins_over_yearly_hours():
    version = replace(K8.versions[0], yearly=(YearlyHours(12, 25, hours("08:00-12:00")),))
    assert version.hours_on(date(2026, 12, 25)) == ((), "closed_day", "")


def test_a_night_that_starts_on_an_ordinary_day_runs_on_into_a_holiday():
    nights = calendar("nights", (hours("22:00-30:00"),) * 7, closed=frozenset({date(2026, 12, 25)}))
    eve, morning = at("2026-12-24 22:00"), at("2026-12-25 06:00")
    assert open_intervals(nights, at("2026-12-24 12:00"), at("2026-12-26 12:00")) == ((eve, morning),)


def test_a_missing_time_moves_on_by_the_gap_and_of_a_repeated_time_the_first_counts():
    early = calendar("early", (hours("02:30-05:00"),) * 7)
    assert early.open_on(date(2026, 3, 29)) == ((at("2026-03-29T03:30+02:00"), at("2026-03-29T05:00+02:00")),)
    assert early.open_on(date(2026, 10, 25)) == ((at("2026-10-25T02:30+02:00"), at("2026-10-25T05:00+01:00")),)


def test_a_segment_that_the_missing_hour_swallows_is_dropped():
    hour = calendar("hour", (hours("02:15-03:15"),) * 7)
    assert hour.open_on(date(2026, 3, 29)) == ()
    assert elapsed(hour, at("2026-03-28 12:00"), at("2026-03-29 12:00")) == 0


def test_touching_segments_are_one_and_the_part_after_midnight_is_the_same_night():
    a, b = at("2026-11-23 20:00"), at("2026-11-24 04:00")
    assert open_intervals(SPLIT_NIGHT, at("2026-11-23 12:00"), at("2026-11-24 12:00")) == ((a, b),)


def test_each_date_follows_the_version_in_force_on_it():
    v1 = CalendarVersion(date(2026, 1, 1), "Europe/Copenhagen", COPENHAGEN, week("08:00-16:00"))
    v2 = replace(v1, effective_from=date(2026, 12, 1), weekly=week("07:00-17:00"))
    both = Calendar("both", (v1, v2))
    assert opened(both, "2026-11-30") == "08:00-16:00"
    assert opened(both, "2026-12-01") == "07:00-17:00"
    assert opened(both, "2025-06-02") == "08:00-16:00"
    assert (both.number_on(date(2025, 1, 1)), both.number_on(date(2026, 12, 1))) == (1, 2)
    assert both.date_at(at("2026-11-30 23:59")) == date(2026, 11, 30)
    assert both.date_at(at("2025-06-02 00:00")) == date(2025, 6, 2)


def test_a_local_date_is_one_of_the_zone_in_force_on_it():
    v1 = CalendarVersion(date(2026, 1, 1), "UTC", UTC, week("08:00-16:00"))
    v2 = replace(v1, effective_from=date(2026, 12, 1), zone="Europe/Copenhagen", tzinfo=COPENHAGEN)
    moved = Calendar("moved", (v1, v2))
    assert moved.date_at(at("2026-11-30T23:30+00:00")) == date(2026, 12, 1)
    assert moved.date_at(at("2026-11-29T23:30+00:00")) == date(2026, 11, 29)


def test_there_is_no_open_time_without_segments_and_never_an_endless_search():
    never = calendar("never", ((),) * 7)
    assert add_open(never, at("2026-01-01"), 1) is None
    assert next_open(never, at("2026-01-01")) is None
    # A calendar of its own: one that this year has been asked of would count all the years between.
    assert add_open(calendar("last", ALL_WEEK), at("9999-12-30"), 400 * 24 * HOUR) is None


def test_a_year_without_opening_is_waited_out():
    once = calendar("once", ((),) * 7, dated=(DatedHours(date(2027, 11, 1), hours("08:00-09:00")),))
    assert local(next_open(once, at("2026-11-23"))) == "2027-11-01 08:00"
    assert local(add_open(once, at("2026-11-23"), HOUR)) == "2027-11-01 09:00"
    assert add_open(once, at("2026-11-23"), HOUR + 1) is None


def test_two_years_are_the_longest_that_is_waited():
    far = calendar("far", ((),) * 7, dated=(DatedHours(date(2028, 10, 2), hours("08:00-09:00")),))
    assert local(next_open(far, at("2026-11-23"))) == "2028-10-02 08:00"
    assert local(add_open(far, at("2026-11-23"), HOUR)) == "2028-10-02 09:00"
    farther = calendar("farther", ((),) * 7, dated=(DatedHours(date(2029, 10, 1), hours("08:00-09:00")),))
    assert next_open(farther, at("2026-11-23")) is None
    assert add_open(farther, at("2026-11-23"), HOUR) is None


@pytest.mark.parametrize("start", ["2025-06-01 10:00", "2025-12-01 10:00", "2026-03-08 10:00", "2026-09-01 10:00"])
def test_the_two_years_are_counted_from_where_one_stands(start):
    def opens(days, before=()):
        dated = DatedHours(K8.date_at(at(start) + days * 86_400), hours("00:00-01:00"))
        return calendar("far", ((),) * 7, dated=(dated, *before))

    assert next_open(opens(732), at(start)) is not None
    assert add_open(opens(732), at(start), 1) is not None
    assert next_open(opens(734), at(start)) is None
    assert add_open(opens(734), at(start), 1) is None
    long_ago = DatedHours(K8.date_at(at(start) - 300 * 86_400), hours("00:00-01:00"))
    assert add_open(opens(732, (long_ago,)), at(start), 1) is not None


def test_what_was_open_on_the_way_starts_the_two_years_again():
    days = (DatedHours(date(2028, 3, 1), hours("08:00-09:00")), DatedHours(date(2030, 2, 1), hours("08:00-09:00")))
    twice = calendar("twice", ((),) * 7, dated=days)
    assert local(add_open(twice, at("2026-11-23"), HOUR + 60)) == "2030-02-01 08:01"


def test_a_budget_of_many_years_is_found_too():
    years = 6 * 366 * 86_400
    assert add_open(H24, at("2026-11-23"), years) == at("2026-11-23") + years


def test_a_pause_without_end_leaves_only_what_was_due_before_it():
    start, pause = at("2026-11-23 08:00"), at("2026-11-23 10:00")
    assert add_open(K8, start, 2 * HOUR, ((pause, FOREVER),)) == pause
    assert add_open(K8, start, 2 * HOUR + 1, ((pause, FOREVER),)) is None


def test_time_does_not_run_backwards():
    assert elapsed(H24, at("2026-11-23 10:00"), at("2026-11-23 09:00")) == 0
    assert open_intervals(H24, at("2026-11-23 10:00"), at("2026-11-23 10:00")) == ()


def test_the_always_open_calendar_needs_no_zone_file():
    assert ALWAYS.versions == (CalendarVersion(date.min, "UTC", UTC, ALL_WEEK),)
    assert elapsed(ALWAYS, at("2020-01-01"), at("2030-01-01")) == at("2030-01-01") - at("2020-01-01")


def test_opening_times_are_half_open():
    monday = at("2026-11-23 08:00")
    assert next_open(K8, monday - 1) == next_open(K8, monday) == monday
    assert next_open(K8, at("2026-11-23 15:59:59")) == at("2026-11-23 15:59:59")
    assert next_open(K8, at("2026-11-23 16:00")) == at("2026-11-24 08:00")


# Days around DST changes, year ends, leap days, Easter; minutes around every boundary.
NOTABLE = ["2026-03-29", "2026-10-25", "2026-12-31", "2028-02-29", "2026-04-05", "2023-12-31"]
STARTS = st.builds(
    lambda day, minutes: at(day) + minutes * 60, st.sampled_from(NOTABLE), st.integers(-4 * 1440, 4 * 1440)
)
MINUTES = st.integers(0, 3 * 1440).map(lambda minutes: minutes * 60)
PAUSES = st.lists(st.tuples(st.integers(-600, 3000), st.integers(0, 900)), max_size=3)
ANY = st.sampled_from([K8, K8_PLUS, H24, NIGHT, LUNCH, SPLIT_NIGHT])
# In the nights of a DST change the wall clock alone cannot say which hours of a night are open.
PLAIN = st.sampled_from([K8, K8_PLUS, H24, LUNCH])


def shifted(start: int, pauses) -> tuple[tuple[int, int], ...]:
    return tuple((start + a * 60, start + (a + b) * 60) for a, b in pauses)


@settings(max_examples=60)
@given(PLAIN, STARTS, MINUTES, PAUSES)
def test_stepping_minute_by_minute_agrees(where, start, span, pauses):
    pauses = shifted(start, pauses)
    assert elapsed(where, start, start + span, pauses) == stepper.elapsed(where, start, start + span, pauses)
    if 0 < span < 20 * HOUR:
        assert add_open(where, start, span, pauses) == stepper.add_open(where, start, span, pauses)


@given(ANY, STARTS, st.integers(0, 200_000), st.integers(0, 200_000), PAUSES)
def test_elapsed_adds_up_over_any_split_and_never_falls(where, start, first, second, pauses):
    pauses = shifted(start, pauses)
    parts = elapsed(where, start, start + first, pauses), elapsed(where, start + first, start + first + second, pauses)
    assert sum(parts) == elapsed(where, start, start + first + second, pauses)
    assert min(parts) >= 0


@given(ANY, STARTS, st.integers(-1, 1), st.integers(1, 200_000), PAUSES)
def test_a_deadline_is_the_earliest_instant_with_the_whole_budget_used(where, start, off, need, pauses):
    start += off
    pauses = shifted(start, pauses)
    due = add_open(where, start, need, pauses)
    assert elapsed(where, start, due, pauses) == need
    assert elapsed(where, start, due - 1, pauses) == need - 1


@given(ANY, STARTS, st.integers(1, 200_000), PAUSES)
def test_overlapping_nested_touching_and_repeated_pauses_equal_their_union(where, start, need, pauses):
    pauses = shifted(start, pauses)
    halves = tuple(half for a, b in pauses for half in ((a, (a + b) // 2), ((a + b) // 2, b), (a, b)))
    assert add_open(where, start, need, pauses) == add_open(where, start, need, halves)


@given(ANY, STARTS, st.integers(1, 200_000))
def test_a_pause_in_closed_time_costs_nothing(where, start, need):
    due = add_open(where, start, need)
    closed = gaps(open_intervals(where, start, due + 90_000), start, due + 90_000)
    assert add_open(where, start, need, closed) == due


@pytest.mark.parametrize("where", [H24, NIGHT, K8])
def test_nothing_is_lost_or_counted_twice_where_one_compiled_year_meets_the_next(where):
    year = 366 * 86_400
    edge = at("2026-11-23") // year * year
    span = 3 * 86_400
    usual = elapsed(
        where, edge - 7 * 86_400 - span, edge - 7 * 86_400 + span
    )  # a week earlier, without holidays or DST
    assert elapsed(where, edge - span, edge + span) == usual
    assert len(where.compiled) > 1
    opening = next_open(where, edge - 5)
    assert add_open(where, edge - 5, 10) == max(opening, edge - 5) + 10
