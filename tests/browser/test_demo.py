"""The demo, clicked through: what one does, the others see at once; time moves; the supplier is timed."""

from pathlib import Path

import pytest
from answers import press
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def column(page: Page, name: str):
    return page.locator("section").filter(has=page.locator(f"#p-{name}"))


def test_a_morning_in_fjordby(page: Page, demo: str, shots: Path) -> None:
    page.goto(demo)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.screenshot(caret="initial", path=shots / "1-demo.png")

    # What Sam does, Mia sees.
    column(page, "sam").get_by_role("button", name="Jeg tager den").last.click()
    expect(column(page, "mia").get_by_text("Sam har taget #24.")).to_be_visible()
    expect(column(page, "sam").get_by_text("Du har den")).to_be_visible()
    page.screenshot(caret="initial", path=shots / "2-claimed.png")

    # Mia asks for a person about what nobody wrote an answer to.
    mia = column(page, "mia")
    mia.get_by_role("textbox").fill("menneske: Etiketprinteren skriver blanke etiketter")
    mia.get_by_role("button", name="Send").click()
    expect(mia.get_by_text("Superbrugerne i Printere har fået din sag.")).to_be_visible()
    page.screenshot(caret="initial", path=shots / "3-asked.png")

    # Nobody takes it in time: IT has it.
    for _ in range(3):
        press(page.get_by_role("button", name="15 minutter frem"))
    expect(column(page, "ivo").get_by_text("“Etiketprinteren skriver blanke etiketter”")).to_be_visible()
    expect(mia.get_by_text("Ingen superbruger nåede #25, så it har fået den.")).to_be_visible()
    page.screenshot(caret="initial", path=shots / "4-moved-on.png")


def test_it_hands_over_to_the_supplier_and_an_incomplete_report_is_refused_beside_its_fields(
    page: Page, demo: str, shots: Path
) -> None:
    page.goto(f"{demo}/som/ivo/kanal/it")
    card = page.locator(".ticket-card", has_text="Etiketprinteren skriver blanke etiketter").last
    press(card.get_by_role("button", name="Jeg tager den"))
    card.get_by_text("Send til leverandøren", exact=True).first.click()
    form = card.locator("form", has=page.get_by_role("button", name="Send fejlmelding"))
    form.get_by_role("radio", name="B betydende").check()
    form.get_by_label("Siden hvornår").fill("snart")
    for label, text in (
        ("Hvem er ramt", "Hjemmeplejen Nord"),
        ("Hvor mange er ramt", "12"),
        ("Hvad er forsøgt", "Ny rulle, genstart"),
        ("Sådan gør man", "Skriv en etiket ud"),
        ("Kontakt hos os", "Ivo, it"),
    ):
        form.get_by_label(label).fill(text)
    form.get_by_role("button", name="Send fejlmelding").click()
    refused = page.get_by_text("Det kan jeg ikke læse som et tidspunkt.").first
    expect(refused).to_be_visible()
    page.screenshot(caret="initial", path=shots / "5-incomplete.png")
    form = page.locator("form", has=page.get_by_role("button", name="Send fejlmelding")).last
    form.get_by_label("Siden hvornår").fill("i dag 8.30")
    form.get_by_role("button", name="Send fejlmelding").click()
    expect(page.get_by_text("S-8").first).to_be_visible()
    page.goto(f"{demo}/som/mia/")
    expect(page.get_by_text("Hos leverandøren").first).to_be_visible()
    page.goto(f"{demo}/som/ivo/leverandoersag/8")
    expect(page.get_by_role("heading", level=1)).to_contain_text("S-8")
    page.screenshot(caret="initial", path=shots / "6-supplier-case.png", full_page=True)


def test_a_milestone_is_logged_when_it_happened(page: Page, demo: str, shots: Path) -> None:
    page.goto(f"{demo}/som/ivo/leverandoersag/6")
    page.locator("summary", has_text="Statusmelding").click()
    form = page.locator("form", has=page.get_by_role("button", name="Log det")).locator("visible=true")
    form.get_by_label("Skete").fill("i dag 9.20")
    form.get_by_role("button", name="Log det").click()
    expect(page.get_by_text("ti 24-11 09:20").first).to_be_visible()
    page.screenshot(caret="initial", path=shots / "7-logged.png", full_page=True)
