"""Pictures to put into words: the sample organisation on a Tuesday morning, and whatever a test hangs in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.articles import ArticleId, NoAnswer, Ranked
from bot.domain.clocks import evaluate
from bot.domain.commands import Kind, Place
from bot.domain.intervals import seconds
from bot.domain.people import GroupId, PersonId, SystemId, Tier
from bot.domain.picture import Picture
from bot.domain.questions import Question
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import SupplierId
from bot.domain.ticket import Route, Ticket
from bot.wording.message import plain
from bot.wording.word import word

MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # 9.30 in Fjordby
NORTH = GroupId("omsorg-nord")
TO_IT = Route(Tier.IT, GroupId("it"), "escalated")


def at(**span: float) -> datetime:
    return MORNING + timedelta(**span)


class Scene:
    def __init__(self, known) -> None:
        self.known = known
        self.people = known.organisation.people

    def picture(self, reader: str = "", language: str = "", now: datetime = MORNING, **more) -> Picture:
        """For one person, or for a channel; in another language than their own if a test says so."""
        person = self.people[PersonId(reader)] if reader else None
        if person and language:
            person = replace(person, language=language)
        organisation, articles = self.known.organisation, self.known.articles
        return Picture(
            now,
            **{"organisation": organisation, "reader": person, "articles": articles, "calendars": self.known.calendars}
            | more,
        )

    def ticket(self, title: str = "Navnene er små firkanter", by: str = "mia") -> Ticket:
        route = Route(Tier.SUPERUSER, NORTH)
        return Ticket.open(1, self.people[by], route, SystemId("omsorgsjournalen"), "q", title, MORNING, "web")

    def question(self, found=None) -> Question:
        place = Place("web", Kind.DIRECT, "mia")
        return Question.asked("q", self.people["mia"], MORNING, place, "t-q", found or NoAnswer(()))

    def case(self, severity: str = "B", title: str = "Navnene er små firkanter") -> SupplierCase:
        return SupplierCase(
            1,
            SupplierId("strandvejr"),
            SystemId("omsorgsjournalen"),
            "strandvejr-drift",
            1,
            severity,
            title,
            "t-report",
            (1,),
            MORNING,
            PersonId("ivo"),
        ).handed_over(MORNING, "mail")

    def with_case(self, case: SupplierCase, reader: str = "", now: datetime = MORNING, **more) -> Picture:
        clocks = tuple(evaluate(case.happened, self.known.contracts, seconds(now)))
        contract = self.known.contracts.version(case.contract, case.contract_version)
        return self.picture(reader, now=now, **{"case": case, "clocks": clocks, "contract": contract} | more)


def said(notice, picture: Picture) -> str:
    return plain(word(notice, picture))


def found(*articles: str) -> tuple[Ranked, ...]:
    return tuple(Ranked(ArticleId(each), 0.3) for each in articles)
