"""Files with a comment: chosen in a form without a script, refused with the words kept, and read by those who may."""

import asyncio
import re
from dataclasses import replace
from html import unescape

import httpx
import pytest
from skeleton import words
from starlette.exceptions import HTTPException
from starlette.requests import Request
from test_story import opened
from test_streams import PATIENCE, running

from bot.domain.attachments import MEGABYTE
from bot.domain.commands import Kind, Place
from bot.domain.privacy import MASK
from bot.domain.refusals import OurFault
from bot.web.filling import read_filled

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x05\xd8IDAT" + b"\x00\x01\x02" * 500
PICTURE = ("foto.png", PNG, "image/png")


def plays(story):
    asyncio.run(story)


def form_of(browser, form="skriv", **more):
    tag = re.search(rf'<form[^>]*id="{form}".*?</form>', browser.html, re.DOTALL)[0]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', tag))
    return {name: unescape(value) for name, value in hidden.items()} | {"text": ""} | more


async def attaches(browser, *files, form="skriv", htmx=False, **more):
    """As a browser sends it: the fields first, then the files."""
    sent = [("fil", each) for each in files] or [("fil", ("", b"", "application/octet-stream"))]
    headers = {"hx-request": "true"} if htmx else {}
    answer = await browser.client.post("/sig", data=form_of(browser, form, **more), files=sent, headers=headers)
    return await browser.open(answer.headers["location"]) if answer.status_code == 303 else answer


def links(browser):
    return re.findall(r'<li><a href="(/fil/[^"]+)">([^<]+)</a> \(([^)]+)\)', browser.html)


def kept(stage):
    return [*stage.store._shelves.attachments.values()]


async def claimed(stage):
    mia, sam = await opened(stage), stage.browser("sam")
    await sam.open("/kanal/omsorg-nord")
    await sam.presses("Jeg tager den")
    await mia.open("/sag/1")
    await sam.open("/kanal/omsorg-nord/1")
    return mia, sam


def test_an_employee_attaches_and_those_who_help_read_it_on_every_page(stage):
    async def story():
        mia, sam = await claimed(stage)
        assert 'enctype="multipart/form-data"' in mia.html
        await attaches(mia, PICTURE, ("fejl.log", "blåbær".encode(), "text/plain"), text="sådan ser det ud")
        assert [each[1:] for each in links(mia)] == [("foto.png", "1 kB"), ("fejl.log", "8 byte")]
        assert "sådan ser det ud Vedhæftet:" in words(mia.html)
        for browser, path in ((mia, "/"), (sam, "/sag/1"), (sam, "/kanal/omsorg-nord/1"), (sam, "/")):
            await browser.open(path)
            found = links(browser)
            assert [each[1] for each in found] == ["foto.png", "fejl.log"], path
            assert (await browser.client.get(found[0][0])).content == PNG

    plays(story())


def test_a_file_is_saved_and_never_shown(stage):
    async def story():
        mia, _ = await claimed(stage)
        await attaches(mia, ('æ "1";\r\nX: y.png', PNG, "text/html"), text="se")
        answer = await mia.client.get(links(mia)[0][0])
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%C3%A6%20")
        assert answer.headers["content-disposition"].isascii()
        assert not set('";') & set(answer.headers["content-disposition"].removeprefix("attachment;"))
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer.headers["cache-control"] == "private, no-store"

    plays(story())


def test_a_superuser_answers_with_a_file_or_keeps_it_internal(stage):
    async def story():
        mia, sam = await claimed(stage)
        await attaches(sam, PICTURE, form="skriv-traad", text="prøv sådan", audience="employee")
        await sam.open("/kanal/omsorg-nord/1")
        await attaches(sam, ("kun-os.pdf", b"%PDF-1.7", ""), form="skriv-traad", text="hemmeligt", audience="internal")
        await sam.open("/sag/1")
        to_mia, internal = [each[0] for each in links(sam)]
        for path in ("/", "/sag/1"):
            await mia.open(path)
            assert [each[1] for each in links(mia)] == ["foto.png"], path
            assert "kun-os" not in mia.html
        assert (await mia.client.get(to_mia)).status_code == 200
        hidden, unknown = await mia.client.get(internal), await mia.client.get("/fil/unknown")
        assert hidden.status_code == unknown.status_code == 404
        assert hidden.text == unknown.text
        assert (await sam.client.get(internal)).content == b"%PDF-1.7"

    plays(story())


