"""A signed sheet of worked examples replayed from the command line: every deviation with both readings, and where a sheet is wrong."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


SHEET = {
    "timezone": "America/New_York",
    "holidays": ["2026-11-26"],
    "schedules": {
        "day": {"hours": {day: {"09:00": "17:00"} for day in ("mon", "tue", "wed", "thu", "fri")}, "holidays": True},
        "night": {"hours": {day: {"22:00": "30:00"} for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}},
    },
    "cases": [
        {"id": "over Thanksgiving", "schedule": "day", "start": "2026-11-25T16:00:00-05:00", "need_s": 7200,
         "deadline": "2026-11-27T15:00:00Z", "end": "2026-11-27T15:00:00Z", "within_s": 7200},
        {"id": "to closing", "schedule": "day", "start": "2026-11-25T16:00:00-05:00", "need_s": 3600,
         "deadline": "2026-11-27T14:00:00Z"},
        {"id": "nine hours of night", "schedule": "night", "start": "2026-11-01T01:00:00Z",
         "end": "2026-11-01T12:00:00Z", "within_s": 32400},
        {"id": "paused", "schedule": "day", "start": "2026-11-24T14:00:00Z", "need_s": 3600,
         "deadline": "2026-11-24T15:30:00Z", "pauses": [["2026-11-24T14:10:00Z", "2026-11-24T14:40:00Z"]]},
        {"id": "opens", "schedule": "day", "start": "2026-11-26T12:00:00Z", "need_s": 0, "deadline": "2026-11-27T14:00:00Z"},
    ],
}  # fmt: skip


def verified(types, tmp_path, sheet):
    file = tmp_path / "sheet.json"
    file.write_text(sheet if isinstance(sheet, str) else json.dumps(sheet), encoding="utf-8")
    return types("clock", "--verify", str(file))


def test_a_signed_sheet_still_comes_out_and_the_closings_are_named(types, tmp_path):
    said = verified(types, tmp_path, SHEET)
    assert (said.code, said.err) == (0, "")
    deviation, closing = said.out.splitlines()
    assert closing == "4 agree, 1 at a closing (earliest rule), 0 differ"
    assert deviation.startswith("to closing (day) from 2026-11-25T16:00:00-05:00 + 3600 s: ")
    assert "signed 2026-11-27T09:00:00-05:00, here 2026-11-25T17:00:00-05:00" in deviation


def test_the_oracle_of_another_library_comes_out(types):
    said = types("clock", "--verify", str(ROOT / "tests" / "domain" / "vectors" / "biz_oracle_first_half.json"))
    assert (said.code, said.out.splitlines()[-1]) == (0, "1173 agree, 27 at a closing (earliest rule), 0 differ")


def test_every_deviation_has_both_readings_and_the_exit_code_is_one(types, tmp_path):
    late = {**SHEET["cases"][0], "within_s": 7201, "deadline": "2026-11-27T15:00:01Z"}
    never = {"schedule": "day", "start": "2026-11-25T16:00:00-05:00", "need_s": 60, "deadline": None}
    opening = {**SHEET["cases"][4], "deadline": "2026-11-27T14:00:01Z"}
    said = verified(types, tmp_path, {**SHEET, "cases": [late, never, opening, SHEET["cases"][1]]})
    assert said.code == 1
    assert [line.partition(": ")[2] for line in said.out.splitlines()[:4]] == [
        "signed 7201 s, here 7200 s",
        "signed 2026-11-27T10:00:01-05:00, here 2026-11-27T10:00:00-05:00",
        "signed never, here 2026-11-25T16:01:00-05:00",
        "signed 2026-11-27T09:00:01-05:00, here 2026-11-27T09:00:00-05:00",
    ]
    assert said.out.splitlines()[-1] == "0 agree, 1 at a closing (earliest rule), 3 differ"


def test_a_calendar_that_never_opens_agrees_that_there_is_no_deadline(types, tmp_path):
    never = {"schedule": "shut", "start": "2026-11-25T16:00:00Z", "need_s": 60, "deadline": None}
    said = verified(types, tmp_path, {"timezone": "UTC", "schedules": {"shut": {"hours": {}}}, "cases": [never]})
    assert said.out == "1 agree, 0 at a closing (earliest rule), 0 differ\n"


CASE = SHEET["cases"][0]


def with_case(**changes):
    return {**SHEET, "cases": [{key: value for key, value in {**CASE, **changes}.items() if value != "gone"}]}


def with_hours(hours, **more):
    return {**SHEET, "schedules": {"day": {"hours": hours, **more}}}


@pytest.mark.parametrize(
    ("sheet", "why"),
    [
        ("{", "line 1: is not JSON"),
        ("", "line 1: is not JSON"),
        ("[" * 100_000, "the file: is nested too deeply"),
        ("[]", "the file: must be an object"),
        ('{"timezone": "UTC", "timezone": "UTC"}', "timezone: stands twice"),
        ({}, "timezone: is missing"),
        ({**SHEET, "timezone": 1}, "timezone: must be a zone"),
        ({**SHEET, "timezone": "Europe/Atlantis"}, "timezone: is not a zone: 'Europe/Atlantis'"),
        ({**SHEET, "timezone": "CET"}, "timezone: is not a zone: 'CET'"),
        ({**SHEET, "timezone": "../../etc/passwd"}, "timezone: is not a zone"),
        ({**SHEET, "holidays": {}}, "holidays: must be a list of dates"),
        ({**SHEET, "holidays": ["2026-02-30"]}, "holidays[0]: is not a date"),
        ({**SHEET, "holidays": [1]}, "holidays[0]: is not a date"),
        ({**SHEET, "schedules": []}, "schedules: must be an object"),
        ({**SHEET, "schedules": {"day": []}}, "schedules.day: must be an object with hours"),
        (with_hours([]), "schedules.day.hours: must be an object of weekdays"),
        (with_hours({"someday": {}}), "schedules.day.hours.someday: is not a weekday"),
        (with_hours({"monkey": {}}), "schedules.day.hours.monkey: is not a weekday"),
        (with_hours({"mo": {}}), "schedules.day.hours.mo: is not a weekday"),
        (with_hours({"mon": {}, "Monday": {}}), "schedules.day.hours.Monday: names a weekday that stands there already"),
        (with_hours({"mon": ["08:00"]}), "schedules.day.hours.mon: must be openings with closings"),
        (with_hours({"mon": {"08:00": 960}}), "schedules.day.hours.mon: is not a time of day: 960"),
        (with_hours({"mon": {"08:60": "16:00"}}), "schedules.day.hours.mon: is not a time of day: '08:60'"),
        (with_hours({"mon": {"16:00": "08:00"}}), "does not end after it starts"),
        (with_hours({"mon": {"22:00": "36:01"}}), "does not end after it starts"),
        (with_hours({"mon": {"24:00": "30:00"}}), "does not end after it starts"),
        (with_hours({}, holidays="yes"), "schedules.day.holidays: must be true or false"),
        ({**SHEET, "cases": {}}, "cases: must be a list"),
        ({**SHEET, "cases": []}, "cases: is empty"),
        ({**SHEET, "cases": [1]}, "cases[0]: must be an object"),
        (with_case(schedule="gone"), "cases[0].schedule: is missing"),
        (with_case(schedule="eve"), "cases[0].schedule: is not one of day, night: 'eve'"),
        (with_case(end="gone"), "cases[0].end: is missing beside within_s"),
        (with_case(deadline="gone"), "cases[0].deadline: is missing beside need_s"),
        (with_case(end="gone", within_s="gone", need_s="gone", deadline="gone"), "cases[0]: says nothing to verify"),
        (with_case(start="gone"), "cases[0].start: is not a time: None"),
        (with_case(start="2026-11-25T16:00:00"), "cases[0].start: needs an offset or Z"),
        (with_case(start="tomorrow"), "cases[0].start: is not a time: 'tomorrow'"),
        (with_case(start="0001-01-01T00:00:00Z"), "cases[0].start: is not between 1970 and 2100"),
        (with_case(within_s=1.5), "cases[0].within_s: must be whole seconds, not 1.5"),
        (with_case(within_s=True), "cases[0].within_s: must be whole seconds, not True"),
        (with_case(need_s=-1), "cases[0].need_s: must be whole seconds, not -1"),
        (with_case(pauses=[[1]]), "cases[0].pauses: must be a list of [from, to]"),
        (with_case(pauses=[["2026-11-25T12:00:00Z", "2026-11-25T11:00:00Z"]]), "cases[0].pauses[0]: ends before it begins"),
        (with_case(pauses=[["x", "y"]]), "cases[0].pauses[0][0]: is not a time"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_read_says_where(types, tmp_path, sheet, why):
    said = verified(types, tmp_path, sheet)
    assert (said.code, said.out) == (2, "")
    assert why in said.err.replace("\n", " ")


def test_a_sheet_that_is_not_there_or_is_no_text_is_told(types, tmp_path):
    assert "cannot be read: No such file" in types("clock", "--verify", str(tmp_path / "none.json")).err
    (tmp_path / "sheet.json").write_bytes(b"\xff\xfe\x00")
    said = types("clock", "--verify", str(tmp_path / "sheet.json"))
    assert (said.code, "is not UTF-8 text" in said.err) == (2, True)


def test_one_question_at_a_time(types):
    assert types("clock").code == 2
    assert types("clock", "S-1", "--verify", "sheet.json").code == 2
