"""A desk in a process of its own, made to be killed: it reads deliveries, says which it has received, works, delivers.

    python killed.py DATABASE_URL FILE

The first process loads the knowledge. For every line `go 7` it forks a desk and waits until that is dead, so that a start
costs milliseconds; the number moves the desk's clock, as if each start came a while after the crash before. With `go 7 mute`
what is sent on paper never comes to an end. What is told is appended to FILE, a line each, forced to the disk.
"""

import json
import os
import secrets
import sys
import threading
import traceback
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.desk.delivery import deliver
from bot.desk.ports import Desk, Known, NotSent, Waiting
from bot.desk.reception import handle, receive
from bot.domain.articles import Answer, ArticleId, Found, NoAnswer, Ranked, Suggestions
from bot.domain.commands import Delivery, Kind, Place
from bot.domain.picture import Picture
from bot.storage.codec import decode
from bot.storage.database import SqlStore, open_store
from bot.storage.knowledge import load
from bot.wording.word import word

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday at nine, when everybody is there
STEP = timedelta(seconds=40)  # a dead process keeps its places for thirty
DELIVERERS = 2
BELL = 0.005  # seconds a deliverer waits for something to do


class Fixed:
    """Knowledge and a clock that stand still in one process."""

    def __init__(self, value):
        self._value = value

    def now(self):
        return self._value


class Pointing:
    """A search that knows the answer to every third question, makes a guess at the next, and nothing of the last."""

    def __init__(self, known: Known) -> None:
        good = [each for each in known.articles.values() if each.covered and each.is_for_everyone and each.system]
        self._ranked = tuple(Ranked(ArticleId(each.id), 0.9) for each in good[:3])

    def find(self, question: str, visible: frozenset[ArticleId] | None = None) -> Found:
        assert visible is not None
        match int(question.rsplit(" ", 1)[1]) % 3:
            case 0:
                return Answer(self._ranked[0].article, 0.9, self._ranked)
            case 1:
                return Suggestions(tuple(each.article for each in self._ranked), self._ranked)
            case _:
                return NoAnswer(self._ranked)


class Pen:
    """An outlet that counts. One that can look into its own file can tell what an earlier attempt wrote."""

    def __init__(self, path: Path, *, can_tell: bool, is_mute: bool = False) -> None:
        self._path = path
        self._can_tell, self._is_mute = can_tell, is_mute
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def send(self, row: Waiting, picture: Picture) -> str:
        word(row.tell.notice, picture)
        os.write(self._file, f"{json.dumps(self._line(row, picture))}\n".encode())
        os.fsync(self._file)
        say("told")
        if self._is_mute:
            threading.Event().wait()
        return row.message_id or row.send_key

    def was_sent(self, row: Waiting) -> str | None:
        if not self._can_tell:
            raise NotImplementedError
        written = [json.loads(line) for line in self._path.read_text("utf-8").splitlines()]
        return row.send_key if any(each["send_key"] == row.send_key for each in written) else None

    def _line(self, row: Waiting, picture: Picture) -> dict[str, object]:
        """What the reader sees, and can act on."""
        question, ticket = picture.question, picture.ticket
        return {
            "send_key": row.send_key,
            "unsure": row.tried_unsure,
            "can_tell": self._can_tell,
            "place": str(row.tell.place),
            "notice": type(row.tell.notice).__name__,
            "news": getattr(row.tell.notice, "news", ""),
            "about": getattr(row.tell.notice, "about", ""),
            "question": question.id if question else "",
            "asked": picture.texts.get(question.text, "") if question else "",
            "helped": question.helped if question else None,
            "choosing": list(question.choosing) if question else [],
            "ticket": ticket.number if ticket else 0,
            "handed_over": question.ticket if question else None,
            "state": ticket.state.value if ticket else "",
            "group": ticket.group if ticket else "",
        }


def main() -> None:
    zoneinfo.reset_tzpath(())
    url, file = sys.argv[1:]
    known = load(KNOWLEDGE, date(2026, 11, 24)).known
    assert known
    store = open_store(url)
    warm(store)
    say("loaded")
    for line in sys.stdin:
        if not line.startswith("go "):
            continue  # what the dead one left unread
        child = os.fork()
        if not child:
            live(store, Path(file), known, int(line.split()[1]), is_mute="mute" in line)
        os.waitpid(child, 0)
        say("gone")


def warm(store: SqlStore) -> None:
    """What a start would otherwise do again: import the driver, and put the first statements together. Leaves nothing open."""
    store.unfinished()
    store.next_send_at()
    store.free(Place("web", Kind.DIRECT, "nobody"), "nobody")
    store.close()


def live(store: SqlStore, file: Path, known: Known, generation: int, *, is_mute: bool) -> None:
    """Until it is killed, or there is nobody left to talk to."""
    say(f"born {os.getpid()}")
    outlets = {"web": Pen(file, can_tell=True), "paper": Pen(file, can_tell=False, is_mute=is_mute)}
    clock = Fixed(START + generation * STEP)
    desk = Desk(store, Fixed(known), Pointing(known), clock, outlets, secrets.token_urlsafe, ("web", "paper"))
    queued = threading.Event()
    for nth in range(DELIVERERS):
        threading.Thread(target=carry, args=(desk, f"{generation}-{nth}", queued), daemon=True).start()
    while batch := desk.store.unfinished():
        for delivery in batch:
            work(desk, delivery, queued)
    say("ready")
    for line in sys.stdin:
        delivery: Delivery = decode(line)
        if receive(desk, delivery):
            say(f"received {delivery.key}")
            work(desk, delivery, queued)
        else:
            say(f"received {delivery.key}")
    os._exit(0)


def work(desk: Desk, delivery: Delivery, queued: threading.Event) -> None:
    handle(desk, delivery)
    queued.set()


def carry(desk: Desk, worker: str, queued: threading.Event) -> None:
    while True:
        queued.clear()
        for outcome in deliver(desk, worker) or wait_for(queued):
            if outcome.fault and not isinstance(outcome.fault, NotSent):
                traceback.print_exception(outcome.fault)


def wait_for(queued: threading.Event) -> tuple[()]:
    queued.wait(BELL)
    return ()


def say(words: str) -> None:
    """One write, so that a kill leaves whole lines only."""
    os.write(1, f"{words}\n".encode())


if __name__ == "__main__":
    main()
