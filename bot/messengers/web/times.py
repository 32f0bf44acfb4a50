"""Times beside messages: "9.40", and "i dag, mandag 23. november" between days."""

from datetime import datetime, tzinfo

from bot.domain.people import Language
from bot.wording.times import long_day

_NEAR: dict[Language, dict[int, str]] = {"da": {0: "i dag", -1: "i går"}, "en": {0: "today", -1: "yesterday"}}


def clock_time(at: datetime, zone: tzinfo, language: Language) -> str:
    """9.40 in Danish, 9:40 in English."""
    local = at.astimezone(zone)
    return f"{local.hour}{'.' if language == 'da' else ':'}{local.minute:02}"


def day_heading(at: datetime, now: datetime, zone: tzinfo, language: Language) -> str:
    """As in: i dag, mandag 23. november."""
    day, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    said = long_day(at, zone, language)
    if day.year != today.year:
        said = f"{said} {day.year}"
    near = _NEAR[language].get((day - today).days)
    return f"{near}, {said}" if near else said
