"""The words of the pages round the messages: two languages with the same keys and blanks. Sentences are in `bot.wording`."""

from bot.domain.people import Language
from bot.web.danish import WORDS as DANISH
from bot.web.english import WORDS as ENGLISH

WORDS: dict[Language, dict[str, str]] = {"da": DANISH, "en": ENGLISH}


def say(language: Language, key: str, **blanks: object) -> str:
    return WORDS[language][key].format(**blanks)
