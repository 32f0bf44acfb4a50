"""Danish public holidays as explicit dates. The only place that asks the holidays library, and only for dates."""

from datetime import date
from importlib.metadata import version


def public_holidays(first: date, end: date) -> frozenset[date]:
    """The dates in [first, end) that are public holidays in Denmark.

    1 May, 5 June, 24 and 31 December are not; where they are closed, the contract says so.
    """
    # Imported here: a contract that was activated needs no library at all.
    import holidays

    years = range(first.year, end.year + 1)
    found = holidays.country_holidays("DK", years=years, categories=(holidays.PUBLIC,))
    return frozenset(day for day in found if first <= day < end)


def holidays_version() -> str:
    return version("holidays")


def tzdata_version() -> str:
    return version("tzdata")
