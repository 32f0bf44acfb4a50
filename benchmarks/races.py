"""Sixteen threads, and two processes, after the same two hundred tickets: one winner each, and nobody meets another error."""

import multiprocessing
import threading
from collections.abc import Callable

from benchmarks.ground import START, Ground, Row, Told, fill, opened, postgres, sqlite
from bot.desk.reception import handle, receive
from bot.domain.commands import Claim, Delivery, Done, Kind, Place
from bot.domain.people import PersonId
from bot.domain.refusals import AlreadyClaimed

RACED = 200
THREADS = 16


def race(base: Ground) -> list[Row]:
    rows = []
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgres)):
        with database() as url:
            with opened(url) as store:
                fill(base, store, 2 * RACED, Told())
            rows.append((f"16 threads × {RACED} tickets, {name}", _race_threads(base, url), "one winner each"))
            rows.append((f"two processes × {RACED} tickets, {name}", _race_processes(base, url), "one winner each"))
    return rows


def _claim_all(
    base: Ground, url: str, who: str, numbers: range, results: list[tuple[int, str]], gate: Callable[[], None]
) -> None:
    with opened(url) as store:
        desk = base.desk(store, Told(), who)
        gate()
        for number in numbers:
            delivery = Delivery(
                "bench",
                f"{who}/{number}",
                PersonId(who.split("-", maxsplit=1)[0]),
                Place("web", Kind.DIRECT, who),
                Claim(number),
                START,
            )
            receive(desk, delivery)
            outcome = handle(desk, delivery)
            results.append((number, "won" if isinstance(outcome, Done) else type(outcome).__name__))


HELPERS = ("sam", "nadia", "pia")  # who serve that system; a winner's second try is no second win


def _race_threads(base: Ground, url: str) -> str:
    """Each helper claims from many threads at once; for one ticket only one helper may win."""
    gate = threading.Barrier(THREADS)
    results: dict[str, list[tuple[int, str]]] = {f"{HELPERS[nth % 3]}-{nth}": [] for nth in range(THREADS)}
    threads = [
        threading.Thread(target=_claim_all, args=(base, url, who, range(1, RACED + 1), found, gate.wait))
        for who, found in results.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _judge(url, range(1, RACED + 1), results)


def _race_processes(base: Ground, url: str) -> str:
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(2)
    answers: multiprocessing.SimpleQueue[tuple[str, list[tuple[int, str]]]] = context.SimpleQueue()

    def run(who: str) -> None:
        found: list[tuple[int, str]] = []
        _claim_all(base, url, who, range(RACED + 1, 2 * RACED + 1), found, gate.wait)
        answers.put((who, found))

    workers = [context.Process(target=run, args=(f"{who}-p",)) for who in HELPERS[:2]]
    for worker in workers:
        worker.start()
    results = dict(answers.get() for _ in workers)
    for worker in workers:
        worker.join()
    return _judge(url, range(RACED + 1, 2 * RACED + 1), results)


def _judge(url: str, numbers: range, results: dict[str, list[tuple[int, str]]]) -> str:
    """What the racers were told, and what is written down: each ticket was taken once."""
    with opened(url) as store, store.reading() as ledger:
        taken = [sum(each.type == "acknowledged" for each in ledger.events(f"#{number}")) for number in numbers]
    assert set(taken) == {1}, taken
    winners: dict[int, set[str]] = {}
    others: dict[str, int] = {}
    for who, found in results.items():
        for number, outcome in found:
            if outcome == "won":
                winners.setdefault(number, set()).add(who.split("-")[0])
            elif outcome != AlreadyClaimed.__name__:
                others[outcome] = others.get(outcome, 0) + 1
    alone = sum(len(who) == 1 for who in winners.values())
    return f"{alone} of {RACED} won once, other outcomes: {others or 'none'}"
