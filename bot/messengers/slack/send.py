"""The way out: a notice is put into words and becomes a message in Slack, new or in place of the one that stood there."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk.ports import NotSent, Outlet, Waiting
from bot.domain.commands import Kind, Place
from bot.domain.notices import TicketShown, TicketTold
from bot.domain.people import NOBODY, Person, PersonId, SiteId
from bot.domain.picture import Picture
from bot.messengers.slack import places
from bot.messengers.slack.calling import AGAIN_LATER, Declined, call
from bot.messengers.slack.history import find_marked, link_to
from bot.messengers.slack.pacing import Pace
from bot.messengers.slack.ports import Cards
from bot.messengers.slack.render import Look, Rendered, render
from bot.messengers.slack.replies import Replies
from bot.messengers.slack.text import escape
from bot.messengers.slack.trouble import CHANNEL, PERSON, REFUSED, Trouble
from bot.messengers.slack.who import People
from bot.wording.message import Mention, Message
from bot.wording.word import word

log = logging.getLogger("driftsvagt")

CARD_SOON = 2.0  # seconds until a card must have been posted, so that its thread can be written in
SOON = 5  # attempts that come quickly after one another; later ones wait as everything waits
WITHOUT_CARD = timedelta(hours=3)  # after that the words stand in the channel itself
_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
_NO_THREAD = frozenset({"thread_not_found", "cannot_reply_to_message", "message_not_found"})
_QUIET = {"unfurl_links": False, "unfurl_media": False}


@dataclass(frozen=True, slots=True)
class Target:
    """Where exactly a row goes. `only` is the one who sees it there."""

    channel: str
    thread: str = ""
    only: str = ""
    aloud: bool = False  # in a thread, and in the conversation too


class SlackOutlet:
    """`elsewhere` is how people are met who have no account in Slack."""

    def __init__(
        self,
        client: WebClient,
        people: People,
        cards: Cards,
        trouble: Trouble,
        replies: Replies,
        *,
        elsewhere: Outlet,
        base_url: str = "",
        pace: Pace | None = None,
    ) -> None:
        self._client, self._people, self._cards = client, people, cards
        self._trouble, self._replies, self._elsewhere = trouble, replies, elsewhere
        self._base_url, self._pace = base_url, pace or Pace()
        self._directs: dict[str, str] = {}
        self.shown: Callable[[str], None] = lambda _: None  # a card of theirs changed: their home page is out of date

    def send(self, row: Waiting, picture: Picture) -> str:
        user = ""
        try:
            user = self._user(row.tell.place) or ""
            if row.tell.place.kind is Kind.DIRECT and not user:
                return self._elsewhere.send(_on_the_web(row), picture)
            sent = self._send(row, picture, user)
        except Declined as no:
            if no.why in REFUSED:
                self._trouble.tell("slack_refused", no.why)
            raise
        if user and isinstance(row.tell.notice, TicketShown):
            self.shown(user)
        return sent

    def was_sent(self, row: Waiting) -> str | None:
        place = row.tell.place
        user = self._user(place)
        if place.kind is Kind.DIRECT and user is None:
            return self._elsewhere.was_sent(_on_the_web(row))
        if place.kind is Kind.DIRECT and place.thread and not row.tried_again:
            raise NotImplementedError  # what only one person sees is in no history
        if row.message_id:
            return None  # to put the same words in the same place again is harmless
        target = self._target(row, user or "")
        return find_marked(self._client, target.channel, target.thread, row.send_key)

    def publish(self, user: str, view: dict[str, Any]) -> None:
        call(self._client.views_publish, user_id=user, view=view)

    # One row

    def _send(self, row: Waiting, picture: Picture, user: str) -> str:
        reader = self._reader(row.tell.place, picture, user)
        seen = replace(picture, reader=reader)
        message = self._worded(row, seen)
        made = self._rendered(row, message, reader)
        try:
            target = self._target(row, user, picture.now)
            if target.only:
                return self._whisper(target, made, picture, row)
            return self._put(row, target, made, message, picture)
        except Declined as no:
            return self._declined(no, row, made, picture, user)

    def _reader(self, place: Place, picture: Picture, user: str) -> Person | None:
        """In the language of their profile. Who reads along in a thread reads the asker's language, and has no rights."""
        if user and picture.reader:
            return self._people.reader(PersonId(place.who), user)
        asker = self._people.reader(picture.question.by) if picture.question and places.is_ts(place.thread) else None
        return replace(asker, id=NOBODY, site=SiteId(""), roles=frozenset(), groups=()) if asker else picture.reader

    def _worded(self, row: Waiting, picture: Picture) -> Message:
        """Words that their author wrote in this very thread are not said again, only what became of them."""
        message = word(row.tell.notice, picture)
        notice = row.tell.notice
        if row.tell.place.kind is Kind.THREAD and isinstance(notice, TicketTold) and notice.text and message.who:
            key = places.heard_key(notice.by, picture.texts.get(notice.text, ""))
            if self._cards.message(row.tell.place, key):
                return Message((" · ".join(value for _, value in message.fields),))
        return message

    def _rendered(self, row: Waiting, message: Message, reader: Person | None, older: str = "") -> Rendered:
        accounts = {
            span.person: account
            for span in message.text
            if isinstance(span, Mention) and (account := self._people.account(span.person))
        }
        look = Look(reader.language if reader else "da", self._base_url, accounts)
        if row.tried_unsure and not row.message_id and row.tell.place.kind is Kind.DIRECT and row.tell.place.thread:
            message = replace(message, fields=(*message.fields, ("", look.say("again"))))
        return render(message, look, row.send_key, older)

    def _put(self, row: Waiting, target: Target, made: Rendered, message: Message, picture: Picture) -> str:
        """In place of what stands there; if that is gone, anew, with a link to it."""
        there = places.read_id(row.message_id)
        if there is None or there[0] != target.channel:
            return self._post(row, target, made, picture)
        try:
            self._say(self._client.chat_update, made, channel=there[0], ts=there[1])
        except Declined as no:
            if no.why not in _GONE:
                raise
            older = link_to(self._client, *there)
            anew = self._rendered(row, message, picture.reader, older) if older else made
            return self._post(row, target, anew, picture)
        return row.message_id

    def tell(self, person: PersonId, words: str) -> None:
        """In private, and kept nowhere but there. Raises NotSent, Unsure."""
        user = call(self._people.account, person=person)
        if user is None:
            raise NotSent("no account in Slack", hopeless=True)
        call(self._client.chat_postMessage, channel=self._direct(user), text=escape(words), **_QUIET)

    def _post(self, row: Waiting, target: Target, made: Rendered, picture: Picture) -> str:
        if wait := self._pace.wait(target.channel, picture.now):
            raise NotSent("a message a second is enough for a channel", wait)
        thread = {"thread_ts": target.thread} if target.thread else {}
        aloud = {"reply_broadcast": True} if target.aloud else {}
        try:
            answer = self._say(self._client.chat_postMessage, made, channel=target.channel, **thread, **aloud, **_QUIET)
        except Declined as no:
            if not (target.thread and no.why in _NO_THREAD):
                raise
            return self._post(row, Target(target.channel), made, picture)
        except NotSent as no:
            if no.retry_after:
                self._pace.empty(target.channel, picture.now)
            raise
        sent = places.message_id(target.channel, str(answer["ts"]))
        notice = row.tell.notice
        if row.tell.place.kind is Kind.DIRECT and isinstance(notice, TicketTold) and not target.thread:
            # A reply to it is about the ticket.
            self._cards.note(row.tell.place, f"told:{notice.ticket}:{row.id}", sent, picture.now)
        return sent

    def _whisper(self, target: Target, made: Rendered, picture: Picture, row: Waiting) -> str:
        """In the channel, to one person; where the bot is not in the channel, by the command's own address, or directly."""
        try:
            self._say(self._client.chat_postEphemeral, made, channel=target.channel, user=target.only)
        except Declined as no:
            if no.why not in CHANNEL:
                raise
            if self._replies.say(target.only, target.channel, made.text, made.blocks, picture.now):
                return ""
            direct = Target(self._direct(target.only))
            self._post(row, direct, made, picture)
        return ""

    def _say(self, method: Any, made: Rendered, **where: Any) -> Any:
        """Should Slack not take the blocks, the words alone are better than nothing."""
        try:
            return call(method, text=made.text, blocks=made.blocks, **where)
        except Declined as no:
            if not no.is_about_content:
                raise
            log.exception("slack: blocks refused")
            # In an update the old blocks would stay, were they not taken away.
            bare: dict[str, Any] = {"blocks": []} if method == self._client.chat_update else {}
            return call(method, text=made.text, **bare, **where)

    def _declined(self, no: Declined, row: Waiting, made: Rendered, picture: Picture, user: str) -> str:
        place = row.tell.place
        if user and no.why in PERSON:
            self._trouble.tell("slack_person", place.who)
            self._people.forget(user)
            self._directs.pop(user, None)
            return self._elsewhere.send(_on_the_web(row), picture)
        if no.why not in CHANNEL or place.kind is Kind.DIRECT:
            raise no
        asker = picture.question.by if picture.question and places.is_ts(place.thread) else None
        if asker and (account := self._people.account(asker)):
            return self._post(row, Target(self._direct(account)), made, picture)
        self._trouble.tell("slack_channel", f"{place.who}: {no.why}")
        raise NotSent(f"{place.who}: {no.why}", AGAIN_LATER)

    # Where

    def _user(self, place: Place) -> str | None:
        if place.kind is not Kind.DIRECT:
            return None
        try:
            return places.stranger(place.who) or call(self._people.account, person=PersonId(place.who))
        except (SlackApiError, OSError) as fault:
            raise NotSent(f"who {place.who} is in Slack could not be asked: {type(fault).__name__}") from fault

    def _target(self, row: Waiting, user: str, now: datetime | None = None) -> Target:
        place = row.tell.place
        match place.kind:
            case Kind.DIRECT if place.thread and not row.tried_again:
                return Target(place.thread, only=user)  # after two of which nobody knows, where it can be looked for
            case Kind.DIRECT:
                return self._in_direct(row, self._direct(user))
            case Kind.THREAD if places.is_ts(place.thread):
                return Target(place.who, place.thread)
            case Kind.THREAD:
                return Target(place.who, self._thread(row, place, now))
            case _:
                return Target(place.who)

    def _in_direct(self, row: Waiting, channel: str) -> Target:
        """News of a ticket hang on its card, and are seen in the conversation: an answer there is about the ticket."""
        notice = row.tell.notice
        card = (
            self._cards.message(row.tell.place, f"ticket:{notice.ticket}:mine")
            if isinstance(notice, TicketTold)
            else None
        )
        there = places.read_id(card or "")
        return Target(channel, there[1], aloud=True) if there and there[0] == channel else Target(channel)

    def _thread(self, row: Waiting, place: Place, now: datetime | None) -> str:
        card = self._cards.card(places.channel_of(place.who), place.thread)
        there = places.read_id(card or "")
        if there is None and now and now - row.queued_at < WITHOUT_CARD:
            soon = CARD_SOON if row.attempts < SOON else None
            raise NotSent(f"the card of {place.thread} is not posted yet", soon)
        return there[1] if there else ""

    def _direct(self, user: str) -> str:
        if user not in self._directs:
            self._directs[user] = str(call(self._client.conversations_open, users=user)["channel"]["id"])
        return self._directs[user]


def _on_the_web(row: Waiting) -> Waiting:
    place = row.tell.place
    return replace(row, tell=replace(row.tell, place=Place("web", Kind.DIRECT, place.who)), message_id="")
