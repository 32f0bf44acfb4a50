"""What a page hears while it is open, from a real server on loopback."""

import asyncio
import re
import signal
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from html import unescape
from types import SimpleNamespace

import httpx
import pytest
from reached import reached
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.domain.commands import AskPerson, Claim, Comment, Delivery, Kind, Place
from bot.domain.people import PersonId
from bot.messengers.web.memory import MemoryPosts
from bot.messengers.web.places import direct
from bot.messengers.web.post import put, read_post
from bot.messengers.web.render import list_id
from bot.web.frame import Frame
from bot.web.server import server_for
from bot.web.streams import Reader, Streams
from bot.web.talking import AT_ONCE
from bot.web.visitor import Visitor
from bot.web.waking import BOUND, Batch, Listener, Waker
from bot.wording.message import Message

MIA = Place("web", Kind.DIRECT, "mia")
NORTH = Place("web", Kind.CHANNEL, "omsorg-nord")
PATIENCE = 60.0  # seconds until a test gives up; nothing here waits for time to pass


@contextmanager
def running(stage, proxies="127.0.0.1"):
    """A real server in a thread; gives its address, and leaves nothing behind."""
    opened = socket.create_server(("127.0.0.1", 0))
    server = server_for(stage.app, "127.0.0.1", 0, proxies)
    thread = threading.Thread(target=server.run, args=([opened],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{opened.getsockname()[1]}", server, thread
    finally:
        server.handle_exit(signal.SIGTERM, None)
        thread.join(PATIENCE)
        opened.close()


class Ear:
    """One open stream. `next` is the next message: its id and its data."""

    def __init__(self, answer):
        self.answer = answer
        self._lines = answer.iter_lines()

    def next(self):
        number, data, begun = "", [], time.monotonic()
        for line in self._lines:
            assert time.monotonic() - begun < PATIENCE, "only heartbeats"
            if line.startswith("id: "):
                number = line.removeprefix("id: ")
            elif line.startswith("data: "):
                data.append(line.removeprefix("data: "))
            elif not line and (number or data):
                return number, "\n".join(data)
        return None

    def hears(self, words):
        """The first message with these words."""
        while (message := self.next()) is not None:
            if words in message[1]:
                return message
        raise AssertionError(f"the stream ended before {words!r}")


@contextmanager
def listening(stage, address, person, *places, **headers):
    stage.doors.begin(f"session-of-{person}", PersonId(person), stage.hands.now() + timedelta(days=1))
    params = [("sted", str(place)) for place in places]
    cookies = {"driftsvagt": f"session-of-{person}"}
    with (
        httpx.Client(base_url=address, cookies=cookies, timeout=PATIENCE) as client,
        client.stream("GET", "/stroem", params=params, headers=headers) as answer,
    ):
        yield Ear(answer)


def says(stage, place, text, **more):
    return put(stage.posts, place, Message((text,), **more), stage.hands.now())


def asks(stage):
    """For a person, about a system whose superusers are there."""
    command = AskPerson("omsorgsjournalen viser navne som firkanter")
    stage.attend(Delivery("web", "k1", PersonId("mia"), MIA, command, stage.hands.now()))


def test_what_is_posted_is_added_at_the_end_and_what_changes_is_changed_in_place(stage):
    with running(stage) as (address, *_), listening(stage, address, "mia", MIA) as ear:
        assert ear.next() == ("0", "")
        post = says(stage, MIA, "Hej Mia", key="a")
        number, html = ear.hears("Hej Mia")
        assert number == "1"
        assert f'hx-target="#{list_id(MIA)}" hx-swap="beforeend"' in html
        says(stage, MIA, "Hej igen", key="a")
        number, html = ear.hears("Hej igen")
        assert number == "2"
        assert f'hx-target="#post-{post}" hx-swap="outerMorph"' in html


def test_what_changes_above_the_page_is_not_added_at_its_end(stage):
    """Yesterday's card stands on an older page; what is told of it has nowhere to go here."""
    old = says(stage, MIA, "et gammelt kort", key="a")
    stage.hands.at += timedelta(days=1)
    for nth in range(AT_ONCE):
        says(stage, MIA, f"nyere {nth}")
    with running(stage) as (address, *_), listening(stage, address, "mia", MIA) as ear:
        _, html = ear.next()
        assert f'id="post-{old}"' not in html
        says(stage, MIA, "et gammelt kort, men nu løst", key="a")
        says(stage, MIA, "det nyeste")
        heard = ""
        while "det nyeste" not in heard:
            heard += ear.next()[1]
        assert "et gammelt kort" not in heard
        assert 'class="day"' not in heard


def test_what_was_changed_as_soon_as_it_was_posted_still_stands_where_it_was_posted(stage):
    """Both came in one look, and the first was changed last."""
    mia = stage.desk.knowledge.now().organisation.people[PersonId("mia")]
    frame = Frame(stage.parts)
    reader = Reader(Visitor(mia, "s"), (MIA,), "/")
    says(stage, MIA, "fra i går")
    since = stage.posts.newest()

    async def story():
        listener = Listener()
        frame.waker = SimpleNamespace(listen=lambda *_: listener, leave=lambda _: None)
        said = aiter(Streams(frame).respond([reader], since).body_iterator)
        await anext(said)
        stage.hands.at += timedelta(days=1)
        says(stage, MIA, "den første", key="a")
        says(stage, MIA, "den anden")
        says(stage, MIA, "den første, rettet", key="a")
        listener.offer(Batch(stage.posts.newest(), tuple(map(read_post, stage.posts.since(since)))))
        html = await anext(said)
        assert html.index("den første, rettet") < html.index("den anden")
        assert html.count('class="day"') == 1

    asyncio.run(story())


def test_the_answer_says_that_nobody_may_keep_it(stage):
    with running(stage) as (address, *_), listening(stage, address, "mia", MIA) as ear:
        assert ear.answer.headers["content-type"].startswith("text/event-stream")
        assert ear.answer.headers["cache-control"] == "no-store"
        assert ear.answer.headers["x-accel-buffering"] == "no"
        assert "content-encoding" not in ear.answer.headers  # what is packed waits until there is enough of it
        assert httpx.get(f"{address}/ind", timeout=PATIENCE).headers["content-encoding"] == "gzip"


def test_nobody_hears_what_they_may_not_read(stage):
    with running(stage) as (address, *_), listening(stage, address, "sam", NORTH) as ear:
        says(stage, MIA, "kun til Mia")
        says(stage, Place("web", Kind.CHANNEL, "it"), "kun til it")
        says(stage, NORTH, "kun til Sue", only_for=PersonId("sue"))
        says(stage, NORTH, "til alle i gruppen")
        _, html = ear.hears("til alle i gruppen")
        assert "kun til" not in html


def test_whoever_is_signed_out_everywhere_hears_nothing_more(stage):
    """The stream was open before: it ends instead of telling her what came after."""
    with running(stage) as (address, *_), listening(stage, address, "mia", MIA) as ear:
        assert ear.next() == ("0", "")
        stage.doors.end_all(PersonId("mia"))
        says(stage, MIA, "kun for dem der er logget ind")
        assert ear.next() is None


@pytest.mark.parametrize("place", [MIA, Place("web", Kind.CHANNEL, "it"), Place("web", Kind.THREAD, "it", "1")])
def test_a_place_of_others_is_as_if_there_were_none(stage, place):
    with running(stage) as (address, *_), listening(stage, address, "sam", NORTH, place) as ear:
        assert ear.answer.status_code == 404


def test_whoever_was_away_gets_what_was_missed_once_and_nothing_if_nothing_was(stage):
    says(stage, MIA, "den første")
    with running(stage) as (address, *_):
        with listening(stage, address, "mia", MIA, **{"Last-Event-ID": "1"}) as ear:
            assert ear.next() == ("1", "")
        says(stage, MIA, "mens du var væk")
        with listening(stage, address, "mia", MIA, **{"Last-Event-ID": "1"}) as ear:
            number, html = ear.next()
            assert number == "2"
            assert "mens du var væk" in html
            assert f'hx-target="#{list_id(MIA)}" hx-swap="innerMorph"' in html


def test_whoever_was_away_from_a_thread_finds_its_question_still_at_the_top(stage):
    asks(stage)
    thread = Place("web", Kind.THREAD, "omsorg-nord", "1")
    says(stage, thread, "mens du var væk")
    with running(stage) as (address, *_), listening(stage, address, "sam", thread, **{"Last-Event-ID": "1"}) as ear:
        _, html = ear.hears("mens du var væk")
        assert html.index("navne som firkanter") < html.index("mens du var væk")
        assert html.count('class="day"') == 1
        assert html.index('class="day"') < html.index("navne som firkanter")


def test_a_broken_place_in_the_stream_begins_from_the_start(stage):
    says(stage, MIA, "den første")
    with running(stage) as (address, *_), listening(stage, address, "mia", MIA, **{"Last-Event-ID": "x'--"}) as ear:
        assert "den første" in ear.next()[1]


def test_a_card_that_the_desk_posts_is_heard_in_the_channel(stage):
    with running(stage) as (address, *_), listening(stage, address, "sam", NORTH) as ear:
        asks(stage)
        _, html = ear.hears("Jeg tager den")
        assert "navne som firkanter" in html


def test_told_to_stop_the_server_ends_its_streams_by_itself(stage):
    with running(stage) as (address, server, thread), listening(stage, address, "mia", MIA) as ear:
        assert ear.next() == ("0", "")
        server.handle_exit(signal.SIGTERM, None)
        assert ear.next() is None
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_a_reader_that_falls_behind_is_let_go_and_not_waited_for():
    async def story():
        listener = Listener()
        offered = [listener.offer(Batch(number, ())) for number in range(BOUND + 1)]
        assert offered == [True] * BOUND + [False]
        assert await listener.queue.get() is None
        assert listener.queue.empty()

    asyncio.run(story())


def test_another_process_sees_the_new_number_for_itself(stage):
    async def story():
        waker = Waker(stage.posts, stage.store.newest_notice, every=0.01)
        task = asyncio.create_task(waker.run())
        listener = waker.listen()
        heard = asyncio.create_task(listener.queue.get())
        while not heard.done():  # the first look may come after the first post
            says(stage, MIA, "fra en anden proces")
            await asyncio.wait({heard}, timeout=0.05)
        assert heard.result().posts[0].message.text == ("fra en anden proces",)
        task.cancel()

    asyncio.run(story())


def test_in_silence_the_clocks_are_looked_at_and_otherwise_a_comment_says_that_we_are_there(stage):
    asks(stage)

    async def story():
        streams = Streams(Frame(stage.parts), every=0.01)
        mia = stage.desk.knowledge.now().organisation.people[PersonId("mia")]
        reader = Reader(Visitor(mia, "s"), (direct(mia),), "/")
        said = aiter(streams.respond([reader], stage.posts.newest()).body_iterator)
        assert (await anext(said)).startswith("id: ")
        assert (await anext(said)).startswith(":")
        stage.hands.at += timedelta(minutes=10)
        moved = await anext(said)
        assert 'hx-swap="outerMorph"' in moved
        assert "20 min. tilbage" in moved
        assert (await anext(said)).startswith(":")

    asyncio.run(story())


@contextmanager
def looking(stage, address, person, path):
    """At a page, and listening where the page says."""
    stage.doors.begin(f"session-of-{person}", PersonId(person), stage.hands.now() + timedelta(days=1))
    with httpx.Client(base_url=address, cookies={"driftsvagt": f"session-of-{person}"}, timeout=PATIENCE) as client:
        page = client.get(path).text
        with client.stream("GET", unescape(re.search(r'hx-sse:connect="([^"]+)"', page)[1])) as answer:
            yield page, Ear(answer)


def does(stage, who, command):
    place = Place("web", Kind.DIRECT, who)
    stage.attend(Delivery("web", f"d{stage.store.newest_notice()}", PersonId(who), place, command, stage.hands.now()))


@pytest.mark.parametrize("reader", ["mia", "ivo", "karen"])
def test_the_page_of_a_ticket_is_told_what_happens_to_it_for_whoever_may_see_it(stage, reader):
    """Also those who oversee it, and read none of the places where it is told."""
    asks(stage)
    with running(stage) as (address, *_), looking(stage, address, reader, "/sag/1") as (_, ear):
        ear.next()
        does(stage, "sam", Claim(1))
        _, html = ear.hears('hx-target="#sag-kort" hx-swap="innerMorph"')
        assert ("Sam har din sag" if reader == "mia" else "Sam har den") in html
        assert 'hx-target="#side" hx-swap="innerMorph"' in html
        assert "sag-ord" not in html, "nothing was said"
        does(stage, "sam", Comment(1, "Prøv at genstarte", "employee"))
        _, html = ear.hears('hx-target="#sag-ord"')
        assert "Prøv at genstarte" in html


def test_the_clock_on_a_tickets_own_page_does_not_stand_still(stage):
    asks(stage)

    async def story():
        ivo = stage.desk.knowledge.now().organisation.people[PersonId("ivo")]
        reader = Reader(Visitor(ivo, "s"), (), "/sag/1", ticket=1)
        streams = Streams(Frame(stage.parts), every=0.01)
        said = aiter(streams.respond([reader], stage.posts.newest()).body_iterator)
        assert "30 min." in await anext(said)
        assert (await anext(said)).startswith(":")
        stage.hands.at += timedelta(minutes=10)
        moved = await anext(said)
        assert 'hx-target="#sag-kort"' in moved
        assert "20 min." in moved
        assert "sag-ord" not in moved
        assert (await anext(said)).startswith(":")

    asyncio.run(story())


@pytest.mark.parametrize("reader", ["mia", "sam"])
def test_whoever_looks_at_a_ticket_has_not_read_what_stands_elsewhere(stage, reader):
    """The bot's words to them are not on that page, nor is the group's thread."""
    asks(stage)
    mine = Place("web", Kind.DIRECT, reader)
    thread = Place("web", Kind.THREAD, "omsorg-nord", "1")
    here = 'class="entry" href="/" aria-current'
    with running(stage) as (address, *_), looking(stage, address, reader, "/sag/1") as (page, ear):
        assert here not in page
        read = reached(stage.parts.marks, PersonId(reader), mine)
        assert read is not None, "whoever sees the list at the side for the first time begins now"
        ear.next()
        says(stage, thread, "kun i tråden")
        says(stage, mine, "kun hos botten")
        _, html = ear.hears("kun hos botten")
        assert 'hx-target="#side"' in html
        assert list_id(mine) not in html
        assert here not in html
        assert 'class="unread"' in html
    # The server has stopped, and what it does when somebody looks away is done.
    assert reached(stage.parts.marks, PersonId(reader), mine) == read
    assert reached(stage.parts.marks, PersonId(reader), thread) is None


def test_what_is_said_while_one_looks_at_the_ticket_is_read_there(stage):
    asks(stage)
    does(stage, "sam", Claim(1))
    mine = Place("web", Kind.DIRECT, "mia")
    with running(stage) as (address, *_), looking(stage, address, "mia", "/sag/1") as (_, ear):
        ear.next()
        does(stage, "sam", Comment(1, "Prøv at genstarte", "employee"))
        side = ""
        while "Prøv at genstarte" not in side:
            side = ear.hears('hx-target="#side"')[1].partition('hx-target="#side"')[2]
        assert 'class="unread"' not in side, "it stands before her"
    told = stage.posts.page(mine, 1)[0]
    assert "Prøv at genstarte" in told.message
    assert reached(stage.parts.marks, PersonId("mia"), replace(mine, thread="1")) == told.id


def test_a_ticket_that_is_not_theirs_is_not_told_of(stage):
    asks(stage)
    streams = Streams(Frame(stage.parts))
    liv = stage.desk.knowledge.now().organisation.people[PersonId("liv")]
    reader = Reader(Visitor(liv, "s"), (direct(liv),), "/", ticket=1)

    async def story():
        said = aiter(streams.respond([reader], 0).body_iterator)
        assert "firkanter" not in await anext(said)

    asyncio.run(story())


def test_a_stream_that_begins_while_the_server_stops_ends_at_once(stage):
    async def story():
        waker = Waker(stage.posts, stage.store.newest_notice)
        waker.end_all()
        assert await waker.listen().queue.get() is None

    asyncio.run(story())


def test_what_came_while_one_looked_was_read_when_one_looks_away(stage):
    """Also of a post that came in the last moment; and to a place that was not on the page nothing happens."""
    with running(stage) as (address, *_):
        with listening(stage, address, "sam", NORTH) as ear:
            assert ear.next() == ("0", "")
            says(stage, NORTH, "en")
            post = says(stage, NORTH, "to")
            ear.hears("to")
            assert reached(stage.parts.marks, PersonId("sam"), NORTH) is None
        begun = time.monotonic()
        while reached(stage.parts.marks, PersonId("sam"), NORTH) is None and time.monotonic() - begun < PATIENCE:
            time.sleep(0.01)
    assert reached(stage.parts.marks, PersonId("sam"), NORTH) == post
    assert reached(stage.parts.marks, PersonId("sue"), NORTH) is None
    assert reached(stage.parts.marks, PersonId("sam"), MIA) is None


@pytest.mark.parametrize(("proxies", "seen"), [("127.0.0.1/32", "192.0.2.7"), ("10.1.0.0/16", "127.0.0.1")])
def test_only_a_proxy_that_is_named_is_believed_about_whom_it_asks_for(proxies, seen):
    """What slows down guessing at /ind counts by that address."""

    def whoami(request):
        return PlainTextResponse(request.client.host)

    app = Starlette(routes=[Route("/", whoami)])
    app.state.waker = Waker(MemoryPosts(), lambda: 0)
    with running(SimpleNamespace(app=app), proxies) as (address, *_):
        assert httpx.get(address, headers={"x-forwarded-for": "192.0.2.7"}, timeout=PATIENCE).text == seen
