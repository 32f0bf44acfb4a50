"""The conversation pages: with the bot, in a group's channel, in a thread beside it, and about one ticket."""

from dataclasses import dataclass, replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.ports import Known
from bot.desk.viewing import ticket_page
from bot.domain.audit import shaped
from bot.domain.commands import Kind, Place
from bot.domain.people import Person, SupportGroup, Tier
from bot.domain.refusals import NoSuchCase
from bot.domain.ticket import Ticket
from bot.domain.views import Said, TicketPage
from bot.messengers.web.places import MESSENGER, channels, direct
from bot.messengers.web.post import Post, read_post
from bot.messengers.web.render import may_see
from bot.web.alone import Shown, beside, place_of, ticket_card
from bot.web.composing import Composer, composer
from bot.web.frame import Frame
from bot.web.side import side_of
from bot.web.talking import Talk, talk
from bot.web.timeline import timeline
from bot.web.unread import is_told, last_at, ticket_shown
from bot.web.unread import shown as was_shown
from bot.web.visitor import Visitor
from bot.web.words import say
from bot.wording.attached import with_attachments
from bot.wording.cards import short_title
from bot.wording.message import Message
from bot.wording.say import Voice
from bot.wording.times import span, when


@dataclass(frozen=True, slots=True)
class Thread:
    heading: str
    about: str
    close: str
    talk: Talk
    composer: Composer
    ticket: str = ""  # where all of it stands: what was said before it came here, too


class Talks:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def front(self, request: Request) -> Response:
        """The conversation with the bot."""
        visitor = self._frame.visitor(request)
        words = say(visitor.language, "bot"), say(visitor.language, "bot.about")
        return self._page(request, visitor, direct(visitor.person), *words, is_bot=True)

    def channel(self, request: Request) -> Response:
        visitor, group, place = self._channel(request)
        return self._page(request, visitor, place, f"# {group.name or place.who}", self._about(visitor, group))

    def thread(self, request: Request) -> Response:
        visitor, group, place = self._channel(request)
        beside = self._thread(visitor, place, request.path_params["case"])
        self._frame.shows(request, shaped(request.path_params["case"]))
        heading = f"# {group.name or place.who}"
        return self._page(request, visitor, place, heading, self._about(visitor, group), thread=beside)

    def ticket(self, request: Request) -> Response:
        """One ticket and everything that was said about it, for its employee or for those who help."""
        visitor = self._frame.visitor(request)
        number = self.number(request)
        posts = self._frame.parts.posts
        seen, told = posts.newest(), last_at(self._frame, direct(visitor.person))  # read first: the page has it all
        page = ticket_page(self._frame.parts.desk, visitor.person, number)
        place = place_of(page.picture, visitor)
        if page.helps:
            self._frame.shows(request, f"#{number}")
        if is_told(visitor, page.picture.ticket):
            ticket_shown(self._frame, visitor, number, told)
        return self._frame.page(
            request,
            visitor,
            "ticket.html",
            number=seen,
            side=side_of(self._frame, visitor, beside(place), number),
            answer=self.answer(visitor, [direct(visitor.person), place], request),
            composer=composer(self._frame, visitor, "skriv", place, page.picture.ticket) if page.may_comment else None,
            **ticket_parts(self._frame, visitor, page),
        )

    def number(self, request: Request) -> int:
        """Of a case, from the path; what is no number is no case."""
        said = request.path_params["number"]
        if not (said.isascii() and said.isdigit() and len(said) < 10):
            raise NoSuchCase(said)
        return int(said)

    def answer(self, visitor: Visitor, places: list[Place], request: Request) -> Message | None:
        """Without a script: the newest private notice, shown once after the form that it answers."""
        if "svar" not in request.query_params:
            return None
        for place in places:
            rows = self._frame.parts.posts.page(place, 1)
            post = read_post(rows[-1]) if rows else None
            if post and post.message.only_for and may_see(post, visitor.person.id):
                return post.message
        return None

    def _page(
        self,
        request: Request,
        visitor: Visitor,
        place: Place,
        heading: str,
        about: str,
        *,
        is_bot: bool = False,
        thread: Thread | None = None,
    ) -> Response:
        said = request.query_params.get("foer", "")
        before = int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None  # no id is longer
        last = last_at(self._frame, place)
        if before is None:
            was_shown(self._frame, visitor, place, last)
        number = self._frame.parts.posts.newest()  # read first: what comes meanwhile, the stream brings
        return self._frame.page(
            request,
            visitor,
            "talk.html",
            number=number,
            heading=heading,
            about=about,
            is_bot=is_bot,
            talk=talk(self._frame, visitor, place, before),
            is_older=before is not None,
            composer=composer(self._frame, visitor, "skriv", place),
            places=[place, *([thread.talk.place] if thread else [])],
            side=side_of(self._frame, visitor, [place]),
            thread=thread,
        )

    def _channel(self, request: Request) -> tuple[Visitor, SupportGroup, Place]:
        visitor = self._frame.visitor(request)
        name = request.path_params["channel"]
        group = channels(visitor.person).get(name)
        if group is None:
            raise HTTPException(404)
        return visitor, group, Place(MESSENGER, Kind.CHANNEL, name)

    def _about(self, visitor: Visitor, group: SupportGroup) -> str:
        known = self._frame.parts.desk.knowledge.now()
        names = ", ".join(_names(known, group))
        system = known.organisation.systems.get(group.system) if group.system else None
        if group.tier is not Tier.SUPERUSER or system is None:
            return say(visitor.language, "channel.about.it", names=names)
        within = span(system.claim_within.total_seconds(), visitor.language)
        return say(visitor.language, "channel.about", names=names, span=within)

    def _thread(self, visitor: Visitor, channel: Place, case: str) -> Thread:
        place = replace(channel, kind=Kind.THREAD, thread=case)
        close = f"{visitor.prefix}/kanal/{channel.who}"
        shown = talk(self._frame, visitor, place)
        if case.startswith("S-"):
            if not shown.posts:
                raise HTTPException(404)
            words = say(visitor.language, "thread.case", case=case), say(visitor.language, "thread.case.about")
            return Thread(*words, close, shown, composer(self._frame, visitor, "skriv-traad", place))
        if not (case.isascii() and case.isdigit() and len(case) < 10):
            raise HTTPException(404)
        page = ticket_page(self._frame.parts.desk, visitor.person, int(case))
        ticket = page.picture.ticket
        if ticket is None or not page.helps:
            raise HTTPException(404)
        heading = say(visitor.language, "thread", case=ticket.case_id, title=short_title(ticket))
        about = say(visitor.language, "thread.about", name=self._frame.name_of(ticket.requester))
        written = composer(self._frame, visitor, "skriv-traad", place, ticket)
        return Thread(heading, about, close, shown, written, f"{visitor.prefix}/sag/{ticket.number}")


