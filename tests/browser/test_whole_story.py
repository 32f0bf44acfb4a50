"""The whole story in five browsers at once: Mia asks, Sam and Ivo help, Karen follows the supplier, and the desk is stopped."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from answers import press
from houses import House
from people import Troubles, comes_in, guarded, is_at
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

KNOWN = "jeg har glemt koden til tabletten"
UNKNOWN = "omsorgsjournalen viser alle navne som små firkanter"
REPORT = {
    "Siden hvornår": "i dag 8.30",
    "Hvem er ramt": "Hjemmeplejen Nord",
    "Hvad er forsøgt": "Genstart og en anden pc",
    "Sådan gør man": "Åbn listen over borgere",
    "Kontakt hos os": "Ivo, it",
}
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
NAMES = ("mia", "sam", "ivo", "karen")


class Cast:
    """Everybody's page. `looks` keeps what each of them sees, and how it looks on a phone to the one who acted."""

    def __init__(self, house: House, pages: dict[str, Page], stranger: Page, troubles: Troubles, shots: Path) -> None:
        self.house, self.pages, self.stranger, self.troubles = house, pages, stranger, troubles
        self.mia, self.sam, self.ivo, self.karen = (pages[name] for name in NAMES)
        self._shots, self._step = shots, 0

    def opens(self, page: Page, path: str) -> None:
        page.goto(f"{self.house.address}{path}")
        page.evaluate("window.isTheSame = true")  # a page that is loaded again has forgotten it

    def looks(self, what: str, actor: str) -> None:
        self._step += 1
        for name, page in self.pages.items():
            page.screenshot(caret="initial", path=self._shots / f"story-{self._step:02}-{what}-{name}.png")
        page = self.pages[actor]
        page.set_viewport_size(PHONE)
        page.screenshot(caret="initial", path=self._shots / f"story-{self._step:02}-{what}-{actor}-phone.png")
        page.set_viewport_size(DESK)

    def looks_whole(self, what: str, page: Page) -> None:
        page.screenshot(caret="initial", path=self._shots / f"story-{what}.png", full_page=True)


@pytest.fixture
def cast(browser: Browser, house: House, shots: Path) -> Iterator[Cast]:
    troubles = Troubles()
    with ExitStack() as kept:
        *pages, stranger = (kept.enter_context(guarded(browser, troubles, viewport=DESK)) for _ in (*NAMES, "ada"))
        yield Cast(house, dict(zip(NAMES, pages, strict=True)), stranger, troubles, shots)
    assert not troubles.astray
    assert not troubles.said


def test_a_question_goes_all_the_way_to_the_supplier_and_back(cast: Cast) -> None:
    all_come_in(cast)
    an_article_answers(cast)
    nothing_answers_and_sam_takes_it(cast)
    the_desk_is_stopped_and_started_again(cast)
    it_is_sent_on_to_it(cast)
    an_incomplete_report_is_refused_and_a_whole_one_is_mailed(cast)
    the_supplier_acts_and_the_clocks_know(cast)
    it_is_solved_and_mia_says_so(cast)
    karen_reads_of_it_and_shows_the_supplier(cast)


def all_come_in(cast: Cast) -> None:
    for name, page in cast.pages.items():
        comes_in(page, cast.house, f"{name}@fjordby.example")
    cast.opens(cast.mia, "/")
    cast.opens(cast.sam, "/kanal/omsorg-nord")
    cast.opens(cast.ivo, "/kanal/it")
    cast.opens(cast.karen, "/overblik")
    cast.looks("in", "mia")


def an_article_answers(cast: Cast) -> None:
    writes(cast.mia, KNOWN)
    press(cast.mia.get_by_role("button", name="Det hjalp"))
    expect(cast.mia.get_by_role("button", name="Det hjalp")).to_be_disabled()
    cast.looks("answered", "mia")


def nothing_answers_and_sam_takes_it(cast: Cast) -> None:
    mia, sam = cast.mia, cast.sam
    writes(mia, UNKNOWN)
    press(mia.get_by_role("button", name="Spørg en superbruger"))
    expect(mia.get_by_text("Venter på en superbruger").first).to_be_visible()
    expect(card(sam)).to_be_visible()
    cast.looks("offered", "sam")
    press(card(sam).get_by_role("button", name="Jeg tager den"))
    expect(card(sam)).to_contain_text("Du har den")
    expect(card(mia)).to_contain_text("Sam har din sag")
    assert is_the_same(sam)
    assert is_the_same(mia)
    cast.looks("claimed", "mia")


