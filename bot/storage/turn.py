"""Whose turn it is to write: one at a time, and asking twice in one thread is a fault that says so, not a deadlock."""

import threading
from types import TracebackType


class Turn:
    """Held for one transaction. `exclusive=False` only guards a thread against itself (the database does the rest)."""

    def __init__(self, *, exclusive: bool = True) -> None:
        self._lock = threading.Lock() if exclusive else None
        self._mine = threading.local()

    def __enter__(self) -> None:
        if getattr(self._mine, "held", False):
            raise RuntimeError("a transaction is already open in this thread: finish it, or pass its ledger on")
        if self._lock:
            self._lock.acquire()
        self._mine.held = True

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._mine.held = False
        if self._lock:
            self._lock.release()
