"""On the intranet: the messenger inside a page of another site that was named, and nothing else of ours inside any."""

import asyncio
import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect
from skeleton import words
from test_browser import CHROMIUM, PATIENCE, chromium  # noqa: F401  # a fixture
from test_streams import running

INTRANET = "https://intranet.fjordby.example"
FRAMED = ("/", "/sag/1", "/kanal/it", "/kanal/it/1")
ALONE = (
    "/overblik",
    "/rapport",
    "/leverandoersag/1",
    "/ind",
    "/ind/abc",
    "/ud",
    "/viden",
    "/healthz",
    "/static/x.css",
    "/sag/1/2",
)


def ancestors(answer):
    policy = answer.headers["content-security-policy"]
    return next(part for part in policy.split("; ") if part.startswith("frame-ancestors")).partition(" ")[2]


def allowed(stage, sites):
    stage.parts = replace(stage.parts, frame_ancestors=sites)
    stage.open()
    return stage


def test_sites_that_are_named_may_frame_the_messenger_and_nobody_may_frame_the_rest(stage):
    async def story():
        browser = allowed(stage, INTRANET).browser("ivo")
        assert {path: ancestors(await browser.open(path)) for path in FRAMED} == dict.fromkeys(FRAMED, INTRANET)
        assert {path: ancestors(await browser.open(path)) for path in ALONE} == dict.fromkeys(ALONE, "'none'")

    asyncio.run(story())


def test_without_the_setting_nobody_frames_anything(stage):
    async def story():
        browser = stage.browser("ivo")
        assert {ancestors(await browser.open(path)) for path in (*FRAMED, *ALONE)} == {"'none'"}

    asyncio.run(story())


def test_whoever_cannot_be_seen_inside_a_frame_is_offered_a_window(stage):
    async def story():
        browser = allowed(stage, INTRANET).browser()
        inside = await browser.client.get("/", headers={"sec-fetch-dest": "iframe"})
        assert inside.status_code == 401
        assert "Åbn Driftsvagt i et nyt vindue" in words(inside.text)
        assert 'href="/" target="_blank" rel="noopener"' in inside.text
        assert "target=" not in (await browser.client.get("/")).text

    asyncio.run(story())


class Intranet(ThreadingHTTPServer):
    """Another site, which has something in a frame and no script."""

    frames = "about:blank"

    def __init__(self):
        super().__init__(("127.0.0.1", 0), FrontPage)
        self.address = f"http://localhost:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class FrontPage(BaseHTTPRequestHandler):
    def do_GET(self):  # the library's own name
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(
            f'<title>Intranet</title><iframe src="{self.server.frames}" title="Driftsvagt"></iframe>'.encode()
        )

    def log_message(self, *_):
        pass


@pytest.fixture
def intranet():
    server = Intranet()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: the browser tests were not run")
def test_a_real_browser_shows_it_on_a_site_that_is_named(stage, intranet, chromium):  # noqa: F811
    allowed(stage, intranet.address)
    with framing(stage, intranet, chromium) as page:
        page.goto(intranet.address)
        expect(page.frame_locator("iframe").locator("body")).to_contain_text("nyt vindue")


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: the browser tests were not run")
def test_a_real_browser_refuses_it_on_a_site_that_is_not(stage, intranet, chromium):  # noqa: F811
    allowed(stage, INTRANET)
    with framing(stage, intranet, chromium) as page:
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.goto(intranet.address)
        frame = page.frame_locator("iframe").locator("body")
        expect(frame).to_contain_text("127.0.0.1")  # the browser's own words of what it refused
        expect(frame).not_to_contain_text("nyt vindue")


@contextmanager
def framing(stage, intranet, chromium):  # noqa: F811
    with running(stage) as (address, *_):
        intranet.frames = f"{address}/"
        context = chromium.new_context(locale="da-DK")
        context.set_default_timeout(PATIENCE)
        try:
            yield context.new_page()
        finally:
            context.close()
