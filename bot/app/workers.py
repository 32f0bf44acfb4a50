"""Two threads for what messengers have acknowledged already; what one person asks is done in its order."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from zlib import crc32

from sqlalchemy.exc import SQLAlchemyError

from bot.app.attending import work
from bot.desk.ports import Desk
from bot.desk.reception import receive
from bot.domain.commands import Delivery, Done
from bot.domain.refusals import Refused
from bot.messengers.slack.ports import NotKept, Then

log = logging.getLogger("driftsvagt")

WORKERS = 2


class Workers:
    """What Slack hands over."""

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

    def again(self, delivery: Delivery) -> Done | Refused:
        """A repeat: what came of it, or will now."""
        return self._desk.store.answered(delivery) or self.settle(delivery)

    def close(self) -> None:
        for pool in self._pools:
            pool.shutdown(cancel_futures=True)

    def _work(self, delivery: Delivery, then: Then | None) -> None:
        outcome = self.settle(delivery)
        if then:
            then(outcome)
