"""What happened to a ticket stands on its page, in words and in order, for those who help and for nobody else."""

import asyncio
import re
from dataclasses import MISSING, fields, replace
from datetime import timedelta

import httpx
import pytest
from skeleton import words
from test_story import QUESTION, opened
from test_streams import PATIENCE, Ear, asks, running
from web_stage import MORNING

from bot.desk.viewing import ticket_page
from bot.domain.commands import (
    AskPerson,
    Claim,
    Comment,
    Confirm,
    Delivery,
    Escalate,
    HandOver,
    Hold,
    Kind,
    Place,
    Release,
    Reopen,
    Report,
    Resolve,
    Resume,
)
from bot.domain.events import HAPPENED, Corrected, Event, Routed, Voided
from bot.domain.people import PersonId
from bot.domain.refusals import Refused
from bot.web.danish import WORDS
from bot.web.timeline import timeline
from bot.wording.say import Voice

REPORT = Report("B", "24-11 9.00", "Hjemmeplejen Nord", "40", "Genstart", "Åbn listen", "Ivo")
TO_MIA, INTERNAL, NOTE, WHY = (
    "Er det alle navne?",
    "hun har gammel skærm",
    "Det er en fejl i systemet",
    "Nu er de væk igen",
)
SOLUTION = "Tegnsættet er sat tilbage"


@pytest.fixture
def over(stage):
    """From the first offer to the end, with everything that can happen on the way."""
    steps = [
        ("mia", AskPerson(QUESTION)),
        ("sam", Claim(1)),
        ("sam", Release(1)),
        ("sam", Claim(1)),
        ("sam", Comment(1, TO_MIA, "employee")),
        ("sam", Comment(1, INTERNAL, "internal")),
        ("sam", Hold(1)),
        ("sam", Resume(1)),
        ("sam", Escalate(1, NOTE)),
        ("ivo", Claim(1)),
        ("ivo", HandOver(1, REPORT)),
        ("ivo", Resolve(1, SOLUTION)),
        ("mia", Reopen(1, WHY)),
        ("ivo", Resolve(1, SOLUTION)),
        ("mia", Confirm(1)),
    ]
    for nth, (who, command) in enumerate(steps):
        place = Place("web", Kind.DIRECT, who)
        outcome = stage.attend(Delivery("web", f"t{nth}", PersonId(who), place, command, stage.hands.now()))
        assert not isinstance(outcome, Refused), outcome
        stage.hands.at += timedelta(minutes=1)
    return stage


def plays(story):
    asyncio.run(story)


def rows(html):
    table = re.search(r'<details[^>]*id="forloeb".*?</details>', html, re.DOTALL)[0]
    every = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
    return [" | ".join(words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)) for row in every]


def test_whoever_helps_reads_the_whole_course_of_a_ticket(over):
    async def story():
        ivo = over.browser("ivo")
        await ivo.open("/sag/1")
        assert "Forløb: 22 hændelser" in words(ivo.html)
        assert [each.removeprefix("ti 24-11 ") for each in rows(ivo.html)] == [
            "09:30 | Sagen oprettet | Mia | ",
            "09:30 | Tilbudt Omsorg, Nord | Driftsvagt | ",
            "09:31 | Sagen taget | Sam | ",
            "09:32 | Givet tilbage til Omsorg, Nord | Sam | ",
            "09:33 | Sagen taget | Sam | ",
            "09:34 | Kommentar | Sam | ",
            "09:35 | Intern note | Sam | ",
            "09:36 | Sat på hold: afventer medarbejder | Sam | ",
            "09:37 | Genoptaget | Sam | ",
            "09:38 | Sendt videre til It & Digitalisering | Sam | begrundelsen står nedenfor",
            "09:38 | Intern note | Sam | ",
            "09:39 | Sagen taget | Ivo | ",
            "09:40 | Overgivet til leverandøren som S-1 | Ivo | ",
            "09:40 | Sat på hold: afventer leverandør | Ivo | ",
            "09:41 | Genoptaget | Ivo | ",
            "09:41 | Løst | Ivo | ",
            "09:42 | Genåbnet | Mia | begrundelsen står nedenfor",
            "09:42 | Sat på hold: afventer leverandør | Ivo | ",
            "09:42 | Kommentar | Mia | ",
            "09:43 | Genoptaget | Ivo | ",
            "09:43 | Løst | Ivo | ",
            "09:44 | Lukket | Mia | medarbejderen bekræftede, at det virker",
        ]

    plays(story())


