"""Which group is asked: system, site, and who is there; and IT when nobody is.

Mutants that die here: the site is not looked at; a system of every site asks its site only; the group of another site comes
first; away is not looked at, or a whole day short; closing time counts as open; nobody present asks them all the same;
an unknown system asks a superuser; a name inside another word counts; guesses come twice, or in another order.
"""

from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest
from cast import (
    CALENDARS,
    EVERYWHERE,
    HELPERS,
    IT,
    LONE,
    MAIL,
    MIA,
    NORTH,
    NOW,
    OTHERS,
    PRINTER,
    SAM,
    SOUTH,
    SUE,
    later,
    organisation,
    system,
)
from stories import H24

from bot.domain.people import Absence, Away, PersonId, SiteId, SystemId, Tier
from bot.domain.routing import first_route, guess_systems, is_open, it_route, present, superuser_groups
from bot.domain.ticket import Route

HOUSE = organisation()


def route(house=HOUSE, wanted=PRINTER, site=NORTH, now=NOW, absences=()):
    return first_route(house, CALENDARS, absences, wanted, replace(MIA, site=site), now)


@pytest.mark.parametrize(
    ("wanted", "site", "group"), [(PRINTER, NORTH, HELPERS), (PRINTER, SOUTH, OTHERS), (MAIL, NORTH, EVERYWHERE)]
)
def test_the_superusers_of_the_system_and_site_are_asked(wanted, site, group):
    assert route(wanted=wanted, site=site) == Route(Tier.SUPERUSER, group.id, "offered")


@pytest.mark.parametrize(
    ("wanted", "site", "why"),
    [
        (None, NORTH, "unknown_system"),
        (SystemId("gone"), NORTH, "no_superusers"),
        (PRINTER, SiteId("elsewhere"), "no_superusers"),
    ],
)
def test_where_there_are_none_it_is_asked_and_why_is_said(wanted, site, why):
    assert route(wanted=wanted, site=site) == Route(Tier.IT, IT.id, why)


def test_nobody_of_them_here_and_it_is_asked():
    everybody_gone = [Absence(each.id, NOW, None) for each in (SAM, SUE)]
    assert route(absences=everybody_gone).why == "nobody_present"
    assert route(absences=everybody_gone[:1]).group == HELPERS.id
    back = [Absence(each.id, later(-60), later(0)) for each in (SAM, SUE)]
    not_yet = [Absence(each.id, later(1), None) for each in (SAM, SUE)]
    assert route(absences=[*back, *not_yet]).group == HELPERS.id


def test_outside_their_hours_nobody_is_here():
    assert route(now=later(-121)).why == "nobody_present"
    assert route(now=later(-120)).group == HELPERS.id
    assert route(now=later(6 * 60)).why == "nobody_present"


def test_a_system_that_does_not_look_at_sites_asks_its_groups_own_site_first():
    house = organisation(systems={PRINTER: system(PRINTER, HELPERS, OTHERS)})
    assert [each.id for each in superuser_groups(house, PRINTER, SOUTH)] == ["syd", "nord"]
    assert [each.id for each in superuser_groups(house, PRINTER, NORTH)] == ["nord", "syd"]
    gone = [Absence(PersonId("nadia"), NOW, None)]
    assert route(house, site=SOUTH, absences=gone).group == HELPERS.id


def test_a_group_for_every_site_comes_after_the_sites_own():
    anywhere = replace(EVERYWHERE, system=PRINTER)
    house = organisation(
        groups=dict(HOUSE.groups) | {anywhere.id: anywhere},
        systems={PRINTER: system(PRINTER, anywhere, HELPERS, OTHERS, site_aware=True)},
    )
    assert [each.id for each in superuser_groups(house, PRINTER, NORTH)] == ["nord", "alle"]


def test_groups_and_members_that_left_the_organisation_are_not_asked():
    house = organisation(groups={each.id: each for each in (OTHERS, EVERYWHERE, IT)})
    assert route(house).why == "no_superusers"
    house = organisation(people={LONE.id: LONE})
    assert route(house).why == "nobody_present"


def test_whole_days_away_are_days_of_the_house():
    """The 24th begins an hour before midnight in UTC."""
    zone = ZoneInfo("Europe/Copenhagen")
    sam = replace(SAM, away=(Away(date(2026, 11, 24), date(2026, 11, 25)),))
    house = organisation(people={sam.id: sam, SUE.id: SUE}, zone=zone)
    always = {"dag": replace(CALENDARS["dag"], versions=H24.versions)}

    def here(at):
        return [each.id for each in present(house, always, (), HELPERS, at)]

    first = NOW.replace(day=23, hour=23, minute=0)
    assert here(first - timedelta(seconds=1)) == ["sam", "sue"]
    assert here(first) == ["sue"]
    assert here(first + timedelta(days=2, seconds=-1)) == ["sue"]
    assert here(first + timedelta(days=2)) == ["sam", "sue"]


def test_who_asks_is_not_the_one_who_helps():
    """Sam is at work, and his own question needs somebody else."""
    alone = replace(HELPERS, members=(SAM.id,))
    house = organisation(groups=dict(HOUSE.groups) | {HELPERS.id: alone})
    assert first_route(house, CALENDARS, (), PRINTER, SAM, NOW) == Route(Tier.IT, IT.id, "nobody_present")
    assert first_route(house, CALENDARS, (), PRINTER, MIA, NOW) == Route(Tier.SUPERUSER, HELPERS.id)
    assert first_route(HOUSE, CALENDARS, (), PRINTER, SAM, NOW) == Route(Tier.SUPERUSER, HELPERS.id)


def test_open_is_from_the_first_second_to_just_before_the_last():
    day = CALENDARS["dag"]
    opens, closes = NOW.replace(hour=7), NOW.replace(hour=15)
    assert [is_open(day, each) for each in (opens - timedelta(seconds=1), opens, closes - timedelta(seconds=1), closes)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_system_has_its_own_it_group():
    other = replace(IT, id="it-two")
    house = organisation(
        groups=dict(HOUSE.groups) | {"it-two": other},
        systems={PRINTER: replace(HOUSE.systems[PRINTER], it_group="it-two")},
    )
    assert it_route(house, PRINTER, "escalated") == Route(Tier.IT, "it-two", "escalated")
    assert it_route(house, MAIL, "escalated").group == IT.id


@pytest.mark.parametrize(
    ("text", "ranked", "guesses"),
    [
        ("Printeren er i stykker", (), ["printer"]),
        ("PRINTER!", (), ["printer"]),
        ("min printer, og min mail", (), ["printer", "mail"]),
        ("printerens papir", (), []),
        ("e-mail", (), ["mail"]),
        ("noget helt andet", ("mail", None, "mail", "printer"), ["mail", "printer"]),
        ("printer", ("mail", "printer"), ["printer", "mail"]),
        ("", ("a", "b", "c", "d"), ["a", "b", "c"]),
    ],
)
def test_guesses_are_what_is_named_and_then_what_came_near_each_once_and_three_at_most(text, ranked, guesses):
    assert list(guess_systems(HOUSE, text, ranked)) == guesses


def test_the_zone_of_a_house_is_utc_until_its_file_says_otherwise():
    assert HOUSE.zone is UTC
