"""A form → a Command: what a person typed is cleaned and masked before anything else sees it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from bot.domain.attachments import Fit, Upload, fit, names_of
from bot.domain.commands import Ask, AskPerson, Command, Comment, Kind, Place, Status
from bot.domain.privacy import Masked, clean, mask
from bot.domain.refusals import NothingSaid
from bot.wording.buttons import command_of
from bot.wording.typed import understand

# Fields of every form of ours; anything else is what a person filled in.
OWN = frozenset({"knap", "segl", "nonce", "sted", "post", "sag", "tilbage"})


@dataclass(frozen=True, slots=True)
class Received:
    """`command` is None for words that are only for those who read along. `words` are the person's own, masked."""

    command: Command | None
    words: str
    removed: int
    fields: Mapping[str, str]
    key: str  # the delivery's: the same form sent twice is the same delivery
    files: tuple[Fit, ...] = ()


def typed(form: Mapping[str, str], place: Place, uploads: Iterable[Upload] = ()) -> Received:
    """From the composer. In a channel only the bot's own words are a command; the rest is talk among colleagues.

    What comes with files is a comment or a question, whatever it says; a comment if it says no more than which ticket
    they are for. Raises NotAttached; NothingSaid for files without a word to the bot, which sees nothing in them.
    """
    said = mask(clean(form.get("text", "")))
    audience = form.get("audience", "")
    about = form.get("sag", "") or (place.thread if place.kind is Kind.THREAD else "")
    on_ticket = is_number(about)
    files = tuple(map(fit, uploads)) if on_ticket or place.kind is Kind.DIRECT else ()
    words = said.text or (names_of(files) if on_ticket else "")
    if files and not words:
        raise NothingSaid(with_files=True)
    command: Command | None = understand(words, about) if words else None
    if files and on_ticket:
        command = Comment(int(about), words)
    elif files and (number := _names_alone(words, command)):
        command = Comment(int(number), names_of(files))
    elif files and not isinstance(command, Comment | AskPerson):
        command = Ask(words)
    if isinstance(command, Comment) and audience in {"employee", "internal"}:
        command = replace(command, audience=audience)
    if isinstance(command, Ask) and place.kind is not Kind.DIRECT:
        command = None
    key = _key(form, place, (about, said.text, audience, *_digests(files)))
    return Received(command, words, said.removed + sum(each.removed for each in files), {"text": words}, key, files)


def pressed(form: Mapping[str, str], place: Place, uploads: Iterable[Upload] = ()) -> Received:
    """A button, with what its form added; files with a comment alone. Raises UnknownButton, NotAttached.

    The button's own value is masked too: it comes from a client, and is stored before anybody asks whether it is ours.
    """
    masked = _masked(form)
    fields = filled_in(form)
    value = mask(clean(form.get("knap", ""))).text
    command = command_of(value, fields)
    files: tuple[Fit, ...] = ()
    words = ""
    if isinstance(command, Comment):
        files = tuple(map(fit, uploads))
        words = command.text or names_of(files)
        command = replace(command, text=words)
    pairs = tuple(f"{name}={text}" for name, text in sorted(fields.items()))
    removed = sum(each.removed for each in masked.values()) + sum(each.removed for each in files)
    return Received(command, words, removed, fields, _key(form, place, (value, *pairs, *_digests(files))), files)


def filled_in(form: Mapping[str, str]) -> Mapping[str, str]:
    """What a person typed into it, masked."""
    return {name: each.text for name, each in _masked(form).items()}


def _masked(form: Mapping[str, str]) -> Mapping[str, Masked]:
    return {name: mask(clean(text)) for name, text in form.items() if name not in OWN}


def _digests(files: Iterable[Fit]) -> Iterator[str]:
    return (sha256(each.content).hexdigest() for each in files)


def is_number(said: str) -> bool:
    """Of a ticket."""
    return said.isascii() and said.isdigit() and len(said) < 10


def _names_alone(words: str, command: Command | None) -> str:
    """The number of the ticket, of words that say nothing else: "#1042", "status 1042"."""
    said = command.case_id if isinstance(command, Status) else words if words.startswith("#") else ""
    number = said.removeprefix("#").rstrip(".:,!? ")
    return number if is_number(number) else ""


def _key(form: Mapping[str, str], place: Place, said: tuple[str, ...]) -> str:
    """The nonce names the form, the rest what was sent with it: a corrected form, or a page gone back to, is another one."""
    return sha256("\0".join((form.get("nonce", ""), str(place), *said)).encode()).hexdigest()[:40]
