"""Which contract and which calendar version speaks, and what a target means when it does not say.

Mutants that died here: a version in force on the day it ends, the oldest of overlapping versions, calendars of the earlier
contract kept after the change, both on the same day, an unknown calendar always open, reactions of suppliers from offers.
"""

from dataclasses import replace
from datetime import UTC, date

import pytest
from stories import COPENHAGEN, EVER, H24, HOUR, K8, at, calendar, contract, target, week

from bot.domain.contracts import Contracts, OpenTime, Target, TargetKind
from bot.domain.service_hours import Calendar, next_open

RESOLUTION = target("resolution", "B", "day", OpenTime(HOUR))
V1 = contract(
    RESOLUTION,
    calendars={"day": calendar("day", week("08:00-16:00"))},
    supplier="fagsystem-huset",
    systems=("omsorg",),
    valid_to=date(2026, 12, 1),
)
V2 = replace(
    V1, version=2, valid_from=date(2026, 12, 1), valid_to=None, calendars={"day": calendar("day", week("07:00-17:00"))}
)
HOUSE = contract(id="fjordby", kind="agreement")
ALL = Contracts((V2, HOUSE, V1))


def test_a_version_is_in_force_from_its_first_local_midnight_to_its_last():
    assert ALL.in_force("drift", at("2026-11-30 23:59:59")) is V1
    assert ALL.in_force("drift", at("2026-12-01 00:00")) is V2
    assert ALL.in_force("drift", at("2019-12-31 23:59:59")) is None
    assert V1.valid_to_s == at("2026-12-01")
    assert Contracts((V1,)).in_force("drift", at("2026-12-01 00:00")) is None
    assert V2.valid_to_s is None


def test_a_contract_is_found_by_system_supplier_and_number():
    assert ALL.for_system("omsorg", at("2026-11-30")) is V1
    assert ALL.for_supplier("fagsystem-huset", at("2026-12-02")) is V2
    assert ALL.for_system("mail", at("2026-12-02")) is None
    assert ALL.for_supplier("strandvejr", at("2026-12-02")) is None
    assert ALL.agreement(at("2026-12-02")) is HOUSE
    assert ALL.version("drift", 1) is V1
    assert ALL.version("drift", 3) is None


def test_of_versions_that_overlap_the_latest_speaks():
    later = replace(V1, version=3, valid_from=date(2026, 11, 15))
    assert Contracts((later, V1)).in_force("drift", at("2026-11-20")) is later
    same_day = replace(V1, version=3)
    assert Contracts((same_day, V1)).in_force("drift", at("2026-11-20")) is same_day


def test_a_calendar_changes_on_the_first_day_of_the_version_that_changes_it():
    day = ALL.calendar(V1, "day")
    assert day is ALL.calendar(V2, "day")
    assert [version.effective_from for version in day.versions] == [EVER, date(2026, 12, 1)]
    assert next_open(day, at("2026-11-30 00:00")) == at("2026-11-30 08:00")
    assert next_open(day, at("2026-12-01 00:00")) == at("2026-12-01 07:00")


def test_of_two_calendars_from_the_same_day_the_later_contracts_is_the_one():
    first_day = date(2026, 12, 1)
    old = Calendar("day", (*V1.calendars["day"].versions, replace(K8.versions[0], effective_from=first_day)))
    new = Calendar("day", (replace(V2.calendars["day"].versions[0], effective_from=first_day),))
    both = Contracts((replace(V1, calendars={"day": old}), replace(V2, calendars={"day": new})))
    day = both.calendar(V1, "day")
    assert [version.effective_from for version in day.versions] == [EVER, first_day]
    assert next_open(day, at("2026-12-01 00:00")) == at("2026-12-01 07:00")


def test_a_calendar_with_versions_of_its_own_keeps_them():
    summer = replace(K8.versions[0], effective_from=date(2027, 6, 1), weekly=week("09:00-15:00"))
    longer = replace(V2, calendars={"day": Calendar("day", (replace(K8.versions[0], effective_from=EVER), summer))})
    day = Contracts((V1, longer)).calendar(V1, "day")
    assert [version.effective_from for version in day.versions] == [EVER, date(2026, 12, 1), date(2027, 6, 1)]


def test_a_calendar_nobody_knows_is_never_open():
    assert next_open(ALL.calendar(V1, "no such"), at("2026-11-30")) is None
    assert ALL.calendar(V1, "no such").id == "no such"


def test_severities_are_ranked_from_the_highest():
    assert [V1.rank(each) for each in ("A", "B", "C")] == [0, 1, 2]
    assert V1.severity("Z") is None
    assert [(track.kind, track.party) for track in V1.tracks] == [(TargetKind.RESOLUTION, "supplier")]
    assert V1.target("B", TargetKind.RESOLUTION) is RESOLUTION


@pytest.mark.parametrize(
    ("kind", "party", "starts", "stops"),
    [
        ("reaction", "supplier", "handed_over", ("acknowledged",)),
        ("reaction", "it", "routed", ("acknowledged",)),
        ("reaction", "superuser", "routed", ("acknowledged",)),
        ("resolution", "it", "handed_over", ("resolved_claimed",)),
        ("work_started", "supplier", "handed_over", ("work_started",)),
        ("workaround", "supplier", "handed_over", ("workaround", "resolved_claimed")),
        ("status", "supplier", "handed_over", ("resolved_claimed",)),
    ],
)
def test_a_target_starts_and_stops_as_usual_unless_it_says_otherwise(kind, party, starts, stops):
    usual = Target("t", "B", TargetKind(kind), "day", OpenTime(HOUR), party)
    assert (usual.starts_at, usual.stops_at) == (starts, stops)
    own = replace(usual, start="opened", stops=("work_started",), stops_at_workaround=True)
    assert (own.starts_at, own.stops_at) == ("opened", ("work_started", "workaround"))
    assert replace(own, stops=("workaround",)).stops_at == ("workaround",)


def test_validity_is_in_the_reporting_zone():
    assert replace(V1, reporting_tzinfo=UTC).valid_from_s == at("2020-01-01T00:00+00:00")
    assert replace(V1, reporting_tzinfo=COPENHAGEN).valid_from_s == at("2019-12-31T23:00+00:00")
    assert H24.id == "24x7"
