"""Cases told as stories: calendars, contracts and events for the clock tests, with local Danish times as text."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.clock import Clock
from bot.domain.clocks import evaluate
from bot.domain.contracts import (
    BusinessDays,
    Contract,
    Contracts,
    OpenTime,
    PauseReason,
    Policies,
    Severity,
    Target,
    TargetKind,
    Within,
)
from bot.domain.events import ContractAssigned, Event, HandedOver, Happened, Opened, Party, SeveritySet
from bot.domain.intervals import moment, seconds
from bot.domain.service_hours import ALL_WEEK, Calendar, CalendarVersion, Hours, YearlyHours

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
VECTORS = Path(__file__).parent / "vectors"
HOLIDAYS = frozenset(
    date.fromisoformat(day) for day in json.loads((VECTORS / "biz_oracle_first_half.json").read_text())["holidays"]
)
EVER = date(2020, 1, 1)
HOUR = 3600


def hours(text: str) -> Hours:
    """`08:00-12:00 12:30-16:00` as minutes."""
    return tuple(tuple(map(_minutes, part.split("-"))) for part in text.split())  # type: ignore[misc]


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def week(days: str, weekend: str = "") -> tuple[Hours, ...]:
    return (hours(days),) * 5 + (hours(weekend),) * 2


def calendar(name: str, weekly: tuple[Hours, ...], **more: object) -> Calendar:
    return Calendar(name, (CalendarVersion(EVER, "Europe/Copenhagen", COPENHAGEN, weekly, **more),))  # type: ignore[arg-type]


COMMON_HALF_DAYS = (
    YearlyHours(5, 1, hours("08:00-12:00"), "1. maj, fri fra kl. 12"),
    YearlyHours(6, 5, hours("08:00-12:00"), "Grundlovsdag, fri fra kl. 12"),
    YearlyHours(12, 24, (), "Juleaftensdag"),
    YearlyHours(12, 31, (), "Nytårsaftensdag"),
)
K8 = calendar("dk8-16", week("08:00-16:00"), closed=HOLIDAYS)
K8_PLUS = calendar("dk8-16+kl", week("08:00-16:00"), closed=HOLIDAYS, yearly=COMMON_HALF_DAYS)
H24 = calendar("24x7", ALL_WEEK)
NIGHT = calendar("night22-06", (hours("22:00-30:00"),) * 7)
CALENDARS = {each.id: each for each in (K8, K8_PLUS, H24, NIGHT)}


def at(text: str) -> int:
    """`2026-11-23 10:00` is Danish time; with an offset, as written."""
    moment_ = datetime.fromisoformat(text)
    return seconds(moment_ if moment_.tzinfo else moment_.replace(tzinfo=COPENHAGEN))


def local(instant: int | None) -> str | None:
    """The other way, to the minute, or to the second when there are seconds."""
    if instant is None:
        return None
    there = datetime.fromtimestamp(instant, COPENHAGEN)
    return there.strftime("%Y-%m-%d %H:%M:%S" if there.second else "%Y-%m-%d %H:%M")


AWAITS = frozenset({"awaiting_customer"})


def target(kind: str, severity: str, calendar_id: str, budget: object, **more: object) -> Target:
    pausable = {"pausable": AWAITS} if kind != "reaction" else {}
    return Target(f"{severity}-{kind}", severity, TargetKind(kind), calendar_id, budget, **(pausable | more))  # type: ignore[arg-type]


def contract(*targets: Target, calendars: dict[str, Calendar] | None = None, **more: object) -> Contract:
    return Contract(
        **{  # type: ignore[arg-type]
            "id": "drift",
            "version": 1,
            "valid_from": EVER,
            "calendars": calendars or CALENDARS,
            "severities": (Severity("A"), Severity("B"), Severity("C")),
            "targets": targets,
            "reporting_zone": "Europe/Copenhagen",
            "reporting_tzinfo": COPENHAGEN,
            "pause_reasons": {"awaiting_customer": PauseReason("awaiting_customer")},
        }
        | more
    )


RESOLUTION_B = target("resolution", "B", "dk8-16", OpenTime(8 * HOUR))
RESOLUTION_A = target("resolution", "A", "24x7", OpenTime(4 * HOUR))
TWO_SEVERITIES = contract(RESOLUTION_A, RESOLUTION_B)


def with_policies(agreed: Contract, **policies: object) -> Contract:
    return contract(*agreed.targets, policies=Policies(**policies))  # type: ignore[arg-type]


class Story:
    """One case, told event by event. `learned` is when it was recorded; by default when it happened."""

    def __init__(self, case_id: str = "S-1") -> None:
        self.case_id = case_id
        self.events: list[Event] = []

    def then(self, when: str, what: Happened, *, learned: str | None = None, **more: object) -> "Story":
        happened = moment(at(when))
        envelope = {
            "event_id": f"{self.case_id}/{len(self.events)}",
            "role": Party.SUPPLIER,
            "recorded_at": moment(at(learned)) if learned else happened,
        }
        self.events.append(Event(case_id=self.case_id, what=what, occurred_at=happened, **(envelope | more)))  # type: ignore[arg-type]
        return self

    def clocks(self, agreed: Contract, now: str, kind: str = "", **more: object) -> list[Clock]:
        found = evaluate(self.events, Contracts((agreed,)), at(now), **more)  # type: ignore[arg-type]
        return [clock for clock in found if kind in {"", clock.kind}]

    def clock(self, agreed: Contract, now: str, kind: str = "resolution", **more: object) -> Clock:
        """The one that counts."""
        return self.clock_under((agreed,), now, kind, **more)

    def clock_under(self, versions: tuple[Contract, ...], now: str, kind: str = "resolution", **more: object) -> Clock:
        found = [
            clock
            for clock in evaluate(self.events, Contracts(versions), at(now), **more)  # type: ignore[arg-type]
            if clock.kind == kind
        ]
        return next((clock for clock in found if clock.counts), found[-1])


def handed_over(when: str, severity: str = "B", **report: object) -> Story:
    """A case with everything that starts the supplier's clocks."""
    return (
        Story()
        .then(when, Opened(), role=Party.IT)
        .then(when, ContractAssigned("drift", 1), role=Party.IT)
        .then(when, SeveritySet(severity), role=Party.IT)
        .then(when, HandedOver(**report), role=Party.IT)  # type: ignore[arg-type]
    )


def hverdag() -> Calendar:
    """The working days of the sample contract: Friday closes at 15."""
    weekly = (hours("08:00-16:00"),) * 4 + (hours("08:00-15:00"), (), ())
    return calendar("hverdag", weekly, closed=HOLIDAYS, yearly=COMMON_HALF_DAYS)


def sample_contract() -> Contract:
    """The contract of the worked example."""
    day = hverdag()
    end_of_day = Within(BusinessDays(10), "hverdag")
    return contract(
        target("reaction", "B", "hverdag", OpenTime(HOUR)),
        target("resolution", "B", "hverdag", OpenTime(8 * HOUR)),
        target("status", "B", "hverdag", BusinessDays(1, "end_of_day")),
        calendars={"hverdag": day, "dogn": H24},
        policies=Policies(accept_within=end_of_day, reopen_window=end_of_day),
        pause_reasons={
            "awaiting_customer": PauseReason(
                "awaiting_customer", "afventer kunde", remind_after=Within(BusinessDays(3), "hverdag")
            )
        },
    )


def utc(text: str) -> int:
    return seconds(datetime.fromisoformat(text).astimezone(UTC))
