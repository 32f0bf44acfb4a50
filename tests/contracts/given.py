"""People, moments and values for the contracts of the store."""

from datetime import UTC, datetime, timedelta

from bot.domain.articles import Answer, ArticleId, NoAnswer, Ranked
from bot.domain.commands import Claim, Delivery, Kind, Place
from bot.domain.notices import Tell, TicketShown
from bot.domain.people import GroupId, Person, PersonId, Role, SiteId, SupportGroup, SystemId, Tier
from bot.domain.questions import Question
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import SupplierId
from bot.domain.ticket import Route, Ticket

NOW = datetime(2026, 11, 23, 9, 0, 0, 250_000, tzinfo=UTC)
PRINTER = SystemId("printer")
NORTH = SiteId("nord")
HELPERS = SupportGroup(GroupId("print-nord"), Tier.SUPERUSER, "dag", (PersonId("sam"), PersonId("sue")), PRINTER)
IT = SupportGroup(GroupId("it"), Tier.IT, "dag", (PersonId("ivo"),))


def person(name: str, *groups: SupportGroup, role: Role = Role.EMPLOYEE) -> Person:
    return Person(
        PersonId(name.lower()), name, f"{name.lower()}@fjordby.example", NORTH, frozenset({role}), groups=groups
    )


MIA = person("Mia")
SAM = person("Sam", HELPERS, role=Role.SUPERUSER)
SUE = person("Sue", HELPERS, role=Role.SUPERUSER)
IVO = person("Ivo", IT, role=Role.IT)


def after(**span: float) -> datetime:
    return NOW + timedelta(**span)


def opened(
    number: int, by: Person = MIA, at: datetime = NOW, question: str = "", title: str = "Blanke etiketter"
) -> Ticket:
    return Ticket.open(number, by, Route(Tier.SUPERUSER, HELPERS.id), PRINTER, question, title, at, "web")


def asked(name: str, by: Person = MIA, at: datetime = NOW, *, found: bool = True) -> Question:
    ranked = (Ranked(ArticleId("vpn"), 0.875), Ranked(ArticleId("print"), 0.1))
    result = Answer(ArticleId("vpn"), 0.875, ranked) if found else NoAnswer(ranked, PRINTER)
    return Question.asked(name, by, at, Place("web", Kind.DIRECT, by.id), f"t-{name}", result)


def handed_over(
    number: int, tickets: tuple[int, ...] = (), at: datetime = NOW, title: str = "Alt står stille"
) -> SupplierCase:
    case = SupplierCase(
        number,
        SupplierId("rimfrost"),
        PRINTER,
        "rimfrost-service",
        1,
        "1",
        title,
        f"report-{number}",
        tickets,
        at,
        IVO.id,
        confirm_by=at + timedelta(minutes=30),
    )
    return case.handed_over(at, "mail")


def delivered(key: str, at: datetime = NOW, number: int = 1) -> Delivery:
    return Delivery("web", key, SAM.id, Place("web", Kind.DIRECT, SAM.id), Claim(number), at)


def card(place: Place, number: int = 1, key: str = "") -> Tell:
    return Tell(place, TicketShown(number), key)


def channel(name: str) -> Place:
    return Place("web", Kind.CHANNEL, name)
