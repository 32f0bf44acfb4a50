"""/fil/{attachment}: what was attached to a question or a comment, for those who may read it. Saved, never shown by a browser."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.viewing import attachment
from bot.domain.attachments import KINDS
from bot.web.frame import Frame

_KINDS = frozenset(KINDS.values())


class Files:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def download(self, request: Request) -> Response:
        visitor = self._frame.visitor(request)
        found, content = attachment(self._frame.parts.desk, visitor.person, request.path_params["attachment"])
        if found.by != visitor.person.id and found.ticket is not None:
            self._frame.shows(request, f"#{found.ticket}")
        headers = {
            "Content-Type": found.kind if found.kind in _KINDS else "application/octet-stream",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        }
        return Response(content, headers=headers)
