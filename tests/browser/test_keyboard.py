"""The desk without a mouse: whoever only has Tab, Enter and Space comes everywhere, and always sees where they are."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from answers import answered
from houses import House
from people import Troubles, guarded, is_at
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

UNKNOWN = "omsorgsjournalen viser alle navne som små firkanter"
SECOND = "omsorgsjournalen viser den forkerte dato"
MOST = 80  # presses of Tab; no page of the story has so many places to stop at
SKIP = "Gå til indholdet"

# Where the focus is: what it is called, whether it can be seen, and where in the page it stands.
STANDS = """() => {
    const it = document.activeElement;
    if (!it || it === document.body) return null;
    const ringed = (each) => {
        const style = getComputedStyle(each);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    };
    const round = it.closest(".composer-box");
    const box = it.getBoundingClientRect();
    const called = it.getAttribute("aria-label") || (it.labels && it.labels[0] && it.labels[0].innerText) || it.innerText;
    return {
        name: (called || it.id).trim().replace(/\\s+/g, " "),
        ringed: ringed(it) || Boolean(round && ringed(round)),
        seen: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth && box.width > 0,
        part: [".skip", "header.masthead", "aside", "main"].findIndex((part) => it.closest(part)),
        inFront: it.tabIndex > 0,
    };
}"""


@dataclass(frozen=True)
class Stop:
    name: str
    part: int


class Hands:
    """Someone at a keyboard. At every stop it must be seen where they are."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def stop(self) -> Stop | None:
        at = self.page.evaluate(STANDS)
        if at is None:
            return None
        assert at["ringed"], f"the focus on {at['name']!r} cannot be seen"
        assert at["seen"], f"{at['name']!r} has the focus, and is not in the window"
        assert not at["inFront"], f"{at['name']!r} comes before its turn"
        return Stop(at["name"], at["part"])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """The stops on the way are looked at too."""
        passed = []
        for _ in range(MOST):
            self.press(key)
            at = self.stop()
            if at and at.name.startswith(name):
                return
            passed.append(at.name if at else "–")
        raise AssertionError(f"no way to {name!r} by {passed}")

    def round(self, key: str = "Tab") -> list[Stop]:
        """Every stop after the skip link, until it comes again."""
        self.tab_to(SKIP, key)
        found: list[Stop] = []
        self.press(key)
        while (at := self.stop()) is None or at.name != SKIP:
            assert len(found) < MOST, f"no way out of {found[-3:]}"
            found += [at] if at else []
            self.press(key)
        return found


@pytest.fixture
def desk(browser: Browser, house: House) -> Iterator[tuple[House, list[Hands]]]:
    troubles = Troubles()
    with ExitStack() as kept:
        pages = [kept.enter_context(guarded(browser, troubles, viewport={"width": 1280, "height": 800})) for _ in "abc"]
        yield house, [Hands(page) for page in pages]
    assert not troubles.astray
    assert not troubles.said


def test_the_core_of_the_story_is_played_without_a_mouse(desk: tuple[House, list[Hands]]) -> None:
    house, (mia, sam, ivo) = desk
    for name, hands in (("mia", mia), ("sam", sam), ("ivo", ivo)):
        comes_in(house, hands, name)
    mia_asks_for_a_person(mia)
    sam.page.goto(f"{house.address}/kanal/omsorg-nord")
    sam_takes_it_and_writes(sam, mia)
    what_comes_meanwhile_does_not_move_the_focus(sam, mia)
    ivo_looks_and_filters(ivo)


def comes_in(house: House, hands: Hands, name: str) -> None:
    page = hands.page
    page.goto(f"{house.address}/ind")
    hands.press("Tab")
    assert hands.stop() == Stop(SKIP, 0)
    hands.press("Enter", "Tab")
    at = hands.stop()
    assert at
    assert at.name == "Din mailadresse", "the skip link leads past the masthead"
    hands.write(f"{name}@fjordby.example")
    hands.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se efter dit link")
    page.goto(house.link_in(house.mail_to(f"{name}@fjordby.example")))
    hands.tab_to("Kom ind")
    hands.press("Enter")
    expect(page.get_by_role("link", name="Log ud")).to_be_visible()
    page.wait_for_load_state()


