"""Whatever comes in is handled, or refused politely: told to the one who asked, once and privately, and nothing is changed."""

import pytest
from room import REPORT, answer

from bot.desk.asking import LONGEST, OPEN_AT_ONCE, PER_MINUTE
from bot.desk.reception import handle, receive
from bot.domain.articles import ArticleId
from bot.domain.commands import (
    Ask,
    AskPerson,
    Cancel,
    ChooseSystem,
    Claim,
    Comment,
    Confirm,
    Escalate,
    Explain,
    GoAway,
    HandOver,
    Hold,
    ItDidNotHelp,
    ItHelped,
    JoinCase,
    Kind,
    Log,
    Milestone,
    Overview,
    Place,
    Release,
    Reopen,
    Resolve,
    Resume,
    ShowArticle,
    Status,
)
from bot.domain.people import SystemId
from bot.domain.refusals import (
    AlreadyClaimed,
    AlreadyOver,
    Incomplete,
    NoSuchCase,
    NotAllowed,
    NothingSaid,
    NotUnderstood,
    NotYours,
    Refused,
    TooFast,
    TooLong,
    TooManyTickets,
    UnknownButton,
    UnknownPerson,
    YourOwn,
)

ON_A_TICKET = [
    Claim(1),
    Release(1),
    Escalate(1, "note"),
    Hold(1),
    Resume(1),
    Resolve(1, "Løst"),
    Confirm(1),
    Reopen(1, "igen"),
    Cancel(1),
    Comment(1, "hej"),
    HandOver(1, REPORT),
    Status("#1"),
    Explain("1"),
]
NAMES = {"ids": lambda each: type(each).__name__}


def refused(room, who, command, kind, place=None):
    """Nothing was changed, and only they heard of it, once: also when the messenger repeats itself."""
    before = room.everything()
    room.heard()
    delivery = room.delivery(who, command, place)
    assert receive(room.desk, delivery)
    refusal = handle(room.desk, delivery)
    assert type(refusal) is kind
    assert not receive(room.desk, delivery)
    handle(room.desk, delivery)
    room.deliver()
    heard = room.heard()
    assert len(heard) == 1
    assert heard[0].split(":")[0].lower() == who
    assert room.everything() == before
    return refusal


# What was written


@pytest.mark.parametrize(
    "text", ["", "   \n\t ", "🙂🙂👍🏽", "?!…", "—", "\u202e", "\x00\x07", "\u200b", "👩\u200d👩\u200d👧"]
)
@pytest.mark.parametrize("ask", [Ask, lambda text: AskPerson(text or " ")], ids=["asked", "of a person"])
def test_a_message_without_a_word_is_not_a_question(room, ask, text):
    refused(room, "mia", ask(text), NothingSaid)


@pytest.mark.parametrize("length", [LONGEST + 1, 100_000])
@pytest.mark.parametrize("ask", [Ask, AskPerson], ids=["asked", "of a person"])
def test_a_question_longer_than_a_page_is_too_long(room, ask, length):
    assert refused(room, "mia", ask("a" * length), TooLong).limit == LONGEST


@pytest.mark.parametrize("text", ["", " ", "//", "🔒  "])
def test_a_comment_without_words_is_not_one(claimed, text):
    refused(claimed, "sam", Comment(1, text), NothingSaid)


def test_a_comment_longer_than_a_page_is_too_long(claimed):
    refused(claimed, "sam", Comment(1, "a" * 100_000), TooLong)


@pytest.mark.parametrize(
    "text",
    [
        "שלום, המדפסת לא עובדת",
        "الطابعة لا تعمل",
        "Robert'); DROP TABLE tickets;-- virker ikke",
        "<script>alert(1)</script><img src=x onerror=alert(1)> virker ikke",
        "[klik her](javascript:alert(1)) **fed** `kode` # overskrift @channel <!everyone>",
        "{name} {0} %s %(x)s {{7*7}} ${jndi} \\u0000",
        "e\u0301" * 100,
        "a" * LONGEST,
        "🙂 printeren 🙂",
    ],
    ids=["hebrew", "arabic", "sql", "html", "markdown", "templates", "combining", "a full page", "with emoji"],
)
def test_any_words_are_kept_and_shown_as_they_are(room, text):
    room.must("mia", Ask(text))
    room.must("mia", ItDidNotHelp("q1"))
    room.must("mia", ChooseSystem("q1", SystemId("printere")))
    room.heard()
    assert room.ticket().title == text
    card = next(said.message for said in reversed(room.console.said) if str(said.place) == "web:channel:printere-nord")
    assert card.quote == text


