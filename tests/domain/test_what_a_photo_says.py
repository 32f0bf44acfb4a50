"""Photos lose what they say beside the picture, and not a byte of the picture. Files are made by hand, chunk by chunk."""

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attachments import Upload, fit
from bot.domain.metadata import CHUNKS, SEGMENTS, NotAPicture, without_metadata
from bot.domain.refusals import NotAttached

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
    begun = b"".join(PICTURE[:5])
    assert without_metadata("image/jpeg", START + SAYING[0] + begun) == START + begun
    assert without_metadata("image/jpeg", START + begun + PICTURE[5] + b"rubbish" + SAYING[1] + END) == (
        START + begun + PICTURE[5] + END
    )
    assert without_metadata("image/jpeg", START + begun + SAYING[0][:-4]) == START + begun
    assert without_metadata("image/jpeg", START + begun + b"\xff\xc4") == START + begun + b"\xff\xc4"


@pytest.mark.parametrize(
    "alone", [b"\xff\x01", b"\xff\xd0", b"\xff\xd7", b"\xff\xd8", b"\xff\xff", b"\xff\x41", b"\xff\0"]
)
def test_a_marker_without_a_length_hides_neither_the_picture_nor_what_is_left_out(alone: bytes) -> None:
    for first, second in ((alone, b""), (b"", alone)):
        photo = START + first + SAYING[0] + second + b"".join(PICTURE) + END
        assert without_metadata("image/jpeg", photo) == START + b"".join(PICTURE) + END


@pytest.mark.parametrize("stray", [b"\xff\x41", b"\xff\x01", b"\xff\x02", b"\xff\xbf", b"\xff\xd8", b"\xff\xff"])
def test_a_stray_byte_in_a_scan_cuts_nothing_off(stray: bytes) -> None:
    scans = PICTURE[4] + stray + SCAN + PICTURE[5] + PICTURE[6] + stray + SCAN
    photo = START + SAYING[0] + b"".join(PICTURE[:4]) + scans + SAYING[0] + END
    assert without_metadata("image/jpeg", photo) == START + b"".join(PICTURE[:4]) + scans + END


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
    begun = PNG + b"".join(DRAWN)
    assert without_metadata("image/png", begun + SAID[0] + b"\0\0\0\4\1\2\3\4rest") == begun
    assert without_metadata("image/png", begun + SAID[0] + DRAWN[4][:-5]) == begun + DRAWN[4][:-5]
    assert without_metadata("image/png", begun + SAID[0][:-9]) == begun


@pytest.mark.parametrize("kind", [b"\1\2\3\4", b"E\2\3\4", b"ID4T", b"\xc6XIf"])
def test_behind_a_chunk_of_no_type_a_png_is_cleaned_too(kind: bytes) -> None:
    photo = PNG + DRAWN[0] + chunk(kind, SECRET) + SAID[0] + b"".join(DRAWN[1:]) + chunk(b"IEND")
    assert without_metadata("image/png", photo) == PNG + b"".join(DRAWN) + chunk(b"IEND")


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
    assert without_metadata("image/webp", webp(drawn, b"\xff\1")) == webp(drawn)
    assert without_metadata("image/webp", webp(drawn, b"VP8X")) == webp(drawn, b"VP8X")


@pytest.mark.parametrize("said", [0, 1, 4, 5, 11, 10_000, 0xFFFFFFFF])
def test_a_webp_that_says_another_size_is_cleaned_as_long_as_it_is(said: int) -> None:
    drawn = part(b"VP8L", b"pixels")
    photo = b"RIFF" + struct.pack("<I", said) + b"WEBP" + part(b"EXIF", SECRET) + drawn + part(b"XMP ", SECRET)
    assert without_metadata("image/webp", photo) == webp(drawn)


def test_a_webp_with_a_chunk_of_no_type_is_cleaned_behind_it_too() -> None:
    drawn = part(b"VP8L", b"pixels")
    assert without_metadata("image/webp", webp(part(b"\xff\1\2\3", SECRET), part(b"EXIF", SECRET), drawn)) == webp(
        drawn
    )


def test_flags_that_are_missing_are_not_taken_from_what_follows() -> None:
    photo = webp(part(b"VP8X", b""), part(b"VP8L", b"pixels"))
    assert without_metadata("image/webp", photo) == photo


MANY = {
    "image/jpeg": (START, segment(0xFE, b""), b"".join(PICTURE) + END, SEGMENTS),
    "image/png": (PNG, chunk(b"IDAT"), chunk(b"IEND"), CHUNKS),
    "image/webp": (b"RIFF\xff\xff\xff\xffWEBP", part(b"EXIF", b""), part(b"VP8 ", b"pixels"), CHUNKS),
}


@pytest.mark.parametrize("kind", MANY)
def test_more_pieces_than_a_picture_has_are_not_read(kind: str) -> None:
    head, piece, rest, most = MANY[kind]
    assert without_metadata(kind, head + piece * (most // 2) + rest)
    with pytest.raises(NotAPicture):
        without_metadata(kind, head + piece * most + rest)


UNREADABLE = {
    "a.jpg": START + SAYING[0] + b"".join(PICTURE[:4]) + SAYING[-1] + END,
    "b.png": PNG + DRAWN[0] + SAID[0] + chunk(b"IEND"),
    "c.webp": webp(part(b"VP8X", bytes(10)), part(b"EXIF", SECRET)),
    "d.jpg": START + segment(0xFE, b"") * SEGMENTS + b"".join(PICTURE) + END,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_has_no_picture_or_too_many_pieces_is_refused_in_words(name: str) -> None:
    with pytest.raises(NotAttached) as refused:
        fit(Upload(name, UNREADABLE[name]))
    assert (refused.value.name, refused.value.why) == (name, "content")


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
    try:
        once = without_metadata(kind, content)
    except NotAPicture:
        return
    assert len(once) <= len(content)
    assert without_metadata(kind, once) == once


@pytest.mark.parametrize("kind", PARTS)
@given(content=st.binary(max_size=200))
def test_rubbish_is_no_fault(kind: str, content: bytes) -> None:
    with suppress(NotAPicture):
        without_metadata(kind, content)
