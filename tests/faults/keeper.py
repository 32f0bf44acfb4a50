"""Starts the desk again and again, kills it in the middle of its work, and carries what people and desk say to each other."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from town import Line, Town

from bot.storage.codec import encode

PROGRAM = Path(__file__).parent / "killed.py"
ROOT = PROGRAM.parents[2]
GLANCE = 0.02  # seconds


@dataclass
class Life:
    """One start of the desk, until it is killed. Instants are of the machine's own stopwatch: a kill is a real one."""

    pid: int
    began: float


class Keeper:
    def __init__(self, url: str, told: Path, errors: Path, town: Town) -> None:
        self._told = told
        self._read = 0  # bytes of `told` that people have seen
        self._unsplit = b""
        self._town = town
        self._errors = errors.open("wb")
        command = [sys.executable, "-X", "utf8", str(PROGRAM), url, str(told)]
        told.touch()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            bufsize=0,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        self._until("loaded")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def start(self, generation: int, how: str = "") -> Life:
        began = time.monotonic()
        self._write(f"go {generation} {how}")
        pid = int(self._until("born").split()[1])
        self.hand_in(*self._town.unheard)
        return Life(pid, began)

    def kill(self, life: Life) -> None:
        os.kill(life.pid, signal.SIGKILL)
        self._until("gone")
        self._look()

    def hand_in(self, *keys: str) -> None:
        for key in keys:
            self._write(encode(self._town.unheard[key]))

    def watch(self, life: Life, seconds: float) -> None:
        """People see what is told and act on it, until so long after the start."""
        while (left := life.began + seconds - time.monotonic()) > 0:
            for words in self._hear(left):
                self._understand(words)

    def glance(self) -> None:
        for words in self._hear(GLANCE):
            self._understand(words)

    def lines(self) -> list[Line]:
        """Whole ones: another may be on its way."""
        told = self._told.read_bytes()
        return [json.loads(each) for each in told[: told.rfind(b"\n") + 1].splitlines()]

    def _until(self, word: str) -> str:
        while True:
            for words in self._hear(None):
                if words.split()[0] == word:
                    return words
                self._understand(words)

    def _understand(self, words: str) -> None:
        match words.split():
            case ["received", key]:
                self._town.received(key)
            case ["told"]:
                self._look()
            case _:
                pass

    def _look(self) -> None:
        before = set(self._town.unheard)
        with self._told.open("rb") as file:
            file.seek(self._read)
            new = file.read()
        whole = new[: new.rfind(b"\n") + 1]
        self._read += len(whole)
        for line in whole.splitlines():
            self._town.see(json.loads(line))
        self.hand_in(*(key for key in self._town.unheard if key not in before))

    def _hear(self, seconds: float | None) -> Iterator[str]:
        assert self._process.stdout
        ready, _, _ = select.select([self._process.stdout], [], [], seconds)
        if not ready:
            return
        said = os.read(self._process.stdout.fileno(), 65536)
        if not said:
            raise EOFError("the program has ended by itself")
        *whole, self._unsplit = (self._unsplit + said).split(b"\n")
        yield from (each.decode() for each in whole)

    def _write(self, words: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{words}\n".encode())
