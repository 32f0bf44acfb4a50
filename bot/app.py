"""The one place that picks real parts, and owns loops, threads, stopping and logging."""

import logging
import secrets
import threading
import time
import zoneinfo
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from bot.desk.clocks import Checked, check
from bot.desk.delivery import deliver
from bot.desk.digest import tell_digest
from bot.desk.leaving import return_left_tickets
from bot.desk.ports import Clock, Desk, NotSent, Outlet
from bot.desk.reception import handle, private_place, receive
from bot.domain.commands import Delivery, Done
from bot.domain.notices import Alarmed, FaultReported, RefusalTold, Tell
from bot.domain.refusals import OurFault, Refused
from bot.messengers.slack.ports import NotKept, Then
from bot.messengers.web.send import WebOutlet
from bot.search import Engine, open_engine
from bot.settings import Settings
from bot.storage.database import SqlStore
from bot.storage.doors import Accounts, Meta, Sessions
from bot.storage.engine import Database
from bot.storage.figures import figures
from bot.storage.forgetting import forget
from bot.storage.knowledge import Complaint, LiveKnowledge
from bot.storage.migrating import is_current, migrate
from bot.storage.posted import Posted
from bot.storage.posts import Posts
from bot.suppliers.console import ConsoleSupplier
from bot.suppliers.email import EmailSupplier
from bot.web.app import make_app
from bot.web.ports import Demo, Parts
from bot.web.server import serve

if TYPE_CHECKING:
    from bot.messengers.slack.connection import Access, Connection  # imported when Slack is set up, and only then

log = logging.getLogger("driftsvagt")
T = TypeVar("T")

DELIVERERS = 4
WORKERS = 2
TICK = timedelta(seconds=1)
DEMO_TICK = timedelta(seconds=0.25)
REFRESH = timedelta(seconds=2)  # a changed knowledge file is seen within this
POLL = timedelta(seconds=0.3)  # notices queued by other processes are seen within this
SOON = 5.0  # seconds
PURGE = timedelta(hours=1)
REDO = timedelta(minutes=1)  # what is unfinished for so long is nobody's any more
MONTH = timedelta(days=365.25 / 12)
STANDS_STILL = timedelta(minutes=1)  # a ticker that has not come round in this time is stuck
ADDRESS = "address"  # of the last `serve`, kept for `driftsvagt link`

zoneinfo.reset_tzpath(())  # otherwise the machine's own files win over the pinned tzdata


