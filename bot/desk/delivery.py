"""One batch of the outbox: what is due at one place, and what became of it."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.desk.ports import Changed, Desk, Leased, NotSent, Outlet, Waiting
from bot.desk.reading import picture_of
from bot.domain.notices import Alarmed, FaultReported, Tell
from bot.domain.refusals import Refused

GIVE_UP = timedelta(hours=24)
GIVE_UP_ON_MAIL = timedelta(hours=1)  # then IT is told to phone
LONGEST_WAIT = 300.0
ATTEMPT = timedelta(seconds=30)  # a messenger of this machine's own; the place is ours meanwhile
ATTEMPT_ELSEWHERE = timedelta(minutes=3)  # a mail server may think about each line, Slack about each of several calls
ELSEWHERE = frozenset({"mail", "slack", "teams"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """`what`: sent, known (an earlier attempt had sent it), later, dead, taken (another process serves the place now).

    `fault` is for the log.
    """

    row: Waiting
    what: str
    fault: BaseException | None = None


def deliver(desk: Desk, worker: str, most: int = 20) -> list[Outcome] | None:
    """Serve one place, in order. None: nothing is due anywhere."""
    leased = desk.store.lease(worker, desk.moment(), most)
    if leased is None:
        return None
    outcomes: list[Outcome] = []
    try:
        _serve(desk, leased, worker, outcomes)
    finally:
        if not (outcomes and len(outcomes) == len(leased.rows) and outcomes[-1].what == "sent"):
            desk.store.free(leased.place, worker)
    return outcomes


def _serve(desk: Desk, leased: Leased, worker: str, outcomes: list[Outcome]) -> None:
    outlet = desk.outlets.get(leased.place.messenger)
    for row in leased.rows:
        frees = worker if row is leased.rows[-1] else ""
        outcomes.append(_attempt(desk, outlet, row, worker, frees))
        if outcomes[-1].what in {"later", "taken"}:
            break  # order at a place is kept: what comes after waits too


def _attempt(desk: Desk, outlet: Outlet | None, row: Waiting, worker: str, frees: str) -> Outcome:
    """`frees`: as for `Store.sent`."""
    if outlet is None:
        return _later_or_dead(desk, row, NotSent(f"no messenger {row.tell.place.messenger}"))
    left = row  # as it is if this attempt fails in a way that nobody can explain
    try:
        settled = _earlier_attempt(desk, outlet, row) if row.tried_unsure else None
        if settled:
            return settled
        picture = picture_of(desk, row.tell)
        desk.store.sending(row, worker, desk.moment() + _longest(row))
        left = replace(row, tried_unsure=True, tried_again=row.tried_unsure)
        message_id = outlet.send(row, picture)
    except Changed:
        return Outcome(row, "taken")
    except NotSent as refused:
        return _later_or_dead(desk, row, refused)
    except Refused as gone:
        return _later_or_dead(desk, row, NotSent(f"{type(gone).__name__}: what it is about is gone", hopeless=True))
    except Exception as fault:  # noqa: BLE001  # one delivery must not stop the others; it is logged by the caller
        return _later_or_dead(desk, left, NotSent(type(fault).__name__), fault)
    desk.store.sent(row, message_id, desk.clock.now(), frees=frees)
    return Outcome(row, "sent")


def _earlier_attempt(desk: Desk, outlet: Outlet, row: Waiting) -> Outcome | None:
    """An attempt died before it could say whether it sent. Ask the outlet; if even it cannot tell, once more, marked."""
    try:
        message_id = outlet.was_sent(row)
    except NotImplementedError:
        if not row.tried_again:
            return None
        return _bury(desk, row, NotSent("two attempts with unknown outcome"))
    if message_id is None:
        return None
    desk.store.sent(row, message_id, desk.clock.now())
    return Outcome(row, "known")


def _later_or_dead(desk: Desk, row: Waiting, refused: NotSent, fault: BaseException | None = None) -> Outcome:
    now = desk.clock.now()
    limit = GIVE_UP_ON_MAIL if isinstance(row.tell.notice, FaultReported) else GIVE_UP
    if refused.hopeless or now - row.queued_at >= limit:
        return _bury(desk, row, refused, fault)
    wait = timedelta(seconds=refused.retry_after) if refused.retry_after else _wait(row)
    desk.store.postpone(row, desk.moment() + wait, refused.why)
    return Outcome(row, "later", fault or refused)


def _longest(row: Waiting) -> timedelta:
    return ATTEMPT_ELSEWHERE if row.tell.place.messenger in ELSEWHERE else ATTEMPT


def _wait(row: Waiting) -> timedelta:
    """1, 2, 4 … 300 s. The row's id spreads rows that failed together, and the same row always waits the same."""
    base = min(2.0 ** min(row.attempts, 10), LONGEST_WAIT)
    return timedelta(seconds=base * (1 + (row.id * 2654435761 % 1000) / 4000))


def _bury(desk: Desk, row: Waiting, refused: NotSent, fault: BaseException | None = None) -> Outcome:
    """Aloud: IT hears of it. An alarm that cannot be told either is only logged, or it would go on for ever."""
    aloud = () if isinstance(row.tell.notice, Alarmed) else (Tell(desk.directory().it(), _alarm(row)),)
    desk.store.bury(row, refused.why, desk.clock.now(), aloud)
    return Outcome(row, "dead", fault or refused)


def _alarm(row: Waiting) -> Alarmed:
    if isinstance(row.tell.notice, FaultReported):
        return Alarmed("mail_not_sent", f"S-{row.tell.notice.case}")
    return Alarmed("undelivered", str(row.tell.place))
