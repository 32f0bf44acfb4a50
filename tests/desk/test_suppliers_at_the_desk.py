"""IT hands over and logs: what makes a report complete, what can be logged when, and tickets that share one fault."""

from dataclasses import replace

import pytest
from room import REPORT, WORDS

from bot.desk.viewing import case_page
from bot.domain.commands import (
    AskPerson,
    ChooseSystem,
    Claim,
    Escalate,
    HandOver,
    Hold,
    JoinCase,
    Log,
    Milestone,
    Reopen,
    Report,
    Resolve,
    Resume,
)
from bot.domain.events import JoinedCase, LeftCase, Party
from bot.domain.refusals import Incomplete, NoSuchCase, NotNow
from bot.domain.supplier_case import CaseState
from bot.domain.ticket import HoldReason, State

LATER = Milestone.STATUS


def fields(outcome):
    assert isinstance(outcome, Incomplete), outcome
    return dict(outcome.fields)


def second_ticket(room, words=WORDS, who="liv"):
    """Another one at IT, and Ivo has it."""
    number = int(room.must(who, AskPerson(words)).removeprefix("#"))
    with room.store.reading() as ledger:
        helper = {"omsorg-nord": "sam", "printere-nord": "sam"}[ledger.ticket(number).group]
    room.must(helper, Escalate(number))
    room.must("ivo", Claim(number))
    room.heard()
    return number


# Handing over


def test_every_field_that_is_missing_is_named_at_once(at_it):
    assert fields(at_it.does("ivo", HandOver(1, Report()))) == dict.fromkeys(
        ("severity", "since", "who", "how_many", "tried", "steps", "contact"), "missing"
    )


@pytest.mark.parametrize(
    ("field", "said", "code"),
    [
        ("severity", "Z", "unknown"),
        ("severity", "", "missing"),
        ("since", "snart", "unreadable"),
        ("since", "24-11-2027 9.00", "future"),
        ("how_many", "mange", "number"),
        ("steps", " \n", "missing"),
    ],
)
def test_what_cannot_be_right_is_named_beside_its_field(at_it, field, said, code):
    outcome = at_it.does("ivo", HandOver(1, replace(REPORT, **{field: said})))
    assert fields(outcome) == {field: code}
    assert at_it.ticket().supplier_case is None


@pytest.mark.parametrize("said", ["24-11 9.30", "9.33", "i går", "nu"])
def test_since_when_is_written_as_people_say_it(at_it, said):
    """A few minutes ahead of us is a clock that differs; more is a mistake."""
    at_it.must("ivo", HandOver(1, replace(REPORT, since=said)))


def test_a_system_without_a_contract_has_nobody_to_hand_over_to(room):
    room.must("mia", AskPerson("outlook er langsom"))
    room.must("lone", Escalate(1))
    room.must("ivo", Claim(1))
    assert fields(room.does("ivo", HandOver(1, REPORT))) == {"system": "no_contract"}


def test_an_unknown_system_has_nobody_either(room):
    room.must("mia", AskPerson("det driller"))
    room.must("mia", ChooseSystem("q1", None))
    room.must("ivo", Claim(1))
    assert fields(room.does("ivo", HandOver(1, REPORT))) == {"system": "no_contract"}


def test_refused_reports_use_up_no_number(at_it):
    at_it.does("ivo", HandOver(1, Report()))
    assert at_it.must("ivo", HandOver(1, REPORT)) == "S-1"


def test_a_severity_that_starts_by_phone_says_whom_to_call_and_runs_from_the_call(at_it):
    at_it.must("ivo", HandOver(1, replace(REPORT, severity="A")))
    assert any("Ring nu" in each or "Ring" in each for each in at_it.heard() if each.startswith("#it/"))
    at_it.must("ivo", Log(1, Milestone.CALLED))
    with at_it.store.reading() as ledger:
        assert [each.what.channel for each in ledger.events("S-1") if each.type == "handed_over"] == [
            "mail+phone",
            "phone",
        ]


def test_the_report_goes_to_the_supplier_once_and_not_again_after_a_call(at_it):
    at_it.must("ivo", HandOver(1, replace(REPORT, severity="A")))
    at_it.must("ivo", Log(1, Milestone.CALLED))
    assert sum(each.startswith("mail strandvejr") for each in at_it.heard()) == 1


# One fault, several tickets


def test_a_second_ticket_joins_and_both_wait_for_the_supplier(handed_over):
    number = second_ticket(handed_over)
    assert handed_over.must("ivo", JoinCase(number, 1)) == "S-1"
    assert handed_over.case().tickets == (1, number)
    assert {handed_over.ticket(each).holder for each in (1, number)} == {Party.SUPPLIER}


