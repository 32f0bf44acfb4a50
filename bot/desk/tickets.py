"""A person acts on a ticket: load, decide, save, tell."""

from bot.desk.ports import Desk, Ledger, Text
from bot.desk.telling import case_behind, record, theirs_again
from bot.domain.commands import Done
from bot.domain.people import Person
from bot.domain.refusals import Incomplete
from bot.domain.routing import it_route


def claim(desk: Desk, by: Person, number: int) -> Done:
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        ticket = ledger.ticket(number)
        return Done(record(desk, ledger, ticket, ticket.claim(by, now), now).case_id)


def release(desk: Desk, by: Person, number: int) -> Done:
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        ticket = ledger.ticket(number)
        return Done(record(desk, ledger, ticket, ticket.release(by, now), now).case_id)


def escalate(desk: Desk, by: Person, number: int, note: str) -> Done:
    """To IT, with a note that stays among those who help."""
    now = desk.clock.now()
    organisation = desk.knowledge.now().organisation
    with desk.store.transaction() as ledger:
        ticket = ledger.ticket(number)
        moved = ticket.escalate(by, it_route(organisation, ticket.system, "escalated"), now)
        if note:
            moved = moved.comment(by, now, _write(desk, ledger, by, ticket.case_id, "note", note), "internal")
        return Done(record(desk, ledger, ticket, moved, now).case_id)


def hold(desk: Desk, by: Person, number: int) -> Done:
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        ticket = ledger.ticket(number)
        return Done(record(desk, ledger, ticket, ticket.hold(by, now), now).case_id)


def resume(desk: Desk, by: Person, number: int) -> Done:
    now = desk.clock.now()
    behind = case_behind(desk, number)
    with desk.store.transaction() as ledger:
        if behind:
            ledger.case(behind)
        ticket = ledger.ticket(number)
        after = theirs_again(ledger, behind, ticket.resume(by, now), now)
        return Done(record(desk, ledger, ticket, after, now).case_id)


def resolve(desk: Desk, by: Person, number: int, solution: str) -> Done:
    """With the solution in words: it is what the next one with the same question will need."""
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        ticket = ledger.ticket(number)
        solved = ticket.resolve(by, now, f"t-{desk.new_id()}")
        if not solution.strip():
            raise Incomplete((("solution", "missing"),))
        ledger.write(Text(solved.solution, ticket.case_id, "solution", by.id, now, solution))
        return Done(record(desk, ledger, ticket, solved, now).case_id)


def confirm(desk: Desk, by: Person, number: int) -> Done:
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        ticket = ledger.ticket(number)
        return Done(record(desk, ledger, ticket, ticket.confirm(by, now), now).case_id)


def reopen(desk: Desk, by: Person, number: int, why: str) -> Done:
    now = desk.clock.now()
    behind = case_behind(desk, number)
    with desk.store.transaction() as ledger:
        if behind:
            ledger.case(behind)
        ticket = ledger.ticket(number)
        again = theirs_again(ledger, behind, ticket.reopen(by, now), now)
        if why.strip():
            again = again.comment(by, now, _write(desk, ledger, by, ticket.case_id, "comment", why), "employee")
        return Done(record(desk, ledger, ticket, again, now).case_id)


def cancel(desk: Desk, by: Person, number: int) -> Done:
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        ticket = ledger.ticket(number)
        return Done(record(desk, ledger, ticket, ticket.cancel(by, now), now).case_id)


def _write(desk: Desk, ledger: Ledger, by: Person, case_id: str, kind: str, body: str) -> str:
    text = Text(f"t-{desk.new_id()}", case_id, kind, by.id, desk.clock.now(), body)
    ledger.write(text)
    return text.id
