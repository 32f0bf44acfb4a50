"""What is allowed in a contract and still surprising: those who activate it confirm it."""

from datetime import date

from bot.domain.contracts import BusinessDays, Contract, OpenTime, Target, TargetKind, WallTime
from bot.domain.service_hours import ALL_DAY, Calendar
from bot.storage.knowledge.locks import Lock
from bot.storage.knowledge.page import Page, Place

_WEEK = 7 * 86_400
_DAY = 86_400
_MONTH = 30 * _DAY


def warn_of_contract(page: Page, contract: Contract, lock: Lock | None, today: date) -> None:
    _warn_of_shorter(page, contract)
    if contract.kind == "contract":
        _warn_of_nights(page, contract)
        _warn_of_silence(page, contract)
    if lock:
        _warn_of_closed_days(page, contract, lock, today)


def _warn_of_shorter(page: Page, contract: Contract) -> None:
    """Lower severities are given more time, whatever the hours they are counted in."""
    for number, target in enumerate(contract.targets):
        rank = contract.rank(target.severity)
        above = [each.id for each in contract.severities[:rank]]
        for severity in reversed(above):
            higher = contract.target(severity, target.kind, target.party)
            if higher:
                if _length(contract, target) < _length(contract, higher):
                    place: Place = ("targets", number, "budget")
                    page.warn(
                        place,
                        "is shorter than that of the higher severity {severity} ({target})",
                        severity=severity,
                        target=higher.id,
                    )
                break


def _length(contract: Contract, target: Target) -> float:
    """About how many real seconds the budget lasts in an ordinary week."""
    calendar = contract.calendars[target.calendar]
    match target.budget:
        case OpenTime(seconds):
            return seconds * _WEEK / max(_weekly_seconds(calendar), 1)
        case BusinessDays(days, _):
            return days * _WEEK / max(sum(bool(hours) for hours in calendar.versions[-1].weekly), 1)
        case WallTime(seconds, months):
            return seconds + months * _MONTH


def _weekly_seconds(calendar: Calendar) -> int:
    return sum((end - start) * 60 for hours in calendar.versions[-1].weekly for start, end in hours)


def _warn_of_nights(page: Page, contract: Contract) -> None:
    if "out_of_hours" in contract.contacts:
        return
    for number, target in enumerate(contract.targets):
        version = contract.calendars[target.calendar].versions[-1]
        if set(version.weekly) == {ALL_DAY} and not version.closed:
            page.warn(("targets", number), "runs day and night, but contacts have no out_of_hours")


def _warn_of_silence(page: Page, contract: Contract) -> None:
    highest = contract.severities[0].id
    if not contract.target(highest, TargetKind.STATUS):
        page.warn(("severities", 0), "is the highest severity and has no target of kind status")


def _warn_of_closed_days(page: Page, contract: Contract, lock: Lock, today: date) -> None:
    needed = date(today.year + 2, 1, 1)
    needed = min(needed, contract.valid_to or needed)
    if today < needed and lock.closed_until < needed:
        for place, name in page.keys(("calendars",)):
            if page.at((*place, "closed", "base")) == "dk_public":
                until = lock.closed_until.isoformat()
                page.warn(
                    (*place, "closed"),
                    "of {name} is explicit only until {until}, which does not cover next year",
                    name=name,
                    until=until,
                )
