"""How long `driftsvagt serve` takes to its first ready answer, and how much memory it keeps."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import yaml

from benchmarks.ground import ROOT, Ground, Row


def serve(_: Ground) -> list[Row]:
    """`driftsvagt serve` with the sample knowledge and a cached index, from the command to the first ready answer."""
    with tempfile.TemporaryDirectory() as directory:
        environment = os.environ | {
            "DRIFTSVAGT_DATABASE_URL": f"sqlite:///{directory}/serve.sqlite",
            "DRIFTSVAGT_KNOWLEDGE": str(ROOT / "knowledge"),
            "DRIFTSVAGT_SECRET_KEY": "benchmark-only-0123456789-abcdefghij",
        }
        _start(directory, environment)  # builds the index, and migrates
        seconds, resident = _start(directory, environment)
    return [
        ("serve, ready after", f"{seconds:.2f} s", "≤ 2 s"),
        ("serve, resident", f"{resident:.0f} MB", "≤ 150 MB"),
    ]


def serve_large(knowledge: tuple[dict[str, list[str]], list[str]], kind: str) -> dict[str, float]:
    """The whole `driftsvagt serve`, its sample organisation with these articles more; the index is cached."""
    with tempfile.TemporaryDirectory() as directory:
        shutil.copytree(ROOT / "knowledge", Path(directory) / "knowledge")
        more = [
            {"id": name.replace("_", "-"), "language": "en", "questions": texts, "answer": {"da": "…", "en": "…"},
             "owner": "sam@fjordby.example", "review_by": date(2099, 1, 1)}
            for name, texts in knowledge[0].items()
        ]  # fmt: skip
        (Path(directory) / "knowledge" / "articles" / "more.yaml").write_text(
            yaml.safe_dump(more, allow_unicode=True), "utf-8"
        )
        environment = os.environ | {
            "DRIFTSVAGT_DATABASE_URL": f"sqlite:///{directory}/serve.sqlite",
            "DRIFTSVAGT_KNOWLEDGE": f"{directory}/knowledge",
            "DRIFTSVAGT_SECRET_KEY": "benchmark-only-0123456789-abcdefghij",
            "DRIFTSVAGT_SEARCH": kind,
        }
        subprocess.run(
            [sys.executable, "-m", "bot", "ask", "what is my balance"], cwd=directory, check=True,
            env=environment | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _start(directory, environment)  # migrates
        seconds, resident = _start(directory, environment)
        if len(list(Path(directory).glob("index/search-*.npz"))) != 1:
            raise SystemExit("the index was built again")
        return {"ready s": seconds, "serve MB": resident}


def _start(directory: str, environment: dict[str, str]) -> tuple[float, float]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve", "--port", str(port)], cwd=directory, env=environment | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not _answers(port) and time.perf_counter() - began < 60:
            if server.poll() is not None:
                raise SystemExit(
                    f"serve ended with {server.returncode}: run it by hand in a copy of the sample knowledge"
                )
            time.sleep(0.01)
        seconds = time.perf_counter() - began
        time.sleep(8)  # the index is built, the loops have run
        status = Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8")
        return seconds, int(status.split("VmRSS:")[1].split()[0]) / 1024
    finally:
        server.terminate()
        server.wait(timeout=15)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as door:
            door.sendall(b"GET /readyz HTTP/1.0\r\n\r\n")
            return b" 200 " in door.recv(64)
    except OSError:
        return False
