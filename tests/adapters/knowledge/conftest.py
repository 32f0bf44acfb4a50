"""Each test has a house of its own to break."""

from pathlib import Path

import pytest
from house_in_files import FILES, House


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = House(tmp_path / "knowledge")
    for name, text in FILES.items():
        house.write(name, text)
    return house
