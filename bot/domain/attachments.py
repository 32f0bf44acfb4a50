"""What may be attached to a question or a comment: of which kinds, and under which name. Decided before anything is kept."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.metadata import NotAPicture, without_metadata
from bot.domain.people import PersonId
from bot.domain.privacy import mask, mask_long
from bot.domain.refusals import NotAttached

MOST = 5  # files with one comment or question
MEGABYTE = 1024 * 1024  # bytes
LONGEST_NAME = 120
WAITS = timedelta(days=7)  # what came with a question, for a person who takes over
_OFFICE = "application/vnd.openxmlformats-officedocument"
# By the end of the name. Nothing that a browser would run: no HTML, no SVG, no document with macros.
KINDS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "log": "text/plain",
    "csv": "text/csv",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
}
_BEGINS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "application/pdf": (b"%PDF-",),
}
_ZIP = b"PK\x03\x04"
_PARTS = {"docx": b"word/", "xlsx": b"xl/", "pptx": b"ppt/"}
_MIMETYPE = b"mimetype" + KINDS["odt"].encode()  # the first entry of an OpenDocument file, not compressed
_NO_TEXT = re.compile(b"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # an escape is in the logs of many programs


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it is kept, without its content. `text` is None until the words it came with are kept, and `ticket` until
    they are about one.
    """

    id: str
    by: PersonId
    at: datetime
    name: str
    kind: str  # the media type, one of KINDS
    size: int  # bytes
    sha256: str
    ticket: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: whatever somebody's browser sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Fit:
    """A file that may be kept. `removed` CPR numbers were masked in its name, and in its content if that is text; a photo
    no longer says where it was taken.
    """

    name: str
    kind: str
    content: bytes
    removed: int


def fit(upload: Upload) -> Fit:
    """Raises NotAttached for what is of no kind that we take, is not what its name says, or is a photo that cannot be read."""
    name, removed = safe_name(upload.name)
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    kind, content = KINDS.get(ending, ""), upload.content
    if not kind:
        raise NotAttached(name, "kind")
    if not content:
        raise NotAttached(name, "empty")
    if not _is(kind, ending, content):
        raise NotAttached(name, "content")
    if kind.startswith("text/"):
        content, more = _masked(content)
        removed += more
    try:
        return Fit(name, kind, without_metadata(kind, content), removed)
    except NotAPicture:
        raise NotAttached(name, "content") from None


def names_of(attachments: Iterable[Attachment | Fit]) -> str:
    """What stands where nothing was written with them."""
    return ", ".join(each.name for each in attachments)


def safe_name(name: str) -> tuple[str, int]:
    """Without a path, without what nobody sees or what turns text around, masked; and how many numbers were in it."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(" " if each.isspace() else each for each in last if each.isspace() or _is_seen(each))
    plain = unicodedata.normalize("NFC", " ".join(seen.split())).lstrip(". ")
    masked = mask(plain)
    if parted := mask(plain.replace("_", " ")).removed:  # in names people write _ where they would not in a text
        masked = mask(plain.replace("_", " "))
    stem, dot, ending = masked.text.rpartition(".")
    room = LONGEST_NAME - len(dot + ending)
    short = f"{stem[:room].rstrip()}{dot}{ending}" if dot and room > 0 else masked.text[:LONGEST_NAME]
    return short or "-", max(masked.removed, parted)


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ"


def _is(kind: str, ending: str, content: bytes) -> bool:
    """By the first bytes; of a package also by the names of its parts, which stand in it as they are."""
    if kind.startswith("text/"):
        return not _NO_TEXT.search(content)
    if kind == "image/webp":
        return content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if ending == "odt":
        return content.startswith(_ZIP) and content[30:].startswith(_MIMETYPE)
    if ending in _PARTS:
        is_package = content.startswith(_ZIP) and b"[Content_Types].xml" in content and _PARTS[ending] in content
        return is_package and b"vbaProject.bin" not in content
    return content.startswith(_BEGINS[kind])


def _masked(content: bytes) -> tuple[bytes, int]:
    """In the encoding that it came in: UTF-8, or what Danish programs wrote before."""
    for encoding in ("utf-8", "cp1252", "latin-1"):
        try:
            masked = mask_long(content.decode(encoding))
        except UnicodeDecodeError:
            continue
        return (masked.text.encode(encoding), masked.removed) if masked.removed else (content, 0)
    raise AssertionError("latin-1 reads every byte")
