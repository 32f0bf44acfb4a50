"""What is written and pressed with a script, refusals beside what they are about, and the edges of both."""

import asyncio
import re
from dataclasses import replace

import pytest
from skeleton import words
from starlette.exceptions import HTTPException
from test_attaching import claimed
from test_story import QUESTION, opened

from bot.app.attending import attend
from bot.domain.articles import NoAnswer
from bot.domain.commands import AskPerson, Comment, Done, Kind, Place
from bot.domain.refusals import UnknownButton
from bot.messengers.web.receive import pressed, typed

MIA = Place("web", Kind.DIRECT, "mia")
NORTH = Place("web", Kind.CHANNEL, "omsorg-nord")


def plays(story):
    asyncio.run(story)


def authors(stage):
    return [post.author for post in stage.posts.since(0)]


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("jeg har glemt koden til tabletten", "Det hjalp"),
        ("omsorgsjournalen viser alle navne som små firkanter", "Spørg en superbruger"),
    ],
)
def test_the_answer_to_a_press_shows_what_came_of_it_though_nothing_is_delivered_yet(stage, asked, label):
    """The stream may be quicker than the answer: an older card would be drawn over the new one, and stand there for good."""

    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        await mia.writes(asked)
        stage.deliver = lambda: None
        answer = await mia.presses(label, htmx=True)
        assert re.search(rf"<button disabled[^>]*>.*{label}</button>", answer.text)

    plays(story())


def test_with_a_script_an_empty_composer_comes_back_and_the_stream_brings_the_rest(stage):
    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        answer = await mia.sends('id="skriv"', {"text": "min skærm er sort"}, htmx=True)
        assert answer.status_code == 200
        assert answer.text.lstrip().startswith('<form class="composer" id="skriv"')
        assert "min skærm" not in answer.text
        assert authors(stage)[0] == "mia"

    plays(story())


def test_too_long_with_a_script_comes_back_in_the_composer(stage):
    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        answer = await mia.sends('id="skriv"', {"text": "x" * 4001}, htmx=True)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert "x" * 4001 in answer.text

    plays(story())


def test_what_is_said_in_a_channel_is_talk_among_colleagues_and_no_question(stage):
    async def story():
        sam = stage.browser("sam")
        await sam.open("/kanal/omsorg-nord")
        await sam.writes("hvem tager frokost?")
        assert "hvem tager frokost?" in words(sam.html)
        assert authors(stage) == ["sam"]
        await sam.writes("mine")
        await sam.open("/")
        assert "mine" not in authors(stage)
        assert len(authors(stage)) == 3

    plays(story())


def test_a_question_that_is_refused_stands_with_a_private_notice_after_it(stage):
    async def story():
        mia = stage.browser("mia")
        for nth in range(21):
            await mia.open("/")
            await mia.writes(f"spørgsmål nummer {nth} om noget")
        assert "Kun du kan se dette." in words(mia.html)
        assert "spørgsmål nummer 20 om noget" in words(mia.html)

    plays(story())


def test_what_could_not_be_kept_leaves_no_trace(stage):
    """The messenger says 503, and the browser asks whether to send it again."""

    class Gone:
        def __getattr__(self, name):
            return getattr(stage.store, name)

        def receive(self, _delivery):
            raise HTTPException(503)

    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        kept, stage.desk = stage.desk, replace(stage.desk, store=Gone())
        before = stage.posts.newest()
        answer = await mia.writes("kan nogen hjælpe mig")
        assert answer.status_code == 503
        assert "Driftsvagt kan ikke svare lige nu" in words(answer.text)
        assert stage.posts.newest() == before
        stage.desk = kept

    plays(story())


def test_what_was_kept_stands_in_the_conversation_before_anything_comes_of_it(stage):
    seen = []

    class Looking:
        def find(self, _question, _visible=None):
            seen.extend(post.message for post in stage.posts.page(MIA, 5))
            return NoAnswer(())

    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        stage.desk = replace(stage.desk, search=Looking())
        await mia.writes("hvorfor er himlen blå")
        assert any("hvorfor er himlen blå" in message for message in seen)

    plays(story())


def test_a_comment_that_is_refused_comes_back_with_its_words(stage):
    async def story():
        mia = await opened(stage)
        await mia.presses("Jeg har ikke brug for hjælp længere")
        await mia.open("/")
        for htmx in (False, True):
            await mia.open("/")
            answer = await mia.sends('id="skriv"', {"text": "#1 den driller igen"}, htmx=htmx)
            assert answer.status_code == 422
            assert "#1 den driller igen</textarea>" in answer.text
            assert "wrong" in answer.text

    plays(story())