def test_a_file_without_a_word_is_a_comment_too(stage):
    async def story():
        mia, sam = await claimed(stage)
        await attaches(mia, PICTURE)
        assert [each[1] for each in links(mia)] == ["foto.png"]
        assert words(mia.html).count("foto.png") == 2  # and in the list of talks beside it, without an address
        assert "Vedhæftet: - foto.png (1 kB)" in words(mia.html)
        await sam.open("/sag/1")
        assert [each[1] for each in links(sam)] == ["foto.png"]

    plays(story())


def test_words_without_a_file_are_as_they_always_were(stage):
    async def story():
        mia, _ = await claimed(stage)
        await attaches(mia, text="bare et ord")
        assert "bare et ord" in words(mia.html)
        assert kept(stage) == []

    plays(story())


def test_what_the_bot_would_take_for_its_own_word_is_a_comment_when_a_file_comes_with_it(stage):
    async def story():
        mia, _ = await claimed(stage)
        await attaches(mia, PICTURE, text="hjælp")
        assert [each[1] for each in links(mia)] == ["foto.png"]

    plays(story())


def test_the_same_form_sent_twice_attaches_once(stage):
    async def story():
        mia, _ = await claimed(stage)
        form = form_of(mia, text="to gange")
        for _ in range(2):
            await mia.client.post("/sig", data=form, files=[("fil", PICTURE)])
        assert len(kept(stage)) == 1
        for path in ("/sag/1", "/"):
            await mia.open(path)
            assert len(links(mia)) == 1
            assert (await mia.client.get(links(mia)[0][0])).status_code == 200

    plays(story())


REFUSED = [
    ([("virus.exe", b"MZ", "image/png")], "virus.exe kan ikke vedhæftes"),
    ([PICTURE, ("tegning.svg", b"<svg/>", "image/svg+xml")], "tegning.svg kan ikke vedhæftes"),
    ([("foto.png", b"<html>", "image/png")], "foto.png er ikke den slags fil"),
    ([("tom.txt", b"", "text/plain")], "tom.txt er tom"),
    ([(f"{nth}.png", PNG, "image/png") for nth in range(6)], "5.png var en for meget"),
    ([PICTURE, ("stor.log", b"x" * MEGABYTE, "text/plain")], "stor.log kunne ikke komme med"),
]


@pytest.mark.parametrize(("files", "said"), REFUSED, ids=[said for _, said in REFUSED])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_file_that_is_refused_is_named_and_the_words_are_kept(stage, files, said, htmx):
    async def story():
        stage.parts = replace(stage.parts, attachment_room=MEGABYTE)
        stage.open()
        mia, _ = await claimed(stage)
        before = stage.posts.newest()
        answer = await attaches(mia, *files, htmx=htmx, text="ordene her bliver stående")
        assert answer.status_code == 422
        assert "ordene her bliver stående</textarea>" in answer.text
        assert said in words(answer.text)
        assert "Vælg filerne igen" in words(answer.text)
        assert 'type="file"' in answer.text
        assert (kept(stage), stage.posts.newest()) == ([], before)

    plays(story())


def test_with_a_comment_that_is_refused_no_file_is_left(stage):
    async def story():
        mia, _ = await claimed(stage)
        other = stage.browser("mia")
        await other.open("/")
        await other.presses("Jeg har ikke brug for hjælp længere")
        answer = await attaches(mia, PICTURE, text="for sent")
        assert answer.status_code == 422
        assert "for sent</textarea>" in answer.text
        assert kept(stage) == []

    plays(story())


