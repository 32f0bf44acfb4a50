"""Spans as people write them: `PT4H`, `30 min`, `2 h`; and what a budget may be."""

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.storage.knowledge.shape import wrong

_ISO = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?")
_SPOKEN = re.compile(r"(?:(\d{1,4}) ?h)? ?(?:(\d{1,5}) ?min)?")
_MONTHS = re.compile(r"P(\d{1,3})M")
_IN_DAYS = re.compile(r"P[\d.,]+[YMWD].*")
_LONGEST = timedelta(days=5 * 366)  # a promise further away than this is a mistake in writing


def open_span(value: Any) -> timedelta:
    """`PT4H`: open time, so days, weeks and months say nothing exact."""
    text = _text(value, "PT4H")
    if _IN_DAYS.fullmatch(text):
        raise wrong("is ambiguous as open time: say hours (PT24H) or business_days")
    return _positive(_iso(text))


def wall_span(value: Any) -> timedelta | int:
    """Real time (`PT72H`), or a number of local months (`P1M`)."""
    text = _text(value, "PT72H")
    months = _MONTHS.fullmatch(text)
    if months:
        if not 1 <= int(months[1]) <= _LONGEST.days // 31:
            raise wrong("must be more than nothing and less than five years")
        return int(months[1])
    if _IN_DAYS.fullmatch(text):
        raise wrong("is ambiguous where a day has 23 or 25 hours: say hours (PT72H) or months (P1M)")
    return _positive(_iso(text))


def spoken_span(value: Any) -> timedelta:
    """`PT30M`, or as people say it: `30 min`, `2 h`, `1 h 30 min`."""
    text = _text(value, "30 min")
    found = _SPOKEN.fullmatch(text)
    if found and any(found.groups()):
        return _positive(timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0)))
    return open_span(text)


def whole_days(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong("must be a whole number of days")
    if isinstance(value, float):
        raise wrong("is a fraction: business days are whole, or say hours (open: PT4H)")
    if not 1 <= value <= _LONGEST.days:
        raise wrong("must be at least one day and less than five years")
    return value


OpenSpan = Annotated[timedelta, BeforeValidator(open_span)]
SpokenSpan = Annotated[timedelta, BeforeValidator(spoken_span)]


def _text(value: Any, example: str) -> str:
    if not isinstance(value, str):
        raise wrong("must be a span such as {example}", example=example)
    return value.strip()


def _iso(text: str) -> timedelta:
    if text.startswith("-"):
        raise wrong("is negative")
    found = _ISO.fullmatch(text)
    if not found or not any(found.groups()):
        raise wrong("is not a span: write hours and minutes like PT4H or PT1H30M")
    hours, minutes, seconds = (int(number or 0) for number in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _positive(span: timedelta) -> timedelta:
    if not span:
        raise wrong("is no time at all")
    if span > _LONGEST:
        raise wrong("is longer than five years")
    return span
