"""Supplier cases told through their own verbs, under the contract of the worked example, in local Danish times."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.commands import Milestone
from bot.domain.contracts import (
    BusinessDays,
    Compliance,
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
from bot.domain.events import Source
from bot.domain.intervals import moment, seconds
from bot.domain.people import PersonId, SystemId
from bot.domain.picture import Picture
from bot.domain.service_hours import ALL_WEEK, Calendar, CalendarVersion
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import Organisation, Supplier, SupplierId, System
from bot.reports.milestones import Filed
from bot.wording.say import Voice

ZONE = ZoneInfo("Europe/Copenhagen")
HOUR = 3600
KILDEMOSE = Supplier(SupplierId("kildemose"), "Kildemose Sag A/S", "hotline@kildemose.example", "+45 00 00 43 00")
PORTAL = System(SystemId("portal"), "Sagsportalen", (), "", (), "it", None, KILDEMOSE.id)
_WEEK = (((480, 960),),) * 4 + (((480, 900),), (), ())
HVERDAG = Calendar("hverdag", (CalendarVersion(date(2020, 1, 1), "Europe/Copenhagen", ZONE, _WEEK),))
DOGN = Calendar("dogn", (CalendarVersion(date(2020, 1, 1), "Europe/Copenhagen", ZONE, ALL_WEEK),))
_AWAITS = frozenset({"awaiting_customer"})
_MOST = Compliance("percent", 90)
CONTRACT = Contract(
    "drift",
    1,
    date(2026, 1, 1),
    {"hverdag": HVERDAG, "dogn": DOGN},
    (Severity("A", "kritisk"), Severity("B", "betydende")),
    (
        Target("A-reaktion", "A", TargetKind.REACTION, "dogn", OpenTime(1800)),
        Target("A-afhjaelpning", "A", TargetKind.RESOLUTION, "dogn", OpenTime(8 * HOUR), pausable=_AWAITS),
        Target("B-reaktion", "B", TargetKind.REACTION, "hverdag", OpenTime(HOUR)),
        Target("B-afhjaelpning", "B", TargetKind.RESOLUTION, "hverdag", OpenTime(8 * HOUR), pausable=_AWAITS, compliance=_MOST),
        Target("B-status", "B", TargetKind.STATUS, "hverdag", BusinessDays(1, "end_of_day"), pausable=_AWAITS, compliance=_MOST),
    ),
    supplier=KILDEMOSE.id,
    systems=(PORTAL.id,),
    reporting_zone="Europe/Copenhagen",
    reporting_tzinfo=ZONE,
    pause_reasons={"awaiting_customer": PauseReason("awaiting_customer", "afventer kunde")},
    policies=Policies(accept_within=Within(BusinessDays(10), "hverdag")),
)  # fmt: skip
CONTRACTS = Contracts((CONTRACT,))
ORGANISATION = Organisation(
    name="Fjordby Kommune", zone=ZONE, systems={PORTAL.id: PORTAL}, suppliers={KILDEMOSE.id: KILDEMOSE}
)
IVO = PersonId("ivo")


def at(text: str) -> int:
    """`2026-11-23 10:00` is Danish time."""
    return seconds(local(text))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def handed_over(when: str, number: int = 1, severity: str = "B") -> SupplierCase:
    opened = local(when)
    case = SupplierCase(
        number, KILDEMOSE.id, PORTAL.id, "drift", 1, severity, "Brevene bliver ikke sendt", "t-1", (1042,), opened, IVO
    )
    return case.handed_over(opened, "mail")


def logged(case: SupplierCase, *steps: tuple[str, Milestone] | tuple[str, Milestone, str]) -> SupplierCase:
    """Steps as (when, what) or (when, what, reason or severity)."""
    for when, milestone, *detail in steps:
        happened = local(when)
        case = case.log(milestone, happened, happened, IVO, detail="".join(detail), source=Source.PHONE)
    return case


def worked_example(number: int = 1) -> SupplierCase:
    return logged(
        handed_over("2026-11-19 13:20", number),
        ("2026-11-19 13:52", Milestone.ACKNOWLEDGED),
        ("2026-11-20 09:15", Milestone.PAUSE, "awaiting_customer"),
        ("2026-11-23 09:40", Milestone.RESUME),
        ("2026-11-23 14:05", Milestone.RESOLVED),
    )


def filed(*cases: SupplierCase) -> tuple[Filed, ...]:
    return tuple(Filed(case, case.happened) for case in cases)


def events_of(found: Iterable[Filed]) -> list:
    return [event for each in found for event in each.events]


def voice(now: str = "2026-12-01 08:00") -> Voice:
    return Voice(Picture(local(now), ORGANISATION, contract=CONTRACT))


def after(instant: int, **span: float) -> int:
    return seconds(moment(instant) + timedelta(**span))
