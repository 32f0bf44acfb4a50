"""Every page in both languages, in light and dark: axe-core finds nothing against WCAG 2.1 AA."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from test_browser import CHROMIUM, chromium, page_of  # noqa: F401  # a fixture
from test_permission_matrix import PAGES, Elsewhere, busy  # noqa: F401  # a fixture
from test_sharing import Editions
from test_streams import running

from bot.domain.people import PersonId
from bot.web.sharing import Pass

AXE = (Path(__file__).parent / "vendor" / "axe-4.10.3.min.js").read_text("utf-8")
EVERYTHING = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}  # all that a colour scheme can change
SHOWN = Pass(1, "karen", 2**32, 0).sealed("a secret that only this test knows")
NOT_PAGES = {
    "/healthz",
    "/readyz",
    "/fil/{attachment}",
    "/leverandoersag/{number}/{target}.csv",
    "/rapport/{month}-maal.csv",
    "/rapport/{month}.csv",
    "/ind/oidc",
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine: the browser tests were not run"),
]


def every_page():
    """Each kind of page, as somebody who may see it, and what strangers see."""
    for route, addresses in PAGES.items():
        if route in NOT_PAGES:
            continue
        for address, allowed in addresses.items():
            if who := min(allowed - {"", "oluf"}, default=""):
                yield who, address
    yield from [("", "/"), ("", "/ind"), ("mia", "/findes-ikke"), ("", f"/delt/{SHOWN}"), ("", "/ind/oidc/svar")]


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_page_shuts_anybody_out(busy, chromium, language):  # noqa: F811
    known = busy.knowledge.known
    people = {each: replace(person, language=language) for each, person in known.organisation.people.items()}
    busy.knowledge.known = replace(known, organisation=replace(known.organisation, people=people))
    busy.parts = replace(busy.parts, letters=Ways(), shares=Editions(), provider=Elsewhere())
    busy.open()
    found, checked = [], 0
    with running(busy) as (address, *_):
        pages = list(every_page())
        for who in sorted({who for who, _ in pages}):
            busy.doors.begin(f"of-{who}", PersonId(who), busy.hands.now() + timedelta(days=1))
            with page_of(chromium, address, "/healthz", locale=language, reduced_motion="reduce") as page:
                if who:
                    page.context.add_cookies([{"name": "driftsvagt", "value": f"of-{who}", "url": address}])
                for path in [path for each, path in pages if each == who]:
                    page.goto(f"{address}{path}", wait_until="load")
                    page.evaluate(AXE)
                    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
                    for scheme, rules in (("light", EVERYTHING), ("dark", COLOURS)):
                        page.emulate_media(color_scheme=scheme)
                        result = page.evaluate("rules => axe.run(document, rules)", rules)
                        checked += len(result["passes"])
                        found += [f"{who or 'nobody'} {path} {scheme}: {each}" for each in told(result)]
    assert not found, "\n".join(found)
    assert checked > 15 * len(pages)


def test_what_is_wrong_is_found(chromium):  # noqa: F811
    """Or the test above could not fail."""
    with page_of(
        chromium, "data:", "text/html,<html><title>x</title><p style='color:%23999'>grå</p><img src=x></html>"
    ) as page:
        page.evaluate(AXE)
        result = page.evaluate("rules => axe.run(document, rules)", EVERYTHING)
    assert {each["id"] for each in result["violations"]} >= {"color-contrast", "image-alt", "html-has-lang"}


class Ways:
    ways = ("mail", "slack")


def told(result):
    for each in result["violations"]:
        for node in each["nodes"]:
            yield f"{each['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"


def test_the_demo_shuts_nobody_out(demo, chromium):  # noqa: F811
    with running(demo) as (address, *_), page_of(chromium, address, "/", reduced_motion="reduce") as page:
        page.evaluate(AXE)
        found = []
        for scheme, rules in (("light", EVERYTHING), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found += told(page.evaluate("rules => axe.run(document, rules)", rules))
    assert not found, "\n".join(found)
