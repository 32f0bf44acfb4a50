"""The web face on a stage: the real desk with the sample organisation, in memory, and a clock that stands still."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count

import httpx

from bot.app.trying import LiveTrying
from bot.desk.clocks import check
from bot.desk.delivery import deliver
from bot.desk.ports import Desk, Known
from bot.desk.reception import handle, receive
from bot.domain.commands import Delivery
from bot.domain.people import PersonId
from bot.messengers.web.memory import MemoryMarks, MemoryPosts
from bot.messengers.web.send import WebOutlet
from bot.search import Engine
from bot.storage.memory import MemoryStore
from bot.suppliers.console import ConsoleSupplier
from bot.web.app import make_app
from bot.web.ports import Demo, Parts

MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # a Tuesday, 9.30 in Fjordby
BASE = "http://localhost"


class Hands:
    """A clock that only the test moves; the demo may also say how fast."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at
        self.speed = 0

    def now(self) -> datetime:
        return self.at

    def set_speed(self, speed: int) -> None:
        self.speed = speed

    def skip(self, span: timedelta) -> None:
        self.at += span


class Standing:
    """Knowledge that changes only when a test says so."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def now(self) -> Known:
        return self.known


@dataclass
class Doors:
    """One-time links and sessions in two dictionaries."""

    links: dict[str, tuple[PersonId, datetime]] = field(default_factory=dict)
    sessions: dict[str, tuple[PersonId, datetime]] = field(default_factory=dict)

    def make_link(self, token: str, person: PersonId, expires_at: datetime) -> None:
        self.links[token] = person, expires_at

    def come_in(self, link: str, session: str, now: datetime, until: datetime) -> PersonId | None:
        person, expires_at = self.links.pop(link, (None, now))
        if person is None or now >= expires_at:
            return None
        self.sessions[session] = person, until
        return person

    def begin(self, token: str, person: PersonId, expires_at: datetime) -> None:
        self.sessions[token] = person, expires_at

    def person(self, token: str, now: datetime) -> PersonId | None:
        person, expires_at = self.sessions.get(token, (None, now))
        return person if now < expires_at else None

    def end(self, token: str) -> None:
        self.sessions.pop(token, None)

    def end_all(self, person: PersonId) -> None:
        self.sessions = {token: row for token, row in self.sessions.items() if row[0] != person}
        self.links = {token: row for token, row in self.links.items() if row[0] != person}


class Stage:
    def __init__(self, known: Known, search: Engine, *, personas: tuple[str, ...] = ()) -> None:
        self.hands, self.posts, self.doors = Hands(), MemoryPosts(), Doors()
        self.mails: list[str] = []
        self.knowledge = Standing(known)
        ids = count(1)
        outlets = {"web": WebOutlet(self.posts), "mail": ConsoleSupplier(self.mails.append)}
        self.store = MemoryStore()
        self.desk = Desk(
            self.store, self.knowledge, search, self.hands, outlets, lambda: f"{next(ids):08}", ("web",), BASE
        )
        demo = Demo(self.hands, tuple(PersonId(each) for each in personas)) if personas else None
        self.complaints: list[str] = []
        self.parts = Parts(
            self.desk,
            self.attend,
            self.posts,
            self.doors,
            "a secret that only this test knows",
            BASE,
            demo,
            complaints=lambda: self.complaints,
            figures=lambda: {"outbox_waiting": 2.0},
            marks=MemoryMarks(),
            trying=LiveTrying(search, lambda: tuple(self.knowledge.known.articles.values()), tuple),
        )
        self.open()

    def open(self) -> None:
        """Again, after a test has changed a part."""
        self.app = make_app(self.parts)

    def attend(self, delivery: Delivery, kept=None) -> object:
        """As the program does it: handled at once, and what it had to tell is told."""
        if not receive(self.desk, delivery):
            return self.desk.store.answered(delivery) or handle(self.desk, delivery)
        if kept:
            kept()
        outcome = handle(self.desk, delivery)
        self.deliver()
        return outcome

    def deliver(self) -> None:
        while deliver(self.desk, "stage"):
            pass

    def passes(self, span: timedelta) -> None:
        self.hands.at += span
        check(self.desk)
        self.deliver()

    def browser(self, person: str = "", language: str = "da") -> "Browser":
        """Signed in, if somebody is named."""
        cookies = {}
        if person:
            token = f"session-of-{person}"
            self.doors.begin(token, PersonId(person), self.hands.now() + timedelta(days=1))
            cookies = {"driftsvagt": token}
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        headers = {"accept-language": language}
        return Browser(httpx.AsyncClient(transport=transport, base_url=BASE, cookies=cookies, headers=headers))


@dataclass
class Browser:
    """A person at a browser without a script: opens pages, fills in forms and presses their buttons."""

    client: httpx.AsyncClient
    page: httpx.Response | None = None

    async def open(self, path: str) -> httpx.Response:
        self.page = await self.client.get(path)
        return self.page

    async def writes(self, text: str, form: str = "skriv", **more: str) -> httpx.Response:
        """In a composer of the page that is open, then back to where that leads."""
        return await self.sends(f'id="{form}"', {"text": text, **more})

    async def presses(
        self, label: str, form: dict[str, str] | None = None, *, value: str = "", htmx: bool = False
    ) -> httpx.Response:
        """The last button on the page that says this; one that opens a form, with the form filled in."""
        html = self.html
        for button in reversed([*re.finditer(r"<button([^>]*)>(.*?)</button>", html, re.DOTALL)]):
            said = " ".join(unescape(re.sub(r"<[^>]+>", "", button[2])).split())
            if said == label and 'name="knap"' in button[1] and "disabled" not in button[1]:
                its = unescape(re.search(r'value="([^"]*)"', button[1])[1])
                if value not in its:
                    continue
                own = re.search(r'form="([^"]+)"', button[1])
                marker = f'id="{own[1]}"' if own else _form_round(html, button.start())
                return await self.sends(marker, {"knap": its, **(form or {})}, htmx=htmx)
        raise AssertionError(f"no button [{label}] on {self.page.url}")

    async def sends(self, marker: str, fields: dict[str, str], *, htmx: bool = False) -> httpx.Response:
        tag = re.search(rf"<form[^>]*{re.escape(marker)}[^>]*>.*?</form>", self.html, re.DOTALL)
        assert tag, f"no form with {marker}"
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', tag[0]))
        data = {name: unescape(value) for name, value in hidden.items()} | fields
        action = re.search(r'action="([^"]+)"', tag[0])[1]
        headers = {"hx-request": "true"} if htmx else {}
        answer = await self.client.post(action, data=data, headers=headers)
        if answer.status_code == 303:
            return await self.open(answer.headers["location"])
        if not htmx:
            self.page = answer
        return answer

    @property
    def html(self) -> str:
        assert self.page is not None
        return self.page.text


def _form_round(html: str, at: int) -> str:
    start = html.rindex("<form", 0, at)
    return re.search(r'id="[^"]+"', html[start:at])[0]
