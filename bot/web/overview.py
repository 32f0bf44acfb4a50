"""/overblik: what IT looks at all day. What presses first, who waits on whom, and who can be reached."""

from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.viewing import due_first, overview_page
from bot.domain.clock import Clock
from bot.domain.events import Party
from bot.domain.intervals import moment
from bot.domain.lists import shown_clocks
from bot.domain.people import Tier
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket
from bot.domain.views import OverviewPage
from bot.web.case_lines import CaseRow, case_row
from bot.web.frame import Frame
from bot.web.side import tone_of
from bot.web.today import Due, line_of
from bot.web.visitor import Visitor
from bot.web.words import say
from bot.wording.bars import target_name
from bot.wording.bars import tone_of as clock_tone
from bot.wording.cards import short_title, state_word
from bot.wording.message import Tone
from bot.wording.say import Voice
from bot.wording.times import long_day, span
from bot.wording.views import overview

MOST = 30  # tickets in the table; the rest are counted
FILTERS: dict[str, Tone | None] = {"alle": None, "naer": "warn", "overskredet": "late", "bero": "hold"}
_FILTER_WORDS = {"alle": "all", "naer": "near", "overskredet": "breached", "bero": "paused"}
HOLDERS = {"superbruger": Party.SUPERUSER, "it": Party.IT, "leverandoer": Party.SUPPLIER, "medarbejder": Party.EMPLOYEE}


@dataclass(frozen=True, slots=True)
class Choice:
    href: str
    label: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class TicketRow:
    href: str
    number: str
    title: str
    where: str
    has: str
    age: str
    state: str
    tone: Tone
    due: str


@dataclass(frozen=True, slots=True)
class Pressing:
    """The next due there is, of a ticket or of a supplier's clock."""

    at: datetime
    case: str
    kind: str
    href: str
    tone: Tone


class Overviews:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def page(self, request: Request) -> Response:
        visitor = self._frame.visitor(request)
        page = overview_page(self._frame.parts.desk, visitor.person)
        voice = Voice(page.picture)
        rows = [self._case(visitor, page, each) for each in page.picture.cases]
        shown, by_tone = _chosen(request, "vis", FILTERS, "alle"), dict(FILTERS)
        wanted = by_tone[shown]
        pressing = self._pressing(visitor, voice, page)
        next_due = next((each for each in pressing if each.at >= page.picture.now), None)
        zone = page.picture.organisation.zone
        hos = _chosen(request, "hos", HOLDERS, "it")
        tickets = [each for each in page.picture.tickets if each.holder is HOLDERS[hos]]
        return self._frame.page(
            request,
            visitor,
            "overview.html",
            heading=say(visitor.language, "today", day=long_day(page.picture.now, zone, visitor.language)),
            lead=voice.say("ov.lead", tickets=len(page.picture.tickets), cases=len(rows)),
            page=page,
            next_due=next_due,
            next_when=voice.when(next_due.at) if next_due else "",
            near=sum(row.tone == "warn" for row in rows),
            breached=sum(row.tone == "late" for row in rows),
            ours=sum(each.holder in {Party.SUPERUSER, Party.IT} for each in page.picture.tickets),
            line=line_of(
                [Due(each.at, each.case, each.tone) for each in pressing],
                page.picture.now,
                zone,
                "." if visitor.language == "da" else ":",
            ),
            cases=[row for row in rows if wanted is None or row.tone == wanted],
            case_choices=[
                _choice(request, visitor, "vis", name, f"filter.{_FILTER_WORDS[name]}", _fits(rows, tone), shown)
                for name, tone in FILTERS.items()
            ],
            tickets=[_ticket_row(visitor, voice, page, each) for each in due_first(tickets, page.due)[:MOST]],
            count=len(tickets),
            ticket_choices=[
                _choice(request, visitor, "hos", name, f"at.{party.value}", _held(page.picture.tickets, party), hos)
                for name, party in HOLDERS.items()
            ],
            table=overview(voice).table,
            holes=[each for each in page.presence if each.is_hole],
            on_duty=sorted(
                (each for each in page.presence if each.is_open and each.people),
                key=lambda each: each.group.tier is not Tier.IT,
            ),
        )

    def _case(self, visitor: Visitor, page: OverviewPage, case: SupplierCase) -> CaseRow:
        clocks = tuple(page.picture.case_clocks.get(case.number, ()))
        picture = replace(page.picture, case=case, contract=page.contracts.get(case.number), clocks=clocks)
        return case_row(Voice(picture), case, clocks, visitor.prefix)

    def _pressing(self, visitor: Visitor, voice: Voice, page: OverviewPage) -> list[Pressing]:
        found = []
        for case in page.picture.cases:
            for clock in shown_clocks(tuple(page.picture.case_clocks.get(case.number, ()))):
                at = _due_of(clock)
                if at:
                    href = f"{visitor.prefix}/leverandoersag/{case.number}"
                    found.append(Pressing(at, case.case_id, target_name(voice, clock), href, clock_tone(clock)))
        for ticket in page.picture.tickets:
            if due := page.due.get(ticket.number):
                tone: Tone = "late" if due < page.picture.now else "info"
                href = f"{visitor.prefix}/sag/{ticket.number}"
                found.append(Pressing(due, ticket.case_id, short_title(ticket), href, tone))
        return sorted(found, key=lambda each: each.at)


def _due_of(clock: Clock) -> datetime | None:
    at = clock.due_at if clock.is_open else None
    return moment(at) if at is not None else None


def _ticket_row(visitor: Visitor, voice: Voice, page: OverviewPage, ticket: Ticket) -> TicketRow:
    site = page.picture.organisation.sites.get(ticket.site)
    due = page.due.get(ticket.number)
    return TicketRow(
        f"{visitor.prefix}/sag/{ticket.number}",
        ticket.case_id,
        short_title(ticket),
        f"{voice.system(ticket.system)}, {site.name if site else ticket.site}",
        voice.name(ticket.assignee) if ticket.assignee else say(visitor.language, "nobody"),
        age_of(ticket, page.picture.now, visitor),
        state_word(voice, ticket),
        "late" if due and due < page.picture.now else tone_of(ticket, voice),
        voice.when(due) if due else "",
    )


def age_of(ticket: Ticket, now: datetime, visitor: Visitor) -> str:
    """In days from the second one on."""
    passed = now - ticket.opened_at
    if passed.days >= 2:
        return f"{passed.days} {'døgn' if visitor.language == 'da' else 'days'}"
    return span(passed.total_seconds(), visitor.language)


def _chosen(request: Request, name: str, among: object, default: str) -> str:
    said = request.query_params.get(name, default)
    return said if isinstance(among, dict) and said in among else default


def _choice(request: Request, visitor: Visitor, name: str, value: str, label: str, count: int, chosen: str) -> Choice:
    """A link that changes one choice and keeps the other."""
    query = {key: said for key, said in request.query_params.items() if key in {"vis", "hos"}} | {name: value}
    href = f"{visitor.prefix}/overblik?" + "&".join(f"{key}={said}" for key, said in query.items())
    return Choice(href, say(visitor.language, label, count=count), value == chosen)


def _fits(rows: list[CaseRow], tone: Tone | None) -> int:
    return sum(tone is None or row.tone == tone for row in rows)


def _held(tickets: tuple[Ticket, ...], party: Party) -> int:
    return sum(each.holder is party for each in tickets)
