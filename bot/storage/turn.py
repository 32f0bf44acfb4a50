"""Whose turn it is to write: one at a time, and asking twice in one thread is a fault that says so, not a deadlock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext


class Turn:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mine = threading.local()

    def must_be_free(self) -> None:
        if getattr(self._mine, "taken", False):
            raise RuntimeError("a transaction is already open in this thread: finish it, or pass its ledger on")

    @contextmanager
    def taken(self, *, alone: bool = True) -> Iterator[None]:
        """For one transaction. Not `alone`: others may have theirs too, but this thread only one."""
        self.must_be_free()
        with self._lock if alone else nullcontext():
            self._mine.taken = True
            try:
                yield
            finally:
                self._mine.taken = False
