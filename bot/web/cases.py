"""/leverandoersag/{number}: one supplier case with its clocks, its minute ledger, its evidence and what can be logged."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.viewing import case_page
from bot.domain.clock import Clock
from bot.domain.contracts import TargetKind
from bot.domain.lists import shown_clocks
from bot.domain.notices import FaultReported
from bot.domain.permissions import may_show_to_suppliers
from bot.domain.refusals import NoSuchCase
from bot.domain.supplier_case import SupplierCase
from bot.domain.views import CasePage
from bot.messengers.web.places import direct
from bot.web.alone import Shown, case_card
from bot.web.axis import axis_of
from bot.web.case_lines import case_tone, clock_row
from bot.web.evidence import evidence, what_happened
from bot.web.frame import Frame
from bot.web.reports import sheet
from bot.web.talks import Talks
from bot.web.visitor import Visitor
from bot.web.words import say
from bot.wording.bars import target_name
from bot.wording.cases import case_state
from bot.wording.explaining import ledger_table, verdict
from bot.wording.say import Voice
from bot.wording.times import span
from bot.wording.views import most_pressing
from bot.wording.word import word


@dataclass(frozen=True, slots=True)
class OurLink:
    name: str
    used: str
    agreed: str


class Cases:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def page(self, request: Request) -> Response:
        visitor = self._frame.visitor(request)
        number = Talks(self._frame).number(request)
        page = case_page(self._frame.parts.desk, visitor.person, number)
        case = _case(page)
        self._frame.shows(request, case.case_id)
        voice = Voice(page.picture)
        clocks = shown_clocks(page.picture.clocks)
        chosen = main_clock(clocks)
        events = [each for each in page.events if each.type not in {"opened", "contract_assigned", "severity_set"}]
        card = case_card(page)
        here = direct(visitor.person)
        return self._frame.page(
            request,
            visitor,
            "case.html",
            heading=f"{case.case_id} {card.title}",
            lead=verdict(voice, chosen) if chosen else "",
            state=case_state(voice, case),
            tone=case_tone(case, clocks),
            case=case,
            severity=page.picture.contract.severity(case.severity) if page.picture.contract else None,
            contract=page.picture.contract,
            supplier=page.picture.organisation.suppliers.get(case.supplier),
            clocks=[clock_row(voice, each) for each in clocks],
            kind=target_name(voice, chosen) if chosen else "",
            target=chosen.target_id if chosen else "",
            axis=axis_of(voice, chosen, events, lambda event: what_happened(voice, event)) if chosen else None,
            ledger=ledger_table(voice, chosen) if chosen else None,
            evidence=evidence(voice, page, here),
            shown=Shown(f"lev-{number}", here, card),
            copy=" ".join(verdict(voice, each) for each in clocks),
            report=word(FaultReported(number), page.picture).fields,
            ours=_ours(voice, visitor, page),
            show=self._frame.seals.make(visitor.session) if self._may_show(visitor) else None,
            shown_days=self._frame.parts.shown_lasts.days,
            number=self._frame.parts.posts.newest(),
            places=[here],
            answer=Talks(self._frame).answer(visitor, [here], request),
        )

    def _may_show(self, visitor: Visitor) -> bool:
        return self._frame.parts.shares is not None and not visitor.prefix and may_show_to_suppliers(visitor.person)

    def ledger(self, request: Request) -> Response:
        """The minute ledger of one target, for a spreadsheet."""
        visitor = self._frame.visitor(request)
        number = Talks(self._frame).number(request)
        page = case_page(self._frame.parts.desk, visitor.person, number)
        wanted = request.path_params["target"]
        clock = next((each for each in shown_clocks(page.picture.clocks) if each.target_id == wanted), None)
        if clock is None:
            raise NoSuchCase(wanted)
        self._frame.shows(request, f"S-{number}")
        return sheet(f"S-{number}-{wanted}", ledger_table(Voice(page.picture), clock))


def main_clock(clocks: tuple[Clock, ...]) -> Clock | None:
    """What presses most; when nothing runs, the resolution."""
    resolution = next((each for each in clocks if each.kind is TargetKind.RESOLUTION), None)
    return most_pressing(clocks) or resolution or next(iter(clocks), None)


def _case(page: CasePage) -> SupplierCase:
    if page.picture.case is None:
        raise NoSuchCase("")
    return page.picture.case


def _ours(voice: Voice, visitor: Visitor, page: CasePage) -> list[OurLink]:
    return [
        OurLink(
            say(
                visitor.language,
                "case.ours.line",
                party=say(visitor.language, f"party.{each.party}"),
                kind=target_name(voice, each),
                case=each.case_id,
            ),
            span(each.elapsed_open_s, visitor.language),
            span(each.budget_open_s, visitor.language) if each.budget_open_s else "–",
        )
        for each in page.ours
        if each.counts and each.kind is TargetKind.REACTION and each.started_at is not None
    ]
