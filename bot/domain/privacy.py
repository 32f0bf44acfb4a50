"""CPR numbers and control characters: found and masked before anything is stored, logged, mailed or indexed."""

import re
from dataclasses import dataclass

MASK = "[CPR]"

# Modulus 11 is never used to skip a number: valid ones without it exist since 2007. False positives are accepted,
# leaks are not, so a single space, dot, slash or dash between any two digits, and invisible characters, do not help.
# Taken whole, never in parts (`*+`): a page of invisible characters would otherwise be tried in every division, for hours.
_HIDDEN = "[\u200b-\u200d\u2060\ufeff\u00ad]*+"
_SPACE = "[\\s\u00a0]{0,2}"
_DASH = "[-\u2010-\u2015\u2212./\u00ad]"
_GAP = f"(?:{_HIDDEN}[ \u00a0./\u2010\u2011\u2013-]?{_HIDDEN})"
_INNER = f"(?:{_HIDDEN} ?{_HIDDEN})"
_DAY = f"(?:[06]{_INNER}[1-9]|[1278]{_INNER}\\d|[39]{_INNER}[01])"
_MONTH = f"(?:0{_INNER}[1-9]|1{_INNER}[0-2])"
_YEAR = f"\\d{_INNER}\\d"
_SERIAL = f"\\d{_INNER}\\d{_INNER}\\d{_INNER}\\d"
_CPR = re.compile(
    f"(?<!\\d){_DAY}{_GAP}{_MONTH}{_GAP}{_YEAR}{_HIDDEN}{_SPACE}{_DASH}?{_SPACE}{_HIDDEN}{_SERIAL}(?!\\d)"
)

# Of these no number has one inside, so that a long text may be parted before any of them.
_APART = re.compile("[^\\W\\d_]|[,;:]")
PIECE = 64 * 1024  # characters; others of the process get their turn between two pieces

# C0 and C1 but newline and tab, and the controls that turn text around: nobody types them, and they hide what is said.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Masked:
    text: str
    removed: int


def mask(text: str) -> Masked:
    """The text without CPR numbers, and how many there were. Masking twice changes nothing."""
    masked, removed = _CPR.subn(MASK, text)
    return Masked(masked, removed)


def mask_long(text: str, piece: int = PIECE) -> Masked:
    """The same of a whole file, a piece at a time: nothing else runs in the process while one piece is looked at."""
    pieces: list[str] = []
    removed = start = 0
    while start < len(text):
        apart = _APART.search(text, start + piece)
        end = apart.start() if apart else len(text)
        masked = mask(text[start:end])
        pieces.append(masked.text)
        removed += masked.removed
        start = end
    return Masked("".join(pieces), removed)


def clean(text: str) -> str:
    """What a person typed, without characters that only a machine would send. Line ends become newlines."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()).strip()
