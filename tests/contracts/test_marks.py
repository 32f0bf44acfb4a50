"""How far somebody has read: never back, each for themselves, on both databases."""

from dataclasses import replace

from given import NOW, channel
from reached import reached

from bot.domain.people import PersonId
from bot.storage.marks import Marks
from bot.storage.posts import Posts

MIA, SAM = PersonId("mia"), PersonId("sam")
NORTH, SOUTH = channel("nord"), channel("syd")


def test_one_who_was_never_there_has_reached_nothing(database):
    assert reached(Marks(database), MIA, NORTH) is None


def test_of_two_windows_the_one_that_has_seen_more_counts(database):
    marks = Marks(database)
    for post in (3, 7, 5):
        marks.reach(MIA, NORTH, post)
    marks.reach(SAM, NORTH, 1)
    marks.reach(MIA, SOUTH, 2)
    assert [reached(marks, *each) for each in ((MIA, NORTH), (SAM, NORTH), (MIA, SOUTH), (SAM, SOUTH))] == [
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


def part(name, place=NORTH):
    return replace(place, thread=name)


def test_the_marks_of_a_place_and_of_its_parts_are_one_answer(database):
    """And of no other's: names may differ in a letter's case, or in what a pattern takes for any letter."""
    marks = Marks(database)
    for place, post in ((NORTH, 3), (part("1"), 5), (part("10"), 7), (channel("Nord"), 1), (part("2", SOUTH), 2)):
        marks.reach(MIA, place, post)
    marks.reach(SAM, part("1"), 9)
    assert marks.reached_under(MIA, NORTH) == {"": 3, "1": 5, "10": 7}
    assert marks.reached_under(MIA, channel("n_rd")) == {}
    assert marks.reached_under(MIA, channel("Nord")) == {"": 1}
    assert marks.reached_under(SAM, NORTH) == {"1": 9}


def test_a_place_that_was_read_as_far_as_its_parts_needs_none_of_their_marks(database):
    marks = Marks(database)
    for place, post in ((part("1"), 5), (part("2"), 6), (part("10"), 9), (part("1", SOUTH), 5)):
        marks.reach(MIA, place, post)
    marks.reach(SAM, part("1"), 5)
    marks.reach(MIA, NORTH, 6)
    assert marks.reached_under(MIA, NORTH) == {"": 6, "10": 9}
    assert marks.reached_under(MIA, SOUTH) == {"1": 5}
    assert marks.reached_under(SAM, NORTH) == {"1": 5}


def test_a_part_that_was_read_says_nothing_of_another(database):
    marks = Marks(database)
    marks.reach(MIA, part("10"), 5)
    marks.reach(MIA, part("1"), 6)
    assert marks.reached_under(MIA, NORTH) == {"1": 6, "10": 5}