def test_after_a_fault_of_ours_the_file_is_still_there_for_when_it_is_taken_up_again(stage):
    async def story():
        await claimed(stage)
        stage.parts = replace(stage.parts, attend=lambda _delivery, _kept=None: OurFault("abc"))
        stage.open()
        mia = stage.browser("mia")
        await mia.open("/sag/1")
        answer = await attaches(mia, PICTURE, text="igen")
        assert answer.status_code == 422
        assert len(kept(stage)) == 1

    plays(story())


def test_numbers_in_a_text_and_in_a_name_never_reach_the_store(stage):
    async def story():
        mia, _ = await claimed(stage)
        await attaches(mia, ("010165-1234.csv", "navn;0202651234\r\n".encode("cp1252"), "text/csv"), text="listen")
        filed = kept(stage)[0]
        assert filed.content == f"navn;{MASK}\r\n".encode()
        assert filed.attachment.name == f"{MASK}.csv"
        assert filed.attachment.kind == "text/csv"
        await mia.open("/")
        assert "Jeg fjernede 2 CPR-numre" in words(mia.html)

    plays(story())


def test_a_file_can_only_be_attached_to_a_question_or_a_ticket(stage):
    async def story():
        await opened(stage)
        sam = stage.browser("sam")
        await sam.open("/kanal/omsorg-nord")
        assert 'type="file"' not in sam.html
        await attaches(sam, PICTURE, text="hvad er det her for noget")
        assert kept(stage) == []
        await sam.open("/")
        answer = await attaches(sam, PICTURE, text="ikke min", sag="99")
        assert answer.status_code == 404
        assert kept(stage) == []

    plays(story())


def test_nobody_reads_a_file_of_a_stranger_or_of_a_form_that_is_not_ours(stage):
    async def story():
        mia, _ = await claimed(stage)
        form, pulled = form_of(mia, text="x"), []
        for client, status in ((stage.browser().client, 401), (mia.client, 413)):
            answer = await client.post(
                "/sig", headers={"content-type": "multipart/form-data; boundary=b"}, content=body(pulled)
            )
            assert answer.status_code == status  # the second does not say how much it will be
            assert pulled == []
        answer = await mia.client.post("/sig", data=form | {"segl": "0"}, files=[("fil", PICTURE)])
        assert answer.status_code == 403
        for boundary in ("", "; boundary=" + "x" * 300, "; boundary=b"):
            headers = {"content-type": f"multipart/form-data{boundary}"}
            answer = await mia.client.post("/sig", headers=headers, content=b"--c\r\nrubbish")
            assert answer.status_code == 404
        assert kept(stage) == []

    plays(story())


async def body(pulled, first=b"", size=MEGABYTE):
    """Without an end, and without a length of its own; counts what was asked for."""
    if first:
        yield first
    while True:
        pulled.append(size)
        yield b"x" * size


def head(form, *lines):
    said = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in form.items()
    )
    return (said + "\r\n".join(("--b", *lines, "", ""))).encode()


def test_of_what_is_too_large_the_rest_is_not_read(stage):
    async def story():
        stage.parts = replace(stage.parts, attachment_room=3 * MEGABYTE)
        stage.open()
        mia, _ = await claimed(stage)
        pulled = []
        first = head(
            form_of(mia, text="ordene bliver"), 'Content-Disposition: form-data; name="fil"; filename="film.png"'
        )
        headers = {"content-type": "multipart/form-data; boundary=b", "content-length": str(2**40)}
        answer = await mia.client.post("/sig", headers=headers, content=body(pulled, first))
        assert answer.status_code == 422
        assert "film.png kunne ikke komme med: filerne må fylde højst 3 MB i alt." in words(answer.text)
        assert "ordene bliver</textarea>" in answer.text
        assert 3 <= len(pulled) <= 5

    plays(story())


