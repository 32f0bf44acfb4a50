"""Killed again and again between "asked" and "delivered", the desk loses nothing, and tells nothing twice if that can be known."""

import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from keeper import Keeper
from killed import START
from sqlalchemy import select
from stores import POSTGRES, emptied
from town import Line, Town

from bot.desk.ports import Known
from bot.domain.events import Event, Opened
from bot.storage.database import SqlStore, open_store
from bot.storage.scalars import place_from
from bot.storage.tables import outbox, texts

SEED = 20261124
KILLS = 100  # that hit in the middle; those that found nothing to do do not count
LONGEST_LIFE = 0.4  # seconds
MOST_GLANCES = 10_000  # a desk that never gets done must not stop the tests for ever
MOST_UNDER_WAY = 24  # questions: nobody is to be told that they ask too much


@dataclass
class Aftermath:
    town: Town
    lines: list[Line]
    errors: str
    outbox: list
    questions: list[str]
    events: list[Event]


@pytest.fixture(scope="module", params=["sqlite", POSTGRES])
def after(request, known: Known, tmp_path_factory) -> Iterator[Aftermath]:
    """A hundred kills and one, and then a life in peace that ends what is left."""
    directory = tmp_path_factory.mktemp("killed")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), directory / "desk.sqlite")
        url = f"sqlite:///{directory / 'desk.sqlite'}"
    else:
        url = emptied(request.getfixturevalue("migrated_postgres"))
    store = open_store(url)
    town = Town(known, START)
    with Keeper(url, directory / "told", directory / "errors", town) as keeper:
        generation = hound(keeper, town, store)
        generation = leave_in_doubt(keeper, town, generation)
        rest(keeper, town, store, generation)
        lines = keeper.lines()
    with store.database.reading() as connection:
        rows = connection.execute(select(outbox).order_by(outbox.c.id)).all()
        questions = list(connection.execute(select(texts.c.body).where(texts.c.kind == "question")).scalars())
    with store.reading() as ledger:
        events = list(ledger.events_between(START, START.replace(year=2027)))
    yield Aftermath(town, lines, (directory / "errors").read_text("utf-8"), rows, questions, events)
    store.close()


def hound(keeper: Keeper, town: Town, store: SqlStore) -> int:
    """Instants are drawn over the whole of a life, its start included."""
    chance = random.Random(SEED)
    hits = generation = 0
    while hits < KILLS:
        generation += 1
        assert generation < 3 * KILLS, f"only {hits} kills hit in the middle"
        for _ in range(chance.randint(1, 4) if town.under_way < MOST_UNDER_WAY else 0):
            town.ask()
        life = keeper.start(generation)
        keeper.watch(life, chance.uniform(0, LONGEST_LIFE))
        keeper.kill(life)
        hits += bool(town.unheard or store.unfinished() or store.next_send_at())
    print(f"seed {SEED}: {generation} kills, {hits} in the middle, {len(town.asked)} questions")  # noqa: T201  # to try the same again
    return generation


def leave_in_doubt(keeper: Keeper, town: Town, generation: int) -> int:
    """Killed once more, in the moment that chance misses on a slow machine: it was sent, and nobody has written that down."""
    before = len(on_paper(keeper))
    for _ in range(2):  # the one or the other is asked on paper
        town.ask()
    life = keeper.start(generation + 1, "mute")
    for _ in range(MOST_GLANCES):
        if len(on_paper(keeper)) > before:
            break
        keeper.glance()
    keeper.kill(life)
    return generation + 1


def on_paper(keeper: Keeper) -> list[Line]:
    return [each for each in keeper.lines() if not each["can_tell"]]


def rest(keeper: Keeper, town: Town, store: SqlStore, generation: int) -> None:
    life = keeper.start(generation + 1)
    for _ in range(MOST_GLANCES):
        if not (town.unheard or store.unfinished() or store.next_send_at()):
            break
        keeper.glance()
    keeper.kill(life)


def test_there_was_much_to_lose(after: Aftermath) -> None:
    """Otherwise the rest of this file would say little. How much comes through between two kills is the machine's pace."""
    assert len(after.town.asked) >= KILLS // 10
    assert len(after.lines) >= KILLS // 2
    assert any(each["unsure"] for each in after.lines)


