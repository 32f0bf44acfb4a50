"""What opens beside the conversation: forms, a clock's reckoning, the home page; and the verdict on what was filled in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.ports import Desk
from bot.desk.showing import Shown, behind, front
from bot.domain.commands import Comment, Done, Escalate, Explain, HandOver, Log, Reopen, Resolve
from bot.domain.notices import ViewShown
from bot.domain.people import Person
from bot.domain.picture import Picture
from bot.domain.refusals import Incomplete, NothingSaid, NotUnderstood, Refused, TooLong, UnknownButton
from bot.messengers.slack.deliveries import Deliveries, metadata
from bot.messengers.slack.reading import Pressed, Shortcut, Submitted, Who
from bot.messengers.slack.render import Look
from bot.messengers.slack.send import SlackOutlet
from bot.messengers.slack.views import Shelf, View, ask_form, errors_at, fields_of, home, modal, said, shown
from bot.messengers.slack.who import People
from bot.wording.buttons import command_of, value_of
from bot.wording.message import Form, Message
from bot.wording.refusals import field_error, refusal_words
from bot.wording.say import Voice
from bot.wording.word import word

T = TypeVar("T")
_OPENING = (Comment, Escalate, Explain, HandOver, Log, Reopen, Resolve)
_TIMES = ("at", "until", "since")
_WORDS = ("text", "solution", "why", "note")
_REFUSED_FORMS = 1000  # views remembered, so that a corrected form is not taken for a repeat


class InThread(Protocol):
    def __call__(self, act: Callable[[], T]) -> Awaitable[T]: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """Errors beside fields, or a view in the form's place; neither: the form closes."""

    errors: dict[str, str] = field(default_factory=dict)
    view: View | None = None
    refusal: Refused | None = None  # behind either: what is told if the form is gone


class Modals:
    def __init__(
        self, desk: Desk, people: People, deliveries: Deliveries, outlet: SlackOutlet, client: AsyncWebClient
    ) -> None:
        self._desk, self._people, self._deliveries = desk, people, deliveries
        self._outlet, self._client = outlet, client
        self._tries: dict[str, int] = {}

    # Opening

    def opens(self, it: Pressed) -> bool:
        try:
            return bool(it.trigger) and isinstance(command_of(it.value), _OPENING)
        except UnknownButton:
            return False

    async def open(self, it: Pressed, in_thread: InThread) -> bool:
        view = await in_thread(lambda: self._view_behind(it))
        if view is None:
            return False
        await self._client.views_open(trigger_id=it.trigger, view=view)
        return True

    async def ask(self, it: Shortcut, in_thread: InThread) -> None:
        def made() -> View:
            look = self._look(self._reader(it.who))
            return modal(ask_form(self._deliveries.plain(it.text), look), metadata("ask", it.channel, it.ts), look)

        await self._client.views_open(trigger_id=it.trigger, view=await in_thread(made))

    def _view_behind(self, it: Pressed) -> View | None:
        """None: nothing opens, and the desk shall say why."""
        reader = self._reader(it.who)
        command = command_of(it.value)
        if reader is None:
            return None
        try:
            found = behind(self._desk, reader, command)
        except Refused:
            return None
        message = _message(found) if found else None
        look = self._look(reader)
        if message is None:
            return None
        if isinstance(command, Explain):
            return shown(message, look, command.case_id)
        form = _form_of(message, value_of(command))
        return modal(form, metadata(it.value, it.channel), look) if form else None

    # The home page

    def publish_home(self, who: Who) -> None:
        reader = self._reader(who)
        look = self._look(reader)
        if reader is None:
            shelves = [Shelf(look.say("form"), (), look.say("home.stranger"))]
        else:
            found = front(self._desk, reader)
            shelves = [Shelf(look.say("home.mine"), _cards(found.asked), look.say("home.none"))]
            if found.helps:
                shelves += [
                    Shelf(look.say("home.have"), _cards(found.claimed), look.say("home.none")),
                    Shelf(look.say("home.free"), _cards(found.offered), look.say("home.free.none")),
                ]
            helping = word(ViewShown("help"), self._picture(reader))
            shelves.append(Shelf(helping.title, (replace(helping, title=""),)))
        self._outlet.publish(who.user, home(shelves, look))

    # The verdict on a form

    def tries(self, it: Submitted) -> int:
        return self._tries.get(it.view_id, 0)

    def verdict(self, it: Submitted, outcome: Done | Refused) -> Verdict:
        if isinstance(outcome, Done):
            return Verdict()
        self._tries[it.view_id] = self._tries.get(it.view_id, 0) + 1
        while len(self._tries) > _REFUSED_FORMS:
            self._tries.pop(next(iter(self._tries)))
        reader = self._reader(it.who)
        voice = Voice(self._picture(reader))
        errors = errors_at(it.view, _field_errors(voice, outcome, it.view))
        if errors:
            return Verdict(errors, refusal=outcome)
        return Verdict(view=said(refusal_words(voice, outcome), self._look(reader)), refusal=outcome)

    def working(self, it: Submitted) -> View:
        look = self._look(self._reader(it.who))
        return said(look.say("working"), look)

    async def replace(self, it: Submitted, verdict: Verdict, in_thread: InThread) -> None:
        """The desk was slower than Slack waits: what became of it, in the form's place."""

        def made() -> View:
            look = self._look(self._reader(it.who))
            return verdict.view or said(" ".join(verdict.errors.values()) or look.say("done"), look)

        await self._client.views_update(view_id=it.view_id, view=await in_thread(made))

    # Who reads

    def _reader(self, who: Who) -> Person | None:
        return self._people.reader(self._people.person(who.team, who.user), who.user)

    def _picture(self, reader: Person | None) -> Picture:
        return Picture(self._desk.clock.now(), self._desk.knowledge.now().organisation, reader=reader)

    def _look(self, reader: Person | None) -> Look:
        return Look(reader.language if reader else "da", self._desk.base_url)


def _message(found: Shown) -> Message:
    return word(*found)


def _cards(found: tuple[Shown, ...]) -> tuple[Message, ...]:
    return tuple(word(notice, picture) for notice, picture in found)


def _form_of(message: Message, value: str) -> Form | None:
    forms = [message.form, *(button.form for button in message.buttons)]
    return next((form for form in forms if form and value_of(form.command) == value), None)


def _field_errors(voice: Voice, refusal: Refused, view: Any) -> dict[str, str]:
    """Beside the field that it is about."""
    there = fields_of(view)
    match refusal:
        case Incomplete(wrong):
            return {name: field_error(voice, code) for name, code in wrong}
        case NothingSaid() | TooLong():
            return {name: refusal_words(voice, refusal) for name in _first(_WORDS, there)}
        case NotUnderstood():
            return {name: refusal_words(voice, refusal) for name in _first(_TIMES, there)}
        case _:
            return {}


def _first(names: tuple[str, ...], there: list[str]) -> list[str]:
    return [name for name in names if name in there][:1]
