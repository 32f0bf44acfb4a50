"""How the two databases are opened, what they forget, and what never leaves them."""

import threading
import traceback

import pytest
from given import MIA, NOW, after, asked, card, channel, delivered, handed_over, opened
from sqlalchemy import insert, select, text

from bot.desk.ports import Text
from bot.domain.lists import folded
from bot.storage.database import SqlStore, open_store
from bot.storage.engine import Database
from bot.storage.scalars import micros, place_from, place_text
from bot.storage.tables import cases, events, inbox, outbox, texts, tickets

PRIVATE = "Min mor har fået en ny hofte"


def rows(database, column):
    with database.reading() as connection:
        return list(connection.execute(select(column)).scalars())


def test_what_was_kept_survives_a_restart(empty_sqlite):
    first = open_store(empty_sqlite)
    with first.transaction() as ledger:
        ledger.save_ticket(opened(ledger.next_ticket_number()))
        ledger.queue([card(channel("nord"))], NOW)
    first.receive(delivered("k"))
    first.close()
    second = open_store(empty_sqlite)
    with second.transaction() as ledger:
        assert ledger.ticket(1).requester == MIA.id
        assert ledger.next_ticket_number() == 2
    assert [each.key for each in second.unfinished()] == ["k"]
    assert second.lease("w", NOW).place == channel("nord")
    second.close()


def test_who_looks_sees_one_moment(database):
    """What is written meanwhile is for the next look, so that the figures of a page fit each other."""
    store = SqlStore(database)

    def open_one():
        with store.transaction() as ledger:
            ledger.save_ticket(opened(ledger.next_ticket_number()))

    with store.reading() as ledger:
        assert ledger.open_tickets() == []
        other = threading.Thread(target=open_one)
        other.start()
        other.join()
        assert ledger.open_tickets() == []
        assert ledger.recent(MIA.id, NOW).open_tickets == 0
    with store.reading() as ledger:
        assert len(ledger.open_tickets()) == 1


def test_sqlite_keeps_what_it_said_it_kept(empty_sqlite):
    database = Database(empty_sqlite)
    with database.writing() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


@pytest.mark.parametrize("url", ["mysql://x/y", "oracle://x"])
def test_another_kind_of_database_is_refused_by_name(url):
    with pytest.raises(ValueError, match=r"sqlite:///path or postgresql\+psycopg://…, not (mysql|oracle)"):
        Database(url)


def test_what_was_done_or_sent_is_really_gone_after_seven_days(database):
    store = SqlStore(database)
    store.receive(delivered("k"))
    with store.finishing(delivered("k")).transaction() as ledger:
        ledger.queue([card(channel("nord"), 1, "a"), card(channel("nord"), 2, "a"), card(channel("nord"), 3)], NOW)
    sent, dead = store.waiting(channel("nord"), NOW)
    store.sending(sent, "w", NOW)
    store.sent(sent, "m", NOW)
    store.bury(dead, "gone", NOW)
    store.purge(after(days=7))
    assert sorted(rows(database, outbox.c.state)) == ["dead", "replaced", "sent"]
    assert rows(database, inbox.c.key) == ["k"]
    store.purge(after(days=7, seconds=1))
    assert rows(database, outbox.c.state) == ["dead"]
    assert rows(database, inbox.c.key) == []


def test_a_done_delivery_keeps_its_key_only(database):
    store = SqlStore(database)
    store.receive(delivered("k"))
    with store.finishing(delivered("k")).transaction():
        pass
    with database.reading() as connection:
        row = connection.execute(select(inbox)).one()
    assert (row.key, row.command, row.by, row.place) == ("k", None, "", "")


def test_what_people_wrote_is_in_one_table_only_and_a_title_folded_beside_it(database):
    store = SqlStore(database)
    with store.transaction() as ledger:
        ledger.write(Text("t-q", "Q-q", "question", MIA.id, NOW, PRIVATE))
        ledger.save_question(asked("q"))
        ledger.save_ticket(opened(1, question="q", title=PRIVATE).comment(MIA, NOW, "t-q", "employee"))
        ledger.save_ticket(opened(2, title=PRIVATE))
        ledger.save_case(handed_over(1, title=PRIVATE))
    assert holding(database, PRIVATE) == ["texts"]
    assert holding(database, folded(PRIVATE)) == ["cases", "tickets"]
    assert sorted(rows(database, tickets.c.title)) == ["#2/title", "t-q"]
    heads = rows(database, cases.c.title)
    with store.transaction() as ledger:
        ledger.erase(["t-q", "#2/title", *heads])
    assert holding(database, PRIVATE) == holding(database, folded(PRIVATE)) == []


def holding(database, words):
    with database.reading() as connection:
        every = {each.name: str(connection.execute(select(each)).all()) for each in outbox.metadata.sorted_tables}
    return sorted(name for name, rows in every.items() if words in rows)


def test_an_error_does_not_repeat_what_people_wrote(database):
    row = {"id": "t", "case_id": "#1", "kind": "comment", "by": "mia", "at": 0, "body": PRIVATE}
    try:
        with database.writing() as connection:
            connection.execute(insert(texts), row)
            connection.execute(insert(texts), row)
    except Exception:  # noqa: BLE001  # whatever it is, its traceback is what a log would hold
        said = traceback.format_exc()
    assert "Changed" in said
    assert PRIVATE not in said


def test_only_a_race_is_tried_again(database):
    """A fault of ours would otherwise be repeated, and hidden."""
    with pytest.raises(Exception, match=r"(?i)not.null"), database.writing() as connection:
        connection.execute(insert(events), {"event_id": "e"})


def test_a_fault_is_told_as_it_is(database):
    with pytest.raises(Exception, match="nowhere"), database.writing() as connection:
        connection.execute(text("SELECT 1 FROM nowhere"))


def test_a_ticket_needs_the_words_of_its_title(database):
    store = SqlStore(database)
    with store.transaction() as ledger:
        ledger.save_ticket(opened(1))
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.writing() as connection:
        connection.execute(texts.delete())


def test_an_instant_without_a_zone_is_not_stored():
    with pytest.raises(TypeError, match="offset-naive"):
        micros(NOW.replace(tzinfo=None))


@pytest.mark.parametrize("who", ["mia", "19:ab%c@thread.tacv2;messageid=1", "", "æ ø/å", "a:b:c"])
def test_a_place_is_one_word_and_comes_back(who):
    place = channel(who)
    assert place_from(place_text(place)) == place
    assert len(place_text(place).split(":")) == 4
