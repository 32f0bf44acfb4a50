"""The store that forgets and the store on SQLite, played side by side: whatever is done, they look alike."""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from given import IVO, MIA, NOW, SAM, SUE, asked, card, channel, handed_over, opened
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.desk.ports import Changed, Text
from bot.domain.commands import Milestone
from bot.domain.events import EventRefused, Source
from bot.domain.people import Absence, Tier
from bot.domain.refusals import Refused
from bot.domain.ticket import Route, State
from bot.storage.database import SqlStore
from bot.storage.engine import Database
from bot.storage.memory import MemoryStore
from bot.storage.tables import metadata

CAST = (MIA, SAM, SUE, IVO)
PEOPLE = st.sampled_from(CAST)
NUMBERS = st.sampled_from([1, 2, 3])
MINUTES = st.sampled_from([0, 1, 3, 20])
NAMES = st.sampled_from(["q1", "q2"])
TO_IT = Route(Tier.IT, "it", "escalated")
VERBS = {  # in an order in which the next possible one gets a history somewhere
    "claim": lambda ticket, by, at: ticket.claim(by, at),
    "confirm": lambda ticket, by, at: ticket.confirm(by, at),
    "reopen": lambda ticket, by, at: ticket.reopen(by, at),
    "resume": lambda ticket, by, at: ticket.resume(by, at),
    "hold": lambda ticket, by, at: ticket.hold(by, at),
    "lapse": lambda ticket, _by, at: ticket.lapse(at) if ticket.state is State.RESOLVED else ticket,
    "resolve": lambda ticket, by, at: ticket.resolve(by, at, "t-fix"),
    "release": lambda ticket, by, at: ticket.release(by, at),
    "nudge": lambda ticket, _by, at: ticket.nudge(at) if ticket.state is State.CLAIMED else ticket,
    "escalate": lambda ticket, by, at: ticket.escalate(by, TO_IT, at),
    "comment": lambda ticket, by, at: ticket.comment(by, at, "t-said", "employee"),
    "hand over": lambda ticket, by, at: ticket.hand_over(by, at, 1),
    "give back to us": lambda ticket, by, at: ticket.supplier_waits_for_us(by.id, at, at),
    "leave the supplier": lambda ticket, by, at: ticket.leave_supplier_case(by.id, at, at),
    "cancel": lambda ticket, by, at: ticket.cancel(by, at),
}


CRASHES = st.sampled_from([False, False, False, True])
FITTING = st.tuples(st.just("do_what_fits"), NUMBERS, st.sampled_from(range(len(VERBS))), MINUTES, CRASHES)
ELSE = ["ask", "helped", "failed", "erase", "open", "hand over", "away", "back"]


class Crash(Exception):
    pass


class SideBySide(RuleBasedStateMachine):
    """Two stores and one clock."""

    def __init__(self):
        super().__init__()
        self.directory = tempfile.TemporaryDirectory()
        self.database = Database(f"sqlite:///{Path(self.directory.name) / 'side.sqlite'}", durable=False)
        metadata.create_all(self.database.engine)
        self.stores = [MemoryStore(), SqlStore(self.database)]
        self.now = NOW

    def teardown(self):
        self.database.close()
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


def _outcome(work, store):
    try:
        return work(store)
    except (Refused, Changed, EventRefused, Crash) as refusal:
        return type(refusal), str(refusal)


# Hypothesis leaves some of a machine's rules out of each history. With one rule of many steps, no history is idle.
STEPS_ON_TICKETS = st.one_of(
    FITTING,
    FITTING,
    st.tuples(st.just("anybody_tries"), NUMBERS, PEOPLE, st.sampled_from(sorted(VERBS))),
    st.tuples(st.just("log"), st.sampled_from([1, 1, 2]), st.sampled_from(Milestone), MINUTES),
    st.tuples(st.just("something_else"), NAMES, PEOPLE, st.sampled_from(ELSE)),
)


