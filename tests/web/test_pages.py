"""Every page for those who may see it, the same 404 for everybody else, in both languages, with its bones in order."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from urllib.parse import quote

import httpx
import pytest
from skeleton import bones, elements, words
from test_story import QUESTION, REPORT
from web_stage import BASE

from bot.domain.commands import (
    AskPerson,
    Claim,
    Comment,
    Delivery,
    Escalate,
    HandOver,
    Kind,
    Log,
    Milestone,
    Place,
    Report,
)
from bot.domain.notices import RefusalTold, Tell
from bot.domain.people import PersonId
from bot.domain.refusals import NothingSaid, Refused

ASKED_WITH = "a-token-of-sixteen"


def plays(story):
    asyncio.run(story)


@pytest.fixture
def busy(stage):
    """A ticket of Mia's, claimed by Sam, sent on to IT, handed to the supplier, and paused there."""
    steps = [
        ("mia", AskPerson(QUESTION)),
        ("sam", Claim(1)),
        ("sam", Escalate(1, "Det er en fejl")),
        ("ivo", Claim(1)),
        ("ivo", HandOver(1, Report(**REPORT))),
        ("ivo", Log(1, Milestone.ACKNOWLEDGED, source="phone")),
        ("ivo", Log(1, Milestone.PAUSE, detail="awaiting_customer", source="mail", note="De vil have en logfil")),
        ("liv", AskPerson("omsorgsjournalen viser den forkerte dato")),
    ]
    for nth, (who, command) in enumerate(steps):
        place = Place("web", Kind.DIRECT, who)
        outcome = stage.attend(Delivery("web", f"s{nth}", PersonId(who), place, command, stage.hands.now()))
        assert not isinstance(outcome, Refused), outcome
        stage.hands.at += timedelta(minutes=5)
    return stage


