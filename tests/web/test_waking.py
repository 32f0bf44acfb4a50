"""Who wakes the streams looks at the database for ever: also after it was away, and what it then cannot do is said aloud."""

import asyncio
import threading

from sqlalchemy.exc import OperationalError
from web_stage import MORNING

from bot.domain.commands import Kind, Place
from bot.messengers.web.memory import MemoryPosts
from bot.messengers.web.post import put
from bot.web.waking import Moved, Waker
from bot.wording.message import Message

MIA = Place("web", Kind.DIRECT, "mia")
PATIENCE = 60.0  # seconds until a test gives up; nothing here waits for time to pass


class Restarting(MemoryPosts):
    """Posts in a database that somebody takes away for a while."""

    def __init__(self):
        super().__init__()
        self.is_away, self.asked, self._met = False, 0, threading.Condition()

    def newest(self):
        with self._met:
            self.asked += 1
            self._met.notify_all()
        if self.is_away:
            raise OperationalError("SELECT", {}, ConnectionError("terminating connection"))
        return super().newest()

    async def was_asked(self, times):
        until = self.asked + times

        def wait():
            with self._met:
                assert self._met.wait_for(lambda: self.asked >= until, PATIENCE)

        await asyncio.to_thread(wait)

    def says(self, text):
        put(self, MIA, Message((text,)), MORNING)


def plays(story, posts, told=lambda: 0, **more):
    """With a waker that runs beside it; one that gave up fails the test."""

    async def playing():
        waker = Waker(posts, told, every=0.001, **more)
        running = asyncio.create_task(waker.run())
        async with asyncio.timeout(PATIENCE):
            await story(waker)
        assert not running.done()
        running.cancel()

    asyncio.run(playing())


def test_what_was_posted_while_the_database_was_away_is_told_when_it_is_back(caplog):
    posts = Restarting()

    async def story(waker):
        await posts.was_asked(2)
        listener = waker.listen()
        posts.is_away = True
        await posts.was_asked(3)
        posts.says("mens den var væk")
        posts.is_away = False
        batch = await listener.queue.get()
        assert batch.posts[0].message.text == ("mens den var væk",)

    plays(story, posts)
    assert [each.message for each in caplog.records if each.levelname == "ERROR"] == [
        "the streams could not look for what is new; they try again"
    ], "once, and not at every look"


def test_a_start_without_a_database_is_waited_out_and_who_listened_meanwhile_begins_anew():
    """Nobody knows what they have missed; their browsers do."""
    posts = Restarting()
    posts.is_away = True

    async def story(waker):
        early = waker.listen()
        await posts.was_asked(3)
        posts.is_away = False
        assert await early.queue.get() is None
        waker.leave(early)
        listener = waker.listen()
        posts.says("efter starten")
        assert (await listener.queue.get()).posts[0].message.text == ("efter starten",)

    plays(story, posts)


def test_its_age_is_the_time_since_it_could_look():
    posts, clock = Restarting(), [100.0]
    assert Waker(posts, lambda: 0).age() == 0.0, "one that does not run is not late"

    async def story(waker):
        await posts.was_asked(2)
        posts.is_away = True
        await posts.was_asked(2)  # the first of them may have begun while it was still there
        clock[0] += 61
        await posts.was_asked(2)
        assert waker.age() == 61.0
        posts.is_away = False
        await posts.was_asked(2)
        assert waker.age() == 0.0

    plays(story, posts, ticking=lambda: clock[0])


class Watched:
    """Tickets that move, and notices that say so."""

    def __init__(self):
        self.told, self.editions, self.is_away = 0, {1: 1, 2: 1}, False
        self.was_refused = threading.Event()

    def moves(self, number):
        self.editions[number] += 1
        self.told += 1

    def now(self, numbers):
        if self.is_away:
            self.was_refused.set()
            raise OperationalError("SELECT", {}, ConnectionError("terminating connection"))
        return {each: self.editions[each] for each in numbers if each in self.editions}


def test_only_who_looks_at_the_ticket_that_moved_is_woken():
    posts, desk = Restarting(), Watched()

    async def story(waker):
        await posts.was_asked(2)
        first, second, gone, channel = map(waker.listen, map(frozenset, ([1], [2], [99], [])))
        desk.told += 1
        assert await first.queue.get() == Moved(frozenset({1})), "what it was before nobody knows"
        assert await second.queue.get() == Moved(frozenset({2}))
        desk.moves(2)
        assert await second.queue.get() == Moved(frozenset({2}))
        desk.moves(1)
        assert await first.queue.get() == Moved(frozenset({1}))
        desk.told += 1
        await posts.was_asked(2)
        assert all(each.queue.empty() for each in (first, second, gone, channel))

    plays(story, posts, lambda: desk.told, editions=desk.now)


def test_a_ticket_that_moved_while_the_database_was_away_is_told_when_it_is_back():
    posts, desk = Restarting(), Watched()

    async def story(waker):
        await posts.was_asked(2)
        listener = waker.listen(frozenset({1}))
        desk.told += 1
        await listener.queue.get()
        desk.is_away = True
        desk.moves(1)
        assert await asyncio.to_thread(desk.was_refused.wait, PATIENCE)
        desk.is_away = False
        assert await listener.queue.get() == Moved(frozenset({1}))

    plays(story, posts, lambda: desk.told, editions=desk.now)
