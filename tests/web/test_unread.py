"""What is new in the list beside a conversation: counted until it was before one's eyes, and never one's own."""

import asyncio
import re
from dataclasses import replace

from skeleton import words
from test_story import QUESTION

from bot.domain.commands import AskPerson, Claim, Comment, Delivery, Kind, Place
from bot.domain.people import PersonId

TEXT = '{"is": "Message", "text": ["hej"]}'
ELSEWHERE = "/kanal/omsorg-nord"  # a page with the list, where the bot's own words are not shown
SAM = Place("web", Kind.DIRECT, PersonId("sam"))


def plays(story):
    asyncio.run(story)


def does(stage, who, command):
    place = Place("web", Kind.DIRECT, PersonId(who))
    stage.attend(Delivery("web", f"u{stage.posts.newest()}", PersonId(who), place, command, stage.hands.now()))


def new(page):
    """What is marked as new, by the name of the entry."""
    entries = re.findall(r'<a class="entry".*?</a>', page.text, re.DOTALL)
    found = {}
    for each in entries:
        if count := re.search(r'class="unread">([^<]+)<span class="hidden"> (\w+)', each):
            name = words(re.search(r"<b>(.*?) <span", each, re.DOTALL)[1]).split(" · ")[-1].strip()
            found[name] = (count[1], count[2])
    return found


def test_what_others_write_is_new_until_it_was_looked_at(stage):
    async def story():
        does(stage, "mia", AskPerson(QUESTION))
        sam = stage.browser("sam")
        assert new(await sam.open("/")) == {}, "whoever comes for the first time begins now"
        does(stage, "liv", AskPerson("omsorgsjournalen viser den forkerte dato"))
        does(stage, "oluf", AskPerson("omsorgsjournalen er langsom"))
        [(name, mark)] = new(await sam.open("/")).items()
        assert mark == ("2", "ulæste"), name
        assert new(await sam.open("/kanal/omsorg-nord")) == {}
        assert new(await sam.open("/")) == {}

    plays(story())


def test_to_somebody_else_it_is_still_new(stage):
    async def story():
        sam, sue = stage.browser("sam"), stage.browser("sue")
        for browser in (sam, sue):
            await browser.open("/")
        does(stage, "mia", AskPerson(QUESTION))
        await sam.open("/kanal/omsorg-nord")
        assert new(await sam.open("/")) == {}
        assert [mark for mark, _ in new(await sue.open("/")).values()] == ["1"]

    plays(story())


def test_the_bots_words_are_new_on_another_page_and_ones_own_are_not(stage):
    async def story():
        sam = stage.browser("sam")
        await sam.open("/")
        stage.posts.put(SAM, "own", "sam", TEXT, stage.hands.now())
        assert new(await sam.open(ELSEWHERE)) == {}
        stage.posts.put(SAM, "bots", "", TEXT, stage.hands.now())
        assert [mark for mark, _ in new(await sam.open(ELSEWHERE)).values()] == ["1"]

    plays(story())


def test_older_pages_do_not_make_the_newest_read(stage):
    async def story():
        sam = stage.browser("sam")
        await sam.open("/")
        does(stage, "mia", AskPerson(QUESTION))
        await sam.open("/kanal/omsorg-nord?foer=1")
        assert new(await sam.open("/"))

    plays(story())


def test_beyond_twenty_it_only_says_that_there_are_more(stage):
    async def story():
        sam = stage.browser("sam")
        await sam.open("/")
        place = Place("web", Kind.CHANNEL, "omsorg-nord")
        for nth in range(25):
            stage.posts.put(place, f"k{nth}", "", TEXT, stage.hands.now())
        assert [mark for mark, _ in new(await sam.open("/")).values()] == ["20+"]

    plays(story())


def test_in_english(stage):
    known = stage.knowledge.known
    sam = replace(known.organisation.people["sam"], language="en")
    people = known.organisation.people | {"sam": sam}
    stage.knowledge.known = replace(known, organisation=replace(known.organisation, people=people))

    async def story():
        browser = stage.browser("sam")
        await browser.open("/")
        stage.posts.put(SAM, "bots", "", TEXT, stage.hands.now())
        assert list(new(await browser.open(ELSEWHERE)).values()) == [("1", "unread")]

    plays(story())


async def at_two_tickets(stage):
    """Of Mia's, both claimed; she has read all of it."""
    for number, text in ((1, QUESTION), (2, "omsorgsjournalen er langsom")):
        does(stage, "mia", AskPerson(text))
        does(stage, "sam", Claim(number))
    mia = stage.browser("mia")
    await mia.open("/")
    return mia


def answers(stage, number, text="Prøv at genstarte"):
    does(stage, "sam", Comment(number, text, "employee"))


def test_an_answer_that_was_read_on_the_page_of_its_ticket_is_not_new_in_the_conversation(stage):
    async def story():
        mia = await at_two_tickets(stage)
        answers(stage, 1)
        assert [mark for mark, _ in new(await mia.open("/sag/2")).values()] == ["1"]
        page = await mia.open("/sag/1")
        assert "Prøv at genstarte" in words(page.text)
        assert new(page) == {}, "it stands before her"
        assert new(await mia.open("/sag/2")) == {}
        answers(stage, 1, "Virker det nu?")
        assert [mark for mark, _ in new(await mia.open("/sag/2")).values()] == ["1"], "what comes after is new again"

    plays(story())


def test_an_answer_that_was_read_in_the_conversation_is_not_new_elsewhere(stage):
    async def story():
        mia = await at_two_tickets(stage)
        answers(stage, 1)
        await mia.open("/")
        assert new(await mia.open("/sag/2")) == {}

    plays(story())


def test_with_one_ticket_nothing_of_another_is_read(stage):
    async def story():
        mia = await at_two_tickets(stage)
        answers(stage, 1)
        answers(stage, 2)
        stage.posts.put(Place("web", Kind.DIRECT, "mia"), "bots", "", TEXT, stage.hands.now())
        assert [mark for mark, _ in new(await mia.open("/sag/1")).values()] == ["2"]

    plays(story())


def test_one_who_only_oversees_a_ticket_marks_nobodys_conversation(stage):
    async def story():
        mia, ivo = await at_two_tickets(stage), stage.browser("ivo")
        await ivo.open("/")
        answers(stage, 1)
        stage.posts.put(Place("web", Kind.DIRECT, "ivo"), "bots", "", TEXT[:-1] + ', "about": "#1"}', stage.hands.now())
        await ivo.open("/sag/1")
        for browser in (mia, ivo):
            assert [mark for mark, _ in new(await browser.open("/sag/2")).values()] == ["1"]

    plays(story())


def test_more_than_twenty_that_were_read_on_a_page_hide_none_after_them(stage):
    async def story():
        mia = await at_two_tickets(stage)
        for nth in range(25):
            answers(stage, 1, f"nummer {nth}")
        await mia.open("/sag/1")
        answers(stage, 2)
        assert [mark for mark, _ in new(await mia.open("/sag/1")).values()] == ["1"]

    plays(story())
