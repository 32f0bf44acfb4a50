"""What is said of a supplier case: its card, each step, its clocks explained, and the letter that the supplier reads."""

import json
from dataclasses import replace

import pytest
from scenes import MORNING, at, said

from bot.domain.clock import Status
from bot.domain.commands import Milestone
from bot.domain.contracts import BusinessDays, OpenTime, Target, TargetKind, WallTime
from bot.domain.events import Source
from bot.domain.notices import Alarmed, CaseShown, CaseTold, ClockTold, FaultReported, RefusalTold, ViewShown
from bot.domain.people import PersonId
from bot.domain.refusals import AlreadyClaimed, OurFault
from bot.wording.bars import clock_bar
from bot.wording.forms import amend_buttons
from bot.wording.mail import budget_words
from bot.wording.reporting import HEADINGS, heading
from bot.wording.say import Voice
from bot.wording.word import word

IVO = PersonId("ivo")


def logged(case, milestone, when, detail=""):
    return case.log(milestone, when, when, IVO, detail=detail, source=Source.PHONE)


@pytest.fixture
def late(scene):
    """Acknowledged in time, paused for us over the night, and then too slow."""
    case = logged(scene.case(), Milestone.ACKNOWLEDGED, at(minutes=20))
    case = logged(case, Milestone.PAUSE, at(hours=2), "awaiting_customer")
    return logged(case, Milestone.RESUME, at(hours=24, seconds=30))


# The card


def test_the_card_of_a_breached_case_says_so_in_its_colour(scene, late):
    assert word(CaseShown(1), scene.with_case(late, now=at(minutes=30))).tone == "info"
    assert word(CaseShown(1), scene.with_case(late, now=at(hours=48))).tone == "late"
    closed = logged(logged(late, Milestone.RESOLVED, at(hours=48)), Milestone.ACCEPT, at(hours=49))
    assert word(CaseShown(1), scene.with_case(closed, now=at(hours=50))).tone == "ok"


def test_a_case_without_its_contract_still_has_a_card_and_a_letter(scene):
    picture = scene.with_case(scene.case(), contract=None, texts={"t-report": json.dumps({"who": "Nord"})})
    assert "Strandvejr" in said(CaseShown(1), picture)
    letter = said(FaultReported(1), picture)
    assert "Nord" in letter
    assert "Driftsaftale" not in letter


def test_a_pause_is_named_by_the_contract_or_else_in_our_own_words(scene):
    paused = logged(scene.case(), Milestone.PAUSE, at(minutes=5), "awaiting_customer")
    assert "afventer kunde" in said(CaseShown(1), scene.with_case(paused))
    assert "afventer kunde" in said(CaseShown(1), scene.with_case(paused, contract=None))


@pytest.mark.parametrize("news", [each.value for each in Milestone])
def test_every_step_has_a_sentence(scene, news):
    assert "S-1" in said(CaseTold(1, news, IVO), scene.with_case(scene.case()))


# The clocks


def test_a_clock_is_explained_minute_by_minute_with_its_pause_and_its_sum(scene, late):
    text = said(ViewShown("clock", "S-1"), scene.with_case(late, "karen", now=at(hours=48)))
    assert "i bero (afventer kunde) er ikke regnet med" in text
    assert "overskredet" in text
    for reason in (
        "Åbningstid (sum 120)",
        "Sat i bero: afventer kunde",
        "Uden for åbningstid (bero uden virkning)",
        "Åbningstid; fristen nået (sum 360)",
        "Efter fristen (sum 509:30)",
        "599:30 + 360:30 + 1920:00 = 2880:00",
    ):
        assert reason in text


def test_a_day_that_is_closed_by_agreement_says_why(scene):
    before = MORNING.replace(month=12, day=23)
    case = replace(scene.case(), happened=(), count=0).handed_over(before, "mail")
    text = said(ViewShown("clock", "S-1"), scene.with_case(case, "karen", now=before.replace(day=28)))
    assert "Juleaftensdag" in text


def test_in_english_too(scene, late):
    picture = scene.with_case(late, now=at(hours=48))
    picture = replace(picture, reader=replace(scene.people["karen"], language="en"))
    text = said(ViewShown("clock", "S-1"), picture)
    assert "1 business day" in text
    assert "breached by" in text
    assert "not counted" in text


def test_a_case_without_clocks_says_that_there_are_none(scene):
    assert said(ViewShown("clock", "S-1"), scene.picture("karen")) == "S-1 har ingen ure endnu."


def test_a_clock_that_is_no_longer_there_is_told_of_all_the_same(scene):
    """A correction may have taken the round away between the telling and the sending."""
    notice = ClockTold("S-1", "B-reaktion", "near", MORNING.isoformat(), round=7)
    assert said(notice, scene.with_case(scene.case())) == "S-1 er opdateret."


