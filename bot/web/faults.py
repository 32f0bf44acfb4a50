"""A refusal as errors beside the fields of the form that was sent."""

from collections.abc import Collection

from bot.domain.picture import Picture
from bot.domain.refusals import Incomplete, NothingSaid, NotUnderstood, Refused, TooLong
from bot.wording.refusals import field_error, refusal_words
from bot.wording.say import Voice

_TIMES = ("at", "until", "since")
_WORDS = ("text", "solution", "why", "note")


def field_errors(refusal: Refused, picture: Picture, inputs: Collection[str]) -> dict[str, str]:
    """`inputs` are the ids of the form's. Empty when the refusal is not about what was filled in."""
    voice = Voice(picture)
    match refusal:
        case Incomplete(wrong):
            return {name: field_error(voice, code) for name, code in wrong if name in inputs}
        case NothingSaid() | TooLong():
            return _first(_WORDS, inputs, refusal_words(voice, refusal))
        case NotUnderstood():
            return _first(_TIMES, inputs, refusal_words(voice, refusal))
        case _:
            return {}


def _first(names: tuple[str, ...], inputs: Collection[str], words: str) -> dict[str, str]:
    return next(({name: words} for name in names if name in inputs), {})
