"""Posts that are forgotten when the process ends: for tests, and for trying things out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock

from bot.domain.people import NOBODY, PersonId
from bot.messengers.web.post import Post
from bot.wording.message import Message


class MemoryPosts:
    def __init__(self) -> None:
        self._lock = Lock()
        self._posts: dict[int, Post] = {}
        self._keyed: dict[tuple[str, str], int] = {}
        self._sent: dict[str, int] = {}
        self._changed = 0

    def put(self, place: str, message: Message, at: datetime, *, author: PersonId = NOBODY, send_key: str = "") -> Post:
        with self._lock:
            self._changed += 1
            known = self._posts.get(self._keyed.get((place, message.key), 0)) if message.key else None
            if known:
                post = replace(known, message=message, edited_at=at, changed=self._changed)
            else:
                number = len(self._posts) + 1
                post = Post(number, place, message, at, author, None, self._changed, self._changed)
            self._posts[post.id] = post
            if message.key:
                self._keyed[place, message.key] = post.id
            if send_key:
                self._sent[send_key] = post.id
            return post

    def of(self, place: str, most: int = 200) -> Sequence[Post]:
        with self._lock:
            return [each for each in self._posts.values() if each.place == place][-most:]

    def one(self, post: int) -> Post | None:
        with self._lock:
            return self._posts.get(post)

    def since(self, changed: int, most: int = 500) -> Sequence[Post]:
        with self._lock:
            later = [each for each in self._posts.values() if each.changed > changed]
            return sorted(later, key=lambda each: each.changed)[:most]

    def newest(self) -> int:
        return self._changed

    def sent_as(self, send_key: str) -> str | None:
        with self._lock:
            post = self._sent.get(send_key)
            return str(post) if post else None
