"""Headers on every answer: nothing from elsewhere runs here, and only sites that are named frame the messenger's pages."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# What an employee needs on the intranet; what IT and contract managers look at is never shown inside another page.
_MESSENGER = re.compile(r"/(sag/[^/]+|kanal/[^/]+(/[^/]+)?|stroem|sig|tryk)?")

STATIC = "/static/"
_FOR_EVER = "public, max-age=31536000, immutable"
_FOUND = frozenset({200, 304})


class Guarded:
    def __init__(self, app: ASGIApp, frame_ancestors: str, fingerprints: Mapping[str, str]) -> None:
        self._app = app
        self._fingerprints = fingerprints
        self._headers = dict(_headers("'none'"))
        self._framed = dict(_headers(frame_ancestors or "'none'"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarding(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (self._framed if _MESSENGER.fullmatch(scope["path"]) else self._headers).items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(STATIC):
                    headers["Cache-Control"] = _FOR_EVER if self._is_for_ever(scope, message["status"]) else "no-cache"
                else:
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, guarding)

    def _is_for_ever(self, scope: Scope, status: int) -> bool:
        """While a new version is rolled out, one process may be asked for the other's file: that is not to be kept."""
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("v", [])
        return status in _FOUND and asked == [self._fingerprints.get(scope["path"].removeprefix(STATIC))]


def _headers(frame_ancestors: str) -> Iterable[tuple[str, str]]:
    policy = (
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
        f"frame-ancestors {frame_ancestors}",
    )
    yield "Content-Security-Policy", "; ".join(policy)
    yield "X-Content-Type-Options", "nosniff"
    yield "Referrer-Policy", "same-origin"
    yield "Cross-Origin-Opener-Policy", "same-origin"
    yield "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
