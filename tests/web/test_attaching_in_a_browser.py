"""A real browser chooses files, with a script and without one; what is too large is answered while it is still on its way."""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from test_browser import QUESTION, chromium, page_of, pytestmark, shot  # noqa: F401  # a fixture, and when they run
from test_streams import running

from bot.domain.attachments import MEGABYTE

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 1_300_000


@contextmanager
def ticket_of_mia(demo, chromium, **options):  # noqa: F811
    demo.parts = replace(demo.parts, attachment_room=4 * MEGABYTE)
    demo.open()
    with running(demo) as (address, *_):
        with page_of(chromium, address) as page:
            page.locator("#skriv-som-mia-felt").fill(f"menneske: {QUESTION}")
            page.locator(".persona.asks").get_by_role("button", name="Send").click()
            page.get_by_text("30 min. tilbage").first.wait_for()
        with page_of(chromium, address, "/som/mia/sag/1", **options) as page:
            yield page


def choose(page, name, content):
    page.locator(".attach summary").click()
    page.locator("input[type=file]").set_input_files([{"name": name, "mimeType": "image/png", "buffer": content}])


@pytest.mark.parametrize("script", [True, False])
def test_a_picture_is_attached_and_saved(demo, chromium, script):  # noqa: F811
    with ticket_of_mia(demo, chromium, java_script_enabled=script) as page:
        choose(page, "skærm.png", PNG)
        page.locator("#skriv-felt").fill("sådan ser det ud")
        page.get_by_role("button", name="Send", exact=True).click()
        link = page.locator("#sag-ord").get_by_role("link", name="skærm.png")
        link.wait_for()
        assert "1,2 MB" in page.locator("#sag-ord").inner_text()
        shot(page, f"attached-{'with' if script else 'without'}-script")
        with page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename == "skærm.png"
        assert Path(download.value.path()).read_bytes() == PNG
        assert page.wrong == []


@pytest.mark.parametrize("script", [True, False])
def test_too_much_is_told_with_the_words_that_were_written(demo, chromium, script):  # noqa: F811
    with ticket_of_mia(demo, chromium, java_script_enabled=script) as page:
        choose(page, "film.png", b"\x00" * 12 * MEGABYTE)
        page.locator("#skriv-felt").fill("ordene bliver stående")
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_text("film.png kunne ikke komme med: filerne må fylde højst 4 MB i alt.").wait_for()
        assert page.locator("#skriv-felt").input_value() == "ordene bliver stående"
        shot(page, f"not-attached-{'with' if script else 'without'}-script")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_field_for_files_is_no_wider_than_the_window(demo, chromium, width):  # noqa: F811
    with ticket_of_mia(demo, chromium, viewport={"width": width, "height": 800}) as page:
        page.locator(".attach summary").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"attaching-{width}")
