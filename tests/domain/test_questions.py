"""A question: what was shown, what came of it, and that only its own asker says so.

Mutants that die here: another person's press counts; a second press is a second event; helping undoes a ticket; a miss that
helped counts as a miss; the chosen article stands twice; more than three ranked are kept; confidence is cut, not rounded.
"""

from dataclasses import replace

import pytest
from cast import LIV, MIA, later

from bot.domain.articles import Answer, ArticleId, NoAnswer, Ranked, Suggestions
from bot.domain.commands import Kind, Place
from bot.domain.events import Asked, Helped, NotHelped, Party
from bot.domain.people import SystemId
from bot.domain.questions import Question
from bot.domain.refusals import NoSuchCase

VPN, MAIL, PRINT, PC = (ArticleId(each) for each in ("vpn", "mail", "print", "pc"))
RANKED = (Ranked(VPN, 0.8756), Ranked(MAIL, 0.1), Ranked(PRINT, 0.01), Ranked(PC, 0.001))


def asked(found=Answer(VPN, 0.8756, RANKED)):  # noqa: B008  # a value, never changed
    return Question.asked("q", MIA, later(0), Place("web", Kind.DIRECT, "mia"), "t-q", found)


def what(question):
    return [each.what for each in question.happened]


@pytest.mark.parametrize(
    ("found", "outcome", "shown", "system", "event"),
    [
        (Answer(VPN, 0.8756, RANKED), "answer", (VPN,), None, Asked("answer", "vpn", 876)),
        (Suggestions((MAIL, VPN), RANKED), "suggestions", (MAIL, VPN), None, Asked("suggestions", "mail", 876)),
        (NoAnswer(RANKED), "none", (), None, Asked("none", "", 876)),
        (NoAnswer((), SystemId("printer"), PRINT), "none", (PRINT,), "printer", Asked("none", "print", 0)),
    ],
)
def test_what_was_found_is_what_was_shown(found, outcome, shown, system, event):
    question = asked(found)
    assert (question.outcome, question.shown, question.system) == (outcome, shown, system)
    assert what(question) == [event]
    assert question.ranked == found.ranked[:3]
    assert (question.by, question.site, question.case_id) == (MIA.id, MIA.site, "Q-q")


def test_it_helped_and_once_is_enough():
    once = asked().worked(MIA, later(1))
    assert what(once)[1:] == [Helped("vpn")]
    assert once.worked(MIA, later(2)) is once
    assert asked(NoAnswer(())).worked(MIA, later(1)).happened[-1].what == Helped("")


def test_it_did_not_and_once_is_enough():
    once = asked().failed(MIA, later(1))
    assert what(once)[1:] == [NotHelped()]
    assert (once.helped, once.failed(MIA, later(2)) is once) == (False, True)


def test_people_change_their_minds_until_there_is_a_ticket():
    changed = asked().failed(MIA, later(1)).worked(MIA, later(2)).failed(MIA, later(3))
    assert what(changed)[1:] == [NotHelped(), Helped("vpn"), NotHelped()]
    handed_over = changed.became(7)
    assert handed_over.worked(MIA, later(4)) is handed_over
    assert handed_over.failed(MIA, later(4)) is handed_over


def test_one_of_the_suggestions_is_the_answer_and_stands_first_and_once():
    chosen = asked(Suggestions((MAIL, VPN, PRINT), RANKED)).chose(MIA, VPN)
    assert (chosen.outcome, chosen.shown) == ("answer", (VPN, MAIL, PRINT))
    assert chosen.chose(MIA, PC).shown == (PC, VPN, MAIL, PRINT)


def test_only_who_asked_says_what_came_of_it():
    for act in (
        lambda: asked().worked(LIV, later(1)),
        lambda: asked().failed(LIV, later(1)),
        lambda: asked().chose(LIV, MAIL),
        lambda: asked().must_be_of(LIV),
    ):
        with pytest.raises(NoSuchCase):
            act()
    assert asked().must_be_of(MIA) is None


@pytest.mark.parametrize(
    ("outcome", "helped", "missed"),
    [
        ("answer", None, False),
        ("answer", True, False),
        ("answer", False, True),
        ("suggestions", None, False),
        ("suggestions", False, True),
        ("none", None, True),
        ("none", True, False),
        ("enough", None, True),
        ("enough", True, False),
        ("person", None, False),
        ("person", False, True),
    ],
)
def test_a_miss_is_what_the_bot_did_not_know_or_what_did_not_help(outcome, helped, missed):
    assert replace(asked(), outcome=outcome, helped=helped).missed is missed


def test_every_event_has_an_id_of_its_own_and_says_who():
    events = asked().failed(MIA, later(1)).worked(MIA, later(2)).choose_among((SystemId("printer"),)).happened
    assert [each.event_id for each in events] == ["Q-q/1", "Q-q/2", "Q-q/3"]
    assert {(each.by, each.role, each.case_id) for each in events} == {(MIA.id, Party.EMPLOYEE, "Q-q")}
    assert [each.occurred_at for each in events] == [later(0), later(1), later(2)]
