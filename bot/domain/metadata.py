"""What a photo says beside the picture: where it was taken, when, and by whom. It is left out, and no pixel is touched.

What is kept is on a list, as nobody knows what programs write beside it. Of how the camera was held JPEG keeps the
orientation, or the photo would lie on its side. Where a file breaks off, the rest is kept as it came; so is one in which
there is nothing to keep, as no program shows it.

ITU-T T.81 and Exif 2.32; PNG (W3C, 2025); the WebP container specification.
"""

import re
import struct
from collections.abc import Iterator

_JPEG_HEAD = 2
_EXIF, _TIFF = b"Exif\0\0", 6
_ORIENTATION, _SHORT = 0x0112, 3
_UPRIGHT = 1
_SCAN, _END = 0xDA, 0xD9
# Inside the scan 0xFF is followed by 0 (it was data) or by a restart; anything else is the next segment.
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
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
_RIFF_HEAD = 12
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_SAYS_MORE = 0x0C  # the flags in VP8X for Exif and XMP


def without_metadata(kind: str, content: bytes) -> bytes:
    """Of another kind of file: as it came. Twice is harmless."""
    match kind:
        case "image/jpeg":
            return left if len(left := b"".join(_jpeg(content))) > _JPEG_HEAD else content
        case "image/png":
            return b"".join(_png(content))
        case "image/webp":
            return _webp(content)
        case _:
            return content


def _jpeg(content: bytes) -> Iterator[bytes]:
    """What follows the end is dropped: there telephones keep a film, or more pictures with metadata of their own."""
    yield content[:_JPEG_HEAD]
    at, is_turned = _JPEG_HEAD, False
    while found := _NEXT.search(content, at):
        at, marker = found.start(), content[found.start() + 1]
        if marker == _END:
            yield content[at : at + 2]
            return
        size = int.from_bytes(content[at + 2 : at + 4])
        end = at + 2 + max(size, 2)
        payload = content[at + 4 : end]
        if marker in _DRAWN or payload.startswith(_COLOURS.get(marker, b"\0none")):
            yield content[at:end]
        elif marker == 0xE0 and payload.startswith(_JFIF) and len(payload) >= _JFIF_SIZE:
            yield _segment(marker, payload[: _JFIF_SIZE - 2] + b"\0\0")
        elif marker == 0xE1 and not is_turned and (turned := _orientation(payload)) != _UPRIGHT:
            yield _segment(marker, _turned(turned))
            is_turned = True
        at = end
        if marker == _SCAN:
            following = _NEXT.search(content, at)
            yield content[at : following.start() if following else None]
            at = following.start() if following else len(content)


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
        for nth in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * nth)
            if (tag, kind) == (_ORIENTATION, _SHORT):
                return value if 1 <= value <= 8 else _UPRIGHT
    except struct.error:
        pass
    return _UPRIGHT


def _turned(orientation: int) -> bytes:
    """The least that says it: one entry, and no more directories."""
    return _EXIF + struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, _SHORT, 1, orientation, 0, 0)


def _png(content: bytes) -> Iterator[bytes]:
    yield content[:_PNG_HEAD]
    at, kind = _PNG_HEAD, b""
    while kind != b"IEND" and at < len(content):
        size, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if not (len(kind) == 4 and kind.isascii() and kind.isalpha()):
            yield content[at:]
            return
        end = at + 12 + size
        if kind[:1].isupper() or kind in _PNG_KEPT:  # a capital says that there is no picture without it
            yield content[at:end]
        at = end


def _webp(content: bytes) -> bytes:
    said = 8 + int.from_bytes(content[4:8], "little")
    if said <= _RIFF_HEAD:
        return content
    chunks = b"".join(_chunks(content[:said]))
    return content[:4] + struct.pack("<I", len(chunks) + 4) + content[8:_RIFF_HEAD] + chunks


def _chunks(content: bytes) -> Iterator[bytes]:
    at = _RIFF_HEAD
    while at < len(content):
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if kind == b"VP8X" and at + 8 < len(content):
            yield content[at : at + 8] + bytes([content[at + 8] & ~_SAYS_MORE]) + content[at + 9 : end]
        elif kind in _WEBP_KEPT:
            yield content[at:end]
        elif not (len(kind) == 4 and kind.isascii()):
            yield content[at:]
            return
        at = end
