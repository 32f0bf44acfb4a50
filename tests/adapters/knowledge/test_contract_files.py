"""A contract file becomes the contract that was signed, and what is surprising in it is said before it is activated."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from house_in_files import CONTRACT_FILE, SECOND, House, second_version

from bot.domain.contracts import (
    Availability,
    BusinessDays,
    Compliance,
    Contact,
    Contract,
    OpenTime,
    TargetKind,
    WallTime,
    Within,
)
from bot.domain.people import SystemId
from bot.domain.service_hours import ALL_DAY


def contract(house: House) -> Contract:
    known = house.load().known
    assert known, [str(each) for each in house.load().refusals]
    found = known.contracts.version("strandvejr-drift", 1)
    assert found
    return found


def test_the_heading_is_what_the_file_says(house: House):
    signed = contract(house)
    assert (signed.id, signed.version, signed.kind, signed.title) == ("strandvejr-drift", 1, "contract", "Driftsaftale")
    assert (signed.supplier, signed.systems) == ("strandvejr", ("omsorg",))
    assert (signed.valid_from, signed.valid_to) == (date(2026, 1, 1), None)
    assert (signed.reporting_zone, signed.document) == ("Europe/Copenhagen", "Bilag 7")
    assert (signed.approved_by, signed.approved_on) == ("kontraktansvarlig", date(2025, 12, 10))


def test_calendars_are_those_that_were_signed(house: House):
    calendars = contract(house).calendars
    assert calendars["dogn"].versions[0].weekly == (ALL_DAY,) * 7
    (hours,) = calendars["hverdag"].versions
    assert hours.weekly == (((480, 720), (750, 960)),) * 4 + (((480, 900),), (), ())
    assert hours.hours_on(date(2026, 6, 5)) == (((480, 720),), "exception", "Grundlovsdag")
    assert hours.hours_on(date(2026, 5, 15)) == ((), "exception", "Aftalt lukkedag")
    assert hours.hours_on(date(2028, 12, 25)) == ((), "closed_day", "")


def test_hours_may_touch_and_last_until_noon_of_the_next_day(house: House):
    house.change(CONTRACT_FILE, '["08:00-12:00", "12:30-16:00"]', '["08:00-12:00", "12:00-16:00"]')
    house.change(CONTRACT_FILE, 'fri: ["08:00-15:00"]', 'fri: ["22:00-36:00"]')
    weekly = contract(house).calendars["hverdag"].versions[0].weekly
    assert (weekly[0], weekly[4]) == (((480, 720), (720, 960)), ((1320, 2160),))


def test_added_days_are_closed_and_removed_ones_open(house: House):
    closed = contract(house).calendars["hverdag"].versions[0].closed
    assert date(2026, 5, 16) in closed
    assert date(2026, 5, 25) not in closed


def test_closed_days_are_explicit_for_three_years_or_the_time_of_validity(house: House):
    assert max(contract(house).calendars["hverdag"].versions[0].closed) == date(2029, 5, 21)
    house.change(CONTRACT_FILE, "valid_to: null", "valid_to: 2026-12-26")
    assert max(contract(house).calendars["hverdag"].versions[0].closed) == date(2026, 12, 25)


def test_budgets_are_open_time_business_days_or_wall_time(house: House):
    signed = contract(house)
    budgets = {target.id: target.budget for target in signed.targets}
    assert budgets["A-reaktion"] == OpenTime(30 * 60)
    assert budgets["B-reaktion"] == BusinessDays(1, "same_clock")
    assert budgets["B-afhjaelpning"] == WallTime(months=1)
    house.change(CONTRACT_FILE, "wall: P1M", "wall: PT1000H")
    target = contract(house).target("B", TargetKind.RESOLUTION)
    assert target
    assert target.budget == WallTime(3_600_000)


def test_a_target_says_itself_what_the_defaults_do_not(house: House):
    signed = contract(house)
    reaction, resolution = (signed.target(*key) for key in (("A", TargetKind.REACTION), ("B", TargetKind.RESOLUTION)))
    assert reaction
    assert resolution
    assert (reaction.compliance, resolution.compliance) == (Compliance("each"), Compliance("percent", 90))
    assert reaction.warnings == (Fraction(1, 2), Fraction(3, 4), Fraction(9, 10), Fraction(1))
    assert resolution.warnings == (Fraction(1, 4), Fraction(1))
    assert (resolution.start, resolution.requires_complete_report, resolution.auto_reply_counts) == (
        "handed_over",
        True,
        False,
    )
    assert resolution.pausable == {"awaiting_customer"}
    house.change(
        CONTRACT_FILE, "warnings: [0.25, 1]", "requires_complete_report: false, stops: [workaround], party: it"
    )
    own = contract_of_resolution_by_it(house)
    assert own == (False, ("workaround",), "it")


def contract_of_resolution_by_it(house: House) -> tuple[bool, tuple[str, ...], str]:
    # A supplier's resolution must stay beside it.
    text = house.text(CONTRACT_FILE)
    line = next(each for each in text.splitlines() if "B-afhjaelpning" in each)
    house.change(
        CONTRACT_FILE,
        line,
        f"{line}\n{line.replace('B-afhjaelpning', 'B-igen').replace('party: it', 'party: supplier')}",
    )
    target = contract(house).target("B", TargetKind.RESOLUTION, "it")
    assert target
    return target.requires_complete_report, target.stops, target.party


def test_nothing_is_required_of_a_report_that_the_contract_does_not_name(house: House):
    house.change(CONTRACT_FILE, "  requires_complete_report: true\n", "")
    assert not any(target.requires_complete_report for target in contract(house).targets)


def test_the_rest_of_a_contract_is_what_the_file_says(house: House):
    signed = contract(house)
    ten_days = Within(BusinessDays(10, "end_of_day"), "hverdag")
    assert (signed.policies.severity_raise, signed.policies.accept_within) == ("carry_elapsed", ten_days)
    assert signed.policies.reopen == "resume"
    five_days = Within(BusinessDays(5, "end_of_day"), "hverdag")
    assert signed.availability == (Availability(SystemId("omsorg"), "hverdag", 9950, five_days),)
    assert signed.contacts["out_of_hours"] == Contact("dogn", "strandvejr-vagt", "phone")
    assert signed.severities[0].start_channel == "phone"
    reason = signed.pause_reasons["awaiting_customer"]
    assert (reason.name, reason.may_start) == ("afventer kunde", {"supplier", "it"})
    assert reason.remind_after == Within(BusinessDays(3, "end_of_day"), "hverdag")


def test_the_agreement_counts_in_the_houses_own_hours(house: House):
    known = house.load().known
    assert known
    assert known.agreement
    assert known.agreement.calendars == known.calendars
    assert date(2026, 12, 25) in known.calendars["hus"].versions[0].closed
    assert date(2024, 4, 26) not in known.calendars["hus"].versions[0].closed


def test_an_earlier_agreement_stays_beside_the_present_one(house: House):
    present = house.text("agreement.yaml")
    house.write("agreement-v1.yaml", present)
    house.write("agreement.yaml", present.replace("version: 1", "version: 2").replace("2026-01-01", "2026-12-01"))
    numbers = []
    for day in (date(2026, 11, 30), date(2026, 12, 1)):
        known = house.load(day).known
        assert known
        assert known.agreement
        numbers.append(known.agreement.version)
    assert numbers == [1, 2]


SURPRISES = [
    (
        "severity: B, kind: resolution, calendar: hverdag, budget: {wall: P1M}",
        "severity: B, kind: resolution, calendar: dogn, budget: {open: PT7H}",
        "targets[B-afhjaelpning].budget is shorter than that of the higher severity A (A-afhjaelpning)",
    ),
    (
        "severity: B, kind: resolution, calendar: hverdag, budget: {wall: P1M}",
        "severity: B, kind: resolution, calendar: hverdag, budget: {wall: PT7H}",
        "targets[B-afhjaelpning].budget is shorter than that of the higher severity A (A-afhjaelpning)",
    ),
    (
        "severity: A, kind: reaction, calendar: dogn, budget: {open: PT30M}",
        "severity: A, kind: reaction, calendar: hverdag, budget: {business_days: 2, mode: end_of_day}",
        "targets[B-reaktion].budget is shorter than that of the higher severity A (A-reaktion)",
    ),
    (
        "  - {id: A-status, severity: A, kind: status, calendar: dogn, budget: {open: PT2H}}\n",
        "",
        "severities[A] is the highest severity and has no target of kind status",
    ),
]


@pytest.mark.parametrize(("old", "new", "sentence"), SURPRISES, ids=[each[:60] for _, _, each in SURPRISES])
def test_what_is_surprising_in_a_contract_is_a_warning(house: House, old: str, new: str, sentence: str):
    house.change(CONTRACT_FILE, old, new)
    (warning,) = house.warnings()
    assert warning.sentence == sentence


def test_the_same_hours_over_fewer_days_are_not_shorter(house: House):
    house.change(CONTRACT_FILE, "{wall: P1M}", "{open: PT2H}")
    assert house.warnings() == []


def test_a_promise_by_night_without_a_number_to_call_is_a_warning(house: House):
    house.change(CONTRACT_FILE, "  out_of_hours: {calendar: dogn, ref: strandvejr-vagt, channel: phone}\n", "")
    assert [(each.line, each.sentence) for each in house.warnings()] == [
        (41 + number, f"targets[{name}] runs day and night, but contacts have no out_of_hours")
        for number, name in enumerate(("A-reaktion", "A-afhjaelpning", "A-status"))
    ]


def test_a_gap_between_versions_is_a_warning(house: House):
    second_version(house, "2026-07-02", first_ends="2026-07-01")
    (warning,) = house.warnings()
    assert str(warning) == (
        f"{house.where(SECOND, 9)}strandvejr-drift: contract.valid_from 2026-07-02 "
        "leaves a gap: version 1 ends 2026-07-01"
    )


def test_a_contract_that_was_never_activated_can_be_tried_and_says_so(house: House):
    loaded = house.load()
    assert loaded.known
    name = f"{house.directory.as_posix()}/{CONTRACT_FILE}"
    assert f"{name}:8 strandvejr-drift: contract.version 1 is not activated: driftsvagt contract activate {name}" in [
        str(each) for each in loaded.complaints
    ]


def test_a_version_that_ends_is_followed_on_the_same_day(house: House):
    second_version(house, "2026-07-01", first_ends="2026-07-01")
    assert house.warnings() == []
    known = house.load().known
    assert known
    midnight = contract(house).valid_to_s
    assert midnight
    for at, number in ((midnight - 1, 1), (midnight, 2)):
        found = known.contracts.in_force("strandvejr-drift", at)
        assert found
        assert found.version == number
    assert timedelta(seconds=midnight) > timedelta()
