"""What anybody may look at: views made when they are sent, being away, the morning digest, and a plan worked out anew."""

from dataclasses import replace
from datetime import timedelta

import pytest
from room import WORDS, Busy

from bot.desk.digest import tell_digest
from bot.desk.reading import picture_of
from bot.desk.replanning import AT_ONCE, Replanned, replan
from bot.domain.commands import (
    AskPerson,
    ComeBack,
    Explain,
    GoAway,
    Kind,
    Log,
    Milestone,
    Mine,
    Overview,
    Place,
    Status,
)
from bot.domain.contracts import Contracts
from bot.domain.notices import Tell, TicketShown, ViewShown
from bot.domain.people import Absence, PersonId
from bot.domain.refusals import NoSuchCase


def said(room):
    heard = room.heard()
    assert len(heard) == 1, heard
    return heard[0]


@pytest.mark.parametrize("case_id", ["1", "#1", " #1 "])
def test_the_employee_and_whoever_helps_each_see_their_own_card(claimed, case_id):
    claimed.must("mia", Status(case_id))
    assert "Sam har din sag" in said(claimed)
    claimed.must("sue", Status(case_id))
    assert "Botten viste" in said(claimed)


@pytest.mark.parametrize("case_id", ["S-1", "s1", "S1"])
def test_a_supplier_case_is_asked_for_by_its_number(handed_over, case_id):
    handed_over.must("karen", Status(case_id))
    assert "S-1" in said(handed_over)


def test_the_clock_of_a_ticket_and_of_a_supplier_case_is_explained(handed_over):
    handed_over.must("mia", Explain("1"))
    assert "Svar til medarbejderen er sat i bero" in said(handed_over)
    handed_over.must("karen", Explain("S-1"))
    assert "Reaktion (fejlklasse B) løber" in said(handed_over)


def test_my_tickets_are_mine_and_those_i_have(claimed):
    claimed.must("liv", AskPerson("printeren"))
    claimed.heard()
    for who, mine in [("mia", True), ("sam", True), ("sue", False), ("liv", False)]:
        claimed.must(who, Mine())
        assert ("#1: " in said(claimed)) is mine


def test_the_overview_counts_what_is_open(handed_over):
    handed_over.must("karen", Overview())
    overview = said(handed_over)
    assert "Åbne sager: 1." in overview
    assert "S-1 Strandvejr Systemer A/S: Reaktion løber" in overview


def test_away_until_a_day_or_until_back(room):
    room.must("sam", GoAway("mandag"))
    assert "mandag" in said(room)
    with room.store.reading() as ledger:
        (absence,) = ledger.absences()
    assert absence.covers(room.clock.now() + timedelta(days=5))
    assert not absence.covers(room.clock.now() + timedelta(days=6))
    room.must("sam", GoAway(""))
    room.heard()
    with room.store.reading() as ledger:
        assert list(ledger.absences()) == [Absence(PersonId("sam"), room.clock.now(), None)]
    room.must("sam", ComeBack())
    room.heard()
    with room.store.reading() as ledger:
        assert list(ledger.absences()) == []


# What stands behind a notice


def test_a_view_in_a_channel_is_nobodys_own(room):
    """Whatever a notice says, a channel has no tickets of its own and is never away."""
    place = Place("web", Kind.CHANNEL, "it")
    for view in ("mine", "away", "back", "help"):
        picture = picture_of(room.desk, Tell(place, ViewShown(view)))
        assert (picture.reader, picture.tickets, picture.absence) == (None, (), None)


def test_whoever_is_back_before_the_view_is_sent_is_not_away(room):
    picture = picture_of(room.desk, Tell(Place("web", Kind.DIRECT, "sam"), ViewShown("away")))
    assert picture.absence is None


def test_what_is_gone_is_no_such_case(room):
    with pytest.raises(NoSuchCase):
        picture_of(room.desk, Tell(Place("web", Kind.DIRECT, "mia"), TicketShown(99)))


# The digest


def digests(room):
    room.deliver()
    return [each for each in room.heard() if each.startswith("#it:")]


def test_the_digest_is_told_once_a_working_day_when_there_is_something_to_tell(handed_over):
    evening = handed_over.clock.value = handed_over.clock.value.replace(hour=20)
    assert tell_digest(handed_over.desk) == evening.replace(day=25, hour=6, minute=0)
    assert digests(handed_over) == []
    handed_over.clock.value = evening.replace(day=25, hour=6)
    for _ in range(2):
        assert tell_digest(handed_over.desk) == evening.replace(day=26, hour=6, minute=0)
    assert len(digests(handed_over)) == 1


def test_a_house_without_supplier_cases_hears_nothing(offered):
    tell_digest(offered.desk)
    offered.clock.value = offered.clock.value.replace(month=12, day=1, hour=9)
    tell_digest(offered.desk)
    offered.deliver()
    assert digests(offered) == []
    assert not [each for each in offered.heard() if each.startswith("Karen: Rapporten")]


