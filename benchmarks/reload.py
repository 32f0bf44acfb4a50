"""Questions while the files change: 100 a second, 50 articles rewritten, half of them broken in between. No error, none late.

    python -m benchmarks.reload [--seconds 20]

On the sample knowledge, in this process as `serve` has it: files are looked at every two seconds by a thread, an index is built by a
child process. A question is late when its answer comes more than 100 ms after it was due, so waiting in line counts too.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

from bot.app.loops import REFRESH
from bot.search import Engine, open_engine
from bot.storage.knowledge import Complaint, LiveKnowledge, load_apart

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)
RATE, LATE = 100, 0.1  # questions a second; seconds
ARTICLES = 50
GROUND = 60.0  # seconds at most until everything is live


def main() -> None:
    arguments = argparse.ArgumentParser(description="Questions while the files change.")
    arguments.add_argument("--seconds", type=float, default=20)
    seconds = arguments.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        knowledge = Path(folder) / "knowledge"
        shutil.copytree(ROOT / "knowledge", knowledge)
        for name, figure, goal in reload(knowledge, Path(folder) / "index", seconds):
            print(f"{name:<52} {figure:>26}   {goal}")


def reload(knowledge: Path, cache: Path, seconds: float) -> list[tuple[str, str, str]]:
    heard: list[Complaint] = []
    live = LiveKnowledge(knowledge, lambda: TODAY, heard.extend, again=load_apart)
    engine = open_engine(live.now().articles.values(), live.loaded().glossary, cache)
    engine.wait_until_built(GROUND)
    questions = [text for each in live.now().articles.values() for text in each.phrasings]
    quiet = _ask(engine, questions, 5, lambda: None)
    built: list[float] = []  # when the last child ended
    hear = engine._hear
    engine._hear = lambda *given: (hear(*given), built.append(time.perf_counter()))[0]  # type: ignore[method-assign]
    stop = threading.Event()
    lived: list[tuple[float, float]] = []
    follower = threading.Thread(target=_follow, args=(live, engine, stop), daemon=True)
    follower.start()
    busy = _ask(engine, questions, seconds, lambda: lived.append(_rewrite(knowledge, engine)))
    stop.set()
    follower.join()
    engine.close()
    late = sum(each > LATE for each in busy.waits)
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    return [
        ("asked while the files change", f"{len(busy.waits)} ({len(busy.waits) / seconds:.0f}/s)", f"100/s; {load}"),
        ("errors; none of them dropped", f"{busy.errors}; {busy.missing} missing", "0; 0"),
        ("answers later than 100 ms", str(late), "0"),
        ("p50 / p99 / longest, while they change", _times(busy.waits), "≤ 100 ms"),
        ("p50 / p99 / longest, left in peace", _times(quiet.waits), "the same machine, the same minute"),
        ("refusals told of the broken half", str(sum(each.is_refusal for each in heard)), "50: an unknown key and a missing one each"),
        ("from the end of the build to a live index", f"{lived[0][1] - built[-1]:.2f} s" if built else "never built", "≤ 5 s"),
        ("from the last mended byte, build and all", f"{lived[0][0]:.1f} s", "as long as it takes"),
    ]  # fmt: skip


class _Heard:
    def __init__(self) -> None:
        self.waits: list[float] = []
        self.errors = 0
        self.missing = 0


def _ask(engine: Engine, questions: list[str], seconds: float, meanwhile: "object") -> _Heard:
    """Every question has its own due time; one that waits for another is late too."""
    heard = _Heard()
    writer = threading.Thread(target=meanwhile, daemon=True)  # type: ignore[arg-type]
    begun = time.perf_counter()
    writer.start()
    for nth in range(int(seconds * RATE)):
        due = begun + nth / RATE
        time.sleep(max(0, due - time.perf_counter()))
        try:
            found = engine.find(questions[nth * 7 % len(questions)])
        except Exception:  # noqa: BLE001  # whatever it is: it is counted
            heard.errors += 1
        else:
            heard.missing += not found.ranked
        heard.waits.append(time.perf_counter() - due)
    writer.join()
    return heard


def _follow(live: LiveKnowledge, engine: Engine, stop: threading.Event) -> None:
    """As the loop of `serve` does."""
    while not stop.wait(REFRESH.total_seconds()):
        if live.refresh():
            engine.renew(live.now().articles.values(), live.loaded().glossary)


def _rewrite(knowledge: Path, engine: Engine) -> tuple[float, float]:
    """Half of fifty articles broken, then all of them rewritten; seconds from the last byte until their index is asked, and when that was."""
    files = sorted((knowledge / "articles").glob("*.yaml"))
    good = {file: file.read_text("utf-8") for file in files}
    broken = ARTICLES // 2
    for file in files:
        parts = good[file].split("  questions:\n")
        bad = min(broken, len(parts) - 1)
        file.write_text("  questionz:\n".join(parts[: bad + 1]) + "".join(f"  questions:\n{part}" for part in parts[bad + 1 :]), "utf-8")  # fmt: skip
        broken -= bad
        time.sleep(0.02)
    time.sleep(2 * REFRESH.total_seconds())  # seen broken, and told
    left = ARTICLES
    for file in files:
        parts = good[file].split("  questions:\n")
        new = min(left, len(parts) - 1)
        text = parts[0]
        for nth, part in enumerate(parts[1:]):
            text += "  questions:\n" + (f"    - omskrevet spørgsmål {file.stem} {nth}\n" if nth < new else "") + part
        left -= new
        file.write_text(text, "utf-8")
        time.sleep(0.02)
    ended = time.perf_counter()
    while time.perf_counter() - ended < GROUND:
        # What the engine asks, not what the files say: between the two there is the build.
        changed = any("omskrevet" in each.phrasings[0] for each in engine._held.articles.values())
        if changed and engine.is_built:
            return time.perf_counter() - ended, time.perf_counter()
        time.sleep(0.05)
    return GROUND, time.perf_counter()


def _times(waits: list[float]) -> str:
    cuts = statistics.quantiles(waits, n=100)
    return f"{1000 * cuts[49]:.1f} / {1000 * cuts[98]:.1f} / {1000 * max(waits):.1f} ms"


if __name__ == "__main__":
    main()
