"""The sample organisation that comes with the product is whole."""

from datetime import date
from pathlib import Path

import pytest

from bot.desk.ports import Known
from bot.domain.people import Role
from bot.storage.knowledge import load

SAMPLE = Path(__file__).parents[3] / "knowledge"


@pytest.fixture(scope="module")
def sample() -> Known:
    loaded = load(SAMPLE, date(2026, 11, 23))
    assert loaded.known, "\n".join(str(each) for each in loaded.refusals)
    return loaded.known


def test_the_sample_has_everything_a_desk_needs(sample: Known):
    organisation = sample.organisation
    assert organisation.having(Role.CONTRACT_MANAGER)
    assert sample.agreement
    assert len(sample.articles) >= 30
    for system in organisation.systems.values():
        assert system.supplier is None or any(system.id in each.systems for each in sample.contracts.versions)


def test_every_calendar_of_the_sample_is_open_sometimes(sample: Known):
    for calendar in sample.calendars.values():
        assert any(calendar.open_on(date(2026, 11, 23 + number)) for number in range(7))


def test_warnings_about_the_sample_are_few():
    said = [each for each in load(SAMPLE, date(2026, 11, 23)).complaints if not each.reason.startswith("is not activ")]
    assert [str(each) for each in said] == []