@pytest.mark.parametrize(
    ("opens", "hears"), [((12, 1), True), ((12, 2), True), ((12, 10), True), ((12, 11), False), ((11, 27), False)]
)
def test_contract_managers_hear_once_that_a_month_is_over(handed_over, opens, hears):
    handed_over.deliver()
    handed_over.heard()
    month, day = opens
    handed_over.clock.value = handed_over.clock.value.replace(month=month, day=day, hour=9)
    for _ in range(2):
        tell_digest(handed_over.desk)
    handed_over.deliver()
    heard = [each for each in handed_over.heard() if each.startswith("Karen: Rapporten")]
    assert len(heard) == hears
    assert not hears or "Rapporten for november 2026 er klar" in heard[0]


def test_in_january_the_report_is_that_of_last_year(handed_over):
    handed_over.clock.value = handed_over.clock.value.replace(year=2027, month=1, day=4, hour=9)
    tell_digest(handed_over.desk)
    handed_over.deliver()
    assert any("Rapporten for december 2026 er klar" in each for each in handed_over.heard())


def test_a_house_without_an_it_group_or_its_hours_has_no_digest(room):
    known = room.knowledge.value
    groups = {name: each for name, each in known.organisation.groups.items() if name != "it"}
    room.knowledge.value = replace(known, organisation=replace(known.organisation, groups=groups))
    assert tell_digest(room.desk) is None
    room.knowledge.value = replace(known, calendars={})
    assert tell_digest(room.desk) is None


# A plan worked out anew


def slower(room):
    """Everybody has three hours to claim, and the house has promised nothing."""
    known = room.knowledge.value
    signed = Contracts(tuple(each for each in known.contracts.versions if each.kind != "agreement"))
    systems = {
        name: replace(each, claim_within=timedelta(hours=3)) for name, each in known.organisation.systems.items()
    }
    return replace(known, organisation=replace(known.organisation, systems=systems), contracts=signed)


def replanned(room, known, store=None):
    heard = []
    outcome = replan(store or room.store, known, room.clock.now(), lambda seen, of: heard.append((seen, of)))
    return outcome, heard


def test_when_hours_change_every_open_case_is_planned_anew_and_twice_changes_nothing(handed_over):
    for _ in range(3):
        handed_over.must("liv", AskPerson(WORDS))
    before = handed_over.ticket(2).next_check_at
    outcome, heard = replanned(handed_over, slower(handed_over))
    assert outcome == Replanned(seen=5, moved=3)
    assert heard == [(4, 5), (5, 5)]
    assert handed_over.ticket(2).next_check_at - before == timedelta(hours=2, minutes=33)
    assert replanned(handed_over, slower(handed_over))[0] == Replanned(5, 0)


def test_a_supplier_case_whose_plan_was_lost_gets_it_back(handed_over):
    before = handed_over.case().next_check_at
    with handed_over.store.transaction() as ledger:
        ledger.save_case(replace(ledger.case(1), next_check_at=None))
    assert replanned(handed_over, handed_over.knowledge.value)[0].moved == 1
    assert handed_over.case().next_check_at == before


def test_what_is_to_be_told_at_once_has_not_moved_a_second_later(handed_over):
    handed_over.clock.value += timedelta(days=2)
    handed_over.must("ivo", Log(1, Milestone.ACKNOWLEDGED))
    handed_over.clock.value += timedelta(seconds=1)
    assert handed_over.case().next_check_at < handed_over.clock.value
    assert replanned(handed_over, handed_over.knowledge.value)[0].moved == 0


def test_more_tickets_than_one_batch(room):
    for nth in range(AT_ONCE + 1):
        room.clock.value += timedelta(seconds=10)
        room.must(
            ("mia", "liv", "oluf", "sam", "sue", "nadia", "jonas", "birthe", "emil", "anton", "bo")[nth % 11],
            AskPerson(WORDS),
        )
    assert replanned(room, slower(room))[1] == [(AT_ONCE, AT_ONCE + 1), (AT_ONCE + 1, AT_ONCE + 1)]


@pytest.mark.parametrize(("times", "moved"), [(1, 2), (2, 1), (3, 0)])
def test_what_somebody_acts_on_meanwhile_is_planned_by_them(room, times, moved):
    for who in ("mia", "liv"):
        room.must(who, AskPerson(WORDS))
    assert replanned(room, slower(room), Busy(room.store, times))[0] == Replanned(2, moved)


def test_and_so_is_a_supplier_case(handed_over):
    with handed_over.store.transaction() as ledger:
        ledger.save_case(replace(ledger.case(1), next_check_at=None))
    store = Busy(handed_over.store, 2)
    assert replanned(handed_over, handed_over.knowledge.value, store)[0] == Replanned(2, 0)
