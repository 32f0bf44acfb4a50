"""The sample organisation that comes with the product is whole."""

from datetime import date

from bot.domain.people import Role
from bot.storage.knowledge import Loaded


def test_nothing_in_the_sample_is_refused(sample: Loaded):
    assert [str(each) for each in sample.refusals] == []


def test_the_only_warnings_about_the_sample_are_contracts_to_activate(sample: Loaded):
    assert [str(each) for each in sample.complaints if not each.reason.sentence.startswith("is not activated")] == []


def test_the_sample_has_everything_a_desk_needs(sample: Loaded):
    known = sample.known
    assert known
    assert known.organisation.having(Role.CONTRACT_MANAGER)
    assert known.agreement
    assert len(known.articles) >= 30
    for system in known.organisation.systems.values():
        assert system.supplier is None or any(system.id in each.systems for each in known.contracts.versions)


def test_every_calendar_of_the_sample_is_open_sometimes(sample: Loaded):
    assert sample.known
    for calendar in sample.known.calendars.values():
        assert any(calendar.open_on(date(2026, 11, 23 + number)) for number in range(7))
