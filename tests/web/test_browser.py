"""The demo clicked through in a real browser: streams, Enter, forms that come back, the clock, and a policy that holds."""

import os
import shutil
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from answers import counts, press
from playwright.sync_api import expect, sync_playwright
from starlette.exceptions import HTTPException
from test_streams import running

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
SCREENSHOTS = Path(__file__).parent.parent / "screenshots"
ARGUMENTS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
QUESTION = "omsorgsjournalen viser alle navne som små firkanter"

PATHS = [
    "/",
    "/som/mia/",
    "/som/sam/kanal/omsorg-nord/1",
    "/som/mia/sag/1",
    "/som/ivo/overblik",
    "/som/karen/rapport/2026-11",
]

PATIENCE = 120_000  # milliseconds until a test gives up; nothing here waits for time to pass
expect.set_options(timeout=PATIENCE)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: the browser tests were not run"),
]


@pytest.fixture(scope="module")
def chromium():
    root = os.geteuid() == 0  # only in a container
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=[*ARGUMENTS, *(["--no-sandbox"] if root else [])]
        )
        yield browser
        browser.close()


@contextmanager
def page_of(chromium, address, path="/", **options):
    """A page that may ask nobody but us, and that complains aloud."""
    context = chromium.new_context(**options)
    context.set_default_timeout(PATIENCE)
    counts(context)
    page = context.new_page()
    page.wrong = []
    page.on("console", lambda said: page.wrong.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda fault: page.wrong.append(str(fault)))
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith(address) else route.abort())
    page.on(
        "requestfailed", lambda request: page.wrong.append(request.url) if not request.url.startswith(address) else None
    )
    page.goto(f"{address}{path}", wait_until="load")
    yield page
    context.close()


def shot(page, name):
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def test_what_one_does_the_others_see_at_once(demo, chromium):
    with running(demo) as (address, *_), page_of(chromium, address, viewport={"width": 1400, "height": 1300}) as page:
        mia, sam, ivo = (page.locator(f".persona.{kind}") for kind in ("asks", "helps", "watches"))
        box = page.locator("#skriv-som-mia-felt")
        box.fill(f"menneske: {QUESTION}")
        box.press("Enter")
        mia.get_by_text("Venter på en superbruger").wait_for()
        expect(box).to_have_value("")
        expect(box).to_be_focused()

        press(sam.get_by_role("button", name="Jeg tager den"))
        mia.get_by_text("Sam har din sag").first.wait_for()
        shot(page, "demo-claimed")

        sam.locator("summary", has_text="Svar Mia").click()
        words = sam.locator("details[open] textarea")
        words.fill("Hej Mia, prøv at genstarte")
        box.fill("hej igen, virker det nu?")
        box.press("Enter")
        mia.locator(".mine", has_text="hej igen").wait_for()
        assert words.input_value() == "Hej Mia, prøv at genstarte", "what is being written survives what others do"
        press(sam.locator("details[open] button.main"))
        mia.get_by_text("Hej Mia, prøv at genstarte").wait_for()
        expect(sam.locator("details[open]")).to_have_count(0)

        sam.locator("summary", has_text="Send videre til it").click()
        press(sam.locator("details[open] button.main"))
        press(ivo.get_by_role("button", name="Jeg tager den"))
        ivo.get_by_text("Du har den").wait_for()
        ivo.locator("summary", has_text="Send til leverandøren").click()
        ivo.get_by_role("button", name="Send fejlmelding").click()
        ivo.locator(".wrong").first.wait_for()
        assert page.locator(".persona.watches .wrong").count() >= 5
        shot(page, "demo-incomplete")
        assert [each for each in page.wrong if "422" not in each] == []


