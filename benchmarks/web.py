"""What the web promises: pages over 100 000 tickets, 500 listeners, and the weight of a page; each beside a bare peer.

python -m benchmarks.web [--only pages,listeners,weight] [--write]
"""

import argparse
import asyncio
import gc
import os
import platform
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx
from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from benchmarks.crowd import CASES, TICKETS, multiply
from benchmarks.ground import ROOT, Ground, Row, ground, opened, percentile, postgres, sqlite
from benchmarks.listening import listeners
from bot.demo import history
from bot.demo.clock import DemoClock
from bot.demo.stage import Stage
from bot.desk.measuring import measure_days
from bot.desk.ports import Desk
from bot.domain.commands import Done
from bot.domain.people import PersonId
from bot.messengers.web.send import WebOutlet
from bot.storage.database import SqlStore
from bot.storage.doors import Sessions
from bot.storage.marks import Marks
from bot.storage.posts import Posts
from bot.storage.tables import cases, tickets
from bot.suppliers.console import ConsoleSupplier
from bot.web.app import make_app
from bot.web.ports import Parts

PAGE = ROOT / "docs" / "benchmarks" / "web.md"
TIMES = 40
BASE = "http://localhost"
FIRST, AFTER = 200, 30  # kB


def pages(base: Ground) -> list[Row]:
    found: list[Row] = []
    for name, engine in (("SQLite", sqlite), ("PostgreSQL", postgres)):
        with engine() as url, opened(url) as store:
            app, about = _town(base, store)
            rows, slowest = asyncio.run(_ask(app, store))
            found.append((f"{name}: {about}", "", ""))
            found += [(f"{name}: {row[0]}", *row[1:]) for row in rows]
            peer = asyncio.run(_bare(store))
            found.append((f"{name}: peer: bare Starlette, fifty rows in a table, p95", f"{peer:.1f} ms", f"ours is {slowest / peer:.0f} × at the slowest"))  # fmt: skip
    return found


def weight(base: Ground) -> list[Row]:
    with sqlite() as url, opened(url) as store:
        app, _ = _town(base, store, tickets_=0, cases_=0)
        return asyncio.run(_weigh(app))


def _town(base: Ground, store: SqlStore, tickets_: int = TICKETS, cases_: int = CASES) -> tuple[Starlette, str]:
    """The demo's fortnight, played by the real desk, many times over."""
    posts, clock = Posts(store.database), DemoClock(history.BEGIN, 0)
    outlets = {"web": WebOutlet(posts), "mail": ConsoleSupplier(lambda _: None)}
    plain = base.desk(store, clock, "town")  # type: ignore[arg-type]
    desk = Desk(plain.store, plain.knowledge, plain.search, clock, outlets, plain.new_id, ("web",), BASE)
    stage = Stage(desk, posts, clock)
    stage.play(history.stories(stage), history.NOW, lambda _: None)
    measure_days(desk)
    if tickets_:
        multiply(store.database, tickets_, cases_)
    sessions = Sessions(store.database)
    for person in ("ivo", "karen", "sam"):
        sessions.begin(f"of-{person}", PersonId(person), clock.now() + timedelta(days=1))
    parts = Parts(desk, lambda *_: Done(), posts, sessions, "a secret of this benchmark only", BASE, marks=Marks(store.database))  # fmt: skip
    with store.database.reading() as connection:
        every = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (tickets, cases)]
        alive = [
            connection.execute(select(func.count()).select_from(table).where(table.c.is_open)).scalar_one()
            for table in (tickets, cases)
        ]
    about = f"{every[0]} tickets, {alive[0]} of them open; {every[1]} supplier cases, {alive[1]} of them open"
    app = make_app(parts)
    gc.collect()
    gc.freeze()  # as `serve` does
    return app, about


@contextmanager
def _browser(app: Starlette, person: str) -> Iterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    yield httpx.AsyncClient(transport=transport, base_url=BASE, cookies={"driftsvagt": f"of-{person}"}, timeout=60)


