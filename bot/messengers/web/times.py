"""Times beside messages: "9.40", and "i dag, mandag 23. november" between days."""

from datetime import date, datetime, timedelta, tzinfo

from bot.domain.people import Language

_DAYS: dict[Language, tuple[str, ...]] = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: dict[Language, tuple[str, ...]] = {
    "da": (
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_NEAR: dict[Language, dict[int, str]] = {
    "da": {0: "i dag", -1: "i går"},
    "en": {0: "today", -1: "yesterday"},
}


def clock_time(at: datetime, zone: tzinfo, language: Language) -> str:
    """9.40 in Danish, 9:40 in English."""
    local = at.astimezone(zone)
    return f"{local.hour}{'.' if language == 'da' else ':'}{local.minute:02}"


def long_day(day: date, language: Language, *, year: bool = False) -> str:
    """As in: mandag 23. november."""
    month, name = _MONTHS[language][day.month - 1], _DAYS[language][day.weekday()]
    said = f"{name} {day.day}. {month}" if language == "da" else f"{name} {day.day} {month}"
    return f"{said} {day.year}" if year else said


def day_heading(day: date, today: date, language: Language) -> str:
    """As in: i dag, mandag 23. november."""
    near = _NEAR[language].get((day - today) // timedelta(days=1))
    said = long_day(day, language, year=day.year != today.year)
    return f"{near}, {said}" if near else said
