"""The demo: anybody may be any of the three, time obeys, and only this machine may ask."""

import asyncio
import re
from datetime import timedelta
from itertools import count

import pytest
from skeleton import elements, words
from starlette.requests import Request
from test_story import REPORT
from web_stage import BASE

from bot.domain.commands import AskPerson, Claim, Delivery, Done, HandOver, Kind, Log, Milestone, Place, Report
from bot.domain.people import PersonId
from bot.web.demo import DemoPages
from bot.web.frame import Frame


def plays(story):
    asyncio.run(story)


def asks(stage):
    mia = Place("web", Kind.DIRECT, "mia")
    command = AskPerson("omsorgsjournalen viser navne som firkanter")
    stage.attend(Delivery("web", "k1", PersonId("mia"), mia, command, stage.hands.now()))


def test_three_people_stand_side_by_side_with_one_stream(demo):
    async def story():
        asks(demo)
        page = await demo.browser().open("/")
        assert page.status_code == 200
        assert page.text.count("hx-sse:connect") == 1
        said = words(page.text)
        assert "Mia spørger" in said
        assert "Sam hjælper" in said
        assert "Ivo holder øje" in said
        assert "kl. 9.30" in said
        assert elements(page.text, "h1") == 1
        assert page.text.count("Jeg tager den</button>") == 1

    plays(story())


def test_each_column_acts_as_its_person_without_a_cookie(demo):
    async def story():
        browser = demo.browser()
        await browser.open("/")
        page = await browser.writes("tabletten er låst", "skriv-som-mia")
        assert "set-cookie" not in page.headers
        assert page.text.count("tabletten er låst") >= 1
        assert next(post.author for post in demo.posts.since(0)) == "mia"
        page = await browser.open("/som/mia/")
        assert "tabletten er låst" in words(page.text)
        for path in ("/som/sam/kanal/omsorg-nord", "/som/ivo/overblik", "/som/karen/rapport/2026-11"):
            assert (await browser.open(path)).status_code == 200
            assert 'href="/overblik' not in browser.html
            assert 'action="/sig' not in browser.html

    plays(story())


@pytest.mark.parametrize(
    "path", ["/som/nobody/", "/som/mia/overblik", "/som/mia/kanal/it", "/ind/abc", "/ud", "/overblik"]
)
def test_a_persona_sees_no_more_than_the_person_would(demo, path):
    async def story():
        assert (await demo.browser().open(path)).status_code == 404

    plays(story())


def test_without_the_demo_nobody_can_be_somebody_else(stage):
    async def story():
        assert (await stage.browser("mia").open("/som/sam/")).status_code == 404

    plays(story())


def test_a_form_of_one_persona_is_not_a_form_of_another(demo):
    async def story():
        browser = demo.browser()
        await browser.open("/som/mia/")
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', browser.html))
        answer = await browser.client.post("/som/sam/sig", data=hidden | {"text": "i en andens navn"})
        assert answer.status_code == 403

    plays(story())


def test_time_goes_as_fast_as_one_says_and_jumps_to_what_is_due(demo):
    async def story():
        asks(demo)
        browser = demo.browser()
        await browser.open("/")
        assert "Til næste frist, kl. 10" in words(browser.html)
        await browser.sends('id="demo-tid"', {"fart": "60"})
        assert demo.hands.speed == 60
        await browser.sends('id="demo-tid"', {"fart": "7"})
        assert demo.hands.speed == 60
        before = demo.hands.now()
        await browser.sends('id="demo-tid"', {"frem": "kvarter"})
        assert demo.hands.now() - before == timedelta(minutes=15)
        await browser.sends('id="demo-tid"', {"frem": "frist"})
        assert demo.hands.now() - before == timedelta(minutes=30, seconds=1)
        demo.passes(timedelta())
        page = await browser.open("/")
        assert "Gået til it" in words(page.text)

    plays(story())


def test_with_a_script_only_the_clock_comes_back(demo):
    async def story():
        browser = demo.browser()
        await browser.open("/")
        answer = await browser.sends('id="demo-tid"', {"fart": "600"}, htmx=True)
        assert answer.status_code == 200
        assert "<html" not in answer.text
        assert 'value="600" id="fart-600" aria-pressed="true"' in answer.text
        forged = await browser.client.post("/tid", data={"fart": "1"})
        assert forged.status_code == 403

    plays(story())


def test_only_this_machine_may_ask_by_whatever_name(demo):
    async def story():
        browser = demo.browser()
        answer = await browser.client.get("/", headers={"host": "evil.example"})
        assert answer.status_code == 400
        assert (await browser.client.get("/", headers={"host": "127.0.0.1:8000"})).status_code == 200

    plays(story())


def test_the_clock_is_told_when_it_has_moved_and_only_then(demo):
    async def story():
        asks(demo)
        pages = DemoPages(Frame(demo.parts), demo.parts.demo, every=0.01)
        scope = {"type": "http", "method": "GET", "path": "/stroem", "headers": [], "query_string": b"fra=99"}
        said = aiter((await pages.stream(Request(scope))).body_iterator)
        assert (await anext(said)).startswith("id:")
        first = await anext(said)
        assert "demo-ur" in first
        assert (await anext(said)).startswith(":")
        demo.hands.at += timedelta(minutes=1)
        moved = await anext(said)
        assert "kl. 9.31" in moved
        assert BASE not in moved

    plays(story())


def test_the_guide_goes_through_the_whole_story_and_ticks_off_what_has_happened(demo):
    nth = count()

    def does(who, command):
        place = Place("web", Kind.DIRECT, who)
        outcome = demo.attend(Delivery("web", f"g{next(nth)}", PersonId(who), place, command, demo.hands.now()))
        assert isinstance(outcome, Done), outcome

    async def story():
        asks(demo)
        browser = demo.browser()

        async def next_step(done):
            html = (await browser.open("/")).text
            assert html.count('<li class="done">') == done
            [now] = re.findall(r'<li class="first" aria-current="step">(.*?)</li>', html)
            return words(now)

        assert "Hos Sam: tag #1" in await next_step(0)
        does("sam", Claim(1))
        assert "Hos Mia: spørg om noget nyt" in await next_step(1)
        does("mia", AskPerson("omsorgsjournalen er gået i stå"))
        assert "Lad #2 ligge" in await next_step(2)
        demo.passes(timedelta(hours=1))
        assert "Hos Ivo: tag #2, og send den til leverandøren" in await next_step(3)
        does("ivo", Claim(2))
        does("ivo", HandOver(2, Report(**REPORT)))
        assert "Åbn S-1" in await next_step(4)
        assert 'href="/som/ivo/leverandoersag/1"' in browser.html
        does("ivo", Log(1, Milestone.ACKNOWLEDGED))
        assert "Se månedens rapport" in await next_step(5)
        assert (await browser.open("/som/ivo/rapport")).status_code in {200, 303}

    plays(story())