def test_a_refused_form_keeps_what_was_written_and_what_is_wrong_while_the_card_round_it_moves_on(demo, chromium):
    with running(demo) as (address, *_), page_of(chromium, address) as page:
        page.locator("#skriv-som-mia-felt").fill(f"menneske: {QUESTION}")
        page.locator(".persona.asks").get_by_role("button", name="Send").click()
        sam, ivo = page.locator(".persona.helps"), page.locator(".persona.watches")
        press(sam.get_by_role("button", name="Jeg tager den"))
        sam.locator("summary", has_text="Send videre til it").click()
        press(sam.locator("details[open] button.main"))
        press(ivo.get_by_role("button", name="Jeg tager den"))
        ivo.locator("summary", has_text="Send til leverandøren").click()
        ivo.get_by_label("Hvem er ramt").fill("Hjemmeplejen Nord")
        press(ivo.get_by_role("button", name="Send fejlmelding"))
        ivo.locator(".wrong").first.wait_for()
        wrong = ivo.locator(".wrong").count()
        before = ivo.locator(".ticket-card").inner_text()
        page.locator("#frem-kvarter").click()
        page.wait_for_function(
            "before => document.querySelector('.persona.watches .ticket-card').innerText !== before", arg=before
        )
        assert ivo.get_by_label("Hvem er ramt").input_value() == "Hjemmeplejen Nord"
        assert ivo.locator(".wrong").count() == wrong
        ivo.get_by_label("Siden hvornår").fill("i dag 8.30")
        ivo.get_by_role("button", name="Send fejlmelding").click()
        page.wait_for_function(
            "wrong => document.querySelectorAll('.persona.watches .wrong').length === wrong - 1", arg=wrong
        )
        assert ivo.get_by_label("Hvem er ramt").input_value() == "Hjemmeplejen Nord"


def test_time_obeys_and_the_cards_follow_it(demo, chromium):
    with running(demo) as (address, *_), page_of(chromium, address) as page:
        page.locator("#skriv-som-mia-felt").fill(f"menneske: {QUESTION}")
        page.locator(".persona.asks").get_by_role("button", name="Send").click()
        page.get_by_text("30 min. tilbage").first.wait_for()
        press(page.locator("#frem-kvarter"))
        page.locator("#demo-ur", has_text="kl. 9.45").wait_for()
        page.get_by_text("15 min. tilbage").first.wait_for()
        page.locator("#fart-60").click()
        page.locator("#fart-60[aria-pressed=true]").wait_for()
        assert demo.hands.speed == 60
        assert page.wrong == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_its_window_or_says_anything_in_the_console(demo, chromium, width, scheme):
    with running(demo) as (address, *_):
        with page_of(chromium, address) as page:
            page.locator("#skriv-som-mia-felt").fill(f"menneske: {QUESTION}")
            page.locator(".persona.asks").get_by_role("button", name="Send").click()
            page.get_by_text("30 min. tilbage").first.wait_for()
        for path in PATHS:
            with page_of(
                chromium, address, path, viewport={"width": width, "height": 800}, color_scheme=scheme
            ) as page:
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
                name = path.strip("/").replace("/", "-") or "demo"
                shot(page, f"{name}-{width}-{scheme}")
                assert page.wrong == [], path


def in_english(demo):
    """Everybody reads English from now on."""
    known = demo.knowledge.known
    people = {name: replace(each, language="en") for name, each in known.organisation.people.items()}
    demo.knowledge.known = replace(known, organisation=replace(known.organisation, people=people))


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_a_thread_is_the_page_and_leads_back_to_its_channel(demo, chromium, width):
    with running(demo) as (address, *_), page_of(chromium, address) as page:
        page.locator("#skriv-som-mia-felt").fill(f"menneske: {QUESTION}")
        page.locator(".persona.asks").get_by_role("button", name="Send").click()
        page.locator(".persona.helps").get_by_role("button", name="Jeg tager den").click()
        page.get_by_text("Sam har din sag").first.wait_for()
    in_english(demo)
    with (
        running(demo) as (address, *_),
        page_of(chromium, address, "/som/sam/kanal/omsorg-nord/1", viewport={"width": width, "height": 700}) as page,
    ):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.documentElement.scrollHeight") <= 700
        page.locator("#traad .composer textarea").click(trial=True)
        shot(page, f"thread-{width}")
        page.locator("#traad .conversation-head a.button").click()
        page.get_by_role("heading", level=1).wait_for()
        page.locator(".composer textarea").click(trial=True)
        assert page.wrong == []


def test_without_a_script_a_question_is_answered_all_the_same(demo, chromium):
    with running(demo) as (address, *_), page_of(chromium, address, "/som/mia/", java_script_enabled=False) as page:
        page.locator("#skriv-felt").fill("jeg har glemt koden til tabletten")
        page.get_by_role("button", name="Send").click()
        page.get_by_role("button", name="Det hjalp").click()
        page.locator("button[disabled]", has_text="Det hjalp").wait_for()
        page.locator("#skriv-felt").fill(f"menneske: {QUESTION}")
        page.get_by_role("button", name="Send").click()
        page.get_by_role("button", name="Jeg har ikke brug for hjælp længere").click()
        page.locator(".ticket-card", has_text="Trukket tilbage").wait_for()


