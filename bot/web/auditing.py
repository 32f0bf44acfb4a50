"""Who looked at somebody's ticket or at a supplier case, and who was turned away: kept before the answer is sent."""

import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.desk.ports import Desk
from bot.domain.audit import Deed, Trace, shaped
from bot.domain.people import PersonId

log = logging.getLogger("driftsvagt.web")
TURNED_AWAY = frozenset({403, 404})
SHOWN = 200
ONCE = timedelta(minutes=15)  # a page that stands open asks for itself every 20 seconds, and is still one look
REMEMBERED = 4096  # looks, in this process; one that was pushed out is kept once more, which does no harm

Look = tuple[PersonId, str, str, int]


class Audited:
    """Pages say what they show (`Frame.shows`) and to whom; what is refused shows in the status."""

    def __init__(self, app: ASGIApp, desk: Desk, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._desk = desk
        self._looks: OrderedDict[Look, datetime] = OrderedDict()
        self._paths: dict[object, str] = {each.endpoint: each.path for each in routes if isinstance(each, Route)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def auditing(message: Message) -> None:
            if message["type"] == "http.response.start":
                trace = self._trace(scope, message["status"])
                if trace and self._is_new(look := _look(scope, trace), trace):
                    kept = await run_in_threadpool(self._keep, trace)
                    if not kept:
                        self._looks.pop(look, None)
            await send(message)

        await self._app(scope, receive, auditing)

    def _trace(self, scope: Scope, status: int) -> Trace | None:
        state = scope.get("state", {})
        by, page = state.get("by"), self._paths.get(scope.get("endpoint"))
        if by is None or page is None:  # a stranger is shown nothing, and an address that we do not have is nobody's
            return None
        now = self._desk.clock.now()
        if status == SHOWN and "shows" in state:
            return Trace(now, PersonId(by), Deed.LOOKED, page, state["shows"])
        if status in TURNED_AWAY:
            return Trace(now, PersonId(by), Deed.REFUSED, page, _about(scope), str(status))
        return None

    def _is_new(self, look: Look, trace: Trace) -> bool:
        """The first in a while. A refusal always is. Counted from what was kept, so that a long look is kept again."""
        if trace.deed is Deed.REFUSED:
            return True
        before = self._looks.get(look)
        if before is not None and abs(trace.at - before) < ONCE:
            return False
        self._looks[look] = trace.at
        self._looks.move_to_end(look)
        if len(self._looks) > REMEMBERED:
            self._looks.popitem(last=False)
        return True

    def _keep(self, trace: Trace) -> bool:
        """What cannot be kept is loud in the log; help does not wait for it."""
        try:
            self._desk.store.trace(trace)
        except SQLAlchemyError:
            log.exception("the audit could not be written: %s %s by %s", trace.deed, trace.about, trace.by)
            return False
        return True


def _look(scope: Scope, trace: Trace) -> Look:
    """Of several cases at once, what was searched for tells one look from another; it is not kept."""
    return trace.by, trace.what, trace.about, 0 if trace.about else hash(scope.get("query_string", b""))


def _about(scope: Scope) -> str:
    """From the address: a case, or nothing. A path may hold anything that somebody typed."""
    asked: Mapping[str, str] = scope.get("path_params", {})
    said = asked.get("case") or asked.get("number") or ""
    return shaped(f"S-{said}" if "/leverandoersag/" in scope["path"] else said)
