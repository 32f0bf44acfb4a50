"""When each open case wants to be looked at, worked out anew: after a restored backup, or when a calendar's rules changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.desk.ports import Changed, Known, Store
from bot.desk.telling import plan_case, plan_ticket
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Replanned:
    """How many were looked at, and how many had another time than before."""

    seen: int
    moved: int


def replan(
    store: Store, known: Known, now: datetime, done: Callable[[int, int], None] = lambda _seen, _of: None
) -> Replanned:
    """Twice is harmless. `done` hears how many of how many."""
    with store.reading() as ledger:
        tickets, cases = list(ledger.open_numbers("#")), list(ledger.open_numbers("S-"))
    total, seen, moved = len(tickets) + len(cases), 0, 0
    for first in range(0, len(tickets), AT_ONCE):
        batch = tickets[first : first + AT_ONCE]
        moved += _tickets(store, known, batch, now)
        seen += len(batch)
        done(seen, total)
    for number in cases:
        moved += _case(store, known, number, now)
        seen += 1
        done(seen, total)
    return Replanned(seen, moved)


def _tickets(store: Store, known: Known, numbers: list[int], now: datetime) -> int:
    """One by one if somebody acts on one of them meanwhile: what they saved is planned already."""
    moved = 0
    try:
        with store.transaction() as ledger:
            for number in sorted(numbers):
                before = ledger.ticket(number)
                planned = plan_ticket(known, ledger, before, now)
                if _moves(before, planned, now):
                    ledger.save_ticket(planned)
                    moved += 1
    except Changed:
        return sum(_tickets(store, known, [each], now) for each in numbers) if len(numbers) > 1 else 0
    return moved


def _case(store: Store, known: Known, number: int, now: datetime) -> int:
    try:
        with store.transaction() as ledger:
            before = ledger.case(number)
            planned = plan_case(known, ledger, before, now)
            if _moves(before, planned, now):
                ledger.save_case(planned)
                return 1
    except Changed:
        return 0
    return 0


def _moves(before: Ticket | SupplierCase, planned: Ticket | SupplierCase, now: datetime) -> bool:
    """What is to be looked at already stays so: since when is no difference."""
    if (before.due_at, before.near_at) != (planned.due_at, planned.near_at):
        return True
    was, becomes = before.next_check_at, planned.next_check_at
    return was != becomes and not (was and becomes and was <= now and becomes <= now)
