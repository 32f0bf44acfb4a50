"""A fault report on its way to a supplier, as the outbox hands it over."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.desk.ports import Waiting
from bot.domain.commands import Kind, Place
from bot.domain.contracts import Contract, OpenTime, Severity, Target, TargetKind
from bot.domain.notices import FaultReported, Tell
from bot.domain.people import PersonId, SystemId
from bot.domain.picture import Picture
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import Organisation, Supplier, SupplierId, System

NOW = datetime(2026, 11, 19, 12, 20, tzinfo=UTC)
KILDEMOSE = Supplier(SupplierId("kildemose"), "Kildemose Sag A/S", "hotline@kildemose.example", "+45 00 00 43 00")
PORTAL = System(SystemId("portal"), "Sagsportalen", (), "", (), "it", None, KILDEMOSE.id)
CONTRACT = Contract(
    "kildemose-drift",
    2,
    date(2026, 7, 1),
    {},
    (Severity("B", "betydende", "En vigtig funktion kan ikke bruges af en afdeling"),),
    (Target("B-reaktion", "B", TargetKind.REACTION, "hverdag", OpenTime(7200)),),
    title="Driftsaftale, Sagsportalen",
    document="Bilag 5",
)
REPORT = {
    "severity": "B",
    "since": "2026-11-19T11:05:00+01:00",
    "who": "Borgerservice",
    "how_many": "12",
    "tried": "Genstartet.\nPrøvet en anden pc.",
    "steps": "Åbn en sag, tryk Send brev.",
    "contact": "Ivo, 00 00 10 20",
}
CASE = SupplierCase(
    12,
    KILDEMOSE.id,
    PORTAL.id,
    CONTRACT.id,
    2,
    "B",
    "Brevene bliver ikke sendt",
    "t-report",
    (1042,),
    NOW,
    PersonId("ivo"),
)
PICTURE = Picture(
    NOW,
    Organisation(
        name="Fjordby Kommune",
        zone=ZoneInfo("Europe/Copenhagen"),
        systems={PORTAL.id: PORTAL},
        suppliers={KILDEMOSE.id: KILDEMOSE},
    ),
    case=CASE,
    contract=CONTRACT,
    texts={CASE.report: json.dumps(REPORT)},
)


def row(**changes: object) -> Waiting:
    tell = Tell(Place("mail", Kind.MAIL, KILDEMOSE.id), FaultReported(12), "case:12:report")
    return replace(Waiting(7, "case:12:report", tell, NOW), **changes)


def titled(title: str) -> Picture:
    return replace(PICTURE, case=replace(CASE, title=title))


def reporting(**fields: str) -> Picture:
    return replace(PICTURE, texts={CASE.report: json.dumps(REPORT | fields)})


def supplied_by(name: str, mail: str) -> Picture:
    changed = replace(KILDEMOSE, name=name, mail=mail)
    return replace(PICTURE, organisation=replace(PICTURE.organisation, suppliers={KILDEMOSE.id: changed}))
