"""Short writes that wait for their turn in the same moment share one transaction, and so one wait for the disk."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.desk.ports import Changed

T = TypeVar("T")


class Writing(Protocol):
    def __call__(self, *, hasty: bool) -> AbstractContextManager[Connection]: ...


class _Piece:
    """`is_over`: it was done, with the result or the fault. `called`: it was done by another, or may lead now."""

    def __init__(self, work: Callable[[Connection], Any], *, hasty: bool) -> None:
        self.work = work
        self.hasty = hasty
        self.is_over = False
        self.result: Any = None
        self.fault: Exception | None = None
        self.called = Lock()
        self.called.acquire()


class Together:
    """Whoever comes first leads: it does the work of all who are there, and then leaves the lead to one who came meanwhile."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._guard = Lock()
        self._waiting: list[_Piece] = []
        self._is_led = False

    def do(self, work: Callable[[Connection], T], *, hasty: bool) -> T:
        """The work's result, or what the database said. It is done again if another's fault took the first time back."""
        mine = _Piece(work, hasty=hasty)
        with self._guard:
            leads, self._is_led = not self._is_led, True
            self._waiting.append(mine)
        if not leads:
            mine.called.acquire()
        if not mine.is_over:
            with self._guard:
                leads = mine in self._waiting
            if leads:
                self._lead(mine)
            else:
                self._commit([mine])  # its leader stumbled over a fault of ours in somebody's work
        if mine.fault:
            raise mine.fault
        result: T = mine.result
        return result

    def _lead(self, mine: _Piece) -> None:
        with self._guard:
            pieces, self._waiting = self._waiting, []
        try:
            self._commit(pieces)
        finally:
            with self._guard:
                following = self._waiting[:1]
                self._is_led = bool(following)
            for each in (*pieces, *following):
                if each is not mine:
                    each.called.release()

    def _commit(self, pieces: list[_Piece]) -> None:
        try:
            with self._writing(hasty=all(each.hasty for each in pieces)) as connection:
                results = [each.work(connection) for each in pieces]
        except (SQLAlchemyError, Changed) as fault:
            if len(pieces) == 1:
                pieces[0].fault, pieces[0].is_over = fault, True
            else:
                for each in pieces:  # whose fault it was shows when each is alone
                    self._commit([each])
        else:
            for each, result in zip(pieces, results, strict=True):
                each.result, each.is_over = result, True
