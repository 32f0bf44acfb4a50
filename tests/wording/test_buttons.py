"""A button carries the whole command by reference: what goes through a client comes back as it was, or is refused."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.articles import ArticleId
from bot.domain.commands import (
    Ask,
    AskPerson,
    Cancel,
    ChooseSystem,
    Claim,
    ComeBack,
    Command,
    Comment,
    Confirm,
    Correct,
    Dispute,
    Escalate,
    Explain,
    GoAway,
    HandOver,
    Help,
    Hold,
    ItDidNotHelp,
    ItHelped,
    JoinCase,
    Log,
    Milestone,
    Mine,
    Overview,
    Release,
    Reopen,
    Report,
    Resolve,
    Resume,
    Settle,
    ShowArticle,
    Status,
    Void,
)
from bot.domain.people import SystemId
from bot.domain.refusals import UnknownButton
from bot.wording.buttons import command_of, value_of

BUTTONS = {
    "claim:1042": Claim(1042),
    "release:1": Release(1),
    "hold:1": Hold(1),
    "resume:1": Resume(1),
    "confirm:1": Confirm(1),
    "cancel:1": Cancel(1),
    "escalate:1": Escalate(1),
    "resolve:1": Resolve(1),
    "reopen:1": Reopen(1),
    "hand-over:1": HandOver(1),
    "comment:1:": Comment(1, ""),
    "comment:1:employee": Comment(1, "", "employee"),
    "comment:1:internal": Comment(1, "", "internal"),
    "helped:Ab-_9": ItHelped("Ab-_9"),
    "no-help:Ab-_9": ItDidNotHelp("Ab-_9"),
    "article:q:vpn": ShowArticle("q", ArticleId("vpn")),
    "system:q:printere": ChooseSystem("q", SystemId("printere")),
    "system:q:-": ChooseSystem("q", None),
    "join:7:12": JoinCase(7, 12),
    "log:12:received:": Log(12, Milestone.RECEIVED),
    "log:12:pause:awaiting_customer": Log(12, Milestone.PAUSE, detail="awaiting_customer"),
    "log:12:pause:odd:one": Log(12, Milestone.PAUSE, detail="odd:one"),
    "correct:12:7": Correct(12, 7),
    "void:12:7": Void(12, 7),
    "dispute:12:S-12/p5": Dispute(12, "S-12/p5"),
    "settle:12:S-12/p5:stands": Settle(12, "S-12/p5", stands=True),
    "settle:12:S-12/p5:falls": Settle(12, "S-12/p5", stands=False),
    "status:#7": Status("#7"),
    "explain:S-12": Explain("S-12"),
    "away": GoAway(),
    "ask": Ask(""),
    "person": AskPerson(),
    "help": Help(),
    "mine": Mine(),
    "overview": Overview(),
    "back": ComeBack(),
}


@pytest.mark.parametrize("value", BUTTONS)
def test_a_button_comes_back_as_the_command_it_was(value):
    assert value_of(BUTTONS[value]) == value
    assert command_of(value) == BUTTONS[value]


def test_every_command_can_be_a_button():
    assert {type(each) for each in BUTTONS.values()} == set(get_args(Command))


@pytest.mark.parametrize(
    ("value", "form", "command"),
    [
        ("resolve:1", {"solution": "Vend rullen"}, Resolve(1, "Vend rullen")),
        ("reopen:1", {"why": "igen"}, Reopen(1, "igen")),
        ("escalate:1", {"note": "driveren"}, Escalate(1, "driveren")),
        ("comment:1:", {"text": "hej", "audience": "internal"}, Comment(1, "hej", "internal")),
        ("comment:1:employee", {"text": "hej", "audience": ""}, Comment(1, "hej", None)),
        ("log:12:pause:", {"detail": "x", "at": "9.30", "note": "n", "source": "mail"},
         Log(12, Milestone.PAUSE, "9.30", "x", "n", "mail")),
        ("hand-over:1", {"severity": "B", "steps": "her"}, HandOver(1, Report("B", steps="her"))),
        ("away", {"until": "mandag"}, GoAway("mandag")),
        ("ask", {"text": "hvordan?"}, Ask("hvordan?")),
    ],
)  # fmt: skip
def test_a_form_fills_in_what_people_write(value, form, command):
    assert command_of(value, form) == command


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("claim:1", {"number": "2"}),
        ("helped:q", {"question": "another"}),
        ("log:12:received:", {"case": "13", "milestone": "accept"}),
        ("hand-over:1", {"number": "2", "report": "x"}),
    ],
)
def test_what_the_button_refers_to_no_form_can_change(value, form):
    assert command_of(value, form) == command_of(value)


@pytest.mark.parametrize(
    "value",
    [
        "", ":", "claim", "claim:", "claim:x", "claim:-1", "claim:1:2", "claim:٣", "claim:1234567890", "claim: 1",
        "CLAIM:1", "no-help:", "helped", "comment:1", "comment:1:everybody", "article:q", "system:q", "join:1",
        "join:1:S-1", "log:12", "log:12:dance:", "log:x:received:", "status", "explain", "away:now", "nothing:1",
    ],
)  # fmt: skip
def test_anything_else_is_no_button(value):
    with pytest.raises(UnknownButton):
        command_of(value)


def test_an_audience_that_is_none_of_ours_is_refused():
    with pytest.raises(UnknownButton):
        command_of("comment:1:", {"text": "hej", "audience": "everybody"})


@settings(database=None, deadline=None, derandomize=True)
@given(st.text(max_size=40), st.dictionaries(st.text(max_size=10), st.text(max_size=10), max_size=3))
def test_whatever_a_client_sends_is_a_command_or_no_button(value, form):
    try:
        command = command_of(value, form)
    except UnknownButton:
        return
    assert isinstance(command, get_args(Command))
