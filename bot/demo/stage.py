"""Where history is made: people act through the front door, and between them time does what it always does."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from bot.demo.clock import DemoClock
from bot.desk.clocks import check
from bot.desk.delivery import deliver
from bot.desk.ports import Desk
from bot.desk.reception import handle, receive
from bot.domain.commands import Ask, Command, Comment, Delivery, Kind, Place
from bot.domain.people import PersonId
from bot.domain.refusals import Refused
from bot.messengers.web.post import Posts, put
from bot.wording.message import Message

Story = Iterator[datetime]  # yields when it goes on


class StoryError(RuntimeError):
    """The demo's own story does not hold: somebody does what the desk refuses."""


@dataclass
class Stage:
    desk: Desk
    posts: Posts
    clock: DemoClock
    _keys: Iterator[int] = field(default_factory=count)

    def act(self, who: str, command: Command, place: Place | None = None) -> str:
        """The case it was about, such as "#12" or "S-3"."""
        where = place or Place("web", Kind.DIRECT, who)
        delivery = Delivery("demo", f"h{next(self._keys)}", PersonId(who), where, command, self.clock.now())
        receive(self.desk, delivery)
        outcome = handle(self.desk, delivery)
        self._deliver()
        if isinstance(outcome, Refused):
            raise StoryError(f"{who}, {command}: {outcome!r}")
        return outcome.case_id

    def ask(self, who: str, text: str) -> str:
        """The question's id."""
        self.write(Place("web", Kind.DIRECT, who), who, text)
        return self.act(who, Ask(text)).removeprefix("Q-")

    def comment(self, who: str, number: int, text: str) -> None:
        """Words in a ticket's thread; the employee writes from her own conversation."""
        with self.desk.store.reading() as ledger:
            ticket = ledger.ticket(number)
        if who == ticket.requester:
            self.write(Place("web", Kind.DIRECT, who), who, text)
        self.act(who, Comment(number, text))

    def write(self, place: Place, author: str, text: str) -> None:
        put(self.posts, place, Message((text,)), self.clock.now(), author=author)

    def play(self, stories: Iterable[Story], until: datetime, progress: Callable[[float], None]) -> None:
        """All stories side by side, in the order of their times, with what time does in between."""
        begun = self.clock.now()
        waiting: list[tuple[datetime, int, Story]] = []
        for nth, story in enumerate(stories):
            heapq.heappush(waiting, (next(story), nth, story))
        while waiting and waiting[0][0] < until:
            at, nth, story = heapq.heappop(waiting)
            self._pass_time(at)
            following = next(story, None)
            if following is not None:
                heapq.heappush(waiting, (max(following, at), nth, story))
            progress((at - begun) / (until - begun))
        self._pass_time(until)
        progress(1.0)

    def _pass_time(self, until: datetime) -> None:
        while (wake := self._next_wake(until)) is not None:
            self.clock.go_to(wake)
            check(self.desk)
            self._deliver()
        self.clock.go_to(until)

    def _next_wake(self, until: datetime) -> datetime | None:
        with self.desk.store.reading() as ledger:
            times = [ledger.ticket(number).next_check_at for number in ledger.due_tickets(until, 200)]
            times += [ledger.case(number).next_check_at for number in ledger.due_cases(until, 200)]
        return min((each for each in times if each is not None), default=None)

    def _deliver(self) -> None:
        while deliver(self.desk, "history") is not None:
            pass
