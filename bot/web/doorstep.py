"""Somebody without a session: her forms belong to the browser that they were shown in, by a cookie of its own.

A proof bound to the form alone can be fetched by anybody and sent off in somebody else's browser from another site,
which would sign her in as whoever fetched it, and she would write in that name.
"""

import re
import secrets
from collections.abc import Mapping
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.messengers.web.render import Seal
from bot.web.frame import Frame
from bot.web.visitor import cookie_name, is_secure

LASTS = timedelta(hours=1)  # of a form that is left open; one that is older is drawn again, and pressed again
_MARK = re.compile(r"[\w-]{32}", re.ASCII)
_ELSEWHERE = frozenset({"cross-site", "same-site"})  # a neighbouring host is somebody else


class Doorstep:
    """For one request: the browser keeps the mark it came with, so that two of its tabs can stand open."""

    def __init__(self, frame: Frame, request: Request) -> None:
        self._frame = frame
        self._name = f"{cookie_name(frame.parts)}-link"
        self._came_with = request.cookies.get(self._name, "")
        self._is_ours = request.headers.get("sec-fetch-site", "") not in _ELSEWHERE
        self._mark = self._came_with if _MARK.fullmatch(self._came_with) else secrets.token_urlsafe(24)

    def seal(self, about: str) -> Seal:
        return self._frame.seals.make(self._bound(about))

    def knows(self, about: str, form: Mapping[str, str]) -> bool:
        """Whether the form was shown in this browser, and is sent from a page of ours."""
        sealed = self._frame.seals.holds(self._bound(about), form.get("nonce", ""), form.get("segl", ""))
        return self._is_ours and self._mark == self._came_with and sealed

    def remember(self, answer: Response) -> Response:
        """Strict: also whoever came by a link in a mail presses on a page of ours."""
        answer.set_cookie(
            self._name,
            self._mark,
            max_age=int(LASTS.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=is_secure(self._frame.parts),
        )
        return answer

    def _bound(self, about: str) -> str:
        return f"{about}\0{self._mark}"
