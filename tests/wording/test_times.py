"""Times as people say them and as records write them, in both languages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.wording.times import ago, clock_span, exact_span, full_record, long_day, record, span, when

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # a Tuesday, 9.30


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("at", "danish", "english"),
    [
        ("2026-11-24T13:45", "i dag kl. 13.45", "today at 13:45"),
        ("2026-11-25T15:00", "i morgen kl. 15", "tomorrow at 15:00"),
        ("2026-11-23T09:05", "i går kl. 9.05", "yesterday at 9:05"),
        ("2026-11-19T10:15", "i torsdags kl. 10.15", "last Thursday at 10:15"),
        ("2026-11-17T10:15", "tirsdag 17. nov. kl. 10.15", "Tuesday 17 Nov at 10:15"),
        ("2026-12-04T15:00", "fredag 4. dec. kl. 15", "Friday 4 Dec at 15:00"),
        ("2027-01-04T08:00", "mandag 4. jan. 2027 kl. 8", "Monday 4 Jan 2027 at 8:00"),
    ],
)
def test_when(at, danish, english):
    assert when(local(at), NOW, ZONE, "da") == danish
    assert when(local(at), NOW, ZONE, "en") == english


def test_a_day_as_a_heading():
    assert long_day(NOW, ZONE, "da") == "tirsdag 24. november"
    assert long_day(NOW, ZONE, "en") == "Tuesday 24 November"


@pytest.mark.parametrize(
    ("seconds", "danish", "english", "exact"),
    [
        (0, "0 sek.", "0 s", "0 sek."),
        (59, "59 sek.", "59 s", "59 sek."),
        (60, "1 min.", "1 min", "1 min."),
        (61, "1 min.", "1 min", "1 min. 1 sek."),
        (3600, "1 t.", "1 h", "1 t."),
        (25_925, "7 t. 12 min.", "7 h 12 min", "7 t. 12 min. 5 sek."),
    ],
)
def test_a_span(seconds, danish, english, exact):
    assert span(seconds, "da") == danish
    assert span(seconds, "en") == english
    assert exact_span(seconds, "da") == exact


def test_evidence_has_its_seconds_in_english_too():
    assert exact_span(61, "en") == "1 min 1 s"


@pytest.mark.parametrize(("seconds", "said"), [(25_920, "7:12"), (25_925, "7:12:05"), (0, "0:00"), (-61, "-0:01:01")])
def test_a_span_in_a_column(seconds, said):
    assert clock_span(seconds) == said


@pytest.mark.parametrize(
    ("minutes", "danish", "english"),
    [
        (0, "for lidt siden", "just now"),
        (1, "for 1 minut siden", "1 minute ago"),
        (4, "for 4 minutter siden", "4 minutes ago"),
        (60, "for 1 time siden", "1 hour ago"),
        (179, "for 2 timer siden", "2 hours ago"),
        (180, "i dag kl. 6.30", "today at 6:30"),
        (-5, "for lidt siden", "just now"),
    ],
)
def test_how_long_ago(minutes, danish, english):
    at = NOW - timedelta(minutes=minutes)
    assert ago(at, NOW, ZONE, "da") == danish
    assert ago(at, NOW, ZONE, "en") == english


def test_a_record_names_the_offset_on_a_day_on_which_the_clocks_are_changed():
    assert record(local("2026-11-19T13:20"), ZONE, "da") == "to 19-11 13:20"
    assert record(local("2026-11-19T13:20:07"), ZONE, "en") == "Th 19-11 13:20:07"
    assert full_record(local("2026-11-23T13:45"), ZONE, "da") == "mandag 23-11-2026 kl. 13:45"
    assert full_record(local("2026-11-23T13:45:09"), ZONE, "en") == "Monday 23-11-2026 13:45:09"
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert record(first, ZONE, "da") == "sø 25-10 02:30 (+02)"
    assert record(second, ZONE, "da") == "sø 25-10 02:30 (+01)"
    # Four hours lie between these two, and three between the next.
    assert record(local("2026-10-25T01:00"), ZONE, "da") == "sø 25-10 01:00 (+02)"
    assert record(local("2026-10-25T04:00"), ZONE, "da") == "sø 25-10 04:00 (+01)"
    assert record(local("2026-03-29T00:00"), ZONE, "en") == "Su 29-03 00:00 (+01)"
    assert record(local("2026-03-29T04:00"), ZONE, "en") == "Su 29-03 04:00 (+02)"
    assert record(local("2026-03-30T00:00"), ZONE, "en") == "Mo 30-03 00:00"


def test_an_offset_may_have_half_an_hour_or_be_behind():
    lord_howe, new_york = ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/New_York")
    night = datetime(2026, 4, 4, 15, 10, tzinfo=UTC)
    assert record(night - timedelta(minutes=30), lord_howe, "en") == "Su 05-04 01:40 (+11)"
    assert record(night, lord_howe, "en") == "Su 05-04 01:40 (+10:30)"
    assert record(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), new_york, "en") == "Su 01-11 01:30 (-05)"
