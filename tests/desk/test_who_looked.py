"""What the audit keeps of commands: reaching for what is not theirs, and looking at a case. Never a word of anybody's."""

import pytest
from room import MORNING, WORDS

from bot.domain.audit import Deed, reached_for, shaped
from bot.domain.commands import Ask, AskPerson, Claim, Comment, Explain, Help, Log, Milestone, Overview, Status


def traces(room):
    return [(each.by, each.deed, each.what, each.about, each.why) for each in room.store.traces(MORNING)]


@pytest.mark.parametrize(
    ("who", "command", "trace"),
    [
        ("liv", Claim(1), ("Claim", "#1", "NoSuchCase")),
        ("lone", Comment(1, WORDS), ("Comment", "#1", "NoSuchCase")),
        ("sam", Overview(), ("Overview", "", "NotAllowed")),
        ("mia", Log(1, Milestone.ACKNOWLEDGED), ("Log", "S-1", "NoSuchCase")),
        ("mia", Status("s-1"), ("Status", "S-1", "NoSuchCase")),
        ("mia", Status("min chefs sag"), ("Status", "", "NoSuchCase")),
    ],
)
def test_who_reached_for_what_is_not_theirs(handed_over, who, command, trace):
    before = traces(handed_over)
    handed_over.does(who, command)
    assert traces(handed_over)[: -len(before) or None] == [(who, Deed.REFUSED, *trace)]


def test_who_looked_at_a_case(handed_over):
    handed_over.must("ivo", Status("1"))
    handed_over.must("karen", Explain("S1"))
    assert traces(handed_over) == [
        ("karen", Deed.LOOKED, "Explain", "S-1", ""),
        ("ivo", Deed.LOOKED, "Status", "#1", ""),
    ]


def test_what_was_only_too_late_or_incomplete_is_nobodys_trace(claimed):
    claimed.does("sue", Claim(1))
    claimed.does("mia", AskPerson(""))
    claimed.must("mia", Help())
    claimed.must("mia", Ask(WORDS))
    assert traces(claimed) == []


@pytest.mark.parametrize(
    ("said", "case"),
    [("7", "#7"), (" #07 ", "#7"), ("s12", "S-12"), ("S-12", "S-12"), ("", ""), ("Mia", ""), ("1234567890", "")],
)
def test_only_what_looks_like_a_case_is_kept_as_one(said, case):
    assert shaped(said) == case


def test_a_command_about_a_ticket_and_a_supplier_case_counts_for_the_ticket():
    assert reached_for(Ask(WORDS)) == ""
    assert reached_for(Log(3, Milestone.RECEIVED)) == "S-3"