def test_a_comment_that_was_refused_is_refused_again_when_the_same_form_comes_again(stage):
    """F5 on the page that says so, or an answer that was lost on its way: nothing looks as if it had been sent."""

    async def story():
        mia = await opened(stage)
        await mia.open("/")
        page = mia.page
        await mia.presses("Jeg har ikke brug for hjælp længere")
        before = authors(stage)
        for htmx in (False, False, True):
            mia.page = page
            answer = await mia.sends('id="skriv"', {"text": "#1 den driller igen"}, htmx=htmx)
            assert answer.status_code == 422
            assert "#1 den driller igen</textarea>" in answer.text
        assert authors(stage) == before

    plays(story())


def test_what_failed_in_here_is_no_success_when_the_same_form_comes_again(stage):
    async def story():
        mia = await opened(stage)
        await mia.open("/")
        page = mia.page
        kept = []

        def fails(delivery, then=None):
            """The desk of the program, on a bad day."""
            desk = replace(stage.desk, new_id=lambda: 1 / 0) if not kept else stage.desk
            kept.append(attend(desk, delivery, then))
            return kept[-1]

        stage.parts = replace(stage.parts, attend=fails)
        stage.open()
        mia = stage.browser("mia")
        for _ in range(2):
            mia.page = page
            answer = await mia.sends('id="skriv"', {"text": "#1 den driller igen"})
            assert answer.status_code == 422
        assert kept[0] == kept[1]
        assert "mia" not in authors(stage)[-1:]
        answer = await mia.sends('id="skriv"', {"text": "#1 den driller igen"})
        assert kept[2] == Done("#1")

    plays(story())


def test_a_comment_that_was_taken_is_shown_as_sent_however_often_it_comes(stage):
    async def story():
        mia = await opened(stage)
        await mia.open("/")
        page = mia.page
        for _ in range(2):
            mia.page = page
            assert (await mia.sends('id="skriv"', {"text": "#1 også på printeren"})).status_code == 200
        assert [post.message.count("også på printeren") for post in stage.posts.page(MIA, 5)].count(1) == 1
        with stage.store.reading() as ledger:
            assert [each.body for each in ledger.texts_of("#1") if each.kind == "comment"] == ["også på printeren"]

    plays(story())


def test_a_button_that_was_refused_is_refused_again_when_it_comes_again(stage):
    async def story():
        await opened(stage)
        sam, sue = stage.browser("sam"), stage.browser("sue")
        await sam.open("/sag/1")
        page = await sue.open("/sag/1")
        await sam.presses("Jeg tager den")
        for _ in range(2):
            sue.page = page
            answer = await sue.presses("Jeg tager den", htmx=True)
            assert "Sam tog #1" in words(answer.text)
        sue.page = page
        await sue.presses("Jeg tager den")
        assert "Sam tog #1" in words(sue.html)

    plays(story())


def test_on_a_tickets_own_page_an_answer_stands_beside_its_card(stage):
    async def story():
        await opened(stage)
        sam, sue = stage.browser("sam"), stage.browser("sue")
        await sam.open("/sag/1")
        stale = [await sue.open("/sag/1") for _ in range(2)]
        await sam.presses("Jeg tager den")
        sue.page = stale[0]
        answer = await sue.presses("Jeg tager den", htmx=True)
        assert answer.headers["hx-retarget"] == "#svar"
        assert "Sam tog #1" in words(answer.text)
        sue.page = stale[1]
        await sue.presses("Jeg tager den")
        assert str(sue.page.url).endswith("/sag/1?svar")
        assert "Sam tog #1" in words(sue.html)

    plays(story())


def test_on_a_tickets_own_page_what_was_done_shows_the_page_anew(stage):
    async def story():
        await opened(stage)
        sam = stage.browser("sam")
        await sam.open("/sag/1")
        answer = await sam.presses("Jeg tager den", htmx=True)
        assert answer.headers["hx-refresh"] == "true"
        await sam.open("/sag/1")
        answer = await sam.presses("Løst", {"solution": "  "}, htmx=True)
        assert answer.status_code == 422
        assert 'id="sag-1"' in answer.text
        assert 'class="wrong"' in answer.text
        answer = await sam.presses("Send", {"text": ""}, value="comment:1:employee")
        assert answer.status_code == 422
        assert "Der mangler lidt" in words(answer.text)

    plays(story())


def test_a_button_pressed_in_a_card_brings_that_card_back(stage):
    async def story():
        await opened(stage)
        sam = stage.browser("sam")
        await sam.open("/kanal/omsorg-nord")
        answer = await sam.presses("Jeg tager den", htmx=True)
        assert answer.text.count("<li ") == 1
        assert "Du har den" in words(answer.text)

    plays(story())


