"""What was logged on a supplier case is put right: events stay, and others say what is true; a pause is disputed and settled."""

from datetime import datetime

from bot.desk.ports import Desk, Ledger
from bot.desk.supplier_cases import sensible, tickets_follow
from bot.desk.telling import record_case
from bot.domain.commands import REASONS, Correct, Dispute, Done, Settle, Void
from bot.domain.events import Corrected, PauseDisputed, PauseSettled, PauseStarted, Voided
from bot.domain.people import Person
from bot.domain.permissions import may_log_for_suppliers, may_look_at_suppliers
from bot.domain.refusals import Incomplete, NoSuchCase, NotAllowed, NotNow
from bot.domain.restating import restated
from bot.domain.supplier_case import SupplierCase
from bot.domain.when import read_past


def amend(desk: Desk, by: Person, command: Correct | Void) -> Done:
    """Clocks, state and holds follow in the same transaction; what was printed before can be printed again by `known_at`."""
    if not may_look_at_suppliers(by):
        raise NoSuchCase(f"S-{command.case}")
    if not may_log_for_suppliers(by):
        raise NotAllowed("log")
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        before = ledger.case(command.case)
        events = ledger.events(before.case_id)
        about = next((each for each in events if each.event_id == f"{before.case_id}/{command.event}"), None)
        if about is None:
            raise NotNow(before.case_id, "correct")
        amended = before.amend(about, _what(desk, command, before, now), by.id, now)
        after = restated(amended, (*events, *amended.happened))
        record_case(desk, ledger, after, now)
        if after.is_open:
            tickets_follow(desk, ledger, before, after, by, now, now)
    return Done(before.case_id)


def judge_pause(desk: Desk, by: Person, command: Dispute | Settle) -> Done:
    """IT and contract managers: it is the two houses that disagree, and agree again."""
    if not may_look_at_suppliers(by):
        raise NoSuchCase(f"S-{command.case}")
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        before = ledger.case(command.case)
        match command, _stage(ledger, before, command.pause).type:
            case Dispute(_, pause), PauseStarted.type:
                after = before.dispute(pause, by.id, now)
            case Settle(_, pause, stands), PauseDisputed.type:
                after = before.settle(pause, by.id, now, stands=stands)
            case _:
                raise NotNow(before.case_id, "dispute")
        record_case(desk, ledger, after, now)
    return Done(before.case_id)


def _what(desk: Desk, command: Correct | Void, case: SupplierCase, now: datetime) -> Corrected | Voided:
    if command.why not in REASONS:
        raise Incomplete((("why", "missing" if not command.why else "unknown"),))
    if isinstance(command, Void):
        return Voided(command.why)
    if not command.at.strip():
        raise Incomplete((("at", "missing"),))
    at = sensible(read_past(command.at, now, desk.knowledge.now().organisation.zone), case, now)
    return Corrected(command.why, at)


def _stage(ledger: Ledger, case: SupplierCase, pause: str) -> type[PauseStarted | PauseDisputed | PauseSettled]:
    """How far the quarrel about it has come; what is settled is settled. Raises NotNow for a pause that is none of the case's."""
    found = [
        type(each.what)
        for each in ledger.events(case.case_id)
        if isinstance(each.what, PauseStarted | PauseDisputed | PauseSettled) and each.what.pause_id == pause
    ]
    if PauseStarted not in found:
        raise NotNow(case.case_id, "dispute")
    return found[-1]
