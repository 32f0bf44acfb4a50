"""The engine that has learned the little knowledge in `fjordby.py`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fjordby import ARTICLES, GLOSSARY

from bot.search import Engine, build_now


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("search")


@pytest.fixture(scope="session")
def engine(cache_dir: Path) -> Iterator[Engine]:
    engine = build_now(ARTICLES, GLOSSARY, cache_dir)
    yield engine
    engine.close()
