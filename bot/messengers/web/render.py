"""Message → HTML. Templates escape everything; what is drawn for whom is decided here, by the message's shape alone."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from hashlib import sha256
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.attachments import KINDS, MOST
from bot.domain.commands import Comment, Kind, Place, ShowArticle
from bot.domain.people import Language, PersonId
from bot.messengers.web import times
from bot.messengers.web.bars import drawn
from bot.messengers.web.blocks import blocks
from bot.messengers.web.post import Post
from bot.messengers.web.words import say
from bot.wording.buttons import value_of
from bot.wording.message import Button, Form, Input, Link, Mention, Message, Strong, plain

HERE = Path(__file__).parent / "templates"
# Controls that nobody types and that turn text around. They are cleaned at the door too; here for whatever came otherwise.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TINTS = 6  # how many colours a face may have; they say who, never how well
Shape = Literal["mine", "person", "card", "notice", "bot"]


@dataclass(frozen=True, slots=True)
class Seal:
    """What proves that a form came from a page of ours, and names the delivery it will be."""

    nonce: str
    token: str


@dataclass(frozen=True, slots=True)
class View:
    """Who looks, and what rendering must know of the reader, the time and the page. `prefix` is "/som/mia" in the demo, and `room` how
    much may be attached at a time; "" where nothing can be.
    """

    reader: PersonId
    language: Language
    zone: tzinfo
    now: datetime
    name_of: Callable[[PersonId], str]
    seal: Callable[[], Seal]
    prefix: str = ""
    base_url: str = ""
    back: str = "/"  # the page that a form without a script returns to
    room: str = ""

    def say(self, key: str, **values: str) -> str:
        return say(self.language, key, **values)

    def time(self, at: datetime) -> str:
        return times.clock_time(at, self.zone, self.language)

    def day(self, at: datetime) -> str:
        return times.day_heading(at, self.now, self.zone, self.language)

    def href(self, url: str) -> str:
        """Our own addresses become paths of this page's persona; anything but http, https and mailto is no link."""
        if self.base_url and (url == self.base_url or url.startswith(f"{self.base_url}/")):
            return self.prefix + (url.removeprefix(self.base_url) or "/")
        if url.startswith("/") and not url.startswith("//"):
            return self.prefix + url
        return url if url.startswith(("https://", "http://", "mailto:")) else ""


def environment(*folders: Path) -> Environment:
    """Templates of the messenger, and of the folders given: the pages that show its messages."""
    made = Environment(
        loader=FileSystemLoader([HERE, *folders]),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_without_controls,
    )
    made.globals |= {
        "blocks": blocks,
        "drawn": drawn,
        "initials": initials,
        "list_id": list_id,
        "shape": shape,
        "tint": tint,
        "value_of": value_of,
        "are_choices": are_choices,
        "attachable": ",".join(f".{each}" for each in KINDS),
        "most_attached": MOST,
        "takes_files": takes_files,
        "link_of": link_of,
        "plain": plain,
    }
    made.tests |= {
        "strong": lambda span: isinstance(span, Strong),
        "link": lambda span: isinstance(span, Link),
        "mentioning": lambda span: isinstance(span, Mention),
    }
    return made


def post_html(made: Environment, post: Post, view: View, *, day: bool = False) -> str:
    """One post as its list item; with `day`, after a heading for its day."""
    return made.get_template("post.html").render(post=post, view=view, day=day)


def may_see(post: Post, reader: PersonId) -> bool:
    return post.message.only_for in {None, reader}


def shape(post: Post, view: View) -> Shape:
    message = post.message
    if post.author:
        return "mine" if post.author == view.reader else "person"
    if message.only_for:
        return "notice"
    if message.who:
        return "person"
    return "card" if message.number else "bot"


def are_choices(buttons: Iterable[Button]) -> bool:
    """Articles to choose among stand under each other; those to see also stand beside the answer's own buttons."""
    first = next(iter(buttons), None)
    return first is not None and isinstance(first.command, ShowArticle)


def takes_files(form: Form) -> bool:
    """What somebody writes on a ticket."""
    return isinstance(form.command, Comment)


def link_of(number: str, place: Place) -> str:
    """The page of "#1042" or "S-12"; in a channel, the thread beside it."""
    if number.startswith("S-"):
        return f"/leverandoersag/{number.removeprefix('S-')}"
    bare = number.removeprefix("#")
    return f"/kanal/{place.who}/{bare}" if place.kind is Kind.CHANNEL else f"/sag/{bare}"


def list_id(place: Place) -> str:
    """The id of the list of a place's posts in a page."""
    return f"l-{sha256(str(place).encode()).hexdigest()[:12]}"


def initials(name: str) -> str:
    words = name.split()
    if len(words) > 1:
        return (words[0][:1] + words[-1][:1]).upper()
    return name[:2].capitalize() or "?"


def tint(name: str) -> int:
    return sum(name.encode()) % TINTS + 1


def _without_controls(value: object) -> object:
    return _CONTROLS.sub("", value) if type(value) is str and not value.isprintable() else value


def refilled(message: Message, value: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> Message:
    """The message with the form of this button as it was sent, and what is wrong beside each field."""
    buttons = tuple(
        replace(each, form=_refilled(each.form, typed, errors))
        if each.form and value_of(each.command) == value
        else each
        for each in message.buttons
    )
    form = message.form
    if form and value_of(form.command) == value:
        form = _refilled(form, typed, errors)
    return replace(message, buttons=buttons, form=form)


def _refilled(form: Form, typed: Mapping[str, str], errors: Mapping[str, str]) -> Form:
    def again(field: Input) -> Input:
        return replace(field, initial=typed.get(field.id, ""), error=errors.get(field.id, ""))

    return replace(form, inputs=tuple(again(field) for field in form.inputs))
