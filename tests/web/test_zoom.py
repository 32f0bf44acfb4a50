"""Every page at 200 and 400 %, and with letters twice as large: nothing is cut off, and no page scrolls sideways (WCAG 1.4.4, 1.4.10)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from test_axe import Ways, every_page
from test_browser import CHROMIUM, chromium, page_of  # noqa: F401  # a fixture
from test_permission_matrix import busy  # noqa: F401  # a fixture
from test_sharing import Editions
from test_streams import running

from bot.domain.people import PersonId

# 1280 px wide at 200 %, 1280 at 400 %, and the same window with letters twice as large.
SIZES = {
    "200 %": ({"viewport": {"width": 640, "height": 512}, "device_scale_factor": 2}, ""),
    "400 %": ({"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}, ""),
    "letters": ({"viewport": {"width": 1280, "height": 1024}}, "200%"),
}

# What sticks out of the window, what covers another control, and words that do not fit in what they stand on.
FOUND = """() => {
    const found = [], wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    const named = (each) => `<${each.localName}> ${(each.innerText || each.id || each.className).toString().trim().slice(0, 40)}`;
    const shown = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        && !each.closest(".hidden, .skip, [hidden]");
    const inOwnScroll = (each) => each.closest(".scroll-x, .rooms, pre");
    const controls = [...document.querySelectorAll("a[href], button, summary, input, select, textarea")].filter(shown);
    const boxes = controls.filter((each) => !inOwnScroll(each)).map((each) => [each, each.getBoundingClientRect()]);
    for (const [each, box] of boxes) {
        if (box.left < -1 || box.right > wide + 1) found.push(`${named(each)} reaches from ${box.left} to ${box.right}`);
        if (each.matches("button, .button") && each.scrollWidth > each.clientWidth + 1) found.push(`${named(each)} is cut off`);
    }
    const scrolls = (each) => each.closest(".from-the-end, .sidebar, .persona-body");
    for (const [nth, [one, a]] of boxes.entries()) for (const [other, b] of boxes.slice(nth + 1)) {
        if (one.contains(other) || other.contains(one) || scrolls(one) !== scrolls(other)) continue;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 2 && down > 2) found.push(`${named(one)} and ${named(other)} cover one another`);
    }
    for (const each of document.querySelectorAll("h1, h2, h3, p, dd, dt, li, th, td, label, legend")) {
        if (!shown(each) || inOwnScroll(each) || each.closest("svg")) continue;
        const box = each.getBoundingClientRect();
        if (box.width && (box.left < -1 || box.right > wide + 1)) found.push(`${named(each)} is out of the window`);
    }
    for (const each of document.querySelectorAll(".scroll-x")) {
        if (!each.getAttribute("aria-label") || each.tabIndex !== 0) found.push(`${named(each)} scrolls, and has no name`);
    }
    return found;
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: the browser tests were not run"),
]


@pytest.mark.parametrize("size", SIZES)
def test_every_page_can_be_read_enlarged(busy, chromium, size):  # noqa: F811
    busy.parts = replace(busy.parts, letters=Ways(), shares=Editions())
    busy.open()
    options, letters = SIZES[size]
    found = []
    with running(busy) as (address, *_):
        pages = list(every_page())
        for who in sorted({who for who, _ in pages}):
            busy.doors.begin(f"of-{who}", PersonId(who), busy.hands.now() + timedelta(days=1))
            with page_of(chromium, address, "/healthz", locale="da", **options) as page:
                if who:
                    page.context.add_cookies([{"name": "driftsvagt", "value": f"of-{who}", "url": address}])
                for path in [path for each, path in pages if each == who]:
                    page.goto(f"{address}{path}", wait_until="load")
                    page.evaluate("size => document.documentElement.style.fontSize = size", letters)
                    found += [f"{who or 'nobody'} {path}: {each}" for each in page.evaluate(FOUND)]
                    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
                    found += [f"{who or 'nobody'} {path}, opened: {each}" for each in page.evaluate(FOUND)]
    assert not found, "\n".join(dict.fromkeys(found))


def test_what_does_not_fit_is_found(chromium):  # noqa: F811
    """Or the test above could not fail."""
    html = "<button style='width:30px;overflow:hidden'>Fejlmeldingen</button><p style='width:2000px'>x</p><a href=x>a</a><a href=y style='margin-left:-9px'>b</a>"
    with page_of(chromium, "data:", f"text/html,{html}", viewport={"width": 640, "height": 512}) as page:
        found = " ".join(page.evaluate(FOUND))
    assert "the page is" in found
    assert "is cut off" in found
    assert "cover one another" in found
    assert "out of the window" in found
