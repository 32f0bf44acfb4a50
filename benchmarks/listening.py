"""500 open streams of a real `driftsvagt serve`: what they cost, and how soon a change has reached the last of them."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from benchmarks.ground import ROOT, Ground, Row, Told, opened
from bot.desk.reception import handle, receive
from bot.domain.commands import AskPerson, Delivery, Kind, Place
from bot.domain.people import PersonId
from bot.messengers.web.places import channels
from bot.storage.database import SqlStore
from bot.storage.doors import Sessions

LISTENERS, WARM = 500, 10
CHANGES = 5
QUESTION = "vagtplanen viser navne som firkanter, nr. {}"
PATIENCE = 20.0  # seconds

BARE = """
import asyncio, sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

queues = set()

async def stream(request):
    queue = asyncio.Queue()
    queues.add(queue)
    async def said():
        yield ": here\\n\\n"
        while True:
            yield f"data: {await queue.get()}\\n\\n"
    return StreamingResponse(said(), media_type="text/event-stream")

async def tell(request):
    for queue in queues:
        queue.put_nowait(request.query_params["word"])
    return PlainTextResponse("")

routes = [Route("/readyz", lambda _: PlainTextResponse("")), Route("/stream", stream), Route("/tell", tell)]
uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
"""


def listeners(base: Ground) -> list[Row]:
    return asyncio.run(_ours(base)) + asyncio.run(_peer())


async def _ours(base: Ground) -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{directory}/serve.sqlite"
        environment = {
            "DRIFTSVAGT_DATABASE_URL": url,
            "DRIFTSVAGT_KNOWLEDGE": str(ROOT / "knowledge"),
            "DRIFTSVAGT_SECRET_KEY": "benchmark-only-0123456789-abcdefghij",
        }
        serve = [sys.executable, "-m", "bot", "serve", "--port"]
        with _server(serve, directory, environment) as (port, pid), opened(url) as store:
            ask = _asking(base, store)
            ask()
            with store.reading() as ledger:
                channel = str(ledger.ticket(1).group)
            person = next(each for each in base.known.organisation.people.values() if channel in channels(each))
            now = datetime.now(UTC)  # noqa: TID251  # serve runs on the machine's clock
            Sessions(store.database).begin("listening", PersonId(person.id), now + timedelta(hours=1))
            Sessions(store.database).begin("looking", PersonId("ivo"), now + timedelta(hours=1))
            streams = (
                ("a group's channel", f"/stroem?sted=web:channel:{channel}", "listening", "firkanter"),
                ("the overview", "/stroem/overblik", "looking", "changed"),
            )
            for name, address, session, word in streams:
                rows += await _measure(name, port, pid, address, session, word, lambda _: ask(), "≤ 60 MB", "≤ 1 s")
    return rows


async def _peer() -> list[Row]:
    with tempfile.TemporaryDirectory() as directory:
        script = Path(directory) / "bare.py"
        script.write_text(BARE, encoding="utf-8")
        with _server([sys.executable, str(script)], directory, {}) as (port, pid):
            return await _measure("peer: bare Starlette", port, pid, "/stream", "", "hello", lambda nth: _get(port, f"/tell?word=hello{nth}"), "", "")  # fmt: skip


async def _measure(name, port, pid, address, session, word, change, most, soonest) -> list[Row]:  # type: ignore[no-untyped-def]
    """Warm first: what the first streams load stays loaded."""
    warm = [await _Ear.open(port, address, session) for _ in range(WARM)]
    await asyncio.to_thread(change, 0)
    await asyncio.gather(*(each.hears(word) for each in warm))
    for each in warm:
        each.close()
    before = _resident(pid)
    ears = [await _Ear.open(port, address, session) for _ in range(LISTENERS)]
    took = []
    for nth in range(CHANGES):
        await asyncio.sleep(1.5)  # the overview says at most once a second that it changed
        began = time.perf_counter()
        hearing = asyncio.gather(*(each.hears(word) for each in ears))
        await asyncio.to_thread(change, nth + 1)
        await hearing
        took.append(time.perf_counter() - began)
    after = _resident(pid)
    for each in ears:
        each.close()
    return [
        (f"{LISTENERS} listeners, {name}: memory", f"{after - before:.1f} MB", most),
        (f"{LISTENERS} listeners, {name}: a change reaches the last, worst of {CHANGES}", f"{max(took):.2f} s (best {min(took):.2f})", soonest),
    ]  # fmt: skip


class _Ear:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int, address: str, session: str) -> "_Ear":
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\nCookie: driftsvagt={session}\r\n\r\n".encode())  # fmt: skip
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
        if b" 200 " not in head.splitlines()[0]:
            raise SystemExit(f"{address}: {head.decode()}")
        await asyncio.wait_for(reader.readline(), PATIENCE)  # the first chunk: it listens
        return cls(reader, writer)

    async def hears(self, word: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while word.encode() not in await self._reader.readline():
                pass

    def close(self) -> None:
        self._writer.close()


def _asking(base: Ground, store: SqlStore):  # type: ignore[no-untyped-def]
    """A person is asked for, by another process: the card reaches the group by the outbox, as always."""
    desk, numbers = base.desk(store, Told(), "listening"), count(1)

    def ask() -> None:
        nth = next(numbers)
        place = Place("web", Kind.DIRECT, "mia")
        at = datetime.now(UTC)  # noqa: TID251
        desk.clock.at = at  # type: ignore[attr-defined]
        delivery = Delivery("bench", f"ask{nth}", PersonId("mia"), place, AskPerson(QUESTION.format(nth)), at)
        receive(desk, delivery)
        handle(desk, delivery)

    return ask


def _get(port: int, address: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as door:
        door.sendall(f"GET {address} HTTP/1.0\r\n\r\n".encode())
        while door.recv(4096):
            pass


def _resident(pid: int) -> float:
    return int(Path(f"/proc/{pid}/status").read_text(encoding="utf-8").split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def _server(command: Sequence[str], directory: str, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*command, str(port)], cwd=directory, env=os.environ | environment | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        began = time.perf_counter()
        while not _is_ready(port):
            if server.poll() is not None or time.perf_counter() - began > 60:
                raise SystemExit(f"{command} did not start")
            time.sleep(0.02)
        time.sleep(5 if environment else 0)  # the index is built, the loops have run
        yield port, server.pid
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:  # the bare one waits for its streams to end, which they never do
            server.kill()
            server.wait()


def _is_ready(port: int) -> bool:
    try:
        _get(port, "/readyz")
    except OSError:
        return False
    return True
