"""Which files are taken: by the end of the name and by what is in them, under a name that is safe to show."""

import io
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attachments import KINDS, LONGEST_NAME, Upload, fit, names_of, safe_name
from bot.domain.privacy import MASK
from bot.domain.refusals import NotAttached


def package(*names: str, mimetype: str = "") -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as zipped:
        if mimetype:
            zipped.writestr("mimetype", mimetype)
        for name in names:
            zipped.writestr(name, "<x/>")
    return made.getvalue()


OOXML = "[Content_Types].xml"
GOOD = {
    "a.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\x01IDAT.",
    "a.JPG": b"\xff\xd8\xff\xda\x00\x02...",
    "a.jpeg": b"\xff\xd8\xff\xdb\x00\x03.\xff\xda\x00\x02...",
    "a.gif": b"GIF89a...",
    "b.gif": b"GIF87a...",
    "a.webp": b"RIFF\x08\x00\x00\x00WEBPVP8 ",
    "a.pdf": b"%PDF-1.7\n...",
    "a.txt": "æøå\r\n\tog mere".encode(),
    "a.log": "blåbærgrød".encode("cp1252"),
    "b.log": b"\x1b[31mfejl\x1b[0m \x81",
    "a.csv": b"a;b\n1;2\n",
    "a.docx": package(OOXML, "word/document.xml"),
    "a.xlsx": package(OOXML, "xl/workbook.xml"),
    "a.pptx": package(OOXML, "ppt/presentation.xml"),
    "a.odt": package("content.xml", mimetype=KINDS["odt"]),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_what_its_name_says_is_taken_as_it_is(name: str) -> None:
    taken = fit(Upload(name, GOOD[name]))
    assert (taken.name, taken.content, taken.removed) == (name, GOOD[name], 0)
    assert taken.kind == KINDS[name.rpartition(".")[2].lower()]


BAD = [
    ("a.svg", b"<svg/>", "kind"),
    ("a.html", b"<p>", "kind"),
    ("a.exe", b"MZ", "kind"),
    ("a.docm", package(OOXML, "word/document.xml"), "kind"),
    ("a.zip", package("a"), "kind"),
    ("png", b"\x89PNG\r\n\x1a\n", "kind"),
    ("", b"x", "kind"),
    ("a.png.html", b"\x89PNG\r\n\x1a\n", "kind"),
    ("a.png", b"", "empty"),
    ("a.png", b"<svg/>", "content"),
    ("a.jpg", b"MZ\x90", "content"),
    ("a.webp", b"RIFF\x00\x00\x00\x00WAVE", "content"),
    ("a.pdf", b"<html>%PDF-", "content"),
    ("a.txt", b"MZ\x00\x01", "content"),
    ("a.csv", "a;b".encode("utf-16"), "content"),
    ("a.docx", package(OOXML, "xl/workbook.xml"), "content"),
    ("a.docx", package("word/document.xml"), "content"),
    ("a.docx", package(OOXML, "word/document.xml", "word/vbaProject.bin"), "content"),
    ("a.odt", package("content.xml", mimetype="application/zip"), "content"),
    ("a.xlsx", b"[Content_Types].xml xl/", "content"),
]


@pytest.mark.parametrize(("name", "content", "why"), BAD)
def test_what_is_not_is_refused_by_name_and_reason(name: str, content: bytes, why: str) -> None:
    with pytest.raises(NotAttached) as refused:
        fit(Upload(name, content))
    assert (refused.value.name, refused.value.why) == (name or "-", why)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "latin-1"])
def test_numbers_in_a_text_are_masked_before_it_is_kept_and_the_rest_stays_as_it_was(encoding: str) -> None:
    said = "æ;010165-1234\r\nø;0202651234\r\n" + ("\x81" if encoding == "latin-1" else "")
    taken = fit(Upload("borgere.csv", said.encode(encoding)))
    assert taken.removed == 2
    assert taken.content.decode(encoding) == said.replace("010165-1234", MASK).replace("0202651234", MASK)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("foto.png", "foto.png"),
        ("C:\\Users\\mia\\foto.png", "foto.png"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("...skjult.txt", "skjult.txt"),
        ("fak\u202egnp.exe.png", "fakgnp.exe.png"),
        ("a\r\nX: b\x00\u200b.png", "a X: b.png"),
        ("a\u2028b\u00a0 c.png", "a b c.png"),
        ("a\u030a.png", "å.png"),
        ("010165-1234.pdf", f"{MASK}.pdf"),
        ("borger_010165_1234.pdf", f"borger {MASK}.pdf"),
        ("to_ord.pdf", "to_ord.pdf"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
        ("x" * 300, "x" * 120),
        ("a." + "y" * 300, "a." + "y" * 118),
        ("\u202e", "-"),
        ("/", "-"),
    ],
)
def test_a_name_is_one_that_may_be_shown(given_name: str, shown: str) -> None:
    assert safe_name(given_name)[0] == shown
    assert safe_name(given_name)[1] == (MASK in shown)


@given(st.text(max_size=200))
def test_a_name_is_never_empty_nor_long_nor_a_path_and_once_is_enough(name: str) -> None:
    safe, _ = safe_name(name)
    assert 0 < len(safe) <= LONGEST_NAME
    assert not set(safe) & set("/\\\r\n\0\u202e")
    assert safe_name(safe)[0] == safe


def test_names_stand_where_nothing_was_written() -> None:
    assert names_of(fit(Upload(each, GOOD[each])) for each in ("a.png", "a.pdf")) == "a.png, a.pdf"
