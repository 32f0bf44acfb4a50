"""The cast of the rules: Mia asks, Sam and Sue help, Ivo is IT, Karen looks after contracts; and a small organisation round them."""

from datetime import UTC, datetime, timedelta

from stories import calendar, week

from bot.domain.events import Source
from bot.domain.people import GroupId, Person, PersonId, Role, SiteId, SupportGroup, SystemId, Tier
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import Organisation, Site, Supplier, SupplierId, System
from bot.domain.ticket import Route, Ticket

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, ten o'clock in Denmark
NORTH, SOUTH = SiteId("nord"), SiteId("syd")
PRINTER, MAIL = SystemId("printer"), SystemId("mail")
DAY, NIGHT = calendar("dag", week("08:00-16:00")), calendar("nat", week("22:00-24:00"))
CALENDARS = {each.id: each for each in (DAY, NIGHT)}


def group(name: str, tier: Tier, *members: str, **more: object) -> SupportGroup:
    return SupportGroup(GroupId(name), tier, "dag", tuple(map(PersonId, members)), **more)  # type: ignore[arg-type]


HELPERS = group("nord", Tier.SUPERUSER, "sam", "sue", system=PRINTER, site=NORTH)
OTHERS = group("syd", Tier.SUPERUSER, "nadia", system=PRINTER, site=SOUTH)
EVERYWHERE = group("alle", Tier.SUPERUSER, "lone", system=MAIL)
IT = group("it", Tier.IT, "ivo")


def person(name: str, *groups: SupportGroup, role: Role = Role.EMPLOYEE, site: SiteId = NORTH) -> Person:
    roles = frozenset({Role.EMPLOYEE, role})
    return Person(PersonId(name), name.title(), f"{name}@fjordby.example", site, roles, groups=groups)


MIA, LIV = person("mia"), person("liv", site=SOUTH)
SAM, SUE = person("sam", HELPERS, role=Role.SUPERUSER), person("sue", HELPERS, role=Role.SUPERUSER)
NADIA, LONE = person("nadia", OTHERS, role=Role.SUPERUSER), person("lone", EVERYWHERE, role=Role.SUPERUSER)
IVO, KAREN = person("ivo", IT, role=Role.IT), person("karen", role=Role.CONTRACT_MANAGER)
EVERYBODY = (MIA, LIV, SAM, SUE, NADIA, LONE, IVO, KAREN)


def system(name: SystemId, *groups: SupportGroup, **more: object) -> System:
    ids = tuple(each.id for each in groups)
    return System(name, name.title(), (f"{name}en",), "ivo", ids, IT.id, timedelta(minutes=30), **more)  # type: ignore[arg-type]


def organisation(**more: object) -> Organisation:
    groups = (HELPERS, OTHERS, EVERYWHERE, IT)
    systems = (system(PRINTER, HELPERS, OTHERS, site_aware=True), system(MAIL, EVERYWHERE))
    parts: dict[str, object] = {
        "people": {each.id: each for each in EVERYBODY},
        "sites": {each: Site(each, each) for each in (NORTH, SOUTH)},
        "groups": {each.id: each for each in groups},
        "systems": {each.id: each for each in systems},
        "suppliers": {SupplierId("rimfrost"): Supplier(SupplierId("rimfrost"), "Rimfrost", "a@rimfrost.example", "")},
    }
    return Organisation(**(parts | more))  # type: ignore[arg-type]


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def fresh(title: str = "Blanke etiketter") -> Ticket:
    return Ticket.open(1042, MIA, Route(Tier.SUPERUSER, HELPERS.id), PRINTER, "q1", title, NOW, "web")


TO_IT = Route(Tier.IT, IT.id, "escalated")


def case():
    fresh = SupplierCase(
        12, SupplierId("rimfrost"), PRINTER, "service", 1, "1", "Alt står stille", "t-r", (7,), later(0), IVO.id,
        confirm_by=later(30),
    )  # fmt: skip
    return fresh.handed_over(later(0), "mail")


def log(before, milestone, minutes, detail="", learned=None):
    at = later(minutes)
    return before.log(milestone, at, learned or at, IVO.id, detail=detail, source=Source.PHONE)
