"""The knowledge desk: how articles do, what is missing, and why a question finds what it finds, before and after an edit."""

import asyncio
import re
import threading
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
import yaml
from skeleton import words
from test_streams import PATIENCE

from bot.app.trying import LiveTrying
from bot.domain.articles import Answer, NoAnswer, Suggestions
from bot.domain.commands import Ask, AskPerson, Claim, Delivery, ItDidNotHelp, Kind, Place, Resolve
from bot.domain.people import PersonId, Role
from bot.domain.refusals import Refused

HIDDEN = "nulstil-mfa-kollega"  # for IT alone
FOR_IT = "nulstille mfa for en kollega"
ASKED = "kaffemaskinen i vagtstuen blinker"
EDIT = """\
- id: kaffemaskine
  questions:
    - Kaffemaskinen i vagtstuen blinker
    - kaffemaskinen vil ikke brygge
    - maskinen i vagtstuen blinker rødt
  answer: Fyld vand på, og tryk på den blå knap.
"""


def plays(story):
    asyncio.run(story)


@pytest.fixture
def does(stage):
    def act(who, command):
        place = Place("web", Kind.DIRECT, who)
        key = f"k{len(stage.store._shelves.events)}-{who}-{type(command).__name__}-{stage.hands.at}"
        outcome = stage.attend(Delivery("web", key, PersonId(who), place, command, stage.hands.now()))
        assert not isinstance(outcome, Refused), outcome
        return outcome

    return act


def test_articles_are_shown_with_their_use_and_the_filter_is_in_the_address(stage, does):
    async def story():
        question = does("mia", Ask("jeg har glemt min adgangskode")).case_id.removeprefix("Q-")
        does("mia", ItDidNotHelp(question))
        stage.passes(_minutes(1))
        browser = stage.browser("ivo")
        page = (await browser.open("/viden")).text
        assert "100 %" in page
        assert "adgangskode-glemt" in page
        failing = (await browser.open("/viden?vis=hjalp-ikke")).text
        assert "adgangskode-glemt" in failing
        assert failing.count('<th scope="row">') == 1
        idle = (await browser.open("/viden?vis=aldrig")).text
        assert "adgangskode-glemt" not in idle
        assert (await browser.open("/viden?vis=whatever")).status_code == 200

    plays(story())


def test_a_question_is_tried_with_the_share_of_each_score_and_nothing_is_kept(stage):
    async def story():
        before = len(stage.store._shelves.questions)
        page = (await stage.browser("ivo").open("/viden?q=jeg+har+glemt+min+adgangskode")).text
        ranked = re.findall(r'<li class="ranked">.*?</li>', page, re.DOTALL)
        assert len(ranked) == 3
        assert "Svarer" in ranked[0]
        assert all(each in ranked[0] for each in ("Bogstavfølger", "Stavemåde", "Afstand til de andre"))
        assert "Svarer" not in ranked[1]
        assert len(stage.store._shelves.questions) == before

    plays(story())


def test_what_the_page_says_of_a_candidate_is_what_people_would_be_shown(stage, search):
    """Also where a system asks for more than the house does, or a small lead only suggests."""

    async def story():
        for question in (
            "jeg har glemt min adgangskode",
            "printeren",
            "hvad koster en hest",
            "bestil kaffe til et møde",
        ):
            visible = frozenset(
                each.id
                for each in stage.knowledge.known.articles.values()
                if each.is_for(stage.knowledge.known.organisation.people[PersonId("ivo")])
            )
            page = (await stage.browser("ivo").open(f"/viden?q={question}")).text
            said = re.findall(r'<span class="state [^"]*">.*?</svg>([^<]+)</span><small>', page, re.DOTALL)
            match search.find(question, visible):
                case Answer():
                    assert said.count("Svarer") == 1
                case Suggestions(articles):
                    assert said.count("Foreslås") == len(articles)
                case NoAnswer():
                    assert not {"Svarer", "Foreslås"} & set(said)

    plays(story())


def test_what_is_for_it_alone_is_shown_to_no_superuser_whatever_is_tried(stage):
    async def story():
        own, others = stage.browser("ivo"), stage.browser("sam")
        assert HIDDEN in (await own.open("/viden")).text
        for address in ("/viden", f"/viden?q={FOR_IT}", "/viden?vis=aldrig", "/viden/huller"):
            page = (await others.open(address)).text
            assert HIDDEN not in page
            assert stage.knowledge.known.articles[HIDDEN].title() not in unescape(page)
        await others.open(f"/viden?q={FOR_IT}")
        edit = "- id: {}\n  questions: [noget helt andet]\n  answer: x\n"
        near = edit.format("min-egen") + f"  see_also: [{HIDDEN[:-1]}]\n"
        page = (await others.sends('class="fields"', {"yaml": near})).text
        assert f"{HIDDEN}?" not in page, "a near name would tell that there is one"
        page = (await others.sends('class="fields"', {"yaml": edit.format(HIDDEN)})).text
        assert stage.knowledge.known.articles[HIDDEN].title() not in unescape(page)

    plays(story())


