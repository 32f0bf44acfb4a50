"""A real browser on the real demo, started as a newcomer would, and on the real desk, with people who come in by mail."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from houses import PATIENCE, ROOT, House, Letters
from mailboxes import AnyPort
from people import QUIET, Troubles, guarded
from playwright.sync_api import Browser, Page, sync_playwright
from ports import kept_port

SHOTS = ROOT / "tests" / "screenshots"


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
    kept = kept_port()
    port = kept.getsockname()[1]
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
        with httpx.Client(transport=httpx.HTTPTransport(retries=8), timeout=PATIENCE) as client:
            assert client.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE)
        kept.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Nothing but this machine may be asked for anything, and the page must not complain."""
    troubles = Troubles()
    with guarded(browser, troubles, viewport={"width": 1280, "height": 1136}) as opened:
        yield opened
    assert not troubles.astray
    assert not troubles.said


@pytest.fixture
def house(tmp_path: Path, browser: Browser, furnished: Callable[[Path], Path]) -> Iterator[House]:  # noqa: ARG001  # no browser, no house
    """`driftsvagt serve` with the sample organisation and a real mail server, and nobody in it yet."""
    letters = Letters()
    mail = AnyPort(letters)
    mail.start()
    letters.url = f"smtp://127.0.0.1:{mail.port}"
    try:
        with House(furnished(tmp_path), letters) as opened:
            yield opened
    finally:
        mail.stop()


@pytest.fixture(scope="module")
def shots() -> Path:
    SHOTS.mkdir(exist_ok=True)
    return SHOTS
