"""Addresses that somebody types, on real databases: whatever stands in them, no fault of ours comes of it."""

import asyncio
from dataclasses import replace

import pytest

from bot.storage.database import SqlStore
from bot.storage.posts import Posts
from bot.web.cleaning import Cleaned

TYPED = [
    ("mia", "/?foer=99999999999999999999", 200),
    ("mia", "/?foer=999999999999999999", 200),
    ("mia", "/?foer=%001", 200),
    ("sam", "/kanal/omsorg-nord?foer=99999999999999999999", 200),
    ("ivo", "/sager?maal=taget&fra=2026-11-01&til=2026-12-01&del=%00", 200),
    ("ivo", "/sager?q=%00&%00=x", 200),
    ("ivo", "/leverandoersager?q=S-999999999", 200),
    ("ivo", "/sager?q=%2500", 200),
    ("mia", "/fil/%00", 404),
    ("mia", "/fil/x%00", 404),
    ("mia", "/sag/%00", 404),
    ("sam", "/kanal/%00", 404),
    ("sam", "/kanal/omsorg-nord/x%00", 404),
    ("ivo", "/leverandoersag/1/%00.csv", 404),
]


@pytest.mark.parametrize(("who", "path", "status"), TYPED)
def test_it_is_there_or_it_is_not(stage, database, who, path, status):
    store, posts = SqlStore(database), Posts(database)
    stage.store, stage.posts, stage.desk = store, posts, replace(stage.desk, store=store)
    stage.parts = replace(stage.parts, desk=stage.desk, posts=posts)
    stage.open()

    async def story():
        assert (await stage.browser(who).open(path)).status_code == status

    asyncio.run(story())


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        (b"a=%25&b=%C3%A6", b"a=%25&b=%C3%A6"),
        (b"a=%2500", b"a=%2500"),
        (b"a=x%00y&b=", b"a=xy&b="),
        (b"a=%0%000", b"a=%2500"),
        (b"a=\x00&%C3%A6=%00", b"a=&%C3%A6="),
    ],
)
def test_only_what_nobody_types_is_taken_out(typed, cleaned):
    seen = []

    async def page(scope, _receive, _send):
        seen.append(scope["query_string"])

    async def nothing(*_):
        pass

    asyncio.run(Cleaned(page)({"type": "http", "path": "/", "query_string": typed}, nothing, nothing))
    assert seen == [cleaned]
