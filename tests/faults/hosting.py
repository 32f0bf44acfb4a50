"""A server as a process of its own, and people at browsers without a script; the server may be killed under their hands."""

import os
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Self

import httpx
from ports import kept_port

PROGRAM = Path(__file__).parent / "served.py"
ROOT = PROGRAM.parents[2]
TRIES = 6000  # a minute: a busy machine is no fault
GLANCE = 0.01  # seconds
PATIENCE = 120  # seconds for an answer


class Host:
    """`directory` is where the process stands, and where its log is appended to."""

    def __init__(self, url: str, directory: Path) -> None:
        self._url, self._directory = url, directory
        self._starts = 0
        self._seals: dict[str, dict[str, str]] = {}
        self._kept = kept_port()
        self.port = self._kept.getsockname()[1]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._kept.close()

    def start(self) -> None:
        command = [sys.executable, "-X", "utf8", str(PROGRAM), self._url, str(self.port), str(self._starts)]
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        environment["DRIFTSVAGT_KNOWLEDGE"] = str(ROOT / "knowledge")
        with (self._directory / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._directory, env=environment, stdout=log, stderr=log)
        self._starts += 1
        self._wait_until_open()

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """As a host does it, and not as a fault."""
        self._process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float) -> int:
        return self._process.wait(seconds)

    def seal(self, person: str) -> dict[str, str]:
        """Of a page that this person opened once, and has kept open: a restart is invisible."""
        if person not in self._seals:
            headers = {"cookie": f"driftsvagt=session-of-{person}"}
            page = httpx.get(f"http://127.0.0.1:{self.port}/", headers=headers, timeout=PATIENCE).text
            found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("segl", "nonce")}
            self._seals[person] = {name: unescape(each[1]) for name, each in found.items()}
        return self._seals[person]

    def _wait_until_open(self) -> None:
        for _ in range(TRIES):
            with socket.socket() as door:
                if not door.connect_ex(("127.0.0.1", self.port)):
                    return
            if self._process.poll() is not None:
                break
            select.select([], [], [], GLANCE)
        self.kill()
        raise AssertionError(f"the server does not open: {self._directory / 'log'}")


class Form:
    """What a browser would send: the page's own seal, and what was filled in."""

    def __init__(
        self,
        host: Host,
        person: str,
        path: str,
        place: str,
        filled: dict[str, str],
        file: tuple[str, bytes] | None = None,
    ) -> None:
        self._host, self._path = host, path
        self._cookie = f"driftsvagt=session-of-{person}"
        hidden = host.seal(person)
        fields = hidden | {"sted": place, "tilbage": "/"} | filled
        sent = httpx.Request("POST", "http://127.0.0.1/", data=fields, files={"fil": file} if file else None)
        self._body, self._type = sent.read(), sent.headers["content-type"]

    def send(self) -> int:
        """The status of the answer."""
        return httpx.post(
            f"http://127.0.0.1:{self._host.port}{self._path}",
            content=self._body,
            headers=self._headers,
            timeout=PATIENCE,
        ).status_code

    def send_and_kill(self, is_under_way: Callable[[], object]) -> None:
        """The server dies as soon as it has the form, and before it can say so."""
        head = "".join(f"{name}: {value}\r\n" for name, value in self._headers.items())
        head = f"POST {self._path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: {len(self._body)}\r\n{head}\r\n"
        with socket.create_connection(("127.0.0.1", self._host.port)) as line:
            line.sendall(head.encode() + self._body)
            while not is_under_way() and not select.select([line], [], [], 0)[0]:
                pass
            self._host.kill()

    @property
    def _headers(self) -> dict[str, str]:
        return {"cookie": self._cookie, "content-type": self._type}
