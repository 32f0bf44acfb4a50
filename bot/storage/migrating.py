"""Brings a database's tables up to what this version of the program expects."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, String, column, func, inspect, select, table

from bot.storage.engine import make_engine

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parents[2] / "migrations"
_LOCK = 7_301_042  # any number, the same in every process that migrates


def migrate(url: str) -> None:
    """Twice is harmless, and so are two processes at once: the second waits and finds nothing to do."""
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            if not is_current(connection):
                _upgrade(connection)
    finally:
        engine.dispose()


def is_current(connection: Connection) -> bool:
    """Do the tables fit this version of the program?"""
    if not inspect(connection).has_table("alembic_version"):
        return False
    statement = select(column("version_num", String)).select_from(table("alembic_version"))
    return connection.execute(statement).scalars().all() == [newest()]


@cache
def newest() -> str:
    """The last migration. Its file's name begins with its revision: to ask Alembic itself costs every start 0.2 s."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def alembic_config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix().replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(connection: Connection) -> None:
    from alembic import command

    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
