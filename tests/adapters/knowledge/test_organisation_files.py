"""Who helps whom: every name in the organisation's files must lead somewhere, and stand for one thing."""

from datetime import date, timedelta

import pytest
from house_in_files import FILES, House

from bot.domain.people import GroupId, PersonId, Role, SystemId, Tier
from bot.domain.systems import SupplierId

ORGANISATION, SYSTEM, SUPPLIER = "organisation.yaml", "systems/omsorg.yaml", "suppliers/strandvejr.yaml"

MISTAKES = [
    (ORGANISATION, "zone: Europe/Copenhagen", "zone: Danmark", "organisation: zone Danmark is not a zone"),
    (ORGANISATION, "name: Fjordby Kommune", "nam: x", "organisation: nam x is not a known key here"),
    (ORGANISATION, "id: mia", "id: Mia Ø", 'Mia Ø: id "Mia Ø" is not an id: small letters'),
    (ORGANISATION, "mia@fjordby.example", "mia", "mia: email mia is not a mail address"),
    (ORGANISATION, "mia@fjordby.example, site: nord", "mia@fjordby.example, site: syd", "mia: site syd is not a known site"),
    (ORGANISATION, "roles: [employee]}", "roles: []}", "mia: roles needs at least 1"),
    (ORGANISATION, "roles: [employee]}", "roles: [boss]}", "mia: roles[0] boss must be 'employee', 'superuser'"),
    (ORGANISATION, "language: en", "language: no", "ivo: language no is read by YAML as true or false"),
    (ORGANISATION, "to: 2026-11-27", "to: 2026-11-22", "ivo: away[0].to 2026-11-22 is before from; both days are included"),
    (ORGANISATION, "members: [sam]", "members: [sim]", "omsorg-nord: members[0] sim is not a known person; did you mean sam?"),
    (ORGANISATION, "members: [sam]", "members: []", "omsorg-nord: members needs at least 1"),
    (ORGANISATION, "system: omsorg", "system: omsrg", "omsorg-nord: system omsrg is not a known system; did you mean omsorg?"),
    (ORGANISATION, "members: [ivo], calendar: hus", "members: [ivo], calendar: huset", "it: calendar huset is not a known calendar; did you mean hus?"),
    (ORGANISATION, "slack: C01", "irc: C01", "omsorg-nord: channel.irc C01 must be 'web', 'slack' or 'teams'"),
    (SYSTEM, "owner: ivo", "owner: ada", "omsorg: owner ada is not a known person"),
    (SYSTEM, "superuser_groups: [omsorg-nord]", "superuser_groups: [it]", "omsorg: superuser_groups[0] it is not a known superuser group"),
    (SYSTEM, "it_group: it", "it_group: omsorg-nord", "omsorg: it_group omsorg-nord is not a known it group"),
    (SYSTEM, "supplier: strandvejr", "supplier: ingen", "omsorg: supplier ingen is not a known supplier"),
    (SYSTEM, "claim_within: 30 min", "claim_within: soon", "omsorg: claim_within soon is not a span: write hours and minutes"),
    (SYSTEM, "claim_within: 30 min", "claim_within: 0 min", 'omsorg: claim_within "0 min" is no time at all'),
    (SYSTEM, "site_aware: true", "site_aware: 1", "omsorg: site_aware 1 must be true or false"),
    (SYSTEM, "aliases: [journalen]", "aliases: journalen", "omsorg: aliases journalen must be a list"),
    (SYSTEM, "aliases: [journalen]", "aliases: [112]", "omsorg: aliases[0] 112 must be text; if it is, write it in quotes"),
    (SUPPLIER, "mail: servicedesk@strandvejr.example", "mail: servicedesk", "strandvejr: mail servicedesk is not a mail address"),
    (SUPPLIER, "name: Ada, ", "", "strandvejr: ladder[1].name is missing"),
    ("calendars.yaml", '["08:00-16:00"]', '["08:00-16"]', "calendars: calendars.hus.weekly.mon-fri[0] 08:00-16 is not hours"),
    ("calendars.yaml", "calendars:", "extra: 1\ncalendars:", "calendars: extra 1 is not a known key here"),
    ("glossary.yaml", "monitor", "Password", "glossary: groups[1][1] Password stands twice; a word has one group (first in line 2)"),
    ("glossary.yaml", "[skærm, monitor]", "[skærm]", "glossary: groups[1] needs at least 2"),
    ("glossary.yaml", "[skærm, monitor]", "[skærm, on]", 'glossary: groups[1][1] on is read by YAML as true or false: write "on"'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    MISTAKES,
    ids=[new[:40] for _, _, new, _ in MISTAKES],
)
def test_a_mistake_is_told_where_it_stands(house: House, name: str, old: str, new: str, sentence: str):
    line = house.change(name, old, new)
    said = [str(each) for each in house.load().refusals]
    assert any(each.startswith(f"{house.where(name, line)}{sentence}") for each in said), said


def test_one_mistake_causes_one_complaint(house: House):
    house.change(ORGANISATION, "members: [sam]", "members: [sim]")
    assert "sim is not a known person" in house.refusal()


def test_a_mail_address_belongs_to_one_person(house: House):
    line = house.change(ORGANISATION, "sam@fjordby.example", "MIA@fjordby.example")
    first = f"{house.directory.as_posix()}/{ORGANISATION}:{line - 1}"
    assert house.refusal() == (
        f"{house.where(ORGANISATION, line)}sam: email MIA@fjordby.example is used twice (first in {first})"
    )


def test_an_account_is_one_persons_and_stands_with_her(house: House):
    account = ", accounts: {oidc: 0b7e-4a}, site:"
    house.change(ORGANISATION, "email: mia@fjordby.example, site:", "email: mia@fjordby.example" + account)
    known = house.load().known
    assert known
    mia = known.organisation.by_account("oidc", "0b7e-4a")
    assert mia
    assert mia.id == "mia"
    assert known.organisation.by_account("oidc", "0B7E-4A") is None
    line = house.change(ORGANISATION, "email: sam@fjordby.example, site:", "email: sam@fjordby.example" + account)
    assert f"{house.where(ORGANISATION, line)}sam: accounts.oidc 0b7e-4a is used twice" in house.refusal()


@pytest.mark.parametrize(("name", "kind"), [(SYSTEM, "omsorg"), (SUPPLIER, "strandvejr")])
def test_an_id_stands_in_one_file(house: House, name: str, kind: str):
    again = name.replace(".yaml", "-igen.yaml")
    house.write(again, FILES[name])
    first = f"{house.directory.as_posix()}/{again}:1"
    assert house.refusal() == f"{house.where(name, 1)}{kind}: id {kind} is used twice (first in {first})"


def test_a_tier_without_groups_is_told(house: House):
    line = house.change(ORGANISATION, "tier: superuser", "tier: supplier")
    assert "omsorg-nord: tier supplier must be 'superuser' or 'it'" in house.refusal()
    assert house.load().refusals[0].line == line


def test_a_file_that_must_be_there_is_missed(house: House):
    house.remove("calendars.yaml")
    said = [str(each) for each in house.load().refusals]
    assert f"{house.where('calendars.yaml', 1)}calendars: is missing" in said


@pytest.mark.parametrize("name", ["articles/vpn.yml", "organization.yaml", "artikler/vpn.yaml", "agreement.yml"])
def test_a_file_that_nobody_would_read_is_told(house: House, name: str):
    house.write(name, "id: x\n")
    said = house.refusal()
    assert said.startswith(house.where(name, 1))
    assert "is a file that nobody reads" in said


def test_hidden_files_are_nobodys_business(house: House):
    house.write(".cache/x.yaml", "a: [")
    assert house.load().known is not None


def test_a_directory_with_the_name_of_a_file_is_no_file(house: House):
    (house.directory / "articles" / "folder.yaml").mkdir()
    assert house.load().known is not None


def test_a_directory_without_files_is_refused(house: House):
    for name in FILES:
        house.remove(name)
    said = [str(each) for each in house.load().refusals]
    assert f"{house.where('organisation.yaml', 1)}organisation: is missing" in said


def test_a_member_without_the_role_is_worth_a_warning(house: House):
    line = house.change(ORGANISATION, "members: [sam]", "members: [sam, mia]")
    (warning,) = house.warnings()
    assert str(warning) == (
        f"{house.where(ORGANISATION, line)}omsorg-nord: members[1] mia does not have the role superuser"
    )


@pytest.mark.parametrize(
    ("said", "minutes"), [("PT45M", 45), ("2 h", 120), ("1 h 30 min", 90), ("90min", 90), ("PT1H15M", 75)]
)
def test_spans_are_written_as_people_say_them(house: House, said: str, minutes: int):
    house.change(SYSTEM, "claim_within: 30 min", f"claim_within: {said}")
    known = house.load().known
    assert known
    assert known.organisation.systems[SystemId("omsorg")].claim_within == timedelta(minutes=minutes)


def test_the_organisation_is_what_the_files_say(house: House):
    known = house.load().known
    assert known
    organisation = known.organisation
    assert (organisation.name, str(organisation.zone)) == ("Fjordby Kommune", "Europe/Copenhagen")
    ivo, sam = (organisation.people[PersonId(each)] for each in ("ivo", "sam"))
    assert (ivo.roles, ivo.language) == (frozenset({Role.EMPLOYEE, Role.IT}), "en")
    assert [(each.first, each.last) for each in ivo.away] == [(date(2026, 11, 23), date(2026, 11, 27))]
    assert [group.id for group in sam.groups] == [GroupId("omsorg-nord")]
    group = organisation.groups[GroupId("omsorg-nord")]
    assert (group.tier, group.channels) == (Tier.SUPERUSER, (("web", "omsorg-nord"), ("slack", "C01")))
    supplier = organisation.suppliers[SupplierId("strandvejr")]
    assert [(each.name, each.phone, each.mail) for each in supplier.ladder] == [
        ("Vagttelefon", "+45 00 00 21 12", ""),
        ("Ada", "", "ada@strandvejr.example"),
    ]
    assert known.agreement
    assert known.agreement.id == "fjordby-support"
    assert house.load().glossary == (("kode", "password"), ("skærm", "monitor"))