def ticket_parts(frame: Frame, visitor: Visitor, page: TicketPage) -> dict[str, Any]:
    """What the page and its stream draw of a ticket."""
    ticket = page.picture.ticket
    if ticket is None:
        raise NoSuchCase("")
    site = page.picture.organisation.sites.get(ticket.site)
    asked = when(ticket.opened_at, page.picture.now, page.picture.organisation.zone, visitor.language)
    return {
        "heading": say(visitor.language, "ticket", case=ticket.case_id),
        "title": short_title(ticket),
        "about": say(
            visitor.language,
            "ticket.about",
            name=frame.name_of(ticket.requester),
            site=site.name if site else ticket.site,
            when=asked,
        ),
        "shown": Shown(
            f"sag-{ticket.number}",
            place_of(page.picture, visitor),
            ticket_card(page.picture, visitor, helps=page.helps),
        ),
        "timeline": timeline(Voice(page.picture), page),
        "said": [_post_of(frame, visitor, ticket, nth, each) for nth, each in enumerate(page.said, start=1)],
    }


def _post_of(frame: Frame, visitor: Visitor, ticket: Ticket, nth: int, said: Said) -> Post:
    """A person's words as they look in a conversation. They are no posts, and have ids of their own."""
    internal = said.kind in {"internal", "note"}
    words = with_attachments(said.body, said.attachments, visitor.language)
    message = Message(words, who=frame.name_of(said.by), internal=internal)
    return Post(-nth, Place(MESSENGER, Kind.THREAD, "sag", str(ticket.number)), message, said.at, said.by)


def _names(known: Known, group: SupportGroup) -> list[str]:
    people = (known.organisation.people.get(each) for each in group.members)
    return [person.name for person in people if isinstance(person, Person)]