def broken(status):
    def attend(_delivery, _kept=None):
        raise HTTPException(status)

    return attend


@pytest.mark.parametrize("status", [403, 503])
def test_what_could_not_be_sent_is_said_and_stays_where_it_was_written(demo, chromium, status):
    whole = demo.parts
    demo.parts = replace(whole, attend=broken(status))
    demo.open()
    with running(demo) as (address, *_), page_of(chromium, address, "/som/mia/") as page:
        box = page.locator("#skriv-felt")
        box.fill(QUESTION)
        box.press("Enter")
        page.get_by_role("alert").get_by_text("Det blev ikke sendt").wait_for()
        assert box.input_value() == QUESTION
        assert page.locator("header.masthead").count() == 1
        assert [each for each in page.wrong if str(status) not in each] == []


REPORT = {
    "Siden hvornår": "24-11 9.00",
    "Hvem er ramt": "Hjemmeplejen Nord",
    "Hvor mange er ramt": "ca. 40",
    "Hvad er forsøgt": "Genstart",
    "Sådan gør man": "Åbn listen",
    "Kontakt hos os": "Ivo",
}


def test_without_a_script_the_story_goes_to_the_supplier_all_the_same(demo, chromium):
    """Every step is a form and a new page; what was refused comes back on a page of its own with what was written."""
    with running(demo) as (address, *_), page_of(chromium, address, "/som/mia/", java_script_enabled=False) as page:
        page.locator("#skriv-felt").fill(f"menneske: {QUESTION}")
        page.get_by_role("button", name="Send").click()
        page.get_by_text("Venter på en superbruger").first.wait_for()

        page.goto(f"{address}/som/sam/kanal/omsorg-nord")
        page.get_by_role("button", name="Jeg tager den").click()
        page.locator(".ticket-card", has_text="Du har den").wait_for()
        page.goto(f"{address}/som/sam/kanal/omsorg-nord/1")
        page.locator("#skriv-traad-felt").fill("Er det alle navne?")
        page.locator("#skriv-traad").get_by_role("button", name="Send").click()
        page.locator("#traad .message", has_text="Er det alle navne?").wait_for()

        page.goto(f"{address}/som/mia/sag/1")
        page.locator(".message", has_text="Er det alle navne?").wait_for()
        page.locator("#skriv-felt").fill("ja, dem alle sammen")
        page.get_by_role("button", name="Send").click()
        page.locator(".message", has_text="ja, dem alle sammen").wait_for()

        page.goto(f"{address}/som/sam/kanal/omsorg-nord")
        page.locator("summary", has_text="Send videre til it").click()
        page.get_by_label("Note til it").fill("Det er en fejl i systemet")
        page.locator("details[open] button.main").click()
        page.locator(".ticket-card", has_text="Gået til it").wait_for()

        page.goto(f"{address}/som/ivo/kanal/it")
        page.get_by_role("button", name="Jeg tager den").click()
        page.locator("summary", has_text="Send til leverandøren").click()
        page.get_by_role("radio", name="B betydende").check()
        for label, words in REPORT.items():
            page.get_by_label(label).fill(words if label != "Hvor mange er ramt" else "")
        page.get_by_role("button", name="Send fejlmelding").click()
        page.get_by_role("heading", name="Der mangler lidt").wait_for()
        assert page.locator(".wrong").count() == 1
        assert page.get_by_label("Sådan gør man").input_value() == REPORT["Sådan gør man"]
        assert not demo.mails
        shot(page, "without-a-script-refused")
        page.get_by_label("Hvor mange er ramt").fill(REPORT["Hvor mange er ramt"])
        page.get_by_role("button", name="Send fejlmelding").click()
        page.get_by_role("link", name="S-1", exact=True).first.wait_for()
        assert all(words in demo.mails[-1] for words in REPORT.values() if words != REPORT["Siden hvornår"])

        page.goto(f"{address}/som/mia/")
        page.locator(".ticket-card", has_text="Hos leverandøren").wait_for()
        shot(page, "without-a-script-handed-over")
