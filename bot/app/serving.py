"""`driftsvagt serve`: loops, workers, pages and messengers of one process, until it is told to stop."""

import gc
import logging
import secrets
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from bot.app.attending import attend
from bot.app.house import House
from bot.app.letting_in import Letters, carriers
from bot.app.loops import TICK, Loops
from bot.app.trying import LiveTrying
from bot.app.workers import Workers
from bot.domain.attachments import MEGABYTE
from bot.domain.commands import Delivery, Done
from bot.domain.refusals import Refused
from bot.storage.doors import Shares
from bot.storage.figures import figures
from bot.storage.marks import Marks
from bot.storage.migrating import is_current
from bot.web.app import make_app
from bot.web.ports import Demo, Parts
from bot.web.server import serve

if TYPE_CHECKING:
    from bot.app.openid import OpenId

log = logging.getLogger("driftsvagt")

DEMO_TICK = timedelta(seconds=0.25)
TURN = timedelta(
    milliseconds=1
)  # of a thread, before another may run: who waits for a page waits behind the deliverers
STANDS_STILL = timedelta(minutes=1)  # a ticker that has not come round in this time is stuck
LEFT_LYING = timedelta(minutes=5)  # a notice that is due and that no deliverer has taken up
ADDRESS = "address"  # of the last `serve`, kept for `driftsvagt link`


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

    address = house.settings.base_url or f"http://{host}:{port}"
    secret = house.settings.secret_key
    letters = Letters(carriers(house), address, house.sessions.make_link)
    provider = _provider(house)
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
        trying=LiveTrying(
            house.engine,
            lambda: tuple(house.knowledge.now().articles.values()),
            lambda: house.knowledge.loaded().glossary,
        ),
        alongside=(slack.alongside,) if slack else (),
        letters=letters,
        provider=provider,
        marks=Marks(house.database),
        shares=Shares(house.meta),
        session_lasts=timedelta(days=house.settings.session_days),
        shown_lasts=timedelta(days=house.settings.shown_days),
        frame_ancestors=house.settings.frame_ancestors,
        attachment_room=house.settings.attachment_megabytes * MEGABYTE,
        attached_a_day=house.settings.attachment_megabytes_a_day * MEGABYTE,
    )
    house.meta.write(ADDRESS, address)
    loops.start()
    if house.slack:
        house.slack.greet()
    pages = make_app(parts)
    # What a start makes stays: the collector need not look at it again, neither now nor in front of somebody who waits.
    gc.freeze()
    gc.enable()
    sys.setswitchinterval(TURN.total_seconds())
    try:
        serve(pages, host, port, house.settings.proxies)
    finally:
        letters.close()
        if provider:
            provider.close()
        workers.close()
        loops.stop()


def _provider(house: House) -> "OpenId | None":
    """Nothing of it is imported unless people sign in with it."""
    if not house.settings.oidc_issuer:
        return None
    from bot.app.openid import open_provider

    return open_provider(house.settings, house.accounts, house.knowledge, house.desk.clock)


def _complaints(house: House, loops: Loops) -> tuple[str, ...]:
    """What /readyz says while the desk should not be asked yet, or not any more."""
    with house.database.reading() as connection:
        migrated = () if is_current(connection) else ("the database is not migrated: driftsvagt migrate",)
    stands = loops.ticker_age() > STANDS_STILL.total_seconds()
    # What a messenger does not take is put off, and is no fault of this process; what is due and taken up by nobody is.
    due = house.desk.store.next_send_at()
    left = due is not None and house.desk.moment() - due > LEFT_LYING
    return (
        *migrated,
        *(("time stands still: the ticker has not looked for a minute",) if stands else ()),
        *(("notices lie still: what is due was taken up by nobody for five minutes",) if left else ()),
    )


def _figures(house: House, loops: Loops) -> Mapping[str, float]:
    now = house.desk.clock.now()
    return {
        **figures(house.database, now),
        "ticker_age_seconds": loops.ticker_age(),
        "articles": float(len(house.knowledge.now().articles)),
    }
