"""/rapport: a month of supplier cases, to read, to print and as CSV. The figures are made in `bot.reports`."""

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.surveying import admit
from bot.domain.intervals import moment, seconds
from bot.domain.people import Language
from bot.reports.csv import csv_of
from bot.reports.loading import read_month
from bot.reports.month import Month
from bot.reports.monthly import MonthlyReport, month_report
from bot.reports.standings import Escalation, escalations, standings
from bot.reports.tables import escalations_table, lines_table, standings_table, tallies_table
from bot.web.frame import Frame
from bot.web.visitor import Visitor
from bot.wording.message import Table
from bot.wording.say import Voice
from bot.wording.times import LONG_MONTHS, record

BACK = 12  # months that can be picked


@dataclass(frozen=True, slots=True)
class Pick:
    href: str
    label: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A month, folded both ways."""

    month: Month
    report: MonthlyReport
    escalations: tuple[Escalation, ...]


class Reports:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def index(self, request: Request) -> Response:
        """The month that is now."""
        visitor = self._visitor(request)
        return RedirectResponse(f"{visitor.prefix}/rapport/{self._today():%Y-%m}", 303)

    def month(self, request: Request) -> Response:
        visitor = self._visitor(request)
        read, voice = self._read(request), Voice(self._frame.picture(visitor.person))
        zone = voice.picture.organisation.zone
        return self._frame.page(
            request,
            visitor,
            "report.html",
            month=_name(date(read.month.year, read.month.number, 1), visitor.language),
            code=str(read.month),
            picks=self._picks(visitor, read.month),
            tables=[
                standings_table(voice, read.month, standings(read.escalations)),
                tallies_table(voice, read.report),
                escalations_table(voice, read.month, read.escalations),
                lines_table(voice, read.report),
            ],
            count=len(read.escalations),
            breached=sum(each.breached for each in read.report.tallies),
            known=record(moment(read.report.until), zone, visitor.language),
            zone=str(zone),
            is_open=read.report.until >= read.report.now,
        )

    def csv(self, request: Request) -> Response:
        """The escalation log; instants with date, seconds and offset."""
        visitor = self._visitor(request)
        read, voice = self._read(request), Voice(self._frame.picture(visitor.person))
        return sheet(f"eskaleringer-{read.month}", escalations_table(voice, read.month, read.escalations, exact=True))

    def targets_csv(self, request: Request) -> Response:
        """Every target of every case, a line each."""
        visitor = self._visitor(request)
        read, voice = self._read(request), Voice(self._frame.picture(visitor.person))
        return sheet(f"servicemaal-{read.month}", lines_table(voice, read.report, exact=True))

    def _visitor(self, request: Request) -> Visitor:
        visitor = self._frame.visitor(request)
        admit(visitor.person)
        return visitor

    def _read(self, request: Request) -> Read:
        try:
            month = Month.read(request.path_params["month"])
        except ValueError:
            raise HTTPException(404) from None
        desk = self._frame.parts.desk
        known, now = desk.knowledge.now(), seconds(desk.clock.now())
        zone = known.organisation.zone
        with desk.store.reading() as ledger:
            filed = read_month(ledger, known, month)
        return Read(
            month,
            month_report(filed, known.contracts, month, zone, now),
            escalations(filed, known.contracts, month, zone, now),
        )

    def _picks(self, visitor: Visitor, chosen: Month) -> list[Pick]:
        first, found = self._today().replace(day=1), []
        for _ in range(BACK):
            href = f"{visitor.prefix}/rapport/{first:%Y-%m}"
            found.append(Pick(href, _name(first, visitor.language), f"{first:%Y-%m}" == str(chosen)))
            first = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
        return found

    def _today(self) -> date:
        return self._frame.now().astimezone(self._frame.organisation().zone).date()


def sheet(name: str, table: Table) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(csv_of(table), media_type="text/csv; charset=utf-8", headers=disposition)


def _name(first: date, language: Language) -> str:
    return f"{LONG_MONTHS[language][first.month - 1]} {first.year}"
