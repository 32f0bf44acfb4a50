"""What the questions of a while have to teach: what was missing, and which articles earn their keep. Read-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.asking import visible_to
from bot.desk.ports import Desk, Known, Ledger
from bot.desk.telling import hours_of_group
from bot.domain.articles import Article, ArticleId
from bot.domain.commands import Kind, Place
from bot.domain.effort import effort
from bot.domain.intervals import seconds
from bot.domain.people import Person, Role, SystemId
from bot.domain.permissions import may_look_at_knowledge
from bot.domain.questions import Question
from bot.domain.refusals import NotAllowed
from bot.domain.ticket import State, Ticket

MOST = 3000  # questions looked at, the latest ones
_SOLVED = frozenset({State.RESOLVED, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question that the bot did not answer by itself. `chosen`: the article that the employee picked in the end.

    `solution` is what a colleague wrote; `spent_s` how long people worked on it, in their service hours.
    """

    question: str
    at: datetime
    words: str
    system: SystemId | None = None
    chosen: ArticleId | None = None
    solution: str = ""
    spent_s: int = 0


@dataclass(frozen=True, slots=True)
class Use:
    """Of one article: how often it was shown as the answer, what people said of it, and when it was shown last."""

    article: Article
    shown: int = 0
    helped: int = 0
    not_helped: int = 0
    last: datetime | None = None


def uses_for(desk: Desk, by: Person, back: timedelta) -> list[Use]:
    """Of the articles that this person may see. Raises NotAllowed."""
    seen, now = articles_for(desk, by), desk.clock.now()
    with desk.store.reading() as ledger:
        found = uses(ledger, desk.knowledge.now(), now - back, now)
    return [each for each in found if each.article.id in seen]


def lessons_for(desk: Desk, by: Person, back: timedelta) -> list[Lesson]:
    """For IT all of them; for a superuser those about her systems. Nothing that names an article hidden from them."""
    seen, now = articles_for(desk, by), desk.clock.now()
    with desk.store.reading() as ledger:
        found = lessons(ledger, desk.knowledge.now(), now - back, now)
    own = {group.system for group in by.groups if group.system}
    mine = [each for each in found if by.has(Role.IT) or each.system in own]
    return [each for each in mine if each.chosen is None or each.chosen in seen]


def articles_for(desk: Desk, by: Person) -> frozenset[ArticleId]:
    """Raises NotAllowed."""
    if not may_look_at_knowledge(by):
        raise NotAllowed("knowledge")
    return visible_to(desk.knowledge.now(), by, Place("web", Kind.DIRECT, by.id))


def lessons(ledger: Ledger, known: Known, since: datetime, until: datetime) -> list[Lesson]:
    """Oldest first. What was erased teaches nothing any more."""
    asked = ledger.questions_between(since, until, MOST)
    wanted = [each for each in asked if each.text and (each.missed or each.ticket or each.chosen)]
    words = ledger.texts(each.text for each in wanted)
    return [_lesson(ledger, known, each, words[each.text], until) for each in wanted if words.get(each.text)]


def uses(ledger: Ledger, known: Known, since: datetime, until: datetime) -> list[Use]:
    """Every article of today, in the order of its file."""
    counted: dict[ArticleId, Use] = {each.id: Use(each) for each in known.articles.values()}
    for question in ledger.questions_between(since, until, MOST):
        article = question.shown[0] if question.outcome == "answer" and question.shown else None
        if article in counted:
            before = counted[article]
            counted[article] = Use(
                before.article,
                before.shown + 1,
                before.helped + (question.helped is True),
                before.not_helped + (question.helped is False),
                question.at,
            )
    return list(counted.values())


def overdue(found: Sequence[Use], until: datetime) -> list[Use]:
    """Past their review date, the longest first."""
    late = [each for each in found if each.article.review_by and each.article.review_by < until.date()]
    return sorted(late, key=lambda each: (each.article.review_by, each.article.id))


def disappointing(found: Sequence[Use]) -> list[Use]:
    """Those of which somebody said that they did not help, the most first."""
    return sorted((each for each in found if each.not_helped), key=lambda each: (-each.not_helped, each.article.id))


def unused(found: Sequence[Use]) -> list[Use]:
    return [each for each in found if not each.shown and each.article.covered]


def _lesson(ledger: Ledger, known: Known, question: Question, words: str, until: datetime) -> Lesson:
    chosen = None if question.helped is False else question.chosen
    if question.ticket is None:
        return Lesson(question.id, question.at, words, question.system, chosen)
    ticket = ledger.ticket(question.ticket)
    hours = hours_of_group(known, ticket.group)
    spent = effort(ledger.events(ticket.case_id), seconds(until), hours)
    return Lesson(question.id, question.at, words, ticket.system, chosen, _solution(ledger, ticket), spent)


def _solution(ledger: Ledger, ticket: Ticket) -> str:
    if ticket.state not in _SOLVED or not ticket.solution:
        return ""
    found: Mapping[str, str] = ledger.texts([ticket.solution])
    return found.get(ticket.solution, "")
