"""/stroem: what changes at the places of a page, as HTML partials over server-sent events, each with the number to go on from."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Literal

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import StreamingResponse

from bot.desk.viewing import ticket_page
from bot.domain.commands import Place
from bot.domain.refusals import Refused
from bot.messengers.web.places import direct, may_read, read_place
from bot.messengers.web.post import Post
from bot.messengers.web.render import list_id, may_see, post_html
from bot.web.alone import Shown, beside
from bot.web.frame import Frame
from bot.web.side import side_of
from bot.web.talking import Talk, is_living, renewed, talk
from bot.web.talks import ticket_parts
from bot.web.unread import about, is_told, last_at, ticket_shown
from bot.web.unread import shown as was_shown
from bot.web.visitor import Visitor
from bot.web.waking import Batch, Listener, Moved

HEARTBEAT = 15.0  # seconds of silence after which clocks are looked at, or a comment line says that we are there
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
SIDE = "side"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A ticket as its page shows it: only what differs is sent."""

    card: Shown
    said: Sequence[Post]


@dataclass(slots=True)
class Reader:
    """One visitor's part of a stream: the places on the page, and the posts that the page shows already.

    A ticket's page has no place's posts on it; what it hears of is the ticket, and what is read is what was told of that.
    """

    visitor: Visitor
    places: tuple[Place, ...]
    back: str
    has_side: bool = False
    ticket: int | None = None  # whose page it is
    drawn: Drawn | None = None  # of that ticket
    told: int = 0  # the last post in their own conversation when it was drawn, if they are told of the ticket there
    known: set[int] = field(default_factory=set)
    living: dict[int, Post] = field(default_factory=dict)  # cards whose clocks move, as they were drawn last
    newest: dict[Place, int] = field(default_factory=dict)  # post at each place
    oldest: dict[Place, int] = field(default_factory=dict)  # post at each place; those above it are on another page
    days: dict[Place, date] = field(default_factory=dict)  # of the last post at each place

    def admit(self, visitor: Visitor, frame: Frame) -> None:
        """Who they are now: what they may no longer read is no longer sent."""
        self.visitor = visitor
        self.places = tuple(place for place in self.places if frame.may_read(visitor.person, place))

    def shows(self, post: Post) -> bool:
        """That it is on their page, or belongs at the end of it."""
        is_above = post.id not in self.known and post.id < self.oldest.get(post.place, post.id)
        return post.place in self.places and not is_above and may_see(post, self.visitor.person.id)

    def drew(self, posts: Iterable[Post], zone: tzinfo) -> None:
        for post in posts:
            self.known.add(post.id)
            self.newest[post.place] = max(post.id, self.newest.get(post.place, 0))
            self.oldest[post.place] = min(post.id, self.oldest.get(post.place, post.id))
            self.days[post.place] = max(post.at.astimezone(zone).date(), self.days.get(post.place, date.min))
            self.living.pop(post.id, None)
            if is_living(post):
                self.living[post.id] = post

    @property
    def here(self) -> tuple[Place, ...]:
        """For the list at the side."""
        return (*self.places, *(beside(self.drawn.card.place) if self.drawn else ()))

    def hears_of(self, post: Post) -> bool:
        """It tells them of the ticket whose page they look at."""
        return (
            self.ticket is not None and about(post) == f"#{self.ticket}" and post.place == direct(self.visitor.person)
        )

    def concerns(self, post: Post) -> bool:
        """Something that the list at the side may have to tell."""
        return may_read(self.visitor.person, post.place)


