"""What every test shares: pinned time zones, the sample knowledge loaded once, and one real PostgreSQL."""

import os
import shutil
import zoneinfo
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.desk.ports import Known
from bot.search import Engine, build_now
from bot.storage.knowledge import Loaded, load

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)

pytest_plugins = ["stores", "stage"]  # memory, SQLite and PostgreSQL; and where chats are played

zoneinfo.reset_tzpath(())  # otherwise the machine's own files win over the pinned tzdata

# The same examples on every run, and none too slow: no test depends on how busy the machine is.
settings.register_profile(
    "everywhere", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("everywhere")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not (os.environ.get("CHROMIUM") or shutil.which("chromium")):
        terminalreporter.write_line(
            "SKIPPED: the browser tests: no chromium on this machine (Debian: apt-get install chromium)"
        )
    if not (shutil.which("node") and (ROOT / "tests/peers/emulate/node_modules/emulate").exists()):
        terminalreporter.write_line(
            "SKIPPED: Slack on emulate: not installed (Node 20 and: npm ci --prefix tests/peers/emulate)"
        )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="write what the bot said into the transcripts")


@pytest.fixture(scope="session")
def sample() -> Loaded:
    return load(ROOT / "knowledge", TODAY)


@pytest.fixture(scope="session")
def known(sample: Loaded) -> Known:
    assert sample.known, "\n".join(map(str, sample.refusals))
    return sample.known


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="session")
def search(sample: Loaded, known: Known, index: Path) -> Engine:
    return build_now(known.articles.values(), sample.glossary, index)


@pytest.fixture(scope="session")
def furnished(search: Engine, index: Path) -> Callable[[Path], Path]:  # noqa: ARG001  # built once it is there
    """Lays the index of the sample knowledge where a program that keeps its data in the directory looks for it."""

    def furnish(directory: Path) -> Path:
        shutil.copytree(index, directory / "index")
        return directory

    return furnish
