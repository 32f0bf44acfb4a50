"""People, sites, groups, systems and suppliers → the organisation. Every name that one file uses must stand in another."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date
from typing import Any

from bot.domain.articles import Caution
from bot.domain.people import Away, GroupId, Person, PersonId, Role, SiteId, SupportGroup, SystemId, Tier
from bot.domain.systems import Organisation, Rung, Site, Supplier, SupplierId, System
from bot.storage.knowledge.page import Page, Place
from bot.storage.knowledge.schema import (
    GroupShape,
    OrganisationFile,
    PersonShape,
    SiteShape,
    SupplierShape,
    SystemShape,
)
from bot.storage.knowledge.shape import Names, ShapeT, part

_ROLE_OF_TIER = {"superuser": "superuser", "it": "it"}


def names_in(organisation: Page, calendars: Page, systems: Sequence[Page], suppliers: Sequence[Page]) -> Names:
    """What may be referred to, read from the ids as they stand, so that one mistake does not cause ten complaints."""
    groups = [each for _, each in organisation.items(("groups",)) if isinstance(each, dict)]
    sites, every_group = _ids(organisation, "sites"), _ids(organisation, "groups")
    return {
        "person": _ids(organisation, "people"),
        "site": sites,
        "superuser group": frozenset(_id(each) for each in groups if each.get("tier") != "it"),
        "it group": frozenset(_id(each) for each in groups if each.get("tier") == "it"),
        "system": frozenset(_id(page.value) for page in systems),
        "supplier": frozenset(_id(page.value) for page in suppliers),
        "calendar": frozenset(name for _, name in calendars.keys(("calendars",))),
        "audience": sites | every_group | {role.value for role in Role},
    }


def organisation_of(page: Page, systems: Sequence[Page], suppliers: Sequence[Page], names: Names) -> Organisation:
    """What is right of it. Complaints are on the pages."""
    head = part(page, (), OrganisationFile, {})
    for key in ("people", "sites", "groups"):
        check_once([(page, place, each) for place, each in page.items((key,))], "id")
    check_once([(page, place, each) for place, each in page.items(("people",))], "email")
    check_once(list(_accounts(page)), "oidc")
    check_once([(each, (), each.value) for each in systems], "id")
    check_once([(each, (), each.value) for each in suppliers], "id")
    groups = {each.id: each for each in map(_group, _each(page, "groups", GroupShape, names))}
    people = [_person(each, groups.values()) for each in _each(page, "people", PersonShape, names)]
    _check_away(page)
    _warn_of_roles(page)
    made_systems = [_system(each) for each in _alone(systems, SystemShape, names)]
    made_suppliers = [_supplier(each) for each in _alone(suppliers, SupplierShape, names)]
    sites = [Site(SiteId(each.id), each.name) for each in _each(page, "sites", SiteShape, names)]
    return Organisation(
        people={each.id: each for each in people},
        sites={each.id: each for each in sites},
        groups=groups,
        systems={each.id: each for each in made_systems},
        suppliers={each.id: each for each in made_suppliers},
        name=head.name if head else "",
        zone=head.zone if head else UTC,
    )


def check_once(things: Iterable[tuple[Page, Place, Any]], key: str) -> None:
    """Refuses a second thing with the same id (or address)."""
    seen: dict[str, tuple[Page, Place]] = {}
    for page, place, thing in things:
        name = thing.get(key) if isinstance(thing, dict) else None
        if not isinstance(name, str):
            continue
        if name.casefold() in seen:
            other, where = seen[name.casefold()]
            page.refuse((*place, key), "is used twice (first in {first})", first=f"{other.file}:{other.line(where)}")
        seen.setdefault(name.casefold(), (page, (*place, key)))


def _accounts(page: Page) -> Iterable[tuple[Page, Place, Any]]:
    for place, person in page.items(("people",)):
        if isinstance(person, dict):
            yield page, (*place, "accounts"), person.get("accounts")


def _id(thing: Any) -> str:
    return str(thing.get("id")) if isinstance(thing, dict) else ""


def _ids(page: Page, key: str) -> frozenset[str]:
    return frozenset(_id(each) for _, each in page.items((key,)))


def _each(page: Page, key: str, kind: type[ShapeT], names: Names) -> list[ShapeT]:
    found = (part(page, place, kind, names) for place, _ in page.items((key,)))
    return [each for each in found if each is not None]


def _alone(pages: Iterable[Page], kind: type[ShapeT], names: Names) -> list[ShapeT]:
    found = (part(page, (), kind, names) for page in pages)
    return [each for each in found if each is not None]


def _check_away(page: Page) -> None:
    for place, person in page.items(("people",)):
        spans = person.get("away") if isinstance(person, dict) else None
        for number, span in enumerate(spans if isinstance(spans, list) else []):
            match span:
                case {"from": date() as first, "to": date() as last} if first > last:
                    page.refuse((*place, "away", number, "to"), "is before from; both days are included")
                case _:
                    pass


def _warn_of_roles(page: Page) -> None:
    roles: Mapping[Any, Any] = {
        _id(each): each.get("roles") for _, each in page.items(("people",)) if isinstance(each, dict)
    }
    for place, group in page.items(("groups",)):
        role = _ROLE_OF_TIER.get(str(group.get("tier"))) if isinstance(group, dict) else None
        members = page.at((*place, "members"))
        for number, member in enumerate(members if role and isinstance(members, list) else []):
            held = roles.get(str(member))
            if isinstance(held, list) and role not in held:
                page.warn((*place, "members", number), "does not have the role {role}", role=role)


def _group(shape: GroupShape) -> SupportGroup:
    return SupportGroup(
        id=GroupId(shape.id),
        tier=Tier(shape.tier),
        calendar=shape.calendar,
        members=tuple(PersonId(each) for each in shape.members),
        system=SystemId(shape.system) if shape.system else None,
        site=SiteId(shape.site) if shape.site else None,
        channels=tuple(shape.channel.items()),
        name=shape.name or shape.id,
    )


def _person(shape: PersonShape, groups: Iterable[SupportGroup]) -> Person:
    person = PersonId(shape.id)
    return Person(
        id=person,
        name=shape.name,
        email=shape.email,
        site=SiteId(shape.site),
        roles=frozenset(Role(each) for each in shape.roles),
        language=shape.language,
        away=tuple(Away(each.first, each.last) for each in shape.away),
        groups=tuple(group for group in groups if person in group.members),
        accounts=tuple(shape.accounts.items()),
    )


def _system(shape: SystemShape) -> System:
    return System(
        id=SystemId(shape.id),
        name=shape.name,
        aliases=tuple(shape.aliases),
        owner=shape.owner,
        superuser_groups=tuple(GroupId(each) for each in shape.superuser_groups),
        it_group=GroupId(shape.it_group),
        claim_within=shape.claim_within,
        supplier=SupplierId(shape.supplier) if shape.supplier else None,
        site_aware=shape.site_aware,
        update_within=shape.update_within,
        answering=Caution(
            shape.answering.sure, shape.answering.suggest, shape.answering.strict, shape.answering.margin
        ),
    )


def _supplier(shape: SupplierShape) -> Supplier:
    ladder = tuple(Rung(each.name, each.phone, each.mail or "") for each in shape.ladder)
    return Supplier(SupplierId(shape.id), shape.name, shape.mail, shape.phone, ladder)
