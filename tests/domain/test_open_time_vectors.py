"""Service hours against computed facts: 31 Danish edge cases, and 1,200 from another library (zendesk/biz)."""

import json
from datetime import date

import pytest
from stories import CALENDARS, COPENHAGEN, HOLIDAYS, VECTORS, hours, utc

from bot.domain.intervals import measure
from bot.domain.service_hours import Calendar, CalendarVersion, add_open, elapsed, next_open, open_intervals

EDGES = json.loads((VECTORS / "edge_cases_copenhagen.json").read_text())["cases"]
BIZ = json.loads((VECTORS / "biz_oracle_first_half.json").read_text())
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SCHEDULES = {
    name: Calendar(
        name,
        (
            CalendarVersion(
                date(2020, 1, 1),
                BIZ["timezone"],
                COPENHAGEN,
                tuple(hours(" ".join(f"{a}-{b}" for a, b in schedule["hours"].get(day, {}).items())) for day in DAYS),
                HOLIDAYS if schedule["holidays"] else frozenset(),
            ),
        ),
    )
    for name, schedule in BIZ["schedules"].items()
}


def test_every_edge_case_is_here():
    assert len(EDGES) == 31


@pytest.mark.parametrize("case", EDGES, ids=lambda case: case["id"])
def test_an_edge_case_comes_out_as_written(case):
    calendar = CALENDARS[case["calendar"]]
    start = utc(case["start"])
    pauses = tuple((utc(a), utc(b)) for a, b in case.get("pauses", ()))
    if "need_s" in case:
        assert add_open(calendar, start, case["need_s"], pauses) == utc(case["due_utc"]) == utc(case["due_local"])
    if "end" in case:
        end = utc(case["end"])
        assert elapsed(calendar, start, end, pauses) == case["elapsed_s"]
        assert end - start == case["wall_s"]


def test_another_library_agrees_on_every_elapsed_time():
    for case in BIZ["cases"]:
        calendar, start, end = SCHEDULES[case["schedule"]], utc(case["start"]), utc(case["end"])
        assert elapsed(calendar, start, end) == case["within_s"] == measure(open_intervals(calendar, start, end)), case


def test_another_library_agrees_on_every_deadline_but_says_the_next_opening_where_we_say_the_closing():
    closings = 0
    for case in BIZ["cases"]:
        calendar, start, deadline = SCHEDULES[case["schedule"]], utc(case["start"]), utc(case["deadline"])
        due = add_open(calendar, start, case["need_s"])
        if due != deadline:
            closings += 1
            assert next_open(calendar, due) == deadline, case
            assert elapsed(calendar, start, due) == case["need_s"]
            assert open_intervals(calendar, due - 1, due + 1) == ((due - 1, due),)
    assert closings == 27
    assert sum(case["need_s"] == 0 for case in BIZ["cases"]) == 285