def test_an_edit_is_tried_before_and_after_and_nothing_is_kept(stage, known):
    async def story():
        browser = stage.browser("ivo")
        await browser.open(f"/viden?q={ASKED}")
        page = (await browser.sends('class="fields"', {"yaml": EDIT})).text
        moves = re.findall(r'<tr><th scope="row">([^<]+)</th><td class="r">([^<]+)</td><td class="r">([^<]+)</td></tr>', page)  # fmt: skip
        assert moves[0][:2] == ("kaffemaskine", "–")
        assert int(moves[0][2].removesuffix(" %")) >= 50
        assert "Rækkefølgen før" in page
        assert unescape(page).count(EDIT) == 1, "what was pasted stays in its field"
        assert stage.knowledge.known.articles == known.articles
        assert "kaffemaskine" not in (await browser.open("/viden")).text

    plays(story())


class Slow:
    """A search in which an edit is tried until the test says that it is done."""

    def __init__(self, search):
        self.limits, self.find, self.explain = search.limits, search.find, search.explain
        self.begun, self.done = threading.Event(), threading.Event()

    def trial(self, *_):
        self.begun.set()
        self.done.wait(PATIENCE)
        return self

    def close(self):
        pass


@pytest.mark.parametrize(("who", "says"), [("sam", "Nogen prøver en rettelse lige nu"), ("grace", "Somebody is trying an edit just now")])  # fmt: skip
def test_whoever_tries_while_somebody_tries_does_not_wait_in_a_thread_of_the_pages(stage, search, who, says):
    slow = Slow(search)
    stage.parts = replace(stage.parts, trying=LiveTrying(slow, lambda: (), tuple))
    known = stage.knowledge.known
    people = dict(known.organisation.people)
    people[who] = replace(people[who], roles=people[who].roles | {Role.IT})
    stage.knowledge.known = replace(known, organisation=replace(known.organisation, people=people))
    stage.open()

    async def story():
        first, second = stage.browser("ivo"), stage.browser(who)
        for browser in (first, second):
            await browser.open(f"/viden?q={ASKED}")
        trying = asyncio.create_task(first.sends('class="fields"', {"yaml": EDIT}))
        assert await asyncio.to_thread(slow.begun.wait, PATIENCE)
        answer = await second.sends('class="fields"', {"yaml": EDIT})
        assert answer.status_code == 429
        assert says in words(answer.text)
        assert EDIT in unescape(answer.text), "what was pasted stays in its field"
        slow.done.set()
        assert (await trying).status_code == 200
        assert (await second.sends('class="fields"', {"yaml": EDIT})).status_code == 200

    plays(story())


@pytest.mark.parametrize(("pasted", "line"), [("- id: x\n  questions: [a]\n", "yaml:1 x: answer mangler"), ("- id: [", "yaml:2 yaml: er ikke YAML"), ("tekst", "er ikke en liste")])  # fmt: skip
def test_what_cannot_be_read_is_told_by_line_and_comes_back(stage, pasted, line):
    async def story():
        browser = stage.browser("sam")
        await browser.open(f"/viden?q={ASKED}")
        page = await browser.sends('class="fields"', {"yaml": pasted})
        assert page.status_code == 422
        assert line in page.text
        assert pasted.strip() in unescape(page.text)

    plays(story())


def test_what_is_pasted_is_shown_as_words_and_never_as_a_page(stage):
    async def story():
        browser = stage.browser("sam")
        await browser.open("/viden?q=<script>alert(1)</script>")
        assert "<script>alert" not in browser.html
        page = (await browser.sends('class="fields"', {"yaml": "</textarea><script>alert(2)</script>"})).text
        assert "<script>alert" not in page

    plays(story())


def test_gaps_stand_with_yaml_ready_and_name_nobody(stage, does):
    async def story():
        for number, who in ((1, "mia"), (2, "liv")):
            does(who, AskPerson("omsorgsjournalen viser alle navne som små firkanter hos Sam"))
            stage.passes(_minutes(1))
            does("sam", Claim(number))
            stage.passes(_minutes(10))
            does("sam", Resolve(number, "Skift skrifttype under Vis. Ring til Sue på 12 34 56 78."))
        page = (await stage.browser("sam").open("/viden/huller")).text
        assert "2 har spurgt, og det har kostet 20 min. af kollegers tid" in page
        (draft,) = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
        (article,) = yaml.safe_load(unescape(draft))
        assert article["answer"] == "Skift skrifttype under Vis. Ring til [navn] på [telefon].\n"
        assert article["questions"] == ["omsorgsjournalen viser alle navne som små firkanter hos [navn]"]
        others = (await stage.browser("lone").open("/viden/huller")).text
        assert "firkanter" not in others, "of another system"

    plays(story())


@pytest.mark.parametrize("address", ["/viden", "/viden?q=adgangskode", "/viden/huller"])
def test_both_languages_have_the_same_bones(stage, address):
    async def story():
        page = (await stage.browser("ivo").open(address)).text
        assert page.count("<h1") == page.count("<main") == 1
        assert words(page)

    plays(story())


def _minutes(count):
    return timedelta(minutes=count)
