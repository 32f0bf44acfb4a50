"""What the web messenger shows: posts of a place, updated in place, and numbered so that streams can ask."""

from given import MIA, NOW, after, channel

from bot.domain.commands import Kind, Place
from bot.storage.posts import Post, Posts

HERE, THERE = channel("nord"), Place("web", Kind.THREAD, "19:ab@x", "1042")


def test_a_post_comes_back_as_it_was_put(database):
    posts = Posts(database)
    number = posts.put(THERE, "ticket:1", MIA.id, '{"text":"æ"}', NOW, "ticket:1:7")
    assert posts.page(THERE) == [Post(number, THERE, "ticket:1", MIA.id, '{"text":"æ"}', NOW, 1, 1)]
    assert posts.page(HERE) == []


def test_an_update_stays_where_the_post_was_and_is_seen_by_streams(database):
    posts = Posts(database)
    first = posts.put(HERE, "a", "bot", "old", NOW)
    second = posts.put(HERE, "b", "bot", "other", NOW)
    seen = posts.newest()
    assert posts.put(HERE, "a", "bot", "new", after(minutes=1)) == first
    assert [(each.id, each.message, each.revision, each.at) for each in posts.page(HERE)] == [
        (first, "new", 2, NOW),
        (second, "other", 1, NOW),
    ]
    assert [each.message for each in posts.since(seen)] == ["new"]
    assert posts.newest() == seen + 1


def test_one_key_at_two_places_is_two_posts(database):
    posts = Posts(database)
    assert posts.put(HERE, "a", "bot", "here", NOW) != posts.put(THERE, "a", "bot", "there", NOW)
    assert [each.message for each in posts.since(0)] == ["here", "there"]


def test_posts_without_a_key_are_all_new(database):
    posts = Posts(database)
    assert posts.put(HERE, "", "bot", "one", NOW) != posts.put(HERE, "", "bot", "two", NOW)
    assert [(each.key, each.message) for each in posts.page(HERE)] == [("", "one"), ("", "two")]


def test_an_attempt_finds_what_an_earlier_one_left(database):
    posts = Posts(database)
    first = posts.put(HERE, "", "bot", "one", NOW, "9:9")
    posts.put(HERE, "", MIA.id, "no key", NOW)
    assert posts.sent_as("9:9") == first
    assert posts.sent_as("9:10") is None
    update = posts.put(HERE, "a", "bot", "one", NOW, "a:10")
    posts.put(HERE, "a", "bot", "two", NOW, "a:11")
    assert (posts.sent_as("a:10"), posts.sent_as("a:11")) == (None, update)


def test_a_place_is_read_page_by_page_from_the_newest(database):
    posts = Posts(database)
    ids = [posts.put(HERE, "", "bot", str(nth), NOW) for nth in range(5)]
    posts.put(THERE, "", "bot", "elsewhere", NOW)
    assert [each.message for each in posts.page(HERE, 2)] == ["3", "4"]
    assert [each.message for each in posts.page(HERE, 2, ids[3])] == ["1", "2"]
    assert [each.message for each in posts.page(HERE, 2, ids[1])] == ["0"]
    assert posts.page(HERE, 2, ids[0]) == []


def test_a_stream_reads_on_from_what_it_saw(database):
    posts = Posts(database)
    assert posts.newest() == 0
    assert posts.since(0) == []
    for nth in range(5):
        posts.put(HERE, "", "bot", str(nth), NOW)
    first = posts.since(0, 3)
    assert [each.message for each in first] == ["0", "1", "2"]
    assert [each.message for each in posts.since(first[-1].changed)] == ["3", "4"]
    assert posts.since(posts.newest()) == []
