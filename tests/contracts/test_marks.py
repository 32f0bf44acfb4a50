"""How far somebody has read: never back, each for themselves, on both databases."""

from given import NOW, channel

from bot.domain.people import PersonId
from bot.storage.marks import Marks
from bot.storage.posts import Posts

MIA, SAM = PersonId("mia"), PersonId("sam")
NORTH, SOUTH = channel("nord"), channel("syd")


def test_one_who_was_never_there_has_reached_nothing(database):
    assert Marks(database).reached(MIA, NORTH) is None


def test_of_two_windows_the_one_that_has_seen_more_counts(database):
    marks = Marks(database)
    for post in (3, 7, 5):
        marks.reach(MIA, NORTH, post)
    marks.reach(SAM, NORTH, 1)
    marks.reach(MIA, SOUTH, 2)
    assert [marks.reached(*each) for each in ((MIA, NORTH), (SAM, NORTH), (MIA, SOUTH), (SAM, SOUTH))] == [
        7,
        1,
        2,
        None,
    ]


def test_what_stands_after_a_post_of_a_place(database):
    posts = Posts(database)
    ids = [posts.put(place, f"k{nth}", "", "{}", NOW) for nth, place in enumerate((NORTH, SOUTH, NORTH, NORTH))]
    posts.put(NORTH, "k0", "", "{}", NOW)
    assert [each.id for each in posts.above(NORTH, ids[0])] == [ids[2], ids[3]]
    assert [each.id for each in posts.above(NORTH, 0, 2)] == [ids[0], ids[2]]
    assert posts.above(NORTH, ids[3]) == []
