"""One database behind a URL: how it is opened, whose turn it is, and what its errors mean."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.desk.ports import Changed
from bot.storage.statements import insert_for
from bot.storage.together import Together
from bot.storage.turn import Turn

T = TypeVar("T")

PATIENCE = 10  # seconds to wait for another process before giving up
_RACES = {"23505", "40001", "40P01"}  # unique violation, serialization failure, deadlock
_SQLITE_RACES = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}


class Database:
    """Transactions on SQLite or PostgreSQL. On SQLite one thread of the process writes at a time."""

    def __init__(self, url: str, *, durable: bool = True) -> None:
        self.engine = make_engine(url, "FULL" if durable else "OFF")
        is_sqlite = self.engine.dialect.name == "sqlite"
        self._hasty = make_engine(url, "NORMAL") if is_sqlite and durable else self.engine
        self._readers = self.engine.execution_options(**_reading_options(self.engine))
        self._glancers = self._readers if is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._turn = Turn()
        self._one_writer = is_sqlite
        self._together = Together(self.writing)

    @contextmanager
    def writing(self, *, hasty: bool = False) -> Iterator[Connection]:
        """Commits at the end, or on an exception leaves no trace. Raises Changed if another transaction was first.

        `hasty`: what was committed outlives the program, and nobody waits for the disk; a power cut may take back the
        last moment. For what can be found out again.
        """
        engine = self._hasty if hasty else self.engine
        with self._turn.taken(alone=self._one_writer), _somebody_was_first(), engine.begin() as connection:
            if hasty and not self._one_writer:
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
            yield connection

    def together(self, work: Callable[[Connection], T], *, hasty: bool = False) -> T:
        """A short transaction of its own, which may share its commit with others of this process.

        The work may be done twice. PostgreSQL lets several write at once, and joins their commits by itself.
        """
        if self._one_writer:
            self._turn.must_be_free()
            return self._together.do(work, hasty=hasty)
        with self.writing(hasty=hasty) as connection:
            return work(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent picture. Waits for nobody."""
        with self._turn.taken(alone=False), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """For one statement that only looks: a picture in itself, for which PostgreSQL is not asked to begin and to end."""
        with self._turn.taken(alone=False), self._glancers.connect() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()
        self._hasty.dispose()


def make_engine(url: str, synchronous: Literal["FULL", "NORMAL", "OFF"] = "FULL") -> Engine:
    """`sqlite:///path` or `postgresql+psycopg://…`. What a SQLite file outlives: a power cut, all but its last moment, or none."""
    match make_url(url).get_backend_name():
        case "sqlite":
            engine = create_engine(url, hide_parameters=True, connect_args={"timeout": PATIENCE})
            event.listen(engine, "connect", partial(_prepare_sqlite, synchronous))
            event.listen(engine, "begin", _begin_sqlite)
        case "postgresql":
            engine = create_engine(
                url,
                hide_parameters=True,  # what people wrote never reaches a log through an error
                pool_size=10,
                max_overflow=20,
                pool_pre_ping=True,
                # A disk without arms, as a server's settings do not assume by themselves: indexes that hold it all are used.
                connect_args={"options": f"-c lock_timeout={PATIENCE}s -c random_page_cost=1.1"},
            )
        case other:
            raise ValueError(f"a database is sqlite:///path or postgresql+psycopg://…, not {other}")
    return engine


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return insert_for(connection.dialect.name, table)


def _reading_options(engine: Engine) -> dict[str, Any]:
    if engine.dialect.name == "postgresql":
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {"only_reads": True}


def _prepare_sqlite(synchronous: str, connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in (f"busy_timeout={PATIENCE * 1000}", f"synchronous={synchronous}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """Two processes that make a file together may both try; SQLite then refuses one at once, whatever its patience."""
    for _ in range(PATIENCE * 20):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError:
            time.sleep(0.05)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL").close()  # says why


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns to writing fails at once when another process wrote meanwhile.
    deferred = connection.get_execution_options().get("only_reads")
    connection.exec_driver_sql("BEGIN" if deferred else "BEGIN IMMEDIATE")


@contextmanager
def _somebody_was_first() -> Iterator[None]:
    try:
        yield
    except DBAPIError as fault:
        if _is_race(fault.orig):
            raise Changed from fault
        raise


def _is_race(fault: BaseException | None) -> bool:
    match fault:
        case sqlite3.IntegrityError():
            return fault.sqlite_errorcode in _SQLITE_RACES
        case _:  # psycopg's errors have one; its import is left to those who have PostgreSQL
            return getattr(fault, "sqlstate", None) in _RACES
