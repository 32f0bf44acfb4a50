"""Times as people type them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.when import read_future, read_past

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)  # Tuesday 14:00


def shown(at: datetime | None) -> str:
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}" if at else ""


@pytest.mark.parametrize(
    ("said", "past"),
    [
        ("", "2026-11-24 14:00"),
        ("nu", "2026-11-24 14:00"),
        ("9", "2026-11-24 09:00"),
        ("kl. 9", "2026-11-24 09:00"),
        ("12.20", "2026-11-24 12:20"),
        ("12:20", "2026-11-24 12:20"),
        ("i går 9.30", "2026-11-23 09:30"),
        ("i går kl. 14", "2026-11-23 14:00"),
        ("yesterday 9:30", "2026-11-23 09:30"),
        ("fredag", "2026-11-20 00:00"),
        ("i fredags kl 9", "2026-11-20 09:00"),
        ("tirsdag 9", "2026-11-24 09:00"),
        ("23-11 14:05", "2026-11-23 14:05"),
        ("27.11", "2025-11-27 00:00"),
        ("31/12/2025 8.00", "2025-12-31 08:00"),
        ("2026-11-23 14:05", "2026-11-23 14:05"),
        ("2026-11-23", "2026-11-23 00:00"),
        ("I DAG KL. 8.15", "2026-11-24 08:15"),
        ("på mandag", "2026-11-23 00:00"),
        ("snart", ""),
        ("99.99", ""),
        ("31-02", ""),
        ("2026-13-40", ""),
        ("fredag 25.00", ""),
        ("i overmorgen", ""),
        ("i dag kl. 24.10", ""),
    ],
)
def test_when_something_happened(said: str, past: str) -> None:
    assert shown(read_past(said, NOW, ZONE)) == past


@pytest.mark.parametrize(
    ("said", "future"),
    [
        ("til mandag", "2026-11-30 00:00"),
        ("tirsdag", "2026-12-01 00:00"),
        ("until friday", "2026-11-27 00:00"),
        ("i morgen 9.30", "2026-11-25 09:30"),
        ("27-11", "2026-11-27 00:00"),
        ("3-1", "2027-01-03 00:00"),
        ("d. 24-12", "2026-12-24 00:00"),
        ("kl. 15", "2026-11-24 15:00"),
    ],
)
def test_when_something_ends(said: str, future: str) -> None:
    assert shown(read_future(said, NOW, ZONE)) == future


def test_a_time_that_a_clock_change_skips_is_read_an_hour_later() -> None:
    assert shown(read_past("29-03-2026 02:30", NOW, ZONE)) == "2026-03-29 03:30"