def test_what_joins_while_the_case_awaits_us_is_ours(handed_over):
    handed_over.must("ivo", Log(1, Milestone.PAUSE, detail="awaiting_customer"))
    number = second_ticket(handed_over)
    handed_over.must("ivo", JoinCase(number, 1))
    assert {handed_over.ticket(each).holder for each in (1, number)} == {Party.IT}
    handed_over.must("ivo", Log(1, Milestone.RESUME))
    assert {handed_over.ticket(each).holder for each in (1, number)} == {Party.SUPPLIER}


def test_another_system_is_another_fault(handed_over):
    number = second_ticket(handed_over, "printeren er gået i stykker")
    assert isinstance(handed_over.does("ivo", JoinCase(number, 1)), NotNow)
    assert handed_over.case().tickets == (1,)


def test_a_case_that_is_over_takes_no_more(handed_over):
    handed_over.must("ivo", Log(1, Milestone.CANCEL))
    number = second_ticket(handed_over)
    assert isinstance(handed_over.does("ivo", JoinCase(number, 1)), NotNow)


def test_only_whoever_has_the_ticket_joins_it(handed_over):
    number = second_ticket(handed_over)
    assert handed_over.does("freja", JoinCase(number, 1)).assignee == "ivo"
    assert isinstance(handed_over.does("ivo", JoinCase(99, 1)), NoSuchCase)


# Logging


@pytest.mark.parametrize(
    ("log", "wrong"),
    [
        (Log(1, LATER, at="snart"), {"at": "unreadable"}),
        (Log(1, LATER, at="23.00"), {"at": "future"}),
        (Log(1, LATER, at="8.00"), {"at": "before_hand_over"}),
        (Log(1, LATER, source="rygtet"), {"source": "unknown"}),
        (Log(1, Milestone.PAUSE), {"detail": "missing"}),
        (Log(1, Milestone.PAUSE, detail="vi gider ikke"), {"detail": "unknown"}),
        (Log(1, Milestone.SEVERITY), {"detail": "missing"}),
        (Log(1, Milestone.SEVERITY, detail="Z"), {"detail": "unknown"}),
    ],
)
def test_what_cannot_be_right_is_not_logged(handed_over, log, wrong):
    before = handed_over.case()
    assert fields(handed_over.does("ivo", log)) == wrong
    assert handed_over.case() == before


@pytest.mark.parametrize("milestone", [Milestone.RECEIVED, Milestone.PAUSE, Milestone.SEVERITY])
def test_where_it_is_known_from_must_be_one_of_ours_whatever_is_logged(handed_over, milestone):
    detail = {Milestone.PAUSE: "awaiting_customer", Milestone.SEVERITY: "C"}.get(milestone, "")
    log = Log(1, milestone, detail=detail, source="rygtet")
    assert fields(handed_over.does("ivo", log)) == {"source": "unknown"}


def test_what_happened_in_the_minute_of_the_hand_over_is_taken_as_after_it(handed_over):
    """A person writes minutes; the hand-over has seconds."""
    handed_over.must("ivo", Log(1, Milestone.RECEIVED, at="9.30"))
    assert handed_over.case().received_at == handed_over.case().opened_at


def test_a_note_is_kept_with_the_case(handed_over):
    handed_over.must("ivo", Log(1, LATER, note="Ada kigger på det"))
    with handed_over.store.reading() as ledger:
        assert [each.body for each in ledger.texts_of("S-1") if each.kind == "note"] == ["Ada kigger på det"]


def test_while_their_fix_awaits_our_test_the_ticket_is_ours_and_rejected_it_is_theirs(handed_over):
    handed_over.must("ivo", Log(1, Milestone.RESOLVED))
    assert handed_over.ticket().holder is Party.IT
    handed_over.must("ivo", Log(1, Milestone.REJECT))
    assert handed_over.ticket().holder is Party.SUPPLIER
    handed_over.must("ivo", Log(1, Milestone.RESOLVED))
    handed_over.must("ivo", Log(1, Milestone.ACCEPT))
    assert (handed_over.ticket().holder, handed_over.ticket().supplier_case) == (Party.IT, None)
    assert handed_over.case().state is CaseState.CLOSED


def test_a_window_that_was_agreed_is_theirs_all_along(handed_over):
    handed_over.must("ivo", Log(1, Milestone.PAUSE, detail="agreed_window"))
    assert (handed_over.case().holder, handed_over.ticket().holder) == (Party.SUPPLIER, Party.SUPPLIER)


