"""Activating a contract writes down what was agreed; afterwards neither an edit nor a library changes it."""

from datetime import date

import pytest
from house_in_files import CONTRACT_FILE, SECOND, TODAY, House, second_version

from bot.domain.contracts import Contract
from bot.storage.knowledge import Activation, Complaint, activate

LOCK = "contracts/strandvejr-v1.lock.yaml"


def activated(house: House, name: str = CONTRACT_FILE, today: date = TODAY) -> Activation:
    found = activate(house.directory, house.directory / name, today)
    house.write(found.lock_file.relative_to(house.directory).as_posix(), found.lock)
    return found


def version(house: House, number: int = 1) -> Contract | None:
    known = house.load().known
    assert known, [str(each) for each in house.load().refusals]
    return known.contracts.version("strandvejr-drift", number)


def test_the_lock_has_the_closed_days_and_what_they_were_made_with(house: House):
    found = activated(house)
    assert found.lock_file == house.directory / LOCK
    text = house.text(LOCK)
    for part in ("contract: strandvejr-drift", "version: 1", "activated_on: 2026-11-23", "content: sha256:",
                 "tzdata: ", "holidays: ", "closed_until: 2029-11-23", "2026-12-25", "  dogn: []"):  # fmt: skip
        assert part in text
    assert activate(house.directory, house.directory / SECOND.replace("v2", "v1"), TODAY).lock == ""


def test_an_activated_contract_says_nothing_more(house: House):
    activated(house)
    assert [each.subject for each in house.load().complaints] == ["fjordby-support"]


def test_closed_days_are_those_of_the_lock(house: House):
    activated(house)
    house.change(LOCK, "2026-12-25", "2026-12-23")
    signed = version(house)
    assert signed
    closed = signed.calendars["hverdag"].versions[0].closed
    assert date(2026, 12, 23) in closed
    assert date(2026, 12, 25) not in closed


def test_the_contract_keeps_the_versions_it_was_activated_with(house: House):
    activated(house)
    text = house.text(LOCK)
    line = next(each for each in text.splitlines() if each.startswith("tzdata:"))
    house.change(LOCK, line, 'tzdata: "2020.1"')
    signed = version(house)
    assert signed
    assert signed.tzdata_version == "2020.1"
    assert signed.content_hash in text


def test_a_change_of_an_activated_contract_is_refused(house: House):
    activated(house)
    house.change(CONTRACT_FILE, "open: PT30M", "open: PT45M")
    assert house.refusal() == (
        f"{house.where(CONTRACT_FILE, 8)}strandvejr-drift: contract.version 1 was activated on 2026-11-23 "
        "with other content: undo the change, or make it a new version in a file of its own"
    )


def test_an_activated_contract_that_cannot_be_read_is_told_once(house: House):
    activated(house)
    line = house.change(CONTRACT_FILE, "schema: 1", "schema: [1")
    said = house.refusal()
    assert said.startswith(house.where(CONTRACT_FILE, line + 1))
    assert "is not YAML" in said


def test_remarks_and_layout_of_an_activated_contract_may_change(house: House):
    activated(house)
    house.write(CONTRACT_FILE, "# A remark.\n" + house.text(CONTRACT_FILE))
    assert version(house)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("contract: strandvejr-drift", "contract: another", "contract another is not what"),
        ("version: 1", "version: 2", "version 2 is not what"),
        ("closed_until: 2029-11-23", "closed_until: later", "closed_until later must be a date"),
        ("schema: 1", "schema: 2", "schema 2 must be 1"),
    ],
)
def test_a_lock_that_is_not_about_its_contract_is_refused(house: House, old: str, new: str, sentence: str):
    activated(house)
    line = house.change(LOCK, old, new)
    said = house.refusal()
    assert said.startswith(house.where(LOCK, line))
    assert sentence in said


def test_a_lock_without_its_contract_is_refused(house: House):
    activated(house)
    house.write("contracts/renamed.yaml", house.text(CONTRACT_FILE))
    house.remove(CONTRACT_FILE)
    assert f"{house.where(LOCK, 1)}strandvejr-v1.lock: has no contract beside it" == house.refusal()


def test_once_a_version_is_activated_only_activated_ones_count(house: House):
    second_version(house, "2027-01-01")
    activated(house)
    assert version(house)
    assert version(house, 2) is None
    assert any("is not activated, and does not count before it is" in str(each) for each in house.load().complaints)
    activated(house, SECOND)
    assert version(house, 2)


def test_a_refused_contract_is_not_activated(house: House):
    house.change(CONTRACT_FILE, "open: PT30M", "open: P1D")
    found = activate(house.directory, house.directory / CONTRACT_FILE, TODAY)
    assert (found.lock, found.contract) == ("", None)
    assert [each.path for each in found.complaints] == ["targets[A-reaktion].budget.open"]


def test_what_is_surprising_is_said_before_activation(house: House):
    house.change(CONTRACT_FILE, "  out_of_hours: {calendar: dogn, ref: strandvejr-vagt, channel: phone}\n", "")
    found = activate(house.directory, house.directory / CONTRACT_FILE, TODAY)
    assert "runs day and night" in " ".join(str(each) for each in found.complaints)
    assert found.lock


def test_mistakes_in_other_files_do_not_stop_an_activation(house: House):
    house.write("articles/andet.yaml", "[")
    found = activate(house.directory, house.directory / CONTRACT_FILE, TODAY)
    assert found.lock


def test_the_agreement_is_activated_too_and_keeps_the_houses_hours(house: House):
    found = activated(house, "agreement.yaml")
    assert "closed: {}" in found.lock
    house.change("calendars.yaml", "08:00-16:00", "08:00-17:00")
    assert house.load().known


def of_contract(house: House, today: date) -> list[Complaint]:
    return [each for each in house.warnings(today) if each.subject == "strandvejr-drift"]


def test_closed_days_that_end_before_next_year_does_are_a_warning(house: House):
    activated(house, today=date(2026, 1, 1))
    assert of_contract(house, date(2027, 12, 31)) == []
    (warning,) = of_contract(house, date(2028, 1, 1))
    assert (warning.line, warning.path) == (24, "calendars.hverdag.closed")
    assert "of hverdag is explicit only until 2029-01-01, which does not cover next year" in str(warning)


def test_a_contract_that_ends_needs_no_later_closed_days(house: House):
    house.change(CONTRACT_FILE, "valid_to: null", "valid_to: 2027-01-01")
    activated(house)
    assert of_contract(house, date(2026, 12, 1)) == []
    assert of_contract(house, date(2028, 1, 1)) == []
