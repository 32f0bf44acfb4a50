"""Values as JSON and back: what may be stored comes back equal, and nothing else is ever made."""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import get_args

import pytest
from given import NOW
from hypothesis import given as drawn
from hypothesis import strategies as st

from bot.domain import refusals
from bot.domain.articles import Article, Ranked
from bot.domain.commands import Claim, Command, HandOver, Kind, Log, Milestone, Place, Report
from bot.domain.events import Party
from bot.domain.notices import Notice, RefusalTold, Tell, TicketShown
from bot.domain.people import Tier
from bot.domain.refusals import AlreadyClaimed, Incomplete, NotYours, Refused, TooFast, UnknownButton
from bot.storage.codec import CodecError, decode, encode

REFUSALS = [each for each in vars(refusals).values() if isinstance(each, type) and issubclass(each, Refused)]
STORABLE = [*get_args(Command), *get_args(Notice), *(each for each in REFUSALS if each is not Refused)]
PLACES = st.builds(Place, st.text(), st.sampled_from(Kind), st.text(), st.text())
MOMENTS = st.datetimes(timezones=st.just(UTC))
REFUSED = st.one_of(
    st.builds(AlreadyClaimed, st.integers(), st.text(), st.none() | MOMENTS),
    st.builds(NotYours, st.integers(), st.sampled_from(Tier)),
    st.builds(TooFast, st.timedeltas()),
    st.builds(Incomplete, st.lists(st.tuples(st.text(), st.text())).map(tuple)),
    st.just(UnknownButton()),
)


@pytest.mark.parametrize("kind", STORABLE, ids=lambda kind: kind.__name__)
def test_every_command_notice_and_refusal_may_be_stored(kind):
    value = kind(**{each.name: _any_value(each.name) for each in fields(kind)})
    assert decode(encode(value)) == value


def _any_value(name):
    return {"refusal": UnknownButton(), "report": Report("1", "i går"), "milestone": Milestone.PAUSE}.get(name, name)


@drawn(st.builds(Tell, PLACES, st.builds(RefusalTold, REFUSED), st.text()))
def test_what_is_stored_comes_back_equal_and_of_the_same_types(tell):
    again = decode(encode(tell))
    assert again == tell
    assert _types(again) == _types(tell)


def _types(value):
    if is_dataclass(value):
        return type(value), [_types(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, tuple):
        return tuple, [_types(each) for each in value]
    return type(value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        -1.5,
        "æ\u0000\n🍏",
        (1, ("a", ())),
        pytest.param(frozenset({"b", "a"}), id="set"),
        pytest.param(frozenset({(1, "a"), (2, "b")}), id="set of tuples"),
        date(2026, 11, 23),
        NOW,
        datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=1))),
        timedelta(days=-1, microseconds=7),
        Ranked("vpn", 0.1 + 0.2),
        HandOver(7, Report(severity="1")),
        Log(7, Milestone.CALLED),
    ],
    ids=repr,
)
def test_plain_values_keep_their_type(value):
    again = decode(encode(value))
    assert again == value
    assert _types(again) == _types(value)


def test_two_equal_sets_are_written_alike():
    assert encode(frozenset({"a", "b", "c"})) == encode(frozenset({"c", "b", "a"}))


def test_a_field_that_is_new_takes_its_default():
    assert decode('{"is":"Escalate","number":7}').note == ""
    assert decode('{"is":"HandOver","number":7}').report == Report()


class Other(Enum):
    A = 1


@dataclass
class Claimed:
    number: int


class ClaimInDisguise(Claim):
    pass


ClaimInDisguise.__name__ = "Claim"


@pytest.mark.parametrize(
    "value",
    [
        Claimed(1),
        Article("a", ("p",), {}),
        Other.A,
        Party.IT,
        ClaimInDisguise(1),
        [1],
        {"a": 1},
        {1},
        b"",
        object(),
        Claim,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_on_the_list_is_not_stored(value):
    with pytest.raises(CodecError):
        encode(value)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_json_does_not_know_is_not_stored(number):
    with pytest.raises(ValueError, match="JSON"):
        encode(number)


@pytest.mark.parametrize(
    ("stored", "why"),
    [
        ('{"is":"Article","id":"a"}', "'Article' is not on the list"),
        ('{"is":"os.system","value":"ls"}', "'os.system' is not on the list"),
        ('{"number":7}', "None is not on the list"),
        ('{"is":["Claim"],"number":7}', "is not on the list"),
        ('{"is":"Claim","number":7,"secret":"x"}', "Claim has no field secret"),
        ('{"is":"Claim"}', "Claim needs its field number"),
        ('{"is":"Milestone","value":"danced"}', "Milestone has no such value"),
        ('{"is":"Milestone"}', "'Milestone' is not on the list"),
        ('{"is":"datetime","at":7}', "'datetime' is not on the list"),
        ("{", "not JSON"),
    ],
)
def test_what_is_not_on_the_list_is_not_made(stored, why):
    with pytest.raises(CodecError, match=why):
        decode(stored)


def test_a_complaint_does_not_repeat_what_somebody_wrote():
    with pytest.raises(CodecError) as complaint:
        decode(json.dumps({"is": "Ask", "text": "hemmeligt", "more": "hemmeligt"}))
    assert "hemmeligt" not in str(complaint.value)
    with pytest.raises(CodecError) as complaint:
        decode('["hemmeligt"')
    assert "hemmeligt" not in str(complaint.value)


def test_a_notice_is_small_and_can_be_read_by_people():
    assert encode(TicketShown(7)) == '{"is":"TicketShown","ticket":7,"group":null}'
