"""What a photo says beside the picture: where it was taken, when, and by whom. It is left out, and no pixel is touched.

What is kept is on a list, as nobody knows what programs write beside it. Of how the camera was held JPEG keeps the
orientation, or the photo would lie on its side. What broke off is kept as far as it goes, as programs show it so far.

ITU-T T.81 and Exif 2.32; PNG (W3C, 2025); the WebP container specification.
"""

import re
import struct
from collections.abc import Iterator

_JPEG_HEAD = 2
_EXIF, _TIFF = b"Exif\0\0", 6
_ORIENTATION, _SHORT = 0x0112, 3
_UPRIGHT = 1
_ENTRIES = 256  # of a directory, in the order of their tags: the orientation is among the first twenty
_SCAN, _END = 0xDA, 0xD9
# What has a length, and the end. All else after 0xFF, in a scan or before it, is data, filling, a restart or reserved:
# programs read on behind it, and so do we.
_NEXT = re.compile(rb"\xff[\xc0-\xcf\xd9-\xfe]")
_DRAWN = frozenset((*range(0xC0, 0xD0), *range(0xDA, 0xE0)))  # tables, frames and scans
_COLOURS = {0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_JFIF, _JFIF_SIZE = b"JFIF\0", 14  # without its little picture, which may show more than the photo does

_PNG_HEAD = 8
_PNG_COLOURS = (
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"cICP",
    b"sBIT",
    b"sPLT",
    b"mDCV",
    b"cLLI",
    b"bKGD",
    b"hIST",
    b"tRNS",
)
_PNG_KEPT = frozenset((*_PNG_COLOURS, b"pHYs", b"acTL", b"fcTL", b"fdAT"))
_RIFF_HEAD, _CHUNK_HEAD = 12, 8
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_DRAWN = frozenset((b"VP8 ", b"VP8L", b"ANMF"))
_SAYS_MORE = 0x0C  # the flags in VP8X for Exif and XMP

# More than any picture has, and so few that a file made of empty ones costs no more than a photo. A progressive JPEG has
# some hundreds; one whose metadata fill ten megabytes 160. A PNG of that size in pieces of 8 kB has 1300, an animation
# two or three to a frame.
SEGMENTS, CHUNKS = 2_000, 20_000


class NotAPicture(Exception):
    """It says so in its first bytes, but cannot be read as one; what else it says could not be left out."""


def without_metadata(kind: str, content: bytes) -> bytes:
    """Of another kind of file: as it came. Twice is harmless. Raises NotAPicture."""
    match kind:
        case "image/jpeg":
            return content[:_JPEG_HEAD] + b"".join(_jpeg(content))
        case "image/png":
            return content[:_PNG_HEAD] + b"".join(_png(content))
        case "image/webp":
            chunks = b"".join(_webp(content))
            return content[:4] + struct.pack("<I", len(chunks) + 4) + content[8:_RIFF_HEAD] + chunks
        case _:
            return content


def _jpeg(content: bytes) -> Iterator[bytes | memoryview]:
    """What follows the end is dropped: there telephones keep a film, or more pictures with metadata of their own."""
    view, at, is_turned, is_drawn = memoryview(content), _JPEG_HEAD, False, False
    for _ in range(SEGMENTS):
        if not (found := _NEXT.search(content, at)):
            break
        at, marker = found.start(), content[found.start() + 1]
        if marker == _END:
            yield view[at : at + 2]
            break
        size = int.from_bytes(content[at + 2 : at + 4])
        end = at + 2 + max(size, 2)
        payload = content[at + 4 : end]
        if marker in _DRAWN or payload.startswith(_COLOURS.get(marker, b"\0none")):
            yield view[at:end]
        elif marker == 0xE0 and payload.startswith(_JFIF) and len(payload) >= _JFIF_SIZE:
            yield _segment(marker, payload[: _JFIF_SIZE - 2] + b"\0\0")
        elif marker == 0xE1 and not is_turned and (turned := _orientation(payload)) != _UPRIGHT:
            yield _segment(marker, _turned(turned))
            is_turned = True
        at = end
        if marker == _SCAN:
            following = _NEXT.search(content, at)
            yield view[at : following.start() if following else None]
            at, is_drawn = following.start() if following else len(content), True
    else:
        raise NotAPicture
    if not is_drawn:
        raise NotAPicture


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def _orientation(payload: bytes) -> int:
    """How it is to be turned, from 1 to 8; upright, unless it says so in a way that can be read."""
    tiff = payload[_TIFF:]
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if not payload.startswith(_EXIF) or order is None:
        return _UPRIGHT
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for nth in range(min(count, _ENTRIES)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * nth)
            if (tag, kind) == (_ORIENTATION, _SHORT):
                return value if 1 <= value <= 8 else _UPRIGHT
    except struct.error:
        pass
    return _UPRIGHT


def _turned(orientation: int) -> bytes:
    """The least that says it: one entry, and no more directories."""
    return _EXIF + struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, _SHORT, 1, orientation, 0, 0)


def _png(content: bytes) -> Iterator[memoryview]:
    """A chunk of a type that is none is passed over by its length, as one that nobody knows."""
    view, at, is_drawn = memoryview(content), _PNG_HEAD, False
    for _ in range(CHUNKS):
        if at >= len(content):
            break
        size, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        end = at + 12 + size
        # a capital says that there is no picture without it
        if (len(kind) == 4 and kind.isalpha() and kind[:1].isupper()) or kind in _PNG_KEPT:
            yield view[at:end]
        if kind == b"IEND":
            break
        at, is_drawn = end, is_drawn or kind == b"IDAT"
    else:
        raise NotAPicture
    if not is_drawn:
        raise NotAPicture


def _webp(content: bytes) -> Iterator[bytes | memoryview]:
    """As long as it says, unless that has no room for a picture; then as long as the file is."""
    said = 8 + int.from_bytes(content[4:8], "little")
    whole = min(said, len(content)) if said >= _RIFF_HEAD + _CHUNK_HEAD else len(content)
    view, at, is_drawn = memoryview(content)[:whole], _RIFF_HEAD, False
    for _ in range(CHUNKS):
        if at >= whole:
            break
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + _CHUNK_HEAD + size + size % 2
        flags = view[at + _CHUNK_HEAD : min(end, at + _CHUNK_HEAD + 1)]
        if kind == b"VP8X" and flags:
            yield bytes(view[at : at + _CHUNK_HEAD]) + bytes([flags[0] & ~_SAYS_MORE])
            yield view[at + _CHUNK_HEAD + 1 : end]
        elif kind in _WEBP_KEPT:
            yield view[at:end]
        at, is_drawn = end, is_drawn or kind in _WEBP_DRAWN
    else:
        raise NotAPicture
    if not is_drawn:
        raise NotAPicture