class WallClock:
    """The only one that looks at the machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251  # time enters the program here, and is passed in everywhere else


@dataclass(frozen=True, slots=True)
class House:
    """Every part, opened. The desk is what the messengers talk to."""

    desk: Desk
    settings: Settings
    database: Database
    knowledge: LiveKnowledge
    engine: Engine
    posts: Posts
    sessions: Sessions
    accounts: Accounts
    meta: Meta
    slack: "Connection | None" = None

    def close(self) -> None:
        self.engine.close()
        self.database.close()


def open_house(
    settings: Settings,
    clock: Clock | None = None,
    *,
    waits: Clock | None = None,
    outlets: Mapping[str, Outlet] | None = None,
    say: Callable[[str], None] | None = None,
    durable: bool = True,
) -> House:
    """Migrated, loaded, ready. `say` is where a mail is printed when no mail server is set; `waits` as in Desk.

    Raises KnowledgeRefused when there is nothing good to begin with.
    """
    hands = clock or WallClock()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    migrate(settings.database_url)
    database = Database(settings.database_url, durable=durable)
    store = SqlStore(database)
    troubles = _Troubles()
    knowledge = LiveKnowledge(
        settings.knowledge, lambda: _today(hands), troubles.hear, settings.data_dir / "knowledge-last-good"
    )
    engine = open_engine(knowledge.now().articles.values(), knowledge.loaded().glossary, settings.data_dir / "index")
    posts = Posts(database)
    accounts = Accounts(database)
    web = WebOutlet(posts)
    slack = _slack(settings, database, accounts, knowledge, hands, web) if settings.slack_bot_token else None
    ways: dict[str, Outlet] = {"web": web, "mail": _supplier_mail(settings, say or log.info), **(outlets or {})}
    if slack:
        ways["slack"] = slack.outlet
    messengers = (*(["slack"] if slack else []), "web")
    desk = Desk(store, knowledge, engine, hands, ways, _new_id, messengers, settings.base_url, waits)
    troubles.tell(desk)
    if slack:
        slack.trouble.desk = desk
    return House(
        desk, settings, database, knowledge, engine, posts, Sessions(database), accounts, Meta(database), slack
    )


def attend(desk: Desk, delivery: Delivery, kept: Callable[[], object] | None = None) -> Done | Refused:
    """One inbound request, from the inbox to the end. A fault of ours is told and logged, never shown as a stack trace.

    `kept`: what else is to be done once it is in the inbox, and before anything comes of it.

    Raises what the database raises if even the inbox cannot be written: the messenger answers 503, and repeats.
    """
    if not receive(desk, delivery):
        return Done()
    if kept:
        attempt(kept, "what stands beside a delivery")
    return work(desk, delivery)


def work(desk: Desk, delivery: Delivery) -> Done | Refused:
    outcome = attempt(lambda: handle(desk, delivery), f"{delivery.platform} {type(delivery.command).__name__}")
    return outcome if not isinstance(outcome, OurFault) else _own_up(desk, delivery, outcome)


def _own_up(desk: Desk, delivery: Delivery, refusal: OurFault) -> Refused:
    """Say so, and finish the delivery: the person decides whether to try again. Without a database it stays for later."""

    def tell() -> None:
        with desk.store.finishing(delivery).transaction() as ledger:
            if not delivery.answered_here:
                ledger.queue([Tell(private_place(delivery), RefusalTold(refusal))], desk.clock.now())

    attempt(tell, "saying that something failed")
    return refusal


def attempt(act: Callable[[], T], what: str) -> T | OurFault:
    """The one broad except round what comes in, be it a person's request or time itself: one fault must not stop the rest."""
    try:
        return act()
    except Exception:
        reference = secrets.token_hex(3)
        log.exception("%s failed (%s)", what, reference)
        return OurFault(reference)