def test_what_was_written_is_not_repeated_in_it(over):
    async def story():
        sue = over.browser("sue")
        await sue.open("/sag/1")
        course = " ".join(rows(sue.html))
        for said in (TO_MIA, INTERNAL, NOTE, WHY, SOLUTION):
            assert said in words(sue.html)
            assert said not in course

    plays(story())


def test_the_employee_never_sees_it(over):
    async def story():
        mia = over.browser("mia")
        await mia.open("/sag/1")
        assert "forloeb" not in mia.html
        assert "Intern note" not in words(mia.html)

    plays(story())
    mia = over.desk.knowledge.now().organisation.people[PersonId("mia")]
    assert ticket_page(over.desk, mia, 1).events == ()


def test_a_superuser_who_asked_herself_is_an_employee_here(stage):
    place = Place("web", Kind.DIRECT, "sue")
    stage.attend(Delivery("web", "k", PersonId("sue"), place, AskPerson(QUESTION), stage.hands.now()))

    async def story():
        page = await stage.browser("sue").open("/sag/1")
        assert page.status_code == 200
        assert "forloeb" not in page.text

    plays(story())


def test_what_time_does_stands_there_too(stage):
    async def story():
        await opened(stage)
        stage.passes(timedelta(hours=2))
        ivo = stage.browser("ivo")
        await ivo.open("/sag/1")
        assert "| Tilbudt It & Digitalisering | Driftsvagt | ingen superbruger tog den i tide" in " ".join(
            rows(ivo.html)
        )
        await ivo.presses("Jeg tager den")
        await ivo.open("/sag/1")
        await ivo.presses("Løst", {"solution": SOLUTION})
        stage.passes(timedelta(days=14))
        sam = stage.browser("sam")
        await sam.open("/sag/1")
        assert rows(sam.html)[-1].endswith("| Lukket | Driftsvagt | ingen sagde, at det ikke virkede")

    plays(story())


def test_a_page_that_is_open_hears_of_it(stage):
    asks(stage)
    with running(stage) as (address, *_):
        stage.doors.begin("session-of-sue", PersonId("sue"), stage.hands.now() + timedelta(days=1))
        params = {"sted": "web:direct:sue", "side": "1", "sag": "sag-1", "fra": str(stage.posts.newest())}
        with (
            httpx.Client(base_url=address, cookies={"driftsvagt": "session-of-sue"}, timeout=PATIENCE) as client,
            client.stream("GET", "/stroem", params=params) as answer,
        ):
            ear = Ear(answer)
            ear.next()
            sam = Place("web", Kind.DIRECT, "sam")
            stage.attend(Delivery("web", "k2", PersonId("sam"), sam, Claim(1), stage.hands.now()))
            _, html = ear.hears("Sagen taget")
            assert 'hx-target="#sag-kort" hx-swap="innerMorph"' in html


def sample(kind):
    """One of its kind, with what it must have."""
    if kind is Routed:
        return Routed("it")
    values = {str: "x", int: 1, bool: True}
    return kind(**{each.name: values[each.type] for each in fields(kind) if each.default is MISSING})


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_event_has_words_in_both_languages(over, language):
    ivo = over.desk.knowledge.now().organisation.people[PersonId("ivo")]
    page = ticket_page(over.desk, ivo, 1)
    voice = Voice(replace(page.picture, reader=replace(ivo, language=language)))
    whats = [sample(kind) for kind in HAPPENED.values()]
    events = [
        Event(
            f"#1/{n}", "#1", what, MORNING, MORNING, corrects="#1/1" if isinstance(what, Corrected | Voided) else None
        )
        for n, what in enumerate(whats, start=1)
    ]
    for step, event in zip(timeline(voice, replace(page, events=tuple(events))), events, strict=True):
        assert step.what.strip(), event.type
        assert "{" not in step.what


@pytest.mark.parametrize(
    "why", ["offered", "nobody_present", "no_superusers", "unknown_system", "not_covered", "unclaimed", "released", "left", "inactive", "escalated"],
)  # fmt: skip
def test_why_it_was_offered_is_said_in_words(over, why):
    ivo = over.desk.knowledge.now().organisation.people[PersonId("ivo")]
    page = ticket_page(over.desk, ivo, 1)
    for language in ("da", "en"):
        voice = Voice(replace(page.picture, reader=replace(ivo, language=language)))
        for group, named in (("it", "It & Digitalisering"), ("gone", "gone"), ("", WORDS["party.it"])):
            event = Event("#1/1", "#1", Routed("it", group, why), MORNING, MORNING)
            (step,) = timeline(voice, replace(page, events=(event,)))
            assert named in step.what or language == "en"
            assert why not in step.why
