"""The threads of one process: a ticker, deliverers, and one that follows the knowledge files."""

import logging
import secrets
import threading
import time
from datetime import datetime, timedelta
from functools import partial

from bot.app.attending import attempt, work
from bot.app.house import House
from bot.desk.clocks import Checked, check
from bot.desk.delivery import deliver
from bot.desk.digest import tell_digest
from bot.desk.leaving import return_left_tickets
from bot.desk.measuring import measure_days
from bot.desk.ports import NotSent, Unsure
from bot.domain.notices import Alarmed, FaultReported, Tell
from bot.storage.forgetting import forget

log = logging.getLogger("driftsvagt")

DELIVERERS = 4
TICK = timedelta(seconds=1)
REFRESH = timedelta(seconds=2)  # a changed knowledge file is seen within this
POLL = timedelta(seconds=0.3)  # notices queued by other processes are seen within this
SOON = 5.0  # seconds
PURGE = timedelta(hours=1)
REDO = timedelta(minutes=1)  # what is unfinished for so long is nobody's any more
MONTH = timedelta(days=365.25 / 12)


class Loops:
    """Started once; stopped with patience."""

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
                        # Said by the outlet, in a line; anything else is a fault of ours, and told with where it was.
                        quiet = isinstance(outcome.fault, NotSent | Unsure)
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
        measure_at = purged
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
            if now >= measure_at:
                measured = attempt(lambda: measure_days(self._house.desk), "the figures of finished days")
                measure_at = measured if isinstance(measured, datetime) else now + PURGE
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
        self._house.desk.store.forget_traces(now - self._house.settings.keep_audit_months * MONTH)
        months = self._house.settings.keep_words_months
        if gone := forget(self._house.database, now - months * MONTH):
            log.info("%d texts and posts were older than %d months, and are forgotten", gone, months)


def _is_soon(fault: BaseException) -> bool:
    """A messenger that asks for a moment's patience is no trouble."""
    return isinstance(fault, NotSent) and bool(fault.retry_after) and (fault.retry_after or 0) < SOON


def _take_up(house: House) -> None:
    if house.knowledge.refresh():
        log.info("knowledge was changed and is live")
        attempt(lambda: return_left_tickets(house.desk), "giving back tickets of those who left")
        known = house.knowledge.now()
        house.engine.renew(known.articles.values(), house.knowledge.loaded().glossary, known.organisation.cautions)
