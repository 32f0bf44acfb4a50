"""Fixtures of the adapters' tests."""

import pytest
from office import Office


@pytest.fixture
def office(known, search, empty_sqlite):
    opened = Office(known, search, empty_sqlite)
    yield opened
    opened.close()
    assert opened.machine.violations == []
