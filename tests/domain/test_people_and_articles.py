"""Who serves what, who may read what, and when somebody is away."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cast import (
    EVERYBODY,
    EVERYWHERE,
    HELPERS,
    IT,
    IVO,
    MAIL,
    MIA,
    NORTH,
    NOW,
    OTHERS,
    PRINTER,
    SAM,
    SOUTH,
    organisation,
)

from bot.domain.articles import Article, ArticleId
from bot.domain.commands import Kind, Place
from bot.domain.courtesy import is_thanks
from bot.domain.people import Absence, Role, Tier


@pytest.mark.parametrize(
    ("group", "system", "site", "covers"),
    [
        (HELPERS, PRINTER, NORTH, True),
        (HELPERS, PRINTER, SOUTH, False),
        (HELPERS, MAIL, NORTH, False),
        (EVERYWHERE, MAIL, SOUTH, True),
        (EVERYWHERE, PRINTER, SOUTH, False),
        (IT, PRINTER, NORTH, True),
        (IT, None, NORTH, True),
        (HELPERS, None, NORTH, False),
    ],
)
def test_a_group_covers_its_system_and_site_and_one_without_covers_all(group, system, site, covers):
    assert group.covers(system, site) is covers


def test_a_person_serves_at_the_tiers_of_their_groups():
    assert SAM.serves(PRINTER, NORTH) == {Tier.SUPERUSER}
    assert SAM.serves(PRINTER, SOUTH) == frozenset()
    assert IVO.serves(PRINTER, SOUTH) == {Tier.IT}
    both = replace(SAM, groups=(HELPERS, IT), roles=frozenset({Role.SUPERUSER, Role.IT}))
    assert replace(both, roles=frozenset({Role.EMPLOYEE})).serves(PRINTER, NORTH) == frozenset()
    assert both.serves(PRINTER, NORTH) == {Tier.SUPERUSER, Tier.IT}
    assert both.is_in(IT.id)
    assert not SAM.is_in(OTHERS.id)


def test_away_holds_from_its_beginning_until_just_before_its_end():
    absence = Absence(SAM.id, NOW, NOW + timedelta(hours=1))
    assert not absence.covers(NOW - timedelta(microseconds=1))
    assert absence.covers(NOW)
    assert absence.covers(NOW + timedelta(minutes=59))
    assert not absence.covers(NOW + timedelta(hours=1))
    assert Absence(SAM.id, NOW, None).covers(NOW + timedelta(days=999))


def test_people_are_found_by_role_and_by_mail_however_it_is_written():
    known = organisation()
    assert [each.id for each in known.having(Role.IT)] == ["ivo"]
    assert len(known.having(Role.EMPLOYEE)) == len(EVERYBODY)
    assert known.by_email(" Mia@Fjordby.EXAMPLE ") is MIA
    assert known.by_email("nobody@fjordby.example") is None


def article(**more):
    return Article(
        ArticleId("vpn"), ("Hvordan kommer jeg på VPN?", "vpn"), {"da": "Sådan.", "en": "Like this."}, **more
    )


def test_an_article_is_called_by_its_first_phrasing_and_answers_in_the_language_asked_for():
    assert article().title() == "Hvordan kommer jeg på VPN?"
    assert article().answer_in("en") == "Like this."
    assert replace(article(), answers={"da": "Sådan."}).answer_in("en") == "Sådan."
    assert replace(article(), answers={}).answer_in("en") == ""


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ((), {each.id for each in EVERYBODY}),
        (("it",), {"ivo"}),
        (("superuser", "it"), {"sam", "sue", "nadia", "lone", "ivo"}),
        (("syd",), {"liv", "nadia"}),
        (("nord", "alle"), {"mia", "sam", "sue", "lone", "ivo", "karen", "nadia"}),
    ],
    ids=["everybody", "a role", "two roles", "a site and a group", "a site or a group"],
)
def test_any_role_group_or_site_of_the_audience_lets_a_person_read(audience, readers):
    """`syd` names a site and a group; `nord` too."""
    one = article(audience=frozenset(audience))
    assert {each.id for each in EVERYBODY if one.is_for(each)} == readers
    assert one.is_for_everyone is (not audience)


@pytest.mark.parametrize(
    "place",
    [
        Place("web", Kind.DIRECT, "mia"),
        Place("web", Kind.CHANNEL, "omsorg-nord"),
        Place("web", Kind.THREAD, "omsorg-nord", "1042"),
        Place("mail", Kind.MAIL, "rimfrost"),
    ],
)
def test_a_place_is_written_and_read(place):
    assert Place.read(str(place)) == place


@pytest.mark.parametrize("text", ["", "web", "web:direct", "web:dance:mia", "web:thread:a:b:c"])
def test_what_is_no_place_is_refused(text):
    with pytest.raises((ValueError, TypeError)):
        Place.read(text)


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("tak", True),
        ("Tusind tak, det virker nu :-)", True),
        ("TAK FOR HJÆLPEN", True),
        ("thanks a lot", True),
        ("👍", True),
        ("", True),
        ("tak, men det virker ikke", False),
        ("det virker", True),
        ("virker det?", True),
        ("nej", False),
        ("takt", False),
    ],
)
def test_only_polite_words_are_thanks(text, thanks):
    assert is_thanks(text) is thanks