def test_in_the_overview_a_case_without_an_open_clock_is_named_by_its_title(scene):
    case = scene.case()
    picture = scene.picture("karen", cases=(case,), case_clocks={1: ()})
    assert "S-1 Strandvejr Systemer A/S: Navnene er små firkanter" in said(ViewShown("overview"), picture)


def test_a_view_that_nobody_knows_is_an_old_button(scene):
    assert "Den knap er for gammel" in said(ViewShown("dance"), scene.picture("mia"))
    assert "Den knap er for gammel" in said(ViewShown("case", "S-1"), scene.picture("karen"))


def test_in_the_digest_a_clock_that_stands_still_says_when_it_would_be_due(scene):
    case = logged(scene.case(), Milestone.ACKNOWLEDGED, at(minutes=20))
    case = logged(case, Milestone.PAUSE, at(hours=5), "awaiting_customer")
    clocks = scene.with_case(case, now=at(hours=6)).clocks
    picture = scene.picture(now=at(hours=6), cases=(case,), case_clocks={1: clocks})
    lines = [line for line in said(ViewShown("digest"), picture).splitlines() if "Midlertidig løsning" in line]
    assert len(lines) == 1
    assert "75" in lines[0]


def test_a_clock_that_has_not_started_has_no_due_to_tell(scene):
    started = next(each for each in scene.with_case(scene.case()).clocks if each.started_at is not None)
    waiting = started._replace(status=Status.NOT_STARTED, started_at=None, due_at=None, breach_at=None)
    assert clock_bar(Voice(scene.picture("karen")), waiting).when == ""


# What can be put right


def amends(scene, late, kind, quarrel=""):
    event = next(each for each in late.happened if each.type == kind)
    return [each.label for each in amend_buttons(Voice(scene.picture("ivo")), late, event, quarrel)]


def test_what_was_logged_can_be_put_right_and_a_pause_be_quarrelled_about(scene, late):
    assert amends(scene, late, "acknowledged") == ["Ret tidspunktet", "Det skete ikke"]
    assert amends(scene, late, "pause_started", "none") == ["Ret tidspunktet", "Det skete ikke", "Bestrid"]
    assert amends(scene, late, "pause_started", "disputed")[2:] == ["Bero står ved magt", "Bero falder"]
    assert amends(scene, late, "pause_started", "settled") == ["Ret tidspunktet", "Det skete ikke"]
    over = logged(logged(late, Milestone.RESOLVED, at(hours=25)), Milestone.ACCEPT, at(hours=26))
    assert amends(scene, over, "closed") == ["Ret tidspunktet"]


# The letter


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"'])
def test_a_report_that_was_erased_leaves_its_fields_empty(scene, body):
    letter = word(FaultReported(1), scene.with_case(scene.case(), texts={"t-report": body}))
    assert dict(letter.fields)["Hvem er ramt"] == ""
    assert "S-1" in letter.title


@pytest.mark.parametrize(
    ("budget", "danish", "english"),
    [
        (OpenTime(8 * 3600), "8 t.", "8 h"),
        (BusinessDays(1), "1 arbejdsdag", "1 business day"),
        (BusinessDays(2), "2 arbejdsdage", "2 business days"),
        (WallTime(90 * 60), "1 t. 30 min.", "1 h 30 min"),
        (WallTime(months=3), "3 md.", "3 months"),
    ],
)
def test_an_agreed_time_is_said_as_it_was_agreed(scene, budget, danish, english):
    target = Target("t", "B", TargetKind.RESOLUTION, "hverdag", budget)
    assert budget_words(Voice(scene.picture("mia")), target) == danish
    assert budget_words(Voice(scene.picture("mia", "en")), target) == english


# Alarms and refusals


def test_an_alarm_without_its_case_names_what_it_is_about(scene):
    assert said(Alarmed("odd", "alt", ("(+1)",)), scene.picture()) == "Noget kræver it: alt (+1)."
    for what, about in (("slack_channel", "C1"), ("slack_person", "mia"), ("slack_refused", "token_revoked")):
        assert about in said(Alarmed(what, about), scene.picture())


def test_a_claim_whose_time_is_not_known(scene):
    refusal = AlreadyClaimed(1, PersonId("sam"), None)
    assert said(RefusalTold(refusal), scene.picture("sue")) == "En anden har taget #1."


def test_a_fault_of_ours_has_a_reference_to_tell_it(scene):
    assert "abc123" in said(RefusalTold(OurFault("abc123")), scene.picture("mia"))


# Reports


def test_headings_are_the_same_in_both_languages():
    assert HEADINGS["da"].keys() == HEADINGS["en"].keys()
    assert heading("da", "none", month="november") == "Ingen leverandørsager i november."
