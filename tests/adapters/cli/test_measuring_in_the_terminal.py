"""A clock explained and a month reported, from the command line: the worked example, minute by minute."""

import csv
import io
import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("with_a_case")

ROOT = Path(__file__).parents[3]
AFTERWARDS = "2026-11-23T15:00"
LEDGER = [
    ("1", "to 19-11 13:20", "to 19-11 16:00", "160", "", "", "Åbningstid (sum 160)"),
    ("2", "to 19-11 16:00", "fr 20-11 08:00", "", "", "960", "Uden for åbningstid"),
    ("3", "fr 20-11 08:00", "fr 20-11 09:15", "75", "", "", "Åbningstid (sum 235)"),
    ("4", "fr 20-11 09:15", "fr 20-11 15:00", "", "345", "", "Sat i bero: afventer kunde"),
    ("5", "fr 20-11 15:00", "ma 23-11 08:00", "", "", "3900", "Lukket, weekend (bero uden virkning)"),
    ("6", "ma 23-11 08:00", "ma 23-11 09:40", "", "100", "", "Sat i bero: afventer kunde"),
    ("7", "ma 23-11 09:40", "ma 23-11 13:45", "245", "", "", "Åbningstid; fristen nået (sum 480)"),
    ("8", "ma 23-11 13:45", "ma 23-11 14:05", "20", "", "", "Efter fristen (sum 500)"),
    ("I alt", "", "5805 min", "500", "445", "4860", "500 + 445 + 4860 = 5805"),
]


def rows(out: str) -> list[tuple[str, ...]]:
    """The cells of every table row."""
    return [tuple(cell.strip() for cell in line.split("│")[1:-1]) for line in out.splitlines() if line.startswith("│")]


def test_a_deadline_is_explained_minute_by_minute(types):
    said = types("clock", "S-1", "--at", AFTERWARDS)
    assert said.code == 0
    assert (
        "Afhjælpning (fejlklasse B) er overskredet med 20 min. i åbningstiden. Brugt 8 t. 20 min. af 8 t. "
        "Fristen var mandag 23-11-2026 kl. 13:45. 7 t. 25 min. i bero (afventer kunde) er ikke regnet med."
    ) in said.out
    found = rows(said.out)
    assert LEDGER in [found[first : first + len(LEDGER)] for first in range(len(found))]


def test_the_same_in_english(types):
    said = types("clock", "S-1", "--at", AFTERWARDS, "--lang", "en")
    assert "Resolution (severity B) breached by 20 min of service hours." in said.out
    assert ("7", "Mo 23-11 09:40", "Mo 23-11 13:45", "245", "", "", "Service hours; due reached (sum 480)") in rows(
        said.out
    )


def test_a_clock_as_json_has_every_second_of_its_trace(types):
    clocks = {each["target_id"]: each for each in json.loads(types("clock", "S-1", "--at", AFTERWARDS, "--json").out)}
    resolution = clocks["B-afhjaelpning"]
    assert (resolution["status"], resolution["due_at"]) == ("breached_stopped", "2026-11-23T13:45:00+01:00")
    assert (resolution["elapsed_open_s"], resolution["paused_open_s"]) == (500 * 60, 445 * 60)
    assert len(resolution["segments"]) == 8
    assert resolution["segments"][0]["from"] == resolution["started_at"] == "2026-11-19T13:20:00+01:00"
    assert resolution["segments"][-1]["to"] == resolution["stopped_at"]
    assert [each["fraction"] for each in resolution["warnings"]] == [0.5, 0.75, 0.9, 1.0]
    assert resolution["budget"] == {"kind": "OpenTime", "seconds": 8 * 3600}


def test_it_can_be_seen_as_it_stood_and_as_it_was_known(types):
    then = json.loads(types("clock", "S-1", "--at", "2026-11-23T09:00", "--json").out)
    paused = next(each for each in then if each["target_id"] == "B-afhjaelpning")
    assert (paused["status"], paused["due_at"]) == ("paused", None)
    assert paused["due_if_resumed_now"] == "2026-11-23T13:05:00+01:00"
    before = json.loads(types("clock", "S-1", "--at", AFTERWARDS, "--known-at", "2026-11-19T13:30+01:00", "--json").out)
    assert {each["status"] for each in before if each["kind"] == "reaction"} == {"breached_running"}


@pytest.mark.parametrize("case", ["S-99", "4711", "hej", "S-", "S-1x", ""])
def test_a_case_that_is_not_there_is_said_in_a_line(types, case):
    said = types("clock", case)
    assert (said.code, said.out) == (1, "")
    assert said.err == f"There is no case {_named(case)}. Write a ticket as 1042, a supplier case as S-12.\n"


def _named(case: str) -> str:
    return "#4711" if case == "4711" else case


@pytest.mark.parametrize("wrong", [("--at", "yesterday"), ("--known-at", "23/11"), ("--lang", "de")])
def test_what_cannot_be_read_is_a_mistake_in_the_command(types, wrong):
    assert types("clock", "S-1", *wrong).code == 2


def test_a_month_shows_who_waits_on_whom_and_every_target(types):
    said = types("report", "--month", "2026-11", "--at", "2026-11-30T12:00")
    assert said.code == 0
    found = rows(said.out)
    assert ("Strandvejr Systemer A/S", "1", "1", "0", "1", "1") in found
    late = "overskredet, afsluttet"
    assert (
        "Strandvejr Systemer A/S",
        "S-1",
        "B",
        "Afhjælpning",
        "ma 23-11 13:45",
        "500",
        "445",
        "20",
        late,
        "2026-11",
    ) in found
    assert any(row[:4] == ("Strandvejr Systemer A/S", "strandvejr-drift v1", "B", "Reaktion") for row in found)
    assert "Åbne sager efter led og alder" in said.out


