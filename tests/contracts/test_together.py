"""Short writes share a commit: each gets its own answer, and one that fails takes nothing of the others with it."""

import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.desk.ports import Changed
from bot.storage.engine import Database

MANY = 40
PATIENCE = 60.0  # seconds until a test gives up; nothing here waits for time to pass


@pytest.fixture
def database(tmp_path):
    found = Database(f"sqlite:///{tmp_path}/one.sqlite")
    with found.writing() as connection:
        connection.execute(text("CREATE TABLE written (nth INTEGER PRIMARY KEY)"))
    yield found
    found.close()


def write(nth):
    return lambda connection: connection.execute(text("INSERT INTO written VALUES (:nth)"), {"nth": nth}).rowcount * nth


def written(database):
    with database.reading() as connection:
        return set(connection.execute(text("SELECT nth FROM written")).scalars())


def all_at_once(database, works):
    """What each came to, all of them having waited for the same writer."""
    found = {}

    def one(nth, work):
        try:
            found[nth] = database.together(work)
        except Exception as fault:  # noqa: BLE001  # it is what is asked for
            found[nth] = type(fault)

    lets_go(database, [threading.Thread(target=one, args=each) for each in works.items()])
    return found


def lets_go(database, threads):
    """All of them together: while somebody else writes, the first has the lead, and the others stand behind it."""
    together, led = database._together, []
    lead, together._commit = together._commit, lambda pieces: led.append(len(pieces)) or lead(pieces)
    with database.writing():
        for each in threads:
            each.start()
        begun = time.monotonic()
        while sum(led) + len(together._waiting) < len(threads):
            assert time.monotonic() - begun < PATIENCE, "they do not come"
            time.sleep(0.001)
    for each in threads:
        each.join()


def test_each_gets_its_own_answer_and_all_share_few_commits(database, monkeypatch):
    commits = []
    writing = database._together._writing
    monkeypatch.setattr(database._together, "_writing", lambda **how: commits.append(how) or writing(**how))
    found = all_at_once(database, {nth: write(nth) for nth in range(MANY)})
    assert found == {nth: nth for nth in range(MANY)}
    assert written(database) == set(range(MANY))
    assert len(commits) < MANY / 4


def test_one_that_fails_fails_alone(database):
    def refuse(_):
        raise Changed

    works = {nth: write(nth) for nth in range(MANY)} | {
        7: refuse,
        8: lambda connection: connection.execute(text("INSERT INTO nowhere VALUES (1)")),
        9: write(10),  # somebody else writes 10: one of the two comes second
    }
    found = all_at_once(database, works)
    assert (found[7], found[8]) == (Changed, OperationalError)
    assert {found[9], found[10]} == {Changed, 10}
    assert written(database) == set(range(MANY)) - {7, 8, 9}


def test_a_fault_of_ours_is_raised_and_nobody_else_waits_for_ever(database):
    def stumble(_):
        raise TypeError

    found = all_at_once(database, {nth: write(nth) for nth in range(MANY)} | {3: stumble})
    assert found[3] is TypeError
    lost = {nth for nth in range(MANY) if found[nth] is TypeError}
    assert written(database) == set(range(MANY)) - lost


def test_inside_a_transaction_it_says_so_instead_of_waiting_for_itself(database):
    with database.writing(), pytest.raises(RuntimeError, match="already open in this thread"):
        database.together(write(1))
    assert database.together(write(1)) == 1


def test_a_share_waits_for_the_disk_if_anybody_in_it_does(database, monkeypatch):
    commits = []
    writing = database._together._writing
    monkeypatch.setattr(database._together, "_writing", lambda **how: commits.append(how["hasty"]) or writing(**how))
    database.together(write(1), hasty=True)
    database.together(write(2))
    lets_go(
        database,
        [
            threading.Thread(target=database.together, args=(write(nth),), kwargs={"hasty": bool(nth % 2)})
            for nth in range(10, 20)
        ],
    )
    assert commits[:2] == [True, False]
    assert False in commits[2:]
