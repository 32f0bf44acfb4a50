"""/ind/oidc: to the provider where people prove who they are, and back. What the journey needs travels in a sealed cookie."""

import hmac
import logging
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.domain.people import PersonId
from bot.web.frame import Frame
from bot.web.knocking import Paced
from bot.web.ports import Journey, NotProven, Provider, ProviderSilent, Stranger
from bot.web.signing import leave, let_in
from bot.web.visitor import COOKIE, is_secure
from bot.web.words import say

log = logging.getLogger("driftsvagt.web")

THERE, BACK = "/ind/oidc", "/ind/oidc/svar"
LASTS = timedelta(minutes=10)  # of the journey
STAYS = timedelta(hours=12)  # whose account is closed there is out of here too when the next day begins
PER_CLIENT = 300  # in 10 minutes: at eight a whole town hall comes in, through one address
AT_ONCE = 8  # threads that wait for the provider: however slow it is, the pages keep theirs
_ERROR = re.compile(r"[a-z_]{1,40}")
_THEIRS = frozenset({"server_error", "temporarily_unavailable"})
_LONGEST = 4096  # of a code
_Found = TypeVar("_Found")


class Arriving:
    def __init__(self, frame: Frame, provider: Provider) -> None:
        self._frame, self._provider = frame, provider
        self._going, self._coming = Paced(PER_CLIENT), Paced(PER_CLIENT)
        self._waiting = CapacityLimiter(AT_ONCE)

    async def go(self, request: Request) -> Response:
        if not self._going.allows(_client(request), self._frame.now()):
            return self._sorry(request, "slow", 429)
        journey = Journey(*(secrets.token_urlsafe(32) for _ in range(3)))
        try:
            address = await self._wait(lambda: self._provider.start(journey))
        except ProviderSilent:
            return self._sorry(request, "silent", 503)
        answer = RedirectResponse(address, 303)
        until = int((self._frame.now() + LASTS).timestamp())
        ticket = self._frame.seals.close(f"{journey.state}.{journey.nonce}.{journey.verifier}.{until}")
        answer.set_cookie(self._cookie, ticket, max_age=int(LASTS.total_seconds()), **self._for_us_alone)
        return answer

    async def come_back(self, request: Request) -> Response:
        if not self._coming.allows(_client(request), self._frame.now()):
            return self._sorry(request, "slow", 429)
        journey = self._journey(request)
        if journey is None:
            return self._sorry(request, "lost", 403)
        answer = await self._finish(request, journey)
        answer.delete_cookie(self._cookie, **self._for_us_alone)  # one journey, one return
        return answer

    async def _finish(self, request: Request, journey: Journey) -> Response:
        code = request.query_params.get("code", "")
        if error := request.query_params.get("error", ""):  # pressed Cancel, or may not use the desk there
            log.info("oidc: the provider answered %s", error if _ERROR.fullmatch(error) else "an error")
            return self._sorry(request, "silent", 503) if error in _THEIRS else self._sorry(request, "denied", 403)
        if not code or len(code) > _LONGEST:
            return self._sorry(request, "lost", 403)
        try:
            return await self._wait(lambda: self._let_in(request, journey, code))
        except ProviderSilent:
            return self._sorry(request, "silent", 503)
        except NotProven:
            return self._sorry(request, "unproven", 403)

    def _let_in(self, request: Request, journey: Journey, code: str) -> Response:
        """Raises ProviderSilent, NotProven."""
        match self._provider.finish(journey, code):
            case Stranger(account):
                return self._sorry(request, "stranger", 403, account)
            case person if person not in self._frame.organisation().people:
                return self._sorry(request, "stranger", 403)
            case person:
                return self._begin(request, person)

    def _begin(self, request: Request, person: PersonId) -> Response:
        parts = self._frame.parts
        leave(parts, request)
        session = secrets.token_urlsafe(32)
        lasts = min(STAYS, parts.session_lasts)
        parts.sessions.begin(session, person, self._frame.now() + lasts)
        return let_in(parts, session, lasts)

    def _journey(self, request: Request) -> Journey | None:
        """The one that this browser began, if it began here, lately, and the answer belongs to it."""
        ticket = self._frame.seals.read(request.cookies.get(self._cookie, ""))
        state, nonce, verifier, until = ticket.split(".") if ticket else ("", "", "", "0")
        belongs = hmac.compare_digest(state.encode(), request.query_params.get("state", "").encode())
        is_late = self._frame.now() >= datetime.fromtimestamp(int(until), UTC)
        return Journey(state, nonce, verifier) if state and belongs and not is_late else None

    async def _wait(self, ask: Callable[[], _Found]) -> _Found:
        return await to_thread.run_sync(ask, limiter=self._waiting)

    @property
    def _cookie(self) -> str:
        # __Host- would not let it be for one path alone.
        return f"__Secure-{COOKIE}-ind" if is_secure(self._frame.parts) else f"{COOKIE}-ind"

    @property
    def _for_us_alone(self) -> dict[str, Any]:
        """Lax: the provider sends the browser back from its own site."""
        return {"path": THERE, "httponly": True, "samesite": "lax", "secure": is_secure(self._frame.parts)}

    def _sorry(self, request: Request, what: str, status: int, account: str = "") -> Response:
        language, name = self._frame.language(request), self._provider.name
        return self._frame.stranger_page(
            request,
            "message_page.html",
            status=status,
            heading=say(language, f"e.oidc.{what}.title", name=name),
            lines=[say(language, f"e.oidc.{what}", name=name)],
            copy=account,
            action=None,
            home="/ind",
            home_label=say(language, "in.door"),
        )


def _client(request: Request) -> str:
    return request.client.host if request.client else ""
