"""Danish public holidays as explicit dates. The only place that asks the holidays library, and only for dates.

python -m bot.storage.knowledge.closed_days    writes the dates it ships, after an upgrade of the library
"""

from datetime import date
from importlib.metadata import version
from pathlib import Path

from bot.storage.knowledge.dk_public import DATES, FIRST, UNTIL, VERSION

SHIPPED = Path(__file__).with_name("dk_public.py")


def public_holidays(first: date, end: date) -> frozenset[date]:
    """The dates in [first, end) that are public holidays in Denmark, as the installed library has them.

    1 May, 5 June, 24 and 31 December are not; where they are closed, the contract says so.
    """
    if holidays_version() == VERSION and first.year >= FIRST and end.year < UNTIL:
        found = frozenset(map(date.fromisoformat, DATES.split()))
    else:
        found = from_library(first.year, end.year + 1)
    return frozenset(day for day in found if first <= day < end)


def from_library(first_year: int, until_year: int) -> frozenset[date]:
    # Imported here: it brings every country of the world, 0.15 s and 10 MB that a start can do without.
    import holidays

    found = holidays.country_holidays("DK", years=range(first_year, until_year), categories=(holidays.PUBLIC,))
    return frozenset(found)


def holidays_version() -> str:
    return version("holidays")


def tzdata_version() -> str:
    return version("tzdata")


def page(first: int, until: int) -> str:
    """The module `dk_public` for these years."""
    years = [sorted(from_library(year, year + 1)) for year in range(first, until)]
    lines = "\n".join(" ".join(map(str, days)) for days in years)
    return f'''"""Public holidays in Denmark, a line a year, as `closed_days` got them from the library of this version."""

VERSION = "{holidays_version()}"
FIRST, UNTIL = {first}, {until}
DATES = """
{lines}
"""
'''


if __name__ == "__main__":
    SHIPPED.write_text(page(FIRST, UNTIL), "utf-8")
