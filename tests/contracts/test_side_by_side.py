"""The store that forgets and the store on SQLite, played side by side: whatever is done, they look alike."""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from given import IVO, MIA, NOW, SAM, SUE, asked, card, channel, handed_over, opened
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.desk.ports import Changed, Text
from bot.domain.commands import Milestone
from bot.domain.events import EventRefused, Source
from bot.domain.people import Absence, Tier
from bot.domain.refusals import Refused
from bot.domain.ticket import Route
from bot.storage.database import open_store
from bot.storage.memory import MemoryStore
from bot.storage.tables import metadata

PEOPLE = st.sampled_from([MIA, SAM, SUE, IVO])
NUMBERS = st.integers(1, 4)
TO_IT = Route(Tier.IT, "it", "escalated")
VERBS = {
    "claim": lambda ticket, by, at: ticket.claim(by, at),
    "release": lambda ticket, by, at: ticket.release(by, at),
    "escalate": lambda ticket, by, at: ticket.escalate(by, TO_IT, at),
    "hold": lambda ticket, by, at: ticket.hold(by, at),
    "resume": lambda ticket, by, at: ticket.resume(by, at),
    "resolve": lambda ticket, by, at: ticket.resolve(by, at, "t-fix"),
    "confirm": lambda ticket, by, at: ticket.confirm(by, at),
    "reopen": lambda ticket, by, at: ticket.reopen(by, at),
    "cancel": lambda ticket, by, at: ticket.cancel(by, at),
    "comment": lambda ticket, by, at: ticket.comment(by, at, "t-said", "employee"),
    "hand over": lambda ticket, by, at: ticket.hand_over(by, at, 1),
    "nudge": lambda ticket, _by, at: ticket.nudge(at),
    "lapse": lambda ticket, _by, at: ticket.lapse(at),
    "give back to us": lambda ticket, by, at: ticket.supplier_waits_for_us(by.id, at, at),
    "leave the supplier": lambda ticket, by, at: ticket.leave_supplier_case(by.id, at, at),
}


class Crash(Exception):
    pass


class SideBySide(RuleBasedStateMachine):
    """Two stores and one clock."""

    @initialize()
    def begin(self):
        self.directory = tempfile.TemporaryDirectory()
        self.sql = open_store(f"sqlite:///{Path(self.directory.name) / 'side.sqlite'}")
        metadata.create_all(self.sql.database.engine)
        self.stores = [MemoryStore(), self.sql]
        self.now = NOW

    def teardown(self):
        if hasattr(self, "sql"):
            self.sql.close()
            self.directory.cleanup()

    def alike(self, work):
        """What `work` gave or refused, once it is the same from both."""
        first, second = (_outcome(work, store) for store in self.stores)
        assert first == second
        return first

    def in_transaction(self, work):
        def run(store):
            with store.transaction() as ledger:
                return work(ledger)

        return self.alike(run)

    @rule(seconds=st.integers(0, 2000))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)


def _outcome(work, store):
    try:
        return work(store)
    except (Refused, Changed, EventRefused, Crash) as refusal:
        return type(refusal), str(refusal), getattr(refusal, "__dict__", None)


