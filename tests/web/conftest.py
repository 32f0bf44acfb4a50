"""A fresh stage for each test."""

import pytest
from web_stage import Stage


@pytest.fixture
def stage(known, search):
    return Stage(known, search)


@pytest.fixture
def demo(known, search):
    return Stage(known, search, personas=("mia", "sam", "ivo"))
