"""What a person filled in, read as it comes: of more than anybody writes or may attach, the rest is not read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from bot.domain.attachments import MOST, Upload, safe_name
from bot.domain.refusals import NotAttached

LARGEST = 256 * 1024  # bytes of a form, without its files
FIELDS = 60
WITH_FILES = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Filled:
    """`refused` is the file at which reading ended: `form` holds the fields before it, and in our forms files are last."""

    form: Mapping[str, str]
    files: tuple[Upload, ...] = ()
    refused: NotAttached | None = None


async def read_form(request: Request) -> dict[str, str]:
    """413 for more than anybody writes."""
    if _length(request) > LARGEST:
        raise HTTPException(413)
    form: FormData = await request.form(max_files=0, max_fields=FIELDS)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def has_files(request: Request) -> bool:
    return request.headers.get("content-type", "").casefold().startswith(WITH_FILES)


async def read_filled(request: Request, room: int) -> Filled:
    """`room`: bytes of all files together. No more than that is ever held, whatever is sent and whatever it says it is."""
    _length(request)
    _, options = parse_options_header(request.headers["content-type"])
    reading = _Reading(room)
    try:
        parser = reading.parser(options.get(b"boundary", b""))
        async for chunk in request.stream():
            parser.write(chunk)
            if reading.refused:
                break
    except (FormParserError, ClientDisconnect) as wrong:  # rubbish, or somebody who thought better of it
        raise HTTPException(400) from wrong
    return Filled(reading.form, tuple(reading.files), reading.refused)


def _length(request: Request) -> int:
    """A browser always says it; 413 for whoever does not."""
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise HTTPException(413)
    return int(length)


@dataclass(slots=True)
class _Part:
    """`file` is the name of a file, or None for a field."""

    name: str = ""
    file: str | None = None
    content: bytearray = field(default_factory=bytearray)


class _Reading:
    """One part after another, until a file is refused."""

    def __init__(self, room: int) -> None:
        self.form: dict[str, str] = {}
        self.files: list[Upload] = []
        self.refused: NotAttached | None = None
        self._room = self._left = room
        self._words_left, self._parts = LARGEST, 0
        self._header, self._value = bytearray(), bytearray()
        self._part = _Part()

    def parser(self, boundary: bytes) -> MultipartParser:
        return MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_part_data": self._data,
                "on_part_end": self._end,
            },
        )

    def _begin(self) -> None:
        self._part = _Part()
        self._parts += 1
        if self._parts > FIELDS:
            raise HTTPException(413)

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._spend(end - start)
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._spend(end - start)
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            _, options = parse_options_header(bytes(self._value))
            said = {name: value.decode("utf-8", "replace") for name, value in options.items()}
            self._part = _Part(said.get(b"name", ""), said.get(b"filename"))
            if self._part.file and len(self.files) == MOST:
                self._refuse("many", MOST)
        self._header.clear()
        self._value.clear()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self.refused:
            return
        if self._part.file is None:
            self._spend(end - start)
        else:
            self._left -= end - start
            if self._left < 0:
                self._refuse("size", self._room)
                return
        self._part.content += data[start:end]

    def _end(self) -> None:
        part = self._part
        if self.refused:
            return
        if part.file is None:
            self.form[part.name] = part.content.decode("utf-8", "replace")
        elif part.file:  # without a name, nothing was chosen
            self.files.append(Upload(part.file, bytes(part.content)))

    def _refuse(self, why: str, limit: int) -> None:
        self._part.content.clear()
        self.refused = NotAttached(safe_name(self._part.file or "")[0], why, limit)

    def _spend(self, size: int) -> None:
        """Of what a form without files may be. 413 for more."""
        self._words_left -= size
        if self._words_left < 0:
            raise HTTPException(413)
