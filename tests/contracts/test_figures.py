"""What is counted for those who run it: on both databases, and of nobody in particular."""

from given import NOW, after, card, channel, delivered, opened

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
        "outbox_waiting": 1.0,
        "outbox_oldest_seconds": 120.0,
        "outbox_dead": 1.0,
        "inbox_unfinished": 1.0,
    }
