"""CPR numbers are typed wherever something can be typed, and the server is killed meanwhile: none is kept, none is logged."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hosting import Form, Host
from served import MORNING
from sqlalchemy import select
from stores import POSTGRES, emptied

from bot.domain.people import PersonId
from bot.domain.privacy import MASK
from bot.domain.ticket import State
from bot.storage.database import SqlStore, open_store
from bot.storage.doors import Sessions
from bot.storage.tables import metadata, texts

NORTH, THREAD, IT = "web:channel:omsorg-nord", "web:thread:omsorg-nord:1", "web:channel:it"
WAYS = ("{0}-{1}", "{0}{1}", "{0} {1}", "{0}\u00a0–\u00a0{1}", "{0}\u200b{1}", "{0}.{1}")


class Numbers:
    """Of nobody: replacement numbers, whose day is above sixty. Each is used once, so that a leak says where it was typed."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __format__(self, _: str) -> str:
        nth = len(self.made)
        date, serial = f"7101{80 + nth % 10}", f"{9001 + nth}"
        self.made.append(date + serial)
        return WAYS[nth % len(WAYS)].format(date, serial)


@dataclass(frozen=True)
class Step:
    who: str
    filled: dict[str, str]
    place: str = ""
    answer: int = 303
    crash: bool = False
    file: tuple[str, bytes] | None = None


def story(cpr: Numbers) -> Iterator[Step]:
    """Everything that people can type, from the question to the solution; and values that no button of ours has."""
    yield Step("mia", {"text": f"hvor mange besøg har {cpr} i dag"})
    yield Step("mia", {"text": f"status {cpr}"})
    yield Step("mia", {"text": f"ur S-{cpr}"})
    yield Step("mia", {"text": f"væk til {cpr}"})
    yield Step("mia", {"text": f"#{cpr} den er gal"})
    for value in (
        "no-help:{0}",
        "status:{0}",
        "explain:S-{0}",
        "article:{0}:{0}",
        "system:{0}:{0}",
        "claim:{0}",
        "{0}",
    ):
        yield Step("mia", {"knap": value.format(f"{cpr}")})
    yield Step("mia", {"knap": "away", "until": f"{cpr}"})
    yield Step("mia", {"text": "status 1"}, place=f"web:thread:omsorg-nord:{cpr}", answer=404)
    yield Step("mia", {"text": f"menneske: omsorgsjournalen viser {cpr} som små firkanter"}, crash=True)
    yield Step("sam", {"text": "#1 den er min"}, place=f"web:thread:omsorg-nord:{cpr}", answer=404)
    yield Step("sam", {"knap": "claim:1"}, NORTH)
    yield Step("sam", {"text": f"Er det kun {cpr}?", "audience": "employee"}, THREAD, crash=True)
    yield Step("sam", {"text": f"hun mener {cpr}", "audience": "internal"}, THREAD)
    yield Step("mia", {"text": f"#1 ja, kun {cpr}"})
    for said in ({"text": f"listen er {cpr}", "sag": "1"}, {"text": "", "sag": "1"}):
        yield Step("mia", said, crash=True, file=(f"liste {cpr}.csv", f"navn;{cpr}\n".encode()))
    yield Step("mia", {"text": f"og {cpr}", "sag": "1"}, answer=422, file=(f"{cpr}.exe", f"{cpr}".encode()))
    yield Step("mia", {"knap": "comment:1:", "text": f"og {cpr}"})
    yield Step("sam", {"knap": "escalate:1", "note": f"Gælder {cpr}"}, NORTH)
    yield Step("ivo", {"knap": "claim:1"}, IT)
    fields = ("severity", "since", "who", "how_many", "tried", "steps", "contact")
    yield Step("ivo", {"knap": "hand-over:1"} | {each: format(cpr) for each in fields}, IT)
    good = {"severity": "B", "since": "9.00"} | {each: "40 " + format(cpr) for each in fields[2:]}
    yield Step("ivo", {"knap": "hand-over:1"} | good, IT, crash=True)
    yield Step("ivo", {"knap": "log:1:status:", "at": f"{cpr}", "note": f"{cpr}"}, IT)
    yield Step("ivo", {"knap": f"log:1:pause:{cpr}", "detail": f"{cpr}", "source": f"{cpr}"}, IT)
    yield Step("ivo", {"knap": "log:1:received:", "note": f"Modtaget, {cpr}"}, IT)
    yield Step("ivo", {"knap": "log:1:resolved:", "note": f"Rettet for {cpr}"}, IT)
    yield Step("ivo", {"knap": "resolve:1", "solution": f"Prøv {cpr} igen"}, IT)
    yield Step("mia", {"knap": "reopen:1", "why": f"{cpr} er der stadig ikke"})


