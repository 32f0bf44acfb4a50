"""Streams across processes: one task reads the newest number of what was posted, and wakes whoever listens here."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from bot.messengers.web.post import Post, Posts, read_post
from bot.web.ports import Ticking

log = logging.getLogger("driftsvagt.web")

EVERY = 0.3  # seconds between looks; a post made in this process wakes at once
AT_ONCE = 500  # changes read in one look
BOUND = 32  # batches that a slow reader may be behind; then the stream ends, and the browser connects anew


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything that changed since the batch before. `number` is the newest change in it."""

    number: int
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """Something has happened to these tickets, whether anything was posted here or not."""

    tickets: frozenset[int]


@dataclass(eq=False, slots=True)
class Listener:
    """`tickets` are those whose own pages listen. `None` in the queue ends the stream."""

    tickets: frozenset[int] = frozenset()
    queue: asyncio.Queue[Batch | Moved | None] = field(default_factory=lambda: asyncio.Queue(BOUND))

    def offer(self, news: Batch | Moved) -> bool:
        """False when the reader is too far behind."""
        try:
            self.queue.put_nowait(news)
        except asyncio.QueueFull:
            self.end()
            return False
        return True

    def end(self) -> None:
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


# Of each of these tickets something that moves with everything that happens to it; nothing of one that is not there.
Editions = Callable[[Collection[int]], Mapping[int, object]]


class Pulse:
    """Something of the desk has changed: one count, and everybody who waits is woken at once. Called on the loop."""

    def __init__(self) -> None:
        self.count = 0
        self.felt_by = 0  # streams
        self.is_over = False
        self._next: asyncio.Future[None] | None = None

    def beat(self) -> None:
        self.count += 1
        if self._next and not self._next.done():
            self._next.set_result(None)
        self._next = None

    def end(self) -> None:
        self.is_over = True
        self.beat()

    @contextmanager
    def felt(self) -> Iterator[None]:
        """By one more stream, so long."""
        self.felt_by += 1
        try:
            yield
        finally:
            self.felt_by -= 1

    async def beats(self, seen: int, seconds: float) -> bool:
        """Whether it has beaten since, or does so within that time."""
        if self.count != seen:
            return True
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        done, _ = await asyncio.wait([self._next], timeout=seconds)
        return bool(done) and not self.is_over


class Waker:
    """Made before the loop runs; everything but `nudge` is called on it."""

    def __init__(
        self,
        posts: Posts,
        told: Callable[[], int],
        editions: Editions = lambda _: {},
        every: float = EVERY,
        ticking: Ticking = time.monotonic,
    ) -> None:
        self.pulse = Pulse()
        self._posts = posts
        self._told = told
        self._editions = editions
        self._followed: Mapping[int, object] = {}  # the tickets that somebody looks at, as they were last
        self._heard = 0
        self._every = every
        self._ticking = ticking
        self._looked: float | None = None
        self._is_blind = False  # the database did not answer the last time
        self._listeners: set[Listener] = set()
        self._seen: int | None = None  # the newest change that was read; None before the first look
        self._nudged: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = False

    async def run(self) -> None:
        """Until cancelled. A database that is away for a while costs nobody anything: each look goes on from the one before."""
        self._loop, self._nudged = asyncio.get_running_loop(), asyncio.Event()
        self._looked = self._ticking()
        while True:
            await self._try()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._nudged.wait()
            self._nudged.clear()

    def nudge(self) -> None:
        """Something was posted by this process. From any thread."""
        if self._loop and self._nudged and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._nudged.set)

    def listen(self, tickets: frozenset[int] = frozenset()) -> Listener:
        listener = Listener(tickets)
        if self._ended:
            listener.end()
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)

    def end_all(self) -> None:
        """Every stream ends, also those that begin from now on: the server is stopping. From any thread."""
        self._ended = True
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end)

    @property
    def listening(self) -> int:
        return len(self._listeners) + self.pulse.felt_by

    def age(self) -> float:
        """Seconds since it could last look; none before it runs."""
        return 0.0 if self._looked is None else self._ticking() - self._looked

    async def _try(self) -> None:
        try:
            await self._look()
        except SQLAlchemyError:
            if not self._is_blind:  # said once, and not at each look until it answers again
                log.exception("the streams could not look for what is new; they try again")
            self._is_blind = True
            return
        if self._is_blind:
            log.info("the streams see what is new again")
        self._is_blind = False
        self._looked = self._ticking()

    async def _look(self) -> None:
        await self._listen()
        newest = await run_in_threadpool(self._posts.newest)
        if self._seen is None and self._is_blind:
            self._end_streams()  # begun before we knew from where to tell: their browsers connect anew
        if self._seen is None or not self._listeners:  # asked after the read: whoever joined meanwhile misses nothing
            self._seen = newest
        while self._seen < newest:
            rows = await run_in_threadpool(self._posts.since, self._seen, AT_ONCE)
            if not rows:
                return
            self._seen = rows[-1].changed
            self._offer(Batch(self._seen, tuple(read_post(each) for each in rows)))

    async def _listen(self) -> None:
        """Whatever changes is told to somebody: the newest notice is the newest change."""
        heard = await run_in_threadpool(self._told)
        if heard != self._heard:
            self.pulse.beat()
            await self._follow()
            self._heard = heard  # last: if the database goes away meanwhile, it is asked again

    async def _follow(self) -> None:
        """One question for all the tickets whose pages are open; then only those who look at what moved are woken."""
        watched = {number for each in self._listeners for number in each.tickets}
        now = await run_in_threadpool(self._editions, watched) if watched else {}
        moved = frozenset(each for each in watched if now.get(each) != self._followed.get(each))
        self._followed = now
        for listener in [*self._listeners]:
            if theirs := moved & listener.tickets:
                self._offer_to(listener, Moved(theirs))

    def _offer(self, batch: Batch) -> None:
        for listener in [*self._listeners]:
            self._offer_to(listener, batch)

    def _offer_to(self, listener: Listener, news: Batch | Moved) -> None:
        if not listener.offer(news):
            self.leave(listener)

    def _end(self) -> None:
        self.pulse.end()
        self._end_streams()

    def _end_streams(self) -> None:
        for listener in self._listeners:
            listener.end()
