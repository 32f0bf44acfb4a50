"""Times as people type them: "14.20", "i går 9.30", "fredag", "27-11", "monday 9". Read as local time."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DAYS = {
    name: number
    for number, names in enumerate(
        (
            "mandag man monday mon",
            "tirsdag tir tirs tuesday tue",
            "onsdag ons wednesday wed",
            "torsdag tor tors thursday thu",
            "fredag fre friday fri",
            "lørdag lør loerdag saturday sat",
            "søndag søn soendag sunday sun",
        )
    )
    for name in names.split()
}
_NEAR = {
    "i dag": 0,
    "idag": 0,
    "today": 0,
    "i går": -1,
    "igår": -1,
    "yesterday": -1,
    "i morgen": 1,
    "imorgen": 1,
    "tomorrow": 1,
}
_CLOCK = re.compile(r"(?:kl\.?|at)?\s*(\d{1,2})(?:[.:](\d{2}))?$")
_CLOCK_AFTER = re.compile(r"(?:^|\s)(?:kl\.?\s*|at\s+)?(\d{1,2})[.:](\d{2})$|(?:^|\s)(?:kl\.?\s*|at\s+)(\d{1,2})$")
_DATE = re.compile(r"(\d{1,2})[-./](\d{1,2})\.?(?:[-./](\d{4}))?$")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?$")


def read_past(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """When something happened: empty is now, a bare weekday the last one. None if it cannot be read."""
    return _read(text, now, zone, past=True)


def read_future(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """When something ends: a bare weekday is the next one, at 00:00. None if it cannot be read."""
    return _read(text, now, zone, past=False)


def _read(text: str, now: datetime, zone: tzinfo, *, past: bool) -> datetime | None:
    said = " ".join(text.casefold().split()).removeprefix("til ").removeprefix("until ").removeprefix("d. ")
    local = now.astimezone(zone)
    if not said or said in {"nu", "now"}:
        return now
    if iso := _ISO.match(said):
        year, month, day, hour, minute = (int(each or 0) for each in iso.groups())
        return _moment(_date(year, month, day), _time(hour, minute), zone)
    said, at = _clock(said)
    day_said = _day(said, local.date(), past=past) if said else local.date()
    if day_said is None:
        return None
    return _moment(day_said, at or time(0), zone)


def _clock(said: str) -> tuple[str, time | None]:
    """What is said of the day, and the time of day."""
    if whole := _CLOCK.match(said):
        at = _time(int(whole[1]), int(whole[2] or 0))
        return ("", at) if at else (said, None)  # "14.20" is a time, "27.11" can only be a day
    if after := _CLOCK_AFTER.search(said):
        at = _time(int(after[1] or after[3]), int(after[2] or 0))
        return (said[: after.start()].strip(" ,"), at) if at else ("?", None)  # 25.00 is no time, and no day either
    last = said.rsplit(" ", 1)
    if len(last) == 2 and last[1].isdigit() and (at := _time(int(last[1]), 0)):
        return last[0].strip(" ,"), at
    return said, None


def _day(said: str, today: date, *, past: bool) -> date | None:
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    bare = (
        said.removeprefix("på ").removeprefix("i ").removesuffix("s")
        if said.startswith("i ")
        else said.removeprefix("på ")
    )
    if bare in _DAYS:
        ahead = (_DAYS[bare] - today.weekday()) % 7
        return today + timedelta(days=(ahead - 7 if ahead else 0) if past else (ahead or 7))
    if written := _DATE.match(said):
        day, month = int(written[1]), int(written[2])
        if written[3]:
            return _date(int(written[3]), month, day)
        found = _date(today.year, month, day)
        if found and past and found > today:
            return _date(today.year - 1, month, day)
        if found and not past and found < today:
            return _date(today.year + 1, month, day)
        return found
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _moment(day: date | None, at: time | None, zone: tzinfo) -> datetime | None:
    """A time that a clock change skips is read an hour later; one that comes twice, as the first."""
    return datetime.combine(day, at, zone).astimezone(UTC) if day and at else None
