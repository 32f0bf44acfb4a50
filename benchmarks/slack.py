"""Slack, end to end: signed events on loopback, the whole path, and the answer on the strict double. Beside it a bare Bolt app.

    python -m benchmarks.slack [bolt] [served] [acks] [flood]

One process serves; this one is Slack: it sends, and it takes what is posted. The bare app posts a constant and keeps nothing.
"""

import asyncio
import hmac
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path

import aiohttp

from benchmarks.ground import ROOT, Row, percentile

sys.path.insert(0, str(ROOT / "tests/adapters"))
from slack_double import Double

SECRET, TEAM = "hemmeligt-som-hos-slack", "T1FJORDBY"
PEOPLE = 1200
QUESTION = "jeg har glemt min adgangskode til pc"
AT_ONCE = 32  # events on their way
WARM, EVENTS = 240, 1500
PATIENCE = 180.0  # seconds for the queue to drain

BARE = """
import sys
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route

app = AsyncApp(client=AsyncWebClient("xoxb-1", sys.argv[2]), signing_secret=sys.argv[3])

@app.event("message")
async def answer(event, client):
    await client.chat_postMessage(channel=event["channel"], text="Hej", unfurl_links=False, unfurl_media=False)

routes = [Route("/slack/events", AsyncSlackRequestHandler(app).handle, methods=["POST"])]
uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
"""


class Slack(Double):
    """The double, in this process; it counts what is posted instead of keeping it all, for there is much of it."""

    def __init__(self) -> None:
        super().__init__()
        self.posted = 0
        self.directs: set[str] = set()
        self.calls = deque(maxlen=100)
        for nth in range(PEOPLE):
            self.knows(f"U{nth:04}", f"person{nth}@fjordby.example", name=f"Person {nth}")
            self.direct(f"U{nth:04}")

    def chat_postMessage(self, given: dict) -> dict:  # noqa: N802  # Slack's own name
        done = super().chat_postMessage(given)
        self.posted += 1
        self.directs.add(given["channel"])
        self.messages.clear()
        self.told.clear()
        return done


@dataclass
class Sent:
    """Of one run: how long each acknowledgement took, and which were none."""

    took: list[float] = field(default_factory=list)
    wrong: int = 0


@dataclass
class Wire:
    slack: Slack
    port: int
    process: subprocess.Popen[bytes]
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    def event(self, person: int) -> tuple[bytes, dict[str, str]]:
        nth = next(self.ids)
        said = {
            "type": "message",
            "channel": f"DU{person:04}",
            "channel_type": "im",
            "user": f"U{person:04}",
            "text": QUESTION,
        }
        event = said | {"ts": f"{nth}.000100", "team": TEAM}
        body = json.dumps({"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{nth}", "event": event}).encode()
        at = str(int(time.time()))
        signature = hmac.new(SECRET.encode(), b"v0:" + at.encode() + b":" + body, sha256).hexdigest()
        own = {
            "content-type": "application/json",
            "x-slack-request-timestamp": at,
            "x-slack-signature": f"v0={signature}",
        }
        return body, own

    async def send(self, session: aiohttp.ClientSession, person: int, sent: Sent) -> None:
        body, headers = self.event(person)
        began = time.perf_counter()
        try:
            async with session.post(f"http://127.0.0.1:{self.port}/slack/events", data=body, headers=headers) as answer:
                await answer.read()
                sent.wrong += answer.status != 200
        except (aiohttp.ClientError, TimeoutError):
            sent.wrong += 1
        sent.took.append(time.perf_counter() - began)

    async def as_fast_as_taken(self, events: int, people: int) -> Sent:
        """`AT_ONCE` senders, each its next when the last is acknowledged."""
        sent, left = Sent(), iter(range(events))
        async with _session() as session:

            async def sender() -> None:
                for nth in left:
                    await self.send(session, nth % people, sent)

            await asyncio.gather(*(sender() for _ in range(AT_ONCE)))
        return sent

    async def at_a_rate(self, per_second: float, seconds: float, people: int) -> Sent:
        """On the clock, whether or not the last is acknowledged."""
        sent, tasks = Sent(), []
        async with _session() as session:
            began = time.perf_counter()
            for nth in range(int(per_second * seconds)):
                await asyncio.sleep(max(0.0, began + nth / per_second - time.perf_counter()))
                tasks.append(asyncio.create_task(self.send(session, nth % people, sent)))
            await asyncio.gather(*tasks)
        return sent

    def busy(self) -> float:
        """Seconds of a processor that the server has used; where the machine says so (Linux)."""
        try:
            told = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    async def drained(self, until: int) -> bool:
        began = time.perf_counter()
        while self.slack.posted < until and time.perf_counter() - began < PATIENCE:  # noqa: ASYNC110
            await asyncio.sleep(0.02)  # another process is waited for
        return self.slack.posted >= until


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        timeout=aiohttp.ClientTimeout(total=PATIENCE),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


@contextmanager
def serving(command: Callable[[int, Slack], list[str]], directory: str, environment: dict[str, str]) -> Iterator[Wire]:
    slack = Slack()
    slack.open()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"PYTHONPATH": str(ROOT)} | environment | {"DRIFTSVAGT_SLACK_API_URL": slack.url}
    with Path(directory, "log").open("wb") as log:
        process = subprocess.Popen(command(port, slack), cwd=directory, env=env, stdout=log, stderr=log)
        try:
            _until_it_listens(port, process)
            yield Wire(slack, port, process)
        finally:
            process.terminate()
            process.wait(30)
            slack.close()


