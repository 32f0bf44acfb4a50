"""Files that come with somebody's words: kept before the command is, so that it can name them and a crash loses neither."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from bot.desk.filed import Lately
from bot.desk.ports import Desk
from bot.domain.attachments import Attachment, Fit
from bot.domain.people import Person
from bot.domain.refusals import NotAttached, TooFast

PER_MINUTE = 20  # times that somebody attaches something; questions have the same pace


def keep(desk: Desk, by: Person, delivery: str, files: Sequence[Fit], a_day: int) -> Sequence[Attachment]:
    """`delivery` is the key of the one that will name them: the same form sent twice leaves one of each.

    `a_day`: bytes that a person may leave within one. Raises TooFast or NotAttached, and then keeps none of them.
    """
    if not files:
        return ()
    now = desk.clock.now()
    kept = [
        (
            Attachment(
                desk.new_id(), by.id, now, each.name, each.kind, len(each.content), sha256(each.content).hexdigest()
            ),
            each.content,
        )
        for each in files
    ]
    with desk.store.transaction() as ledger:
        if already := ledger.attachments.came_with(delivery, by.id):
            return already
        _at_a_bearable_pace(ledger.attachments.lately(by.id, now), files, a_day)
        return ledger.attachments.keep(delivery, kept)


def drop(desk: Desk, delivery: str) -> None:
    """The words that they came with were refused."""
    with desk.store.transaction() as ledger:
        ledger.attachments.drop(delivery)


def _at_a_bearable_pace(lately: Lately, files: Sequence[Fit], a_day: int) -> None:
    if lately.last_minute >= PER_MINUTE:
        raise TooFast(timedelta(minutes=1))
    left = a_day - lately.last_day
    for each in files:
        left -= len(each.content)
        if left < 0:
            raise NotAttached(each.name, "day", a_day)
