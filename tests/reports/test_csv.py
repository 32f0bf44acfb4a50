"""A file that a spreadsheet opens: quoted, harmless, and with no figure that is not the fold's."""

import csv
import io

import pytest
from cases import CONTRACTS, ZONE, at, events_of, filed, voice, worked_example
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clocks import evaluate
from bot.domain.history import histories
from bot.domain.intervals import moment
from bot.reports.csv import csv_of, harmless
from bot.reports.month import Month
from bot.reports.monthly import month_report
from bot.reports.tables import lines_table, minutes
from bot.wording.message import Table

LATER = at("2026-12-01 08:00")
DANGEROUS = ("=1+1", "+45 00 00 00 00", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1")


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_cell_that_would_be_calculated_becomes_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "1042", "to 19-11 13:20", "S-12", "'=1", " =1"])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell


@given(st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=3), max_size=5))
def test_whatever_people_write_every_cell_is_quoted_and_none_is_a_formula(rows):
    table = Table("", ("a", "b", "c"), tuple(map(tuple, rows)))
    text = csv_of(table)
    assert read(text) == [["a", "b", "c"], *[[harmless(cell) for cell in row] for row in rows]]
    assert text.startswith('\ufeff"a";"b";"c"\r\n')
    assert not [cell for row in read(text) for cell in row if cell.startswith(DANGEROUS[0][0])]


def test_every_figure_in_the_file_is_one_of_the_folds():
    found = filed(worked_example())
    report = month_report(found, CONTRACTS, Month(2026, 11), ZONE, LATER)
    head, *rows = read(csv_of(lines_table(voice(), report, exact=True)))
    clocks = {each.target_id: each for each in evaluate(events_of(found), CONTRACTS, LATER)}
    names = {"Afhjælpning": "B-afhjaelpning", "Reaktion": "B-reaktion"}
    (history,) = histories(events_of(found), LATER)
    happened = {moment(fact.at).astimezone(ZONE).isoformat(" ") for fact in history.facts}
    seen = 0
    for row in rows:
        said = dict(zip(head, row, strict=True))
        if said["Servicemål"] in names:
            seen += 1
            clock = clocks[names[said["Servicemål"]]]
            assert said["Brugt (min.)"] == minutes(clock.elapsed_open_s, "da")
            assert said["I bero (min.)"] == minutes(clock.paused_open_s, "da")
            assert said["Frist"] == moment(clock.due_at).astimezone(ZONE).isoformat(" ")
            assert said["Over fristen (min.)"] == (
                "" if clock.breach_at is None else minutes(clock.overrun_open_s, "da")
            )
        for name in ("Overdraget", "Kvitteret", "Meldt løst", "Ur startet", "Ur stoppet"):
            assert not said[name] or said[name] in happened | {said["Ur stoppet"]}, name
    assert seen == 2
    assert "2026-11-23 13:45:00+01:00" in rows[0] + rows[1]


def test_minutes_are_written_with_their_seconds_and_never_as_decimals():
    assert (minutes(26_700, "da"), minutes(26_730, "da"), minutes(30, "en")) == (
        "445",
        "445 min. 30 sek.",
        "0 min 30 s",
    )
