"""Words about something long over are forgotten: from every table, on both databases, and no figure changes."""

from dataclasses import replace

import pytest
from given import IVO, MIA, NOW, after, asked, channel, handed_over, opened

from bot.desk.ports import Text
from bot.domain.commands import Kind, Milestone, Place
from bot.domain.events import Source
from bot.storage.database import SqlStore
from bot.storage.forgetting import forget
from bot.storage.posts import Posts
from bot.storage.tables import metadata

WORDS = "min hemmelige etiket"
LATER = after(days=400)


@pytest.fixture
def store(database):
    return SqlStore(database)


def write(ledger, name, case_id, at=NOW):
    ledger.write(Text(name, case_id, "comment", MIA.id, at, WORDS))


def said(database):
    """Every table's every word, as it lies there."""
    with database.reading() as connection:
        return "".join(
            str(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(table.select())
        )


def closed(ledger, number, at):
    ledger.save_ticket(opened(number, title=WORDS))
    ledger.save_ticket(ledger.ticket(number).cancel(MIA, at))


def test_of_what_was_over_long_ago_no_word_is_left(database, store):
    posts = Posts(database)
    with store.transaction() as ledger:
        closed(ledger, 1, after(days=1))
        write(ledger, "t1", "#1")
        ledger.save_question(asked("q"))
        ledger.write(Text("t-q", "Q-q", "question", MIA.id, NOW, WORDS))
        before = [*ledger.events("#1")]
    posts.put(Place("web", Kind.DIRECT, "mia"), "own:1", "mia", WORDS, NOW)
    posts.put(channel("nord"), "ticket:1:nord", "", WORDS, NOW)
    assert WORDS in said(database)
    assert forget(database, LATER) == 5  # the comment, the title, the question; and two posts
    assert WORDS not in said(database)
    with store.reading() as ledger:
        assert [*ledger.events("#1")] == before
        assert ledger.ticket(1).title == ""
    assert forget(database, LATER) == 0


def test_what_is_open_or_happened_since_keeps_its_words(database, store):
    posts = Posts(database)
    with store.transaction() as ledger:
        ledger.save_ticket(opened(1, title=WORDS))
        closed(ledger, 2, after(days=399))
        write(ledger, "t1", "#1")
        write(ledger, "t2", "#2")
        write(ledger, "t3", "#1", after(days=401))
    posts.put(channel("nord"), "ticket:1:nord", "", WORDS, NOW)
    posts.put(Place("web", Kind.THREAD, "nord", "1"), "", "sam", WORDS, NOW)
    posts.put(Place("web", Kind.DIRECT, "mia"), "own:1", "mia", WORDS, after(days=401))
    assert forget(database, after(days=390)) == 0
    assert len(posts.since(0)) == 3


def test_what_was_asked_long_before_it_was_over_keeps_its_words_as_long(database, store):
    """The words of a question are older than what became of them."""
    with store.transaction() as ledger:
        ledger.write(Text("t-q", "Q-q", "question", MIA.id, NOW, WORDS))
        ledger.save_question(asked("q").became(1))
        ledger.save_ticket(opened(1, question="q", title=WORDS))
        ledger.save_ticket(ledger.ticket(1).cancel(MIA, after(days=399)))
    assert forget(database, after(days=390)) == 0
    with store.reading() as ledger:
        assert ledger.ticket(1).title == WORDS
    assert forget(database, after(days=400)) == 1
    assert WORDS not in said(database)


def test_the_words_of_a_closed_ticket_that_head_an_open_supplier_case_stay_until_it_is_over(database, store):
    with store.transaction() as ledger:
        ledger.save_ticket(opened(1, title=WORDS))
        ledger.save_case(replace(handed_over(1, (1,), title=WORDS)))
        ledger.save_ticket(ledger.ticket(1).cancel(MIA, after(days=1)))
    forget(database, LATER)
    with store.reading() as ledger:
        assert ledger.case(1).title == WORDS
    with store.transaction() as ledger:
        over = ledger.case(1).log(Milestone.CANCEL, after(days=2), after(days=2), IVO.id, source=Source.BOT)
        ledger.save_case(over)
    forget(database, LATER)
    assert WORDS not in said(database)


def test_many_are_forgotten_a_few_at_a_time(database, store):
    with store.transaction() as ledger:
        ledger.save_ticket(opened(1))
        closed(ledger, 2, NOW)
        for nth in range(1200):
            write(ledger, f"t{nth}", f"#{1 + nth % 2}")
    assert forget(database, LATER) == 601
