"""The envelope: what cannot be right is refused at intake; everything that happens can be written and read again."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from cast import NOW, later

from bot.domain.events import (
    HAPPENED,
    LATEST_FUTURE,
    Asked,
    Commented,
    Corrected,
    Event,
    EventRefused,
    Happened,
    Opened,
    Voided,
    happened_from,
    payload_of,
)

VALUES = {"str": "x", "int": 7, "bool": True, "Literal": "auto"}


def sample(kind):
    """One of the kind, every field filled in."""
    if kind is Corrected:
        return Corrected("wrong_time", NOW, (("channel", "phone"), ("complete", True)))
    return kind(**{each.name: VALUES[getattr(each.type, "__name__", str(each.type))] for each in fields(kind)})


def event(what=None, occurred_at=NOW, recorded_at=NOW, corrects=None):
    return Event("#1/1", "#1", what or Opened(), occurred_at, recorded_at, corrects=corrects)


@pytest.mark.parametrize("kind", get_args(Happened), ids=lambda each: each.type)
def test_whatever_happens_is_written_and_read_again(kind):
    what = sample(kind)
    assert happened_from(kind.type, payload_of(what)) == what


def test_every_kind_has_a_name_of_its_own():
    assert len(HAPPENED) == len(get_args(Happened))


def test_a_correction_that_moves_nothing_is_written_too():
    what = Corrected("wrong_text", payload=(("a", 1),))
    assert happened_from("corrected", payload_of(what)) == what
    assert happened_from("corrected", {"reason": "r"}) == Corrected("r")


@pytest.mark.parametrize(
    ("kind", "payload", "says"),
    [
        ("danced", {}, "'danced' is not known"),
        ("opened", {"colour": "red"}, "payload of opened"),
        ("commented", {}, "payload of commented"),
    ],
)
def test_what_is_not_known_is_refused_by_name(kind, payload, says):
    with pytest.raises(EventRefused, match=says):
        happened_from(kind, payload)


def test_fractions_of_a_second_are_cut_off():
    odd = event(occurred_at=NOW.replace(microsecond=999_999), recorded_at=NOW.replace(microsecond=1))
    assert (odd.occurred_at, odd.recorded_at) == (NOW, NOW)


@pytest.mark.parametrize("name", ["occurred_at", "recorded_at"])
def test_an_instant_without_a_zone_is_refused(name):
    with pytest.raises(EventRefused, match=name):
        event(**{name: datetime(2026, 11, 24, 9, 0)})  # noqa: DTZ001  # that is what is refused


def test_any_zone_will_do():
    danish = NOW.astimezone(ZoneInfo("Europe/Copenhagen"))
    assert event(occurred_at=danish).occurred_at == NOW


def test_what_has_not_happened_yet_is_refused_but_clocks_differ():
    assert event(occurred_at=NOW + LATEST_FUTURE)
    with pytest.raises(EventRefused, match="has not happened yet"):
        event(occurred_at=NOW + LATEST_FUTURE + timedelta(seconds=1))
    assert timedelta(minutes=5) == LATEST_FUTURE


@pytest.mark.parametrize("what", [Corrected("typo"), Voided("typo")])
def test_a_correction_names_the_event_it_is_about(what):
    assert event(what, corrects="#1/1").type == what.type
    with pytest.raises(EventRefused, match="corrects"):
        event(what)


@pytest.mark.parametrize("what", [Corrected(""), Voided("")])
def test_a_correction_has_a_reason(what):
    with pytest.raises(EventRefused, match="reason"):
        event(what, corrects="#1/1")


def test_a_correction_moves_an_instant_to_one_with_a_zone():
    assert event(Corrected("typo", later(1)), corrects="#1/1")
    with pytest.raises(EventRefused, match="occurred_at"):
        event(Corrected("typo", datetime(2026, 11, 24, 9, 0)), corrects="#1/1")  # noqa: DTZ001


def test_an_event_is_called_by_what_happened():
    assert event(Commented("t-1")).type == "commented"
    assert event(Asked("none")).type == "asked"
    assert event().occurred_at.tzinfo is UTC
