"""Times and spans as people say them, and as records write them, in Danish and English. Local time of the zone given."""

from datetime import datetime, timedelta, tzinfo

from bot.domain.people import Language

DAYS = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SHORT_DAYS = {"da": ("ma", "ti", "on", "to", "fr", "lø", "sø"), "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}
MONTHS = {
    "da": ("jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
LONG_MONTHS = {
    "da": (
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_NEAR = {"da": {0: "i dag", 1: "i morgen", -1: "i går"}, "en": {0: "today", 1: "tomorrow", -1: "yesterday"}}


def when(at: datetime, now: datetime, zone: tzinfo, language: Language) -> str:
    """Such as "i dag kl. 13.45", "fredag 4. dec. kl. 15", "i torsdags kl. 10.15"; the year only when it is another one."""
    return f"{day(at, now, zone, language)} {time_of_day(at, zone, language)}"


def time_of_day(at: datetime, zone: tzinfo, language: Language) -> str:
    """Such as "kl. 9.30" and "kl. 15"; "at 9:30"."""
    local = at.astimezone(zone)
    if language == "da":
        return f"kl. {local.hour}.{local.minute:02}" if local.minute else f"kl. {local.hour}"
    return f"at {local.hour}:{local.minute:02}"


def day(at: datetime, now: datetime, zone: tzinfo, language: Language) -> str:
    local, today = at.astimezone(zone), now.astimezone(zone)
    apart = (local.date() - today.date()).days
    if apart in _NEAR[language]:
        return _NEAR[language][apart]
    name = DAYS[language][local.weekday()]
    if -7 < apart < -1:
        return f"i {name}s" if language == "da" else f"last {name}"
    month = MONTHS[language][local.month - 1]
    year = f" {local.year}" if local.year != today.year else ""
    return f"{name} {local.day}. {month}{year}" if language == "da" else f"{name} {local.day} {month}{year}"


def long_day(at: datetime, zone: tzinfo, language: Language) -> str:
    """Such as "mandag 23. november", for headings."""
    local = at.astimezone(zone)
    name, month = DAYS[language][local.weekday()], LONG_MONTHS[language][local.month - 1]
    return f"{name} {local.day}. {month}" if language == "da" else f"{name} {local.day} {month}"


def span(seconds: float, language: Language) -> str:
    """Such as "7 t. 12 min."; seconds only below a minute. Never decimals of an hour."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} sek." if language == "da" else f"{whole} s"
    hours, minutes = divmod(whole // 60, 60)
    hour, minute = ("t.", "min.") if language == "da" else ("h", "min")
    return " ".join(f"{count} {unit}" for count, unit in ((hours, hour), (minutes, minute)) if count)


def exact_span(seconds: int, language: Language) -> str:
    """The same with every second that is not zero: for evidence."""
    rest = seconds % 60
    if not rest or seconds < 60:
        return span(seconds, language)
    return f"{span(seconds, language)} {rest} {'sek.' if language == 'da' else 's'}"


def clock_span(seconds: int) -> str:
    """Such as "7:12" in a column; "7:12:05" when there are seconds."""
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{hours}:{minutes:02}" + (f":{left:02}" if left else "")


def ago(at: datetime, now: datetime, zone: tzinfo, language: Language) -> str:
    """Such as "for 4 minutter siden"; from three hours on, the time itself."""
    minutes = max(0, int((now - at) / timedelta(minutes=1)))
    if minutes >= 180:
        return when(at, now, zone, language)
    count, one, many = (minutes, "minut", "minutter") if minutes < 60 else (minutes // 60, "time", "timer")
    if language == "da":
        return "for lidt siden" if minutes == 0 else f"for {count} {one if count == 1 else many} siden"
    unit = "minute" if minutes < 60 else "hour"
    return "just now" if minutes == 0 else f"{count} {unit}{'' if count == 1 else 's'} ago"


def record(at: datetime, zone: tzinfo, language: Language) -> str:
    """Such as "to 19-11 13:20": weekday in two letters, so columns line up; seconds and offset only where they matter."""
    local = at.astimezone(zone)
    seconds = f":{local.second:02}" if local.second else ""
    return f"{SHORT_DAYS[language][local.weekday()]} {local:%d-%m %H:%M}{seconds}{_offset(local)}"


def full_record(at: datetime, zone: tzinfo, language: Language) -> str:
    """Such as "mandag 23-11-2026 kl. 13:45": what a letter quotes."""
    local = at.astimezone(zone)
    seconds = f":{local.second:02}" if local.second else ""
    at_word = " kl." if language == "da" else ""
    return f"{DAYS[language][local.weekday()]} {local:%d-%m-%Y}{at_word} {local:%H:%M}{seconds}{_offset(local)}"


def _offset(local: datetime) -> str:
    """Shown on a day on which the clocks are changed, so that everybody can count the hours."""
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if midnight.utcoffset() == (midnight + timedelta(days=1)).utcoffset():
        return ""
    hours, minutes = f"{local:%z}"[:3], f"{local:%z}"[3:5]
    return f" ({hours})" if minutes == "00" else f" ({hours}:{minutes})"
