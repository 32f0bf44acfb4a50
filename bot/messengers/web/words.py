"""The few words that the web messenger itself puts round a message, Danish and English. Sentences are in `bot.wording`."""

from bot.domain.people import Language

_DANISH = {
    "bot": "Driftsvagt",
    "you": "Du",
    "you_wrote": "Du skrev",
    "edited": "opdateret",
    "only_you": "Kun du kan se dette.",
    "internal": "Internt – medarbejderen ser det ikke",
    "choose": "Vælg",
    "optional": "kan udelades",
    "sure": "Ja, {label}",
    "scrolls": "{caption} Kan rulles vandret.",
    "row": "Række",
    "attach": "Vedhæft filer",
    "attach.hint": "Højst {most} filer og {room} i alt: billeder, PDF, tekst og Office-dokumenter. Vedhæft ikke CPR-numre: I "
    "billeder og dokumenter kan Driftsvagt hverken finde eller fjerne dem.",
}
_ENGLISH = {
    "bot": "Driftsvagt",
    "you": "You",
    "you_wrote": "You wrote",
    "edited": "updated",
    "only_you": "Only you can see this.",
    "internal": "Internal – the employee does not see it",
    "choose": "Choose",
    "optional": "may be left out",
    "sure": "Yes, {label}",
    "scrolls": "{caption} Scrolls sideways.",
    "row": "Row",
    "attach": "Attach files",
    "attach.hint": "At most {most} files and {room} together: pictures, PDF, text and Office documents. Attach no CPR numbers: "
    "in pictures and documents Driftsvagt can neither find nor remove them.",
}
WORDS: dict[Language, dict[str, str]] = {"da": _DANISH, "en": _ENGLISH}


def say(language: Language, key: str, **values: str) -> str:
    return WORDS[language][key].format(**values)
