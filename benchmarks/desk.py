"""What the desk promises: questions, time, races and the start of `serve`, each beside a named peer or its goal.

python -m benchmarks.desk [--only question,throughput,tick,due,race,serve]
"""

import argparse
import multiprocessing
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
from sqlalchemy import event, func, select

from benchmarks.ground import START, Ground, Row, Told, fill, ground, opened, percentile, postgres, sqlite
from benchmarks.races import race
from benchmarks.serving import serve
from bot.desk.clocks import check
from bot.desk.reception import handle, receive
from bot.domain.commands import Ask, Delivery, Kind, Place
from bot.storage.tables import outbox

ASKED = 400


def ask_all(base: Ground, url: str, prefix: str, questions: list[str]) -> list[float]:
    """Seconds for each question: received, found, stored, answered, in the outbox. The clock moves on between them."""
    clock = Told()
    people = list(base.known.organisation.people)
    took = []
    with opened(url) as store:
        desk = base.desk(store, clock, prefix)
        for nth, text in enumerate(questions):
            clock.forward(seconds=3)
            who = people[nth % len(people)]
            delivery = Delivery("bench", f"{prefix}{nth}", who, Place("web", Kind.DIRECT, who), Ask(text), clock.now())
            before = time.perf_counter()
            receive(desk, delivery)
            handle(desk, delivery)
            took.append(time.perf_counter() - before)
    return took


def question(base: Ground) -> list[Row]:
    texts = (base.questions() * 3)[:ASKED]
    with sqlite() as url:
        took = ask_all(base, url, "q", texts)[1:]
    peer = bare_sqlite(ASKED)
    ours, theirs = percentile(took, 0.95), percentile(peer, 0.95)
    return [
        ("question on SQLite, p50", f"{1000 * percentile(took, 0.5):.1f} ms", ""),
        ("question on SQLite, p95", f"{1000 * ours:.1f} ms", "≤ 15 ms"),
        ("peer: bare sqlite3, same commits, p95", f"{1000 * theirs:.1f} ms", f"ours is {ours / theirs:.1f} ×"),
    ]


def bare_sqlite(times: int) -> list[float]:
    """Two durable commits of as many rows, with nothing decided."""
    took = []
    with tempfile.TemporaryDirectory() as directory:
        connection = sqlite3.connect(Path(directory) / "peer.sqlite", isolation_level=None)
        connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY, body TEXT)"
        )
        for _ in range(times):
            before = time.perf_counter()
            for rows in (1, 5):
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("INSERT INTO rows (body) VALUES (?)", [("x" * 200,)] * rows)
                connection.execute("COMMIT")
            took.append(time.perf_counter() - before)
        connection.close()
    return took


def throughput(base: Ground) -> list[Row]:
    """Two processes on the same two cores, one PostgreSQL."""
    texts = (base.questions() * 5)[: 2 * ASKED]
    with postgres() as url:
        statements = count_statements(base, url, texts[:40])
        rate = two_processes(lambda nth, gate: _asks(url, nth, gate, texts[nth::2]), len(texts))
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            connection.execute("CREATE TABLE peer (id BIGSERIAL PRIMARY KEY, body TEXT)")
        peer = two_processes(lambda _, gate: _inserts(url, gate, ASKED), 2 * ASKED)
    return [
        ("questions/s, PostgreSQL, two processes", f"{rate:.0f}/s", "≥ 120/s, aim 200"),
        ("peer: bare psycopg, same commits", f"{peer:.0f}/s", f"ours is {rate / peer:.2f} ×"),
        ("statements per question", f"{statements:.1f}", "≤ 8"),
    ]


def _asks(url: str, nth: int, gate: Callable[[], None], texts: list[str]) -> None:
    base = ground()
    ask_all(base, url, f"w{nth}-", texts[:3])
    gate()
    ask_all(base, url, f"p{nth}-", texts)


def _inserts(url: str, gate: Callable[[], None], times: int) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        gate()
        for _ in range(times):
            for rows in (1, 5):
                with connection.transaction(), connection.cursor() as cursor:
                    cursor.executemany("INSERT INTO peer (body) VALUES (%s)", [("x" * 200,)] * rows)


def two_processes(work: Callable[[int, Callable[[], None]], None], pieces: int) -> float:
    """Pieces per second from the moment both are ready until both are done."""
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(3)
    workers = [context.Process(target=work, args=(nth, ready.wait)) for nth in range(2)]
    for worker in workers:
        worker.start()
    ready.wait()
    before = time.perf_counter()
    for worker in workers:
        worker.join()
    took = time.perf_counter() - before
    assert not any(worker.exitcode for worker in workers)
    return pieces / took


def count_statements(base: Ground, url: str, texts: list[str]) -> float:
    seen = 0

    def saw(*_: object) -> None:
        nonlocal seen
        seen += 1

    clock = Told(START - timedelta(days=1))
    people = list(base.known.organisation.people)
    with opened(url) as store:
        desk = base.desk(store, clock, "s")
        event.listen(store.database.engine, "before_cursor_execute", saw)
        for nth, text in enumerate(texts):
            who = people[nth % len(people)]
            delivery = Delivery("bench", f"s{nth}", who, Place("web", Kind.DIRECT, who), Ask(text), clock.now())
            receive(desk, delivery)
            handle(desk, delivery)
    return seen / len(texts)


def tick(base: Ground) -> list[Row]:
    rows = []
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgres)):
        clock = Told()
        with database() as url, opened(url) as store:
            fill(base, store, 100_000, clock)
            desk = base.desk(store, clock)
            took = []
            for _ in range(100):
                before = time.perf_counter()
                found = check(desk)
                took.append(time.perf_counter() - before)
                assert not found.tickets
        rows.append(
            (f"tick, nothing due of 100 000 open, {name}, p95", f"{1000 * percentile(took, 0.95):.2f} ms", "≤ 5 ms")
        )
    return rows


def due(base: Ground) -> list[Row]:
    """A thousand at once move on to IT, and each is told once."""
    rows = []
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgres)):
        clock = Told()
        with database() as url, opened(url) as store:
            fill(base, store, 1000, clock)
            desk = base.desk(store, clock)
            clock.forward(minutes=31)
            before = time.perf_counter()
            while check(desk).tickets:
                pass
            took = time.perf_counter() - before
            with store.database.reading() as connection:
                offered = connection.execute(
                    select(func.count()).where(outbox.c.place == "web:channel:it:")
                ).scalar_one()
        assert offered == 1000, offered
        rows.append((f"1 000 due at once, {name}", f"{took:.1f} s", "≤ 10 s"))
    return rows


PARTS: dict[str, Callable[[Ground], list[Row]]] = {
    "question": question,
    "throughput": throughput,
    "tick": tick,
    "due": due,
    "race": race,
    "serve": serve,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS))
    chosen = parser.parse_args().only.split(",")
    base = ground()
    print(f"{'what':58} {'measured':>44}   goal")
    for name in chosen:
        for what, measured, goal in PARTS[name](base):
            print(f"{what:58} {measured:>44}   {goal}", flush=True)
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
