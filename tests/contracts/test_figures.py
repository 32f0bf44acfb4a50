"""What is counted for those who run it: on both databases, and of nobody in particular."""

from dataclasses import replace

from given import NOW, after, card, channel, delivered, handed_over, opened

from bot.storage.database import SqlStore
from bot.storage.figures import figures


def test_the_desk_in_figures(database):
    store = SqlStore(database)
    assert set(figures(database, NOW).values()) == {0.0}
    store.receive(delivered("k"))
    with store.transaction() as ledger:
        for number in (1, 2):
            ledger.save_ticket(opened(number))
        ledger.queue([card(channel("a"), 1), card(channel("b"), 2)], NOW)
    store.bury(store.waiting(channel("b"), NOW)[0], "archived", NOW)
    assert figures(database, after(minutes=2)) == {
        "tickets_open_superuser": 2.0,
        "tickets_open_it": 0.0,
        "supplier_cases_open": 0.0,
        "supplier_cases_near_due": 0.0,
        "supplier_cases_breached": 0.0,
        "outbox_waiting": 1.0,
        "outbox_oldest_seconds": 120.0,
        "outbox_dead": 1.0,
        "inbox_unfinished": 1.0,
    }


def test_cases_near_their_due_and_past_it_are_told_apart(database):
    due = {"due_at": after(hours=4), "near_at": after(hours=3)}
    with SqlStore(database).transaction() as ledger:
        ledger.save_case(replace(handed_over(1), **due))
        ledger.save_case(handed_over(2))

    def told(hours):
        found = figures(database, after(hours=hours))
        return [found[f"supplier_cases_{each}"] for each in ("open", "near_due", "breached")]

    assert [told(hours) for hours in (2, 3, 4, 5)] == [[2, 0, 0], [2, 1, 0], [2, 1, 0], [2, 0, 1]]
