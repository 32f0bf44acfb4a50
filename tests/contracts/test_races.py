"""Many at once: one wins, the others are told who; nobody meets any other error. On both databases and in memory."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from given import IVO, MIA, NOW, after, card, channel, delivered, handed_over, opened, person

from bot.desk.ports import AlreadyDone, Changed
from bot.domain.commands import Milestone
from bot.domain.events import Source
from bot.domain.people import Account, PersonId, Role, SupportGroup, Tier
from bot.domain.refusals import AlreadyClaimed
from bot.storage.database import open_store
from bot.storage.doors import Accounts, Sessions
from bot.storage.posts import Posts

MANY = 16
GROUP = SupportGroup("print-nord", Tier.SUPERUSER, "dag", (), "printer")


def at_once(work, values):
    """Works on each in a thread of its own, all let loose together; what each returned, or its exception."""
    values = list(values)
    together = threading.Barrier(len(values))

    def run(value):
        together.wait(timeout=30)
        try:
            return work(value)
        except Exception as fault:  # noqa: BLE001  # every kind of error is what the tests ask about
            return fault

    with ThreadPoolExecutor(len(values)) as threads:
        return list(threads.map(run, values))


def test_sixteen_claim_one_ticket_and_one_gets_it(store):
    with store.transaction() as ledger:
        ledger.save_ticket(opened(1))

    def claim(by):
        with store.transaction() as ledger:
            ledger.save_ticket(ledger.ticket(1).claim(by, NOW))

    results = at_once(claim, [person(f"Helper{nth}", GROUP, role=Role.SUPERUSER) for nth in range(MANY)])
    assert Counter(map(type, results)) == {type(None): 1, AlreadyClaimed: MANY - 1}
    with store.reading() as ledger:
        ticket = ledger.ticket(1)
        assert [each.type for each in ledger.events("#1")] == ["opened", "routed", "acknowledged"]
    assert {each.assignee for each in results if each} == {ticket.assignee}


def test_sixteen_open_tickets_and_get_a_number_each(store):
    def open_one(_nth):
        with store.transaction() as ledger:
            number = ledger.next_ticket_number()
            ledger.save_ticket(opened(number))
            return number

    assert sorted(at_once(open_one, range(MANY))) == list(range(1, MANY + 1))


def test_two_processes_on_one_file_wait_for_each_other(empty_sqlite):
    """Each has a lock of its own, so only the database keeps them apart."""
    both = [open_store(empty_sqlite) for _ in range(2)]

    def open_one(store):
        for _ in range(8):
            with store.transaction() as ledger:
                number = len(ledger.open_tickets()) + 1
                ledger.save_ticket(opened(number))

    assert at_once(open_one, both) == [None, None]
    with both[0].reading() as ledger:
        assert len(ledger.open_tickets()) == 16
    for store in both:
        store.close()


def test_everybody_who_changes_one_case_is_heard(store):
    """No change is lost: what is loaded for change is locked until it is saved."""
    with store.transaction() as ledger:
        ledger.save_case(handed_over(1))

    def join(ticket):
        with store.transaction() as ledger:
            ledger.save_case(ledger.case(1).join(ticket))

    at_once(join, range(MANY))
    with store.reading() as ledger:
        assert sorted(ledger.case(1).tickets) == list(range(MANY))
        assert ledger.case(1).version == MANY + 1


def test_cases_before_tickets_never_blocks_for_good(store):
    with store.transaction() as ledger:
        ledger.save_case(handed_over(1, (1, 2)))
        for number in (1, 2):
            ledger.save_ticket(opened(number))

    def log():
        with store.transaction() as ledger:
            case = ledger.case(1)
            ledger.save_case(case.log(Milestone.STATUS, NOW, NOW, IVO.id, source=Source.PHONE))
            for number in (1, 2):
                ledger.save_ticket(ledger.ticket(number).comment(MIA, NOW, "t", "employee"))

    def comment():
        with store.transaction() as ledger:
            ledger.save_ticket(ledger.ticket(2).comment(MIA, NOW, "t", "employee"))

    assert at_once(lambda verb: verb(), [log, comment] * 4) == [None] * 8


def test_a_repeat_that_arrives_at_once_is_received_once(store):
    results = at_once(store.receive, [delivered("k")] * MANY)
    assert Counter(results) == {True: 1, False: MANY - 1}


def test_a_delivery_worked_on_twice_has_its_effect_once(store):
    store.receive(delivered("k"))

    def work(_nth):
        with store.finishing(delivered("k")).transaction() as ledger:
            ledger.save_ticket(opened(ledger.next_ticket_number()))

    results = at_once(work, range(4))
    assert Counter(map(type, results)) == {type(None): 1, AlreadyDone: 3}
    with store.reading() as ledger:
        assert len(ledger.open_tickets()) == 1


def test_what_time_tells_is_told_once_also_by_many(store):
    def tell(key):
        with store.transaction() as ledger:
            return ledger.first_told(key, NOW)

    assert Counter(at_once(tell, ["near:S-1"] * MANY)) == {True: 1, False: MANY - 1}


def test_a_place_is_leased_to_one_of_many(store):
    with store.transaction() as ledger:
        ledger.queue([card(channel(name)) for name in "abc"], NOW)
    results = at_once(lambda nth: store.lease(f"w{nth}", NOW), range(MANY))
    places = Counter(leased.place if leased else None for leased in results)
    assert places == {channel("a"): 1, channel("b"): 1, channel("c"): 1, None: MANY - 3}


def test_a_row_is_sent_by_one_of_many(store):
    with store.transaction() as ledger:
        ledger.queue([card(channel("a"))], NOW)
    row = store.waiting(channel("a"), NOW)[0]
    results = at_once(lambda each: store.sending(each, "w", NOW), [row] * 4)
    assert Counter(map(type, results)) == {type(None): 1, Changed: 3}


def test_the_order_of_a_place_holds_with_many_workers(store):
    places = [channel(name) for name in "ab"]
    with store.transaction() as ledger:
        ledger.queue([card(place, number) for number in range(12) for place in places], NOW)
    told = {place: [] for place in places}

    def deliver(worker):
        for _ in range(20):
            if leased := store.lease(worker, NOW, 3):
                place = leased.place
                for row in leased.rows:
                    store.sending(row, worker, after(minutes=1))
                    told[place].append(row.tell.notice.ticket)
                    store.sent(row, "", NOW)
                store.free(place, worker)

    assert at_once(deliver, "1234") == [None] * 4
    deliver("the last one")
    assert told == {place: list(range(12)) for place in places}


def test_a_change_becomes_visible_in_the_order_of_its_number(database):
    posts = Posts(database)
    results = at_once(lambda nth: posts.put(channel("a"), str(nth % 4), "bot", "{}", NOW), range(MANY))
    assert not [each for each in results if isinstance(each, Exception)]
    assert posts.newest() == MANY
    assert sorted(each.revision for each in posts.page(channel("a"))) == [4, 4, 4, 4]


def test_a_login_link_lets_one_in(database):
    sessions = Sessions(database)
    sessions.make_link("secret", MIA.id, after(minutes=10))
    results = at_once(lambda session: sessions.come_in("secret", session, NOW, after(hours=8)), "abcdefgh")
    assert Counter(results) == {MIA.id: 1, None: 7}


def test_an_account_is_linked_to_one_person(database):
    accounts = Accounts(database)
    claims = [Account("slack", "T1", "U1", PersonId(f"p{nth}")) for nth in range(8)]
    results = at_once(accounts.link, claims)
    assert len({each.person for each in results}) == 1


@pytest.mark.postgres
def test_two_who_lock_each_other_out_are_told_to_try_again(empty_postgres):
    store = open_store(empty_postgres)
    with store.transaction() as ledger:
        for number in (1, 2):
            ledger.save_ticket(opened(number))
    both_hold_one = threading.Barrier(2)

    def against_the_order(numbers):
        first, second = numbers
        with store.transaction() as ledger:
            ledger.ticket(first)
            both_hold_one.wait(timeout=30)
            ledger.ticket(second)

    results = at_once(against_the_order, [(1, 2), (2, 1)])
    store.close()
    assert Counter(map(type, results)) == {type(None): 1, Changed: 1}
