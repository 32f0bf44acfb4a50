"""The outbox on its way: in order, waiting longer each time, asking before it repeats, giving up aloud; and a crash anywhere."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from room import MORNING, Busy, Hands, Room

from bot.desk.delivery import deliver
from bot.desk.ports import NotSent
from bot.domain.commands import Claim, Kind, Place
from bot.domain.notices import Alarmed, FaultReported, RefusalTold, Tell, TicketShown, ViewShown
from bot.domain.refusals import NothingSaid

NORTH = Place("web", Kind.CHANNEL, "omsorg-nord")
NOTICE = RefusalTold(NothingSaid())  # needs nothing that is stored


class Post:
    """An outlet that fails as it is told to, and notes what it has sent. `tells` None: it cannot look."""

    def __init__(self, *, can_tell=True):
        self.faults, self.sent, self._can_tell = [], [], can_tell

    def send(self, row, _picture):
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            raise fault
        self.sent.append((row.send_key, row.tried_unsure))
        return row.message_id or f"m{len(self.sent)}"

    def was_sent(self, row):
        if not self._can_tell:
            raise NotImplementedError
        return "m" if row.send_key in dict(self.sent) else None


@pytest.fixture(params=[True, False], ids=["can tell", "cannot tell"])
def post(room, request):
    """The web's outlet; IT's alarms go the same way."""
    made = Post(can_tell=request.param)
    room.desk = replace(room.desk, outlets={"web": made, "mail": made})
    return made


def queue(room, *tells):
    with room.store.transaction() as ledger:
        ledger.queue(tells or [Tell(NORTH, NOTICE)], room.clock.now())


def outcomes(room):
    return [each.what for each in deliver(room.desk, "w") or []]


def alarms(room):
    """What IT is told, without anybody telling it."""
    return [each.tell.notice for each in room.store.waiting(room.desk.directory().it(), room.clock.now())]


def seconds_until_next(room):
    return (room.store.next_send_at() - room.clock.now()).total_seconds()


def test_nothing_due_is_nothing_to_do(room):
    assert deliver(room.desk, "w") is None


def test_a_place_is_served_in_order_and_given_back(room, post):
    queue(room, *[Tell(NORTH, NOTICE) for _ in range(3)])
    assert outcomes(room) == ["sent"] * 3
    assert [key for key, _ in post.sent] == ["1:1", "2:2", "3:3"]
    assert room.store.next_send_at() is None


def test_nothing_was_sent_so_it_is_tried_again_later_and_unmarked(room, post):
    post.faults = [NotSent("no answer")]
    queue(room, Tell(NORTH, NOTICE), Tell(NORTH, NOTICE))
    assert outcomes(room) == ["later"]
    assert post.sent == []
    room.passes(seconds=2)
    assert post.sent == [("1:1", False), ("2:2", False)]


def test_what_comes_after_waits_too(room, post):
    post.faults = [None, NotSent("no answer")]
    queue(room, *[Tell(NORTH, NOTICE) for _ in range(3)])
    assert outcomes(room) == ["sent", "later"]
    assert [key for key, _ in post.sent] == ["1:1"]


def test_the_wait_doubles_until_five_minutes_and_is_the_same_every_time(room, post):
    waits = []
    post.faults = [NotSent("no answer") for _ in range(12)]
    queue(room)
    for _ in range(12):
        assert outcomes(room) == ["later"]
        waits.append(seconds_until_next(room))
        room.clock.value = room.store.next_send_at()
    shares = {round(wait / base, 6) for wait, base in zip(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300], strict=False)}
    assert len(shares) == 1
    assert 1 <= shares.pop() <= 1.25
    assert waits[-1] == waits[-3]


def test_rows_that_failed_together_come_back_apart(room, post):
    post.faults = [NotSent("no answer")] * 2
    queue(room, Tell(NORTH, NOTICE), Tell(Place("web", Kind.CHANNEL, "omsorg-syd"), NOTICE))
    assert outcomes(room) + outcomes(room) == ["later"] * 2
    first = seconds_until_next(room)
    room.clock.value = room.store.next_send_at()
    deliver(room.desk, "w")
    assert seconds_until_next(room) > 0
    assert first > 0


def test_a_busy_messenger_names_its_own_wait(room, post):
    post.faults = [NotSent("too fast", retry_after=77)]
    queue(room)
    outcomes(room)
    assert seconds_until_next(room) == 77


@pytest.mark.parametrize(("notice", "hours"), [(NOTICE, 24), (FaultReported(1), 1)], ids=["a notice", "a mail"])
def test_it_gives_up_aloud(handed_over, post, notice, hours):
    room = handed_over
    place = Place("mail", Kind.MAIL, "x") if hours == 1 else NORTH
    queue(room, Tell(place, notice))
    post.faults = [NotSent("no answer") for _ in range(2)]
    assert outcomes(room) == ["later"]
    room.passes(hours=hours)
    assert not any(key.endswith(place.who) for key, _ in post.sent)
    what = {24: Alarmed("undelivered", str(NORTH)), 1: Alarmed("mail_not_sent", "S-1")}[hours]
    assert sum(each.tell.notice == what for each in rows(room)) == 1


def rows(room):
    return list(room.store._shelves.outbox.values())


def test_what_has_no_hope_is_buried_at_once(room, post):
    post.faults = [NotSent("no such channel", hopeless=True)]
    queue(room, Tell(NORTH, NOTICE), Tell(NORTH, NOTICE))
    assert outcomes(room) == ["dead", "sent"]
    assert alarms(room) == [Alarmed("undelivered", str(NORTH))]


def test_an_alarm_that_cannot_be_told_raises_no_other(room, post):
    post.faults = [NotSent("no such channel", hopeless=True)]
    queue(room, Tell(NORTH, Alarmed("undelivered", "x")))
    assert outcomes(room) == ["dead"]
    assert alarms(room) == []


def test_a_messenger_that_is_not_connected_any_more_is_waited_for(room, post):
    queue(room, Tell(Place("fax", Kind.DIRECT, "mia"), NOTICE))
    assert outcomes(room) == ["later"]
    room.desk = replace(room.desk, outlets=dict(room.desk.outlets) | {"fax": post})
    room.passes(seconds=2)
    assert len(post.sent) == 1


# Doubt


def test_an_attempt_that_ends_in_a_fault_leaves_doubt(room, post):
    """Whoever can tell that nothing went out sends it as new; whoever cannot marks it."""
    post.faults = [ConnectionResetError()]
    queue(room)
    assert outcomes(room) == ["later"]
    room.passes(seconds=2)
    assert post.sent == [("1:1", True)]


def test_what_had_gone_out_is_not_sent_again(room):
    post = Post()
    room.desk = replace(room.desk, outlets={"web": post})
    queue(room)
    post.sent.append(("1:1", False))
    row = room.store.waiting(NORTH, room.clock.now())[0]
    room.store.sending(row, "w", room.clock.now())
    assert outcomes(room) == ["known"]
    assert len(post.sent) == 1


@pytest.mark.parametrize(("messenger", "minutes"), [("web", 0.5), ("slack", 3), ("mail", 3)])
def test_a_place_is_kept_as_long_as_its_messenger_may_think(room, messenger, minutes):
    """Slack is asked several things for one message, each of which may take ten seconds: meanwhile nobody else serves the place."""
    place = Place(messenger, Kind.CHANNEL, "C1")
    begun = room.clock.now()

    class Thinking(Post):
        def send(self, row, picture):
            for later, served in ((minutes * 60 - 1, None), (minutes * 60 + 1, place)):
                leased = room.store.lease("another", begun + timedelta(seconds=later))
                assert (leased.place if leased else None) == served
            return super().send(row, picture)

    room.desk = replace(room.desk, outlets={messenger: Thinking()})
    with room.store.transaction() as ledger:
        ledger.queue([Tell(place, NOTICE)], begun)
    assert outcomes(room) == ["sent"]


def test_two_attempts_in_doubt_are_the_last_and_it_is_told(room):
    post = Post(can_tell=False)
    room.desk = replace(room.desk, outlets={"web": post})
    post.faults = [ConnectionResetError(), ConnectionResetError()]
    queue(room)
    for _ in range(2):
        outcomes(room)
        room.clock.value = room.store.next_send_at()
    assert outcomes(room) == ["dead"]
    assert alarms(room) == [Alarmed("undelivered", str(NORTH))]


def test_waits_do_not_use_up_the_one_attempt_that_is_marked(room):
    post = Post(can_tell=False)
    room.desk = replace(room.desk, outlets={"web": post})
    post.faults = [NotSent("too fast"), NotSent("too fast"), ConnectionResetError(), NotSent("too fast")]
    queue(room)
    for _ in range(4):
        outcomes(room)
        room.clock.value = room.store.next_send_at()
    assert outcomes(room) == ["sent"]
    assert post.sent == [("1:1", True)]


def test_a_notice_that_cannot_be_put_into_words_stops_its_place_for_a_day_at_most(room, post):
    """And leaves no doubt: nothing was sent."""
    queue(room, Tell(NORTH, ViewShown("clock", "no number")), Tell(NORTH, NOTICE))
    assert outcomes(room) == ["later"]
    assert not room.store.waiting(NORTH, room.store.next_send_at())[0].tried_unsure
    room.passes(hours=24)
    assert post.sent == [("2:2", False), ("3:3", False)]


@pytest.mark.usefixtures("post")
def test_what_a_notice_was_about_is_gone(room):
    queue(room, Tell(NORTH, TicketShown(99)))
    assert outcomes(room) == ["dead"]
    assert alarms(room) == [Alarmed("undelivered", str(NORTH))]


def test_another_process_serves_the_place_now(room):
    class Slow(Post):
        def send(self, row, picture):
            room.store.sending(room.store.waiting(NORTH, room.clock.now())[1], "w", room.clock.now())
            return super().send(row, picture)

    room.desk = replace(room.desk, outlets={"web": Slow()})
    queue(room, Tell(NORTH, NOTICE), Tell(NORTH, NOTICE))
    assert outcomes(room) == ["sent", "taken"]


# A crash anywhere


class Killed(BaseException):
    """Nothing in between may catch it."""


class Mortal:
    """Dies at the n-th thing that is done to it, just before or just after it was done."""

    def __init__(self, part, moments):
        self._part, self._moments = part, moments

    def __getattr__(self, name):
        done = getattr(self._part, name)
        if name not in {"lease", "waiting", "sending", "send", "sent", "bury", "free", "was_sent"}:
            return done

        def may_die(*arguments, **named):
            self._moments[0] -= 1
            if self._moments[0] == 0:
                raise Killed
            result = done(*arguments, **named)
            self._moments[0] -= 1
            if self._moments[0] == 0:
                raise Killed
            return result

        return may_die


def live(room, post, moments):
    """One life of a process, ended at that moment if it comes to it; the next one starts a while later."""
    left = [moments]
    desk = replace(room.desk, store=Mortal(room.store, left), outlets={"web": Mortal(post, left)})
    try:
        while deliver(desk, f"w{room.clock.now()}"):
            pass
    except Killed:
        pass
    room.clock.value += timedelta(seconds=40)


@pytest.mark.parametrize("can_tell", [True, False], ids=["can tell", "cannot tell"])
def test_wherever_three_processes_die_in_a_row_nothing_is_lost_or_told_twice(known, can_tell):
    for moments in product(range(1, 15), repeat=3):
        room, post = Room(known), Post(can_tell=can_tell)
        queue(room)
        for moment in (*moments, 0):
            live(room, post, moment)
        told = [unsure for key, unsure in post.sent if key == "1:1"]
        buried = [key for key, _ in post.sent if key != "1:1"]
        assert {row.state for row in rows(room)} <= {"sent", "dead"}, moments
        if can_tell:
            assert (told, buried) == ([False], []) or (told, buried) == ([True], []), moments
        else:
            assert told in ([False], [True], [False, True], []), moments
            assert told or buried, moments
            assert bool(buried) == ("dead" in {row.state for row in rows(room)}), moments


def test_a_commit_that_somebody_else_was_quicker_with_is_tried_again(offered):
    offered.desk = replace(offered.desk, store=Busy(offered.store, 2))
    offered.must("sam", Claim(1))
    assert offered.ticket().assignee == "sam"


def test_a_slow_mail_server_is_given_its_time_by_everybody(handed_over):
    """Two minutes of thinking, and nobody else writes the same mail meanwhile."""
    room = handed_over

    class Slow(Post):
        def send(self, row, picture):
            room.clock.value += timedelta(minutes=2)
            assert deliver(room.desk, "another process") is None
            return super().send(row, picture)

    post = Slow(can_tell=False)
    room.desk = replace(room.desk, outlets={"web": Post(), "mail": post})
    queue(room, Tell(Place("mail", Kind.DIRECT, "kildemose"), FaultReported(1), "report:1"))
    assert outcomes(room) == ["sent"]
    assert [unsure for _, unsure in post.sent] == [False]


def test_however_fast_the_days_pass_a_place_is_kept_as_long_as_an_attempt_takes(room):
    real = Hands(MORNING)

    class InTheDemo(Post):
        def send(self, row, picture):
            room.clock.value += timedelta(hours=3)
            assert deliver(room.desk, "another process") is None
            return super().send(row, picture)

    post = InTheDemo()
    room.desk = replace(room.desk, outlets={"web": post}, waits=real)
    post.faults = [NotSent("no answer")]
    queue(room)
    assert outcomes(room) == ["later"]
    assert outcomes(room) == []
    real.value += timedelta(seconds=2)
    assert outcomes(room) == ["sent"]
