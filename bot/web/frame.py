"""What every page shares: the parts, the templates, the proof in forms, and the frame that is drawn round a page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.desk.viewing import editions, helps_with
from bot.domain.commands import Kind, Place
from bot.domain.people import Language, Person, PersonId, Role
from bot.domain.permissions import may_look_at_knowledge, may_look_at_suppliers
from bot.domain.picture import Picture
from bot.domain.systems import Organisation
from bot.messengers.web.places import channels, may_read
from bot.messengers.web.render import View, environment
from bot.web.ports import Parts
from bot.web.visitor import Seals, Visitor, visitor_of
from bot.web.waking import Waker
from bot.web.words import say
from bot.wording.attached import size_words

HERE = Path(__file__).parent
STATIC = HERE / "static"
_ROLES = (Role.CONTRACT_MANAGER, Role.IT, Role.SUPERUSER)  # the one that says most about a person


@dataclass(frozen=True, slots=True)
class Room:
    href: str
    label: str
    is_here: bool


class Frame:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.seals = Seals(parts.secret_key)
        self.waker = Waker(parts.posts, parts.desk.store.newest_notice, partial(editions, parts.desk))
        self.templates: Environment = environment(HERE / "templates")
        self.fingerprints = _fingerprints()
        self.templates.globals["static"] = partial(_static, self.fingerprints)

    def visitor(self, request: Request) -> Visitor:
        visitor = visitor_of(self.parts, request)
        request.state.by = visitor.person.id
        return visitor

    def shows(self, request: Request, case: str, by: PersonId | None = None) -> None:
        """For the audit: this page shows the case, or "" for several. `by`: who answers for it, where nobody is signed in."""
        request.state.shows = case
        if by is not None:
            request.state.by = by

    def now(self) -> datetime:
        return self.parts.desk.clock.now()

    def organisation(self) -> Organisation:
        return self.parts.desk.knowledge.now().organisation

    def may_read(self, person: Person, place: Place) -> bool:
        """A thread about a ticket is for those who help with it, also where its employee is one of the group."""
        if not may_read(person, place):
            return False
        number = place.thread if place.kind is Kind.THREAD else ""
        return not number.isdigit() or helps_with(self.parts.desk, person, int(number))

    def name_of(self, person: PersonId) -> str:
        known = self.organisation().people.get(person)
        return known.name if known else str(person)

    def view(self, visitor: Visitor, back: str = "/") -> View:
        return View(
            visitor.person.id,
            visitor.language,
            self.organisation().zone,
            self.now(),
            self.name_of,
            partial(self.seals.make, visitor.session),
            visitor.prefix,
            self.parts.base_url,
            back,
            size_words(self.parts.attachment_room, visitor.language),
        )

    def picture(self, person: Person) -> Picture:
        """Blank, for wording a refusal or a name."""
        return Picture(self.now(), self.organisation(), reader=person, base_url=self.parts.base_url)

    def page(
        self, request: Request, visitor: Visitor, template: str, *, status: int = 200, back: str = "", **values: Any
    ) -> HTMLResponse:
        """`back` is where forms return to: this page, unless something else is said."""
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        view = self.view(visitor, back or here)
        path = request.url.path.removeprefix(visitor.prefix)
        round_it = {"visitor": visitor, "role": _role(visitor), "rooms": _rooms(visitor, path)}
        return HTMLResponse(self.draw(template, view, **round_it, **values), status)

    def partial(self, template: str, visitor: Visitor, back: str, **values: Any) -> str:
        return self.draw(template, self.view(visitor, back), visitor=visitor, **values)

    def stranger_page(self, request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """For somebody we do not know: in the browser's language, and without rooms."""
        language = self.language(request)
        nobody = Person(PersonId(""), "", "", next(iter(self.organisation().sites)), frozenset(), language)
        view = replace(self.view(Visitor(nobody, "")), back="/")
        return HTMLResponse(self.draw(template, view, visitor=None, rooms=(), role="", **values), status)

    def language(self, request: Request) -> Language:
        """Of somebody we do not know: what the browser prefers."""
        return "en" if request.headers.get("accept-language", "da").casefold().startswith("en") else "da"

    def draw(self, template: str, view: View, **values: Any) -> str:
        return self.templates.get_template(template).render(
            view=view, t=partial(say, view.language), organisation=self.organisation().name, **values
        )


def _rooms(visitor: Visitor, path: str) -> tuple[Room, ...]:
    language, person = visitor.language, visitor.person
    found = [("/", "talks", path == "/" or path.startswith("/sag/"))]
    own = next(iter(channels(person)), None)
    if own:
        found.append((f"/kanal/{own}", "groups", path.startswith("/kanal")))
    if may_look_at_knowledge(person):
        found.append(("/viden", "knowledge", path.startswith("/viden")))
    if may_look_at_suppliers(person):
        found.append(("/overblik", "overview", path.startswith(("/overblik", "/leverandoersag", "/sager", "/vagt"))))
        found.append(("/rapport", "reports", path.startswith(("/rapport", "/tendens"))))
    return tuple(Room(visitor.prefix + href, say(language, label), is_here) for href, label, is_here in found)


def _role(visitor: Visitor) -> str:
    role = next((each for each in _ROLES if visitor.person.has(each)), Role.EMPLOYEE)
    return say(visitor.language, f"role.{role.value}")


def _fingerprints() -> Mapping[str, str]:
    files = (path for path in STATIC.rglob("*") if path.is_file())
    return {path.relative_to(STATIC).as_posix(): sha256(path.read_bytes()).hexdigest()[:10] for path in files}


def _static(fingerprints: Mapping[str, str], name: str) -> str:
    """The address changes with the file, so that browsers may keep it for ever."""
    return f"/static/{name}?v={fingerprints[name]}"
