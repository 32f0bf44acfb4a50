"""Coming in by a one-time link, and going out. Opening a link shows one button; only its POST uses the link up."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.messengers.web.render import Seal
from bot.web.doorstep import Doorstep
from bot.web.frame import Frame
from bot.web.ports import Parts
from bot.web.visitor import cookie_name, is_secure
from bot.web.words import say


@dataclass(frozen=True, slots=True)
class Action:
    """The one button of a page."""

    to: str
    label: str
    seal: Seal


class Signing:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def open_link(self, request: Request) -> Response:
        """Previews and mail scanners come here too: nothing is used up, and nothing is said about the link."""
        return self._show_button(request, "in.title", "in.lead")

    def ask_out(self, request: Request) -> Response:
        visitor = self._frame.visitor(request)
        language = visitor.language
        return self._frame.page(
            request,
            visitor,
            "message_page.html",
            heading=say(language, "out.title"),
            lines=[say(language, "out.lead.oidc" if self._frame.parts.provider else "out.lead")],
            action=Action("/ud", say(language, "sign_out"), self._frame.seals.make(visitor.session)),
            other=Action("/ud/alle", say(language, "out.all"), self._frame.seals.make(visitor.session)),
            home="",
        )

    async def use_link(self, request: Request) -> Response:
        return await run_in_threadpool(self._use_link, request, await request.form(max_files=0, max_fields=4))

    async def go_out(self, request: Request) -> Response:
        return await run_in_threadpool(self._go_out, request, await request.form(max_files=0, max_fields=4))

    async def go_out_everywhere(self, request: Request) -> Response:
        return await run_in_threadpool(self._go_out, request, await request.form(max_files=0, max_fields=4), "all")

    def _use_link(self, request: Request, form: FormData) -> Response:
        token, sent = request.path_params["token"], {name: str(value) for name, value in form.items()}
        if not Doorstep(self._frame, request).knows(_bound_to(token), sent):
            return self._show_button(request, "in.again.title", "in.again", "in.again.how", status=403)
        parts, now = self._frame.parts, self._frame.now()
        session = secrets.token_urlsafe(32)
        person = parts.sessions.come_in(token, session, now, now + parts.session_lasts)
        if person is None or person not in self._frame.organisation().people:
            return self._page(request, "e.link.title", "e.link", "e.401.how", status=410)
        leave(parts, request)
        return let_in(parts, session, parts.session_lasts)

    def _show_button(self, request: Request, heading: str, *lines: str, status: int = 200) -> Response:
        token, doorstep = request.path_params["token"], Doorstep(self._frame, request)
        label = say(self._frame.language(request), "in.button")
        action = Action(f"/ind/{token}", label, doorstep.seal(_bound_to(token)))
        return doorstep.remember(self._page(request, heading, *lines, status=status, action=action))

    def _go_out(self, request: Request, form: FormData, where: Literal["here", "all"] = "here") -> Response:
        visitor = self._frame.visitor(request)
        self._frame.seals.check(visitor.session, str(form.get("nonce", "")), str(form.get("segl", "")))
        if where == "all":
            self._frame.parts.sessions.end_all(visitor.person.id)
        else:
            self._frame.parts.sessions.end(visitor.session)
        provider = self._frame.parts.provider
        lines = ("out.all.done" if where == "all" else "out.done", *(("out.there",) if provider else ()))
        answer = self._page(request, "out.title", *lines, name=provider.name if provider else "")
        answer.delete_cookie(
            cookie_name(self._frame.parts), httponly=True, samesite="lax", secure=is_secure(self._frame.parts)
        )
        return answer

    def _page(
        self,
        request: Request,
        heading: str,
        *lines: str,
        status: int = 200,
        action: Action | None = None,
        name: str = "",
    ) -> Response:
        language = self._frame.language(request)
        return self._frame.stranger_page(
            request,
            "message_page.html",
            status=status,
            heading=say(language, heading),
            lines=[say(language, line, name=name) for line in lines],
            action=action,
            home="",
        )


def leave(parts: Parts, request: Request) -> None:
    """Whoever was signed in here is not any more."""
    if before := request.cookies.get(cookie_name(parts)):
        parts.sessions.end(before)


def let_in(parts: Parts, session: str, lasts: timedelta) -> Response:
    """To the front page, with the cookie of a session that has begun."""
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        cookie_name(parts),
        session,
        max_age=int(lasts.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=is_secure(parts),
    )
    return answer


def _bound_to(token: str) -> str:
    return f"link:{token}"
