"""What a page says when something went wrong: what to do about it, never a stack trace."""

import logging
import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.web.frame import Frame
from bot.web.words import say

log = logging.getLogger("driftsvagt.web")
KNOWN = frozenset({401, 403, 404, 405, 413, 503})


class Errors:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    async def refused(self, request: Request, _: Exception) -> Response:
        """No such case, or not theirs to see: the same answer to both."""
        return self._page(request, 404)

    async def http(self, request: Request, wrong: Exception) -> Response:
        status = wrong.status_code if isinstance(wrong, HTTPException) else 500
        return self._page(request, status if status in KNOWN else 404 if status < 500 else 503)

    async def fault(self, request: Request, wrong: Exception) -> Response:
        """The number is in the log beside what it was."""
        reference = secrets.token_hex(4)
        log.error("%s %s failed (%s)", request.method, _route(request), reference, exc_info=wrong)
        return self._page(request, 500, reference)

    def _page(self, request: Request, status: int, reference: str = "") -> Response:
        if "text/event-stream" in request.headers.get("accept", ""):
            return PlainTextResponse("", status)
        language = self._frame.language(request)
        lines = [say(language, f"e.{status}", id=reference)]
        provider = self._frame.parts.provider
        knock = status == 401 and (provider or self._frame.parts.letters) is not None and not self._frame.parts.demo
        if knock and provider:
            lines = [say(language, "e.401.oidc", name=provider.name)]
        # Inside a page of another site a browser keeps our cookie to itself; in a window of our own it does not.
        framed = status == 401 and request.headers.get("sec-fetch-dest") == "iframe"
        if framed:
            lines = [say(language, "e.framed")]
        elif status == 401 and not knock:
            lines.append(say(language, "e.401.how"))
        return self._frame.stranger_page(
            request,
            "message_page.html",
            status=status,
            heading=say(language, f"e.{status}.title"),
            lines=lines,
            action=None,
            home="/" if framed else "/ind" if knock else "" if status == 401 else "/",
            home_label=say(
                language,
                "e.window" if framed else "in.door" if knock and provider else "in.ask.title" if knock else "e.home",
            ),
            window=framed,
        )


def _route(request: Request) -> str:
    """The kind of page, not the address: a link's token must not reach the log."""
    return getattr(request.scope.get("endpoint"), "__name__", "?")
