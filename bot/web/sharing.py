"""A supplier case shown to the supplier: by a signed link that expires and can be withdrawn, to look at only.

The link says who made it. Each time it is opened the case is read with that person's rights, so it dies with them.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.desk import sharing
from bot.desk.ports import Shares
from bot.domain.intervals import moment, seconds
from bot.domain.lists import shown_clocks
from bot.domain.people import Language, PersonId
from bot.domain.refusals import NoSuchCase
from bot.web.case_lines import case_tone, clock_row
from bot.web.frame import Frame
from bot.web.talks import Talks
from bot.web.visitor import Visitor
from bot.web.words import say
from bot.wording.cases import case_state
from bot.wording.explaining import ledger_table, verdict
from bot.wording.say import Voice
from bot.wording.times import long_day


@dataclass(frozen=True, slots=True)
class Pass:
    """`edition` is how often the case's links had been withdrawn when this one was made."""

    case: int
    maker: str
    until: int  # UTC seconds
    edition: int

    def sealed(self, secret: str) -> str:
        said = f"{self.case}/{self.until}/{self.edition}/{self.maker}".encode()
        return f"{_text(said)}.{_signature(secret, said)}"

    @classmethod
    def read(cls, token: str, secret: str) -> "Pass | None":
        """None if we did not make it."""
        payload, _, signature = token.partition(".")
        try:
            said = urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        except (NotBase64, ValueError):
            return None
        if not hmac.compare_digest(signature.encode(), _signature(secret, said).encode()):
            return None
        case, until, edition, maker = said.decode().split("/", 3)
        return cls(int(case), maker, int(until), int(edition))


def _signature(secret: str, said: bytes) -> str:
    return _text(hmac.new(secret.encode(), b"shown to a supplier\0" + said, sha256).digest())


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


class Sharing:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    async def share(self, request: Request) -> Response:
        return await run_in_threadpool(self._share, request, await request.form(max_files=0, max_fields=4))

    async def withdraw(self, request: Request) -> Response:
        return await run_in_threadpool(self._withdraw, request, await request.form(max_files=0, max_fields=4))

    def page(self, request: Request) -> Response:
        """For whoever has the link: clocks, minute ledgers, and the sentences that sum them up. No person, no words of any."""
        shown = Pass.read(request.path_params["token"], self._frame.parts.secret_key)
        maker = self._frame.organisation().people.get(PersonId(shown.maker)) if shown else None
        if shown is None or maker is None:
            raise HTTPException(404)
        language, until = maker.language, moment(shown.until)
        page = sharing.shown(self._frame.parts.desk, self._shares(), maker, shown.case, shown.edition, until)
        if page is None:
            lines = [say(language, "show.over"), say(language, "show.over.how")]
            heading = say(language, "show.over.title")
            return self._frame.stranger_page(
                request, "message_page.html", status=410, heading=heading, lines=lines, action=None, home=""
            )
        case, voice = page.picture.case, Voice(page.picture)
        if case is None:
            raise NoSuchCase("")
        self._frame.shows(request, case.case_id, maker.id)
        clocks = [each for each in shown_clocks(page.picture.clocks) if each.party == "supplier"]
        supplier = page.picture.organisation.suppliers.get(case.supplier)
        answer = self._frame.stranger_page(
            request,
            "shown_case.html",
            heading=say(
                language, "show.title", case=case.case_id, supplier=supplier.name if supplier else case.supplier
            ),
            case=case,
            state=case_state(voice, case),
            tone=case_tone(case, tuple(clocks)),
            contract=page.picture.contract,
            until=self._day(until, language),
            clocks=[clock_row(voice, each) for each in clocks],
            sums=[verdict(voice, each) for each in clocks],
            ledgers=[ledger_table(voice, each) for each in clocks if each.started_at is not None],
        )
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    def _share(self, request: Request, form: FormData) -> Response:
        visitor, number = self._asked(request, form)
        until = self._frame.now() + self._frame.parts.shown_lasts
        edition = sharing.share(self._frame.parts.desk, self._shares(), visitor.person, number)
        made = Pass(number, visitor.person.id, seconds(until), edition)
        address = f"{self._frame.parts.base_url}/delt/{made.sealed(self._frame.parts.secret_key)}"
        lines = ("show.made", "show.made.how")
        return self._told(
            request, visitor, number, "show.made.title", lines, address, self._day(until, visitor.language)
        )

    def _withdraw(self, request: Request, form: FormData) -> Response:
        visitor, number = self._asked(request, form)
        sharing.withdraw(self._frame.parts.desk, self._shares(), visitor.person, number)
        return self._told(request, visitor, number, "show.withdrawn.title", ("show.withdrawn",))

    def _asked(self, request: Request, form: FormData) -> tuple[Visitor, int]:
        visitor = self._frame.visitor(request)
        self._frame.seals.check(visitor.session, str(form.get("nonce", "")), str(form.get("segl", "")))
        return visitor, Talks(self._frame).number(request)

    def _told(
        self,
        request: Request,
        visitor: Visitor,
        number: int,
        heading: str,
        lines: tuple[str, ...],
        address: str = "",
        until: str = "",
    ) -> Response:
        language = visitor.language
        said = [say(language, line, case=f"S-{number}", until=until) for line in lines]
        back = f"{visitor.prefix}/leverandoersag/{number}"
        return self._frame.page(
            request,
            visitor,
            "message_page.html",
            heading=say(language, heading),
            lines=said,
            copy=address,
            action=None,
            home=back,
            home_label=say(language, "show.back", case=f"S-{number}"),
        )

    def _shares(self) -> Shares:
        """404 where nothing is shown to suppliers, as in the demo."""
        if self._frame.parts.shares is None:
            raise HTTPException(404)
        return self._frame.parts.shares

    def _day(self, at: datetime, language: Language) -> str:
        return long_day(at, self._frame.organisation().zone, language)
