"""A scene to hang things in."""

import pytest
from scenes import Scene


@pytest.fixture
def scene(known):
    return Scene(known)
