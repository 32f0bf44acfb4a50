"""The small things that many files hold: ids, names of other things, zones, mail addresses."""

import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo

from bot.storage.knowledge.shape import must_be_known, wrong

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LABEL = re.compile(r"[\w][\w-]{0,63}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ZONE = re.compile(r"[A-Z][A-Za-z]+(/[A-Z][A-Za-z_-]+){1,2}")


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise wrong("is not an id: small letters a-z, digits, - and _, at most 64")
    return text


def _label(text: str) -> str:
    if not _LABEL.fullmatch(text):
        raise wrong("is not an id: letters, digits, - and _, at most 64")
    return text


def _mail(text: str) -> str:
    if not _MAIL.fullmatch(text):
        raise wrong("is not a mail address")
    return text


def _person_or_mail(text: str, info: ValidationInfo) -> str:
    return text if _MAIL.fullmatch(text) else must_be_known(text, "person", info)


def _zone(text: Any) -> ZoneInfo:
    if not isinstance(text, str) or (text != "UTC" and (not _ZONE.fullmatch(text) or text.startswith("Etc/"))):
        raise wrong("is not a zone: write Area/City, such as Europe/Copenhagen, or UTC")
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise wrong("is not a zone that exists: write Area/City, such as Europe/Copenhagen, or UTC") from None


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, AfterValidator(_id)]  # of things that addresses and buttons carry
Label = Annotated[str, AfterValidator(_label)]  # inside one contract: A-reaktion
Mail = Annotated[str, AfterValidator(_mail)]
PersonOrMail = Annotated[str, AfterValidator(_person_or_mail)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]


def _known(kind: str) -> AfterValidator:
    return AfterValidator(lambda name, info: must_be_known(name, kind, info))


PersonName = Annotated[str, _known("person")]
SiteName = Annotated[str, _known("site")]
SystemName = Annotated[str, _known("system")]
SupplierName = Annotated[str, _known("supplier")]
ArticleName = Annotated[str, _known("article")]
AudienceName = Annotated[str, _known("audience")]
SuperuserGroupName = Annotated[str, _known("superuser group")]
ItGroupName = Annotated[str, _known("it group")]
CalendarName = Annotated[str, _known("calendar")]
SeverityName = Annotated[str, _known("severity")]
PauseReasonName = Annotated[str, _known("pause reason")]
EventName = Annotated[str, _known("event")]
