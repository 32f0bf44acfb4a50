"""The demo page: three people side by side on one stream, and a clock that can be made to run. On loopback only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.desk.viewing import glance
from bot.domain.commands import Kind, Place
from bot.domain.people import Language, Person, Role
from bot.domain.views import Glance
from bot.messengers.web.places import MESSENGER, channels, direct
from bot.messengers.web.render import View
from bot.web.composing import AS_PERSONA, Composer, composer
from bot.web.frame import Frame
from bot.web.guide import Guide
from bot.web.ports import Demo
from bot.web.streams import Reader, Streams, number_of, partial
from bot.web.talking import Talk, talk
from bot.web.visitor import Visitor, as_persona
from bot.web.words import say
from bot.wording.times import long_day, time_of_day

TICK = 1.0  # seconds between looks at the clock
PACES = (0, 1, 60, 600)
SESSION = "demo"
BACK = "/"


@dataclass(frozen=True, slots=True)
class Column:
    """One persona: who they are, and the place that shows what they do."""

    visitor: Visitor
    view: View
    kind: str  # asks, helps or watches
    heading: str
    about: str
    href: str
    talk: Talk
    composer: Composer


@dataclass(frozen=True, slots=True)
class Time:
    """The clock as it stands. The hands' angles are degrees from twelve."""

    day: str
    clock: str
    at: datetime
    hour_hand: float
    minute_hand: float
    speed: int
    next_due: str
    glance: Glance


class DemoPages:
    def __init__(self, frame: Frame, demo: Demo, every: float = TICK) -> None:
        self._frame = frame
        self._demo = demo
        self._streams = Streams(frame, every)
        self._guide: Guide | None = None

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self.page),
            Route("/stroem", self.stream),
            Route("/tid", self.time, methods=["POST"]),
        ]

    def page(self, _: Request) -> Response:
        number = self._frame.parts.posts.newest()
        columns = [self._column(each) for each in self._people()]
        html = self._frame.draw(
            "demo.html",
            self._frame.view(self._everybody(), BACK),
            visitor=None,
            rooms=(),
            role="",
            number=number,
            columns=columns,
            **self._clock(),
            **self._guided(),
        )
        return HTMLResponse(html)

    async def stream(self, request: Request) -> StreamingResponse:
        readers = [
            Reader(each, (_place(each.person),), BACK)
            for each in map(as_persona, await run_in_threadpool(self._people))
        ]
        last: list[str] = [""]

        def ticked() -> str:
            html = self._ticked()
            said, last[0] = (html if html != last[0] else ""), html
            return said

        return self._streams.respond(readers, number_of(request), ticked)

    async def time(self, request: Request) -> Response:
        return await run_in_threadpool(self._time, request, await request.form(max_files=0, max_fields=6))

    def _time(self, request: Request, form: FormData) -> Response:
        """Faster, slower, a quarter of an hour ahead, or to the next thing that is due."""
        self._frame.seals.check(SESSION, str(form.get("nonce", "")), str(form.get("segl", "")))
        pace, skip = str(form.get("fart", "")), str(form.get("frem", ""))
        clock = self._demo.clock
        if pace.isdigit() and int(pace) in PACES:
            clock.set_speed(int(pace))
        elif skip == "kvarter":
            clock.skip(timedelta(minutes=15))
        elif skip == "frist" and (due := glance(self._frame.parts.desk).next_at):
            clock.skip(max(due - clock.now(), timedelta()) + timedelta(seconds=1))
        if request.headers.get("hx-request") == "true":
            return HTMLResponse(self._draw("demo_time.html"))
        return RedirectResponse(BACK, 303)

    def _ticked(self) -> str:
        return (
            partial("demo-ur", "innerMorph", self._draw("demo_clock.html"))
            + partial("demo-frist", "innerMorph", self._draw("demo_due.html"))
            + partial("demo-tal", "innerMorph", self._draw("demo_glance.html"))
            + partial("demo-guide", "innerMorph", self._draw("demo_guide.html"))
        )

    def _draw(self, template: str) -> str:
        view = self._frame.view(self._everybody(), BACK)
        return self._frame.draw(template, view, visitor=None, rooms=(), role="", **self._clock(), **self._guided())

    def _guided(self) -> Mapping[str, object]:
        """The steps, and who takes them. The story begins when somebody first looks."""
        who = {_kind(each): each for each in self._people()}
        if self._guide is None:
            asker, watcher = (who.get(kind, self._people()[0]) for kind in ("asks", "watches"))
            self._guide = Guide(self._frame.parts.desk, asker.id, as_persona(watcher).prefix)
        called = {
            word: who[kind].name if kind in who else ""
            for word, kind in (("asker", "asks"), ("helper", "helps"), ("it", "watches"))
        }
        language = self._everybody().language
        return {"steps": [each.worded(language, **called) for each in self._guide.steps()]}

    def _clock(self) -> Mapping[str, object]:
        return {"time": time_of(self._frame, self._demo), "paces": PACES}

    def _column(self, person: Person) -> Column:
        visitor, place = as_persona(person), _place(person)
        kind = _kind(person)
        site = self._frame.organisation().sites.get(person.site)
        group = channels(person).get(place.who)
        about = (group.name or place.who) if group else (site.name if site else "")
        channel = f"/kanal/{place.who}" if place.kind is Kind.CHANNEL else "/"
        return Column(
            visitor,
            self._frame.view(visitor, BACK),
            kind,
            say(person.language, f"demo.{kind}", name=person.name),
            about,
            visitor.prefix + channel,
            talk(self._frame, visitor, place),
            composer(self._frame, visitor, f"{AS_PERSONA}{person.id}", place),
        )

    def _people(self) -> list[Person]:
        people = self._frame.organisation().people
        return [people[each] for each in self._demo.personas if each in people]

    def _everybody(self) -> Visitor:
        """Whose forms move the clock: nobody in particular."""
        person = next(iter(self._people()))
        return Visitor(person, SESSION)


def time_of(frame: Frame, demo: Demo) -> Time:
    now, zone = demo.clock.now(), frame.organisation().zone
    language: Language = "da"
    local = now.astimezone(zone)
    seen = glance(frame.parts.desk)
    return Time(
        long_day(now, zone, language),
        f"kl. {local.hour}.{local.minute:02}",
        now,
        (local.hour % 12) * 30 + local.minute / 2,
        local.minute * 6.0,
        demo.clock.speed,
        time_of_day(seen.next_at, zone, language) if seen.next_at else "",
        seen,
    )


def _kind(person: Person) -> str:
    if person.has(Role.IT):
        return "watches"
    return "helps" if person.groups else "asks"


def _place(person: Person) -> Place:
    """Where this person's work is seen: the first channel of those who help, else the conversation with the bot."""
    own = next(iter(channels(person)), None)
    return Place(MESSENGER, Kind.CHANNEL, own) if own else direct(person)
