"""A real browser on the real demo, started as a newcomer would."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "tests" / "screenshots"
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with the module: while it is open, its own event loop runs in this thread."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no chromium on this machine")
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, headless=True, args=[*QUIET, *root])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:  # noqa: ARG001  # no browser, no demo
    """The address of `driftsvagt demo`, started as a newcomer would, in a directory of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DRIFTSVAGT_")}
    server = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", str(port), "--speed", "1"],
        cwd=tmp_path_factory.mktemp("demo"),
        env=environment | {"DRIFTSVAGT_KNOWLEDGE": str(ROOT / "knowledge"), "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr
        for line in server.stderr:
            if "Ctrl-C" in line:
                break
        with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
            assert client.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=15)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Nothing but this machine may be asked for anything, and the page must not complain."""
    context = browser.new_context(viewport={"width": 1280, "height": 1136}, locale="da-DK")
    opened = context.new_page()
    astray: list[str] = []
    troubles: list[str] = []

    def only_here(route: Route) -> None:
        if route.request.url.startswith("http://127.0.0.1:"):
            route.continue_()
        else:
            astray.append(route.request.url)
            route.abort()

    context.route("**/*", only_here)
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda said: troubles.append(said.text) if _is_trouble(said) else None)
    opened.set_default_timeout(15_000)
    yield opened
    context.close()
    assert not astray
    assert not troubles


def _is_trouble(said: ConsoleMessage) -> bool:
    """A refused form is answered 422 with the form, which the browser calls an error, and is not."""
    return said.type == "error" and "422 (Unprocessable" not in said.text


@pytest.fixture(scope="module")
def shots() -> Path:
    SHOTS.mkdir(exist_ok=True)
    return SHOTS
