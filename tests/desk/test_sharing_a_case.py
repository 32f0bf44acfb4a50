"""A supplier case shown to its supplier: the desk says who may make, close and look through a link, and keeps who did."""

from datetime import timedelta

import pytest
from room import MORNING

from bot.desk import measuring, sharing, surveying
from bot.domain.audit import Deed
from bot.domain.refusals import NoSuchCase, NotAllowed

LATER = MORNING + timedelta(days=14)


class Editions:
    def __init__(self):
        self.withdrawn = 0

    def edition(self, _case):
        return self.withdrawn

    def withdraw(self, _case):
        self.withdrawn += 1


def person(room, name):
    return room.knowledge.now().organisation.people[name]


def kept(room):
    return [(each.by, each.deed, each.about) for each in room.store.traces(MORNING)]


def test_a_link_shows_the_case_until_it_is_over_or_closed(handed_over):
    desk, editions, karen = handed_over.desk, Editions(), person(handed_over, "karen")
    edition = sharing.share(desk, editions, karen, 1)
    assert sharing.shown(desk, editions, karen, 1, edition, LATER).picture.case.number == 1
    assert sharing.shown(desk, editions, karen, 1, edition, handed_over.clock.now()) is None
    sharing.withdraw(desk, editions, karen, 1)
    assert sharing.shown(desk, editions, karen, 1, edition, LATER) is None
    assert kept(handed_over) == [("karen", Deed.WITHDREW, "S-1"), ("karen", Deed.SHARED, "S-1")]


@pytest.mark.parametrize(("who", "number"), [("ivo", 1), ("sam", 1), ("mia", 1), ("karen", 99)])
def test_whoever_may_not_makes_closes_and_shows_nothing(handed_over, who, number):
    desk, editions, by = handed_over.desk, Editions(), person(handed_over, who)
    for act in (
        lambda: sharing.share(desk, editions, by, number),
        lambda: sharing.withdraw(desk, editions, by, number),
        lambda: sharing.shown(desk, editions, by, number, 0, LATER),
    ):
        with pytest.raises(NoSuchCase):
            act()
    assert editions.withdrawn == 0
    assert kept(handed_over) == []


@pytest.mark.parametrize("who", ["mia", "sam"])
def test_the_overview_the_figures_and_the_reports_are_for_it_and_contract_managers(room, who):
    for look in (surveying.admit, lambda by: measuring.trends(room.desk, by)):
        look(person(room, "ivo"))
        look(person(room, "karen"))
        with pytest.raises(NotAllowed):
            look(person(room, who))
