"""Migrations make exactly the tables that the program expects, on both databases."""

import re
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, select, text

from bot.domain.lists import folded
from bot.storage.engine import make_engine
from bot.storage.migrating import alembic_config, is_current, migrate, newest
from bot.storage.tables import attachments, cases, metadata, tickets

VERSIONS = "alembic_version"
COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity
    FROM information_schema.columns WHERE table_schema = 'public'
"""
INDEXES = "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'"
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def two_urls(request, tmp_path):
    """Two databases without tables."""
    if request.param == "sqlite":
        return [f"sqlite:///{tmp_path}/{name}.sqlite" for name in ("one", "two")]
    server = request.getfixturevalue("postgres")
    engine = make_engine(server)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in ("one", "two"):
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return [server.replace("/postgres?", f"/{name}?") for name in ("one", "two")]


def look(url, work):
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()


def schema(connection):
    """Everything the database says about its tables, but Alembic's own."""
    if connection.dialect.name == "sqlite":
        made = connection.execute(text("SELECT tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        return sorted((table, name, _words(sql)) for table, name, sql in made if table != VERSIONS)
    return sorted(
        tuple(map(str, row))
        for statement in (COLUMNS, INDEXES, CONSTRAINTS)
        for row in connection.execute(text(statement))
        if VERSIONS not in str(row)
    )


def _words(sql):
    """The parts of a CREATE TABLE in any order, without quotes or line breaks: the same table may be written so."""
    plain = re.sub(r"\s+", " ", sql.replace('"', ""))
    return sorted(part.strip(" ()") for part in plain.split(","))


def test_migrations_and_tables_are_equal(two_urls):
    migrated, made = two_urls
    migrate(migrated)
    look(made, metadata.create_all)
    assert look(migrated, schema) == look(made, schema)
    assert len(look(made, schema)) > len(metadata.tables)


def test_the_next_migration_would_be_empty(two_urls):
    migrate(two_urls[0])

    def compare(connection):
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_server_default": True}), metadata)

    assert look(two_urls[0], compare) == []


def test_migrating_twice_is_harmless(two_urls):
    url = two_urls[0]
    assert look(url, is_current) is False
    migrate(url)
    migrate(url)
    assert look(url, is_current) is True


def test_two_processes_may_migrate_at_once(two_urls):
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(migrate, [two_urls[0]] * 2)) == [None, None]
    assert look(two_urls[0], is_current) is True


def test_the_command_line_of_alembic_finds_the_database_that_it_is_given(tmp_path):
    url = f"sqlite:///{tmp_path}/one.sqlite"
    config = alembic_config()
    config.cmd_opts = Namespace(x=[f"url={url}"])
    command.upgrade(config, "head")
    assert look(url, is_current) is True


def test_the_name_of_the_last_file_is_the_only_head_there_is():
    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [newest()]


def test_the_titles_of_what_was_there_before_are_found_by_their_words(two_urls):
    url, config = two_urls[0], alembic_config()
    config.cmd_opts = Namespace(x=[f"url={url}"])
    command.upgrade(config, "0015")
    titles = ["ÅBN  døren\nnu", "", "Æ " * 300]

    def before(connection):
        old = MetaData()
        old.reflect(connection)
        for number, title in enumerate(titles, start=1):
            fill(connection, old.tables["texts"], id=f"t{number}", body=title)
            fill(connection, old.tables["tickets"], number=number, title=f"t{number}")
        fill(connection, old.tables["cases"], number=1, title="t1")

    look(url, before)
    migrate(url)
    words = look(url, lambda connection: connection.execute(select(tickets.c.words).order_by(tickets.c.number)).all())
    assert [row.words for row in words] == list(map(folded, titles))
    assert words[0].words == "åbn døren nu"
    assert look(url, lambda connection: connection.execute(select(cases.c.words)).scalar_one()) == "åbn døren nu"


def test_photos_that_were_kept_before_no_longer_say_where_they_were_taken(two_urls):
    url, config = two_urls[0], alembic_config()
    config.cmd_opts = Namespace(x=[f"url={url}"])
    command.upgrade(config, "0017")
    png, says = b"\x89PNG\r\n\x1a\n", b"\0\0\0\6eXIf55.67N...."
    picture = b"\0\0\0\2IDAT......\0\0\0\0IEND...."
    files = [
        ("image/png", png + says + picture, png + picture),
        ("image/png", png + picture, png + picture),
        ("image/png", png + says, png + says),  # no picture, so it is left
        ("application/pdf", says, says),
        ("image/jpeg", b"\xff\xd8\xff\xfe\0\6Mia!\xff\xda\0\2..", b"\xff\xd8\xff\xda\0\2.."),
        ("image/webp", b"RIFF\0\0\0\0WEBPEXIF\2\0\0\0??VP8 \2\0\0\0..", b"RIFF\x0e\0\0\0WEBPVP8 \2\0\0\0.."),
    ]

    def before(connection):
        old = MetaData()
        old.reflect(connection)
        for nth, (kind, content, _) in enumerate(files):
            row = {"id": f"a{nth}", "nth": nth, "kind": kind, "content": content, "size": len(content)}
            fill(connection, old.tables["attachments"], **row, sha256=sha256(content).hexdigest())

    look(url, before)
    migrate(url)
    now = look(url, lambda connection: connection.execute(select(attachments).order_by(attachments.c.nth)).all())
    assert [bytes(row.content) for row in now] == [left for _, _, left in files]
    assert all(row.size == len(row.content) and row.sha256 == sha256(row.content).hexdigest() for row in now)
    assert [(row.id, row.kind) for row in now] == [(f"a{nth}", kind) for nth, (kind, *_) in enumerate(files)]


def fill(connection, table, **given):
    """A row as an older program wrote it, of which only this matters."""
    must = {each.name: each.type.python_type() for each in table.c if not each.nullable and each.name != "seq"}
    connection.execute(table.insert().values(must | given))
