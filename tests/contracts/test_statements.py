"""What the databases are asked: few statements per question, and an index for everything that happens often."""

import re

import pytest
from given import MIA, NOW, SAM, asked, card, channel, delivered, handed_over, opened
from sqlalchemy import event, text

from bot.desk.ports import Desk, Known, Text
from bot.desk.reception import handle, receive
from bot.desk.viewing import fresh
from bot.domain.articles import Answer, Article, ArticleId, NoAnswer, Ranked
from bot.domain.commands import Ask, Delivery, Done, Kind, Place
from bot.domain.refusals import NoSuchCase
from bot.domain.systems import Organisation
from bot.storage.database import SqlStore
from bot.storage.marks import Marks
from bot.storage.posts import Posts
from bot.storage.tables import metadata

VPN = Article(ArticleId("vpn"), ("Hvordan kommer jeg på VPN?",), {"da": "Sådan."})


class Fixed:
    """Knowledge, search and clock that never move."""

    def __init__(self, value):
        self._value = value

    def now(self):
        return self._value

    def find(self, _question, _visible=None):
        return self._value


def desk(store, found):
    known = Known(Organisation(people={MIA.id: MIA}), {VPN.id: VPN})
    return Desk(store, Fixed(known), Fixed(found), Fixed(NOW), {}, iter("abcdefgh").__next__)


@pytest.fixture
def statements(database):
    """What is executed from here on; beginnings and commits are not statements of ours."""
    seen = []

    def note(_connection, _cursor, statement, parameters, _context, many):
        if not statement.startswith(("BEGIN", "EXPLAIN", "SET")):
            seen.append((statement, parameters[0] if many else parameters))

    for engine in {database.engine, database._hasty}:
        event.listen(engine, "before_cursor_execute", note)
    return seen


@pytest.mark.parametrize(
    "found", [Answer(VPN.id, 0.9, (Ranked(VPN.id, 0.9),)), NoAnswer((Ranked(VPN.id, 0.1),))], ids=["answered", "not"]
)
def test_a_question_costs_seven_statements(database, statements, found):
    delivery = Delivery("web", "k", MIA.id, Place("web", Kind.DIRECT, MIA.id), Ask("Hvordan kommer jeg på VPN?"), NOW)
    bot = desk(SqlStore(database), found)
    assert receive(bot, delivery)
    assert isinstance(handle(bot, delivery), Done)
    assert len(statements) == 7, [statement for statement, _ in statements]


def test_many_events_and_notices_are_one_statement_each(database, statements):
    with SqlStore(database).transaction() as ledger:
        ledger.save_ticket(opened(1).claim(SAM, NOW).hold(SAM, NOW))
        ledger.queue([card(channel("nord"), number) for number in range(20)], NOW)
    assert [statement.split()[2] for statement, _ in statements if statement.startswith("INSERT")] == [
        "texts",
        "tickets",
        "events",
        "outbox",
    ]


def often(store, posts, marks):
    """Everything that happens many times a minute."""
    store.receive(delivered("k"))
    store.unfinished()
    with store.finishing(delivered("k")).transaction() as ledger:
        ledger.write(Text("t-q", "Q-q", "question", MIA.id, NOW, "ord"))
        ledger.save_question(asked("q"))
        ledger.recent(MIA.id, NOW)
        ledger.question("q")
        ledger.next_ticket_number()
        ledger.save_ticket(opened(1, question="q", title="ord"))
        ledger.save_ticket(ledger.ticket(1).claim(SAM, NOW))
        ledger.tickets_of(SAM.id)
        ledger.due_tickets(NOW, 100)
        ledger.due_cases(NOW, 100)
        ledger.events("#1")
        ledger.texts(["t-q"])
        ledger.texts_of("#1")
        ledger.first_told("key", NOW)
        ledger.queue([card(channel("nord"), 1, "a")], NOW)
    place, [row] = store.lease("w", NOW)
    store.sending(row, "w", NOW)
    store.sent(row, "m", NOW)
    store.free(place, "w")
    store.next_send_at()
    posts.put(place, "a", "bot", "{}", NOW)
    posts.newest()
    posts.since(0)
    posts.page(place)
    posts.above(place, 0)
    marks.reached_under(SAM.id, place)
    marks.reach(SAM.id, place, 1)


