"""At the door: a NUL in an address is taken out of it. Nobody types one, and PostgreSQL takes no text that has one."""

from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Receive, Scope, Send

NUL = "\x00"


class Cleaned:
    """Of forms the words are cleaned where they are read; the rest of a form is compared, and never stored as it came."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["path"] = scope["path"].replace(NUL, "")
            scope["query_string"] = _cleaned(scope["query_string"])
        await self._app(scope, receive, send)


def _cleaned(query: bytes) -> bytes:
    """As it came, unless there is something to take out."""
    if b"%00" not in query and b"\x00" not in query:
        return query
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return urlencode([(key.replace(NUL, ""), value.replace(NUL, "")) for key, value in pairs]).encode("ascii")
