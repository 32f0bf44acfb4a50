"""/ind: somebody we do not know yet asks for a one-time link. What is answered never tells whether the address is known."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.domain.people import Person
from bot.web.doorstep import Doorstep
from bot.web.frame import Frame
from bot.web.ports import Way
from bot.web.words import say

LASTS = timedelta(minutes=10)
PER_PERSON = 3  # links in that time: whoever presses again has not read the first mail yet
PER_CLIENT = 30  # several people may share an address, as those of a town hall do
_KNOCK = "knock"


class Paced:
    """How often somebody knocked lately. In this process only, which is enough to make knocking dull."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._at: dict[str, list[datetime]] = {}
        self._lock = Lock()  # several threads answer at once

    def allows(self, who: str, now: datetime) -> bool:
        with self._lock:
            self._at = {
                name: recent for name, times in self._at.items() if (recent := [at for at in times if now - at < LASTS])
            }
            times = self._at.setdefault(who, [])
            if len(times) >= self._most:
                return False
            times.append(now)
            return True


class Knocking:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._persons, self._clients = Paced(PER_PERSON), Paced(PER_CLIENT)

    def page(self, request: Request) -> Response:
        return self._draw(request)

    async def knock(self, request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=6)
        return await run_in_threadpool(self._knock, request, {name: str(value) for name, value in form.items()})

    def _knock(self, request: Request, form: Mapping[str, str]) -> Response:
        address, way = form.get("mail", "").strip(), form.get("vej", "")
        if not Doorstep(self._frame, request).knows(_KNOCK, form):
            return self._draw(request, address, "in.ask.again", status=403)
        if "@" not in address:
            return self._draw(request, address, "in.ask.wrong", status=422)
        now = self._frame.now()
        client = request.client.host if request.client else ""
        if not self._clients.allows(client, now):
            return self._draw(request, address, "in.ask.slow", status=429)
        person = self._person(address)
        self._send(person if person and self._persons.allows(person.id, now) else None, way, now)
        language = self._frame.language(request)
        lines = [say(language, "in.sent", address=address), say(language, "in.sent.how")]
        heading = say(language, "in.sent.title")
        return self._frame.stranger_page(
            request, "message_page.html", heading=heading, lines=lines, action=None, home=""
        )

    def _send(self, person: Person | None, asked: str, now: datetime) -> None:
        letters = self._frame.parts.letters
        way: Way = "slack" if asked == "slack" else "mail"
        if letters is not None and way in letters.ways:
            letters.send_link(way, person, now + LASTS)

    def _person(self, address: str) -> Person | None:
        """Everybody is looked at, so that it takes as long wherever she stands, and if she does not."""
        wanted = address.casefold()
        found = [each for each in self._frame.organisation().people.values() if each.email.casefold() == wanted]
        return found[0] if found else None

    def _draw(self, request: Request, address: str = "", wrong: str = "", status: int = 200) -> Response:
        language = self._frame.language(request)
        letters, provider = self._frame.parts.letters, self._frame.parts.provider
        doorstep = Doorstep(self._frame, request)
        page = self._frame.stranger_page(
            request,
            "knock.html",
            status=status,
            ways=letters.ways if letters else (),
            provider=provider.name if provider else "",
            address=address,
            wrong=say(language, wrong) if wrong else "",
            seal=doorstep.seal(_KNOCK),
        )
        return doorstep.remember(page)
