"""What is wrong in a file, told to those who edit it: `knowledge/articles/vpn.yaml:12 vpn-at-home: review_by 2026-06-30 has passed`."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.people import Language
from bot.storage.knowledge.danish import KINDS, PROBLEMS, REASONS


class Level(StrEnum):
    """A refusal keeps the knowledge from being used; a warning does not."""

    REFUSAL = "refusal"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Reason:
    """An English sentence, and what stands in its {braces}. Danish is found by the sentence."""

    sentence: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, sentence: str, **values: object) -> "Reason":
        return cls(sentence, tuple((name, str(value)) for name, value in values.items()))

    def said(self, language: Language) -> str:
        values = dict(self.values)
        if language == "da":
            values = {name: _in_danish(name, value) for name, value in values.items()}
        # Without values it may be a sentence of a library, with braces of its own.
        sentence = REASONS.get(self.sentence, self.sentence) if language == "da" else self.sentence
        return sentence.format(**values) if values else sentence


def _in_danish(name: str, value: str) -> str:
    match name:
        case "kind":
            return KINDS.get(value, value)
        case "problem":
            known = [danish for english, danish in PROBLEMS.items() if english in value]
            return ", ".join(known) or "fejlen er her eller lige før"
        case _:
            return value


@dataclass(frozen=True, slots=True)
class Complaint:
    """`path` leads from the subject to the value; `line` counts from 1."""

    file: str
    line: int
    subject: str
    reason: Reason
    level: Level = Level.REFUSAL
    path: str = ""
    value: str = ""

    @property
    def sentence(self) -> str:
        return self._sentence("en")

    @property
    def is_refusal(self) -> bool:
        return self.level is Level.REFUSAL

    def said(self, language: Language) -> str:
        """As `str`, in the language of the house. What it is about stays as it stands in the file."""
        return f"{self.file}:{self.line} {self.subject}: {self._sentence(language)}"

    def __str__(self) -> str:
        return self.said("en")

    def _sentence(self, language: Language) -> str:
        return " ".join(part for part in (self.path, self.value, self.reason.said(language)) if part)


def refusals(complaints: tuple[Complaint, ...]) -> tuple[Complaint, ...]:
    return tuple(each for each in complaints if each.is_refusal)
