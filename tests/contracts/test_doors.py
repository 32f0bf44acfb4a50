"""Who comes in: accounts, one-time links, sessions; and the few words the database keeps about itself."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from given import MIA, NOW, SAM, after
from sqlalchemy import select

from bot.desk.ports import Changed
from bot.domain.people import Account
from bot.storage.doors import Accounts, Meta, Sessions
from bot.storage.scalars import micros
from bot.storage.tables import links, sessions

SLACK = Account("slack", "T1", "U1", MIA.id)
NEW = count()  # names of sessions


def test_an_account_is_linked_once_and_never_moves_by_itself(database):
    accounts = Accounts(database)
    assert accounts.link(SLACK) == SLACK
    assert accounts.link(replace(SLACK, person=SAM.id)) == SLACK
    assert accounts.person("slack", "T1", "U1") == MIA.id
    assert accounts.person("slack", "T2", "U1") is None
    assert accounts.person("web", "T1", "U1") is None
    assert accounts.person("slack", "T1", "U2") is None


def test_an_account_is_unlinked_from_the_person_it_has(database):
    accounts = Accounts(database)
    accounts.link(SLACK)
    accounts.unlink(replace(SLACK, person=SAM.id))
    assert accounts.person("slack", "T1", "U1") == MIA.id
    accounts.unlink(SLACK)
    assert accounts.person("slack", "T1", "U1") is None


def test_one_person_may_have_many_accounts(database):
    accounts = Accounts(database)
    teams = Account("teams", "tenant", "29:x", MIA.id)
    sams = Account("slack", "T1", "U2", SAM.id)
    for each in (teams, sams, SLACK):
        accounts.link(each)
    assert accounts.of(MIA.id) == [SLACK, teams]
    assert accounts.all() == [SLACK, sams, teams]


def test_a_login_link_works_once_and_not_for_ever(database):
    doors = Sessions(database)
    doors.make_link("one", MIA.id, after(minutes=10))
    doors.make_link("late", SAM.id, after(minutes=10))
    assert doors.come_in("one", f"{next(NEW)}", NOW, after(hours=8)) == MIA.id
    assert doors.come_in("one", f"{next(NEW)}", NOW, after(hours=8)) is None
    assert doors.come_in("late", f"{next(NEW)}", after(minutes=10), after(hours=8)) is None
    assert doors.come_in("unknown", f"{next(NEW)}", NOW, after(hours=8)) is None


def test_a_link_and_the_session_it_begins_are_one(database):
    """A process that stops between the two would leave somebody at the door with a used link."""
    doors = Sessions(database)
    doors.make_link("link", MIA.id, after(minutes=10))
    doors.begin("taken", SAM.id, after(hours=8))
    with pytest.raises(Changed):
        doors.come_in("link", "taken", NOW, after(hours=8))
    assert doors.come_in("link", "free", NOW, after(hours=8)) == MIA.id
    assert doors.person("free", NOW) == MIA.id
    assert doors.come_in("link", "again", NOW, after(hours=8)) is None
    assert doors.person("again", NOW) is None


def test_a_session_is_its_persons_until_it_ends(database):
    doors = Sessions(database)
    doors.begin("a", MIA.id, after(hours=8))
    doors.begin("b", SAM.id, after(hours=8))
    assert (doors.person("a", NOW), doors.person("b", NOW), doors.person("c", NOW)) == (MIA.id, SAM.id, None)
    assert doors.person("a", after(hours=8)) is None
    doors.end("a")
    assert (doors.person("a", NOW), doors.person("b", NOW)) == (None, SAM.id)


def test_a_session_that_is_used_lasts_and_one_that_is_not_ends(database):
    doors = Sessions(database, timedelta(days=7))
    for token in "ab":
        doors.begin(token, MIA.id, after(days=30))
        assert doors.person(token, NOW) == MIA.id
    assert doors.person("a", after(days=5)) == MIA.id
    assert doors.person("b", after(days=7)) is None
    assert doors.person("a", after(days=11, hours=23)) == MIA.id
    doors.purge(after(days=12))
    with database.reading() as connection:
        assert len([*connection.execute(select(sessions.c.token_hash))]) == 1
    for day in range(18, 30, 6):
        assert doors.person("a", after(days=day)) == MIA.id
    assert doors.person("a", after(days=30)) is None


def test_a_session_that_was_begun_and_not_used_yet_lasts_as_long_as_it_was_meant_to(database):
    doors = Sessions(database, timedelta(days=7))
    doors.begin("new", MIA.id, after(days=30))
    doors.purge(after(days=8))
    assert doors.person("new", after(days=8)) == MIA.id


def test_that_a_session_is_used_is_not_written_down_for_every_page(database):
    doors = Sessions(database, timedelta(days=7))
    doors.begin("a", MIA.id, after(days=30))
    for minute in range(100):
        assert doors.person("a", after(minutes=minute)) == MIA.id
    with database.reading() as connection:
        assert connection.execute(select(sessions.c.seen_at)).scalar_one() == micros(NOW)


def test_everything_of_one_person_ends_at_once(database):
    doors = Sessions(database)
    for token in "ab":
        doors.begin(token, MIA.id, after(hours=8))
    doors.begin("c", SAM.id, after(hours=8))
    doors.make_link("link", MIA.id, after(hours=8))
    doors.end_all(MIA.id)
    assert [doors.person(token, NOW) for token in "abc"] == [None, None, SAM.id]
    assert doors.come_in("link", f"{next(NEW)}", NOW, after(hours=8)) is None


def test_tokens_are_not_kept_and_old_ones_are_forgotten(database):
    doors = Sessions(database)
    for hours, token in ((1, "soon"), (8, "later")):
        doors.begin(token, MIA.id, after(hours=hours))
        doors.make_link(token, MIA.id, after(hours=hours))
    doors.purge(after(hours=1))
    with database.reading() as connection:
        kept = [*connection.execute(select(sessions.c.token_hash)), *connection.execute(select(links.c.token_hash))]
    assert len(kept) == 2
    assert not {"soon", "later"} & {row.token_hash for row in kept}
    assert doors.person("later", NOW) == MIA.id
    assert doors.come_in("later", f"{next(NEW)}", NOW, after(hours=8)) == MIA.id


def test_a_word_is_kept_under_its_name(database):
    words = Meta(database)
    assert words.read("demo_clock") is None
    words.write("demo_clock", "1")
    words.write("demo_clock", "2")
    words.write("other", "3")
    assert (words.read("demo_clock"), words.read("other")) == ("2", "3")
