"""/sager and /leverandoersager: every ticket or supplier case that fits, page by page; what stands behind each figure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.reading import due_of
from bot.desk.surveying import case_list, contracts_of, ticket_list
from bot.domain.contracts import Contract
from bot.domain.picture import Picture
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket
from bot.web.case_lines import CaseRow, case_row
from bot.web.filters import Filters, fields_of, read_filters
from bot.web.frame import Frame
from bot.web.side import tone_of
from bot.web.visitor import Visitor
from bot.web.words import say
from bot.wording.cards import short_title, state_word
from bot.wording.message import Tone
from bot.wording.say import Voice
from bot.wording.times import span

TICKETS, CASES = 50, 15  # on one page
LAST = 10_000  # pages; nobody turns so many
OF_TICKETS = ("system", "sted", "gruppe", "led", "venter", "alder", "frist")
OF_CASES = ("leverandoer", "system", "venter", "alder", "frist")


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
    waits: str
    age: str
    state: str
    tone: Tone
    due: str


class Lists:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def tickets(self, request: Request) -> Response:
        visitor, filters, page = self._asked(request)
        desk = self._frame.parts.desk
        picture, count = ticket_list(desk, visitor.person, filters.wanted, TICKETS, page * TICKETS)
        due = {each.number: due_of(desk.knowledge.now(), each) for each in picture.tickets}
        shown = ticket_rows(visitor, picture, due)
        return self._page(request, visitor, filters, "sager", OF_TICKETS, count, page, TICKETS, tickets=shown, cases=[])

    def cases(self, request: Request) -> Response:
        visitor, filters, page = self._asked(request)
        desk = self._frame.parts.desk
        picture, count = case_list(desk, visitor.person, filters.wanted, CASES, page * CASES)
        shown = case_rows(visitor, picture, contracts_of(desk.knowledge.now(), picture.cases))
        path = "leverandoersager"
        return self._page(request, visitor, filters, path, OF_CASES, count, page, CASES, tickets=[], cases=shown)

    def _asked(self, request: Request) -> tuple[Visitor, Filters, int]:
        said = request.query_params.get("side", "1")
        page = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 1
        visitor = self._frame.visitor(request)
        if request.query_params.get("q"):
            self._frame.shows(request, "")  # a search for words; which, is nobody's but hers
        return visitor, read_filters(request, self._frame.organisation()), max(0, min(page, LAST) - 1)

    def _page(
        self,
        request: Request,
        visitor: Visitor,
        filters: Filters,
        path: str,
        names: tuple[str, ...],
        count: int,
        page: int,
        most: int,
        **shown: Any,
    ) -> Response:
        here = f"{visitor.prefix}/{path}"
        last = max(0, count - 1) // most
        behind = filters.wanted.behind
        figure = ""
        if behind:
            part = self._part(behind.part, visitor)
            figure = say(
                visitor.language, f"list.{filters.said['maal']}", since=behind.since, until=behind.until, part=part
            )
        return self._frame.page(
            request,
            visitor,
            "list.html",
            heading=say(visitor.language, f"list.{path}"),
            figure=figure,
            here=here,
            filters=filters,
            fields=fields_of(filters, self._frame.organisation(), visitor.language, names),
            count=count,
            first=page * most + 1,
            until=min(count, (page + 1) * most),
            before=filters.href(here, side=str(page)) if page else "",
            after=filters.href(here, side=str(page + 2)) if page < last else "",
            **shown,
        )

    def _part(self, part: str, visitor: Visitor) -> str:
        """A tier or a supplier, by its name."""
        organisation = self._frame.organisation()
        supplier = next((each for each in organisation.suppliers.values() if each.id == part), None)
        if supplier:
            return f", {supplier.name}"
        return f", {say(visitor.language, f'party.{part}')}" if part in {"superuser", "it"} else ""


def ticket_rows(visitor: Visitor, picture: Picture, due: Mapping[int, datetime | None]) -> list[TicketRow]:
    voice = Voice(picture)
    return [_ticket_row(visitor, voice, each, due.get(each.number)) for each in picture.tickets]


def case_rows(visitor: Visitor, picture: Picture, contracts: Mapping[int, Contract | None]) -> list[CaseRow]:
    return [_case_row(visitor, picture, each, contracts) for each in picture.cases]


def _case_row(
    visitor: Visitor, picture: Picture, case: SupplierCase, contracts: Mapping[int, Contract | None]
) -> CaseRow:
    clocks = tuple(picture.case_clocks.get(case.number, ()))
    own = replace(picture, case=case, contract=contracts.get(case.number), clocks=clocks)
    return case_row(Voice(own), case, clocks, visitor.prefix)


def _ticket_row(visitor: Visitor, voice: Voice, ticket: Ticket, due: datetime | None) -> TicketRow:
    site = voice.picture.organisation.sites.get(ticket.site)
    now = voice.picture.now
    return TicketRow(
        f"{visitor.prefix}/sag/{ticket.number}",
        ticket.case_id,
        short_title(ticket),
        f"{voice.system(ticket.system)}, {site.name if site else ticket.site}",
        voice.name(ticket.assignee) if ticket.assignee else say(visitor.language, "nobody"),
        voice.party(ticket.holder) if ticket.holder else "–",
        age_of(ticket, now, visitor),
        state_word(voice, ticket),
        "late" if due and due < now else tone_of(ticket, voice),
        voice.when(due) if due else "",
    )


def age_of(ticket: Ticket, now: datetime, visitor: Visitor) -> str:
    """In days from the second one on."""
    passed = now - ticket.opened_at
    if passed.days >= 2:
        return f"{passed.days} {'døgn' if visitor.language == 'da' else 'days'}"
    return span(passed.total_seconds(), visitor.language)