def the_desk_is_stopped_and_started_again(cast: Cast) -> None:
    """While they write to one another. Who sends meanwhile is told, and keeps the words."""
    mia, sam = cast.mia, cast.sam
    card(sam).locator("summary", has_text="Svar Mia").click()
    sam.locator("details[open] textarea").fill("Hej Mia. Er det alle borgere?")
    press(sam.locator("details[open] button.main"))
    expect(words(mia, "Hej Mia. Er det alle borgere?")).to_have_count(1)
    cast.opens(mia, "/sag/1")
    cast.opens(sam, "/kanal/omsorg-nord/1")
    writes(mia, "ja, dem alle sammen")
    expect(words(sam, "ja, dem alle sammen")).to_have_count(1)
    cast.looks("talking", "sam")

    cast.house.stop()
    field = sam.locator("#skriv-traad-felt")
    field.fill("Prøv at logge ud og ind")
    field.press("Enter")
    expect(sam.get_by_role("alert")).to_contain_text("Det blev ikke sendt")
    expect(mia.get_by_role("alert")).to_contain_text("Siden prøver selv igen")
    expect(field).to_have_value("Prøv at logge ud og ind")
    cast.looks("away", "sam")
    cast.house.start()
    assert all(each.startswith(("Failed to load resource: net::ERR_", "htmx: htmx:")) for each in cast.troubles.said)
    field.press("Enter")
    expect(field).to_have_value("")
    expect(sam.get_by_role("alert")).to_have_count(0)
    expect(words(mia, "Prøv at logge ud og ind")).to_have_count(1)
    expect(words(sam, "Prøv at logge ud og ind")).to_have_count(1)
    expect(mia.get_by_role("alert")).to_have_count(0)
    cast.troubles.said.clear()
    for page in (mia, sam):
        assert is_the_same(page)
        live = page.locator(".message .bubble").all_inner_texts()
        page.reload()
        assert page.locator(".message .bubble").all_inner_texts() == live
    cast.opens(mia, "/")


def it_is_sent_on_to_it(cast: Cast) -> None:
    sam, ivo = cast.sam, cast.ivo
    cast.opens(sam, "/kanal/omsorg-nord")
    card(sam).locator("summary", has_text="Send videre til it").click()
    sam.get_by_label("Note til it").fill("Det er en fejl i systemet")
    press(sam.locator("details[open] button.main"))
    expect(card(ivo)).to_be_visible()
    assert is_the_same(ivo)  # it was open while the desk was away
    cast.looks("sent-on", "ivo")
    card(ivo).get_by_role("link", name="#1").click()
    expect(words(ivo, "Det er en fejl i systemet")).to_be_visible()
    ivo.get_by_role("link", name="Luk tråden").click()
    is_at(ivo, "/kanal/it")  # the card stands beside the thread, too
    press(card(ivo).get_by_role("button", name="Jeg tager den"))
    expect(card(cast.mia)).to_contain_text("Ivo har din sag")


def an_incomplete_report_is_refused_and_a_whole_one_is_mailed(cast: Cast) -> None:
    ivo = cast.ivo
    card(ivo).locator("summary", has_text="Send til leverandøren").click()
    form = card(ivo).locator("form", has=ivo.get_by_role("button", name="Send fejlmelding"))
    form.get_by_role("radio", name="B betydende").check()
    for label, text in REPORT.items():
        form.get_by_label(label).fill(text)
    press(form.get_by_role("button", name="Send fejlmelding"))
    expect(form.locator(".wrong")).to_have_count(1)
    expect(form.get_by_label("Hvor mange er ramt")).to_have_attribute("aria-invalid", "true")
    for label, text in REPORT.items():
        expect(form.get_by_label(label)).to_have_value(text)
    expect(form.get_by_role("radio", name="B betydende")).to_be_checked()
    cast.looks("refused", "ivo")
    form.get_by_label("Hvor mange er ramt").fill("12")
    press(form.get_by_role("button", name="Send fejlmelding"))
    letter = cast.house.mail_to("servicedesk@strandvejr.example")
    assert "Vores sagsnummer\n  S-1\n" in letter
    assert all(text in letter for label, text in REPORT.items() if label != "Siden hvornår")
    expect(card(cast.mia)).to_contain_text("Hos leverandøren")
    expect(cast.karen.get_by_role("link", name=UNKNOWN)).to_be_visible()
    assert is_the_same(cast.karen)
    cast.looks("handed-over", "karen")


