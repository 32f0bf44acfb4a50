"""Time acts: what is due is told once, late or not; one case that cannot be checked does not stop the others."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from room import MORNING, REPORT, WORDS, Busy

from bot.desk.clocks import AT_ONCE, Checked, check
from bot.desk.reading import due_of
from bot.domain.clocks import evaluate
from bot.domain.commands import AskPerson, Claim, Escalate, HandOver, Hold, Log, Milestone, Resolve
from bot.domain.intervals import moment, seconds
from bot.domain.people import Tier
from bot.domain.refusals import OurFault
from bot.domain.ticket import State


def with_systems(known, **changes):
    systems = {name: replace(each, **changes) for name, each in known.organisation.systems.items()}
    return replace(known, organisation=replace(known.organisation, systems=systems))


def many(room, count):
    """Tickets of several people, all offered to superusers and due at the same time."""
    for nth in range(count):
        room.must(("mia", "liv", "oluf", "sam")[nth % 4], AskPerson(WORDS))
    room.heard()


def test_nothing_due_is_nothing_to_do(room):
    assert check(room.desk) == Checked(0, 0)


def test_an_unclaimed_ticket_moves_on_once_however_often_one_looks(offered):
    offered.passes(minutes=30)
    assert (offered.ticket().tier, offered.ticket().why) == (Tier.IT, "unclaimed")
    heard = offered.heard()
    assert sum(each.startswith("#it:") for each in heard) == 1
    offered.passes(minutes=0)
    assert offered.heard() == []


def test_at_it_the_card_the_alarm_and_the_report_name_one_instant(offered):
    offered.passes(minutes=30)
    ticket, known = offered.ticket(), offered.knowledge.now()
    with offered.store.reading() as ledger:
        clocks = evaluate(ledger.events("#1"), known.contracts, seconds(offered.clock.now()))
    promised = next(each for each in clocks if each.target_id == "it-reaction")
    assert ticket.tier is Tier.IT
    assert due_of(known, ticket) == moment(promised.due_at)


def test_it_is_not_told_to_take_what_the_superusers_missed(offered):
    offered.passes(minutes=45)
    offered.passes(minutes=0)
    assert offered.ticket().tier is Tier.IT
    assert not [each for each in offered.heard() if "overskredet" in each or "Tag sagen" in each]


def test_a_promise_that_was_made_longer_meanwhile_is_waited_for(offered):
    offered.knowledge.value = with_systems(offered.knowledge.value, claim_within=timedelta(hours=1))
    offered.passes(minutes=30)
    assert offered.ticket().tier is Tier.SUPERUSER
    assert [("fristen er nu" in each, "Ingen superbruger" in each) for each in offered.heard()] == [(True, False)]
    offered.passes(minutes=29)
    offered.heard()
    assert check(offered.desk) == Checked(0, 0)
    offered.passes(minutes=1)
    assert offered.ticket().tier is Tier.IT


def test_a_claimed_ticket_is_nudged_then_given_back(claimed):
    claimed.passes(hours=1)
    assert claimed.ticket().nudged_at
    assert [each.split(":")[0] for each in claimed.heard()] == ["Sam"]
    claimed.passes(hours=1)
    assert (claimed.ticket().state, claimed.ticket().why) == (State.OFFERED, "inactive")


def test_a_batch_that_somebody_was_quicker_in_is_done_one_by_one(room):
    many(room, 3)
    room.desk = replace(room.desk, store=Busy(room.store, 1))
    room.passes(minutes=30)
    assert {room.ticket(number).why for number in (1, 2, 3)} == {"unclaimed"}


def test_the_one_that_somebody_acts_on_is_left_for_the_next_look(room):
    many(room, 2)
    room.desk = replace(room.desk, store=Busy(room.store, 2))
    room.passes(minutes=30)
    assert sorted(room.ticket(number).why for number in (1, 2)) == ["offered", "unclaimed"]
    room.passes(minutes=0)
    assert {room.ticket(number).why for number in (1, 2)} == {"unclaimed"}


class Stale:
    """A store that was asked for what is due a moment ago."""

    def __init__(self, store, due):
        self.transaction, self._due = store.transaction, due

    @contextmanager
    def reading(self):
        yield self

    def due_tickets(self, _now, _most):
        return self._due

    def due_cases(self, _now, _most):
        return []


def test_one_that_was_claimed_a_moment_ago_is_left_as_it_is(claimed):
    before = claimed.ticket()
    check(replace(claimed.desk, store=Stale(claimed.store, [1])))
    assert claimed.ticket() == before


def test_at_most_so_many_at_once(room):
    many(room, 5)
    room.clock.value += timedelta(minutes=30)
    assert [check(room.desk, 2).tickets for _ in range(4)] == [2, 2, 1, 0]


class Faults:
    """What the program does with a fault: it is noted, and the next one is tried."""

    def __init__(self):
        self.said = []

    def __call__(self, act, what):
        try:
            act()
        except KeyError:
            self.said.append(what)
            return OurFault("abc")


class Poisoned:
    """A store in which one row cannot be read."""

    def __init__(self, store, what, number):
        self._store, self._what, self._number = store, what, number

    def __getattr__(self, name):
        return getattr(self._store, name)

    def transaction(self):
        return Poison(self._store.transaction(), self._what, self._number)


class Poison:
    def __init__(self, inner, what, number):
        self._inner, self._what, self._number = inner, what, number

    def __enter__(self):
        self._ledger = self._inner.__enter__()
        return self

    def __exit__(self, *fault):
        return self._inner.__exit__(*fault)

    def __getattr__(self, name):
        real = getattr(self._ledger, name)
        return real if name != self._what else lambda number: real(number) if number != self._number else {}[number]


def test_a_ticket_that_cannot_be_read_stops_no_other(room):
    many(room, AT_ONCE + 2)
    room.clock.value += timedelta(minutes=30)
    faults = Faults()
    check(replace(room.desk, store=Poisoned(room.store, "ticket", 2)), attempt=faults)
    assert faults.said == ["checking tickets", "checking #2"]
    assert [number for number in range(1, AT_ONCE + 3) if room.ticket(number).why != "unclaimed"] == [2]


def test_a_supplier_case_that_cannot_be_read_stops_no_ticket(handed_over):
    handed_over.must("mia", AskPerson(WORDS))
    handed_over.clock.value += timedelta(hours=1)
    faults = Faults()
    check(replace(handed_over.desk, store=Poisoned(handed_over.store, "case", 1)), attempt=faults)
    assert faults.said == ["checking S-1"]
    assert handed_over.ticket(2).why == "unclaimed"


def test_without_somebody_to_catch_it_a_fault_is_a_fault(handed_over):
    handed_over.clock.value += timedelta(hours=1)
    with pytest.raises(KeyError):
        check(replace(handed_over.desk, store=Poisoned(handed_over.store, "case", 1)))


# Suppliers


def told(room):
    return [each for each in room.heard() if "S-1" in each and "Leverandør:" not in each]


def test_that_nobody_confirmed_to_have_received_it_is_an_alarm_of_its_own_and_told_once(handed_over):
    handed_over.passes(minutes=29)
    assert told(handed_over) == []
    handed_over.passes(minutes=1)
    alarm = told(handed_over)
    assert len(alarm) == 1
    assert "har ikke bekræftet" in alarm[0]
    assert alarm[0].startswith("#it:")
    handed_over.passes(minutes=1)
    assert told(handed_over) == []


def test_once_received_there_is_no_such_alarm(handed_over):
    handed_over.must("ivo", Log(1, Milestone.RECEIVED))
    handed_over.heard()
    handed_over.passes(minutes=30)
    assert told(handed_over) == []


def test_near_due_and_breached_are_told_once_each_and_the_contract_manager_from_due(handed_over):
    handed_over.must("ivo", Log(1, Milestone.RECEIVED))
    handed_over.heard()
    said = []
    for _ in range(70):
        handed_over.passes(minutes=1)
        said += told(handed_over)
    assert [(each.split(":")[0], word) for each in said for word in ("tæt på", "fristen er nu", "er overskredet") if word in each] == [
        ("#it", "tæt på"),
        ("#it", "fristen er nu"),
        ("Karen", "fristen er nu"),
        ("#it", "er overskredet"),
        ("Karen", "er overskredet"),
    ]  # fmt: skip
    assert not any("Sent fortalt" in each for each in said)


def test_after_an_outage_the_latest_is_told_and_that_it_is_late(handed_over):
    handed_over.passes(hours=5)
    breached = [each for each in told(handed_over) if each.startswith("#it") and "Reaktion" in each]
    assert len(breached) == 1
    assert "er overskredet" in breached[0]
    assert "Sent fortalt" in breached[0]


def test_a_correction_that_moves_a_crossing_is_told_again_and_marked(handed_over):
    """It is logged late that the supplier had waited for us: the due moves ten minutes, and comes once more."""
    handed_over.must("ivo", Log(1, Milestone.ACKNOWLEDGED))
    handed_over.passes(hours=6)
    first = [each for each in told(handed_over) if "fristen er nu" in each and each.startswith("#it")]
    handed_over.must("ivo", Log(1, Milestone.PAUSE, at="14.00", detail="awaiting_customer"))
    handed_over.must("ivo", Log(1, Milestone.RESUME, at="14.10"))
    handed_over.heard()
    handed_over.passes(minutes=10)
    second = [each for each in told(handed_over) if "fristen er nu" in each and each.startswith("#it")]
    assert ["Rettet" in each for each in first + second] == [False, True]


def test_nobody_on_day_hours_is_woken_at_night(handed_over):
    """The supplier's day ends at four and IT's too: what is crossed then is told in the morning."""
    handed_over.must("ivo", Log(1, Milestone.ACKNOWLEDGED))
    handed_over.passes(hours=5, minutes=45)  # 15.15: the workaround is near
    handed_over.heard()
    known = handed_over.knowledge.value
    groups = dict(known.organisation.groups)
    groups["it"] = replace(groups["it"], calendar="pleje")  # until three
    handed_over.knowledge.value = replace(known, organisation=replace(known.organisation, groups=groups))
    handed_over.passes(minutes=30)
    assert told(handed_over) == []
    assert handed_over.case().next_check_at > handed_over.clock.now()
    opens = handed_over.case().next_check_at
    handed_over.must("ivo", Log(1, Milestone.STATUS))  # an act in the night does not make anybody forget it
    handed_over.heard()
    assert handed_over.case().next_check_at == opens
    handed_over.clock.value = opens
    handed_over.passes(minutes=0)
    (said,) = [each for each in told(handed_over) if "Midlertidig" in each and each.startswith("#it")]
    assert "Sent fortalt" not in said  # it waited for their hours; nothing was out of order
    assert "er overskredet" in said or "fristen er nu" in said
    handed_over.passes(minutes=0)
    assert told(handed_over) == []


def test_what_was_logged_too_late_to_warn_of_is_told_at_once(handed_over):
    """The pause was voided by nobody, but it is learned that it ended long ago: the due is past already."""
    handed_over.must("ivo", Log(1, Milestone.ACKNOWLEDGED))
    handed_over.must("ivo", Log(1, Milestone.PAUSE, detail="awaiting_customer"))
    handed_over.passes(hours=24)
    handed_over.heard()
    handed_over.must("ivo", Log(1, Milestone.RESUME, at="24-11 9.40"))
    handed_over.heard()
    assert handed_over.case().next_check_at == handed_over.clock.now()
    handed_over.passes(minutes=0)
    assert any("Midlertidig" in each and "er overskredet" in each for each in told(handed_over))
    assert handed_over.case().next_check_at > handed_over.clock.now()


def test_but_a_severity_that_is_marked_so_wakes_them(at_it):
    room = at_it
    room.clock.value += timedelta(hours=10)  # 19.30
    room.must("ivo", HandOver(1, replace(REPORT, severity="A")))
    room.must("ivo", Log(1, Milestone.CALLED))
    room.heard()
    room.passes(minutes=27)
    assert any("tæt på" in each for each in told(room))


def test_a_supplier_case_that_somebody_acts_on_is_looked_at_again(handed_over):
    handed_over.desk = replace(handed_over.desk, store=Busy(handed_over.store, 1))
    handed_over.passes(minutes=30)
    assert told(handed_over) == []
    handed_over.passes(minutes=0)
    assert len(told(handed_over)) == 1


def test_a_group_without_a_calendar_is_told_at_once(handed_over):
    known = handed_over.knowledge.value
    groups = dict(known.organisation.groups)
    groups["it"] = replace(groups["it"], calendar="gone")
    handed_over.knowledge.value = replace(known, organisation=replace(known.organisation, groups=groups))
    handed_over.passes(minutes=54)
    assert any("tæt på" in each for each in told(handed_over))


def test_a_ticket_at_it_stays_there(offered):
    offered.must("sam", Escalate(1))
    offered.passes(hours=24)
    assert offered.ticket().tier is Tier.IT
    assert offered.ticket().assignee is None
    assert promises(offered)[-1:] == ["#it: #1 er overskredet: Reaktion"]
    offered.must("ivo", Claim(1))
    assert offered.ticket().next_check_at


# The house's own promises


def promises(room):
    """What was said of them, up to the due."""
    said = [each.partition(" skulle")[0].partition(" senest")[0] for each in room.heard() if "#1" in each]
    return [each for each in said if any(word in each for word in ("tæt på", "fristen er nu", "overskredet"))]


def minute_by_minute(room, minutes):
    said = []
    for _ in range(minutes):
        room.passes(minutes=1)
        said += promises(room)
    return said


def test_superusers_hear_once_that_nobody_claimed_yet_and_then_it_is_its_turn(offered):
    assert minute_by_minute(offered, 60) == ["#omsorg-nord: #1 er tæt på fristen: Reaktion"]
    assert offered.ticket().tier is Tier.IT
    assert minute_by_minute(offered, 100) == [
        "#it: #1 er tæt på fristen: Reaktion",
        "#it: #1: fristen er nu. Reaktion",
        "#it: #1 er overskredet: Reaktion",
    ]


def test_whoever_claimed_in_time_is_not_told(claimed):
    assert minute_by_minute(claimed, 40) == []


def test_an_answer_that_takes_long_is_told_to_the_group_that_has_it_and_not_at_night(at_it):
    """Sixteen hours of the house's time from half past nine on Tuesday: half past nine on Thursday."""
    at_it.passes(hours=30, minutes=20)  # 15.50 on Wednesday; 90 % are used at 15.54
    assert promises(at_it) == []
    at_it.passes(minutes=6)
    at_it.passes(minutes=0)
    assert promises(at_it) == ["#it: #1 er tæt på fristen: Svar til medarbejderen"]
    at_it.passes(hours=17, minutes=34)
    at_it.passes(minutes=0)  # the look before gave it back to the group
    assert promises(at_it) == ["#it: #1: fristen er nu. Svar til medarbejderen"]
    at_it.passes(hours=3)
    at_it.passes(minutes=0)
    assert "#it: #1 er overskredet: Svar til medarbejderen" in promises(at_it)
    at_it.passes(minutes=0)
    assert promises(at_it) == []


