"""All or nothing, one at a time, and looking changes nothing: on every store."""

import threading
from contextlib import ExitStack

import pytest
from given import MIA, NOW, SAM, SUE, after, asked, card, channel, opened

from bot.desk.ports import Text
from bot.domain.people import Absence
from bot.domain.refusals import AlreadyClaimed


class Crash(Exception):
    pass


def everything(store):
    """All that can be seen of a store."""
    with store.reading() as ledger:
        kept = (
            list(ledger.open_tickets()),
            list(ledger.open_cases()),
            ledger.recent(MIA.id, NOW),
            list(ledger.events_between(after(days=-1), after(days=1))),
            list(ledger.texts_of("#1")),
            list(ledger.absences()),
            dict(ledger.texts(["t", "#1/title", "#2/title"])),
        )
    return kept, store.next_send_at()


def fill(ledger):
    ledger.save_ticket(opened(ledger.next_ticket_number()))
    ledger.save_question(asked("q"))
    ledger.write(Text("t", "#1", "comment", MIA.id, NOW, "ord"))
    ledger.save_absence(SAM.id, Absence(SAM.id, NOW, None))


def test_a_crash_leaves_no_trace(store):
    with store.transaction() as ledger:
        fill(ledger)
    before = everything(store)

    def crash():
        with store.transaction() as ledger:
            ledger.save_ticket(ledger.ticket(1).claim(SAM, NOW))
            ledger.save_ticket(ledger.ticket(1).release(SAM, NOW))
            ledger.save_ticket(opened(ledger.next_ticket_number()))
            ledger.save_question(ledger.question("q").became(1))
            ledger.erase(["t", "#1/title"])
            ledger.save_absence(SAM.id, None)
            ledger.save_absence(SUE.id, Absence(SUE.id, NOW, None))
            ledger.queue([card(channel("nord"))], NOW)
            raise Crash

    with pytest.raises(Crash):
        crash()
    assert everything(store) == before
    with store.transaction() as ledger:
        assert ledger.next_ticket_number() == 2


def test_a_refusal_leaves_no_trace_either(store):
    with store.transaction() as ledger:
        ledger.save_ticket(opened(1).claim(SAM, NOW))
    before = everything(store)

    def claim():
        with store.transaction() as ledger:
            ledger.queue([card(channel("nord"))], NOW)
            ledger.ticket(1).claim(SUE, NOW)

    with pytest.raises(AlreadyClaimed):
        claim()
    assert everything(store) == before


def test_a_transaction_sees_what_it_wrote(store):
    with store.transaction() as ledger:
        fill(ledger)
        ledger.save_ticket(ledger.ticket(1).claim(SAM, NOW))
        assert ledger.ticket(1).assignee == SAM.id
        assert ledger.recent(MIA.id, NOW).open_tickets == 1


WRITES = {
    "a number": lambda ledger: ledger.next_ticket_number(),
    "a case number": lambda ledger: ledger.next_case_number(),
    "a ticket": lambda ledger: ledger.save_ticket(ledger.ticket(1).claim(SAM, NOW)),
    "a question": lambda ledger: ledger.save_question(asked("new")),
    "a text": lambda ledger: ledger.write(Text("new", "#1", "comment", MIA.id, NOW, "")),
    "an erasure": lambda ledger: ledger.erase(["t"]),
    "an absence": lambda ledger: ledger.save_absence(SAM.id, None),
    "a notice": lambda ledger: ledger.queue([card(channel("nord"))], NOW),
    "what was told": lambda ledger: ledger.first_told("key", NOW),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_who_only_reads_cannot_write(store, write):
    with store.transaction() as ledger:
        fill(ledger)
    before = everything(store)
    with pytest.raises(RuntimeError, match="reading only"), store.reading() as ledger:
        write(ledger)
    assert everything(store) == before


@pytest.mark.parametrize("inner", ["transaction", "reading"])
@pytest.mark.parametrize("outer", ["transaction", "reading"])
def test_a_second_transaction_in_one_thread_is_a_fault_not_a_deadlock(store, outer, inner):
    with ExitStack() as open_ones:
        open_ones.enter_context(getattr(store, outer)())
        with pytest.raises(RuntimeError, match="already open"):
            open_ones.enter_context(getattr(store, inner)())
    with store.transaction() as ledger:
        assert ledger.next_ticket_number() == 1


def test_nobody_sees_what_is_not_committed(store):
    seen = []

    def look():
        with store.reading() as ledger:
            seen.append(len(ledger.open_tickets()))

    other = threading.Thread(target=look)
    with store.transaction() as ledger:
        ledger.save_ticket(opened(1))
        other.start()
        ledger.save_ticket(opened(2))
    other.join()
    assert seen in ([0], [2])