def test_all_that_was_typed_comes_back_also_one_word_and_nothing_that_was_chosen(stage):
    async def story():
        mia, sam = await claimed(stage)
        await sam.open("/kanal/omsorg-nord")
        await mia.presses("Jeg har ikke brug for hjælp længere")
        both = {"solution": "Genstartet", "note": "to gange", "source": "phone"}
        await sam.presses("Løst", both, htmx=True)
        await sam.presses("Løst", {"knap": "x:1", "solution": "Stikket sad løst"}, htmx=True)
        said = words((await sam.open("/kanal/omsorg-nord")).text)
        assert "“Genstartet to gange”" in said
        assert "“Stikket sad løst”" in said
        assert "phone" not in said

    plays(story())


@pytest.mark.parametrize("htmx", [False, True])
def test_words_on_a_card_that_was_closed_meanwhile_come_back_masked_with_why(stage, htmx):
    async def story():
        mia, sam = await claimed(stage)
        await sam.open("/kanal/omsorg-nord")
        await mia.presses("Jeg har ikke brug for hjælp længere")
        await sam.presses("Send", {"text": "prøv igen, 010165-1234, og sig til"}, value="comment:1", htmx=htmx)
        await sam.open("/kanal/omsorg-nord")
        said = words(sam.html)
        assert "Kun du kan se dette." in said
        assert "“prøv igen, [CPR], og sig til”" in said
        await mia.open("/")
        assert "prøv igen" not in words(mia.html)

    plays(story())


@pytest.mark.parametrize(
    "value", ["", "x:1", "claim:", "claim:1:2", "claim:99999999999", "system:none:outlook", "log:1:never:"]
)
def test_a_button_that_is_not_ours_gets_a_private_word_and_does_nothing(stage, value):
    async def story():
        mia = await opened(stage)
        before = [post.changed for post in stage.posts.since(0) if not post.message.count("only_for")]
        page = await mia.presses("Jeg har ikke brug for hjælp længere", {"knap": value})
        assert page.status_code == 200
        assert "Kun du kan se dette." in words(page.text)
        with stage.store.reading() as ledger:
            assert ledger.ticket(1).is_open
        assert [post.changed for post in stage.posts.since(0) if not post.message.count("only_for")] == before

    plays(story())


@pytest.mark.parametrize("mark", ["post-99", "post-x", "sag-99", "lev-1", "x", "", "post-1'--"])
def test_a_form_that_names_nothing_of_ours_still_gets_an_answer(stage, mark):
    async def story():
        mia = await opened(stage)
        for htmx in (False, True):
            await mia.open("/")
            button = 'id="post-3-tryk"' if 'id="post-3-tryk"' in mia.html else 'id="post-2-tryk"'
            answer = await mia.sends(button, {"knap": "claim:1", "post": mark}, htmx=htmx)
            assert answer.status_code in {200, 204}

    plays(story())


def test_words_are_masked_before_anything_else_sees_them():
    received = typed({"text": " fru 010165-1234 \u202eog 311299 4321 ", "nonce": "n"}, MIA)
    assert received.words == "fru [CPR] og [CPR]"
    assert received.removed == 2
    received = pressed({"knap": "comment:7:employee", "text": "010165-1234", "nonce": "n"}, MIA)
    assert received.command == Comment(7, "[CPR]", "employee")
    assert (received.words, received.removed) == ("[CPR]", 1)


def test_who_is_to_see_a_comment_is_said_by_the_form_and_only_in_known_words():
    thread = Place("web", Kind.THREAD, "omsorg-nord", "7")
    assert typed({"text": "hej", "audience": "internal"}, thread).command == Comment(7, "hej", "internal")
    assert typed({"text": "hej", "audience": "everybody"}, thread).command == Comment(7, "hej")
    assert typed({"text": "hej", "sag": "8"}, MIA).command == Comment(8, "hej")
    assert typed({"text": f"menneske: {QUESTION}"}, NORTH).command == AskPerson(QUESTION)
    assert typed({"text": "hej"}, Place("web", Kind.THREAD, "it", "S-1")).command is None
    with pytest.raises(UnknownButton):
        pressed({"knap": "comment:7:everybody"}, MIA)


def test_a_delivery_is_named_by_its_form_and_by_what_was_sent():
    first = typed({"text": "hej", "nonce": "n"}, MIA).key
    assert first == typed({"text": "hej", "nonce": "n"}, MIA).key
    others = [{"text": "hej", "nonce": "m"}, {"text": "hov", "nonce": "n"}, {"text": "hej", "nonce": "n", "sag": "1"}]
    assert (
        len({first, *(typed(form, MIA).key for form in others), typed({"text": "hej", "nonce": "n"}, NORTH).key}) == 5
    )
    log = {"knap": "log:1:status:", "nonce": "n"}
    assert pressed(log | {"note": "a"}, MIA).key != pressed(log | {"note": "b"}, MIA).key