@dataclass
class Kept:
    """What was found on the machine, looked at after every step: what is deleted later was there too."""

    numbers: list[str]
    in_database: dict[str, Step]
    log: bytes
    store: SqlStore


@pytest.fixture(scope="module", params=["sqlite", POSTGRES])
def kept(request, tmp_path_factory) -> Iterator[Kept]:
    directory = tmp_path_factory.mktemp("served")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), directory / "desk.sqlite")
        url = f"sqlite:///{directory / 'desk.sqlite'}"
    else:
        url = emptied(request.getfixturevalue("migrated_postgres"))
    store, numbers = open_store(url), Numbers()
    found: dict[str, Step] = {}
    for person in ("mia", "sam", "ivo"):
        Sessions(store.database).begin(f"session-of-{person}", PersonId(person), MORNING + timedelta(days=1))
    with Host(url, directory) as host:
        for step in story(numbers):
            play(host, store, step)
            where = dump(store) if request.param == "postgres" else files(directory)
            found |= dict.fromkeys(leaks(numbers.made, where), step)
    yield Kept(numbers.made, found, (directory / "log").read_bytes(), store)
    store.close()


def play(host: Host, store: SqlStore, step: Step) -> None:
    path = "/tryk" if "knap" in step.filled else "/sig"
    form = Form(host, step.who, path, step.place or f"web:direct:{step.who}", step.filled, step.file)
    if step.crash:
        form.send_and_kill(store.unfinished)
        host.start()
    assert form.send() == step.answer, step


def files(directory: Path) -> bytes:
    """As a crash would leave them, the journal among them. Read by another process: to close a file ends our locks on it."""
    return subprocess.check_output(["cat", *directory.glob("desk.sqlite*")])


def dump(store: SqlStore) -> bytes:
    with store.database.reading() as connection:
        rows = [str(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(select(table))]
    return "\n".join(rows).encode()


def leaks(numbers: list[str], where: bytes) -> list[str]:
    """However the digits are parted; first a quick look at the digits alone."""
    digits = where.translate(None, bytes(each for each in range(256) if chr(each) not in "0123456789"))
    near = [each for each in numbers if each.encode() in digits]
    return [each for each in near if re.search(rb"[^0-9]{0,8}".join(digit.encode() for digit in each), where)]


def test_a_leak_would_be_found() -> None:
    numbers = Numbers()
    for _ in WAYS:
        said = f"x{numbers}y"
        assert leaks(numbers.made, said.encode()) == numbers.made[-1:]
    assert leaks(["7101809001"], b"710180-9002") == []


def test_no_number_is_in_the_database(kept: Kept) -> None:
    assert kept.in_database == {}


def test_no_number_is_in_the_log(kept: Kept) -> None:
    assert len(kept.log) > 1000
    assert leaks(kept.numbers, kept.log) == []


def test_the_words_around_them_are_kept(kept: Kept) -> None:
    """The story went all the way, through every crash: otherwise nothing was there to leak."""
    with kept.store.reading() as ledger:
        ticket, case, files = ledger.ticket(1), ledger.case(1), ledger.attachments.of(1)
        contents = [ledger.attachments.content(each.id) for each in files]
    with kept.store.database.reading() as connection:
        bodies = list(connection.execute(select(texts.c.body)).scalars())
    assert (ticket.state, case.tickets) == (State.CLAIMED, (1,))
    assert ticket.title == f"omsorgsjournalen viser {MASK} som små firkanter"
    assert [each.name for each in files] == [f"liste {MASK}.csv"] * 2
    assert contents == [f"navn;{MASK}\n".encode()] * 2
    for words in (
        "listen er {0}",
        "Er det kun {0}?",
        "hun mener {0}",
        "ja, kun {0}",
        "og {0}",
        "Gælder {0}",
        "Prøv {0} igen",
        "Rettet for {0}",
    ):
        assert bodies.count(words.format(MASK)) == 1, words