SEEN = [
    ("mia", "/"), ("mia", "/sag/1"), ("sam", "/sag/1"), ("sam", "/kanal/omsorg-nord"), ("sam", "/kanal/omsorg-nord/1"),
    ("ivo", "/kanal/it/1"), ("ivo", "/kanal/it/S-1"), ("ivo", "/sag/1"), ("ivo", "/overblik"), ("karen", "/overblik"),
    ("ivo", "/overblik?frist=naer&venter=superbruger"), ("ivo", "/overblik?frist=bero&venter=leverandoer&q=%25%00"), ("ivo", "/overblik?frist=x&venter=y"),
    ("ivo", "/sager"), ("karen", "/sager?q=dato&side=2"), ("ivo", "/sager?maal=taget&fra=2026-11-01&til=2026-12-01&del=it&side=x"), ("ivo", "/sager?maal=taget&fra=nu"),
    ("ivo", "/leverandoersager"), ("karen", "/leverandoersager?leverandoer=strandvejr"), ("ivo", "/vagt"), ("karen", "/tendens"),
    ("ivo", "/leverandoersag/1"), ("karen", "/leverandoersag/1"), ("karen", "/rapport/2026-11"), ("karen", "/rapport/2026-10"),
    ("grace", "/"), ("mia", "/ud"), ("mia", "/?foer=99999999999999999999"), ("sam", "/kanal/omsorg-nord?foer=999999999999999999"), ("mia", "/?foer=x"),
]  # fmt: skip
NOT_SEEN = [
    ("mia", "/overblik"), ("sam", "/sager"), ("sam", "/leverandoersager"), ("liv", "/vagt"), ("mia", "/tendens"), ("mia", "/leverandoersag/1"), ("mia", "/rapport"), ("mia", "/rapport/2026-11"),
    ("mia", "/rapport/2026-11.csv"), ("mia", "/kanal/omsorg-nord"), ("mia", "/kanal/omsorg-nord/1"), ("sam", "/kanal/it"),
    ("liv", "/sag/1"), ("mia", "/sag/99"), ("mia", "/sag/x"), ("mia", "/sag/-1"), ("mia", "/sag/12345678901"),
    ("ivo", "/leverandoersag/99"), ("ivo", "/leverandoersag/x"), ("sam", "/leverandoersag/1"), ("sam", "/kanal/omsorg-nord/99"),
    ("ivo", "/kanal/it/S-99"), ("ivo", "/kanal/it/x"), ("karen", "/rapport/2026-13"), ("karen", "/rapport/nu"), ("mia", "/findes-ikke"),
    ("ivo", "/leverandoersag/1/findes-ikke.csv"), ("mia", "/leverandoersag/1/B-reaktion.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "path"), SEEN)
def test_a_page_is_there_for_those_who_may_see_it(busy, who, path):
    async def story():
        page = await busy.browser(who).open(path)
        assert page.status_code == 200
        assert_in_order(page.text)

    plays(story())


def test_what_colleagues_say_about_a_superusers_own_question_is_not_for_her(stage):
    """Sue is in the group, and her question is in its channel: the thread under it is not hers to read."""
    steps = [
        ("sue", AskPerson(QUESTION)),
        ("sam", Claim(1)),
        ("sam", Comment(1, "det er igen hendes skærm", "internal")),
    ]
    for nth, (who, command) in enumerate(steps):
        place = Place("web", Kind.DIRECT, who)
        assert not isinstance(
            stage.attend(Delivery("web", f"s{nth}", PersonId(who), place, command, stage.hands.now())), Refused
        )
    thread = Place("web", Kind.THREAD, "omsorg-nord", "1")

    async def story():
        sam, sue = stage.browser("sam"), stage.browser("sue")
        assert "det er igen hendes skærm" in (await sam.open("/kanal/omsorg-nord/1")).text
        assert (await sue.open("/kanal/omsorg-nord/1")).status_code == 404
        assert (await sue.open(f"/stroem?sted={quote(str(thread))}")).status_code == 404
        for path in ("/", "/sag/1", "/kanal/omsorg-nord"):
            page = await sue.open(path)
            assert page.status_code == 200
            assert "det er igen hendes skærm" not in page.text

    plays(story())


def test_what_was_logged_wrongly_is_put_right_on_the_cases_page(busy):
    """By those who log; whoever only looks sees what was corrected, and no buttons."""

    async def story():
        ivo, karen = busy.browser("ivo"), busy.browser("karen")
        await ivo.open("/leverandoersag/1")
        with busy.store.reading() as ledger:
            number = next(each.event_id for each in ledger.events("S-1") if each.type == "acknowledged")[-1]
        await ivo.presses("Ret tidspunktet", {"at": "for lidt siden", "why": "mistyped"}, value=f"correct:1:{number}")
        assert "Det kan jeg ikke læse som et tidspunkt." in words(ivo.html)
        await ivo.open("/leverandoersag/1")
        await ivo.presses("Ret tidspunktet", {"at": "i dag 9.51", "why": "mistyped"}, value=f"correct:1:{number}")
        said = words((await ivo.open("/leverandoersag/1")).text)
        assert "Rettelse: ti 24-11 09:51 (Skrevet forkert)" in said
        await ivo.presses("Bestrid")
        said = words((await ivo.open("/leverandoersag/1")).text)
        assert "Bero bestridt" in said
        await ivo.presses("Bero falder")
        said = words((await karen.open("/leverandoersag/1")).text)
        assert "Bero afgjort" in said
        assert "Ret tidspunktet" not in said

    plays(story())


@pytest.mark.parametrize(("who", "path"), NOT_SEEN)
def test_what_is_not_theirs_looks_like_what_does_not_exist(busy, who, path):
    async def story():
        browser = busy.browser(who)
        page = await browser.open(path)
        nowhere = await browser.open("/ingenting-her")
        assert page.status_code == 404
        assert page.text == nowhere.text

    plays(story())


def assert_in_order(html):
    """What a screen reader, and anybody who looks at the source, relies on."""
    assert html.startswith("<!doctype html>")
    assert elements(html, "h1") == 1
    assert elements(html, "main") == 1
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), [each for each in ids if ids.count(each) > 1]
    for tag, attrs in bones(html):
        assert "style" not in attrs
        assert not any(name.startswith("on") for name in attrs), (tag, attrs)
        if tag == "th":
            assert "scope" in attrs
        if tag in {"textarea", "select"}:
            assert "id" in attrs
    assert html.count("<table") == html.count("<caption")
    labelled = set(re.findall(r'<label for="([^"]+)"', html))
    for field in re.findall(r"<(?:textarea|select|input)\b[^>]*>", html):
        if 'type="hidden"' in field or 'type="radio"' in field or 'type="checkbox"' in field:
            continue
        assert "aria-label" in field or re.search(r'id="([^"]+)"', field)[1] in labelled, field
    assert _levels(html), "headings skip no level"


def _levels(html):
    found = [int(tag[1]) for tag, _ in bones(html) if re.fullmatch("h[1-6]", tag)]
    return all(after <= before + 1 for before, after in pairwise(found))


def test_what_happens_in_a_conversation_is_read_aloud_politely(busy):
    async def story():
        page = await busy.browser("mia").open("/")
        assert re.search(r'<ol class="messages" id="[^"]+" aria-live="polite">', page.text)

    plays(story())


def test_an_english_speaker_reads_english_all_round(busy):
    async def story():
        page = await busy.browser("grace").open("/")
        assert '<html lang="en">' in page.text
        said = words(page.text)
        assert "Write to Driftsvagt" in page.text
        assert "My tickets" in said
        assert "Samtaler" not in said

    plays(story())


def test_every_headers_keep_others_out(busy):
    async def story():
        for path in ("/", "/findes-ikke", "/static/look.css", "/healthz"):
            headers = (await busy.browser("mia").open(path)).headers
            assert headers["content-security-policy"].startswith("default-src 'self';")
            assert "unsafe" not in headers["content-security-policy"]
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
        assert (await busy.browser("mia").open("/")).headers["cache-control"] == "no-store"

    plays(story())


def test_every_address_on_a_page_is_ours(busy):
    async def story():
        for who, path in SEEN:
            page = await busy.browser(who).open(path)
            for address in re.findall(r'(?:href|src|action)="([^"]+)"', page.text):
                assert address.startswith(("/", "#")), (path, address)

    plays(story())


def test_a_channel_says_who_reads_it_and_nobody_else_does(busy):
    async def story():
        page = await busy.browser("sam").open("/kanal/omsorg-nord")
        assert "Det, du skriver her, ser kun gruppen." in words(page.text)
        assert (await busy.browser("ivo").open("/kanal/omsorg-nord")).status_code == 404

    plays(story())


def test_a_thread_says_what_the_employee_does_not_see(busy):
    async def story():
        page = await busy.browser("sam").open("/kanal/omsorg-nord/1")
        assert "Mia ser alt undtagen det, der er mærket internt." in words(page.text)

    plays(story())


def test_static_files_are_found_where_pages_point(busy):
    async def story():
        browser = busy.browser("mia")
        page = await browser.open("/")
        found = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
        assert len(found) == 6
        for address in found:
            answer = await browser.open(address.replace("&amp;", "&"))
            assert answer.status_code == 200
            assert "immutable" in answer.headers["cache-control"]

    plays(story())


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/static/look.css", 200),
        ("/static/look.css?v=0123456789", 200),
        ("/static/gone.css?v=0123456789", 404),
        ("/static/gone.css", 404),
    ],
)
def test_what_is_not_the_file_that_was_asked_for_is_not_kept_for_a_year(busy, address, status):
    async def story():
        answer = await busy.browser("mia").open(address)
        assert answer.status_code == status
        assert answer.headers["cache-control"] == "no-cache"

    plays(story())