def test_the_month_as_a_file_is_quoted_and_harmless(types, tmp_path):
    file = tmp_path / "november.csv"
    said = types("report", "--month", "2026-11", "--at", "2026-11-30T12:00", "--csv", str(file))
    text = file.read_bytes().decode("utf-8")
    head, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert f"{len(lines)} rows in {file}" in said.err
    resolution = next(dict(zip(head, line, strict=True)) for line in lines if line[4] == "Afhjælpning")
    assert resolution["Frist"] == "2026-11-23 13:45:00+01:00"
    assert (resolution["Brugt (min.)"], resolution["I bero (min.)"]) == ("500", "445")
    assert all(line.startswith('"') and line.endswith('"') for line in text.removeprefix("\ufeff").splitlines())


def test_one_supplier_can_be_picked_and_an_unknown_one_is_not_passed_over(types):
    assert "S-1" not in types("report", "--month", "2026-11", "--supplier", "rimfrost").out
    said = types("report", "--month", "2026-11", "--supplier", "nobody")
    assert said.code == 2
    assert "strandvejr" in said.err


def test_a_month_without_supplier_cases_says_so(types):
    assert "Ingen leverandørsager i 2026-09." in types("report", "--month", "2026-09").out
    assert "No supplier cases in 2026-09." in types("report", "--month", "2026-09", LANGUAGE="en").out
    assert types("report", "--month", "2026-13").code == 2


# Under another contract


def draft(tmp_path, *changes):
    """The contract in force with other words in it."""
    text = (ROOT / "knowledge" / "contracts" / "strandvejr-drift-v1.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "draft.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


LONGER = ("B-afhjaelpning, severity: B, kind: resolution, calendar: hverdag, budget: {open: PT8H}",
          "B-afhjaelpning, severity: B, kind: resolution, calendar: hverdag, budget: {open: PT9H}")  # fmt: skip
NEXT_YEAR = ("valid_from: 2026-01-01", "valid_from: 2027-06-01")


def simulated(types, file, *more):
    said = types("clock", "--simulate", file, "--month", "2026-11", "--at", "2026-11-30T12:00", *more)
    return said, rows(said.out)


def test_a_month_is_replayed_under_a_draft_and_both_verdicts_stand_side_by_side(types, tmp_path):
    said, found = simulated(types, draft(tmp_path, LONGER, NEXT_YEAR, ("2026-05-15", "2027-08-13")))
    assert said.code == 0, said.err
    assert ("S-1", "B", "Afhjælpning", "ma 23-11 13:45", "overskredet, afsluttet", "ma 23-11 14:45", "overholdt, afventer accept", "40", "") in found  # fmt: skip
    assert ("S-1", "B", "Reaktion", "to 19-11 14:20", "overholdt", "to 19-11 14:20", "overholdt", "28", "") in found
    assert ("Afhjælpning", "0", "1", "1", "0") in found
    totals = [tuple(map(int, row[1:])) for row in found if len(row) == 5 and row[1].isdigit()]
    assert totals[-1] == tuple(map(sum, zip(*totals[:-1], strict=True)))


def test_a_draft_that_is_stricter_says_by_how_much_it_would_have_been_missed(types, tmp_path):
    shorter = (LONGER[0], LONGER[1].replace("PT9H", "PT30M"))
    _, found = simulated(types, draft(tmp_path, shorter), "--lang", "en")
    resolution = next(row for row in found if row[:3] == ("S-1", "B", "Resolution"))
    assert resolution[5:] == ("Th 19-11 13:50", "breached, stopped", "", "470")


def test_the_contract_in_force_simulates_itself(types):
    _, found = simulated(types, str(ROOT / "knowledge" / "contracts" / "strandvejr-drift-v1.yaml"))
    assert [row[3:5] for row in found if row[0] == "S-1"] == [row[5:7] for row in found if row[0] == "S-1"] != []


def test_a_month_without_verdicts_says_so(types, tmp_path):
    said = types("clock", "--simulate", draft(tmp_path), "--month", "2026-09", "--at", "2026-11-30T12:00")
    assert (said.code, said.out) == (0, "Ingen servicemål har deres resultat i 2026-09.\n")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("PT8H", "PT0H"), "draft.yaml:"),
        (("supplier: strandvejr", "supplier: nobody"), "draft.yaml:"),
        (("schema: 1", "schema: ["), "draft.yaml:"),
    ],
)
def test_a_draft_that_is_wrong_is_refused_with_file_and_line(types, tmp_path, change, why):
    said, _ = simulated(types, draft(tmp_path, change))
    assert (said.code, said.out) == (2, "")
    assert why in said.err
    assert "The contract cannot be tried as it is." in said.err


def test_a_draft_that_is_not_there_or_is_no_suppliers_is_told(types, tmp_path):
    said, _ = simulated(types, str(tmp_path / "none.yaml"))
    assert (said.code, "cannot be read: No such file" in said.err) == (2, True)
    said, _ = simulated(types, str(ROOT / "knowledge" / "agreement.yaml"))
    assert (said.code, "the house's own agreement" in said.err) == (2, True)


# A signed sheet


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
