"""What the web messenger asks of whatever keeps its posts: the same from the forgetting ones and from both databases."""

from datetime import UTC, datetime

import pytest
from stores import POSTGRES

from bot.domain.commands import Kind, Place
from bot.messengers.web.memory import MemoryPosts
from bot.storage.engine import Database
from bot.storage.posts import Posts

MIA, NORTH = Place("web", Kind.DIRECT, "mia"), Place("web", Kind.CHANNEL, "omsorg-nord")
AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.fixture(params=["memory", "sqlite", POSTGRES])
def posts(request):
    if request.param == "memory":
        yield MemoryPosts()
        return
    database = Database(request.getfixturevalue(f"empty_{request.param}"))
    yield Posts(database)
    database.close()


def said(rows):
    return [(row.place, row.author, row.message, row.revision) for row in rows]


def test_a_post_without_a_key_is_always_a_new_one(posts):
    first, second = (posts.put(MIA, "", "mia", "hej", AT) for _ in range(2))
    assert first < second
    assert said(posts.page(MIA)) == [(MIA, "mia", "hej", 1)] * 2


def test_a_key_is_updated_where_it_stands_and_only_at_its_place(posts):
    first = posts.put(MIA, "k", "", "et", AT, "s1")
    posts.put(NORTH, "k", "", "et andet sted", AT)
    posts.put(MIA, "", "mia", "to", AT)
    assert posts.put(MIA, "k", "", "et, rettet", AT, "s2") == first
    assert said(posts.page(MIA)) == [(MIA, "", "et, rettet", 2), (MIA, "mia", "to", 1)]


def test_changes_are_numbered_over_all_places_and_read_in_their_order(posts):
    assert posts.newest() == 0
    posts.put(MIA, "k", "", "et", AT)
    seen = posts.newest()
    posts.put(NORTH, "", "", "to", AT)
    posts.put(MIA, "k", "", "et, rettet", AT)
    later = posts.since(seen)
    assert [row.message for row in later] == ["to", "et, rettet"]
    assert [row.changed for row in later] == sorted(row.changed for row in later)
    assert later[-1].changed == posts.newest()
    assert [row.message for row in posts.since(seen, 1)] == ["to"]


def test_a_page_ends_with_the_latest_and_another_lies_above_it(posts):
    ids = [posts.put(MIA, "", "", str(nth), AT) for nth in range(5)]
    assert [row.message for row in posts.page(MIA, 2)] == ["3", "4"]
    assert [row.message for row in posts.page(MIA, 2, ids[3])] == ["1", "2"]
    assert posts.page(NORTH) == []


def test_the_outbox_is_told_which_post_an_attempt_became(posts):
    post = posts.put(MIA, "k", "", "et", AT, "s1")
    assert posts.sent_as("s1") == post
    assert posts.sent_as("s2") is None
