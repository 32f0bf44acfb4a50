"""Somebody no longer helps with a system: their tickets go back at once, whatever they waited for."""

from dataclasses import replace

import pytest
from room import Busy

from bot.desk.leaving import return_left_tickets
from bot.domain.commands import Claim, Hold, Log, Milestone
from bot.domain.events import Party
from bot.domain.people import PersonId, Role
from bot.domain.ticket import HoldReason, State


def no_longer(room, who, **changes):
    """The organisation file is changed, and taken up."""
    known = room.knowledge.now()
    people = dict(known.organisation.people)
    changed = replace(people[PersonId(who)], **(changes or {"roles": frozenset({Role.EMPLOYEE}), "groups": ()}))
    people[PersonId(who)] = changed
    room.knowledge.value = replace(known, organisation=replace(known.organisation, people=people))


def test_a_ticket_of_somebody_who_left_is_offered_again_and_everybody_hears_it(claimed):
    no_longer(claimed, "sam")
    assert return_left_tickets(claimed.desk) == 1
    claimed.deliver()
    ticket = claimed.ticket()
    assert (ticket.state, ticket.assignee, ticket.why) == (State.OFFERED, None, "left")
    heard = claimed.heard()
    assert any(line.startswith("Mia: #1 er tilbage hos gruppen") for line in heard)
    claimed.must("sue", Claim(1))
    assert return_left_tickets(claimed.desk) == 0


def test_also_one_that_waits_for_its_employee(claimed):
    """By time alone it would wait for ever: nobody is promised anything while it is on hold."""
    claimed.must("sam", Hold(1))
    no_longer(claimed, "sam")
    assert return_left_tickets(claimed.desk) == 1
    assert (claimed.ticket().held, claimed.ticket().holder) == (None, Party.SUPERUSER)


def test_also_one_of_somebody_who_is_not_in_the_file_any_more(claimed):
    known = claimed.knowledge.now()
    people = {name: each for name, each in known.organisation.people.items() if name != "sam"}
    claimed.knowledge.value = replace(known, organisation=replace(known.organisation, people=people))
    assert return_left_tickets(claimed.desk) == 1


@pytest.mark.parametrize(("paused", "holder"), [(False, Party.SUPPLIER), (True, Party.IT)])
def test_one_that_is_with_the_supplier_stays_there(handed_over, paused, holder):
    if paused:
        handed_over.must("ivo", Log(1, Milestone.PAUSE, detail="awaiting_customer"))
    no_longer(handed_over, "ivo")
    assert return_left_tickets(handed_over.desk) == 1
    ticket = handed_over.ticket()
    assert (ticket.assignee, ticket.holder) == (None, holder)
    assert (ticket.held.reason if ticket.held else None) is (None if paused else HoldReason.AWAITING_SUPPLIER)


def test_who_still_helps_keeps_what_they_have(claimed):
    no_longer(claimed, "sue")
    assert return_left_tickets(claimed.desk) == 0
    assert claimed.ticket().assignee == "sam"


def test_what_somebody_acts_on_meanwhile_is_left_to_them(claimed):
    no_longer(claimed, "sam")
    claimed.desk = replace(claimed.desk, store=Busy(claimed.store, 1))
    assert return_left_tickets(claimed.desk) == 0


def test_what_went_back_meanwhile_does_not_go_twice(claimed):
    """Two processes take the file up together."""
    no_longer(claimed, "sam")
    first = claimed.store.reading

    class Late:
        def __getattr__(self, name):
            return getattr(claimed.store, name)

        def reading(self):
            found = first()
            ledger = found.__enter__()
            had, seen = ledger.claims(), ledger.tickets_of(PersonId("sam"))
            found.__exit__(None, None, None)
            assert return_left_tickets(claimed.desk) == 1

            class Then:
                def __enter__(self):
                    return self

                def __exit__(self, *_):
                    return None

                def claims(self):
                    return had

                def tickets_of(self, _who):
                    return seen

            return Then()

    late = replace(claimed.desk, store=Late())
    assert return_left_tickets(late) == 0
