"""Articles, and the three things a search can find: an answer, suggestions, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NewType

from bot.domain.people import GroupId, Language, Person, SystemId

ArticleId = NewType("ArticleId", str)


@dataclass(frozen=True, slots=True)
class Golden:
    """Questions the article must find, and questions it must not answer. Checked by `driftsvagt check`."""

    matches: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One curated answer with the ways people ask for it.

    `audience` is empty for everyone; else role names, group ids or site ids, any of which lets a person see it.
    `covered=False` names a near subject the desk does not answer: it competes, and when it wins a person takes over.
    """

    id: ArticleId
    phrasings: tuple[str, ...]
    answers: Mapping[Language, str]
    system: SystemId | None = None
    owner: str = ""
    review_by: date | None = None
    audience: frozenset[str] = frozenset()
    see_also: tuple[ArticleId, ...] = ()
    covered: bool = True
    language: Language | None = None  # of the phrasings; None lets the index count function words
    golden: Golden = field(default_factory=Golden)
    source: str = ""  # file:line, for complaints
    group: GroupId | None = None  # who takes over a subject that is not covered, where its system does not say

    def title(self) -> str:
        """The first phrasing: what people call it."""
        return self.phrasings[0]

    def answer_in(self, language: Language) -> str:
        """The answer in the language asked for, else in the one there is."""
        return self.answers.get(language) or next(iter(self.answers.values()), "")

    def is_for(self, person: Person) -> bool:
        if not self.audience:
            return True
        names: set[str] = {role.value for role in person.roles} | {str(person.site)}
        return bool(self.audience & (names | {str(group.id) for group in person.groups}))

    @property
    def is_for_everyone(self) -> bool:
        return not self.audience


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate. `confidence` is P(this article is right), 0..1."""

    article: ArticleId
    confidence: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Sure enough to show the article's text."""

    article: ArticleId
    confidence: float
    ranked: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Up to three articles it may be."""

    articles: tuple[ArticleId, ...]
    ranked: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A person takes over. `system` is the best guess; `not_covered` the article that named the subject as not ours."""

    ranked: tuple[Ranked, ...]
    system: SystemId | None = None
    not_covered: ArticleId | None = None
    group: GroupId | None = None


Found = Answer | Suggestions | NoAnswer
