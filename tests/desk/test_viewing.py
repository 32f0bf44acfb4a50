"""What pages look at: who may see it, what is left out for whom, and what presses."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from bot.desk.ports import Desk
from bot.desk.reception import handle, receive
from bot.desk.surveying import overview_page
from bot.desk.viewing import (
    case_page,
    editions,
    fresh,
    glance,
    helps_with,
    my_tickets,
    notice_behind,
    place_words,
    presence_of,
    ticket_page,
)
from bot.domain.commands import (
    AskPerson,
    Claim,
    Comment,
    Delivery,
    Escalate,
    GoAway,
    HandOver,
    Kind,
    Log,
    Milestone,
    Place,
    Report,
    Resolve,
)
from bot.domain.notices import CaseShown, TicketShown
from bot.domain.people import GroupId, PersonId
from bot.domain.refusals import NoSuchCase, NotAllowed, Refused
from bot.domain.service_hours import ALWAYS
from bot.storage.memory import MemoryStore

MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # a Tuesday, 9.30 in Fjordby
WORDS = "omsorgsjournalen viser alle navne som små firkanter"
REPORT = Report("B", "24-11 9.00", "Hjemmeplejen Nord", "40", "Genstart", "Åbn listen", "Ivo")
NORTH = GroupId("omsorg-nord")


class Hands:
    def __init__(self):
        self.at = MORNING

    def now(self):
        return self.at


class Standing:
    def __init__(self, known):
        self._known = known

    def now(self):
        return self._known


class Stage:
    def __init__(self, known, search):
        self.hands, ids = Hands(), count(1)
        self.desk = Desk(MemoryStore(), Standing(known), search, self.hands, {}, lambda: f"{next(ids):08}")
        self._keys = count(1)

    def acts(self, who, command):
        place = Place("web", Kind.DIRECT, who)
        delivery = Delivery("web", f"k{next(self._keys)}", PersonId(who), place, command, self.hands.now())
        receive(self.desk, delivery)
        outcome = handle(self.desk, delivery)
        assert not isinstance(outcome, Refused), outcome

    def person(self, who):
        return self.desk.knowledge.now().organisation.people[PersonId(who)]


@pytest.fixture
def stage(known, search):
    made = Stage(known, search)
    made.acts("mia", AskPerson(WORDS))
    return made


@pytest.fixture
def escalated(stage):
    for who, command in [
        ("sam", Claim(1)),
        ("sam", Comment(1, "til Mia", "employee")),
        ("sam", Comment(1, "kun for os", "internal")),
        ("sam", Escalate(1, "noten")),
        ("ivo", Claim(1)),
        ("ivo", HandOver(1, REPORT)),
        ("ivo", Log(1, Milestone.ACKNOWLEDGED, note="Ada er på den", source="phone")),
    ]:
        stage.acts(who, command)
        stage.hands.at += timedelta(minutes=1)
    return stage


def test_the_employee_sees_what_was_said_to_her_and_those_who_help_see_all(escalated):
    mine = ticket_page(escalated.desk, escalated.person("mia"), 1)
    assert [each.body for each in mine.said] == [WORDS, "til Mia"]
    assert not mine.helps
    ours = ticket_page(escalated.desk, escalated.person("sue"), 1)
    assert [each.body for each in ours.said] == [WORDS, "til Mia", "kun for os", "noten"]
    assert ours.helps


def test_whatever_happens_to_a_ticket_moves_its_edition_and_so_does_its_supplier_case(escalated):
    """And what is gone, or was never there, has none."""
    before = editions(escalated.desk, [1, 99])
    assert set(before) == {1}
    for who, command in [
        ("sam", Comment(1, "endnu et ord", "internal")),
        ("ivo", Log(1, Milestone.STATUS, note="kun på leverandørsagen", source="phone")),
    ]:
        escalated.acts(who, command)
        after = editions(escalated.desk, [1])
        assert after != before, command
        before = after
    escalated.acts("liv", AskPerson("omsorgsjournalen viser den forkerte dato"))
    assert editions(escalated.desk, [1]) == before


def test_a_solution_is_for_both_sides(stage):
    stage.acts("sam", Claim(1))
    stage.acts("sam", Resolve(1, "Tegnsættet er sat tilbage"))
    for who in ("mia", "sam"):
        assert ticket_page(stage.desk, stage.person(who), 1).said[-1].body == "Tegnsættet er sat tilbage"


@pytest.mark.parametrize("who", ["liv", "nadia"])
def test_a_ticket_of_others_is_no_ticket(stage, who):
    with pytest.raises(NoSuchCase):
        ticket_page(stage.desk, stage.person(who), 1)


def test_a_supplier_case_is_for_it_and_contract_managers_and_only_it_may_log(escalated):
    assert case_page(escalated.desk, escalated.person("ivo"), 1).may_log
    page = case_page(escalated.desk, escalated.person("karen"), 1)
    assert not page.may_log
    assert "Ada er på den" in page.notes.values()
    assert {clock.party for clock in page.ours} >= {"superuser", "it"}
    for who in ("mia", "sam"):
        with pytest.raises(NoSuchCase):
            case_page(escalated.desk, escalated.person(who), 1)


def test_the_overview_counts_todays_questions_and_those_that_a_person_took_over(escalated):
    page = overview_page(escalated.desk, escalated.person("ivo"))
    assert [case.number for case in page.picture.cases] == [1]
    assert (page.asked_today, page.handed_over_today) == (1, 1)
    assert page.answered_percent == 0
    assert page.contracts[1].severity("B")
    with pytest.raises(NotAllowed):
        overview_page(escalated.desk, escalated.person("sam"))


def test_before_the_first_question_of_the_day_there_is_no_share(stage):
    stage.hands.at += timedelta(days=1)
    assert overview_page(stage.desk, stage.person("ivo")).answered_percent is None


def test_mine_are_those_i_asked_and_those_i_have_with_when_they_want_me(stage):
    stage.acts("sam", Claim(1))
    for who in ("mia", "sam"):
        mine = my_tickets(stage.desk, stage.person(who))
        assert [ticket.number for ticket in mine.picture.tickets] == [1]
        assert mine.due[1] == MORNING + timedelta(hours=1)
    assert my_tickets(stage.desk, stage.person("sue")).picture.tickets == ()


def test_an_open_group_without_anybody_is_a_hole(stage):
    present = presence_of(stage.desk, [NORTH, GroupId("nobody-knows-it")])
    assert [person.name for person in present[0].people] == ["Sam", "Sue"]
    assert present[0].until == datetime(2026, 11, 24, 14, tzinfo=UTC)
    assert not present[0].is_hole
    for who in ("sam", "sue"):
        stage.acts(who, GoAway("fredag"))
    assert presence_of(stage.desk, [NORTH])[0].is_hole
    stage.hands.at = datetime(2026, 11, 24, 20, tzinfo=UTC)
    closed = presence_of(stage.desk, [NORTH])[0]
    assert (closed.is_open, closed.until, closed.is_hole) == (False, None, False)


def test_the_next_due_is_a_tickets_or_a_suppliers_whichever_comes_first(escalated):
    seen = glance(escalated.desk)
    assert (seen.open_tickets, seen.next_case) == (1, "S-1")
    escalated.acts("mia", AskPerson("omsorgsjournalen viser den forkerte dato"))
    seen = glance(escalated.desk)
    assert (seen.open_tickets, seen.next_case) == (2, "#2")


def test_with_nothing_open_nothing_is_due(known, search):
    seen = glance(Stage(known, search).desk)
    assert (seen.open_tickets, seen.next_at, seen.next_case) == (0, None, "")


def test_who_never_closes_is_there_without_an_end(stage):
    known = stage.desk.knowledge.now()
    open_always = replace(ALWAYS, id=known.organisation.groups[NORTH].calendar)
    always = Standing(replace(known, calendars={**known.calendars, open_always.id: open_always}))
    assert presence_of(replace(stage.desk, knowledge=always), [NORTH])[0].until is None


def test_behind_a_card_stands_what_it_is_about_now(escalated):
    place = Place("web", Kind.CHANNEL, NORTH)
    found = fresh(
        escalated.desk, place, ["ticket:1:mine", "ticket:1:it", "case:1", "case:9", "question:1", "ticket:9:mine"]
    )
    assert {key: notice for key, (notice, _) in found.items()} == {
        "ticket:1:mine": TicketShown(1),
        "ticket:1:it": TicketShown(1, GroupId("it")),
        "case:1": CaseShown(1),
    }
    assert found["case:1"][1].now == escalated.hands.now()


@pytest.mark.parametrize("key", ["", "ticket:x:mine", "ticket:1", "case:", "case:x", "own:1", "ticket:1:a:b"])
def test_other_keys_are_no_cards(key):
    assert notice_behind(key) is None


@pytest.mark.parametrize(("who", "helps"), [("mia", False), ("sam", True), ("ivo", True), ("liv", False)])
def test_what_is_said_among_those_who_help_is_for_them(offered, who, helps):
    assert helps_with(offered.desk, offered.person(who), 1) is helps
    assert not helps_with(offered.desk, offered.person(who), 99)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("web", Kind.DIRECT, "mia"), "Mia"),
        (Place("slack", Kind.DIRECT, "U1"), "U1"),
        (Place("mail", Kind.MAIL, "strandvejr"), "Strandvejr Systemer A/S"),
        (Place("mail", Kind.MAIL, "borte"), "borte"),
        (Place("web", Kind.CHANNEL, "it"), "#it"),
        (Place("web", Kind.THREAD, "it", "7"), "#it/7"),
    ],
)
def test_a_place_is_called_what_people_call_it(offered, place, said):
    assert place_words(offered.knowledge.now(), place) == said