class Streams:
    def __init__(self, frame: Frame, every: float = HEARTBEAT) -> None:
        self._frame = frame
        self._every = every

    async def stream(self, request: Request) -> StreamingResponse:
        visitor = await run_in_threadpool(self._frame.visitor, request)
        places = tuple(filter(None, map(read_place, request.query_params.getlist("sted"))))
        if not await run_in_threadpool(self._may_read, visitor, places):
            raise HTTPException(404)
        back = request.query_params.get("tilbage", "/")
        ticket = request.query_params.get("sag", "").removeprefix("sag-")
        number = int(ticket) if ticket.isascii() and ticket.isdigit() and len(ticket) < 10 else None
        reader = Reader(visitor, places, back, has_side=SIDE in request.query_params, ticket=number)

        def still() -> bool:
            try:
                reader.admit(self._frame.visitor(request), self._frame)
            except HTTPException:
                return False
            return True

        return self.respond([reader], number_of(request), still=still)

    def _may_read(self, visitor: Visitor, places: Iterable[Place]) -> bool:
        return all(self._frame.may_read(visitor.person, place) for place in places)

    def respond(
        self,
        readers: Sequence[Reader],
        since: int,
        ticked: Callable[[], str] = str,
        still: Callable[[], bool] = lambda: True,
    ) -> StreamingResponse:
        """`ticked` is asked for more to send whenever the clocks are looked at, `still` before anything is sent."""
        return StreamingResponse(
            self._events(readers, since, ticked, still), media_type="text/event-stream; charset=utf-8", headers=HEADERS
        )

    async def _events(
        self, readers: Sequence[Reader], since: int, ticked: Callable[[], str], still: Callable[[], bool]
    ) -> AsyncIterator[str]:
        listener = self._frame.waker.listen(frozenset(each.ticket for each in readers if each.ticket is not None))
        try:
            yield await run_in_threadpool(self._caught_up, readers, since)
            loop = asyncio.get_running_loop()
            tick_at = loop.time() + self._every
            while True:
                came = await _next(listener, tick_at - loop.time())
                if came is None or not await run_in_threadpool(still):
                    return
                match came:
                    case "tick":
                        yield await run_in_threadpool(self._ticked, readers, ticked)
                        tick_at = loop.time() + self._every
                    case Moved():
                        if html := await run_in_threadpool(self._moved, readers):
                            yield event(html)
                    case Batch() as batch:
                        yield await run_in_threadpool(self._changed, readers, batch)
        finally:
            self._frame.waker.leave(listener)
            # Once, when they look away: to note every post for everybody who sees it would cost more than it is worth.
            asyncio.get_running_loop().run_in_executor(None, self._was_shown, readers)

    def _was_shown(self, readers: Sequence[Reader]) -> None:
        for reader in readers:
            for place, post in reader.newest.items():
                if place in reader.places:
                    was_shown(self._frame, reader.visitor, place, post)
            if reader.ticket is not None:
                ticket_shown(self._frame, reader.visitor, reader.ticket, reader.told)

    def _caught_up(self, readers: Sequence[Reader], since: int) -> str:
        """What was missed since the page was drawn: whole lists, morphed, so that twice is harmless."""
        posts = self._frame.parts.posts
        number = posts.newest()
        talks = [(reader, [talk(self._frame, reader.visitor, place) for place in reader.places]) for reader in readers]
        is_behind = (
            posts.newest() > since
        )  # asked last: what came while we read is sent too, and sent again as a change
        partials = []
        for reader, shown in talks:
            for each in shown:
                reader.drew(each.posts, self._zone())
                if is_behind:
                    partials.append(self._list(reader, each))
            # It may have moved without a post; and before the side, which shows the group that has it.
            partials.append(self._ticket(reader))
            if is_behind:
                partials.append(self._side(reader))
        return event("".join(partials), number)

    def _moved(self, readers: Sequence[Reader]) -> str:
        """Their ticket: the list at the side may name it, too."""
        found = [(reader, self._ticket(reader)) for reader in readers]
        return "".join(html + self._side(reader) for reader, html in found if html)

    def _changed(self, readers: Sequence[Reader], batch: Batch) -> str:
        partials = []
        posts = sorted(batch.posts, key=lambda each: each.id)  # by change, one edited at once would follow later ones
        for reader in readers:
            seen = renewed(self._frame, reader.visitor, [post for post in posts if reader.shows(post)])
            for post in seen:
                partials.append(self._post(reader, post))
                reader.drew([post], self._zone())
            if any(reader.hears_of(post) for post in batch.posts):
                partials.append(self._ticket(reader))
            if any(reader.concerns(post) for post in batch.posts):
                partials.append(self._side(reader))
        return event("".join(partials), batch.number)

    def _ticked(self, readers: Sequence[Reader], ticked: Callable[[], str]) -> str:
        """Cards whose words have changed because time has passed; else a comment, so that nobody takes us for dead."""
        partials = [ticked()]
        for reader in readers:
            before = [*reader.living.values()]
            after = renewed(self._frame, reader.visitor, before)
            moved = [new for old, new in zip(before, after, strict=True) if new.message != old.message]
            partials += [self._post(reader, post) for post in moved]
            reader.drew(moved, self._zone())
            partials.append(self._ticket(reader))
        html = "".join(partials)
        return event(html) if html else ": her endnu\n\n"

    def _post(self, reader: Reader, post: Post) -> str:
        is_new = post.id not in reader.known
        day = post.at.astimezone(self._zone()).date()
        new_day = is_new and day > reader.days.get(post.place, date.min)
        view = self._frame.view(reader.visitor, reader.back)
        html = post_html(self._frame.templates, post, view, day=new_day)
        if not is_new:
            return partial(f"post-{post.id}", "outerMorph", html)
        return partial(list_id(post.place), "beforeend", html)

    def _zone(self) -> tzinfo:
        return self._frame.organisation().zone

    def _list(self, reader: Reader, shown: Talk) -> str:
        html = self._frame.partial("posts.html", reader.visitor, reader.back, talk=shown)
        return partial(list_id(shown.place), "innerMorph", html)

    def _side(self, reader: Reader) -> str:
        if not reader.has_side:
            return ""
        side = side_of(self._frame, reader.visitor, reader.here, reader.ticket if reader.drawn else None)
        html = self._frame.partial("side.html", reader.visitor, reader.back, side=side)
        return partial(SIDE, "innerMorph", html)

    def _ticket(self, reader: Reader) -> str:
        """What of it differs from what they see, morphed: what is said on a ticket is kept apart from what is posted."""
        if reader.ticket is None:
            return ""
        told = last_at(self._frame, direct(reader.visitor.person))
        try:
            page = ticket_page(self._frame.parts.desk, reader.visitor.person, reader.ticket)
        except Refused:
            return ""
        parts = ticket_parts(self._frame, reader.visitor, page)
        before, now = reader.drawn, Drawn(parts["shown"], parts["said"])
        reader.drawn, reader.told = now, told if is_told(reader.visitor, page.picture.ticket) else 0
        html = ""
        if before is None or before.card != now.card:
            card = self._frame.partial("card.html", reader.visitor, reader.back, **parts)
            html += partial("sag-kort", "innerMorph", card)
        if before is None or before.said != now.said:
            said = self._frame.partial("said.html", reader.visitor, reader.back, **parts)
            html += partial("sag-ord", "innerMorph", said)
        return html


def partial(target: str, swap: str, html: str) -> str:
    return f'<hx-partial hx-target="#{target}" hx-swap="{swap}">{html}</hx-partial>'


def event(html: str, number: int | None = None) -> str:
    """One message. Empty: only the number to go on from."""
    lines = [f"id: {number}"] if number is not None else []
    lines += [f"data: {line}" for line in html.splitlines() if line.strip()]
    return "\n".join(lines) + "\n\n"


async def _next(listener: Listener, seconds: float) -> Batch | Moved | Literal["tick"] | None:
    """What is posted does not put off the tick: a busy clock is looked at too."""
    if seconds <= 0:
        return "tick"
    try:
        async with asyncio.timeout(seconds):
            return await listener.queue.get()
    except TimeoutError:
        return "tick"


def number_of(request: Request) -> int:
    """Where the page, or the broken stream, left off."""
    said = request.headers.get("last-event-id") or request.query_params.get("fra", "0")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