class Loops:
    """The threads of one process: a ticker, deliverers, and one that follows the knowledge files."""

    def __init__(self, house: House, tick: timedelta = TICK) -> None:
        self._house = house
        self._tick = tick
        self._stopping = threading.Event()
        self._mail = threading.Event()  # something was queued in this process
        self._name = secrets.token_hex(4)
        self._ticked = time.monotonic()
        self._threads = [
            threading.Thread(target=self._deliver, args=(f"{self._name}-{nth}",), name=f"deliver-{nth}", daemon=True)
            for nth in range(DELIVERERS)
        ]
        self._threads.append(threading.Thread(target=self._tell_time, name="ticker", daemon=True))
        self._threads.append(threading.Thread(target=self._follow_knowledge, name="knowledge", daemon=True))

    def start(self) -> None:
        self._resume()
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Called after a command: deliver at once instead of at the next poll."""
        self._mail.set()

    def ticker_age(self) -> float:
        """Seconds since time was last looked at."""
        return time.monotonic() - self._ticked

    def stop(self, patience: timedelta = timedelta(seconds=5)) -> None:
        self._stopping.set()
        self._mail.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(patience.total_seconds())

    def _resume(self) -> None:
        """What was received before a crash and never done. A restart is invisible."""
        seen: set[tuple[str, str]] = set()
        while batch := [each for each in self._house.desk.store.unfinished() if (each.platform, each.key) not in seen]:
            for delivery in batch:
                seen.add((delivery.platform, delivery.key))  # what cannot be finished is tried at the next start
                work(self._house.desk, delivery)

    def _redo(self, now: datetime) -> None:
        """What was received a while ago and could not be finished: the database was away, or a thread died."""
        for delivery in self._house.desk.store.unfinished():
            if delivery.at <= now - REDO:
                work(self._house.desk, delivery)

    def _deliver(self, worker: str) -> None:
        while not self._stopping.is_set():
            self._mail.clear()
            outcomes = attempt(lambda: deliver(self._house.desk, worker), "delivery")
            if isinstance(outcomes, list):
                for outcome in outcomes:
                    if outcome.what == "sent" and isinstance(outcome.row.tell.notice, FaultReported):
                        attempt(partial(self._not_mailed, outcome.row.tell.notice.case), "telling of a mail not sent")
                    if outcome.fault:
                        quiet = isinstance(
                            outcome.fault, NotSent
                        )  # said by the outlet; anything else is a fault of ours
                        log.log(
                            logging.INFO if quiet and _is_soon(outcome.fault) else logging.WARNING,
                            "notice %s: %s (%r)",
                            outcome.row.id,
                            outcome.what,
                            outcome.fault,
                            exc_info=None if quiet else outcome.fault,
                        )
            else:
                self._mail.wait(POLL.total_seconds())

    def _not_mailed(self, case: int) -> None:
        """Without a mail server a report is only shown here; IT must know that nobody got it."""
        if self._house.settings.smtp_url:
            return
        desk = self._house.desk
        now = desk.clock.now()
        with desk.store.transaction() as ledger:
            if ledger.first_told(f"not-mailed/{case}", now):
                ledger.queue([Tell(desk.directory().it(), Alarmed("mail_not_set_up", f"S-{case}"))], now)

    def _tell_time(self) -> None:
        purged = self._house.desk.clock.now()
        redone = time.monotonic()
        digest_at: datetime | None = purged
        while not self._stopping.wait(self._tick.total_seconds()):
            found = attempt(lambda: check(self._house.desk, attempt=attempt), "the ticker")
            self._ticked = time.monotonic()
            if isinstance(found, Checked) and (found.tickets or found.cases):
                self._mail.set()
            now = self._house.desk.clock.now()
            if time.monotonic() - redone > REDO.total_seconds():
                redone = time.monotonic()
                attempt(lambda: self._redo(now), "what was left undone")  # noqa: B023  # called at once
            if digest_at and now >= digest_at:
                told = attempt(lambda: tell_digest(self._house.desk), "the morning digest")
                digest_at = told if isinstance(told, datetime) else now + PURGE
            if now - purged > PURGE:
                purged = now
                attempt(lambda: self._purge(now), "purging")  # noqa: B023  # called at once

    def _follow_knowledge(self) -> None:
        house = self._house
        attempt(lambda: return_left_tickets(house.desk), "giving back tickets of those who left")
        while not self._stopping.wait(REFRESH.total_seconds()):
            attempt(lambda: _take_up(house), "taking up the knowledge")

    def _purge(self, now: datetime) -> None:
        self._house.desk.store.purge(now)
        self._house.sessions.purge(now)
        months = self._house.settings.keep_words_months
        if gone := forget(self._house.database, now - months * MONTH):
            log.info("%d texts and posts were older than %d months, and are forgotten", gone, months)


class Workers:
    """Two threads for what messengers have acknowledged already; what one person asks is done in its order."""

    def __init__(self, desk: Desk, wake: Callable[[], None]) -> None:
        self._desk, self._wake = desk, wake
        self._pools = [ThreadPoolExecutor(1, f"work-{nth}") for nth in range(WORKERS)]

    def take(self, delivery: Delivery) -> bool:
        try:
            return receive(self._desk, delivery)
        except SQLAlchemyError as fault:
            log.exception("the inbox could not be written")
            raise NotKept from fault

    def begin(self, delivery: Delivery, then: Then | None = None) -> None:
        pool = self._pools[crc32(delivery.by.encode()) % WORKERS]
        with suppress(RuntimeError):  # stopping: it is in the inbox, and done at the next start
            pool.submit(self._work, delivery, then)

    def settle(self, delivery: Delivery) -> Done | Refused:
        outcome = work(self._desk, delivery)
        self._wake()
        return outcome

    def close(self) -> None:
        for pool in self._pools:
            pool.shutdown(cancel_futures=True)

    def _work(self, delivery: Delivery, then: Then | None) -> None:
        outcome = self.settle(delivery)
        if then:
            then(outcome)


def serve_house(house: House, host: str, port: int, demo: Demo | None = None) -> None:
    """Until told to stop. In the demo time may run fast, so the ticker looks more often."""
    loops = Loops(house, DEMO_TICK if demo else TICK)

    def take(delivery: Delivery, kept: Callable[[], object] | None = None) -> Done | Refused:
        try:
            outcome = attend(house.desk, delivery, kept)
        except SQLAlchemyError as fault:
            log.exception("the inbox could not be written")
            raise HTTPException(503) from fault  # nothing was stored: the messenger repeats
        loops.wake()
        return outcome

    secret = house.settings.secret_key
    workers = Workers(house.desk, loops.wake)
    slack = house.slack.door(house.desk, workers) if house.slack else None
    parts = Parts(
        house.desk,
        take,
        house.posts,
        house.sessions,
        secret.get_secret_value() if secret else secrets.token_urlsafe(32),
        house.settings.base_url,
        demo,
        complaints=lambda: _complaints(house, loops),
        figures=lambda: {**_figures(house, loops), **(slack.figures() if slack else {})},
        metrics_token=token.get_secret_value() if (token := house.settings.metrics_token) else "",
        doors=slack.routes if slack else (),
        alongside=(slack.alongside,) if slack else (),
    )
    house.meta.write(ADDRESS, house.settings.base_url or f"http://{host}:{port}")
    loops.start()
    if house.slack:
        house.slack.greet()
    try:
        serve(make_app(parts), host, port)
    finally:
        workers.close()
        loops.stop()


def _is_soon(fault: BaseException) -> bool:
    """A messenger that asks for a moment's patience is no trouble."""
    return isinstance(fault, NotSent) and bool(fault.retry_after) and (fault.retry_after or 0) < SOON


