"""Where nobody would answer: system × site × hours in which the house is open and no superuser is present."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from bot.domain.intervals import FOREVER, Intervals, seconds, subtract, union
from bot.domain.people import Absence, Person, PersonId, SiteId, SupportGroup, SystemId
from bot.domain.routing import superuser_groups
from bot.domain.service_hours import Calendar, open_intervals
from bot.domain.systems import Organisation


@dataclass(frozen=True, slots=True)
class Hole:
    """`sites` share the same hours; none of them for a system that is helped with everywhere alike. UTC seconds."""

    system: SystemId
    sites: tuple[SiteId, ...]
    hours: Intervals


def coverage_holes(
    organisation: Organisation,
    calendars: Mapping[str, Calendar],
    absences: Iterable[Absence],
    expected: Calendar,
    since: datetime,
    until: datetime,
) -> tuple[Hole, ...]:
    """`expected` are the hours in which people may count on an answer. A place that has no superusers at all is not a hole."""
    start, end = seconds(since), seconds(until)
    wanted, gone = open_intervals(expected, start, end), _gone(absences)
    found: list[Hole] = []
    for system in organisation.systems.values():
        by_hours: dict[Intervals, list[SiteId]] = {}
        for site in organisation.sites if system.site_aware else (None,):
            groups = superuser_groups(organisation, system.id, site or SiteId(""))
            if not groups:
                continue
            present = union(*(_present(organisation, calendars, gone, each, start, end) for each in groups))
            if hours := subtract(wanted, present):
                by_hours.setdefault(hours, []).extend([site] if site else [])
        found += (Hole(system.id, tuple(sites), hours) for hours, sites in by_hours.items())
    return tuple(sorted(found, key=lambda each: each.hours))


def _present(
    organisation: Organisation,
    calendars: Mapping[str, Calendar],
    gone: Mapping[PersonId, Intervals],
    group: SupportGroup,
    start: int,
    end: int,
) -> Intervals:
    calendar = calendars.get(group.calendar)
    opened = open_intervals(calendar, start, end) if calendar else ()
    members = (organisation.people.get(each) for each in group.members)
    return union(
        *(
            subtract(opened, union(gone.get(each.id, ()), _away(each, organisation.zone)))
            for each in members
            if each is not None
        )
    )


def _gone(absences: Iterable[Absence]) -> dict[PersonId, Intervals]:
    found: dict[PersonId, Intervals] = {}
    for each in absences:
        until = FOREVER if each.until is None else seconds(each.until)
        found[each.person] = union(found.get(each.person, ()), ((seconds(each.since), until),))
    return found


def _away(person: Person, zone: tzinfo) -> Intervals:
    def midnight(day: datetime) -> int:
        return seconds(day.replace(tzinfo=zone))

    return tuple(
        (
            midnight(datetime.combine(each.first, time())),
            midnight(datetime.combine(each.last + timedelta(days=1), time())),
        )
        for each in person.away
    )
