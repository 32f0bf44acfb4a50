"""/overblik: what IT looks at all day. What presses first, who waits on whom, and who can be reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.surveying import overview_page
from bot.domain.lists import Pressing, Tally
from bot.domain.people import Tier
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket
from bot.domain.views import OverviewPage
from bot.web.coverage import holes_today
from bot.web.filters import AGES, HOLDERS, KEYS, Filters, fields_of, read_filters
from bot.web.frame import Frame
from bot.web.lists import Choice, case_rows, ticket_rows
from bot.web.today import Due, line_of
from bot.web.visitor import Visitor
from bot.web.words import say
from bot.wording.bars import target_name
from bot.wording.cards import short_title
from bot.wording.message import Tone
from bot.wording.say import Voice
from bot.wording.times import long_day
from bot.wording.views import most_pressing

_CHIPS: dict[str, tuple[Pressing | None, str]] = {
    "": (None, "all"),
    "naer": ("near", "near"),
    "overskredet": ("late", "breached"),
    "bero": ("held", "paused"),
}
_AGE_FIELDS = {"doegn": "day", "uge": "week", "aeldre": "older"}


@dataclass(frozen=True, slots=True)
class Cell:
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Waits:
    """One row of who waits on whom: by age, and all."""

    name: str
    cells: tuple[Cell, ...]


class Overviews:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def page(self, request: Request) -> Response:
        visitor = self._frame.visitor(request)
        filters = read_filters(request, self._frame.organisation())
        if request.query_params.get("q"):
            self._frame.shows(request, "")
        page = overview_page(self._frame.parts.desk, visitor.person, filters.wanted)
        voice, zone, now = Voice(page.picture), page.picture.organisation.zone, page.picture.now
        next_due = next((each for each in page.soon if each.due_at and each.due_at >= now), None)
        lists = f"{visitor.prefix}/sager", f"{visitor.prefix}/leverandoersager"
        return self._frame.page(
            request,
            visitor,
            "overview.html",
            heading=say(visitor.language, "today", day=long_day(now, zone, visitor.language)),
            lead=voice.say("ov.lead", tickets=page.tickets, cases=page.cases[None]),
            page=page,
            next_due=_next(voice, page, next_due, visitor) if next_due else None,
            next_when=voice.when(next_due.due_at) if next_due and next_due.due_at else "",
            near=Cell(page.cases["near"], filters.href(lists[1], frist="naer")),
            breached=Cell(page.cases["late"], filters.href(lists[1], frist="overskredet")),
            all_tickets=Cell(page.tickets, filters.href(lists[0])),
            ours=Cell(
                sum(each.all for each in page.tallies if each.holder in HOLDERS["os"]),
                filters.href(lists[0], venter="os"),
            ),
            line=line_of(
                [_due(each, now) for each in page.soon if each.due_at],
                now,
                zone,
                "." if visitor.language == "da" else ":",
            ),
            filters=filters,
            fields=fields_of(
                filters, self._frame.organisation(), visitor.language, [key for key in KEYS if key != "q"]
            ),
            cases=case_rows(visitor, page.picture, page.contracts),
            case_choices=list(_chips(visitor, page, filters)),
            more_cases=filters.href(lists[1]) if page.cases[None] > len(page.picture.cases) else "",
            tickets=ticket_rows(visitor, page.picture, page.due),
            more_tickets=filters.href(lists[0]) if page.tickets > len(page.picture.tickets) else "",
            waits=list(_waits(voice, page.tallies, filters, lists[0])),
            holes=holes_today(voice, page.holes),
            on_duty=sorted(
                (each for each in page.presence if each.is_open and each.people),
                key=lambda each: each.group.tier is not Tier.IT,
            ),
        )


@dataclass(frozen=True, slots=True)
class Next:
    case: str
    kind: str
    href: str
    tone: Tone


def _next(voice: Voice, page: OverviewPage, each: Ticket | SupplierCase, visitor: Visitor) -> Next:
    tone: Tone = "warn" if each.near_at and each.near_at <= page.picture.now else "info"
    if isinstance(each, Ticket):
        return Next(each.case_id, short_title(each), f"{visitor.prefix}/sag/{each.number}", tone)
    clock = most_pressing(tuple(page.picture.case_clocks.get(each.number, ())))
    kind = target_name(voice, clock) if clock else " ".join(each.title.split())[:60]
    return Next(each.case_id, kind, f"{visitor.prefix}/leverandoersag/{each.number}", tone)


def _due(each: Ticket | SupplierCase, now: datetime) -> Due:
    at = each.due_at or now
    tone: Tone = "late" if at < now else "warn" if each.near_at and each.near_at <= now else "info"
    return Due(at, each.case_id, tone)


def _chips(visitor: Visitor, page: OverviewPage, filters: Filters) -> Iterable[Choice]:
    """Supplier cases by how they press. Each count is of all that fit the other filters."""
    for value, (pressing, word) in _CHIPS.items():
        href = filters.href(f"{visitor.prefix}/overblik", frist=value)
        label = say(visitor.language, f"filter.{word}", count=page.cases[pressing])
        yield Choice(href, label, filters.said.get("frist", "") == value)


def _waits(voice: Voice, tallies: tuple[Tally, ...], filters: Filters, path: str) -> Iterable[Waits]:
    """Who has the next move, and since when; each number leads to its tickets."""
    rows: list[Waits] = []
    for name, holders in HOLDERS.items():
        if name == "os":
            continue
        theirs = [each for each in tallies if each.holder in holders]
        cells = [
            Cell(sum(getattr(each, field) for each in theirs), filters.href(path, venter=name, alder=age))
            for age, field in _AGE_FIELDS.items()
        ]
        cells.append(Cell(sum(each.all for each in theirs), filters.href(path, venter=name)))
        rows.append(Waits(voice.party(next(iter(holders))), tuple(cells)))
    sums = tuple(sum(row.cells[column].count for row in rows) for column in range(4))
    ages = [*(filters.href(path, alder=age) for age in AGES), filters.href(path)]
    total = Waits(voice.say("l.total"), tuple(Cell(count, href) for count, href in zip(sums, ages, strict=True)))
    return [*rows, total]