class Verbs(SideBySide):
    """Tickets, questions, supplier cases and words."""

    def __init__(self):
        super().__init__()
        self.stale = []
        self.in_transaction(self.a_busy_morning)

    @rule(step=STEPS_ON_TICKETS)
    def go_on(self, step):
        name, *how = step
        getattr(self, name)(*how)

    def a_busy_morning(self, ledger):
        ledger.write(Text("t-q1", "Q-q1", "question", MIA.id, NOW, "Blanke etiketter"))
        ledger.save_question(asked("q1"))
        for by, title in ((MIA, "Blanke etiketter"), (SUE, "Andet")):
            ledger.save_ticket(opened(ledger.next_ticket_number(), by, question="q1", title=title))
        ledger.save_ticket(ledger.ticket(1).claim(SAM, NOW))
        ledger.save_case(handed_over(ledger.next_case_number(), (1,), title="Andet"))

    def do_what_fits(self, number, wanted, minutes, crashes):
        """The verb that is wanted, or the next one that somebody may do."""
        self.now += timedelta(minutes=minutes)
        verbs = [*VERBS.values()]

        def work(ledger):
            before = ledger.ticket(number)
            tries = (_tried(verb, before, by, self.now) for verb in verbs[wanted:] + verbs[:wanted] for by in CAST)
            if after := next(filter(None, tries), None):
                ledger.save_ticket(replace(after, next_check_at=self.now + timedelta(minutes=minutes % 7)))
            if crashes:
                raise Crash

        self.in_transaction(work)

    def anybody_tries(self, number, by, verb):
        """Most often refused. What was loaded is saved once more, later."""

        def load(ledger):
            self.stale = [*self.stale[-3:], ledger.ticket(number)]

        def save(ledger):
            ledger.save_ticket(VERBS[verb](self.stale[0], by, self.now))

        self.in_transaction(load)
        if self.stale:
            self.in_transaction(save)

    def log(self, number, milestone, back):
        def work(ledger):
            at = self.now - timedelta(minutes=back)
            case = ledger.case(number).log(milestone, at, self.now, IVO.id, detail="1", source=Source.PHONE)
            ledger.save_case(replace(case, next_check_at=self.now))

        self.in_transaction(work)

    def something_else(self, name, by, what):
        def work(ledger):
            match what:
                case "ask":
                    ledger.write(Text(f"t-{name}", f"Q-{name}", "question", by.id, self.now, "Blanke etiketter"))
                    ledger.save_question(asked(name, by, self.now))
                case "helped":
                    ledger.save_question(ledger.question(name).worked(by, self.now))
                case "failed":
                    ledger.save_question(ledger.question(name).failed(by, self.now))
                case "erase":
                    ledger.erase([f"t-{name}", "#2/title", "gone"])
                case "open":
                    ledger.save_ticket(opened(ledger.next_ticket_number(), by, self.now, name))
                case "hand over":
                    ledger.save_case(handed_over(ledger.next_case_number(), (2,), self.now))
                case "away":
                    ledger.save_absence(by.id, Absence(by.id, self.now, None))
                case "back":
                    ledger.save_absence(by.id, None)

        self.in_transaction(work)

    @invariant()
    def everything_seen_is_alike(self):
        def look(store):
            with store.reading() as ledger:
                return [
                    list(ledger.open_tickets()),
                    [_outcome(ledger.ticket, number) for number in (1, 2, 3, 4)],
                    [list(ledger.tickets_of(each.id)) for each in CAST],
                    [ledger.recent(each.id, self.now) for each in CAST],
                    list(ledger.due_tickets(self.now, 3)),
                    list(ledger.due_cases(self.now, 3)),
                    list(ledger.open_cases()),
                    list(ledger.cases_between(self.now - timedelta(minutes=10), self.now)),
                    list(ledger.events("#1")),
                    list(ledger.events_between(NOW - timedelta(days=1), self.now)),
                    [list(ledger.texts_of(each)) for each in ("#1", "Q-q1")],
                    list(ledger.absences()),
                ]

        self.alike(look)


def _tried(verb, ticket, by, at):
    try:
        after = verb(ticket, by, at)
    except (Refused, EventRefused):
        return None
    return after if after != ticket else None


DEEDS = ["", "sending", "sending sent", "sent", "sending later", "later", "sending doubt", "bury"]
PLACES = st.sampled_from([channel("a"), channel("a"), channel("b")])
WORKERS = st.sampled_from(["one", "two"])
CARDS = st.lists(st.tuples(PLACES, st.integers(1, 9), st.sampled_from(["", "k", "l"])), min_size=1, max_size=4)
STEPS_OF_SENDING = st.one_of(
    st.tuples(st.just("queue"), CARDS),
    st.tuples(st.just("work"), WORKERS, st.sampled_from([0, 0, 5, 30, 300]), st.sampled_from(DEEDS), st.integers(1, 4)),
    st.tuples(st.just("do_it_late"), st.integers(0, 5), st.sampled_from(DEEDS), PLACES),
    st.tuples(st.just("tend"), PLACES, WORKERS, st.integers(0, 8)),
)


class Sending(SideBySide):
    """The outbox: queued, leased, tried, sent, put off and buried in any order."""

    def __init__(self):
        super().__init__()
        self.held = []

    @rule(step=STEPS_OF_SENDING)
    def go_on(self, step):
        name, *how = step
        getattr(self, name)(*how)

    def queue(self, tells):
        self.in_transaction(lambda ledger: ledger.queue([card(*each) for each in tells], self.now))

    def work(self, worker, seconds, deeds, most):
        self.now += timedelta(seconds=seconds)
        place = self.alike(lambda store: leased.place if (leased := store.lease(worker, self.now)) else None)
        if place:
            self.take(place, most)
        for what in deeds.split():
            self.act(0, what)
        if place and seconds:
            self.alike(lambda store: store.free(place, worker))

    def do_it_late(self, which, deeds, place):
        """With rows taken earlier, or taken by nobody's leave."""
        for what in deeds.split():
            self.act(which, what)
        self.take(place, 4)

    def tend(self, place, worker, days):
        self.alike(lambda store: store.free(place, worker))
        self.alike(lambda store: store.purge(self.now + timedelta(days=days)))

    def take(self, place, most):
        rows = [store.waiting(place, self.now, most) for store in self.stores]
        assert [replace(each, id=0, send_key="") for each in rows[0]] == [
            replace(each, id=0, send_key="") for each in rows[1]
        ]
        self.held = [*zip(*rows, strict=True), *self.held]

    def act(self, which, what):
        if which >= len(self.held):
            return
        pair = dict(zip(map(id, self.stores), self.held[which], strict=True))

        def run(store):
            row = pair[id(store)]
            match what:
                case "sending":
                    store.sending(row, "w", self.now)
                case "sent":
                    store.sent(row, f"m{row.tell.notice.ticket}", self.now)
                case "later":
                    store.postpone(row, self.now + timedelta(minutes=5), "why")
                case "doubt":
                    store.postpone(replace(row, tried_unsure=True), self.now, "why")
                case "bury":
                    store.bury(row, "why", self.now, [card(channel("b"), 9)])

        self.alike(run)

    @invariant()
    def the_next_sending_is_alike(self):
        self.alike(lambda store: store.next_send_at())


# Always the same histories, so that a failure stays until it is mended.
HISTORIES = settings(max_examples=40, stateful_step_count=25, deadline=None, derandomize=True, database=None)
TestVerbs = Verbs.TestCase
TestVerbs.settings = HISTORIES
TestSending = Sending.TestCase
TestSending.settings = HISTORIES