def test_what_happens_often_reads_no_whole_table(database, statements):
    often(SqlStore(database), Posts(database), Marks(database))
    if database.engine.dialect.name == "sqlite":
        plans = sqlite_plans(database, statements)
        scanned = {line for line in plans if re.match(rf"SCAN ({'|'.join(metadata.tables)})$", line)}
    else:
        plans = postgres_plans(database, statements)
        scanned = {line for line in plans if "Seq Scan" in line}
    assert len(plans) >= len(statements)
    assert not scanned
    assert any(
        re.search(r"tickets USING COVERING INDEX tickets_due_ix|Index Only Scan using tickets_due_ix", line)
        for line in plans
    )


def sqlite_plans(database, statements):
    with database.reading() as connection:
        return [
            row[3]
            for statement, values in statements
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]


def postgres_plans(database, statements):
    """With so few rows any plan is cheap; without sequential scans it shows whether there is an index at all."""
    with database.writing() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        connection.execute(text("SET LOCAL enable_bitmapscan = off"))
        return [
            row[0]
            for statement, values in statements
            for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values)
        ]


def fill(store, most):
    """So many tickets, each with its question, and as many supplier cases."""
    with store.transaction() as ledger:
        for number in range(1, most + 1):
            ledger.save_question(asked(f"q{number}"))
            ledger.save_ticket(opened(number, question=f"q{number}", title=f"nr. {number}"))
            ledger.save_case(handed_over(number))


def test_a_channel_of_many_cards_costs_as_many_statements_as_one_of_few(database, statements):
    store = SqlStore(database)
    fill(store, 40)
    bot, place = desk(store, NoAnswer(())), channel("it")

    def looked(most):
        keys = [
            f"{kind}:{number}{group}"
            for number in range(1, most + 1)
            for kind, group in (("ticket", ":it"), ("case", ""))
        ]
        statements.clear()
        shown = fresh(bot, place, keys)
        assert len([picture.case or picture.ticket for _, picture in shown.values()]) == len(keys)
        return len(statements)

    assert looked(2) == looked(40), statements


def test_a_ledger_that_was_told_ahead_says_what_one_that_was_not_says(database):
    store = SqlStore(database)
    fill(store, 3)

    def seen(ledger):
        found = [[ledger.ticket(number), ledger.question(f"q{number}"), ledger.case(number)] for number in range(1, 4)]
        return found, [ledger.events(f"S-{number}") for number in range(1, 4)], ledger.texts(["t-q1"])

    with store.reading() as plain:
        wanted = seen(plain)
    with store.reading() as told:
        told.ahead(["#1", "S-2", "#3", "S-99", "#99"])
        assert seen(told) == wanted
        for missing in (lambda: told.ticket(99), lambda: told.case(99)):
            with pytest.raises(NoSuchCase):
                missing()


def test_who_goes_through_very_many_keeps_no_more_than_pages_need(database, monkeypatch):
    monkeypatch.setattr("bot.storage.looking.KEPT", 2)
    store = SqlStore(database)
    fill(store, 5)
    with store.reading() as ledger:
        for _ in range(2):
            assert [ledger.ticket(number).number for number in range(1, 6)] == [1, 2, 3, 4, 5]
            assert [ledger.events(f"S-{number}")[0].case_id for number in range(1, 6)] == [
                f"S-{n}" for n in range(1, 6)
            ]
            assert ledger.events_of(["S-5", "S-1"]).keys() == {"S-5", "S-1"}
            assert [*ledger.texts(["#5/title", "#1/title", "none"]).values()] == ["nr. 5", "nr. 1"]
        assert max(len(each) for each in (ledger._seen_tickets, ledger._seen_events, ledger._seen_texts)) == 2