def test_numbers_that_were_masked_are_told_privately_and_once(room):
    delivery = room.delivery(
        "mia", Ask("Jeg kan ikke åbne [CPR]"), Place("web", Kind.CHANNEL, "omsorg-nord"), removed=1
    )
    receive(room.desk, delivery)
    for _ in range(2):
        handle(room.desk, delivery)
    room.deliver()
    told = [each for each in room.heard() if "CPR" in each and "åbne" not in each]
    assert len(told) == 1
    assert told[0].startswith("Mia:")


# How much


def test_the_twenty_first_question_of_a_minute_waits(room):
    for nth in range(PER_MINUTE):
        room.must("mia", Ask(f"spørgsmål {nth}"))
    refused(room, "mia", Ask("et til"), TooFast)
    room.must("liv", Ask("et helt andet"))
    room.passes(minutes=1)
    room.must("mia", Ask("et til"))


@pytest.mark.parametrize("text", ["", "en printer"], ids=["bare", "with words"])
def test_asking_for_a_person_is_no_way_round_it(room, text):
    for nth in range(PER_MINUTE):
        room.must("mia", Ask(f"spørgsmål {nth}"))
    refused(room, "mia", AskPerson(text), TooFast)


def test_the_eleventh_open_ticket_waits_until_one_is_closed(room):
    for nth in range(OPEN_AT_ONCE):
        room.must("mia", AskPerson(f"printere {nth}"))
    assert refused(room, "mia", AskPerson("printere igen"), TooManyTickets).open_tickets == OPEN_AT_ONCE
    room.must("liv", AskPerson("printere her"))
    room.must("mia", Cancel(1))
    assert room.must("mia", AskPerson("printere igen")) == "#12"


# Who


def test_somebody_who_is_not_in_the_organisation_file_is_told_so(offered):
    for command in [Ask("hvad er klokken"), Claim(1), Overview(), GoAway("")]:
        refused(offered, "otto", command, UnknownPerson)


@pytest.mark.parametrize("command", ON_A_TICKET, **NAMES)
def test_somebody_elses_ticket_is_the_same_as_none(offered, command):
    """To the letter: what a stranger is told of #1 is what they are told of a number that was never used."""
    refused(offered, "yusuf", command, NoSuchCase)
    none = refused(offered, "yusuf", _about(command, 99), NoSuchCase)
    assert none.case_id.strip("#") == "99"
    said = [each.message.text for each in offered.console.said[-2:]]
    assert said[0] == said[1]


def _about(command, number):
    if isinstance(command, Status | Explain):
        return type(command)(str(number))
    return type(command)(number, *(getattr(command, name) for name in command.__match_args__[1:]))


@pytest.mark.parametrize("case_id", ["S-1", "s-1", "S1"])
@pytest.mark.parametrize("who", ["mia", "sam", "yusuf"])
def test_a_supplier_case_is_seen_by_it_and_contract_managers_only(handed_over, who, case_id):
    for ask in (Status, Explain):
        refused(handed_over, who, ask(case_id), NoSuchCase)
    refused(handed_over, who, Log(1, Milestone.RECEIVED), NoSuchCase)
    refused(handed_over, who, Log(99, Milestone.RECEIVED), NoSuchCase)
    assert refused(handed_over, who, JoinCase(1, 1), NoSuchCase).case_id == "S-1"
    assert refused(handed_over, who, JoinCase(1, 99), NoSuchCase).case_id == "S-99"


def test_a_contract_manager_looks_and_does_not_log(handed_over):
    handed_over.must("karen", Status("S-1"))
    refused(handed_over, "karen", Log(1, Milestone.RECEIVED), NotAllowed)
    refused(handed_over, "karen", Log(99, Milestone.RECEIVED), NotAllowed)


