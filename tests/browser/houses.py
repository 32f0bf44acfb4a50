"""The real desk as a process of its own, with a real mail server; it may be stopped and started under everybody's hands."""

import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from threading import Condition
from typing import Self

import httpx
from mailboxes import Inbox
from ports import kept_port

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).parent / "served.py"
PATIENCE = 120  # seconds until a test gives up: a busy machine is no fault
MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # a Tuesday, 9.30 in Fjordby


class Letters(Inbox):
    """A mail server that one can wait at."""

    def __init__(self) -> None:
        super().__init__()
        self._came = Condition()
        self._read: set[int] = set()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # the library's name
        answer = await super().handle_DATA(server, session, envelope)
        with self._came:
            self._came.notify_all()
        return answer

    def next_to(self, address: str) -> str:
        """The words of the oldest mail to them that was not read yet, as soon as it is here."""
        with self._came:
            assert self._came.wait_for(lambda: self._unread(address), PATIENCE), f"no mail to {address}"
            nth = self._unread(address)[0]
        self._read.add(nth)
        return message_from_bytes(self.mails[nth].content, policy=policy.default).get_content().replace("\r\n", "\n")

    def _unread(self, address: str) -> list[int]:
        return [nth for nth, mail in enumerate(self.mails) if address in mail.rcpt_tos and nth not in self._read]


class House:
    """`directory` is where the process stands, keeps its database, and writes its log."""

    def __init__(self, directory: Path, letters: Letters) -> None:
        self._directory, self._letters = directory, letters
        self._ahead = MORNING.timestamp() - time.time()  # measured once: a restart does not turn time back
        self._kept = kept_port()
        self._port = self._kept.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._kept.close()

    def start(self) -> None:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("DRIFTSVAGT_")}
        settings = {
            "DRIFTSVAGT_KNOWLEDGE": str(ROOT / "knowledge"),
            "DRIFTSVAGT_DATABASE_URL": f"sqlite:///{self._directory / 'desk.sqlite'}",
            "DRIFTSVAGT_SECRET_KEY": "known to this test only, and long enough",
            "DRIFTSVAGT_BASE_URL": self.address,
            "DRIFTSVAGT_SMTP_URL": self._letters.url,
            "DRIFTSVAGT_MAIL_FROM": "Fjordby It <it@fjordby.example>",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-X", "utf8", str(PROGRAM), str(self._ahead), str(self._port)]
        with (self._directory / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._directory, env=ours | settings, stdout=log, stderr=log)
        with httpx.Client(transport=httpx.HTTPTransport(retries=10)) as client:
            assert client.get(f"{self.address}/readyz", timeout=PATIENCE).status_code == 200, self.log

    def stop(self) -> None:
        """As a host stops it."""
        self._process.send_signal(signal.SIGTERM)
        assert self._process.wait(timeout=PATIENCE) == 0, self.log

    @property
    def log(self) -> str:
        return (self._directory / "log").read_text("utf-8")

    def mail_to(self, address: str) -> str:
        return self._letters.next_to(address)

    def link_in(self, mail: str) -> str:
        found = re.search(rf"{re.escape(self.address)}/ind/\S+", mail)
        assert found, mail
        return found[0]
