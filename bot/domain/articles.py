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
class Limits:
    """How sure the search must be: confidences 0..1. From `t_hi` it answers, from `t_lo` it suggests.

    `strict` also asks for more than what questions without an article reach in this knowledge. An answer that leads the
    next article by less than `margin` is only suggested.
    """

    t_hi: float = 0.5
    t_lo: float = 0.15
    strict: bool = False
    margin: float = 0.0

    def sure(self, strict_limit: float) -> float:
        return max(self.t_hi, strict_limit) if self.strict else self.t_hi


@dataclass(frozen=True, slots=True)
class Caution:
    """What one system asks of the search where it is not what the others ask; None is as everywhere."""

    t_hi: float | None = None
    t_lo: float | None = None
    strict: bool | None = None
    margin: float | None = None

    def over(self, usual: Limits) -> Limits:
        return Limits(
            usual.t_hi if self.t_hi is None else self.t_hi,
            usual.t_lo if self.t_lo is None else self.t_lo,
            usual.strict if self.strict is None else self.strict,
            usual.margin if self.margin is None else self.margin,
        )


AS_EVERYWHERE = Caution()


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
