"""Carries comments between employee, group and supplier: only the assignee's words reach the employee."""

from datetime import datetime

from bot.desk.ports import Desk, Text
from bot.desk.telling import case_behind, record, theirs_again
from bot.domain.commands import Comment, Done
from bot.domain.courtesy import is_thanks
from bot.domain.people import Person
from bot.domain.refusals import NothingSaid, TooLong
from bot.domain.ticket import State, Ticket

LONGEST = 4000
INTERNAL_MARKS = ("//", "🔒")


def comment(desk: Desk, by: Person, asked: Comment) -> Done:
    """Kept with the ticket, and carried to the other side where the rule says so. Its attachments go with it."""
    body, wanted = _without_mark(asked.text, asked.audience)
    if not body:
        raise NothingSaid
    if len(body) > LONGEST:
        raise TooLong(LONGEST)
    now = desk.clock.now()
    behind = case_behind(desk, asked.number)
    with desk.store.transaction() as ledger:
        if behind:
            ledger.case(behind)
        ticket = ledger.ticket(asked.number)
        carried = _audience(ticket, by, "internal" if _was_kept(ticket, by, asked.first_said) else wanted)
        words = Text(
            f"t-{desk.new_id()}", ticket.case_id, "comment" if carried == "employee" else "internal", by.id, now, body
        )
        after = ticket
        if ticket.state is State.RESOLVED and by.id == ticket.requester and not is_thanks(body):
            after = ticket.reopen(by, now)
        after = after.comment(by, now, words.id, carried)
        if ticket.held != after.held or ticket.state != after.state:
            after = theirs_again(ledger, behind, after, now)
        ledger.write(words)
        if asked.attachments:
            ledger.attachments.attach(asked.attachments, by.id, words.id, ticket.number)
        return Done(record(desk, ledger, ticket, after, now).case_id)


def _without_mark(text: str, audience: str | None) -> tuple[str, str | None]:
    for mark in INTERNAL_MARKS:
        if text.startswith(mark):
            return text.removeprefix(mark).strip(), "internal"
    return text.strip(), audience


def _was_kept(ticket: Ticket, by: Person, first_said: datetime | None) -> bool:
    """Words from before they had it were for colleagues, and are no less so when a letter in them is changed."""
    if first_said is None or by.id == ticket.requester:
        return False
    return ticket.assignee != by.id or ticket.claimed_at is None or first_said < ticket.claimed_at


def _audience(ticket: Ticket, by: Person, wanted: str | None) -> str:
    if by.id == ticket.requester:
        return "employee"
    if ticket.assignee is None:
        return "internal"  # before a claim nothing is carried
    if wanted:
        return wanted
    return "employee" if by.id == ticket.assignee else "internal"
