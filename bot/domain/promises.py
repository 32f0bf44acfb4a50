"""What time does to a ticket: an unclaimed one moves on, a silent one is nudged and goes back, a solved one lapses."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from bot.domain.contracts import Contracts, OpenTime, Target, TargetKind, Within
from bot.domain.intervals import moment, seconds
from bot.domain.people import Tier
from bot.domain.plans import plan_for
from bot.domain.service_hours import Calendar, add_open, elapsed
from bot.domain.systems import Organisation, System
from bot.domain.ticket import Route, State, Ticket

CONFIRM_WITHIN = Within(OpenTime(24 * 3600))  # where no agreement says after how long silence counts as a yes
UPDATE_WITHIN = timedelta(hours=2)
CLAIM_WITHIN = timedelta(hours=2)  # for a ticket whose system nobody knows

Calendars = Mapping[str, Calendar]
NOTHING_AGREED = Contracts()


def claim_due(
    ticket: Ticket, organisation: Organisation, calendars: Calendars, contracts: Contracts = NOTHING_AGREED
) -> datetime | None:
    """When somebody must have claimed it.

    Superusers are asked for `claim_within` of the system, in their group's open time, and then the ticket moves on. At IT
    nothing moves it: there the house's own agreement says how long, so that card, alarm and report name one instant.
    """
    if ticket.state is not State.OFFERED or ticket.held:
        return None
    if (agreed := _it_reaction(ticket, contracts)) is not None:
        target, calendar, zone = agreed
        due = plan_for(target.budget, calendar, seconds(ticket.routed_at), (), zone).due()
        return moment(due) if due is not None else None
    system = _system(ticket, organisation)
    return _after(ticket, organisation, calendars, ticket.routed_at, system.claim_within if system else CLAIM_WITHIN)


def update_due(ticket: Ticket, organisation: Organisation, calendars: Calendars) -> datetime | None:
    """When the employee must have heard from the assignee again."""
    if ticket.state is not State.CLAIMED or ticket.held:
        return None
    return _after(ticket, organisation, calendars, ticket.touched_at, _update_within(ticket, organisation))


def ticket_due(
    ticket: Ticket, organisation: Organisation, calendars: Calendars, contracts: Contracts = NOTHING_AGREED
) -> datetime | None:
    """When it must have been claimed, or its employee have heard again."""
    claimed_by = claim_due(ticket, organisation, calendars, contracts)
    return claimed_by or update_due(ticket, organisation, calendars)


def due_and_near(
    ticket: Ticket, organisation: Organisation, calendars: Calendars, contracts: Contracts = NOTHING_AGREED
) -> tuple[datetime | None, datetime | None]:
    """The same, and when three quarters of the time until then are used."""
    due = ticket_due(ticket, organisation, calendars, contracts)
    hours = hours_until_due(ticket, organisation, calendars, contracts)
    if due is None or hours is None:
        return None, None
    start = seconds(ticket.touched_at if ticket.assignee else ticket.routed_at)
    near = add_open(hours, start, max(1, elapsed(hours, start, seconds(due)) * 3 // 4))
    return due, (moment(near) if near is not None else None)


def return_due(ticket: Ticket, organisation: Organisation, calendars: Calendars) -> datetime | None:
    """When a ticket whose assignee was nudged and stayed silent goes back; not one whom a supplier knows by name."""
    if ticket.state is not State.CLAIMED or ticket.held or not ticket.nudged_at or ticket.supplier_case:
        return None
    return _after(ticket, organisation, calendars, ticket.nudged_at, _update_within(ticket, organisation))


def lapse_due(
    ticket: Ticket, organisation: Organisation, calendars: Calendars, contracts: Contracts = NOTHING_AGREED
) -> datetime | None:
    """When silence counts as a yes: `accept_within` of the agreement under which the ticket was opened, as its clock says."""
    if ticket.state is not State.RESOLVED or not ticket.resolved_at:
        return None
    agreed = contracts.agreement(seconds(ticket.opened_at))
    within = agreed.policies.accept_within if agreed else CONFIRM_WITHIN
    if agreed and within.calendar:
        calendar: Calendar | None = contracts.calendar(agreed, within.calendar)
    else:
        calendar = _hours_of(ticket, organisation, calendars)
    if calendar is None:
        return None
    zone = agreed.reporting_tzinfo if agreed else UTC
    due = plan_for(within.budget, calendar, seconds(ticket.resolved_at), (), zone).due()
    return moment(due) if due is not None else None


def next_due(
    ticket: Ticket, organisation: Organisation, calendars: Calendars, contracts: Contracts = NOTHING_AGREED
) -> datetime | None:
    """The one instant at which time alone will do something to this ticket; None if only people can."""
    match ticket.state:
        case State.OFFERED:
            # At IT there is nobody further up: the house's own reaction clock warns, the ticket stays.
            return claim_due(ticket, organisation, calendars, contracts) if ticket.tier is Tier.SUPERUSER else None
        case State.CLAIMED:
            if ticket.nudged_at:
                return return_due(ticket, organisation, calendars)
            return update_due(ticket, organisation, calendars)
        case State.RESOLVED:
            return lapse_due(ticket, organisation, calendars, contracts)
        case State.CLOSED | State.CANCELLED:
            return None


def pass_time(
    ticket: Ticket,
    organisation: Organisation,
    calendars: Calendars,
    now: datetime,
    to_it: Callable[[Ticket, str], Route],
    contracts: Contracts = NOTHING_AGREED,
) -> Ticket:
    """The ticket as `now` leaves it. Twice is harmless: a second call with the same time changes nothing."""
    due = next_due(ticket, organisation, calendars, contracts)
    if due is None or now < due:
        return ticket
    match ticket.state:
        case State.OFFERED:
            return ticket.offer(to_it(ticket, "unclaimed"), now)
        case State.CLAIMED if ticket.nudged_at:
            return ticket.offer(Route(ticket.tier, ticket.group, "inactive"), now)
        case State.CLAIMED:
            return ticket.nudge(now)
        case State.RESOLVED | State.CLOSED | State.CANCELLED:  # of these only a solved one is ever due
            return ticket.lapse(now)


def scheduled(
    ticket: Ticket, organisation: Organisation, calendars: Calendars, contracts: Contracts = NOTHING_AGREED
) -> Ticket:
    """The ticket with the time at which it wants to be looked at again."""
    return replace(ticket, next_check_at=next_due(ticket, organisation, calendars, contracts))


def hours_until_due(
    ticket: Ticket, organisation: Organisation, calendars: Calendars, contracts: Contracts = NOTHING_AGREED
) -> Calendar | None:
    """The calendar in which the time until its due is counted."""
    agreed = _it_reaction(ticket, contracts) if ticket.state is State.OFFERED else None
    return agreed[1] if agreed else _hours_of(ticket, organisation, calendars)


def _it_reaction(ticket: Ticket, contracts: Contracts) -> tuple[Target, Calendar, tzinfo] | None:
    agreed = contracts.agreement(seconds(ticket.opened_at)) if ticket.tier is Tier.IT else None
    if agreed is None:
        return None
    kinds = (each for each in agreed.targets if each.kind is TargetKind.REACTION and each.party == "it")
    target = next(kinds, None)
    return (target, contracts.calendar(agreed, target.calendar), agreed.reporting_tzinfo) if target else None


def _after(
    ticket: Ticket, organisation: Organisation, calendars: Calendars, start: datetime, span: timedelta
) -> datetime | None:
    calendar = _hours_of(ticket, organisation, calendars)
    due = add_open(calendar, seconds(start), int(span.total_seconds())) if calendar else None
    return moment(due) if due is not None else None


def _hours_of(ticket: Ticket, organisation: Organisation, calendars: Calendars) -> Calendar | None:
    group = organisation.groups.get(ticket.group)
    return calendars.get(group.calendar) if group else None


def _system(ticket: Ticket, organisation: Organisation) -> System | None:
    return organisation.systems.get(ticket.system) if ticket.system else None


def _update_within(ticket: Ticket, organisation: Organisation) -> timedelta:
    system = _system(ticket, organisation)
    return system.update_within if system else UPDATE_WITHIN
