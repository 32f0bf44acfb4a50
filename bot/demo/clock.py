"""A clock that starts where the demo wants it, and runs as fast as somebody likes."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class DemoClock:
    """`speed` seconds pass here for each real one; 0 stands still. Never runs backwards. Safe for threads."""

    def __init__(self, start: datetime, speed: int = 1, real: Callable[[], float] = time.monotonic) -> None:
        self._real = real
        self._lock = threading.Lock()
        self._base = start.astimezone(UTC)
        self._since = real()
        self._speed = speed

    @property
    def speed(self) -> int:
        return self._speed

    def now(self) -> datetime:
        with self._lock:
            return self._read()

    def set_speed(self, speed: int) -> None:
        with self._lock:
            self._base, self._since, self._speed = self._read(), self._real(), speed

    def skip(self, span: timedelta) -> None:
        """Forward only."""
        with self._lock:
            self._base, self._since = self._read() + max(span, timedelta()), self._real()

    def go_to(self, at: datetime) -> None:
        """Forward to an instant, for making history; an earlier one changes nothing."""
        with self._lock:
            now = self._read()
            self._base, self._since = max(now, at.astimezone(UTC)), self._real()

    def _read(self) -> datetime:
        return self._base + timedelta(seconds=(self._real() - self._since) * self._speed)
