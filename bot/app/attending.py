"""One request, from the inbox to the end; and the one broad except round what comes in."""

import logging
import secrets
from collections.abc import Callable
from typing import TypeVar

from bot.desk.ports import Desk
from bot.desk.reception import handle, private_place, receive
from bot.domain.commands import Delivery, Done
from bot.domain.notices import RefusalTold, Tell
from bot.domain.refusals import OurFault, Refused

log = logging.getLogger("driftsvagt")
T = TypeVar("T")


def attend(desk: Desk, delivery: Delivery, kept: Callable[[], object] | None = None) -> Done | Refused:
    """One inbound request, from the inbox to the end. A fault of ours is told and logged, never shown as a stack trace.

    A repeat is answered as the first was: what was refused is not done because it is asked once more. One of which nothing
    came yet is worked on here too; whoever is first to its end has done it.

    `kept`: what else is to be done once it is in the inbox, and before anything comes of it.

    Raises what the database raises if even the inbox cannot be written: the messenger answers 503, and repeats.
    """
    if not receive(desk, delivery):
        return desk.store.answered(delivery) or work(desk, delivery)
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
            ledger.refuse(delivery, refusal)
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
