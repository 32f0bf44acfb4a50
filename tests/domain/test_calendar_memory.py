"""What a calendar remembers never changes what it answers: whichever year was asked first, however much was asked since.

Mutants that died here: years before the first counted from 0, the years between not compiled, the memory never emptied, a zone's offset taken from the end of the day on which it changes.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import K8, NIGHT

from bot.domain import service_hours
from bot.domain.intervals import measure, moment
from bot.domain.service_hours import Calendar, add_open, elapsed, local, month_at, open_intervals

SPAN = st.integers(int(datetime(2012, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2034, 1, 1, tzinfo=UTC).timestamp()))
# Midnights that do not exist or come twice, a half-hour change, a day that was left out, an odd offset.
ZONES = [
    ZoneInfo(name)
    for name in ("Europe/Copenhagen", "America/Havana", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu")
]


def fresh(calendar: Calendar) -> Calendar:
    return Calendar(calendar.id, calendar.versions)


@pytest.mark.parametrize("calendar", [K8, NIGHT], ids=["day", "night"])
@given(first=SPAN, start=SPAN, end=SPAN)
def test_the_year_that_was_asked_first_makes_no_difference(calendar, first, start, end):
    start, end = sorted((start, start + (end - start) % (400 * 86_400)))
    asked = fresh(calendar)
    elapsed(asked, first, first + 1)
    assert elapsed(asked, start, end) == measure(open_intervals(fresh(calendar), start, end))
    assert add_open(asked, start, 100_000) == add_open(fresh(calendar), start, 100_000)


def test_more_instants_than_are_remembered_are_answered_alike(monkeypatch):
    monkeypatch.setattr(service_hours, "_ASKED", 3)
    asked, start = fresh(K8), 1_790_000_000
    spans = [elapsed(asked, start, start + hour * 3600) for hour in range(40)]
    assert spans == [elapsed(fresh(K8), start, start + hour * 3600) for hour in range(40)]
    assert len(asked.asked) <= 3


@pytest.mark.parametrize("zone", ZONES, ids=str)
@given(
    at=st.integers(int(datetime(1990, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2037, 1, 1, tzinfo=UTC).timestamp()))
)
def test_the_wall_is_what_the_zone_says(zone, at):
    there = moment(at).astimezone(zone)
    assert local(at, zone) == (there.date(), there.hour * 3600 + there.minute * 60 + there.second)
    assert month_at(at, zone) == (there.year, there.month)


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        ("Europe/Copenhagen", "2026-03-29T00:59:59Z"),
        ("Pacific/Apia", "2011-12-30T09:59:59Z"),
        ("America/Havana", "2026-11-01T04:59:59Z"),
    ],
)
def test_the_wall_is_right_on_both_sides_of_a_change(zone, changes):
    before = int(datetime.fromisoformat(changes).timestamp())
    for at in range(before - 2 * 3600, before + 2 * 3600, 1799):
        there = moment(at).astimezone(ZoneInfo(zone))
        assert local(at, ZoneInfo(zone)) == (there.date(), there.hour * 3600 + there.minute * 60 + there.second)
