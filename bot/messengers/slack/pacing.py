"""One bucket per channel: a few at once, then about one a second. Time is the caller's."""

from datetime import datetime
from threading import Lock

from bot.messengers.slack import limits


class Pace:
    def __init__(self, per_second: float = limits.PER_SECOND, burst: int = limits.BURST) -> None:
        self._per_second, self._burst = per_second, burst
        self._lock = Lock()
        self._left: dict[str, tuple[float, datetime]] = {}

    def wait(self, channel: str, now: datetime) -> float:
        """Seconds until the channel may be posted to; 0 takes one turn."""
        with self._lock:
            left, at = self._left.get(channel, (float(self._burst), now))
            left = min(float(self._burst), left + max(0.0, (now - at).total_seconds()) * self._per_second)
            if left < 1:
                self._left[channel] = left, now
                return (1 - left) / self._per_second
            self._left[channel] = left - 1, now
            return 0.0

    def empty(self, channel: str, now: datetime) -> None:
        """Slack itself said that it is too much."""
        with self._lock:
            self._left[channel] = 0.0, now
