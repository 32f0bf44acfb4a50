"""What may stand in the files about people, systems, suppliers, articles and words."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, Strict, model_validator

from bot.storage.knowledge.shape import Listed, Shape, wrong
from bot.storage.knowledge.spans import SpokenSpan
from bot.storage.knowledge.words import (
    ArticleName,
    AudienceName,
    CalendarName,
    Id,
    ItGroupName,
    Mail,
    PersonName,
    PersonOrMail,
    SiteName,
    SuperuserGroupName,
    SupplierName,
    SystemName,
    Text,
    Zone,
)

SpokenLanguage = Literal["da", "en"]
Share = Annotated[float, Strict(strict=False), Field(ge=0, le=1)]
MessengerName = Literal["web", "slack", "teams"]
SignInName = Literal["oidc"]  # where people prove who they are


class OrganisationFile(Shape):
    """organisation.yaml; its people, sites and groups are read one by one."""

    name: Text
    zone: Zone
    people: Listed[Any]
    sites: Listed[Any]
    groups: Listed[Any]


class SiteShape(Shape):
    id: Id
    name: Text


class AwayShape(Shape):
    first: date = Field(alias="from")
    last: date = Field(alias="to")


class PersonShape(Shape):
    id: Id
    name: Text
    email: Mail
    site: SiteName
    roles: Annotated[Listed[Literal["employee", "superuser", "it", "contract_manager"]], Field(min_length=1)]
    language: SpokenLanguage = "da"
    away: Listed[AwayShape] = ()
    accounts: dict[SignInName, Text] = Field(default_factory=dict)


class GroupShape(Shape):
    id: Id
    name: Text = ""
    tier: Literal["superuser", "it"]
    system: SystemName | None = None
    site: SiteName | None = None
    members: Annotated[Listed[PersonName], Field(min_length=1)]
    channel: dict[MessengerName, Text] = Field(default_factory=dict)
    calendar: CalendarName


class AnsweringShape(Shape):
    """How sure the search must be of this system's articles, where it is not as everywhere."""

    sure: Share | None = None
    suggest: Share | None = None
    margin: Share | None = None
    strict: bool | None = None

    @model_validator(mode="after")
    def _suggests_before_it_is_sure(self) -> Self:
        if self.sure is not None and self.suggest is not None and self.suggest > self.sure:
            raise wrong("suggests only above what is sure: suggest must not be more than sure")
        return self


class SystemShape(Shape):
    id: Id
    name: Text
    aliases: Listed[Text] = ()
    owner: PersonOrMail
    superuser_groups: Listed[SuperuserGroupName]
    it_group: ItGroupName
    supplier: SupplierName | None = None
    claim_within: SpokenSpan
    site_aware: bool = False
    update_within: SpokenSpan = timedelta(hours=2)
    answering: AnsweringShape = AnsweringShape()


class RungShape(Shape):
    name: Text
    phone: str = ""
    mail: Mail | None = None


class SupplierShape(Shape):
    id: Id
    name: Text
    mail: Mail
    phone: Text
    ladder: Listed[RungShape] = ()


class TestsShape(Shape):
    matches: Listed[Text] = ()
    excludes: Listed[Text] = Field(default=(), alias="not")


def _by_language(answer: Any) -> Any:
    return {"": answer} if isinstance(answer, str) else answer


class LooseArticle(Shape):
    """Enough to search: an article of a collection that belongs to no organisation."""

    id: Text
    questions: Annotated[Listed[Text], Field(min_length=1)]
    # A text without a language stands under "".
    answer: Annotated[dict[Literal["da", "en", ""], Text], BeforeValidator(_by_language), Field(min_length=1)]
    system: SystemName | None = None
    owner: PersonOrMail = ""
    review_by: date | None = None
    audience: Listed[AudienceName] = ()
    see_also: Listed[ArticleName] = ()
    covered: bool = True
    language: SpokenLanguage | None = None
    tests: TestsShape = TestsShape()


class ArticleShape(LooseArticle):
    """An article that somebody answers for."""

    id: Id
    owner: PersonOrMail
    review_by: date


class GlossaryFile(Shape):
    groups: Listed[Annotated[Listed[Text], Field(min_length=2)]]
