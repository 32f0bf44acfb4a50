"""Who comes in, what strangers see, and that nobody can make a form in somebody else's name."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from skeleton import elements, words

from bot.domain.people import PersonId

PAGES = ["/", "/sag/1", "/kanal/omsorg-nord", "/kanal/omsorg-nord/1", "/overblik", "/leverandoersag/1", "/rapport",
         "/rapport/2026-11", "/rapport/2026-11.csv", "/stroem", "/ud"]  # fmt: skip


def plays(story):
    asyncio.run(story)


@pytest.mark.parametrize("path", PAGES)
def test_without_a_session_every_page_says_how_to_get_a_link(stage, path):
    async def story():
        answer = await stage.browser().open(path)
        assert answer.status_code == 401
        assert "driftsvagt link" in words(answer.text)
        assert elements(answer.text, "h1") == 1

    plays(story())


def test_a_stranger_is_spoken_to_in_their_browsers_language(stage):
    async def story():
        answer = await stage.browser(language="en-GB,en;q=0.9").open("/")
        assert "You are not signed in" in words(answer.text)
        assert '<html lang="en">' in answer.text

    plays(story())


def test_opening_a_link_uses_nothing_up_and_pressing_its_button_lets_in_once(stage):
    async def story():
        stage.doors.make_link("abc", PersonId("mia"), stage.hands.now() + timedelta(minutes=10))
        browser, other = stage.browser(), stage.browser()
        for _ in range(2):
            page = await browser.open("/ind/abc")
            assert page.status_code == 200
            assert not stage.doors.sessions
        await other.open("/ind/abc")
        answer = await browser.sends("method", {})
        assert answer.status_code == 200
        assert str(answer.url).endswith("/")
        assert "Mia" in words(answer.text)
        late = await other.sends("method", {})
        assert late.status_code == 410
        assert "Linket virker ikke længere" in words(late.text)

    plays(story())


def test_the_cookie_is_for_us_alone(stage):
    async def story(secure):
        stage.doors.make_link("abc", PersonId("mia"), stage.hands.now() + timedelta(minutes=10))
        browser = stage.browser()
        browser.client.base_url = stage.parts.base_url
        page = await browser.open("/ind/abc")
        mark = page.headers["set-cookie"]
        assert all(each in mark for each in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=3600"))
        assert ("Secure" in mark) is secure
        assert mark.startswith("__Host-driftsvagt-link=" if secure else "driftsvagt-link=")
        answer = await browser.client.post("/ind/abc", data=_hidden(browser.html))
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert ("Secure" in cookie) is secure
        assert "Path=/;" in cookie
        assert "Domain" not in cookie
        assert cookie.startswith("__Host-driftsvagt=" if secure else "driftsvagt=")

    plays(story(secure=False))
    stage.parts = replace(stage.parts, base_url="https://desk.fjordby.example")
    stage.open()
    plays(story(secure=True))


@pytest.mark.parametrize("victim_has_opened", [False, True])
def test_whoever_has_a_link_signs_nobody_else_in_with_it_from_another_site(stage, victim_has_opened):
    """What was sealed for one browser is worth nothing in another."""

    async def story():
        stage.doors.make_link("of-sam", PersonId("sam"), stage.hands.now() + timedelta(minutes=10))
        sam, mia = stage.browser(), stage.browser("mia")
        await sam.open("/ind/of-sam")
        if victim_has_opened:
            await mia.open("/ind/of-sam")
        answer = await mia.client.post("/ind/of-sam", data=_hidden(sam.html))
        assert answer.status_code == 403
        assert "Tryk en gang til" in words(answer.text)
        assert "Mia" in words((await mia.open("/")).text)
        assert "Sam" in words((await sam.sends("method", {})).text)

    plays(story())


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_button_on_another_site_lets_nobody_in(stage, site):
    async def story():
        stage.doors.make_link("abc", PersonId("mia"), stage.hands.now() + timedelta(minutes=10))
        browser = stage.browser()
        await browser.open("/ind/abc")
        answer = await browser.client.post(
            "/ind/abc", data=_hidden(browser.html), headers={"sec-fetch-site": site, "origin": "https://evil.example"}
        )
        assert answer.status_code == 403
        ours = {"sec-fetch-site": "same-origin"}
        assert (await browser.client.post("/ind/abc", data=_hidden(answer.text), headers=ours)).status_code == 303

    plays(story())


def test_whoever_left_the_page_open_too_long_presses_again(stage):
    async def story():
        stage.doors.make_link("abc", PersonId("mia"), stage.hands.now() + timedelta(minutes=10))
        browser = stage.browser()
        await browser.open("/ind/abc")
        browser.client.cookies.clear()
        assert (await browser.sends("method", {})).status_code == 403
        assert "Mia" in words((await browser.sends("method", {})).text)

    plays(story())


def test_a_browser_that_keeps_no_cookies_is_told_so_and_the_link_is_still_good(stage):
    async def story():
        stage.doors.make_link("abc", PersonId("mia"), stage.hands.now() + timedelta(minutes=10))
        browser = stage.browser(language="en")
        await browser.open("/ind/abc")
        for _ in range(2):
            browser.client.cookies.clear()
            answer = await browser.sends("method", {})
            assert answer.status_code == 403
            assert "allow cookies from Driftsvagt" in words(answer.text)
        assert "abc" in stage.doors.links

    plays(story())


def test_two_links_that_are_open_side_by_side_both_let_in(stage):
    async def story():
        for token in ("first", "second"):
            stage.doors.make_link(token, PersonId("mia"), stage.hands.now() + timedelta(minutes=10))
        browser = stage.browser()
        pages = [(await browser.open(f"/ind/{token}")).text for token in ("first", "second")]
        for token, page in zip(("first", "second"), pages, strict=True):
            assert (await browser.client.post(f"/ind/{token}", data=_hidden(page))).status_code == 303

    plays(story())


def test_whoever_was_signed_in_before_a_link_was_used_is_not_any_more(stage):
    async def story():
        stage.doors.make_link("abc", PersonId("mia"), stage.hands.now() + timedelta(minutes=10))
        browser = stage.browser("sam")
        await browser.open("/ind/abc")
        assert "Mia" in words((await browser.sends("method", {})).text)
        assert {person for person, _ in stage.doors.sessions.values()} == {"mia"}

    plays(story())


def test_a_link_that_is_used_up_signs_nobody_out(stage):
    async def story():
        browser = stage.browser("sam")
        await browser.open("/ind/abc")
        assert (await browser.sends("method", {})).status_code == 410
        assert (await browser.open("/")).status_code == 200

    plays(story())


def test_a_link_is_no_good_after_its_time(stage):
    async def story():
        stage.doors.make_link("abc", PersonId("mia"), stage.hands.now() + timedelta(minutes=10))
        browser = stage.browser()
        await browser.open("/ind/abc")
        stage.hands.at += timedelta(minutes=11)
        assert (await browser.sends("method", {})).status_code == 410

    plays(story())


def test_signing_out_ends_the_session(stage):
    async def story():
        mia = stage.browser("mia")
        await mia.open("/ud")
        answer = await mia.sends("method", {})
        assert "Du er logget ud" in words(answer.text)
        assert (await mia.open("/")).status_code == 401

    plays(story())


def test_over_https_a_cookie_without_the_browsers_promise_lets_nobody_in(stage):
    stage.parts = replace(stage.parts, base_url="https://desk.fjordby.example")
    stage.open()

    async def story():
        mia = stage.browser("mia")
        assert (await mia.open("/")).status_code == 401
        mia.client.headers["cookie"] = "__Host-driftsvagt=session-of-mia"
        assert (await mia.open("/")).status_code == 200

    plays(story())


def test_signing_out_everywhere_ends_every_session_and_link_of_hers_and_nobody_elses(stage):
    async def story():
        here, sam = stage.browser("mia"), stage.browser("sam")
        stage.doors.begin("on-the-tablet", PersonId("mia"), stage.hands.now() + timedelta(days=1))
        stage.doors.make_link("abc", PersonId("mia"), stage.hands.now() + timedelta(minutes=10))
        tablet = stage.browser()
        tablet.client.cookies.set("driftsvagt", "on-the-tablet")
        assert (await tablet.open("/")).status_code == 200
        await here.open("/ud")
        answer = await here.sends('action="/ud/alle"', {})
        assert "Du er logget ud alle steder" in words(answer.text)
        assert (await tablet.open("/")).status_code == 401
        assert (await sam.open("/")).status_code == 200
        late = stage.browser()
        await late.open("/ind/abc")
        assert (await late.sends("method", {})).status_code == 410

    plays(story())


def test_who_is_no_longer_in_the_organisation_is_out_at_once(stage):
    async def story():
        mia = stage.browser("mia")
        assert (await mia.open("/")).status_code == 200
        known = stage.knowledge.known
        people = {name: person for name, person in known.organisation.people.items() if name != "mia"}
        stage.knowledge.known = replace(known, organisation=replace(known.organisation, people=people))
        assert (await mia.open("/")).status_code == 401

    plays(story())


def test_a_form_of_another_session_is_refused(stage):
    async def story():
        mia, sam = stage.browser("mia"), stage.browser("sam")
        await mia.open("/")
        sam.page = mia.page
        answer = await sam.writes("noget i en andens navn")
        assert answer.status_code == 403
        forged = await mia.client.post("/sig", data={"text": "x", "sted": "web:direct:mia", "nonce": "n", "segl": "s"})
        assert forged.status_code == 403
        assert (await mia.client.post("/sig", data={"text": "x"})).status_code == 403
        assert stage.posts.newest() == 0

    plays(story())


@pytest.mark.parametrize(
    "place", ["web:direct:sam", "web:channel:omsorg-nord", "web:thread:it:1", "slack:direct:mia", "x", ""]
)
def test_nobody_writes_where_they_may_not_read(stage, place):
    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        answer = await mia.sends('id="skriv"', {"text": "hej", "sted": place})
        assert answer.status_code == 404
        assert stage.posts.newest() == 0

    plays(story())


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "/\nx", ""]
)
def test_a_form_returns_to_a_page_of_ours(stage, back):
    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        data = _hidden(mia.html) | {"text": "hej", "tilbage": back}
        answer = await mia.client.post("/sig", data=data)
        assert answer.headers["location"] == "/"

    plays(story())


def test_more_than_anybody_writes_is_refused_at_the_door(stage):
    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        answer = await mia.writes("x" * 300_000)
        assert answer.status_code == 413
        assert stage.posts.newest() == 0

    plays(story())


def _hidden(html):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