def test_a_case_that_is_withdrawn_gives_its_tickets_back(handed_over):
    number = second_ticket(handed_over)
    handed_over.must("ivo", JoinCase(number, 1))
    handed_over.must("ivo", Log(1, Milestone.CANCEL))
    assert {handed_over.ticket(each).holder for each in (1, number)} == {Party.IT}
    assert {handed_over.ticket(each).supplier_case for each in (1, number)} == {None}


def test_a_ticket_that_awaits_its_employee_meanwhile_stays_with_her(handed_over):
    handed_over.must("ivo", Log(1, Milestone.PAUSE, detail="awaiting_customer"))
    handed_over.must("ivo", Hold(1))
    handed_over.must("ivo", Log(1, Milestone.RESUME))
    held = handed_over.ticket().held
    assert held.reason is HoldReason.AWAITING_EMPLOYEE


@pytest.mark.parametrize(("runs", "holder"), [(True, Party.SUPPLIER), (False, Party.IT)])
def test_when_she_has_answered_it_is_theirs_again_if_they_have_the_move(handed_over, runs, holder):
    handed_over.must("ivo", Log(1, Milestone.PAUSE, detail="awaiting_customer"))
    handed_over.must("ivo", Hold(1))
    if runs:
        handed_over.must("ivo", Log(1, Milestone.RESUME))
    handed_over.must("ivo", Resume(1))
    assert handed_over.ticket().holder is holder


@pytest.mark.parametrize(("withdrawn", "holder"), [(False, Party.SUPPLIER), (True, Party.IT)])
def test_reopened_it_is_theirs_again_while_they_still_work_on_it(handed_over, withdrawn, holder):
    handed_over.must("ivo", Resolve(1, "Brug den gamle visning så længe."))
    if withdrawn:
        handed_over.must("ivo", Log(1, Milestone.CANCEL))
    handed_over.must("mia", Reopen(1, "det går ikke"))
    assert handed_over.ticket().holder is holder


def test_a_ticket_may_be_solved_while_the_supplier_still_works(handed_over):
    handed_over.must("ivo", Resolve(1, "Brug den gamle visning så længe."))
    handed_over.must("ivo", Log(1, Milestone.RESOLVED))
    handed_over.must("ivo", Log(1, Milestone.ACCEPT))
    assert handed_over.ticket().state is State.RESOLVED


def test_a_system_that_left_the_organisation_still_has_an_it_group(handed_over):
    known = handed_over.knowledge.value
    systems = {name: each for name, each in known.organisation.systems.items() if name != "omsorgsjournalen"}
    handed_over.knowledge.value = replace(known, organisation=replace(known.organisation, systems=systems))
    handed_over.must("ivo", Log(1, Milestone.RECEIVED))
    assert any(each.startswith("#it") for each in handed_over.heard())


def test_which_tickets_a_case_serves_and_since_when_stands_in_the_events(handed_over):
    handed_over.passes(hours=1)
    second_ticket(handed_over)
    handed_over.must("ivo", JoinCase(2, 1))
    handed_over.passes(hours=1)
    handed_over.must("ivo", Log(1, Milestone.CANCEL))
    with handed_over.store.reading() as ledger:
        said = [
            [each for each in ledger.events(ticket) if isinstance(each.what, JoinedCase | LeftCase)]
            for ticket in ("#1", "#2")
        ]
    assert [[each.what for each in events] for events in said] == [[JoinedCase("S-1"), LeftCase("S-1")]] * 2
    joined = [events[0].occurred_at for events in said]
    assert joined[0] < joined[1] < said[0][1].occurred_at == said[1][1].occurred_at


def test_a_note_belongs_to_what_it_was_written_about(handed_over):
    """Two things logged by one person in one second, each with its own note, and a third with none."""
    handed_over.must("ivo", Log(1, Milestone.RECEIVED, note="De har fået mailen"))
    handed_over.must("ivo", Log(1, Milestone.ACKNOWLEDGED, note="Jens ser på det"))
    handed_over.must("ivo", Log(1, Milestone.WORK_STARTED))
    handed_over.must("ivo", Log(1, Milestone.PAUSE, detail="awaiting_customer"))
    handed_over.must("ivo", Log(1, Milestone.RESOLVED, note="Rettet i version 4.2"))
    handed_over.must("ivo", Log(1, Milestone.ACCEPT, note="Afprøvet i Nord"))
    page = case_page(handed_over.desk, handed_over.person("ivo"), 1)
    said = [(each.type, page.notes[each.event_id]) for each in page.events if page.notes[each.event_id]]
    assert said == [
        ("supplier_received", "De har fået mailen"),
        ("acknowledged", "Jens ser på det"),
        ("resolved_claimed", "Rettet i version 4.2"),
        ("resolution_accepted", "Afprøvet i Nord"),
    ]
