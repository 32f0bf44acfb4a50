"""A month replayed under a draft contract, from the command line: both verdicts side by side, and by how much."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("with_a_case")
ROOT = Path(__file__).parents[3]


def rows(out: str) -> list[tuple[str, ...]]:
    """The cells of every table row."""
    return [tuple(cell.strip() for cell in line.split("│")[1:-1]) for line in out.splitlines() if line.startswith("│")]


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
    assert "Kontrakten kan ikke prøves, som den er." in said.err


def test_a_draft_that_is_not_there_or_is_no_suppliers_is_told(types, tmp_path):
    said, _ = simulated(types, str(tmp_path / "none.yaml"))
    assert (said.code, "cannot be read: No such file" in said.err) == (2, True)
    said, _ = simulated(types, str(ROOT / "knowledge" / "agreement.yaml"))
    assert (said.code, "husets egen aftale" in said.err) == (2, True)