def test_what_the_house_promised_is_told_in_the_hours_of_the_group_too(at_it):
    """It goes home at three here; nine tenths are used at 15.54 on Wednesday, and the morning hears of it."""
    known = at_it.knowledge.value
    groups = dict(known.organisation.groups)
    groups["it"] = replace(groups["it"], calendar="pleje")
    at_it.knowledge.value = replace(known, organisation=replace(known.organisation, groups=groups))
    at_it.passes(hours=30, minutes=26)
    at_it.passes(minutes=0)
    assert promises(at_it) == []
    assert at_it.ticket().next_check_at == (MORNING + timedelta(days=2)).replace(hour=6, minute=0)
    at_it.clock.value = at_it.ticket().next_check_at
    for _ in range(3):
        at_it.passes(minutes=0)
    assert promises(at_it) == ["#it: #1 er tæt på fristen: Svar til medarbejderen"]


def test_a_held_ticket_is_warned_of_by_nobody(at_it):
    at_it.must("ivo", Hold(1))
    at_it.passes(hours=72)
    assert promises(at_it) == []


def test_the_agreement_says_after_how_long_silence_is_a_yes(claimed):
    """Five business days: resolved on Tuesday the 24th, closed at the end of Tuesday the 1st of December."""
    claimed.must("sam", Resolve(1, "Genstart."))
    assert claimed.ticket().next_check_at == MORNING.replace(month=12, day=1, hour=15, minute=0)
    (clock,) = [each for each in clocks_of_ticket(claimed) if each.target_id == "answer"]
    assert moment(clock.next_check_at) == claimed.ticket().next_check_at
    claimed.clock.value = claimed.ticket().next_check_at - timedelta(seconds=1)
    claimed.passes(minutes=0)
    assert claimed.ticket().state is State.RESOLVED
    claimed.passes(seconds=1)
    assert claimed.ticket().state is State.CLOSED


