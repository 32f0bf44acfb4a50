"""Opening hours as a file holds them: `mon-thu: ["08:00-16:00"]`, closed days, exceptions."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.storage.knowledge.shape import Listed, Shape, wrong
from bot.storage.knowledge.words import Text, Zone

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60  # minutes
_LATEST = 36 * 60
_SEGMENT = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_YEARLY = re.compile(r"(\d\d)-(\d\d)")


def weekdays(key: str) -> range:
    """`mon` or `mon-thu` as positions, Monday 0."""
    first, _, last = key.partition("-")
    for name in (first, last or first):
        if name not in WEEKDAYS:
            raise wrong("is not a weekday or a range of them: {weekdays}, mon-thu", weekdays=", ".join(WEEKDAYS))
    found = range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1)
    if not found:
        raise wrong("runs backwards: begin with the earlier weekday")
    return found


def _segment(value: Any) -> tuple[int, int]:
    found = _SEGMENT.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise wrong('is not hours: write one text in quotes, such as "08:00-16:00"')
    hour, minute, end_hour, end_minute = map(int, found.groups())
    if minute > 59 or end_minute > 59:
        raise wrong("has more than 59 minutes")
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if end <= start:
        raise wrong('does not end after it starts; past midnight goes on, such as "22:00-30:00"')
    if start >= DAY:
        raise wrong("starts on the next day: let it stand there")
    if end > _LATEST:
        raise wrong("ends after 36:00")
    return start, end


def _month_and_day(value: Any) -> tuple[int, int]:
    found = _YEARLY.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise wrong('is not a day of the year: write it like "12-24"')
    month, day = int(found[1]), int(found[2])
    try:
        date(2024, month, day)  # a leap year, so 02-29 is a real day
    except ValueError:
        raise wrong("is not a day of the year that exists") from None
    return month, day


def _checked(key: str) -> str:
    weekdays(key)
    return key


Segment = Annotated[tuple[int, int], BeforeValidator(_segment)]


class ClosedShape(Shape):
    base: Literal["dk_public", "none"] = "none"
    add: Listed[date] = ()
    remove: Listed[date] = ()


class ExceptionShape(Shape):
    """On one date, or on the same day every year."""

    on: date | None = Field(default=None, alias="date")
    every: Annotated[tuple[int, int], BeforeValidator(_month_and_day)] | None = None
    hours: Listed[Segment]
    why: Text = ""

    @model_validator(mode="after")
    def _one_of_them(self) -> "ExceptionShape":
        if (self.on is None) == (self.every is None):
            raise wrong("needs either date or every, and not both")
        return self


class CalendarShape(Shape):
    zone: Zone
    weekly: dict[Annotated[str, AfterValidator(_checked)], Listed[Segment]]
    closed: ClosedShape = ClosedShape()
    exceptions: Listed[ExceptionShape] = ()