def _until_it_listens(port: int, process: subprocess.Popen[bytes]) -> None:
    began = time.perf_counter()
    while process.poll() is None and time.perf_counter() - began < 60:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("it does not start; see its log")


@contextmanager
def bare() -> Iterator[Wire]:
    with tempfile.TemporaryDirectory() as directory:

        def command(port: int, slack: Slack) -> list[str]:
            return [sys.executable, "-c", BARE, str(port), slack.url, SECRET]

        with serving(command, directory, {}) as wire:
            yield wire


@contextmanager
def driftsvagt() -> Iterator[Wire]:
    with tempfile.TemporaryDirectory() as directory:
        knowledge = Path(directory, "knowledge")
        shutil.copytree(ROOT / "knowledge", knowledge)
        _enrol(knowledge / "organisation.yaml")
        environment = {
            "DRIFTSVAGT_DATABASE_URL": f"sqlite:///{directory}/bench.sqlite",
            "DRIFTSVAGT_KNOWLEDGE": str(knowledge),
            "DRIFTSVAGT_SECRET_KEY": "benchmark-only-0123456789-abcdefghij",
            "DRIFTSVAGT_SLACK_BOT_TOKEN": "xoxb-1",
            "DRIFTSVAGT_SLACK_SIGNING_SECRET": SECRET,
            "DRIFTSVAGT_TEST_MODE": "true",
        }
        profile = ["-m", "cProfile", "-o", os.environ["PROFILE"]] if "PROFILE" in os.environ else []

        def command(port: int, _: Slack) -> list[str]:
            return [sys.executable, *profile, "-m", "bot", "serve", "--port", str(port)]

        with serving(command, directory, environment) as wire:
            yield wire
        if "KEEP_LOG" in os.environ:
            shutil.copy(Path(directory, "log"), os.environ["KEEP_LOG"])


def _enrol(file: Path) -> None:
    people = "\n".join(
        f"  - {{id: person{nth}, name: Person {nth}, email: person{nth}@fjordby.example, site: hjemmepleje-nord, roles: [employee]}}"
        for nth in range(PEOPLE)
    )
    file.write_text(
        re.sub(r"^people:\n", f"people:\n{people}\n", file.read_text("utf-8"), count=1, flags=re.MULTILINE), "utf-8"
    )


async def throughput(wire: Wire, events: int) -> tuple[float, float]:
    """Answers per second, from the first event to the last post, and the server's own milliseconds of a processor for each.

    Everybody has written before.
    """
    await wire.as_fast_as_taken(WARM, WARM)
    assert await wire.drained(WARM), "not all were answered"
    began, busy = time.perf_counter(), wire.busy()
    sent = await wire.as_fast_as_taken(events, WARM)
    assert not sent.wrong, f"{sent.wrong} of {events} were not acknowledged"
    assert await wire.drained(WARM + events), f"{wire.slack.posted - WARM} of {events} were answered"
    return events / (time.perf_counter() - began), (wire.busy() - busy) * 1000 / events


def bolt() -> list[Row]:
    with bare() as wire:
        MEASURED["bolt"], busy = asyncio.run(throughput(wire, 2 * EVENTS))
    return [("bare Bolt, a constant", f"{MEASURED['bolt']:.0f}/s, {busy:.1f} ms of a processor each", "the peer")]


def served() -> list[Row]:
    with driftsvagt() as wire:
        found, busy = asyncio.run(throughput(wire, EVENTS))
        wrong = wire.slack.violations
    assert not wrong, wrong[:3]
    peer = MEASURED.get("bolt", 0)
    share = f", {found / peer:.2f} × bare Bolt" if peer else ""
    return [
        ("event to answer", f"{found:.0f}/s{share}, {busy:.1f} ms each", "≥ 80/s and ≥ 0.10 × bare Bolt (aim 0.2 ×)")
    ]


def acks() -> list[Row]:
    async def run(wire: Wire) -> Sent:
        await wire.as_fast_as_taken(WARM, WARM)
        assert await wire.drained(WARM)
        return await wire.at_a_rate(50, 20, WARM)

    with driftsvagt() as wire:
        sent = asyncio.run(run(wire))
    middle, late = (percentile(sent.took, share) * 1000 for share in (0.5, 0.99))
    assert not sent.wrong
    return [("acknowledged at 50/s", f"p50 {middle:.0f} ms, p99 {late:.0f} ms", "p99 ≤ 150 ms")]


def flood() -> list[Row]:
    async def run(wire: Wire) -> tuple[Sent, bool, float]:
        sent = await wire.at_a_rate(500, 20, 1000)
        began = time.perf_counter()
        whole = await wire.drained(10_000)
        return sent, whole, time.perf_counter() - began

    with driftsvagt() as wire:
        sent, whole, took = asyncio.run(run(wire))
        posted, directs, wrong = wire.slack.posted, len(wire.slack.directs), wire.slack.violations
    assert not wrong, wrong[:3]
    late = percentile(sent.took, 0.99)
    return [
        ("500/s for 20 s: acknowledged", f"{len(sent.took) - sent.wrong} of 10 000, p99 {late:.2f} s", "all 200"),
        ("… answered", f"{posted} in {directs} direct messages", "10 000, nothing lost"),
        ("… drained after", f"{took:.0f} s" if whole else f"not in {PATIENCE:.0f} s", "≤ 180 s"),
    ]


MEASURED: dict[str, float] = {}
PARTS: dict[str, Callable[[], list[Row]]] = {"bolt": bolt, "served": served, "acks": acks, "flood": flood}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        for what, measured, goal in PARTS[part]():
            print(f"{what:<34} {measured:<44} {goal}", flush=True)
