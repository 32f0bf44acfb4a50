"""What is wrong in a file, told to those who edit it: `knowledge/articles/vpn.yaml:12 vpn-at-home: review_by 2026-06-30 has passed`."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """A refusal keeps the knowledge from being used; a warning does not."""

    REFUSAL = "refusal"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Complaint:
    """`path` leads from the subject to the value; `line` counts from 1."""

    file: str
    line: int
    subject: str
    reason: str
    level: Level = Level.REFUSAL
    path: str = ""
    value: str = ""

    @property
    def sentence(self) -> str:
        return " ".join(part for part in (self.path, self.value, self.reason) if part)

    @property
    def is_refusal(self) -> bool:
        return self.level is Level.REFUSAL

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.subject}: {self.sentence}"


def refusals(complaints: tuple[Complaint, ...]) -> tuple[Complaint, ...]:
    return tuple(each for each in complaints if each.is_refusal)
