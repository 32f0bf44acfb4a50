"""An oracle that nobody can get wrong: it steps minute by minute and asks the wall clock. Slow, for whole minutes only."""

from datetime import datetime, timedelta

from bot.domain.service_hours import Calendar

MINUTE = 60


def is_open(calendar: Calendar, at: int) -> bool:
    """Whether the wall clock shows a time inside the hours of the day, or of the night that began the day before."""
    there = datetime.fromtimestamp(at, calendar.versions[-1].tzinfo)
    for back in (0, 1):
        day = there.date() - timedelta(days=back)
        wall = there.hour * 60 + there.minute + back * 24 * 60
        hours = calendar.version_on(day).hours_on(day)[0]
        if any(start <= wall < end for start, end in hours):
            return True
    return False


def elapsed(calendar: Calendar, start: int, end: int, pauses: tuple[tuple[int, int], ...] = ()) -> int:
    return sum(
        MINUTE for at in range(start, end, MINUTE) if is_open(calendar, at) and not any(a <= at < b for a, b in pauses)
    )


def add_open(calendar: Calendar, start: int, need: int, pauses: tuple[tuple[int, int], ...] = ()) -> int:
    at = start
    while need > 0:
        if is_open(calendar, at) and not any(a <= at < b for a, b in pauses):
            need -= MINUTE
        at += MINUTE
    return at
