"""Asking for a link: who is known gets one, nobody can tell who is known, and nobody can make it rain mails."""

import asyncio
import re
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from skeleton import words
from test_streams import PATIENCE
from web_stage import BASE

from bot.app.letting_in import Letters
from bot.web.knocking import Paced

MINUTES = timedelta(minutes=10)


@dataclass
class Mailbag:
    make: Callable
    ways: tuple[str, ...] = ("slack", "mail")
    sent: list[tuple[str, str, str]] = field(default_factory=list)

    def send_link(self, way, person, until):
        if person:
            token = f"link-{len(self.sent)}"
            self.make(token, person.id, until)
            self.sent.append((way, person.id, token))


@pytest.fixture
def bag(stage):
    bag = Mailbag(stage.doors.make_link)
    stage.parts = replace(stage.parts, letters=bag)
    stage.open()
    return bag


async def knocks(browser, address, way="mail"):
    await browser.open("/ind")
    return await browser.sends('action="/ind"', {"mail": address, "vej": way})


def plays(story):
    asyncio.run(story)


def test_from_a_closed_door_to_ones_own_messages_without_a_password(stage, bag):
    async def story():
        browser = stage.browser()
        closed = await browser.open("/")
        assert closed.status_code == 401
        assert 'href="/ind"' in closed.text
        answer = await knocks(browser, "MIA@fjordby.example ")
        assert "Hvis MIA@fjordby.example er kendt her, er der sendt et link." in words(answer.text)
        [(way, person, token)] = bag.sent
        assert (way, person) == ("mail", "mia")
        await browser.open(f"/ind/{token}")
        inside = await browser.sends("method", {})
        assert inside.status_code == 200
        assert "Mia" in words(inside.text)

    plays(story())


def test_in_slack_if_that_is_the_button(stage, bag):
    async def story():
        await knocks(stage.browser(), "mia@fjordby.example", "slack")
        assert [each[:2] for each in bag.sent] == [("slack", "mia")]

    plays(story())


def test_a_link_that_was_asked_for_ten_minutes_ago_lets_nobody_in(stage, bag):
    async def story():
        browser = stage.browser()
        await knocks(browser, "mia@fjordby.example")
        stage.hands.at += MINUTES
        await browser.open(f"/ind/{bag.sent[0][2]}")
        assert (await browser.sends("method", {})).status_code == 410

    plays(story())


def test_an_address_that_nobody_has_is_answered_in_the_same_words(stage, bag):
    async def story():
        known = await knocks(stage.browser(), "mia@fjordby.example")
        unknown = await knocks(stage.browser(), "nobody@fjordby.example")
        assert known.status_code == unknown.status_code == 200
        assert known.text.replace("mia@", "nobody@") == unknown.text
        assert len(bag.sent) == 1

    plays(story())


def test_the_answer_waits_neither_for_the_row_nor_for_the_mail(stage):
    """How long it takes would tell who is known: both happen beside it, however long they take."""
    answered, sent = threading.Event(), []

    def slow(*link):
        assert answered.wait(PATIENCE)
        stage.doors.make_link(*link)

    letters = Letters({"mail": lambda person, _subject, words: sent.append((person.id, words))}, BASE, slow)
    stage.parts = replace(stage.parts, letters=letters)
    stage.open()

    async def story():
        browser = stage.browser()
        answer = await knocks(browser, "mia@fjordby.example")
        assert answer.status_code == 200
        assert not sent
        answered.set()
        letters._pool.shutdown()
        [(who, said)] = sent
        assert who == "mia"
        await browser.open(re.search(rf"{BASE}(/ind/\S+)", said)[1])
        assert "Mia" in words((await browser.sends("method", {})).text)

    plays(story())


def test_the_fourth_link_in_ten_minutes_is_not_sent_and_nobody_is_told(stage, bag):
    async def story():
        browser = stage.browser()
        answers = [await knocks(browser, "mia@fjordby.example") for _ in range(5)]
        assert {words(each.text) for each in answers} == {words(answers[0].text)}
        assert len(bag.sent) == 3
        stage.hands.at += MINUTES
        await knocks(browser, "mia@fjordby.example")
        assert len(bag.sent) == 4

    plays(story())


def test_whoever_tries_many_addresses_is_asked_to_wait(stage, bag):
    async def story():
        browser = stage.browser()
        for nth in range(30):
            assert (await knocks(browser, f"person{nth}@fjordby.example")).status_code == 200
        late = await knocks(browser, "mia@fjordby.example")
        assert late.status_code == 429
        assert "Vent 10 minutter" in words(late.text)
        assert not bag.sent
        stage.hands.at += MINUTES
        assert (await knocks(browser, "mia@fjordby.example")).status_code == 200
        assert len(bag.sent) == 1

    plays(story())


def test_half_an_address_stays_in_the_form_with_what_is_wrong(stage, bag):
    async def story():
        answer = await knocks(stage.browser(), 'mia"><b>')
        assert answer.status_code == 422
        assert "Skriv hele adressen" in words(answer.text)
        assert 'value="mia&#34;&gt;&lt;b&gt;"' in answer.text
        assert not bag.sent

    plays(story())


def test_a_form_that_no_page_of_ours_made_sends_nothing(stage, bag):
    async def story():
        answer = await stage.browser().client.post("/ind", data={"mail": "mia@fjordby.example", "vej": "mail"})
        assert answer.status_code == 403
        assert not bag.sent

    plays(story())


def test_a_form_that_another_browser_was_shown_sends_nothing_and_keeps_the_address(stage, bag):
    async def story():
        other, browser = stage.browser(), stage.browser()
        browser.page = await other.open("/ind")
        answer = await browser.sends('action="/ind"', {"mail": "mia@fjordby.example", "vej": "mail"})
        assert answer.status_code == 403
        assert "Tryk igen" in words(answer.text)
        assert 'value="mia@fjordby.example"' in answer.text
        assert not bag.sent
        assert (await browser.sends('action="/ind"', {"mail": "mia@fjordby.example"})).status_code == 200
        assert len(bag.sent) == 1

    plays(story())


def test_where_no_link_can_be_sent_it_says_whom_to_write_to(stage):
    async def story():
        page = await stage.browser().open("/ind")
        assert "driftsvagt link" in words(page.text)
        assert "<form" not in page.text

    plays(story())


@pytest.mark.usefixtures("bag")
def test_in_english_for_those_who_read_english(stage):
    async def story():
        browser = stage.browser(language="en")
        assert "Send by mail" in words((await browser.open("/ind")).text)
        assert "If mia@fjordby.example is known here" in words((await knocks(browser, "mia@fjordby.example")).text)

    plays(story())


def test_knocking_in_several_threads_at_once_is_counted_all_the_same():
    paced, now = Paced(50), datetime(2026, 11, 24, 9, tzinfo=UTC)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            whos = [f"{each % 40}" for each in range(8_000)]
            allowed = Counter(
                who for who, may in zip(whos, threads.map(partial(paced.allows, now=now), whos), strict=True) if may
            )
    finally:
        sys.setswitchinterval(usual)
    assert set(allowed.values()) == {50}
