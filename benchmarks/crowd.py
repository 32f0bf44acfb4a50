"""A town many times over: what a fortnight's desk holds, copied under new numbers until there is as much as a big town has."""

from sqlalchemy import Connection, Table, func, select, text

from bot.storage.engine import Database
from bot.storage.tables import cases, events, measured, tickets

TICKETS, CASES = 100_000, 10_000
NTH = "WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < :copies)"


def multiply(database: Database, tickets_: int, cases_: int) -> None:
    """Every copy has the events and figures of the one it was made of; the words are shared with it."""
    with database.writing() as connection:
        _copies(connection, tickets, "#", tickets_)
        _copies(connection, cases, "S-", cases_)
    # As a server's own housekeeping leaves it, which comes by itself some minutes after so many new rows.
    tidy = "ANALYZE" if database.engine.dialect.name == "sqlite" else "VACUUM ANALYZE"
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(tidy))


def _copies(connection: Connection, kind: Table, mark: str, wanted: int) -> None:
    most = connection.execute(select(func.max(kind.c.number))).scalar_one()
    asked = {"copies": wanted // most - 1, "most": most, "mark": mark}
    case_id = "CAST(:mark AS TEXT) || CAST(k.number + n * :most AS TEXT)"
    ours = f"JOIN {kind.name} AS k ON o.case_id = CAST(:mark AS TEXT) || CAST(k.number AS TEXT)"
    anew = {
        events: {"case_id": case_id, "event_id": "o.event_id || '-' || CAST(n AS TEXT)"},
        measured: {"case_id": case_id, "number": "k.number + n * :most"},
    }
    for table, changed in anew.items():  # before the kind itself, which they are joined with
        names = [each.name for each in table.c if each.name != "seq"]
        values = [changed.get(each, f"o.{each}") for each in names]
        statement = f"INSERT INTO {table.name} ({', '.join(names)}) {NTH} SELECT {', '.join(values)} FROM {table.name} AS o {ours}, copies"
        connection.execute(text(statement), asked)
    names = [each.name for each in kind.c]
    values = ["o.number + n * :most" if each == "number" else f"o.{each}" for each in names]
    connection.execute(text(f"INSERT INTO {kind.name} ({', '.join(names)}) {NTH} SELECT {', '.join(values)} FROM {kind.name} AS o, copies"), asked)  # fmt: skip
