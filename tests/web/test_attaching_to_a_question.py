"""A screenshot with a first question: it waits for a person to take over, is nobody else's meanwhile, and goes if nobody has to."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from skeleton import words
from test_attaching import PICTURE, PNG, attaches, form_of, kept, links
from test_story import QUESTION

from bot.domain.attachments import MEGABYTE
from bot.domain.refusals import OurFault

ANSWERED = "jeg har glemt koden til tabletten"
LINE = "Filen sender jeg med, hvis et menneske tager over. Ellers sletter jeg den, senest efter 7 dage."


def plays(story):
    asyncio.run(story)


async def asks(stage, text=ANSWERED, *files, **more):
    mia = stage.browser("mia")
    await mia.open("/")
    await attaches(mia, *(files or (PICTURE,)), text=text, **more)
    return mia


def test_what_was_asked_with_a_file_is_answered_and_the_file_is_hers_alone(stage):
    async def story():
        mia = await asks(stage)
        assert "Det hjalp" in words(mia.html)
        assert LINE in words(mia.html)
        [(href, name, size)] = links(mia)
        assert (name, size) == ("foto.png", "1 kB")
        assert (await mia.client.get(href)).content == PNG
        for other in ("liv", "sam", "ivo", "karen"):
            answer = await stage.browser(other).client.get(href)
            assert answer.status_code == 404, other

    plays(story())


def test_when_it_did_not_help_the_file_is_on_the_ticket_for_those_who_help(stage):
    async def story():
        mia = await asks(stage, QUESTION)
        href = links(mia)[0][0]
        await mia.presses("Spørg en superbruger" if "Spørg en superbruger" in words(mia.html) else "Hjalp ikke")
        assert LINE not in words(mia.html)
        sam = stage.browser("sam")
        for browser, path in (
            (mia, "/"), (mia, "/sag/1"), (sam, "/kanal/omsorg-nord"), (sam, "/kanal/omsorg-nord/1"), (sam, "/sag/1")
        ):  # fmt: skip
            await browser.open(path)
            assert href in {each[0].replace("http://localhost", "") for each in links(browser)}, path
        assert (await sam.client.get(href)).content == PNG
        assert (await stage.browser("liv").client.get(href)).status_code == 404

    plays(story())


def test_a_person_can_be_asked_at_once_with_a_file(stage):
    async def story():
        mia = await asks(stage, f"menneske: {QUESTION}")
        await mia.open("/sag/1")
        assert [each[1] for each in links(mia)] == ["foto.png"]

    plays(story())


def test_the_word_for_a_person_takes_the_file_along_to_the_last_question(stage):
    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        await mia.writes(QUESTION)
        await attaches(mia, PICTURE, text="menneske")
        await mia.open("/sag/1")
        assert [each[1] for each in links(mia)] == ["foto.png"]

    plays(story())


def test_the_word_for_a_person_with_a_file_and_no_question_is_too_little(stage):
    async def story():
        mia = await asks(stage, "menneske")
        assert "Skriv også, hvad det drejer sig om" in words(mia.html)
        assert "Vælg filerne igen, før du sender." in words(mia.html)
        assert (kept(stage), links(mia)) == ([], [])

    plays(story())


def test_a_word_of_the_bots_own_with_a_file_is_a_question(stage):
    async def story():
        mia = await asks(stage, "hjælp")
        assert [each[1] for each in links(mia)] == ["foto.png"]
        assert LINE in words(mia.html)

    plays(story())


def test_a_file_can_be_put_on_a_ticket_from_the_conversation(stage):
    async def story():
        mia = await asks(stage, f"menneske: {QUESTION}")
        await attaches(mia, ("to.png", PNG, ""), text="#1 her er en til")
        await mia.open("/sag/1")
        assert [each[1] for each in links(mia)] == ["foto.png", "to.png"]

    plays(story())


@pytest.mark.parametrize("text", ["#1", "#1:", "status 1", "Status #1?"])
def test_a_file_with_no_more_than_a_ticket_is_put_on_it_and_asks_nothing_anew(stage, text):
    async def story():
        mia = await asks(stage, f"menneske: {QUESTION}")
        await attaches(mia, ("to.png", PNG, ""), text=text)
        assert "to.png" in words(mia.html)
        await mia.open("/sag/1")
        assert [each[1] for each in links(mia)] == ["foto.png", "to.png"]
        await mia.open("/sag/2")
        assert "to.png" not in words(mia.html)

    plays(story())


@pytest.mark.parametrize("text", ["#1", "status 1"])
def test_a_file_with_no_more_than_anothers_ticket_is_kept_nowhere(stage, text):
    async def story():
        await asks(stage, f"menneske: {QUESTION}")
        before = kept(stage)
        liv = stage.browser("liv")
        await liv.open("/")
        await attaches(liv, ("to.png", PNG, ""), text=text)
        assert kept(stage) == before
        assert links(liv) == []

    plays(story())


def test_when_it_only_seemed_to_help_the_file_is_still_there(stage):
    async def story():
        mia = await asks(stage)
        href = links(mia)[0][0]
        await mia.presses("Det hjalp")
        assert LINE in words(mia.html)
        await mia.writes("menneske")
        assert LINE not in words(mia.html)
        assert (await stage.browser("sam").client.get(href)).status_code == 200

    plays(story())


def test_after_a_week_no_file_waits_any_more(stage):
    async def story():
        mia = await asks(stage)
        stage.store.purge(stage.hands.now() + timedelta(days=6, hours=23))
        assert len(kept(stage)) == 1
        stage.store.purge(stage.hands.now() + timedelta(days=7, hours=1))
        assert kept(stage) == []
        await mia.presses("Hjalp ikke")
        assert "Sendt videre som #1" in words(mia.html)

    plays(story())


@pytest.mark.parametrize("htmx", [False, True])
def test_a_file_without_a_word_says_nothing_to_the_bot(stage, htmx):
    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        assert " required" in mia.html, "a browser asks for words before it sends"
        answer = await attaches(mia, PICTURE, text=" ", htmx=htmx)
        assert answer.status_code == 422
        assert "Skriv også, hvad det drejer sig om" in words(answer.text)
        assert "Vælg filerne igen" in words(answer.text)
        assert kept(stage) == []

    plays(story())


@pytest.mark.parametrize("htmx", [False, True])
def test_a_file_that_is_refused_loses_no_word_of_the_question(stage, htmx):
    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        before = stage.posts.newest()
        answer = await attaches(mia, ("virus.exe", b"MZ", ""), text=ANSWERED, htmx=htmx)
        assert answer.status_code == 422
        assert f"{ANSWERED}</textarea>" in answer.text
        assert "virus.exe kan ikke vedhæftes" in words(answer.text)
        assert (kept(stage), stage.posts.newest()) == ([], before)

    plays(story())


def test_a_question_that_is_refused_stands_without_files_that_are_no_more(stage):
    async def story():
        mia = stage.browser("mia")
        for _ in range(20):
            await mia.open("/")
            await mia.writes(ANSWERED)
        await mia.open("/")
        await attaches(mia, PICTURE, text="og så lige en til")
        assert "Det går lidt stærkt" in words(mia.html)
        assert "og så lige en til" in words(mia.html)
        assert (kept(stage), links(mia)) == ([], [])

    plays(story())


def test_the_same_question_sent_twice_attaches_once(stage):
    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        form = form_of(mia, text=ANSWERED)
        for _ in range(2):
            await mia.client.post("/sig", data=form, files=[("fil", PICTURE)])
        await mia.open("/")
        assert len(kept(stage)) == len(links(mia)) == 1
        assert (await mia.client.get(links(mia)[0][0])).status_code == 200

    plays(story())


def test_after_a_fault_of_ours_the_file_is_still_there_for_when_it_is_taken_up_again(stage):
    async def story():
        stage.parts = replace(stage.parts, attend=lambda _delivery, _kept=None: OurFault("abc"))
        stage.open()
        await asks(stage)
        assert len(kept(stage)) == 1

    plays(story())


def test_there_is_a_limit_to_what_one_person_attaches_in_a_day(stage):
    stage.parts = replace(stage.parts, attached_a_day=MEGABYTE)
    stage.open()
    large = ("stor.log", b"x" * (MEGABYTE - 100), "text/plain")

    async def story():
        mia = await asks(stage, ANSWERED, large)
        answer = await attaches(mia, PICTURE, text="ordene bliver stående")
        assert answer.status_code == 422
        assert "ordene bliver stående</textarea>" in answer.text
        said = words(answer.text)
        assert "foto.png kunne ikke komme med: du kan højst vedhæfte 1 MB på et døgn." in said
        assert "Vælg filerne igen" not in said, "they would not fit then, either"
        assert len(kept(stage)) == 1
        await asks(stage, ANSWERED, PICTURE)  # nobody pays for somebody else
        stage.hands.at += timedelta(hours=24)
        mia = await asks(stage, "i morgen igen", PICTURE)
        assert "foto.png" in [each[1] for each in links(mia)]

    plays(story())


def test_comments_with_files_have_a_pace(stage):
    async def story():
        mia = await asks(stage, f"menneske: {QUESTION}")
        await mia.open("/sag/1")
        for nth in range(19):
            answer = await attaches(mia, (f"{nth}.png", PNG, ""), text="se")
            assert answer.status_code == 200
        answer = await attaches(mia, PICTURE, text="ordene bliver stående")
        assert answer.status_code == 422
        assert "Det går lidt stærkt" in words(answer.text)
        assert "ordene bliver stående</textarea>" in answer.text
        assert len(kept(stage)) == 20
        stage.hands.at += timedelta(minutes=1)
        await mia.open("/sag/1")
        assert (await attaches(mia, PICTURE, text="nu")).status_code == 200

    plays(story())