class Verbs(SideBySide):
    """Tickets, questions, supplier cases and words."""

    @initialize()
    def nothing_is_stale(self):
        self.stale = []

    @rule(by=PEOPLE, title=st.sampled_from(["Blanke etiketter", "Andet"]), name=st.sampled_from(["", "q1", "q2"]))
    def open_a_ticket(self, by, title, name):
        def work(ledger):
            number = ledger.next_ticket_number()
            ticket = opened(number, by, self.now, name, title)
            ledger.save_ticket(replace(ticket, next_check_at=self.now + timedelta(minutes=20)))
            return number

        self.in_transaction(work)

    @rule(number=NUMBERS, by=PEOPLE, verb=st.sampled_from(sorted(VERBS)), crashes=st.booleans())
    def do(self, number, by, verb, crashes):
        def work(ledger):
            ledger.save_ticket(VERBS[verb](ledger.ticket(number), by, self.now))
            if crashes:
                raise Crash

        self.in_transaction(work)

    @rule(number=NUMBERS)
    def load_and_wait(self, number):
        self.stale.append(self.in_transaction(lambda ledger: ledger.ticket(number)))

    @rule(by=PEOPLE, which=st.integers(0, 5))
    def save_what_was_loaded_earlier(self, by, which):
        ticket = self.stale[which] if which < len(self.stale) else None
        if ticket is not None and not isinstance(ticket, tuple):
            self.in_transaction(lambda ledger: ledger.save_ticket(ticket.claim(by, self.now)))

    @rule(name=st.sampled_from(["q1", "q2"]), by=PEOPLE)
    def ask(self, name, by):
        def work(ledger):
            ledger.write(Text(f"t-{name}", f"Q-{name}", "question", by.id, self.now, "Blanke etiketter"))
            ledger.save_question(asked(name, by, self.now))

        self.in_transaction(work)

    @rule(name=st.sampled_from(["q1", "q2"]), by=PEOPLE, helped=st.booleans())
    def judge(self, name, by, helped):
        def work(ledger):
            question = ledger.question(name)
            ledger.save_question(question.worked(by, self.now) if helped else question.failed(by, self.now))

        self.in_transaction(work)

    @rule(tickets=st.lists(NUMBERS, unique=True, max_size=2).map(tuple))
    def hand_over(self, tickets):
        self.in_transaction(lambda ledger: ledger.save_case(handed_over(ledger.next_case_number(), tickets, self.now)))

    @rule(number=st.integers(1, 2), milestone=st.sampled_from(Milestone), back=st.integers(0, 3000))
    def log(self, number, milestone, back):
        def work(ledger):
            at = self.now - timedelta(seconds=back)
            case = ledger.case(number).log(milestone, at, self.now, IVO.id, detail="1", source=Source.PHONE)
            ledger.save_case(replace(case, next_check_at=self.now))

        self.in_transaction(work)

    @rule(ids=st.lists(st.sampled_from(["t-q1", "#1/title", "S-1/title", "gone"])))
    def erase(self, ids):
        self.in_transaction(lambda ledger: ledger.erase(ids))

    @rule(by=PEOPLE, away=st.booleans())
    def go_or_come_back(self, by, away):
        absence = Absence(by.id, self.now, None) if away else None
        self.in_transaction(lambda ledger: ledger.save_absence(by.id, absence))

    @invariant()
    def everything_seen_is_alike(self):
        def look(store):
            with store.reading() as ledger:
                return [
                    list(ledger.open_tickets()),
                    [list(ledger.tickets_of(each.id)) for each in (MIA, SAM, SUE, IVO)],
                    [ledger.recent(each.id, self.now) for each in (MIA, SAM, SUE, IVO)],
                    list(ledger.due_tickets(self.now, 3)),
                    list(ledger.due_cases(self.now, 3)),
                    list(ledger.open_cases()),
                    list(ledger.cases_between(self.now - timedelta(minutes=40), self.now)),
                    [list(ledger.events(each)) for each in ("#1", "#2", "S-1", "Q-q1")],
                    list(ledger.events_between(NOW, self.now)),
                    [list(ledger.texts_of(each)) for each in ("#1", "Q-q1")],
                    list(ledger.absences()),
                ]

        if hasattr(self, "stores"):
            self.alike(look)


class Sending(SideBySide):
    """The outbox: queued, leased, tried, sent, put off and buried in any order."""

    places = st.sampled_from([channel(name) for name in "ab"])
    workers = st.sampled_from(["one", "two"])

    @initialize()
    def nobody_holds_rows(self):
        self.held = []

    @rule(tells=st.lists(st.tuples(places, st.integers(1, 9), st.sampled_from(["", "k", "l"])), max_size=4))
    def queue(self, tells):
        self.in_transaction(lambda ledger: ledger.queue([card(*each) for each in tells], self.now))

    @rule(worker=workers)
    def lease(self, worker):
        self.alike(lambda store: store.lease(worker, self.now))

    @rule(place=places, worker=workers)
    def free(self, place, worker):
        self.alike(lambda store: store.free(place, worker))

    @rule(place=places, most=st.integers(1, 5))
    def take_rows(self, place, most):
        rows = [store.waiting(place, self.now, most) for store in self.stores]
        assert [_but_ids(each) for each in rows[0]] == [_but_ids(each) for each in rows[1]]
        self.held.extend(zip(*rows, strict=True))

    @rule(which=st.integers(0, 9), what=st.sampled_from(["sending", "sent", "later", "doubt", "bury"]))
    def act(self, which, what):
        if which >= len(self.held):
            return
        pair = dict(zip(map(id, self.stores), self.held[which], strict=True))

        def run(store):
            row = pair[id(store)]
            match what:
                case "sending":
                    store.sending(row, self.now)
                case "sent":
                    store.sent(row, f"m{row.tell.notice.ticket}", self.now)
                case "later":
                    store.postpone(row, self.now + timedelta(minutes=5), "why")
                case "doubt":
                    store.postpone(replace(row, tried_unsure=True), self.now, "why")
                case "bury":
                    store.bury(row, "why", self.now)

        self.alike(run)

    @rule()
    def purge(self):
        self.alike(lambda store: store.purge(self.now + timedelta(days=8)))

    @invariant()
    def the_next_sending_is_alike(self):
        if hasattr(self, "stores"):
            self.alike(lambda store: store.next_send_at())


def _but_ids(row):
    return replace(row, id=0, send_key="")


QUICK = settings(max_examples=15, stateful_step_count=30, deadline=None)
TestVerbs = Verbs.TestCase
TestVerbs.settings = QUICK
TestSending = Sending.TestCase
TestSending.settings = QUICK
