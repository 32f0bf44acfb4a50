"""say(language, key, …): one sentence, with its blanks filled. What is filled in is data and is never read as a template."""

from datetime import datetime

from bot.domain.events import Party
from bot.domain.people import Language, PersonId, SystemId
from bot.domain.picture import Picture
from bot.domain.systems import SupplierId
from bot.wording.danish import SAYS as DANISH
from bot.wording.english import SAYS as ENGLISH
from bot.wording.times import ago, day, when

_SAYS = {"da": DANISH, "en": ENGLISH}


def say(language: Language, key: str, **blanks: object) -> str:
    template = _SAYS[language][key]
    for name, value in blanks.items():
        if isinstance(value, str) and value.endswith("."):
            template = template.replace(f"{{{name}}}.", f"{{{name}}}")  # "8 t." already ends the sentence
    return template.format(**blanks)


def says(language: Language, key: str) -> bool:
    return key in _SAYS[language]


def first_said(language: Language, *keys: str, **blanks: object) -> str:
    """The most particular sentence there is."""
    return say(language, next(key for key in keys if says(language, key)), **blanks)


class Voice:
    """One picture in one language: names, times and sentences, so that a card reads as a list of them."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.language: Language = picture.reader.language if picture.reader else "da"

    def say(self, key: str, **blanks: object) -> str:
        return say(self.language, key, **blanks)

    def first(self, *keys: str, **blanks: object) -> str:
        return first_said(self.language, *keys, **blanks)

    def name(self, person: PersonId | None) -> str:
        known = self.picture.organisation.people.get(person) if person else None
        return known.name if known else self.say("someone")

    def system(self, system: SystemId | None) -> str:
        known = self.picture.organisation.systems.get(system) if system else None
        return known.name if known else self.say("unknown_system")

    def supplier(self, supplier: SupplierId | None) -> str:
        known = self.picture.organisation.suppliers.get(supplier) if supplier else None
        return known.name if known else self.say("supplier")

    def phone(self, supplier: SupplierId | None) -> str:
        known = self.picture.organisation.suppliers.get(supplier) if supplier else None
        return known.phone if known else ""

    def when(self, at: datetime) -> str:
        return when(at, self.picture.now, self.picture.organisation.zone, self.language)

    def until(self, at: datetime) -> str:
        """A whole day is named without a time."""
        zone = self.picture.organisation.zone
        local = at.astimezone(zone)
        return self.when(at) if local.hour or local.minute else day(at, self.picture.now, zone, self.language)

    def ago(self, at: datetime) -> str:
        return ago(at, self.picture.now, self.picture.organisation.zone, self.language)

    def party(self, party: Party) -> str:
        return self.say(f"ov.{party.value}")

    def is_reader(self, person: PersonId | None) -> bool:
        return bool(self.picture.reader and person and self.picture.reader.id == person)
