"""People at browsers of their own. Whatever page of theirs complains, or asks another machine for anything, is noted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from answers import counts
from houses import House
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 120_000  # milliseconds until a test gives up; nothing here waits for time to pass
expect.set_options(timeout=PATIENCE)


@dataclass
class Troubles:
    said: list[str] = field(default_factory=list)
    astray: list[str] = field(default_factory=list)  # what was asked of another machine

    def only_here(self, route: Route) -> None:
        if route.request.url.startswith("http://127.0.0.1:"):
            route.continue_()
        else:
            self.astray.append(route.request.url)
            route.abort()

    def hear(self, said: ConsoleMessage) -> None:
        """A refused form is answered 422 with the form, which the browser calls an error, and is not."""
        if said.type == "error" and "422 (Unprocessable" not in said.text:
            self.said.append(said.text)


@contextmanager
def guarded(browser: Browser, troubles: Troubles, **options: Any) -> Iterator[Page]:
    context = browser.new_context(**{"locale": "da-DK", **options})
    context.route("**/*", troubles.only_here)
    counts(context)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("pageerror", lambda error: troubles.said.append(str(error)))
    page.on("console", troubles.hear)
    yield page
    context.close()


def is_at(page: Page, path: str) -> None:
    """And may act there: a page is seen before its scripts are at work."""
    expect(page).to_have_url(re.compile(re.escape(path) + "$"))
    page.wait_for_load_state()


def comes_in(page: Page, house: House, address: str) -> None:
    """As somebody whom nobody knows yet: asks at /ind, opens the link of the mail, and presses its one button."""
    page.goto(f"{house.address}/ind")
    page.get_by_label("mail").fill(address)
    page.get_by_role("button", name="Send på mail").click()
    expect(page.get_by_text(address)).to_be_visible()
    page.goto(house.link_in(house.mail_to(address)))
    page.get_by_role("button", name="Kom ind").click()
    expect(page.get_by_role("link", name="Log ud")).to_be_visible()