@pytest.mark.parametrize("who", ["mia", "sam"])
def test_the_overview_is_for_it_and_contract_managers(room, who):
    refused(room, who, Overview(), NotAllowed)


@pytest.mark.parametrize(
    "command",
    [Claim(1), Escalate(1), Hold(1), Resume(1), Resolve(1, "Løst"), Release(1), HandOver(1, REPORT)],
    **NAMES,
)
def test_an_employee_does_not_help_herself(offered, command):
    refused(offered, "mia", command, YourOwn)


@pytest.mark.parametrize("command", [Confirm(1), Reopen(1), Cancel(1)], **NAMES)
def test_what_is_the_employees_to_say_nobody_says_for_her(claimed, command):
    refused(claimed, "sam", command, NotYours)


@pytest.mark.parametrize("command", [Release(1), Hold(1), Resolve(1, "Løst")], **NAMES)
def test_what_another_has_is_theirs(claimed, command):
    assert refused(claimed, "sue", command, AlreadyClaimed).assignee == "sam"


def test_nobody_presses_another_persons_answer(room):
    room.search.found = answer("adgangskode")
    room.must("mia", Ask("hvordan"))
    for command in (
        ItHelped("q1"),
        ItDidNotHelp("q1"),
        ShowArticle("q1", ArticleId("etiketprinter-blank")),
        ChooseSystem("q1", None),
    ):
        refused(room, "liv", command, NoSuchCase)


# When


@pytest.mark.parametrize("command", [each for each in ON_A_TICKET if not isinstance(each, Status | Explain)], **NAMES)
def test_a_button_of_a_closed_ticket_says_that_it_is_closed(claimed, command):
    claimed.must("sam", Resolve(1, "Vend rullen"))
    claimed.must("mia", Confirm(1))
    who = "mia" if isinstance(command, Confirm | Reopen | Cancel) else "sam"
    assert refused(claimed, who, command, AlreadyOver).state == "closed"


@pytest.mark.parametrize(
    "command",
    [ItHelped("gone"), ItDidNotHelp("gone"), ShowArticle("gone", ArticleId("x")), ChooseSystem("gone", None)],
    **NAMES,
)
def test_a_button_of_a_question_that_is_not_there_is_too_old(room, command):
    refused(room, "mia", command, UnknownButton)


def test_a_button_of_what_the_knowledge_no_longer_has_is_too_old(room):
    room.must("mia", Ask("hvordan"))
    refused(room, "mia", ShowArticle("q1", ArticleId("long-gone")), UnknownButton)
    refused(room, "mia", ChooseSystem("q1", SystemId("long-gone")), UnknownButton)


@pytest.mark.parametrize("said", ["#", "S-", "hej", "-1", "1.5", "٣", "9" * 10, "S-" + "9" * 10, "#1#"])
def test_what_is_no_case_number_is_no_case(offered, said):
    refused(offered, "ivo", Status(said), NoSuchCase)
    refused(offered, "ivo", Explain(said), NoSuchCase)


@pytest.mark.parametrize("until", ["snart", "i går", "1-1-2020", "'; DROP TABLE absences", "kl. 8"])
def test_an_end_that_cannot_be_read_or_has_passed_is_not_understood(room, until):
    assert refused(room, "sam", GoAway(until), NotUnderstood).said == until


@pytest.mark.parametrize("solution", ["", "  \n"])
def test_a_solution_is_put_into_words(claimed, solution):
    assert refused(claimed, "sam", Resolve(1, solution), Incomplete).fields == (("solution", "missing"),)


def test_a_messenger_that_shows_a_refusal_itself_is_not_told_again(offered):
    outcome = offered.does("yusuf", Claim(1), answered_here=True)
    assert isinstance(outcome, Refused)
    assert offered.heard() == []


def test_in_a_channel_only_the_one_who_pressed_hears_of_it(claimed):
    refused(claimed, "sue", Claim(1), AlreadyClaimed, Place("web", Kind.CHANNEL, "omsorg-nord"))
