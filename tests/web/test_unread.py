"""What is new in the list beside a conversation: counted until it was before one's eyes, and never one's own."""

import asyncio
import re
from collections import Counter
from dataclasses import replace

import pytest
from reached import reached
from skeleton import words
from test_story import QUESTION

from bot.domain.commands import AskPerson, Claim, Comment, Delivery, Kind, Place
from bot.domain.people import PersonId
from bot.web.frame import Frame
from bot.web.unread import shown
from bot.web.visitor import Visitor

TEXT = '{"is": "Message", "text": ["hej"]}'
ELSEWHERE = "/kanal/omsorg-nord"  # a page with the list, where the bot's own words are not shown
SAM, MIA = (Place("web", Kind.DIRECT, PersonId(name)) for name in ("sam", "mia"))


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


def told(stage, number, count):
    """The last of so many posts about a ticket."""
    about = TEXT[:-1] + f', "about": "#{number}"}}'
    return [stage.posts.put(MIA, "", "", about, stage.hands.now()) for _ in range(count)][-1]


@pytest.fixture
def asked(stage, monkeypatch):
    """By name, what posts and marks are asked from here on."""
    counted = Counter()

    def count(of, name):
        real = getattr(of, name)

        def noted(*words):
            counted[name] += 1
            return real(*words)

        monkeypatch.setattr(of, name, noted)

    for of, name in (
        (stage.posts, "above"),
        *((stage.parts.marks, each) for each in ("reached_under", "reach")),
    ):
        count(of, name)
    return counted


def test_twenty_that_were_read_on_a_page_and_thirty_after_them_are_more_than_twenty(stage):
    async def story():
        mia = await at_two_tickets(stage)
        told(stage, 1, 20)
        await mia.open("/sag/1")
        told(stage, 2, 30)
        assert [mark for mark, _ in new(await mia.open("/sag/1")).values()] == ["20+"]

    plays(story())


def test_what_was_read_on_the_pages_of_many_tickets_is_one_question(stage, asked):
    async def story():
        mia = await at_two_tickets(stage)
        for number in range(3, 15):
            stage.parts.marks.reach(PersonId("mia"), replace(MIA, thread=str(number)), told(stage, number, 1))
        asked.clear()
        assert new(await mia.open("/sag/2")) == {}
        assert asked["reached_under"] == 2, "for the page, and for the list"
        assert asked["above"] == 1

    plays(story())


def test_a_conversation_that_is_never_opened_is_not_gone_through_again(stage, asked):
    async def story():
        mia = await at_two_tickets(stage)
        last = told(stage, 1, 1500)
        asked.clear()
        await mia.open("/sag/1")
        assert asked["above"] <= 4, "however much there is"
        while reached(stage.parts.marks, PersonId("mia"), MIA) < last:
            before = asked["above"]
            await mia.open("/sag/1")
            assert 0 < asked["above"] - before <= 4
            assert asked["above"] < 20
        asked.clear()
        assert new(await mia.open("/sag/2")) == {}
        assert asked["above"] == 1
        told(stage, 2, 1)
        assert [mark for mark, _ in new(await mia.open("/sag/1")).values()] == ["1"]

    plays(story())


def test_past_ones_own_words_and_what_is_for_somebody_else_the_mark_moves_on(stage):
    async def story():
        sam, north = stage.browser("sam"), Place("web", Kind.CHANNEL, "omsorg-nord")
        await sam.open("/")
        stage.posts.put(north, "", "sam", TEXT, stage.hands.now())
        passed = stage.posts.put(north, "", "", TEXT[:-1] + ', "only_for": "sue"}', stage.hands.now())
        for _ in range(2):
            stage.posts.put(north, "", "", TEXT, stage.hands.now())
            assert new(await sam.open("/"))
            assert reached(stage.parts.marks, PersonId("sam"), north) == passed

    plays(story())


def test_past_what_is_still_new_the_conversation_is_not_read(stage):
    async def story():
        mia = await at_two_tickets(stage)
        begun = reached(stage.parts.marks, PersonId("mia"), MIA)
        first = told(stage, 1, 2)
        told(stage, 2, 1)
        last = told(stage, 1, 1)
        assert reached(stage.parts.marks, PersonId("mia"), MIA) == begun
        await mia.open("/sag/1")
        assert stage.parts.marks.reached_under(PersonId("mia"), MIA) == {"": first, "1": last}

    plays(story())


@pytest.mark.parametrize("address", ["/", "/sag/2"])
def test_who_opened_which_ticket_is_not_kept_longer_than_it_is_of_use(stage, address):
    """In the conversation, or when nothing else is new there."""

    async def story():
        mia = await at_two_tickets(stage)
        told(stage, 2, 1)
        last = told(stage, 1, 1)
        await mia.open("/sag/1")
        assert "1" in stage.parts.marks.reached_under(PersonId("mia"), MIA)
        await mia.open(address)
        assert stage.parts.marks.reached_under(PersonId("mia"), MIA) == {"": last}

    plays(story())


def test_a_thread_leaves_no_mark(stage):
    """It is in nobody's list."""
    sam = Visitor(stage.knowledge.known.organisation.people[PersonId("sam")], "s")
    thread = Place("web", Kind.THREAD, "omsorg-nord", "1")
    shown(Frame(stage.parts), sam, thread, 1)
    assert reached(stage.parts.marks, PersonId("sam"), thread) is None


def test_a_page_on_which_nothing_has_changed_writes_nothing(stage, asked):
    async def story():
        mia = await at_two_tickets(stage)
        told(stage, 2, 1)
        told(stage, 1, 1)
        for address in ("/sag/1", "/sag/2", "/"):
            await mia.open(address)
            asked.clear()
            await mia.open(address)
            assert asked["reached_under"]
            assert not asked["reach"], address

    plays(story())
