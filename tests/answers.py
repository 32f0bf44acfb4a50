"""What a page sends is answered before or after the stream has shown what came of it.

The answer is drawn over that: what was opened, written or focused there in between is gone. No person is so quick; a test is.
"""

from playwright.sync_api import BrowserContext, Locator, Page

COUNTED = """
    window.underWay = 0;
    const counts = (by) => ({ detail: { ctx } }) => { if (ctx.request.method === "POST") window.underWay += by; };
    document.addEventListener("htmx:before:request", counts(1));
    document.addEventListener("htmx:finally:request", counts(-1));
"""
GLANCE = 20  # milliseconds


def counts(context: BrowserContext) -> None:
    """From now on, in every page that is opened."""
    context.add_init_script(COUNTED)


def answered(page: Page) -> None:
    page.wait_for_function("() => !window.underWay", polling=GLANCE)


def press(button: Locator) -> None:
    button.click()
    answered(button.page)
