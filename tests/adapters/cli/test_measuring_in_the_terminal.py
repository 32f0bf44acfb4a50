"""A clock explained and a month reported, from the command line: the worked example, minute by minute."""

import csv
import io
import json

import pytest

pytestmark = pytest.mark.usefixtures("with_a_case")

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


def test_what_was_known_then_is_shown_as_it_stood_then(types):
    then = "2026-11-19T13:30+01:00"
    assert types("clock", "S-1", "--known-at", then).out == types("clock", "S-1", "--at", then, "--known-at", then).out
    assert "overskredet" not in types("clock", "S-1", "--known-at", then).out


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