def _complaints(house: House, loops: Loops) -> tuple[str, ...]:
    """What /readyz says while the desk should not be asked yet, or not any more."""
    with house.database.reading() as connection:
        migrated = () if is_current(connection) else ("the database is not migrated: driftsvagt migrate",)
    stands = loops.ticker_age() > STANDS_STILL.total_seconds()
    return (*migrated, *(("time stands still: the ticker has not looked for a minute",) if stands else ()))


def _figures(house: House, loops: Loops) -> Mapping[str, float]:
    now = house.desk.clock.now()
    return {
        **figures(house.database, now),
        "ticker_age_seconds": loops.ticker_age(),
        "articles": float(len(house.knowledge.now().articles)),
    }


def _take_up(house: House) -> None:
    if house.knowledge.refresh():
        log.info("knowledge was changed and is live")
        attempt(lambda: return_left_tickets(house.desk), "giving back tickets of those who left")
        house.engine.renew(house.knowledge.now().articles.values(), house.knowledge.loaded().glossary)


class _Troubles:
    """Complaints about knowledge files: logged, and told to IT once the desk is open."""

    def __init__(self) -> None:
        self._desk: Desk | None = None
        self._early: tuple[Complaint, ...] = ()

    def tell(self, desk: Desk) -> None:
        """From now on, and what was found broken before there was a desk."""
        self._desk = desk
        self._alarm(self._early)

    def hear(self, complaints: tuple[Complaint, ...]) -> None:
        for each in complaints:
            log.warning("%s", each)
        if self._desk is None:
            self._early = complaints
        self._alarm(complaints)

    def _alarm(self, complaints: tuple[Complaint, ...]) -> None:
        refused = [str(each) for each in complaints if each.is_refusal]
        if not refused or self._desk is None:
            return
        with self._desk.store.transaction() as ledger:
            alarm = Alarmed("knowledge_broken", refused[0], (f"(+{len(refused) - 1})",) if len(refused) > 1 else ())
            ledger.queue([Tell(self._desk.directory().it(), alarm)], self._desk.clock.now())


def _supplier_mail(settings: Settings, say: Callable[[str], None]) -> Outlet:
    if settings.smtp_url is None:
        return ConsoleSupplier(say)
    return EmailSupplier(settings.smtp_url.get_secret_value(), settings.mail_from)


def _slack(
    settings: Settings, database: Database, accounts: Accounts, knowledge: LiveKnowledge, clock: Clock, web: Outlet
) -> "Connection":
    from bot.messengers.slack.connection import Connection

    return Connection(slack_access(settings), accounts, Posted(database), knowledge, clock, web)


def slack_access(settings: Settings) -> "Access":
    from bot.messengers.slack.connection import Access

    return Access(
        _secret(settings.slack_bot_token),
        settings.slack_api_url,
        _secret(settings.slack_app_token),
        _secret(settings.slack_signing_secret),
        settings.slack_workspaces,
        settings.base_url,
        settings.test_mode,
    )


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""


def _today(clock: Clock) -> date:
    return clock.now().date()


def _new_id() -> str:
    return secrets.token_urlsafe(12)
