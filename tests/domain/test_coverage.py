"""Where nobody would answer. Mutants that die here: an absence that counts outside the open time; one of two present forgotten;
a whole day off by one; sites with the same hours apart; a system without superusers as a hole.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from cast import (
    CALENDARS,
    DAY,
    EVERYWHERE,
    HELPERS,
    LONE,
    MAIL,
    NORTH,
    NOW,
    PRINTER,
    SAM,
    SOUTH,
    SUE,
    later,
    organisation,
    system,
)
from stories import calendar, week

from bot.domain.coverage import Hole, coverage_holes
from bot.domain.intervals import seconds
from bot.domain.people import Absence, Away

MORNING = NOW - timedelta(hours=2)  # eight o'clock in Denmark
EVENING = NOW + timedelta(hours=12)


def holes(house=None, absences=(), expected=DAY, until=EVENING):
    return coverage_holes(house or organisation(), CALENDARS, absences, expected, MORNING, until)


def gone(person, since, until):
    return Absence(person.id, since, until)


def span(start: datetime, end: datetime):
    return (seconds(start), seconds(end))


def test_with_everybody_present_there_is_no_hole():
    assert holes() == ()


def test_one_of_two_is_enough():
    assert holes(absences=[gone(SAM, MORNING, None)]) == ()


def test_when_both_are_away_their_system_has_a_hole_at_their_site():
    away = [gone(SAM, MORNING, later(120)), gone(SUE, later(60), None)]
    assert holes(absences=away) == (Hole(PRINTER, (NORTH,), (span(later(60), later(120)),)),)


def test_to_be_away_when_the_group_is_closed_costs_nothing():
    assert holes(absences=[gone(LONE, EVENING, None)]) == ()


def test_sites_that_share_their_hours_stand_together():
    early = calendar("dag", week("08:00-12:00"))
    found = coverage_holes(organisation(), {**CALENDARS, "dag": early}, (), DAY, MORNING, EVENING)
    noon, closing = NOW.replace(hour=11), NOW.replace(hour=15)
    assert found == (
        Hole(PRINTER, (NORTH, SOUTH), (span(noon, closing),)),
        Hole(MAIL, (), (span(noon, closing),)),
    )


def test_whole_days_off_are_counted_to_the_last():
    house = organisation()
    people = {**house.people, LONE.id: replace(LONE, away=(Away(date(2026, 11, 24), date(2026, 11, 25)),))}
    found = holes(replace(house, people=people), until=MORNING + timedelta(days=3))
    assert [each.system for each in found] == [MAIL]
    assert len(found[0].hours) == 2


def test_where_there_are_no_superusers_at_all_there_is_no_hole():
    house = organisation(systems={PRINTER: system(PRINTER), MAIL: system(MAIL, EVERYWHERE)})
    assert holes(house) == ()
    nowhere = {PRINTER: system(PRINTER, HELPERS, site_aware=True)}
    away = [gone(SAM, MORNING, None), gone(SUE, MORNING, None)]
    assert [each.sites for each in holes(organisation(systems=nowhere), away)] == [(NORTH,)]


def test_a_group_without_hours_or_with_unknown_members_is_never_there():
    found = coverage_holes(organisation(), {}, (), DAY, MORNING, EVENING)
    assert {each.system for each in found} == {PRINTER, MAIL}
    ghosts = replace(EVERYWHERE, members=("nobody",))
    house = organisation()
    found = holes(replace(house, groups={**house.groups, EVERYWHERE.id: ghosts}))
    assert [each.system for each in found] == [MAIL]
