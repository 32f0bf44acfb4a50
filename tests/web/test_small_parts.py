"""Small parts on their own: places, times, links, the way out, refusals beside fields, evidence that was corrected."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from skeleton import words
from test_pages import busy  # noqa: F401  # a stage with a supplier case
from test_posting import MIA, NORTH
from web_samples import COPENHAGEN, NOW
from web_stage import MORNING

from bot.desk.viewing import case_page
from bot.domain.clock import Status
from bot.domain.commands import Kind, Place
from bot.domain.events import Corrected, DuplicateOf, Event, Source
from bot.domain.notices import NumbersRemoved, Tell
from bot.domain.people import PersonId
from bot.domain.picture import Picture
from bot.domain.refusals import AlreadyClaimed, Incomplete, NothingSaid, NotUnderstood, TooLong
from bot.domain.supplier_case import CaseState
from bot.messengers.web.blocks import blocks
from bot.messengers.web.memory import MemoryPosts
from bot.messengers.web.places import may_read, read_place
from bot.messengers.web.post import put
from bot.messengers.web.render import initials, link_of, tint
from bot.messengers.web.send import WebOutlet
from bot.messengers.web.times import clock_time, day_heading
from bot.web.case_lines import case_tone
from bot.web.evidence import evidence
from bot.web.faults import field_errors
from bot.wording.message import Message, Strong
from bot.wording.say import Voice


def test_a_place_is_ones_own_or_ones_groups_and_a_mailbox_is_nobodys(stage):
    sam = stage.desk.knowledge.now().organisation.people[PersonId("sam")]
    mine = [Place("web", Kind.DIRECT, "sam"), NORTH, Place("web", Kind.THREAD, "omsorg-nord", "7")]
    others = [
        MIA,
        Place("web", Kind.CHANNEL, "it"),
        Place("mail", Kind.MAIL, "sam"),
        Place("web", Kind.MAIL, "sam"),
        Place("slack", Kind.DIRECT, "sam"),
    ]
    assert [may_read(sam, place) for place in (*mine, *others)] == [True] * 3 + [False] * 5


@pytest.mark.parametrize("text", ["", "web", "web:direct", "web:elsewhere:mia", "web:direct:a:b:c"])
def test_what_names_no_place_is_none(text):
    assert read_place(text) is None


def test_times_are_said_as_people_there_say_them():
    assert clock_time(NOW, COPENHAGEN, "da") == "9.46"
    assert clock_time(NOW, COPENHAGEN, "en") == "9:46"
    headings = {
        -1: "i går, søndag 22. november",
        0: "i dag, mandag 23. november",
        -2: "lørdag 21. november",
        -365: "søndag 23. november 2025",
    }
    for days, said in headings.items():
        assert day_heading(NOW + timedelta(days=days), NOW, COPENHAGEN, "da") == said
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert day_heading(late, NOW, COPENHAGEN, "en") == "today, Monday 23 November", "the local day counts"


def test_a_number_leads_to_its_page_and_in_a_channel_to_its_thread():
    assert link_of("#7", MIA) == "/sag/7"
    assert link_of("#7", NORTH) == "/kanal/omsorg-nord/7"
    assert link_of("S-7", NORTH) == "/leverandoersag/7"


def test_a_face_is_two_letters_and_always_the_same_colour():
    assert [initials(name) for name in ("Mia", "Mia Holm Berg", "å", "")] == ["Mi", "MB", "Å", "?"]
    assert tint("Mia") == tint("Mia")
    assert {tint(chr(letter)) for letter in range(65, 91)} == {1, 2, 3, 4, 5, 6}


def test_steps_and_points_are_lists_and_everything_else_is_paragraphs():
    text = ("Først:\n1. ", Strong("Tænd"), "\n2. Sluk\n\n- et\n• to\nslut\n\n   \n", Strong("fed"), " skrift")
    assert [(block.kind, len(block.lines)) for block in blocks(text)] == [
        ("p", 1),
        ("ol", 2),
        ("ul", 2),
        ("p", 1),
        ("p", 1),
    ]
    assert blocks(("2026-11-23 er en mandag", "\n12.30 er middag")) == blocks(
        ("2026-11-23 er en mandag\n12.30 er middag",)
    )


def test_the_way_out_can_say_what_went_and_wakes_whoever_listens(stage):
    woken = []
    outlet = WebOutlet(MemoryPosts())
    outlet.posted = lambda: woken.append(True)
    stage.desk = replace(stage.desk, outlets={"web": outlet})
    with stage.store.transaction() as ledger:
        ledger.queue([Tell(MIA, NumbersRemoved(1), "k")], MORNING)
    [row] = stage.store.waiting(MIA, MORNING)
    assert outlet.was_sent(row) is None
    message_id = outlet.send(row, Picture(MORNING, stage.desk.knowledge.now().organisation))
    assert outlet.was_sent(row) == message_id
    assert woken == [True]


def test_a_refusal_stands_beside_the_field_it_is_about_and_nowhere_else(stage):
    picture = Picture(MORNING, stage.desk.knowledge.now().organisation)
    inputs = ["detail", "at", "note"]
    assert list(field_errors(Incomplete((("detail", "missing"), ("system", "no_contract"))), picture, inputs)) == [
        "detail"
    ]
    assert list(field_errors(NothingSaid(), picture, inputs)) == ["note"]
    assert list(field_errors(TooLong(4000), picture, ["text"])) == ["text"]
    assert list(field_errors(NotUnderstood("i overmorgen"), picture, inputs)) == ["at"]
    assert field_errors(NotUnderstood("x"), picture, []) == {}
    assert field_errors(AlreadyClaimed(1, PersonId("sam"), None), picture, inputs) == {}


def test_what_was_corrected_stays_and_says_so(busy):  # noqa: F811
    ivo = busy.desk.knowledge.now().organisation.people[PersonId("ivo")]
    page = case_page(busy.desk, ivo, 1)
    wrong = next(each for each in page.events if each.type == "acknowledged")
    later = MORNING + timedelta(days=1)
    more = [
        Event(
            "x1", "S-1", Corrected("logged_late"), later, later, "ivo", source=Source.IMPORT, corrects=wrong.event_id
        ),
        Event("x2", "S-1", DuplicateOf("S-9"), MORNING, later, ""),
    ]
    rows = evidence(Voice(page.picture), replace(page, events=(*page.events, *more)), MIA)
    assert [row.what for row in rows if row.is_corrected] == ["Kvitteret af et menneske"]
    said = {row.what: row for row in rows}
    assert said["Dublet af S-9"].by == "Driftsvagt"
    assert said["Dublet af S-9"].recorded == "on 25-11 09:30"
    assert "Rettelse: (logged_late)" in said


def test_what_presses_most_gives_a_case_its_colour(busy):  # noqa: F811
    ivo = busy.desk.knowledge.now().organisation.people[PersonId("ivo")]
    page = case_page(busy.desk, ivo, 1)
    case, clock = page.picture.case, page.picture.clocks[-1]
    late = clock._replace(status=Status.BREACHED_RUNNING, breach_at=1)
    assert case_tone(case, (clock, late)) == "late"
    assert case_tone(case, (clock,)) == "hold"
    assert case_tone(replace(case, state=CaseState.CLOSED), (clock,)) == "ok"
    assert case_tone(replace(case, state=CaseState.RUNNING, paused=None), (clock,)) == "info"


def test_a_stream_that_is_refused_is_not_answered_with_a_page(stage):
    async def story():
        answer = await stage.browser().client.get("/stroem", headers={"accept": "text/event-stream"})
        assert (answer.status_code, answer.text) == (401, "")

    asyncio.run(story())


def test_only_the_newest_private_answer_is_shown_and_only_to_its_reader(stage):
    async def story():
        await stage.browser("mia").open("/")
        put(stage.posts, MIA, Message(("kun til dig",), only_for=PersonId("mia")), MORNING)
        put(stage.posts, MIA, Message(("kun til Sam",), only_for=PersonId("sam")), MORNING)
        said = words((await stage.browser("mia").open("/")).text)
        assert "kun til dig" in said
        assert "kun til Sam" not in said
        assert "Intet endnu" in said, "the list at the side does not tell either"

    asyncio.run(story())
