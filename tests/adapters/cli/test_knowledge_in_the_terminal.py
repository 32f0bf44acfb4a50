"""The knowledge checked and a contract activated, from the command line: every complaint with file and line."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CONTRACT = "contracts/strandvejr-drift-v1.yaml"


@pytest.fixture
def knowledge(tmp_path) -> Path:
    """The sample without any lock, to break or to sign."""
    path = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", path, ignore=shutil.ignore_patterns("*.lock.yaml"))
    return path


def line_of(file: Path, text: str) -> int:
    return next(nth for nth, line in enumerate(file.read_text().splitlines(), start=1) if text in line)


def test_a_broken_file_is_refused_with_file_and_line(types, knowledge):
    file = knowledge / "articles" / "printere.yaml"
    file.write_text(file.read_text().replace("system: printere", "system: printrere", 1))
    said = types("check", str(knowledge))
    assert said.code == 1
    where = f"{file}:{line_of(file, 'printrere')} "
    assert [line for line in said.out.splitlines() if line.startswith(where) and "printrere" in line]


def test_a_golden_question_that_misses_is_told_on_its_line(types, knowledge):
    file = knowledge / "articles" / "telefoni.yaml"
    wanted = "Hvor kan jeg låne en elefant"
    file.write_text(file.read_text().replace("matches:\n", f'matches:\n      - "{wanted}"\n', 1))
    said = types("check", str(knowledge))
    assert said.code == 1
    where = f"{file}:{line_of(file, wanted)} "
    assert [line for line in said.out.splitlines() if line.startswith(where) and "finder ikke denne artikel" in line]


def test_a_warning_is_told_and_marked(types, knowledge):
    said = types("check", str(knowledge), LANGUAGE="en")
    warnings = [line for line in said.out.splitlines() if line.endswith("(warning)")]
    assert [line for line in warnings if "strandvejr-drift" in line and "is not activated" in line]
    assert " articles, " in said.err


def test_complaints_are_said_in_the_language_of_the_house_and_name_the_same_place(types, knowledge):
    danish, english = (types("check", str(knowledge), LANGUAGE=each).out.splitlines() for each in ("da", "en"))
    assert [line.split(" ")[0] for line in danish] == [line.split(" ")[0] for line in english] != []
    assert all(line.endswith("(advarsel)") for line in danish)
    assert [line for line in danish if "version 1 er ikke aktiveret: driftsvagt contract activate" in line]


def test_contracts_can_be_read_in_words(types, knowledge):
    out = types("check", str(knowledge), "--contracts").out
    assert "strandvejr-drift v1: Driftsaftale, Omsorgsjournalen (Strandvejr Systemer A/S), 2026-01-01" in out
    assert "Reaktion 1 t. (hverdag); Midlertidig løsning 6 t. (hverdag); Afhjælpning 8 t. (hverdag)" in out
    assert out.count("i timen, der kommer to gange, 1 time") > 5  # for every calendar of every contract


def test_contracts_are_said_in_the_language_of_the_house(types, knowledge):
    out = types("check", str(knowledge), "--contracts", LANGUAGE="en").out
    assert "Reaction 1 h (hverdag); Workaround 6 h (hverdag)" in out
    assert "in the hour that comes twice, 1 h" in out


def test_a_missing_directory_is_named(types, tmp_path):
    said = types("check", str(tmp_path / "none"))
    assert (said.code, said.err) == (2, f"There is no directory {tmp_path / 'none'}.\n")


def test_a_contract_is_shown_and_asked_about_before_it_is_activated(types, knowledge):
    lock = knowledge / CONTRACT.replace(".yaml", ".lock.yaml")
    said = types("contract", "activate", CONTRACT, answers="n\n", KNOWLEDGE=str(knowledge))
    assert said.code == 1
    assert "mandag 05-01-2026 kl. 16:00" in said.out
    assert "tirsdag 06-01-2026 kl. 09:00" in said.out
    assert not lock.exists()


def test_an_activated_contract_is_locked_and_a_change_is_refused(types, knowledge):
    said = types("contract", "activate", str(knowledge / CONTRACT), answers="j\n", KNOWLEDGE=str(knowledge))
    lock = knowledge / CONTRACT.replace(".yaml", ".lock.yaml")
    assert said.code == 0
    assert lock.is_file()
    assert str(lock) in said.out
    again = types("contract", "activate", CONTRACT, "--yes", KNOWLEDGE=str(knowledge))
    assert again.code == 1
    assert "version 1 er allerede aktiveret" in again.err
    contract = knowledge / CONTRACT
    contract.write_text(contract.read_text().replace("{open: PT30M}", "{open: PT45M}", 1))
    changed = types("check", str(knowledge))
    assert changed.code == 1
    assert "blev aktiveret" in changed.out


def test_a_file_that_is_no_contract_of_this_house_is_refused(types, knowledge, tmp_path):
    (tmp_path / "other.yaml").touch()
    assert types("contract", "activate", str(tmp_path / "other.yaml"), KNOWLEDGE=str(knowledge)).code == 2
    assert types("contract", "activate", "systems/pc.yaml", "--yes", KNOWLEDGE=str(knowledge)).code == 1
