"""/stroem/overblik: only that something has changed. The page that hears it asks for itself again, at most once a second."""

import asyncio
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import StreamingResponse

from bot.desk.surveying import admit
from bot.domain.refusals import Refused
from bot.web.frame import Frame
from bot.web.streams import HEADERS, HEARTBEAT

CALM = 1.0  # seconds between two words about changes: who hears one a moment later has missed nothing
CHANGED = "event: desk\ndata: changed\n\n"
HERE = ": her endnu\n\n"


class DeskStream:
    def __init__(self, frame: Frame, every: float = HEARTBEAT, calm: float = CALM) -> None:
        self._frame = frame
        self._every = every
        self._calm = calm

    async def stream(self, request: Request) -> StreamingResponse:
        await run_in_threadpool(self._admit, request)
        return StreamingResponse(self.events(request), media_type="text/event-stream; charset=utf-8", headers=HEADERS)

    async def events(self, request: Request) -> AsyncIterator[str]:
        """Says nothing of what has changed, so that a heartbeat is soon enough to ask whether the reader still may."""
        pulse, loop = self._frame.waker.pulse, asyncio.get_running_loop()
        with pulse.felt():
            seen, ask_at = pulse.count, loop.time() + self._every
            yield HERE
            while not pulse.is_over:
                has_beaten = await pulse.beats(seen, ask_at - loop.time())
                # On a desk where something always happens there is no silence to ask in.
                if not has_beaten or loop.time() >= ask_at:
                    try:
                        await run_in_threadpool(self._admit, request)
                    except (HTTPException, Refused):
                        return
                    ask_at = loop.time() + self._every
                if has_beaten:
                    seen = pulse.count
                    yield CHANGED
                    await asyncio.sleep(self._calm)
                else:
                    yield HERE

    def _admit(self, request: Request) -> None:
        admit(self._frame.visitor(request).person)