def clocks_of_ticket(room):
    with room.store.reading() as ledger:
        return evaluate(ledger.events("#1"), room.knowledge.value.contracts, seconds(room.clock.now()))


def test_at_night_nobody_is_told_of_the_houses_own_promise(offered):
    """A look at the ticket outside the group's hours tells nothing, and forgets nothing."""
    offered.clock.value = offered.clock.value.replace(hour=22)
    with offered.store.transaction() as ledger:
        ledger.save_ticket(replace(ledger.ticket(1), tier=Tier.IT, group="it", next_check_at=offered.clock.now()))
    check(offered.desk)
    offered.deliver()
    assert not [line for line in offered.heard() if "fristen" in line]


def test_a_breach_that_ended_in_the_night_is_told_in_the_morning_also_when_the_case_is_over(handed_over):
    """The desk was down when it happened, and IT had gone home when it came back."""
    handed_over.clock.value = handed_over.clock.value.replace(hour=20)
    handed_over.must("ivo", Log(1, Milestone.ACKNOWLEDGED))
    handed_over.must("ivo", Log(1, Milestone.RESOLVED))
    handed_over.must("ivo", Log(1, Milestone.ACCEPT))
    handed_over.passes(minutes=1)
    assert not [line for line in handed_over.heard() if "overskredet" in line]
    handed_over.passes(hours=12)
    told = [line for line in handed_over.heard() if "S-1 er overskredet: Reaktion" in line]
    assert {line.split(":")[0] for line in told} == {"#it", "Karen"}
    handed_over.passes(hours=1)
    assert not [line for line in handed_over.heard() if "overskredet" in line]
