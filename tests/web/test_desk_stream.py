"""The overview's stream: that something has changed, for those who may look, for as long as they may."""

import asyncio
from datetime import timedelta

import pytest
from starlette.requests import Request

from bot.domain.people import PersonId
from bot.web.desk_stream import CHANGED, HERE, DeskStream
from bot.web.frame import Frame


@pytest.fixture
def frame(stage):
    stage.doors.begin("session-of-ivo", PersonId("ivo"), stage.hands.now() + timedelta(days=1))
    return Frame(stage.parts)


def asked():
    return Request({"type": "http", "path_params": {}, "headers": [(b"cookie", b"driftsvagt=session-of-ivo")]})


def test_on_a_busy_desk_too_it_is_asked_whether_the_reader_still_may(stage, frame):
    async def story():
        said = DeskStream(frame, every=0, calm=0).events(asked())
        assert await anext(said) == HERE
        for _ in range(3):
            frame.waker.pulse.beat()
            assert await anext(said) == CHANGED
        stage.doors.end_all(PersonId("ivo"))
        frame.waker.pulse.beat()
        assert await anext(said, "the end") == "the end"

    asyncio.run(story())


def test_in_silence_it_says_that_it_is_there(frame):
    async def story():
        said = DeskStream(frame, every=0).events(asked())
        assert [await anext(said), await anext(said), await anext(said)] == [HERE] * 3
        frame.waker.pulse.end()
        assert await anext(said, "the end") == "the end"

    asyncio.run(story())


def test_it_is_counted_among_the_open_streams(frame):
    async def story():
        one, other = (DeskStream(frame, every=0).events(asked()) for _ in range(2))
        assert [await anext(one), await anext(other)] == [HERE] * 2
        assert frame.waker.listening == 2
        await one.aclose()
        assert frame.waker.listening == 1
        frame.waker.pulse.end()
        assert await anext(other, "the end") == "the end"
        assert frame.waker.listening == 0

    asyncio.run(story())
