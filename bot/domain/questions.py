"""A question that was asked, what the bot showed, and what came of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from bot.domain.articles import Answer, ArticleId, Found, NoAnswer, Ranked, Suggestions
from bot.domain.commands import Place
from bot.domain.events import Asked, Event, Happened, Helped, NotHelped, Party
from bot.domain.people import Person, PersonId, SiteId, SystemId
from bot.domain.refusals import NoSuchCase


@dataclass(frozen=True, slots=True)
class Question:
    """`id` cannot be guessed: buttons carry it. `shown` is what may be seen; `ranked` what the search thought, for the card."""

    id: str
    by: PersonId
    site: SiteId
    at: datetime
    place: Place
    text: str  # id in `texts`
    outcome: str  # answer, suggestions, none, enough (a miss after a miss) or person (asked for one)
    shown: tuple[ArticleId, ...] = ()
    ranked: tuple[Ranked, ...] = ()
    system: SystemId | None = None
    helped: bool | None = None
    ticket: int | None = None
    choosing: tuple[SystemId, ...] = ()  # the systems offered as buttons, once asked
    chosen: ArticleId | None = None  # of the suggestions: an article that this question should have found
    count: int = 0
    happened: tuple[Event, ...] = ()

    @classmethod
    def asked(cls, id: str, by: Person, at: datetime, place: Place, text: str, found: Found) -> Self:  # noqa: A002  # the field's name
        outcome, shown, system = _read(found)
        top = found.ranked[0].confidence if found.ranked else 0.0
        new = cls(id, by.id, by.site, at, place, text, outcome, shown, found.ranked[:3], system)
        first = str(shown[0]) if shown else ""
        return new._after(at, by.id, Asked(outcome, first, round(top * 1000)))

    def must_be_of(self, by: Person) -> None:
        if by.id != self.by:
            raise NoSuchCase(self.case_id)

    def worked(self, by: Person, at: datetime) -> Self:
        """Pressed twice is harmless; a ticket already opened is not undone by it."""
        self.must_be_of(by)
        if self.helped or self.ticket:
            return self
        return replace(self._after(at, by.id, Helped(str(self.shown[0]) if self.shown else "")), helped=True)

    def failed(self, by: Person, at: datetime) -> Self:
        self.must_be_of(by)
        if self.helped is False or self.ticket:
            return self
        return replace(self._after(at, by.id, NotHelped()), helped=False)

    def chose(self, by: Person, article: ArticleId) -> Self:
        """One of the suggestions is the answer now."""
        self.must_be_of(by)
        shown = (article, *(each for each in self.shown if each != article))
        return replace(self, outcome="answer", shown=shown, chosen=article)

    def choose_among(self, systems: tuple[SystemId, ...]) -> Self:
        return replace(self, choosing=systems)

    def became(self, ticket: int) -> Self:
        return replace(self, ticket=ticket)

    @property
    def case_id(self) -> str:
        return f"Q-{self.id}"

    @property
    def missed(self) -> bool:
        """The bot did not know, or what it knew did not help."""
        return self.helped is False or (self.outcome in {"none", "enough"} and not self.helped)

    def _after(self, at: datetime, by: PersonId, what: Happened) -> Self:
        count = self.count + 1
        event = Event(f"{self.case_id}/{count}", self.case_id, what, at, at, by, Party.EMPLOYEE)
        return replace(self, count=count, happened=(*self.happened, event))


def _read(found: Found) -> tuple[str, tuple[ArticleId, ...], SystemId | None]:
    match found:
        case Answer(article):
            return "answer", (article,), None
        case Suggestions(articles):
            return "suggestions", articles, None
        case NoAnswer(_, system, not_covered):
            return "none", (not_covered,) if not_covered else (), system