def test_a_file_that_has_not_changed_stays_kept(busy):
    async def story():
        browser = busy.browser("mia")
        address = re.search(r'href="(/static/look.css[^"]+)"', (await browser.open("/")).text)[1]
        known = {"if-none-match": (await browser.open(address)).headers["etag"]}
        answer = await browser.client.get(address, headers=known)
        assert answer.status_code == 304
        assert "immutable" in answer.headers["cache-control"]

    plays(story())


def test_a_supplier_case_shows_its_clocks_its_ledger_and_its_evidence(busy):
    async def story():
        page = await busy.browser("ivo").open("/leverandoersag/1")
        said = words(page.text)
        for wanted in (
            "Afhjælpning",
            "sat i bero",
            "Minutregnskab",
            "De vil have en logfil",
            "Slut på bero",
            "B betydende",
        ):
            assert wanted in said, wanted
        assert 'class="axis short" role="img" aria-label="Tidsakse' in page.text
        karen = await busy.browser("karen").open("/leverandoersag/1")
        assert "Slut på bero" not in words(karen.text), "she looks, and does not log"
        sheet = await busy.browser("ivo").open(re.search(r'href="(/leverandoersag/1/[^"]+\.csv)"', page.text)[1])
        assert sheet.headers["content-disposition"].startswith("attachment")
        assert '"Fra"' in sheet.text

    plays(story())


def test_the_overview_says_who_waits_on_whom_and_what_presses(busy):
    async def story():
        said = words((await busy.browser("ivo").open("/overblik")).text)
        for wanted in (
            "S-1",
            "#2",
            "Superbruger 1 – – 1",
            "I bero 1",
            "Hvem venter på hvem",
            "omsorgsjournalen viser den forkerte dato",
        ):
            assert wanted in said, wanted

    plays(story())


def test_the_report_can_be_read_and_taken_along(busy):
    async def story():
        karen = busy.browser("karen")
        assert str((await karen.client.get("/rapport")).headers["location"]) == "/rapport/2026-11"
        page = await karen.open("/rapport/2026-11")
        assert "Strandvejr Systemer A/S" in words(page.text)
        for name in ("2026-11.csv", "2026-11-maal.csv"):
            sheet = await karen.open(f"/rapport/{name}")
            assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
            assert '"S-1"' in sheet.text

    plays(story())


