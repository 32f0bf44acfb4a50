"""Photos lose what they say beside the picture, and not a byte of the picture. Files are made by hand, chunk by chunk."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attachments import Upload, fit
from bot.domain.metadata import without_metadata

SECRET = b"55.6761N 12.5683E Mia"
SCAN = b"\x12\xff\x00\x34\xff\xd0\x56\xff\x00"
START, END = b"\xff\xd8", b"\xff\xd9"


def segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def exif(orientation: int | None = None, order: str = "<", kind: int = 3) -> bytes:
    entry = b"" if orientation is None else struct.pack(f"{order}HHIHH", 0x0112, kind, 1, orientation, 0)
    gps = struct.pack(f"{order}HHII", 0x8825, 4, 1, 60)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    head = mark + struct.pack(f"{order}IH", 8, 1 + bool(entry))
    return b"Exif\0\0" + head + gps + entry + b"\0\0\0\0" + SECRET


JFIF = segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0")
PICTURE = (
    segment(0xE2, b"ICC_PROFILE\0\1\1sRGB"),
    segment(0xEE, b"Adobe\0d\0\0\0\0\0"),
    segment(0xDB, b"tables"),
    segment(0xC2, b"frame"),
    segment(0xDA, b"scan") + SCAN,
    segment(0xC4, b"more tables"),
    segment(0xDA, b"scan") + SCAN,
)
SAYING = (
    segment(0xE1, exif()),
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
    segment(0xE0, b"JFXX\0\x10" + SECRET),
    segment(0xE2, b"MPF\0" + SECRET),
    segment(0xED, b"Photoshop 3.0\0" + SECRET),
    segment(0xEF, SECRET),
    segment(0xFE, SECRET),
)


def test_a_jpeg_keeps_its_picture_and_its_colours_alone() -> None:
    photo = START + JFIF + b"".join(SAYING) + b"".join(PICTURE[:5]) + SAYING[-1] + b"".join(PICTURE[5:]) + END
    assert without_metadata("image/jpeg", photo + SECRET) == START + JFIF + b"".join(PICTURE) + END


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_jpeg_that_was_held_another_way_still_says_how(orientation: int, order: str) -> None:
    photo = START + segment(0xE1, exif(orientation, order)) * 2 + b"".join(PICTURE) + END
    taken = without_metadata("image/jpeg", photo)
    turned = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    assert taken == START + segment(0xE1, b"Exif\0\0" + turned) + b"".join(PICTURE) + END
    assert without_metadata("image/jpeg", taken) == taken


@pytest.mark.parametrize(
    "said",
    [
        exif(1),
        exif(0),
        exif(9),
        exif(6, kind=4),
        exif(6)[:20],
        b"Exif\0\0",
        b"Exif\0\0XX*\0",
        exif(6)[6:],
        exif(6)[:6] + b"II*\0\xff\xff\xff\xff",
    ],
)
def test_what_cannot_be_read_of_it_turns_nothing(said: bytes) -> None:
    assert without_metadata("image/jpeg", START + segment(0xE1, said) + PICTURE[4] + END) == START + PICTURE[4] + END


def test_the_little_picture_in_a_jpeg_is_left_out() -> None:
    photo = START + segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\1" + b"rgb") + PICTURE[4] + END
    assert without_metadata("image/jpeg", photo) == START + JFIF + PICTURE[4] + END


def test_a_jpeg_that_breaks_off_is_cleaned_as_far_as_it_goes() -> None:
    begun = b"".join(PICTURE[:4])
    assert without_metadata("image/jpeg", START + SAYING[0] + begun + PICTURE[4]) == START + begun + PICTURE[4]
    assert without_metadata("image/jpeg", START + begun + b"rubbish" + SAYING[1] + END) == START + begun + END
    assert without_metadata("image/jpeg", START + begun + SAYING[0][:-4]) == START + begun
    assert without_metadata("image/jpeg", START + begun + b"\xff\xc4") == START + begun + b"\xff\xc4"


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = b"\x89PNG\r\n\x1a\n"
DRAWN = (chunk(b"IHDR", b"size"), chunk(b"iCCP", b"sRGB"), chunk(b"PLTE"), chunk(b"acTL"), chunk(b"IDAT", b"\1\2"))
SAID = tuple(chunk(kind, SECRET) for kind in (b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME", b"caBX", b"prVt"))


def test_a_png_keeps_its_picture_and_its_colours_alone() -> None:
    picture = PNG + b"".join(DRAWN) + SAID[0] + chunk(b"IEND")
    photo = picture.replace(DRAWN[4], b"".join(SAID) + DRAWN[4])
    assert without_metadata("image/png", photo + SECRET) == PNG + b"".join(DRAWN) + chunk(b"IEND")


def test_a_png_that_breaks_off_is_cleaned_as_far_as_it_goes() -> None:
    begun = PNG + DRAWN[0]
    assert without_metadata("image/png", begun + SAID[0] + b"\0\0\0\4\1\2\3\4rest") == begun + b"\0\0\0\4\1\2\3\4rest"
    assert without_metadata("image/png", begun + SAID[0] + DRAWN[4][:-5]) == begun + DRAWN[4][:-5]
    assert without_metadata("image/png", begun + SAID[0][:-9]) == begun


def part(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def webp(*parts: bytes) -> bytes:
    inside = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def test_a_webp_keeps_its_picture_and_no_longer_says_that_there_is_more() -> None:
    drawn = (part(b"ICCP", b"sRGB"), part(b"ALPH", b"\1\2\3"), part(b"VP8 ", b"pixel"))
    said = (part(b"EXIF", SECRET), part(b"XMP ", SECRET), part(b"abcd", SECRET))
    photo = webp(part(b"VP8X", b"\x3e" + bytes(9)), *drawn, *said)
    assert without_metadata("image/webp", photo + SECRET) == webp(part(b"VP8X", b"\x32" + bytes(9)), *drawn)


def test_a_webp_that_breaks_off_is_cleaned_as_far_as_it_goes() -> None:
    drawn = part(b"VP8L", b"pixels")
    photo = webp(part(b"EXIF", SECRET), drawn)
    assert without_metadata("image/webp", photo[:-2]) == webp(drawn[:-2])
    assert without_metadata("image/webp", webp(drawn, b"\xff\1")) == webp(drawn, b"\xff\1")
    assert without_metadata("image/webp", webp(drawn, b"VP8X")) == webp(drawn, b"VP8X")
    for size in (0, 4):
        other = b"RIFF" + struct.pack("<I", size) + b"WEBP" + drawn
        assert without_metadata("image/webp", other) == other


def test_a_file_to_attach_is_cleaned_before_anybody_keeps_it() -> None:
    photo = START + SAYING[0] + b"".join(PICTURE) + END
    assert SECRET not in fit(Upload("foto.JPG", photo)).content
    assert fit(Upload("a.pdf", b"%PDF-" + SECRET)).content == b"%PDF-" + SECRET


PARTS = {
    "image/jpeg": (START, (*SAYING, *PICTURE, JFIF, segment(0xE1, exif(6)), END, b"\xff", b"\xff\xe1")),
    "image/png": (PNG, (*DRAWN, *SAID, chunk(b"IEND"), b"\0\0\0\1")),
    "image/webp": (b"RIFF\xff\0\0\0WEBP", (part(b"VP8 ", b"abc"), part(b"EXIF", SECRET), part(b"VP8X", b"\xff"))),
}


@pytest.mark.parametrize("kind", PARTS)
@given(data=st.data())
def test_whatever_comes_twice_is_as_once_and_nothing_grows(kind: str, data: st.DataObject) -> None:
    head, parts = PARTS[kind]
    pieces = st.lists(st.one_of(st.sampled_from(parts), st.binary(max_size=12)), max_size=8)
    content = head + b"".join(data.draw(pieces))
    once = without_metadata(kind, content)
    assert len(once) <= len(content)
    assert without_metadata(kind, once) == once


@pytest.mark.parametrize("kind", PARTS)
@given(content=st.binary(max_size=200))
def test_rubbish_is_no_fault(kind: str, content: bytes) -> None:
    without_metadata(kind, content)
