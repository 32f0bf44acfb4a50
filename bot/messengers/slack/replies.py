"""Where a slash command may be answered although the bot is not in the channel: its own address, half an hour, five times."""

from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.webhook import WebhookClient

LASTS = timedelta(minutes=30)
USES = 5
HOST = "hooks.slack.com"
_MOST = 10_000


class Replies:
    """Forgotten at a restart; then the answer is a direct message."""

    def __init__(self, *, any_host: bool = False, timeout: int = 10) -> None:
        self._any_host, self._timeout = any_host, timeout
        self._lock = Lock()
        self._known: dict[tuple[str, str], tuple[str, datetime, int]] = {}

    def keep(self, user: str, channel: str, url: str, now: datetime) -> None:
        parts = urlsplit(url)
        if parts.hostname and (self._any_host or (parts.scheme == "https" and parts.hostname == HOST)):
            with self._lock:
                self._known[user, channel] = url, now, USES
                while len(self._known) > _MOST:
                    self._known.pop(next(iter(self._known)))

    def say(self, user: str, channel: str, text: str, blocks: list[dict[str, Any]], now: datetime) -> bool:
        """False when there is no such address, or it does not take the words."""
        url = self._take(user, channel, now)
        if url is None:
            return False
        answer = WebhookClient(url, timeout=self._timeout).send(text=text, blocks=blocks, response_type="ephemeral")
        return answer.status_code == 200

    def delete(self, url: str) -> None:
        """The message that only one person saw, and that is answered."""
        parts = urlsplit(url)
        if parts.hostname and (self._any_host or (parts.scheme == "https" and parts.hostname == HOST)):
            WebhookClient(url, timeout=self._timeout).send(delete_original=True)

    def _take(self, user: str, channel: str, now: datetime) -> str | None:
        with self._lock:
            url, at, left = self._known.get((user, channel), ("", now, 0))
            if not left or now - at >= LASTS:
                return None
            self._known[user, channel] = url, at, left - 1
            return url
