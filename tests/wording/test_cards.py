"""What a card says of a ticket and a question, to the one who reads it; and what it says when little is known."""

from dataclasses import replace

import pytest
from scenes import MORNING, NORTH, TO_IT, at, found, said

from bot.domain.articles import Answer, ArticleId, NoAnswer, Suggestions
from bot.domain.attachments import Attachment
from bot.domain.notices import CaseShown, FaultReported, QuestionShown, SystemAsked, TicketShown, TicketTold
from bot.domain.people import PersonId, SystemId
from bot.domain.ticket import State
from bot.wording.cards import SHORT, short_title, state_word
from bot.wording.message import Button, Link, Mention, Message, Strong, Table, plain, plain_text
from bot.wording.say import Voice
from bot.wording.word import word

MINE, OURS = TicketShown(1), TicketShown(1, NORTH)


# A ticket


def test_a_comment_tells_the_line_of_whoever_wrote_it_wherever_the_ticket_has_come_to(scene):
    at_it = scene.ticket().escalate(scene.people["sam"], TO_IT, MORNING)

    def role(by):
        return word(TicketTold(1, "kept", PersonId(by)), scene.picture("ivo", ticket=at_it)).role

    assert [role(each) for each in ("mia", "sam", "ivo", "somebody-who-left")] == [
        "medarbejder",
        "superbruger",
        "it",
        "it",
    ]


def test_on_hold_the_employee_is_told_that_it_waits_for_her_and_the_others_for_whom(scene):
    waiting = scene.ticket().claim(scene.people["sam"], MORNING).hold(scene.people["sam"], MORNING)
    assert state_word(Voice(scene.picture("mia")), waiting) == "Venter på dig"
    assert state_word(Voice(scene.picture("sam")), waiting) == "Afventer Mia"
    assert "venter på dit svar" in said(MINE, scene.picture("mia", ticket=waiting)).casefold()


def test_those_who_help_see_what_came_with_the_question_while_it_is_theirs(scene):
    file = Attachment("f1", PersonId("mia"), MORNING, "foto.png", "image/png", 2048, "")
    offered = scene.ticket()
    ours = word(
        OURS, replace(scene.picture("sam", ticket=offered), attachments=(file,), base_url="https://desk.example")
    )
    assert Link("foto.png", "https://desk.example/fil/f1") in ours.text
    at_it = offered.escalate(scene.people["sam"], TO_IT, MORNING)
    for notice, picture in ((OURS, scene.picture("sam", ticket=at_it)), (MINE, scene.picture("mia", ticket=offered))):
        assert "foto.png" not in said(notice, replace(picture, attachments=(file,)))


def test_without_a_time_nothing_is_promised(scene):
    """A group whose hours nobody knows."""
    offered = scene.ticket()
    assert "Omsorg, Nord" in said(MINE, scene.picture("mia", ticket=offered))
    assert "kl." not in said(MINE, scene.picture("mia", ticket=offered))
    claimed = offered.claim(scene.people["sam"], MORNING)
    assert "kl." not in said(MINE, scene.picture("mia", ticket=claimed))
    assert "Sam" in said(MINE, scene.picture("mia", ticket=claimed))


def test_a_group_that_is_gone_is_called_by_its_id(scene):
    offered = replace(scene.ticket(), group="gone-group")
    assert "gone-group" in said(MINE, scene.picture("mia", ticket=offered))


@pytest.mark.parametrize("state", [State.CLOSED, State.CANCELLED])
def test_when_it_is_over_there_is_nothing_to_press(scene, state):
    over = replace(scene.ticket(), state=state)
    for notice in (MINE, OURS):
        assert word(notice, scene.picture("mia", ticket=over)).buttons == ()


def test_a_ticket_that_came_without_a_question_says_nothing_of_what_was_shown(scene):
    assert "Botten viste" not in said(OURS, scene.picture(ticket=scene.ticket()))


def test_the_group_sees_where_a_ticket_went_and_can_do_nothing_more(scene):
    moved = scene.ticket().escalate(scene.people["sam"], TO_IT, at(minutes=1))
    card = word(OURS, scene.picture(ticket=moved))
    assert (card.buttons, card.quote) == ((), "")
    assert "it" in plain(card)


def test_only_it_with_a_contract_can_send_on_to_a_supplier(scene):
    at_it = scene.ticket().escalate(scene.people["sam"], TO_IT, at(minutes=1)).claim(scene.people["ivo"], at(minutes=2))
    notice = TicketShown(1, TO_IT.group)
    labels = {each.label for each in word(notice, scene.picture(ticket=at_it)).buttons}
    contract = scene.known.contracts.version("strandvejr-drift", 1)
    more = {each.label for each in word(notice, scene.picture(ticket=at_it, contract=contract)).buttons}
    assert more - labels == {"Send til leverandøren"}


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("", ""),
        ("  \n ", ""),
        ("første linje\nanden", "første linje"),
        ("ord " * 40, ("ord " * 22).strip() + " …"),
        ("a" * 200, "a" * SHORT + " …"),
    ],
)
def test_a_long_question_is_cut_at_a_word(scene, title, short):
    assert short_title(scene.ticket(title)) == short


