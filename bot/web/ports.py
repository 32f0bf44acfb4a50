"""What the web face is given: everything it needs of the world, passed in."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

from starlette.routing import BaseRoute

from bot.desk.ports import Desk, Shares
from bot.domain.articles import ArticleId, Found
from bot.domain.attachments import MEGABYTE
from bot.domain.commands import Delivery, Done, Place
from bot.domain.people import Language, Person, PersonId
from bot.domain.refusals import Refused
from bot.messengers.web.post import Posts
from bot.search import Explained


class Sessions(Protocol):
    """One-time links and web sessions. Tokens are made here; only their hashes are kept there."""

    def make_link(self, token: str, person: PersonId, expires_at: datetime) -> None: ...
    def come_in(self, link: str, session: str, now: datetime, until: datetime) -> PersonId | None: ...
    def begin(self, token: str, person: PersonId, expires_at: datetime) -> None: ...
    def person(self, token: str, now: datetime) -> PersonId | None: ...
    def end(self, token: str) -> None: ...
    def end_all(self, person: PersonId) -> None: ...


class Marks(Protocol):
    """How far each person has read at each place, by the ids of posts."""

    def reached_under(self, person: PersonId, place: Place) -> Mapping[str, int]:
        """Of the place, by "" if they were ever there, and of each of its parts, by its thread."""
        ...

    def reach(self, person: PersonId, place: Place, post: int) -> None:
        """Never back. The marks of the place's parts that are not further are of no use any more, and go."""
        ...


Way = Literal["mail", "slack"]


class Letters(Protocol):
    """One-time links on their way to a person."""

    @property
    def ways(self) -> Sequence[Way]: ...
    def send_link(self, way: Way, person: Person | None, until: datetime) -> None:
        """Makes it and sends it, beside the page; nobody (None) gets none, which takes the page as long."""
        ...


@dataclass(frozen=True, slots=True)
class Journey:
    """To the provider and back. Each is unguessable, and only the browser that left brings them along."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Stranger:
    """Proven, and nobody of the organisation: what the provider calls the account."""

    account: str


class ProviderSilent(Exception):
    """It does not answer, or it does not know us."""


class NotProven(Exception):
    """What it answered proves nothing."""


class Provider(Protocol):
    """Where people prove who they are. Waits for the network, and keeps nothing between `start` and `finish`."""

    @property
    def name(self) -> str: ...
    def start(self, journey: Journey) -> str:
        """Where the browser goes. Raises ProviderSilent."""
        ...

    def finish(self, journey: Journey, code: str) -> PersonId | Stranger:
        """Whose code it is. Raises ProviderSilent, NotProven."""
        ...


class Attend(Protocol):
    """One delivery, from the inbox to the end. A repeat is done already.

    `kept` is called once it is in the inbox, and before anything comes of it. Raises HTTPException(503) if it is not kept.
    """

    def __call__(self, delivery: Delivery, kept: Callable[[], object] | None = None) -> Done | Refused: ...


class Trying(Protocol):
    """The search, asked why. Nothing is kept."""

    @property
    def limits(self) -> tuple[float, float]: ...  # from which confidence it answers; suggests
    def explain(self, question: str, visible: frozenset[ArticleId]) -> tuple[Found, Sequence[Explained]]: ...
    def edited(self, articles: str, question: str, visible: frozenset[ArticleId]) -> tuple[Found, Sequence[Explained]]:
        """As if these articles (YAML) stood in the files. Raises NotReadable, SomebodyTries."""
        ...

    def alike(self, questions: Sequence[str], systems: Sequence[object]) -> Sequence[Sequence[int]]:
        """Places of those that ask for the same thing of the same system."""
        ...


@dataclass(slots=True)
class NotReadable(Exception):
    """What is wrong with what was pasted, by line: `said` in each language."""

    complaints: Mapping[Language, Sequence[str]]


class SomebodyTries(Exception):
    """An edit is being tried just now, and one at a time is enough."""


Ticking = Callable[[], float]  # seconds that only differences are taken of


class DemoClock(Protocol):
    """A clock that can be made to run faster: `speed` seconds pass for each real one."""

    @property
    def speed(self) -> int: ...
    def now(self) -> datetime: ...
    def set_speed(self, speed: int) -> None: ...
    def skip(self, span: timedelta) -> None: ...


@dataclass(frozen=True, slots=True)
class Demo:
    """Who stands side by side. Mounts the page that lets anybody be any of them: on loopback only."""

    clock: DemoClock
    personas: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """`complaints` says what is not ready yet; `figures` are gauges for /metrics by name."""

    desk: Desk
    attend: Attend
    posts: Posts
    sessions: Sessions
    secret_key: str
    base_url: str = ""
    demo: Demo | None = None
    frame_ancestors: str = ""  # sites that may frame the messenger's pages
    complaints: Callable[[], Sequence[str]] = tuple
    figures: Callable[[], Mapping[str, float]] = dict
    metrics_token: str = ""
    doors: tuple[BaseRoute, ...] = ()  # of messengers that come in over HTTP
    alongside: tuple[Callable[[], AbstractAsyncContextManager[None]], ...] = ()  # what runs while the server does
    trying: Trying | None = None
    session_lasts: timedelta = timedelta(days=30)
    shown_lasts: timedelta = timedelta(days=14)  # a link that shows a case to its supplier
    marks: Marks | None = None
    shares: Shares | None = None
    letters: Letters | None = None  # None: links are only made by IT
    provider: Provider | None = None  # None: nobody signs in elsewhere
    attachment_room: int = 10 * MEGABYTE  # bytes of all files that come at a time
    attached_a_day: int = 100 * MEGABYTE  # bytes of all files that a person leaves within a day
    hosts: tuple[str, ...] = field(default=("localhost", "127.0.0.1"))  # who the demo answers to