def mia_asks_for_a_person(mia: Hands) -> None:
    """The focus is back in the field after it was sent, and still somewhere after a button was pressed."""
    page = mia.page
    mia.tab_to("Skriv til Driftsvagt")
    mia.write(UNKNOWN)
    mia.press("Enter")
    expect(page.locator("#skriv-felt")).to_have_value("")
    expect(page.locator("#skriv-felt")).to_be_focused()
    expect(page.get_by_role("button", name="Spørg en superbruger")).to_be_visible()
    mia.tab_to("Spørg en superbruger", "Shift+Tab")
    mia.press("Space")
    answered(page)
    expect(page.get_by_text("Venter på en superbruger").first).to_be_visible()
    expect(page.get_by_text("Sendt videre som #1.")).to_be_visible()
    assert mia.stop(), "the focus went with the button"
    stops = mia.round()
    parts = [stop.part for stop in stops]
    assert parts == sorted(parts), "the masthead, the list at the side, and then what was said"
    assert mia.round("Shift+Tab") == stops[::-1]


def sam_takes_it_and_writes(sam: Hands, mia: Hands) -> None:
    page = sam.page
    expect(page.get_by_role("button", name="Jeg tager den")).to_be_visible()
    sam.tab_to("Jeg tager den")
    sam.press("Enter")
    answered(page)
    expect(page.locator(".ticket-card")).to_contain_text("Du har den")
    expect(mia.page.get_by_text("Sam har din sag").first).to_be_visible()
    assert sam.stop(), "the focus went with the button"
    sam.press("Home")
    page.get_by_role("link", name="#1", exact=True).focus()
    sam.press("Enter")
    is_at(page, "/kanal/omsorg-nord/1")
    sam.tab_to("Svar i tråden")
    sam.write("Er det alle borgere?")
    sam.press("Enter")
    expect(page.locator("#skriv-traad-felt")).to_have_value("")
    expect(page.locator("#skriv-traad-felt")).to_be_focused()
    expect(mia.page.locator(".message", has_text="Er det alle borgere?")).to_be_visible()
    sam.tab_to("Luk tråden", "Shift+Tab")
    sam.press("Enter")
    is_at(page, "/kanal/omsorg-nord")


def what_comes_meanwhile_does_not_move_the_focus(sam: Hands, mia: Hands) -> None:
    page = sam.page
    sam.tab_to("Send videre til it")
    sam.press("Enter")
    sam.tab_to("Note til it")
    sam.write("Måske en ")
    mia.tab_to("Skriv til Driftsvagt")
    mia.write(f"menneske: {SECOND}")
    mia.press("Enter")
    answered(mia.page)
    expect(mia.page.locator(".ticket-card", has_text=SECOND)).to_be_visible()
    expect(page.locator(".ticket-card", has_text=SECOND)).to_be_visible()
    sam.write("skrifttype")
    expect(page.get_by_label("Note til it").first).to_be_focused()
    expect(page.get_by_label("Note til it").first).to_have_value("Måske en skrifttype")
    sam.tab_to("Giv tilbage")
    expect(mia.page.locator("#skriv-felt")).to_be_focused()
    mia.tab_to("Jeg har ikke brug for hjælp længere", "Shift+Tab")
    mia.press("Enter")
    expect(page.locator(".ticket-card", has_text=SECOND)).to_contain_text("Trukket tilbage")
    assert sam.stop() == Stop("Giv tilbage", 3)


def ivo_looks_and_filters(ivo: Hands) -> None:
    page = ivo.page
    ivo.tab_to("It-overblik")
    ivo.press("Enter")
    is_at(page, "/overblik")
    ivo.tab_to("Find og filtrér")
    ivo.press("Enter")
    ivo.tab_to("System")
    ivo.write("O")  # one letter: those that come slowly are taken for the first of another word
    expect(page).to_have_url(re.compile("system=omsorgsjournalen"))
    assert ivo.stop(), "the focus went with the page"
    page.go_back()
    is_at(page, "/overblik")
    expect(page.get_by_label("System", exact=True)).to_have_value("")
    page.wait_for_load_state()
    page.go_forward()
    expect(page.get_by_label("System", exact=True)).to_have_value("omsorgsjournalen")
    page.wait_for_load_state()
    ivo.tab_to("#1")
    ivo.press("Enter")
    is_at(page, "/sag/1")
