"""The way in: verify (Bolt) → read → decode, mask → inbox row committed → acknowledge → work. The order is never another."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from aiohttp import ClientError
from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.desk.ports import Desk, NotSent
from bot.domain.commands import Comment, Delivery, Done, Kind
from bot.domain.notices import RefusalTold, Tell, TicketTold, ViewShown
from bot.domain.refusals import Refused, UnknownButton
from bot.messengers.slack.deliveries import Deliveries, Taken
from bot.messengers.slack.modals import Modals, Verdict
from bot.messengers.slack.ports import Cards, Hands, NotKept, Then
from bot.messengers.slack.reading import (
    Commanded,
    HomeOpened,
    Lost,
    Pressed,
    Read,
    Said,
    Shortcut,
    Submitted,
    Who,
    read,
)
from bot.messengers.slack.replies import Replies
from bot.messengers.slack.trouble import Trouble
from bot.messengers.slack.who import UnansweredError

log = logging.getLogger("driftsvagt")
T = TypeVar("T")

THREADS = 8
PATIENCE = 2.0  # seconds for what is being opened while we stop
BUDGET = 1.0  # seconds for the verdict on a form, which is its acknowledgement
REPEAT = (NotKept, UnansweredError, SlackApiError, OSError)  # nothing was kept: Slack shall send it again


class Receiver:
    def __init__(
        self,
        desk: Desk,
        deliveries: Deliveries,
        modals: Modals,
        cards: Cards,
        replies: Replies,
        trouble: Trouble,
        hands: Hands,
        budget: float = BUDGET,
    ) -> None:
        self._desk, self._deliveries, self._modals, self._cards = desk, deliveries, modals, cards
        self._replies, self._trouble, self._hands, self._budget = replies, trouble, hands, budget
        self._threads = ThreadPoolExecutor(THREADS, "slack")
        self._tasks: set[asyncio.Task[None]] = set()
        self._homes: dict[str, Who] = {}  # who has looked at their home page since the start
        self._tidying: set[Future[None]] = set()
        self.counts: Counter[str] = Counter()

    async def hear(self, body: Mapping[str, Any]) -> BoltResponse:
        """The whole of Bolt's part: a middleware that answers, so that nothing is acknowledged before it is kept."""
        heard = read(body)
        self.counts[type(heard).__name__ if heard else "ignored"] += 1
        try:
            return await self._answer(heard)
        except REPEAT as fault:
            self.counts["repeat"] += 1
            log.warning("slack: not kept, Slack shall repeat: %s", type(fault).__name__)
            return BoltResponse(status=503, body="")

    def card_changed(self, user: str) -> None:
        """Their home page shows it too, if they have one."""
        who = self._homes.get(user)
        if who:
            self._tidy(lambda: self._modals.publish_home(who))

    async def quiet(self) -> None:
        """Until everything that was to be opened or tidied up is."""
        # Of a copy: threads begin and end what is tidied up while we look.
        while under_way := [*self._tasks, *map(asyncio.wrap_future, self._tidying.copy())]:
            await asyncio.wait(under_way)

    async def close(self) -> None:
        """What opens something is let finish; the rest is in the inbox."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.quiet(), PATIENCE)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _answer(self, heard: Read | None) -> BoltResponse:
        match heard:
            case Said():
                await self.in_thread(lambda: self._said(heard))
            case Commanded():
                await self.in_thread(lambda: self._commanded(heard))
            case Pressed():
                return await self._press(heard)
            case Submitted():
                return await self._submit(heard)
            case Shortcut():
                self._later(self._modals.ask(heard, self.in_thread))
            case HomeOpened(who):
                self._homes[who.user] = who
                self._tidy(lambda: self._modals.publish_home(who))
            case Lost(why):
                await self.in_thread(lambda: self._trouble.tell("slack_refused", why))
            case None:
                pass
        return BoltResponse(status=200, body="")

    # In worker threads

    def _said(self, it: Said) -> None:
        taken = self._deliveries.said(it)
        if taken:
            self._keep(taken)
            if taken.has_files:
                self._tell(f"file:{it.key}", Tell(taken.delivery.place, ViewShown("file")))

    def _commanded(self, it: Commanded) -> None:
        taken = self._deliveries.commanded(it)
        if it.response_url:
            self._replies.keep(it.who.user, it.channel, it.response_url, self._desk.clock.now())
        self._keep(taken)

    def _pressed(self, it: Pressed) -> None:
        try:
            taken = self._deliveries.pressed(it)
        except UnknownButton as unknown:
            self._tell(f"unknown:{it.key}", Tell(self._deliveries.aside(it), RefusalTold(unknown)))
            return
        self._keep(taken, lambda outcome: self._tidy(lambda: self._after_press(it, outcome)))

    def _after_press(self, it: Pressed, outcome: Done | Refused) -> None:
        """A whisper cannot be updated: the new one comes by the outbox, and the old one goes."""
        if it.is_whispered and it.response_url and isinstance(outcome, Done):
            self._replies.delete(it.response_url)
        if it.is_home:
            self._modals.publish_home(it.who)

    def _keep(self, taken: Taken, then: Then | None = None) -> None:
        """What is in the inbox is worked on, also if it cannot be noted where its words stand."""
        if not self._hands.take(taken.delivery):
            return
        try:
            for note in taken.notes:
                self._cards.note(note.place, note.key, note.message_id, self._desk.clock.now())
        finally:
            self._hands.begin(taken.delivery, then)

    def _tell(self, key: str, what: Tell) -> None:
        """Once."""
        now = self._desk.clock.now()
        with self._desk.store.transaction() as ledger:
            if ledger.first_told(key, now):
                ledger.queue([what], now)

    # What must happen inside the interaction

    async def _press(self, it: Pressed) -> BoltResponse:
        """A button that opens something is acknowledged at once: its trigger lives for three seconds."""
        if self._modals.opens(it):
            self._later(self._open(it))
        else:
            await self.in_thread(lambda: self._pressed(it))
        return BoltResponse(status=200, body="")

    async def _open(self, it: Pressed) -> None:
        """What has no form (any more) is asked of the desk, which says why not."""
        if not await self._modals.open(it, self.in_thread):
            await self.in_thread(lambda: self._pressed(it))

    async def _submit(self, it: Submitted) -> BoltResponse:
        work = asyncio.ensure_future(self.in_thread(lambda: self._decide(it)))
        done, _ = await asyncio.wait({work}, timeout=self._budget)
        if not done:
            self.counts["overrun"] += 1
            self._later(self._tell_later(it, work))
            return _view_answer("update", view=await self.in_thread(lambda: self._modals.working(it)))
        verdict = work.result()
        if verdict.errors:
            return _view_answer("errors", errors=verdict.errors)
        return _view_answer("update", view=verdict.view) if verdict.view else BoltResponse(status=200, body="")

    def _decide(self, it: Submitted) -> Verdict:
        try:
            taken = self._deliveries.submitted(it, self._modals.tries(it))
        except UnknownButton as unknown:
            return self._modals.verdict(it, unknown)
        if not self._hands.take(taken.delivery):
            return self._modals.verdict(it, self._hands.again(taken.delivery))
        outcome = self._hands.settle(taken.delivery)
        if isinstance(outcome, Done):
            self._leave_words(taken.delivery)
        return self._modals.verdict(it, outcome)

    def _leave_words(self, delivery: Delivery) -> None:
        """What somebody wrote in a form stands in their own conversation too, as it would had they typed it there."""
        place, command = delivery.place, delivery.command
        if not isinstance(command, Comment) or place.kind is not Kind.DIRECT or place.thread:
            return
        with self._desk.store.reading() as ledger:
            mine = [each for each in ledger.texts_of(f"#{command.number}") if each.by == delivery.by]
        if mine:
            told = TicketTold(command.number, "commented", delivery.by, mine[-1].id)
            self._tell(f"own:{delivery.key}", Tell(place, told))

    async def _tell_later(self, it: Submitted, work: "asyncio.Future[Verdict]") -> None:
        """In the form's place; if it was closed meanwhile, or Slack does not answer, a refusal is told where they were."""
        verdict = await work
        try:
            await self._modals.replace(it, verdict, self.in_thread)
        except (*REPEAT, ClientError, TimeoutError) as fault:
            log.info("slack: a form was gone before its verdict came: %s", type(fault).__name__)
            if refusal := verdict.refusal:
                place = await self.in_thread(lambda: self._deliveries.aside_of(it))
                key = f"late:{it.view_id}:{self._modals.tries(it)}"
                await self.in_thread(lambda: self._tell(key, Tell(place, RefusalTold(refusal))))

    # Threads and tasks

    async def in_thread(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, act)

    def _tidy(self, act: Callable[[], None]) -> None:
        """Not in the desk's own threads, which may wait for nobody."""
        with suppress(RuntimeError):  # stopping
            task = self._threads.submit(_quietly, act)
            self._tidying.add(task)
            task.add_done_callback(self._tidying.discard)

    def _later(self, act: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(_logged(act))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _logged(act: Coroutine[Any, Any, None]) -> None:
    """What only opens something may fail: the person presses again."""
    try:
        await act
    except REPEAT as fault:
        log.warning(
            "slack: something could not be opened: %s", fault if isinstance(fault, SlackApiError) else repr(fault)
        )


def _quietly(act: Callable[[], None]) -> None:
    """What tidies up after a press: without it the page is only a little older."""
    try:
        act()
    except (NotSent, *REPEAT) as fault:
        log.info("slack: not tidied up: %s", type(fault).__name__)


def _view_answer(action: str, **more: Any) -> BoltResponse:
    return BoltResponse(
        status=200, body={"response_action": action, **more}, headers={"content-type": ["application/json"]}
    )