# A question


def asked(scene, outcome, **more):
    return scene.picture("mia", question=replace(scene.question(outcome), **more))


def test_an_answer_says_who_is_responsible_if_anybody_is(scene):
    article = replace(scene.known.articles[ArticleId("papirstop")], owner="", review_by=None)
    picture = scene.picture("mia", articles={article.id: article}, question=scene.question(Answer(article.id, 0.9, ())))
    assert word(QuestionShown("q"), picture).source == ()


def test_what_is_near_is_offered_only_to_those_who_may_read_it(scene):
    """The article that only IT may see points to one that everybody may; another is made to point back."""
    open_one, closed = (scene.known.articles[ArticleId(each)] for each in ("mfa-ny-telefon", "nulstil-mfa-kollega"))
    articles = {open_one.id: replace(open_one, see_also=(closed.id, ArticleId("gone"))), closed.id: closed}
    question = scene.question(Answer(open_one.id, 0.9, ()))
    for reader, offered in [("mia", False), ("ivo", True), ("", False)]:
        labels = {
            each.label
            for each in word(QuestionShown("q"), scene.picture(reader, articles=articles, question=question)).buttons
        }
        assert (closed.title() in labels) is offered, reader


def test_an_answer_whose_article_is_gone_is_no_answer(scene):
    assert "fandt jeg ikke" in said(QuestionShown("q"), asked(scene, Answer(ArticleId("gone"), 0.9, ())))


def test_suggestions_that_are_gone_are_left_out(scene):
    picture = asked(scene, Suggestions((ArticleId("papirstop"), ArticleId("gone")), ()))
    assert [each.label for each in word(QuestionShown("q"), picture).buttons] == [
        scene.known.articles[ArticleId("papirstop")].title(),
        "Ingen af dem",
    ]


def test_what_was_not_shown_to_the_employee_is_named_to_the_group_only_if_everybody_may_read_it(scene):
    for name, shown in [("papirstop", True), ("nulstil-mfa-kollega", False), ("gone", False)]:
        question = scene.question(NoAnswer(found(name)))
        card = said(OURS, scene.picture(ticket=scene.ticket(), question=question))
        assert ("% sikker" in card) is shown, name


def test_which_system_with_the_one_that_was_chosen_ticked(scene):
    systems = (SystemId("printere"), SystemId("outlook"))
    open_one = word(SystemAsked("q"), asked(scene, None, choosing=systems))
    assert [each.label for each in open_one.buttons] == ["Printere", "Outlook", "Ved ikke"]
    done = word(SystemAsked("q"), asked(scene, None, choosing=systems, ticket=1, system=SystemId("outlook")))
    assert [(each.label, each.chosen) for each in done.buttons if not each.off] == [("Outlook", True)]
    unknown = word(SystemAsked("q"), asked(scene, None, choosing=systems, ticket=1))
    assert [(each.label, each.chosen) for each in unknown.buttons if not each.off] == [("Ved ikke", True)]


# When little is known


@pytest.mark.parametrize(
    "notice",
    [QuestionShown("q"), SystemAsked("q"), MINE, OURS, TicketTold(1, "acknowledged"), CaseShown(1), FaultReported(1)],
    ids=lambda each: type(each).__name__,
)
@pytest.mark.parametrize("reader", ["mia", ""])
def test_a_notice_about_what_is_not_there_still_says_something(scene, notice, reader):
    assert said(notice, scene.picture(reader)) == "Den sag findes ikke, eller den er ikke din."


def test_a_message_is_never_empty():
    assert plain(Message(("",))) == "–"


def test_in_plain_text_a_link_shows_where_it_leads_and_a_mention_who_is_meant():
    spans = ("se ", Strong("her"), " ", Link("siden", "https://fjordby.example"), " ", Mention("mia", "Mia"))
    assert plain_text(spans) == "se her siden (https://fjordby.example) Mia"
    assert plain_text((Link("https://fjordby.example", "https://fjordby.example"),)) == "https://fjordby.example"


def test_in_plain_text_a_table_stands_in_columns():
    table = Table("Antal", ("navn", "n"), (("a", "1"), ("lang", "100")), (1,), ("i alt", "101"))
    assert plain(Message(("",), table=table)).splitlines() == [
        "Antal",
        "navn     n",
        "a        1",
        "lang   100",
        "i alt  101",
    ]


def test_a_button_that_was_pressed_says_so_and_one_that_is_off_is_not_there():
    buttons = tuple(
        Button(label, None, chosen=chosen, off=off) for label, chosen, off in [("a", 1, 0), ("b", 0, 1), ("c", 0, 0)]
    )
    assert plain(Message(("x",), buttons=buttons)) == "x\n[✓ a] [c]"
