"""One batch of the outbox: what is due at one place, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.ports import Desk, NotSent, Outlet, Waiting
from bot.desk.reading import picture_of
from bot.domain.commands import Place
from bot.domain.notices import Alarmed, FaultReported, Tell

GIVE_UP = timedelta(hours=24)
GIVE_UP_ON_MAIL = timedelta(hours=1)  # then IT is told to phone
UNSURE_AT_MOST = 2  # attempts whose outcome nobody knows: the first, and one more that is marked
LONGEST_WAIT = 300.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """`what`: sent, known (an earlier attempt had sent it), later, dead. `fault` is for the log."""

    row: Waiting
    what: str
    fault: BaseException | None = None


def deliver(desk: Desk, worker: str, most: int = 20) -> list[Outcome] | None:
    """Serve one place, in order. None: nothing is due anywhere."""
    now = desk.clock.now()
    place = desk.store.lease(worker, now)
    if place is None:
        return None
    try:
        return _serve(desk, place, most)
    finally:
        desk.store.free(place, worker)


def _serve(desk: Desk, place: Place, most: int) -> list[Outcome]:
    outcomes: list[Outcome] = []
    outlet = _outlet(desk.outlets, place)
    for row in desk.store.waiting(place, desk.clock.now(), most):
        outcome = _attempt(desk, outlet, row)
        outcomes.append(outcome)
        if outcome.what == "dead":
            _give_up(desk, row)
        elif outcome.what == "later":
            break  # order at a place is kept: what comes after waits too
    return outcomes


def _outlet(outlets: Mapping[str, Outlet], place: Place) -> Outlet | None:
    return outlets.get(place.messenger)


def _attempt(desk: Desk, outlet: Outlet | None, row: Waiting) -> Outcome:
    now = desk.clock.now()
    if outlet is None:
        return _later_or_dead(desk, row, NotSent(f"no messenger {row.tell.place.messenger}"), now)
    if row.tried_unsure:
        doubt = _earlier_attempt(desk, outlet, row, now)
        if doubt:
            return doubt
    picture = picture_of(desk, row.tell)
    desk.store.sending(row, now)
    try:
        message_id = outlet.send(row, picture)
    except NotSent as refused:
        return _later_or_dead(desk, row, refused, now)
    except Exception as fault:  # noqa: BLE001  # one delivery must not stop the others; it is logged by the caller
        wait = _wait(row)
        desk.store.postpone(row, now + wait, type(fault).__name__)
        return Outcome(row, "later", fault)
    desk.store.sent(row, message_id, now)
    return Outcome(row, "sent")


def _earlier_attempt(desk: Desk, outlet: Outlet, row: Waiting, now: datetime) -> Outcome | None:
    """An attempt died before it could say whether it sent. Ask the outlet; if even it cannot tell, once more, marked."""
    try:
        message_id = outlet.was_sent(row)
    except NotImplementedError:
        if row.attempts < UNSURE_AT_MOST:
            return None
        desk.store.bury(row, "two attempts with unknown outcome", now)
        return Outcome(row, "dead")
    if message_id is None:
        return None
    desk.store.sent(row, message_id, now)
    return Outcome(row, "known")


def _later_or_dead(desk: Desk, row: Waiting, refused: NotSent, now: datetime) -> Outcome:
    limit = GIVE_UP_ON_MAIL if isinstance(row.tell.notice, FaultReported) else GIVE_UP
    if refused.hopeless or now - row.queued_at >= limit:
        desk.store.bury(row, refused.why, now)
        return Outcome(row, "dead", refused)
    wait = timedelta(seconds=refused.retry_after) if refused.retry_after else _wait(row)
    desk.store.postpone(row, now + wait, refused.why)
    return Outcome(row, "later", refused)


def _wait(row: Waiting) -> timedelta:
    """1, 2, 4 … 300 s. The row's id spreads rows that failed together, and the same row always waits the same."""
    base = min(2.0**row.attempts, LONGEST_WAIT)
    return timedelta(seconds=base * (1 + (row.id * 2654435761 % 1000) / 4000))


def _give_up(desk: Desk, row: Waiting) -> None:
    """Aloud: IT hears of it. An alarm that cannot be told either is only logged, or it would go on for ever."""
    if isinstance(row.tell.notice, Alarmed):
        return
    now = desk.clock.now()
    place = row.tell.place
    case = f"S-{row.tell.notice.case}" if isinstance(row.tell.notice, FaultReported) else ""
    with desk.store.transaction() as ledger:
        if ledger.first_told(f"dead:{row.send_key}:{row.id}", now):
            what = "mail_not_sent" if case else "undelivered"
            ledger.queue([Tell(desk.directory().it(), Alarmed(what, case or str(place)))], now)
