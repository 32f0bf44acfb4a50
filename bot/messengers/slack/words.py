"""The few words that Slack itself puts round a message, Danish and English. Sentences are in `bot.wording`."""

from bot.domain.people import Language

_DANISH = {
    "internal": "Internt – medarbejderen ser det ikke",
    "more": "og {count} mere",
    "all": "Læs det hele på nettet",
    "older": "Den tidligere besked",
    "again": "Måske har du set det før: jeg ved ikke, om den første besked nåede frem.",
    "sure": "Er du sikker?",
    "no": "Fortryd",
    "close": "Luk",
    "form": "Driftsvagt",
    "choose": "Vælg",
    "working": "Jeg arbejder på det. Du får svar om lidt.",
    "done": "Det er gjort.",
    "ask": "Spørg Driftsvagt",
    "ask.what": "Spørgsmål",
    "ask.hint": "Svaret kommer i beskedens tråd, hvor andre kan læse med.",
    "home.mine": "Mine sager",
    "home.none": "Du har ingen åbne sager.",
    "home.have": "Sager, du har taget",
    "home.free": "Ledige sager i dine grupper",
    "home.free.none": "Ingen ledige sager. Godt gået.",
    "home.help": "Skriv til mig under Beskeder, hvis noget driller, eller brug /driftsvagt hvor som helst.",
    "home.stranger": "Jeg kender dig ikke. Bed it om at skrive dig ind i organisationsfilen.",
    "file": "[fil i Slack: {name}]",
}
_ENGLISH = {
    "internal": "Internal – the employee does not see it",
    "more": "and {count} more",
    "all": "Read all of it on the web",
    "older": "The earlier message",
    "again": "You may have seen this before: I do not know whether the first message arrived.",
    "sure": "Are you sure?",
    "no": "Cancel",
    "close": "Close",
    "form": "Driftsvagt",
    "choose": "Choose",
    "working": "I am working on it. You will hear in a moment.",
    "done": "It is done.",
    "ask": "Ask Driftsvagt",
    "ask.what": "Question",
    "ask.hint": "The answer comes in the message's thread, where others can read along.",
    "home.mine": "My tickets",
    "home.none": "You have no open tickets.",
    "home.have": "Tickets you have claimed",
    "home.free": "Unclaimed tickets in your groups",
    "home.free.none": "No unclaimed tickets. Well done.",
    "home.help": "Write to me under Messages when something does not work, or use /driftsvagt anywhere.",
    "home.stranger": "I do not know you. Ask IT to add you to the organisation file.",
    "file": "[file in Slack: {name}]",
}
WORDS: dict[Language, dict[str, str]] = {"da": _DANISH, "en": _ENGLISH}


def say(language: Language, key: str, **values: object) -> str:
    return WORDS[language][key].format(**values)