def test_every_question_is_stored_once(after: Aftermath) -> None:
    """Also one whose receipt was never confirmed, and which the messenger therefore sent again."""
    assert Counter(after.questions) == Counter(after.town.asked.keys())
    assert kinds(after.events)["asked"] == len(after.town.asked)


def test_every_question_is_answered_once(after: Aftermath) -> None:
    answers = defaultdict(set)
    for line in after.lines:
        if (
            line["notice"] == "QuestionShown"
            and not (line["choosing"] or line["handed_over"])
            and line["helped"] is None
        ):
            answers[line["asked"]].add(line["send_key"])
    unheard = [words for words in after.town.asked if words not in answers]
    assert {len(each) for each in answers.values()} == {1}
    assert len(unheard) <= len(buried(after))


def test_nothing_is_told_twice_where_the_outlet_can_tell(after: Aftermath) -> None:
    told = Counter(each["send_key"] for each in after.lines if each["can_tell"])
    assert set(told.values()) == {1}


def test_where_it_cannot_tell_once_more_at_most_and_marked(after: Aftermath) -> None:
    told = defaultdict(list)
    for each in after.lines:
        if not each["can_tell"]:
            told[each["send_key"]].append(each["unsure"])
    assert {tuple(each) for each in told.values()} <= {(False,), (False, True), (True,)}


def test_what_was_sent_is_what_was_told(after: Aftermath) -> None:
    told = {each["send_key"] for each in after.lines}
    sent = {send_key(each) for each in after.outbox if each.state == "sent"}
    assert sent <= told
    assert told - sent <= {send_key(each) for each in buried(after)}


def test_nothing_waits_any_longer(after: Aftermath) -> None:
    assert {each.state for each in after.outbox} <= {"sent", "replaced", "dead"}
    assert not after.town.unheard


def test_only_what_a_newer_card_says_better_was_replaced(after: Aftermath) -> None:
    newest = {(each.place, each.key): each.id for each in after.outbox if each.state != "replaced"}
    older = [each for each in after.outbox if each.state == "replaced"]
    assert all(each.key and newest[each.place, each.key] > each.id for each in older)


def test_what_is_buried_is_buried_aloud(after: Aftermath) -> None:
    """After two attempts of which nobody knows how they ended, and only where the outlet cannot say."""
    alarms = Counter(each["about"] for each in after.lines if each["notice"] == "Alarmed")
    dead = buried(after)
    assert all(each.place.startswith("paper") and each.attempts == 2 for each in dead)
    assert alarms == Counter(str(place_from(each.place)) for each in dead)


def test_every_question_that_was_handed_over_is_one_ticket(after: Aftermath) -> None:
    """Unless its employee was never asked which system it is about, because that is buried."""
    happened = kinds(after.events)
    assert happened["opened"] == happened["acknowledged"] == happened["resolved_claimed"] > 0
    assert happened["not_helped"] - len(buried(after)) <= happened["opened"] <= happened["not_helped"]
    opened = [each for each in after.events if isinstance(each.what, Opened)]
    assert len({each.what.question for each in opened}) == len({each.case_id for each in opened}) == len(opened)


def test_a_ticket_ends_unless_its_employee_was_never_told(after: Aftermath) -> None:
    happened = kinds(after.events)
    assert happened["resolved_claimed"] - len(buried(after)) <= happened["closed"] <= happened["resolved_claimed"]


def test_who_took_a_ticket_is_told_once(after: Aftermath) -> None:
    told = defaultdict(set)
    for each in after.lines:
        if each["notice"] == "TicketTold" and each["news"] == "acknowledged":
            told[each["ticket"]].add(each["send_key"])
    assert {len(each) for each in told.values()} == {1}
    assert kinds(after.events)["acknowledged"] - len(told) <= len(buried(after))


def test_nobody_was_refused_for_what_a_dead_process_had_done(after: Aftermath) -> None:
    assert "RefusalTold" not in {each["notice"] for each in after.lines}


def test_no_process_complained(after: Aftermath) -> None:
    assert after.errors == ""


def kinds(events: list[Event]) -> Counter[str]:
    return Counter(each.type for each in events)


def buried(after: Aftermath) -> list:
    return [each for each in after.outbox if each.state == "dead"]


def send_key(row) -> str:
    return f"{row.key or row.id}:{row.id}"
