"""Files with an answer that is written on a card, in a group's channel or in one's own conversation: as everywhere else."""

import asyncio
import re
from dataclasses import replace

import pytest
from skeleton import words
from test_attaching import PICTURE, PNG, claimed, kept, links

from bot.domain.attachments import MEGABYTE


def plays(story):
    asyncio.run(story)


async def answers(browser, *files, title="Skriv til Mia", htmx=False, **fields):
    """With the form of the card that opens under this heading."""
    tag = next(form for form in re.findall(r'<form class="fields".*?</form>', browser.html, re.DOTALL) if title in form)
    assert 'enctype="multipart/form-data"' in tag
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', tag))
    assert hidden["knap"] in re.search(r'<button class="main" name="knap" value="([^"]*)"', tag)[1]
    action = re.search(r'action="([^"]+)"', tag)[1]
    headers = {"hx-request": "true"} if htmx else {}
    sent = [("fil", each) for each in files] or [("fil", ("", b"", "application/octet-stream"))]
    answer = await browser.client.post(action, data=hidden | fields, files=sent, headers=headers)
    return await browser.open(answer.headers["location"]) if answer.status_code == 303 else answer


async def at_the_card(stage):
    mia, sam = await claimed(stage)
    await sam.open("/kanal/omsorg-nord")
    return mia, sam


@pytest.mark.parametrize("htmx", [False, True])
def test_an_answer_on_a_card_takes_files_along(stage, htmx):
    async def story():
        mia, sam = await at_the_card(stage)
        await answers(sam, PICTURE, htmx=htmx, text="prøv sådan")
        for browser, path in ((mia, "/"), (mia, "/sag/1"), (sam, "/kanal/omsorg-nord/1")):
            await browser.open(path)
            [(href, name, _)] = links(browser)
            assert name == "foto.png"
            assert "prøv sådan" in words(browser.html)
            assert (await browser.client.get(href)).content == PNG

    plays(story())


def test_a_note_on_a_card_takes_files_along_and_the_employee_gets_none(stage):
    async def story():
        mia, sam = await at_the_card(stage)
        await answers(sam, PICTURE, title="Intern note", text="kun os")
        await sam.open("/sag/1")
        [(href, *_)] = links(sam)
        await mia.open("/sag/1")
        assert links(mia) == []
        assert (await mia.client.get(href)).status_code == 404

    plays(story())


def test_the_employee_writes_on_her_own_card_with_a_file(stage):
    async def story():
        mia, sam = await at_the_card(stage)
        await mia.open("/")
        await answers(mia, PICTURE, title="Skriv til Sam", text="se her")
        assert [each[1] for each in links(mia)] == ["foto.png"]
        await sam.open("/sag/1")
        assert [each[1] for each in links(sam)] == ["foto.png"]

    plays(story())


def test_without_a_file_an_answer_is_as_it_always_was_and_without_a_word_the_file_is_one(stage):
    async def story():
        mia, sam = await at_the_card(stage)
        await answers(sam, text="bare et ord")
        await sam.open("/kanal/omsorg-nord")
        await answers(sam, ("kun-fil.png", PNG, ""), text="")
        await mia.open("/sag/1")
        assert "bare et ord" in words(mia.html)
        assert [each[1] for each in links(mia)] == ["kun-fil.png"]

    plays(story())


REFUSED = [
    (("virus.exe", b"MZ", ""), "virus.exe kan ikke vedhæftes"),
    (("stor.log", b"x" * (MEGABYTE + 1), ""), "stor.log kunne ikke komme med: filerne må fylde højst 1 MB i alt"),
    (("i-dag.log", b"x" * MEGABYTE, ""), "i-dag.log kunne ikke komme med: du kan højst vedhæfte"),
]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(("file", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_a_file_that_is_refused_is_named_beside_the_words(stage, file, said, htmx):
    async def story():
        stage.parts = replace(stage.parts, attachment_room=MEGABYTE, attached_a_day=MEGABYTE - 1)
        stage.open()
        _, sam = await at_the_card(stage)
        before = stage.posts.newest()
        answer = await answers(sam, file, htmx=htmx, text="ordene bliver stående")
        assert answer.status_code == 422
        assert "ordene bliver stående</textarea>" in answer.text
        assert said in words(answer.text)
        assert '<details class="attach"' in answer.text
        assert (kept(stage), stage.posts.newest()) == ([], before)

    plays(story())


def test_an_answer_that_is_too_long_comes_back_and_the_files_are_to_be_chosen_again(stage):
    async def story():
        _, sam = await at_the_card(stage)
        answer = await answers(sam, PICTURE, text="x" * 4001)
        assert answer.status_code == 422
        assert "Det er for langt. Skriv det på højst 4000 tegn. Vælg filerne igen, før du sender." in words(answer.text)
        assert kept(stage) == []

    plays(story())


def test_with_an_answer_that_is_refused_no_file_is_left(stage):
    async def story():
        mia, sam = await at_the_card(stage)
        await mia.open("/")
        await mia.presses("Jeg har ikke brug for hjælp længere")
        await answers(sam, PICTURE, text="for sent")
        assert kept(stage) == []

    plays(story())


def test_nobody_else_puts_a_file_on_the_card(stage):
    async def story():
        _, sam = await at_the_card(stage)
        liv = stage.browser("liv")
        await liv.open("/")
        tag = re.search(r'<form class="composer".*?</form>', liv.html, re.DOTALL)[0]
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', tag))
        form = hidden | {"knap": "comment:1:employee", "text": "smugler"}
        await liv.client.post("/tryk", data=form, files=[("fil", PICTURE)])
        assert kept(stage) == []
        answer = await stage.browser().client.post("/tryk", data=form, files=[("fil", PICTURE)])
        assert answer.status_code == 401
        await sam.open("/sag/1")
        assert links(sam) == []

    plays(story())
