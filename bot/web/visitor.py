"""Who looks: a person with a session, or in the demo a persona in the path. And the proof that a form is ours."""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.domain.people import Language, Person, PersonId
from bot.messengers.web.render import Seal
from bot.web.ports import Parts

COOKIE = "driftsvagt"


def is_secure(parts: Parts) -> bool:
    return parts.base_url.casefold().startswith("https:")


def cookie_name(parts: Parts) -> str:
    """Over https the browser itself promises that no neighbouring host and no plain page has set it."""
    return f"__Host-{COOKIE}" if is_secure(parts) else COOKIE


@dataclass(frozen=True, slots=True)
class Visitor:
    """`session` is what their forms are bound to; `prefix` is "/som/mia" in the demo."""

    person: Person
    session: str
    prefix: str = ""

    @property
    def language(self) -> Language:
        return self.person.language


def visitor_of(parts: Parts, request: Request) -> Visitor:
    """401 without a session, or for a person that the organisation no longer has; 404 for an unknown persona."""
    people = parts.desk.knowledge.now().organisation.people
    if "persona" in request.path_params:
        persona = people.get(PersonId(request.path_params["persona"]))
        if persona is None or parts.demo is None:
            raise HTTPException(404)
        return as_persona(persona)
    token = request.cookies.get(cookie_name(parts), "")
    person = parts.sessions.person(token, parts.desk.clock.now()) if token else None
    known = people.get(person) if person else None
    if known is None:
        raise HTTPException(401)
    return Visitor(known, token)


def as_persona(person: Person) -> Visitor:
    return Visitor(person, f"persona:{person.id}", f"/som/{person.id}")


class Seals:
    """A form carries a nonce and a token made of it, the session and our secret: nobody else's page can make one."""

    def __init__(self, secret_key: str) -> None:
        self._secret = secret_key.encode()

    def make(self, session: str) -> Seal:
        nonce = secrets.token_urlsafe(12)
        return Seal(nonce, self._token(session, nonce))

    def check(self, session: str, nonce: str, token: str) -> None:
        """403 for a form that did not come from a page of this session."""
        if not self.holds(session, nonce, token):
            raise HTTPException(403)

    def holds(self, session: str, nonce: str, token: str) -> bool:
        return bool(nonce) and hmac.compare_digest(token.encode(), self._token(session, nonce).encode())

    def close(self, text: str) -> str:
        """Anybody may read it; nobody else can make one."""
        return f"{text}.{self._token('closed', text)}"

    def read(self, closed: str) -> str:
        """What was closed; "" if we did not close it."""
        text, _, token = closed.rpartition(".")
        return text if hmac.compare_digest(token.encode(), self._token("closed", text).encode()) else ""

    def _token(self, session: str, nonce: str) -> str:
        return hmac.new(self._secret, f"{session}\0{nonce}".encode(), sha256).hexdigest()[:32]
