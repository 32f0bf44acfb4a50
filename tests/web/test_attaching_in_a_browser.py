"""A real browser chooses files, with a script and without one; what is too large is answered while it is still on its way."""

import struct
import zlib
from base64 import b64decode, b64encode
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from test_browser import QUESTION, chromium, page_of, pytestmark, shot  # noqa: F401  # a fixture, and when they run
from test_streams import running

from bot.domain.attachments import MEGABYTE
from bot.domain.metadata import without_metadata

PNG = b"\x89PNG\r\n\x1a\n\x00\xff\xff\xffIDAT" + b"\x00" * 1_300_000


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


@pytest.mark.parametrize("script", [True, False])
def test_a_screenshot_comes_with_a_first_question_and_reaches_whoever_takes_over(demo, chromium, script):  # noqa: F811
    with running(demo) as (address, *_):
        with page_of(chromium, address, "/som/mia/", java_script_enabled=script) as page:
            choose(page, "skærm.png", PNG)
            page.get_by_role("button", name="Send", exact=True).click()
            page.locator("#skriv-felt").fill(QUESTION)
            assert page.locator(".message.mine").count() == 0, (
                "the browser waits for words, and the file is still chosen"
            )
            page.get_by_role("button", name="Send", exact=True).click()
            page.locator(".mine").get_by_role("link", name="skærm.png").wait_for()
            page.get_by_text("Filen sender jeg med, hvis et menneske tager over.").wait_for()
            page.get_by_role("button", name="Spørg en superbruger").click()
            page.get_by_text("Sendt videre som #1").wait_for()
            assert page.wrong == []
        with page_of(chromium, address, "/som/sam/kanal/omsorg-nord", java_script_enabled=script) as page:
            with page.expect_download() as download:
                page.locator(".ticket-card").get_by_role("link", name="skærm.png").click()
            assert Path(download.value.path()).read_bytes() == PNG


@pytest.mark.parametrize("script", [True, False])
def test_an_answer_on_a_card_takes_a_file_along(demo, chromium, script):  # noqa: F811
    with ticket_of_mia(demo, chromium) as mia:
        address = mia.url.partition("/som/")[0]
        with page_of(chromium, address, "/som/sam/kanal/omsorg-nord", java_script_enabled=script) as page:
            page.get_by_role("button", name="Jeg tager den").click()
            page.locator("summary", has_text="Svar Mia").click()
            form = page.locator("details.opens[open]")
            form.locator(".attach summary").click()
            wrong = {"name": "virus.exe", "mimeType": "image/png", "buffer": b"MZ"}
            form.locator("input[type=file]").set_input_files([wrong])
            form.get_by_label("Besked").fill("sådan gør du")
            form.locator("button.main").click()
            page.get_by_text("virus.exe kan ikke vedhæftes").wait_for()
            form = page.locator("form.fields", has=page.locator(".wrong"))
            assert form.get_by_label("Besked").input_value() == "sådan gør du"
            right = {"name": "sådan.png", "mimeType": "image/png", "buffer": PNG}
            form.locator("input[type=file]").set_input_files([right])
            form.locator("button.main").click()
            form.wait_for(state="detached")
            if not script:
                mia.reload()
            mia.locator("#sag-ord").get_by_role("link", name="sådan.png").wait_for()
            assert [each for each in page.wrong if "422" not in each] == []


def test_a_file_that_was_chosen_on_a_card_survives_that_the_clock_of_the_card_moves(demo, chromium):  # noqa: F811
    with running(demo) as (address, *_), page_of(chromium, address) as page:
        page.locator("#skriv-som-mia-felt").fill(f"menneske: {QUESTION}")
        page.locator(".persona.asks").get_by_role("button", name="Send").click()
        sam = page.locator(".persona.helps")
        sam.get_by_role("button", name="Jeg tager den").click()
        sam.locator("summary", has_text="Svar Mia").click()
        sam.locator("details.opens[open] .attach summary").click()
        chosen = sam.locator("details.opens[open] input[type=file]")
        chosen.set_input_files([{"name": "a.png", "mimeType": "image/png", "buffer": PNG}])
        before = sam.locator(".ticket-card").inner_text()
        page.locator("#frem-kvarter").click()
        page.wait_for_function(
            "before => document.querySelector('.persona.helps .ticket-card').innerText !== before", arg=before
        )
        assert chosen.evaluate("input => [...input.files].map(file => file.name)") == ["a.png"]


DRAWN = """async kind => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [40, 20];
    const pen = canvas.getContext("2d");
    pen.fillStyle = "teal"; pen.fillRect(0, 0, 40, 20); pen.fillStyle = "orange"; pen.fillRect(3, 2, 9, 7);
    return canvas.toDataURL(kind).split(",")[1];
}"""
SEEN = """async ([kind, data]) => {
    const image = new Image();
    image.src = `data:${kind};base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    return [canvas.width, canvas.height, [...pen.getImageData(0, 0, canvas.width, canvas.height).data].join()];
}"""


SECRET = b"55.6761N 12.5683E Mia"
EXIF = b"Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0" + SECRET


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def part(kind, data):
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def with_secrets(kind, picture):
    """As a telephone writes it: held on its side, with where it was."""
    if kind == "image/jpeg":
        return picture[:2] + struct.pack(">HH", 0xFFE1, len(EXIF) + 2) + EXIF + picture[2:]
    if kind == "image/png":
        return picture[:33] + chunk(b"tEXt", b"Author\0" + SECRET) + picture[33:]
    simple = picture[12:16] != b"VP8X"  # then nothing says yet that there may be more
    head = part(b"VP8X", bytes([0, 0, 0, 0, 39, 0, 0, 19, 0, 0])) if simple else picture[12:30]
    inside = (
        b"WEBP" + head[:8] + bytes([head[8] | 8]) + head[9:] + picture[12 if simple else 30 :] + part(b"EXIF", SECRET)
    )
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


@pytest.mark.parametrize(
    ("kind", "size"), [("image/jpeg", [20, 40]), ("image/png", [40, 20]), ("image/webp", [40, 20])]
)
def test_a_browser_sees_the_same_picture_when_it_no_longer_says_where_it_was_taken(chromium, kind, size):  # noqa: F811
    page = chromium.new_page()
    photo = with_secrets(kind, b64decode(page.evaluate(DRAWN, kind)))
    kept = without_metadata(kind, photo)
    assert SECRET in photo
    assert SECRET not in kept
    before, after = (page.evaluate(SEEN, [kind, b64encode(each).decode()]) for each in (photo, kept))
    assert before == after
    assert after[:2] == size, "it still stands as it was held"
    page.close()
