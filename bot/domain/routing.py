"""Which group is asked: system × site × tier × who is present."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.intervals import seconds
from bot.domain.people import Absence, Person, SiteId, SupportGroup, SystemId, Tier
from bot.domain.service_hours import Calendar, next_open
from bot.domain.systems import Organisation
from bot.domain.ticket import Route


def first_route(
    organisation: Organisation,
    calendars: Mapping[str, Calendar],
    absences: Iterable[Absence],
    system: SystemId | None,
    by: Person,
    now: datetime,
) -> Route:
    """The superusers of the system and site if one is present besides the one who asks; otherwise IT, and the code of why."""
    if system is None:
        return it_route(organisation, None, "unknown_system")
    gone = tuple(absences)
    groups = superuser_groups(organisation, system, by.site)
    for group in groups:
        if any(each.id != by.id for each in present(organisation, calendars, gone, group, now)):
            return Route(Tier.SUPERUSER, group.id)
    return it_route(organisation, system, "nobody_present" if groups else "no_superusers")


def it_route(organisation: Organisation, system: SystemId | None, why: str) -> Route:
    """The system's IT group, or for an unknown system the first there is."""
    known = organisation.systems.get(system) if system else None
    if known:
        return Route(Tier.IT, known.it_group, why)
    return Route(Tier.IT, next(group.id for group in organisation.groups.values() if group.tier is Tier.IT), why)


def superuser_groups(organisation: Organisation, system: SystemId, site: SiteId) -> tuple[SupportGroup, ...]:
    """Those of the site first, then those of every site. A system that is not site-aware asks all of its groups."""
    known = organisation.systems.get(system)
    if not known:
        return ()
    groups = [organisation.groups[each] for each in known.superuser_groups if each in organisation.groups]
    if known.site_aware:
        groups = [group for group in groups if group.site in {None, site}]
    return tuple(sorted(groups, key=lambda group: group.site != site))


def present(
    organisation: Organisation,
    calendars: Mapping[str, Calendar],
    absences: Iterable[Absence],
    group: SupportGroup,
    now: datetime,
) -> tuple[Person, ...]:
    """In the group, inside its service hours, not away."""
    if not is_open(calendars[group.calendar], now):
        return ()
    typed = {each.person for each in absences if each.covers(now)}
    today = now.astimezone(organisation.zone).date()
    return tuple(
        person
        for person in (organisation.people.get(each) for each in group.members)
        if person and person.id not in typed and not any(away.first <= today <= away.last for away in person.away)
    )


def is_open(calendar: Calendar, now: datetime) -> bool:
    return next_open(calendar, seconds(now)) == seconds(now)


def guess_systems(
    organisation: Organisation, text: str, ranked: Iterable[SystemId | None], most: int = 3
) -> tuple[SystemId, ...]:
    """Best guesses first: systems named in the text, then those of the articles that came nearest."""
    words = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in text.casefold()).split())} "
    named = [
        system.id
        for system in organisation.systems.values()
        if any(f" {name.casefold()} " in words for name in (system.name, *system.aliases))
    ]
    return tuple(dict.fromkeys([*named, *(each for each in ranked if each)]))[:most]
