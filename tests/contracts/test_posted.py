"""What stands where in another messenger: from a card to its message, and from a message back to its ticket."""

from datetime import UTC, datetime, timedelta

from bot.domain.commands import Kind, Place
from bot.storage.database import SqlStore
from bot.storage.posted import Posted

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
HERE, MIA = Place("slack", Kind.CHANNEL, "C1"), Place("slack", Kind.DIRECT, "mia")


def test_a_card_is_found_by_its_key_and_by_its_case(database):
    posted = Posted(database)
    posted.note(HERE, "ticket:7:nord", "C1:1.1", NOW)
    posted.note(HERE, "ticket:71:nord", "C1:2.1", NOW)
    posted.note(HERE, "case:7", "C1:3.1", NOW)
    assert posted.message(HERE, "ticket:7:nord") == "C1:1.1"
    assert posted.message(MIA, "ticket:7:nord") is None
    assert (posted.card(HERE, "7"), posted.card(HERE, "S-7"), posted.card(HERE, "1")) == ("C1:1.1", "C1:3.1", None)


def test_the_newest_message_of_a_key_is_the_one_that_counts(database):
    posted = Posted(database)
    posted.note(HERE, "ticket:7:nord", "C1:1.1", NOW)
    posted.note(HERE, "ticket:7:nord", "C1:9.1", NOW)
    assert posted.message(HERE, "ticket:7:nord") == "C1:9.1"
    assert posted.key(HERE, "C1:1.1") is None


def test_a_message_leads_back_to_what_it_is_about_and_to_nothing_else(database):
    posted = Posted(database)
    posted.note(MIA, "told:7:1", "D1:1.1", NOW)
    posted.note(MIA, "heard:mia:abc", "D1:2.1", NOW)
    assert posted.key(MIA, "D1:1.1") == "told:7:1"
    assert posted.key(MIA, "D1:2.1") is None
    assert posted.key(HERE, "D1:1.1") is None


def test_words_on_their_way_are_forgotten_after_a_week_and_cards_stay(database):
    posted, store = Posted(database), SqlStore(database)
    for key in ("heard:mia:abc", "relayed:C1:5.1", "told:7:1", "ticket:7:nord"):
        posted.note(HERE, key, "C1:1.1", NOW)
    store.purge(NOW + timedelta(days=7))
    assert posted.message(HERE, "heard:mia:abc")
    store.purge(NOW + timedelta(days=7, seconds=1))
    assert [posted.message(HERE, key) for key in ("heard:mia:abc", "relayed:C1:5.1")] == [None, None]
    assert posted.message(HERE, "told:7:1") == posted.message(HERE, "ticket:7:nord") == "C1:1.1"
