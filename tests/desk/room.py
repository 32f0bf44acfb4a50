"""A room with a desk in it: in memory, with the sample organisation, a search that finds what a test says, and open ears."""

from contextlib import contextmanager
from copy import copy
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.desk.clocks import check
from bot.desk.delivery import deliver
from bot.desk.ports import Changed, Desk, Known
from bot.desk.reception import handle, receive
from bot.domain.articles import Answer, ArticleId, Found, NoAnswer, Ranked, Suggestions
from bot.domain.commands import Command, Delivery, Done, Kind, Place, Report
from bot.domain.people import Person, PersonId
from bot.domain.refusals import Refused
from bot.messengers.console import Console, line_of
from bot.storage.memory import MemoryStore

MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # a Tuesday, 9.30 in Fjordby
WORDS = "omsorgsjournalen viser alle navne som små firkanter"
REPORT = Report("B", "24-11 9.00", "Hjemmeplejen Nord", "40", "Genstart", "Åbn listen", "Ivo")
NOISE = {"inbox", "outbox", "leases", "messages", "counters", "audit"}  # shelves that a refusal may touch


class Hands:
    """A clock that the test moves, and knowledge that it may replace."""

    def __init__(self, value):
        self.value = value

    def now(self):
        return self.value


class Finds:
    """A search that finds what it is told to, among what may be seen."""

    def __init__(self):
        self.found: Found = NoAnswer(())
        self.asked, self.visible = "", frozenset()

    def find(self, question, visible=None):
        self.asked, self.visible = question, visible
        return self.found


class Room:
    def __init__(self, known: Known) -> None:
        self.clock, self.knowledge, self.search = Hands(MORNING), Hands(known), Finds()
        self.console, self.store = Console(lambda _: None), MemoryStore()
        ids = count(1)
        outlets = {"web": self.console, "mail": self.console}
        self.desk = Desk(
            self.store, self.knowledge, self.search, self.clock, outlets, lambda: f"q{next(ids)}", ("web",)
        )
        self._keys = count(1)
        self._heard = 0

    def does(self, who: str, command: Command, place: Place | None = None, **more) -> Done | Refused:
        """What came of it. What is told is delivered at once."""
        delivery = self.delivery(who, command, place, **more)
        assert receive(self.desk, delivery)
        outcome = handle(self.desk, delivery)
        self.deliver()
        return outcome

    def must(self, who: str, command: Command, place: Place | None = None) -> str:
        """The case that it was about."""
        outcome = self.does(who, command, place)
        assert isinstance(outcome, Done), outcome
        return outcome.case_id

    def delivery(self, who: str, command: Command, place: Place | None = None, **more) -> Delivery:
        where = place or Place("web", Kind.DIRECT, who)
        return Delivery("web", f"k{next(self._keys)}", PersonId(who), where, command, self.clock.now(), **more)

    def deliver(self) -> None:
        while deliver(self.desk, "room"):
            pass

    def passes(self, **span: float) -> None:
        self.clock.value += timedelta(**span)
        check(self.desk)
        self.deliver()

    def heard(self) -> list[str]:
        """What was said since the last time one listened, a line each."""
        new = self.console.said[self._heard :]
        self._heard = len(self.console.said)
        return [line_of(each).removeprefix("bot til ") for each in new]

    def person(self, who: str) -> Person:
        return self.knowledge.now().organisation.people[PersonId(who)]

    def ticket(self, number: int = 1):
        with self.store.reading() as ledger:
            return ledger.ticket(number)

    def case(self, number: int = 1):
        with self.store.reading() as ledger:
            return ledger.case(number)

    def question(self, name: str = "q1"):
        with self.store.reading() as ledger:
            return ledger.question(name)

    def everything(self) -> dict[str, object]:
        """All that is remembered of people and cases."""
        shelves = self.store._shelves
        return {each.name: copy(getattr(shelves, each.name)) for each in fields(shelves) if each.name not in NOISE}


def answer(*articles: str) -> Answer:
    return Answer(ArticleId(articles[0]), 0.9, tuple(Ranked(ArticleId(each), 0.9) for each in articles))


def suggestions(*articles: str) -> Suggestions:
    ranked = tuple(Ranked(ArticleId(each), 0.3) for each in articles)
    return Suggestions(tuple(each.article for each in ranked), ranked)


class Busy:
    """A store on which others are quicker, so many times: what was decided is then thrown away."""

    def __init__(self, store, times):
        self._store, self._times = store, [times] if isinstance(times, int) else times

    def __getattr__(self, name):
        return getattr(self._store, name)

    def finishing(self, delivery):
        return Busy(self._store.finishing(delivery), self._times)

    @contextmanager
    def transaction(self):
        with self._store.transaction() as ledger:
            yield ledger
            if self._times[0]:
                self._times[0] -= 1
                raise Changed
