"""The way out: a notice is put into words and becomes a post at its place. The database says whether it went."""

from collections.abc import Callable
from dataclasses import replace

from bot.desk.ports import Waiting
from bot.domain.picture import Picture
from bot.messengers.web.post import Posts, put
from bot.wording.message import Message
from bot.wording.word import word


class WebOutlet:
    """`posted` wakes the streams of this process, once there are any; those of others see the new number for themselves."""

    def __init__(self, posts: Posts) -> None:
        self._posts = posts
        self.posted: Callable[[], None] = lambda: None

    def send(self, row: Waiting, picture: Picture) -> str:
        message = _keyed(word(row.tell.notice, picture), row.tell.key)
        post = put(self._posts, row.tell.place, message, picture.now, send_key=row.send_key)
        self.posted()
        return str(post)

    def was_sent(self, row: Waiting) -> str | None:
        post = self._posts.sent_as(row.send_key)
        return None if post is None else str(post)


def _keyed(message: Message, key: str) -> Message:
    """The outbox decides what is updated in place."""
    return message if message.key == key else replace(message, key=key)