def test_those_who_run_it_can_ask_how_it_is(busy):
    async def story():
        browser = busy.browser()
        assert (await browser.open("/healthz")).status_code == 200
        assert (await browser.open("/readyz")).status_code == 200
        busy.complaints.append("database: no answer")
        answer = await browser.open("/readyz")
        assert (answer.status_code, answer.text) == (503, "database: no answer\n")
        await busy.browser("mia").open("/")
        said = (await browser.open("/metrics")).text  # from this machine
        assert 'driftsvagt_http_requests_total{page="front",status="200"} 1.0' in said
        assert "driftsvagt_outbox_waiting 2.0" in said
        assert "mia" not in said.casefold()

    plays(story())


def test_streams_that_nobody_wakes_are_said_at_readyz(stage, monkeypatch):
    async def story():
        browser = stage.browser()
        monkeypatch.setattr(stage.app.state.waker, "age", lambda: 60.0)
        assert (await browser.open("/readyz")).status_code == 200
        monkeypatch.setattr(stage.app.state.waker, "age", lambda: 61.0)
        answer = await browser.open("/readyz")
        assert (answer.status_code, answer.text.split(":")[0]) == (503, "streams stand still")
        assert "driftsvagt_waker_age_seconds" in (await browser.open("/metrics")).text

    plays(story())


def test_figures_are_for_this_machine_or_for_who_knows_the_token(stage):
    def asks(client, **headers):
        transport = httpx.ASGITransport(stage.app, client=client)
        return httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers).get("/metrics")

    async def story():
        stage.parts = replace(stage.parts, metrics_token=ASKED_WITH)
        stage.open()
        here, there = ("127.0.0.1", 1), ("192.0.2.7", 1)
        assert (await asks(here)).status_code == 200
        assert (await asks(there)).status_code == 404
        assert (await asks(here, **{"x-forwarded-for": "192.0.2.7"})).status_code == 404
        assert (await asks(there, authorization=f"Bearer {ASKED_WITH}")).status_code == 200
        assert (await asks(there, authorization="Bearer another")).status_code == 404
        stage.parts = replace(stage.parts, metrics_token="")
        stage.open()
        assert (await asks(there, authorization="Bearer ")).status_code == 404

    plays(story())


def test_what_was_given_up_stands_on_the_overview(busy):
    place = Place("mail", Kind.MAIL, "strandvejr")
    with busy.store.transaction() as ledger:
        ledger.queue([Tell(place, RefusalTold(NothingSaid()))], busy.hands.now())
    row = busy.store.waiting(place, busy.hands.now())[0]

    async def story():
        assert "Ikke afleveret" not in words((await busy.browser("ivo").open("/overblik")).text)
        busy.store.bury(row, "550 no such mailbox <b>", busy.hands.now())
        said = words((await busy.browser("ivo").open("/overblik")).text)
        assert "Strandvejr Systemer A/S 550 no such mailbox <b>" in said

    plays(story())


def test_a_fault_shows_a_number_and_no_stack(busy, caplog):
    async def story():
        def broken(*_, **__):
            raise RuntimeError("the inside of the house")

        busy.parts.posts.page = broken
        page = await busy.browser("mia").open("/")
        assert page.status_code == 500
        said = words(page.text)
        assert "inside of the house" not in page.text
        number = re.search(r"sig nummeret (\w{8})\.", said)[1]
        assert number in caplog.text
        assert caplog.text.count("failed (") == 1

    plays(story())


def test_a_fault_is_counted_and_has_the_headers_of_every_page(busy):
    async def story():
        def broken(*_, **__):
            raise RuntimeError("the inside of the house")

        fine = await busy.browser("mia").open("/")
        busy.parts.posts.page = broken
        page = await busy.browser("mia").open("/")
        assert page.status_code == 500
        for name in ("content-security-policy", "x-content-type-options", "cache-control", "referrer-policy"):
            assert page.headers[name] == fine.headers[name]
        figures = (await busy.browser().open("/metrics")).text
        assert 'driftsvagt_http_requests_total{page="front",status="500"} 1.0' in figures

    plays(story())


def test_a_fault_of_the_audit_itself_is_a_page_too(busy):
    async def story():
        def broken(_):
            raise RuntimeError("the inside of the house")

        busy.store.trace = broken
        page = await busy.browser("ivo").open("/sag/1")
        assert page.status_code == 500
        assert "Noget gik galt hos os" in words(page.text)
        assert page.headers["x-content-type-options"] == "nosniff"

    plays(story())


def test_a_method_that_a_page_does_not_have_is_refused_kindly(busy):
    async def story():
        page = await busy.browser("mia").client.get("/sig")
        assert page.status_code == 405
        assert "Brug knapperne" in words(page.text)

    plays(story())
