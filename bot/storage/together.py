"""Short writes that wait for their turn in the same moment share one transaction, and so one wait for the disk."""

from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.desk.ports import Changed

T = TypeVar("T")


class Writing(Protocol):
    def __call__(self, *, hasty: bool) -> AbstractContextManager[Connection]: ...


@dataclass(slots=True, eq=False)
class _Piece:
    work: Callable[[Connection], Any]
    hasty: bool
    is_over: bool = False
    result: Any = None
    fault: Exception | None = None


class Together:
    """Whoever comes first does the work of all who have come meanwhile; the others find theirs done."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._waiting: deque[_Piece] = deque()
        self._first = Lock()

    def do(self, work: Callable[[Connection], T], *, hasty: bool) -> T:
        """The work's result, or what the database said. It is done again if another's fault took the first time back."""
        mine = _Piece(work, hasty)
        self._waiting.append(mine)
        with self._first:
            if not mine.is_over:
                waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
                self._commit([mine, *(each for each in waiting if each is not mine)])
        if mine.fault:
            raise mine.fault
        result: T = mine.result
        return result

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
