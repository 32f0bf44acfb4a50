"""The story in a browser without a script: asked, handed over, claimed, answered, solved, sent on to a supplier."""

import asyncio

import pytest
from skeleton import words

QUESTION = "omsorgsjournalen viser alle navne som små firkanter"
REPORT = {
    "severity": "B",
    "since": "24-11 9.00",
    "who": "Hjemmeplejen Nord",
    "how_many": "ca. 40",
    "tried": "Genstart",
    "steps": "Åbn listen",
    "contact": "Ivo",
}


def plays(story):
    asyncio.run(story)


async def opened(stage):
    """A ticket of Mia's, offered to the superusers of her system and site."""
    mia = stage.browser("mia")
    await mia.open("/")
    await mia.writes(f"menneske: {QUESTION}")
    return mia


def test_mia_asks_sam_helps_and_both_see_it(stage):
    async def story():
        mia = await opened(stage)
        assert "Venter på en superbruger" in words(mia.html)
        sam = stage.browser("sam")
        await sam.open("/kanal/omsorg-nord")
        assert QUESTION in words(sam.html)
        await sam.presses("Jeg tager den")
        assert "Du har den" in words(sam.html)
        await mia.open("/")
        assert "Sam har din sag" in words(mia.html)

        await sam.open("/kanal/omsorg-nord/1")
        await sam.writes("Er det alle navne?", "skriv-traad", audience="employee")
        assert "Sendt til Mia" in words(sam.html)
        await mia.open("/")
        assert "Er det alle navne?" in words(mia.html)

        await mia.open("/sag/1")
        await mia.writes("ja, dem alle sammen")
        await sam.open("/sag/1")
        assert "ja, dem alle sammen" in words(sam.html)
        await sam.presses("Løst", {"solution": "Skrifttypen er sat tilbage."})
        await mia.open("/")
        assert "Skrifttypen er sat tilbage." in words(mia.html)
        await mia.presses("Det virker")
        assert "Lukket" in words(mia.html)

    plays(story())


def test_what_is_internal_never_reaches_the_employee(stage):
    async def story():
        mia, sam = await opened(stage), stage.browser("sam")
        await sam.open("/kanal/omsorg-nord")
        await sam.presses("Jeg tager den")
        await sam.open("/kanal/omsorg-nord/1")
        await sam.writes("hun har vist to venstrehænder", "skriv-traad", audience="internal")
        assert "venstrehænder" in words(sam.html)
        for path in ("/", "/sag/1"):
            await mia.open(path)
            assert "venstrehænder" not in mia.html

    plays(story())


def test_the_second_to_claim_hears_it_alone(stage):
    async def story():
        await opened(stage)
        sam, sue = stage.browser("sam"), stage.browser("sue")
        await sam.open("/kanal/omsorg-nord")
        await sue.open("/kanal/omsorg-nord")
        await sam.presses("Jeg tager den")
        await sue.presses("Jeg tager den")
        assert "Kun du kan se dette. Sam tog #1" in words(sue.html)
        await sam.open("/kanal/omsorg-nord")
        assert "Kun du kan se dette" not in words(sam.html)

    plays(story())


def test_an_incomplete_fault_report_comes_back_with_what_was_typed_and_what_is_missing(stage):
    async def story():
        ivo = await at_it(stage)
        answer = await ivo.presses(
            "Send fejlmelding", REPORT | {"since": "i forgårs", "how_many": "mange", "steps": ""}
        )
        assert answer.status_code == 422
        said = words(answer.text)
        assert "Der mangler lidt" in said
        assert answer.text.count('class="wrong"') == 3
        assert 'value="i forgårs"' in answer.text
        assert "Genstart</textarea>" in answer.text
        assert 'value="B" required checked' in answer.text

        answer = await ivo.presses("Send fejlmelding", REPORT)
        assert answer.status_code == 200
        assert "S-1" in words(answer.text)
        assert stage.mails
        case = await ivo.open("/leverandoersag/1")
        assert case.status_code == 200
        await ivo.presses("Log det", {"note": "Talte med Ada", "source": "phone", "at": ""}, value=":acknowledged:")
        assert "Talte med Ada" in words(ivo.html)
        answer = await ivo.presses("Log det", {"source": "phone"}, value=":pause:")
        assert answer.status_code == 422
        assert answer.text.count('class="wrong"') == 1

    plays(story())


def test_with_a_script_only_the_card_comes_back_with_its_errors(stage):
    async def story():
        ivo = await at_it(stage)
        answer = await ivo.presses("Send fejlmelding", {}, htmx=True)
        assert answer.status_code == 422
        assert answer.text.lstrip().startswith("<li")
        assert "<html" not in answer.text
        assert 'class="wrong"' in answer.text
        assert " open hx-morph-skip>" in answer.text

    plays(story())


async def at_it(stage):
    """The ticket has been sent on, and Ivo has claimed it."""
    await opened(stage)
    sam, ivo = stage.browser("sam"), stage.browser("ivo")
    await sam.open("/kanal/omsorg-nord")
    await sam.presses("Jeg tager den")
    await sam.presses("Send", {"note": "Det er en fejl i systemet"})
    await ivo.open("/kanal/it")
    await ivo.presses("Jeg tager den")
    return ivo


@pytest.mark.parametrize("text", ["", "   \n ", "\u202e\u2066"])
def test_nothing_written_is_nothing_said(stage, text):
    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        page = await mia.writes(text)
        assert page.status_code == 200
        assert stage.posts.newest() == 0

    plays(story())


def test_too_long_a_message_comes_back_with_its_words(stage):
    async def story():
        mia = stage.browser("mia")
        await mia.open("/")
        page = await mia.writes("ø" * 4001)
        assert page.status_code == 422
        assert "ø" * 4001 in page.text
        assert stage.posts.newest() == 0

    plays(story())


def test_the_same_form_sent_twice_is_one_question(stage):
    async def story():
        mia = stage.browser("mia")
        first = await mia.open("/")
        await mia.writes("min skærm er sort")
        before = stage.posts.newest()
        mia.page = first
        await mia.writes("min skærm er sort")
        assert len([post for post in stage.posts.since(0) if post.author == "mia"]) == 1
        mia.page = first
        await mia.writes("min skærm er stadig sort")
        assert stage.posts.newest() > before + 1
        assert len([post for post in stage.posts.since(0) if post.author == "mia"]) == 2

    plays(story())
