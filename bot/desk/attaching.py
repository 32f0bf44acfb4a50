"""Files that come with a comment: kept before its command is, so that the command can name them and a crash loses neither."""

from collections.abc import Sequence
from hashlib import sha256

from bot.desk.ports import Desk
from bot.domain.attachments import Attachment, Fit
from bot.domain.people import Person


def keep(desk: Desk, by: Person, delivery: str, files: Sequence[Fit]) -> Sequence[Attachment]:
    """`delivery` is the key of the one that will name them: the same form sent twice leaves one of each."""
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
        return ledger.attachments.keep(delivery, kept)


def drop(desk: Desk, delivery: str) -> None:
    """The comment was refused."""
    with desk.store.transaction() as ledger:
        ledger.attachments.drop(delivery)