@pytest.mark.parametrize(
    "first",
    [
        head({}, 'Content-Disposition: form-data; name="text"'),
        head({f"f{nth}": "x" for nth in range(61)}, 'Content-Disposition: form-data; name="y"'),
    ],
)
def test_of_more_words_than_anybody_writes_the_rest_is_not_read(stage, first):
    async def story():
        mia, _ = await claimed(stage)
        pulled = []
        headers = {"content-type": "multipart/form-data; boundary=b", "content-length": str(2**40)}
        answer = await mia.client.post("/sig", headers=headers, content=body(pulled, first, 64 * 1024))
        assert answer.status_code == 413
        assert len(pulled) <= 6

    plays(story())


def test_somebody_who_leaves_while_a_file_is_on_its_way_is_no_fault_of_ours():
    async def leaves():
        return {"type": "http.disconnect"}

    headers = [(b"content-type", b"multipart/form-data; boundary=b"), (b"content-length", b"10")]
    request = Request({"type": "http", "headers": headers}, leaves)
    with pytest.raises(HTTPException) as gone:
        asyncio.run(read_filled(request, MEGABYTE))
    assert gone.value.status_code == 400


def test_a_file_that_was_refused_leaves_no_link_when_the_same_form_comes_again(stage):
    async def story():
        mia, _ = await claimed(stage)
        page = mia.page
        await mia.open("/")
        await mia.presses("Jeg har ikke brug for hjælp længere")
        for _ in range(2):
            mia.page = page
            answer = await attaches(mia, PICTURE, text="se")
            assert answer.status_code == 422
            assert kept(stage) == []
        await mia.open("/")
        assert links(mia) == []

    plays(story())


def test_in_the_demo_a_persona_gets_the_files_under_their_own_address(demo):
    async def story():
        browser = demo.browser()
        await browser.open("/som/mia/")
        await browser.writes("menneske: skærmen er sort")
        await browser.open("/som/mia/sag/1")
        form = form_of(browser, text="se")
        answer = await browser.client.post("/som/mia/sig", data=form, files=[("fil", PICTURE)])
        assert answer.status_code == 303
        await browser.open("/som/mia/sag/1")
        href = re.search(r'href="(/som/mia/fil/[^"]+)"', browser.html)[1]
        assert (await browser.client.get(href)).content == PNG
        assert (await browser.client.get(href.replace("mia", "lone"))).status_code == 404

    plays(story())


def test_a_real_server_answers_while_too_much_is_still_on_its_way(stage):
    stage.parts = replace(stage.parts, attachment_room=MEGABYTE)
    stage.open()
    plays(claimed(stage))
    mia = stage.browser("mia")
    with (
        running(stage) as (address, *_),
        httpx.Client(base_url=address, cookies=mia.client.cookies, timeout=PATIENCE) as client,
    ):
        mia.page = client.get("/sag/1")
        files = [("fil", ("stor.log", b"x" * 30 * MEGABYTE, "text/plain"))]
        answer = client.post("/sig", data=form_of(mia, text="ordene bliver"), files=files)
        assert answer.status_code == 422
        assert "ordene bliver</textarea>" in answer.text
        assert client.get("/sag/1").status_code == 200


def test_in_a_thread_the_place_alone_says_which_ticket(stage):
    """A form of the thread without its hidden number is about the same ticket."""

    async def story():
        _, sam = await claimed(stage)
        form = form_of(sam, "skriv-traad", text="se", audience="internal")
        del form["sag"]
        await sam.client.post("/sig", data=form, files=[("fil", PICTURE)])
        await sam.open("/kanal/omsorg-nord/1")
        assert [each[1] for each in links(sam)] == ["foto.png"]
        assert stage.posts.page(Place("web", Kind.THREAD, "omsorg-nord", "1"), 1)[0].message.count("/fil/") == 1

    plays(story())