async def _ask(app: Starlette, store: SqlStore) -> tuple[list[Row], float]:
    """Server time: from the request's arrival at the application to the last byte of its answer."""
    with store.database.reading() as connection:
        case = connection.execute(select(func.max(cases.c.number)).where(cases.c.is_open)).scalar_one()
        ticket = connection.execute(select(func.max(tickets.c.number)).where(tickets.c.is_open)).scalar_one()
    addresses = (
        "/overblik", "/overblik?system=omsorgsjournalen&frist=naer", "/overblik?q=kørelisten", "/sager", "/sager?side=400",
        "/sager?venter=os&alder=uge", "/sager?q=kørelisten", "/leverandoersager", "/leverandoersager?side=200", f"/sag/{ticket}", f"/leverandoersag/{case}",
        "/leverandoersag/6", "/tendens", "/vagt", "/kanal/it", "/",
    )  # fmt: skip
    rows, slowest = [], 0.0
    with _browser(app, "ivo") as client:
        for address in addresses:
            took = []
            for _ in range(TIMES):
                before = time.perf_counter()
                answer = await client.get(address)
                took.append(1000 * (time.perf_counter() - before))
                if answer.status_code != 200:
                    raise SystemExit(f"{address}: {answer.status_code}")
            took = took[2:]  # what is made once
            slowest = max(slowest, percentile(took, 0.95))
            rows.append((f"{address}, p95", f"{percentile(took, 0.95):.1f} ms (p50 {percentile(took, 0.5):.1f})", "≤ 100 ms"))  # fmt: skip
    return rows, slowest


async def _bare(store: SqlStore) -> float:
    """The same rows from the same database, in a table, with nothing asked, worded or drawn."""
    wanted = select(tickets).where(tickets.c.is_open).order_by(tickets.c.due_at, tickets.c.opened_at, tickets.c.number)

    def read() -> str:
        with store.database.reading() as connection:
            found = connection.execute(wanted.limit(50)).all()
        return "".join(f"<tr><td>{row.number}<td>{row.system}<td>{row.state}" for row in found)

    async def page(_: Request) -> Response:
        return HTMLResponse(f"<table>{await run_in_threadpool(read)}</table>")

    took = []
    with _browser(Starlette(routes=[Route("/", page)]), "ivo") as client:
        for _ in range(TIMES):
            before = time.perf_counter()
            await client.get("/")
            took.append(1000 * (time.perf_counter() - before))
    return percentile(took[2:], 0.95)


async def _weigh(app: Starlette) -> list[Row]:
    """As sent to a browser, which takes it packed, and as it is unpacked. First load is the page with every file that it names."""
    rows: list[Row] = []
    for person, address in (("ivo", "/"), ("ivo", "/overblik"), ("ivo", "/leverandoersag/6"), ("karen", "/rapport/2026-11"), ("sam", "/kanal/omsorg-nord")):  # fmt: skip
        with _browser(app, person) as client:
            page = await client.get(address, headers={"accept-encoding": "gzip"})
            files = [await client.get(each) for each in sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)))]  # fmt: skip
        for each in files:
            if inner := re.findall(r"url\((?!data:)[^)]+\)", each.text):
                raise SystemExit(f"{each.url} names further files, which must be weighed too: {inner}")
        for what, sent, goal in (("first load", [page, *files], FIRST), ("after", [page], AFTER)):
            packed = sum(int(each.headers["content-length"]) for each in sent) / 1000
            plain = sum(len(each.content) for each in sent) / 1000
            rows.append((f"{address} for {person}, {what}", f"{packed:.0f} kB ({plain:.0f} unpacked)", f"≤ {goal} kB"))
    return rows


SECTIONS = {"pages": pages, "listeners": listeners, "weight": weight}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", default=",".join(SECTIONS))
    asked.add_argument("--write", action="store_true", help=f"also write {PAGE.name}")
    options = asked.parse_args()
    base, tables = ground(), []
    for name in options.only.split(","):
        print(f"\n{name}")
        rows = SECTIONS[name](base)
        for what, measured, goal in rows:
            print(f"  {what:<78} {measured:>28}  {goal}", flush=True)
        lines = (f"| {what} | {measured} | {goal} |" for what, measured, goal in rows)
        tables.append("\n".join([f"## {name.capitalize()}", "", "| | | goal |", "|---|---|---|", *lines]))
    if options.write:
        about = f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end."
        PAGE.write_text(
            "\n\n".join(["# Web", "`python -m benchmarks.web` printed this.", *tables, about]) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