def the_supplier_acts_and_the_clocks_know(cast: Cast) -> None:
    """They phone; Ivo logs it with a button."""
    ivo = cast.ivo
    cast.opens(ivo, "/leverandoersag/1")
    expect(clock(ivo, "Reaktion")).to_contain_text("tilbage")
    logs(ivo, "Kvitteret af et menneske")
    expect(clock(ivo, "Reaktion")).not_to_contain_text("tilbage")
    expect(clock(ivo, "Midlertidig løsning")).to_contain_text("tilbage")
    expect(clock(ivo, "Afhjælpning")).to_contain_text("brugt af 8 t.")
    cast.looks("acknowledged", "ivo")
    logs(ivo, "Meldt løst")
    logs(ivo, "Godkend løsningen", "Løsningen godkendt")
    cast.looks_whole("supplier-case", ivo)


def it_is_solved_and_mia_says_so(cast: Cast) -> None:
    mia, ivo = cast.mia, cast.ivo
    cast.opens(ivo, "/kanal/it")
    mine = ivo.locator(".ticket-card", has=ivo.get_by_role("link", name="#1", exact=True)).first
    mine.locator("summary", has_text="Løst").click()
    ivo.locator("details[open] textarea").fill("Leverandøren har rettet skrifttypen.")
    press(ivo.locator("details[open] button.main"))
    expect(mia.get_by_text("Leverandøren har rettet skrifttypen.").first).to_be_visible()
    cast.looks("solved", "mia")
    press(mia.get_by_role("button", name="Det virker"))
    expect(card(mia)).to_contain_text("Lukket")
    assert is_the_same(mia)
    cast.looks("closed", "mia")


def karen_reads_of_it_and_shows_the_supplier(cast: Cast) -> None:
    karen = cast.karen
    cast.opens(karen, "/rapport/2026-11")
    expect(karen.get_by_role("heading", level=1)).to_contain_text("november 2026")
    expect(karen.get_by_text("Strandvejr Systemer A/S").first).to_be_visible()
    cast.looks_whole("report", karen)
    cast.opens(karen, "/leverandoersag/1")
    expect(karen.locator(".evidence")).to_contain_text("Kvitteret af et menneske")
    karen.get_by_role("button", name="Lav et link").click()
    link = karen.locator(".copy-text").inner_text()
    cast.stranger.goto(link)
    expect(cast.stranger.get_by_role("heading", level=1)).to_contain_text("S-1")
    expect(clock(cast.stranger, "Reaktion")).to_be_visible()
    assert not re.search("Mia|Ivo|Sam|firkanter", cast.stranger.locator("body").inner_text())
    cast.looks_whole("shown-to-the-supplier", cast.stranger)


def writes(page: Page, text: str) -> None:
    field = page.locator("#skriv-felt")
    field.fill(text)
    field.press("Enter")
    expect(field).to_have_value("")


def logs(page: Page, milestone: str, told: str = "") -> None:
    page.locator("#milepaele ~ * summary", has_text=milestone).click()
    page.locator("#milepaele ~ * details[open]").get_by_role("button").click()
    expect(page.locator(".evidence")).to_contain_text(told or milestone)


def words(page: Page, text: str) -> Locator:
    """As somebody said them, and not as the list at the side repeats them."""
    return page.locator(".message", has_text=text)


def card(page: Page) -> Locator:
    return page.locator(".ticket-card", has_text=UNKNOWN).last


def clock(page: Page, name: str) -> Locator:
    return page.locator(".clocks .clock", has_text=name)


def is_the_same(page: Page) -> bool:
    return page.evaluate("window.isTheSame") is True
