"""Every mistake that a contract file can hold is told with file, line, place, value and reason."""

import pytest
from house_in_files import CONTRACT_FILE, SECOND, House, second_version

HOURS = '["08:00-12:00", "12:30-16:00"]'
ONE_RULE = "needs exactly one of open, business_days and wall"

# What is written instead of what, and the sentence about it.
ONE_LINE = [
    # keys, tags and types
    ("schema: 1", "schema: 2", "schema 2 is not supported: this edition reads schema 1"),
    ('document: "Bilag 7"', "documnt: x", "contract.documnt x is not a known key here"),
    (
        "severity_raise: carry_elapsed",
        "severity_raised: min_due",
        "policies.severity_raised min_due is not a known key",
    ),
    (
        'title: "Driftsaftale"',
        "title: !!python/name:os.system",
        "has the tag !!python/name:os.system: tags are not read",
    ),
    ('title: "Driftsaftale"', "title: !mine x", "contract.title has the tag !mine: tags are not read here"),
    ('title: "Driftsaftale"', "title: *name", "found undefined alias"),
    ("valid_to: null", "valid_to: soon", "contract.valid_to soon must be a date such as 2026-01-31, without quotes"),
    ("valid_from: 2026-01-01", "valid_from: 2026-13-01", "contract.valid_from 2026-13-01 is not a date that exists"),
    ("valid_from: 2026-01-01", "valid_from: 2026-01-01 10:00:00", "is not a plain date: write it like 2026-01-31"),
    ("valid_to: null", "valid_to: 2026-01-01", "contract.valid_to 2026-01-01 is not after valid_from"),
    ("version: 1", 'version: "1"', "contract.version 1 must be a whole number"),
    ("version: 1", "version: 0", "contract.version 0 must be at least 1"),
    ("version: 1", "version: 0o1", "contract.version 0o1 must be a whole number"),
    ("version: 1", "version: 01", "contract.version 01 is a number written in an unusual way"),
    ("notify_always: true", "notify_always: yes", 'yes is read by YAML as true or false: write "yes" in quotes'),
    ("requires_complete_report: true", "requires_complete_report: 1", "1 must be true or false"),
    ("  start: handed_over", "  start: handed_ower", "defaults.start handed_ower is not a known event; did you mean"),
    ("supplier: strandvejr", "supplier: strandvej", "is not a known supplier; did you mean strandvejr?"),
    ("systems: [omsorg]", "systems: [omsog]", "contract.systems[0] omsog is not a known system; did you mean omsorg?"),
    (
        "systems: [omsorg]",
        "systems: []",
        "contract.systems is missing: a contract has a supplier, systems and calendars",
    ),
    # hours
    (HOURS, "[08:00-12:00, 22:00]", "[1] 22:00 is read by YAML as a number in base 60"),
    (HOURS, '["8:00-16:00"]', '8:00-16:00 is not hours: write one text in quotes, such as "08:00-16:00"'),
    (HOURS, '["16:00-08:00"]', "16:00-08:00 does not end after it starts"),
    (HOURS, '["08:00-08:00"]', "08:00-08:00 does not end after it starts"),
    (HOURS, '["22:00-36:01"]', "22:00-36:01 ends after 36:00"),
    (HOURS, '["24:00-30:00"]', "24:00-30:00 starts on the next day"),
    (HOURS, '["08:60-16:00"]', "08:60-16:00 has more than 59 minutes"),
    (HOURS, '["08:00-12:00", "11:00-16:00"]', "mon-thu has hours that overlap"),
    (HOURS, '["22:00-33:00", "08:30-12:00"]', "mon-thu has hours that run into those of "),
    ('fri: ["08:00-15:00"]', 'thu-fri: ["08:00-15:00"]', "thu-fri names thu again, which mon-thu already does"),
    ('fri: ["08:00-15:00"]', 'fredag: ["08:00-15:00"]', "fredag is not a weekday or a range of them"),
    ('fri: ["08:00-15:00"]', 'sun-fri: ["08:00-15:00"]', "sun-fri runs backwards"),
    ('weekly: {mon-sun: ["00:00-24:00"]}', "weekly: {}", "calendars.dogn.weekly leaves no open time within two years"),
    # zones
    ("reporting_zone: Europe/Copenhagen", "reporting_zone: CET", "contract.reporting_zone CET is not a zone: write"),
    (
        "reporting_zone: Europe/Copenhagen",
        "reporting_zone: GMT+1",
        "contract.reporting_zone GMT+1 is not a zone: write",
    ),
    ("reporting_zone: Europe/Copenhagen", "reporting_zone: Etc/GMT+1", "Etc/GMT+1 is not a zone: write Area/City"),
    ("reporting_zone: Europe/Copenhagen", "reporting_zone: Europe/Fjordby", "is not a zone that exists"),
    # exceptions
    ("date: 2026-05-15", "date: 2025-12-31", "2025-12-31 is outside the time in which this file is valid"),
    ('every: "06-05"', 'every: "02-30"', "02-30 is not a day of the year that exists"),
    ('every: "06-05"', 'every: "5. juni"', 'is not a day of the year: write it like "12-24"'),
    ('every: "06-05", ', "", "needs either date or every, and not both"),
    ("date: 2026-05-15,", 'date: 2026-05-15, every: "05-15",', "needs either date or every, and not both"),
    ('hours: [], why: "Aftalt', 'hours: ["08:00-12:00", "11:00-13:00"], why: "Aftalt', "has hours that overlap"),
    ("base: dk_public", "base: danish", "calendars.hverdag.closed.base danish must be 'dk_public' or 'none'"),
    # budgets
    ("open: PT30M", "open: PT0M", "targets[A-reaktion].budget.open PT0M is no time at all"),
    ("open: PT30M", "open: -PT1H", "targets[A-reaktion].budget.open -PT1H is negative"),
    ("open: PT30M", "open: P1D", "P1D is ambiguous as open time: say hours (PT24H) or business_days"),
    ("open: PT30M", "open: P1W", "P1W is ambiguous as open time"),
    ("open: PT30M", "open: P1M", "P1M is ambiguous as open time"),
    ("open: PT30M", "open: PT", "is not a span"),
    ("open: PT30M", "open: 30", "targets[A-reaktion].budget.open 30 must be a span such as PT4H"),
    ("open: PT30M", "open: PT999999H", "is longer than five years"),
    ("wall: P1M", "wall: P1D", "P1D is ambiguous where a day has 23 or 25 hours"),
    ("wall: P1M", "wall: P0M", "P0M must be more than nothing and less than five years"),
    ("business_days: 1, mode: same_clock", "business_days: 0.5, mode: same_clock", "0.5 is a fraction"),
    ("business_days: 1, mode: same_clock", "business_days: 0, mode: same_clock", "0 must be at least one day"),
    ("business_days: 1, mode: same_clock", "business_days: -2, mode: same_clock", "-2 must be at least one day"),
    ("business_days: 1, mode: same_clock", "business_days: 1", "needs mode: same_clock or end_of_day"),
    ("business_days: 1, mode: same_clock", "business_days: 1, mode: noon", "noon must be 'same_clock' or 'end_of_day'"),
    ("open: PT30M", "open: PT30M, wall: PT1H", f"targets[A-reaktion].budget {ONE_RULE}"),
    ("open: PT30M", "", f"targets[A-reaktion].budget {ONE_RULE}"),
    ("open: PT30M", "open: PT30M, mode: end_of_day", "has a mode, which belongs to business_days"),
    ("{calendar: hverdag, business_days: 10}", "{calendar: hverdag}", f"policies.accept_within {ONE_RULE}"),
    ("business_days: 1, mode: same_clock", "business_days: many, mode: same_clock", "many must be a whole number"),
    # targets
    ("id: A-status", 'id: "A status"', '"A status" is not an id: letters, digits, - and _, at most 64'),
    ("severity: A, kind: status", "severity: D, kind: status", "targets[A-status].severity D is not a known severity"),
    ("status, calendar: dogn", "status, calendar: hveddag", "is not a known calendar; did you mean hverdag?"),
    ("P1M}, pausable: [awaiting_customer]", "P1M}, pausable: [awaiting]", "[0] awaiting is not a known pause reason"),
    ("id: A-status", "id: A-reaktion", "targets[A-reaktion].id A-reaktion is used twice (first in line 41)"),
    (
        "severity: A, kind: status",
        "severity: A, kind: reaction",
        "is a second reaction target of supplier for severity A",
    ),
    ("severity: A, kind: status", "severity: A, kind: repair", "repair must be 'reaction', 'work_started'"),
    (
        "dogn, budget: {open: PT30M}, pausable: []",
        "dogn, budget: {open: PT30M}, pausable: [awaiting_customer]",
        "targets[A-reaktion].pausable pauses a reaction, which needs reaction_pausable: true under policies",
    ),
    # fractions and percentages
    ("[0.50, 0.75, 0.90, 1.00]", "[0.50, 0.50, 1.00]", "defaults.warnings must rise from one to the next"),
    ("[0.50, 0.75, 0.90, 1.00]", "[0.90, 0.50]", "defaults.warnings must rise from one to the next"),
    ("[0.50, 0.75, 0.90, 1.00]", "[0, 0.50]", "defaults.warnings must lie above 0 and at most at 1"),
    ("[0.50, 0.75, 0.90, 1.00]", "[0.50, 1.10]", "defaults.warnings must lie above 0 and at most at 1"),
    ("percent: 90", "percent: 101", "defaults.compliance.percent 101 must be at most 100"),
    ("percent: 90", "percent: -1", "defaults.compliance.percent -1 must be at least 0"),
    ("rule: percent, percent: 90", "rule: percent", "needs percent with rule percent"),
    ('target_percent: "99.50"', "target_percent: 99.50", 'must be a decimal number in quotes, such as "99.50"'),
    ('target_percent: "99.50"', 'target_percent: "100.01"', "100.01 must lie between 0 and 100"),
    ('target_percent: "99.50"', 'target_percent: "99.505"', "99.505 has more than two decimals"),
    ('target_percent: "99.50"', 'target_percent: "NaN"', "NaN has more than two decimals"),
    ('target_percent: "99.50"', 'target_percent: "most"', "most must be a decimal number in quotes"),
    # policies and the rest
    ("severity_raise: carry_elapsed", "severity_raise: kindly", "policies.severity_raise kindly must be 'min_due'"),
    ("start_channel: phone", "start_channel: pigeon", "severities[A].start_channel pigeon must be 'phone' or 'mail'"),
    ("hverdag, ref:", "hverdage, ref:", "contacts.hours.calendar hverdage is not a known calendar"),
    ("id: strandvejr-drift", "id: Strandvejr Drift", 'contract.id "Strandvejr Drift" is not an id: small letters'),
]


@pytest.mark.parametrize(("old", "new", "sentence"), ONE_LINE, ids=[f"{new[:40]}" for _, new, _ in ONE_LINE])
def test_a_mistake_in_a_contract_is_told_where_it_stands(house: House, old: str, new: str, sentence: str):
    line = house.change(CONTRACT_FILE, old, new)
    said = house.refusal()
    assert said.startswith(house.where(CONTRACT_FILE, line))
    assert sentence in said


def test_the_complaint_names_the_contract_the_place_the_value_and_the_reason(house: House):
    line = house.change(CONTRACT_FILE, "open: PT30M", "open: P1D")
    assert house.refusal() == (
        f"{house.where(CONTRACT_FILE, line)}strandvejr-drift: targets[A-reaktion].budget.open P1D "
        "is ambiguous as open time: say hours (PT24H) or business_days"
    )


def test_a_missing_key_is_told_at_the_thing_that_lacks_it(house: House):
    line = house.change(CONTRACT_FILE, "kind: status, calendar: dogn, ", "kind: status, ")
    assert house.refusal() == (
        f"{house.where(CONTRACT_FILE, line)}strandvejr-drift: targets[A-status].calendar is missing"
    )


def test_a_key_that_stands_twice_is_told_at_the_second(house: House):
    line = house.change(CONTRACT_FILE, '  document: "Bilag 7"', '  document: "Bilag 7"\n  version: 2')
    said = house.refusal()
    assert said.startswith(house.where(CONTRACT_FILE, line + 1))
    assert "contract.version 1 is a key twice (first in line 8)" in said


def test_a_bare_no_as_a_key_is_not_a_word(house: House):
    line = house.change(CONTRACT_FILE, "contacts:\n  hours:", "contacts:\n  no:")
    said = house.refusal()
    assert said.startswith(house.where(CONTRACT_FILE, line + 1))
    assert 'contacts.no is read by YAML as bool, not as a word: write "no" in quotes' in said


def test_hours_that_run_into_the_next_day_are_told(house: House):
    line = house.change(CONTRACT_FILE, HOURS, '["08:00-12:00", "22:00-32:30"]')
    said = house.refusal()
    assert said.startswith(house.where(CONTRACT_FILE, line))
    assert "calendars.hverdag.weekly.mon-thu has hours that run into those of" in said


def test_exception_hours_that_run_into_the_next_day_are_told(house: House):
    line = house.change(CONTRACT_FILE, "date: 2026-05-15, hours: []", 'date: 2026-06-04, hours: ["22:00-33:00"]')
    said = house.refusal()
    assert said.startswith(house.where(CONTRACT_FILE, line))
    assert "exceptions[2].hours has hours that run into those of the next day" in said


def test_exception_hours_that_begin_before_the_night_is_over_are_told(house: House):
    house.change(CONTRACT_FILE, HOURS, '["22:00-30:00"]')
    line = house.change(CONTRACT_FILE, "date: 2026-05-15, hours: []", 'date: 2026-05-20, hours: ["06:00-10:00"]')
    assert not house.load().refusals
    house.change(CONTRACT_FILE, 'date: 2026-05-20, hours: ["06', 'date: 2026-05-20, hours: ["05')
    assert house.refusal() == (
        f"{house.where(CONTRACT_FILE, line)}strandvejr-drift: calendars.hverdag.exceptions[2].hours "
        "has hours that those of the day before run into"
    )


def test_an_exception_on_the_day_the_contract_has_ended_is_told(house: House):
    house.change(CONTRACT_FILE, "valid_to: null", "valid_to: 2026-05-15")
    assert "exceptions[2].date 2026-05-15 is outside the time in which this file is valid" in house.refusal()


@pytest.mark.parametrize("second", ['{every: "06-05", hours: []}', "{date: 2026-05-15, hours: []}"])
def test_two_exceptions_on_one_day_are_told_at_the_second(house: House, second: str):
    first = 26 if "every" in second else 28
    house.change(CONTRACT_FILE, 'why: "Aftalt lukkedag"}', f'why: "Aftalt lukkedag"}}\n      - {second}')
    assert house.refusal() == (
        f"{house.where(CONTRACT_FILE, 29)}strandvejr-drift: calendars.hverdag.exceptions[3] "
        f"is a second exception on the same day (the first is in line {first})"
    )


def test_a_severity_that_stands_twice_is_told_at_the_second(house: House):
    line = house.change(CONTRACT_FILE, "  - {id: B, name: betydende}", "  - {id: B}\n  - {id: B, name: betydende}")
    assert house.refusal() == (
        f"{house.where(CONTRACT_FILE, line + 1)}strandvejr-drift: severities[B].id B "
        f"is used twice (first in line {line})"
    )


@pytest.mark.parametrize("kind", ["reaction", "resolution"])
def test_a_severity_without_reaction_or_resolution_is_told(house: House, kind: str):
    text = house.text(CONTRACT_FILE)
    gone = next(each for each in text.splitlines(keepends=True) if "severity: B" in each and f"kind: {kind}" in each)
    house.change(CONTRACT_FILE, gone, "")
    line = text[: text.index("- {id: B, name: betydende}")].count("\n") + 1
    assert house.refusal() == (
        f"{house.where(CONTRACT_FILE, line)}strandvejr-drift: severities[B] has no target of kind {kind}"
    )


def test_a_pausable_reaction_is_right_when_the_contract_says_so(house: House):
    house.change(CONTRACT_FILE, "{open: PT30M}, pausable: []", "{open: PT30M}, pausable: [awaiting_customer]")
    house.change(CONTRACT_FILE, "policies:\n", "policies:\n  reaction_pausable: true\n")
    assert house.warnings() == []


def test_everything_that_is_wrong_is_told_at_once(house: House):
    changes = [
        ("schema: 1", "schema: 3"),
        ("supplier: strandvejr", "supplier: nobody"),
        ("base: dk_public", "base: danish"),
        ("open: PT30M", "open: P1D"),
        ("severity: A, kind: status", "severity: Q, kind: status"),
        ("severity_raise: carry_elapsed", "severity_raise: kindly"),
        ('target_percent: "99.50"', 'target_percent: "101"'),
    ]
    lines = [house.change(CONTRACT_FILE, old, new) for old, new in changes]
    assert [each.line for each in house.load().refusals] == lines


def test_the_houses_own_agreement_has_no_supplier_and_no_calendars(house: House):
    house.change("agreement.yaml", "  version: 1", "  supplier: strandvejr\n  version: 1")
    house.write("agreement.yaml", house.text("agreement.yaml") + "calendars:\n  x: {zone: UTC, weekly: {mon: []}}\n")
    said = [str(each) for each in house.load().refusals]
    assert said == [
        f"{house.where('agreement.yaml', 6)}fjordby-support: contract.supplier strandvejr does not belong in the house's own agreement",
        f"{house.where('agreement.yaml', 19)}fjordby-support: calendars does not belong in the house's own agreement; its calendars stand in calendars.yaml",
    ]


def test_versions_that_overlap_are_told(house: House):
    second_version(house, "2026-07-01", first_ends="2026-07-02")
    assert house.refusal() == (
        f"{house.where(SECOND, 9)}strandvejr-drift: contract.valid_from 2026-07-01 "
        "overlaps version 1, which is valid to 2026-07-02"
    )


def test_a_version_that_does_not_come_after_the_one_before_is_told(house: House):
    second_version(house, "2026-01-01")
    assert "contract.valid_from 2026-01-01 is not after that of version 1 (2026-01-01)" in house.refusal()


def test_the_same_version_in_two_files_is_told(house: House):
    second_version(house, "2026-07-01", version=1)
    assert f"contract.version 1 of strandvejr-drift is already in {house.directory.as_posix()}/{CONTRACT_FILE}" in (
        house.refusal()
    )


def test_a_version_without_end_lasts_until_the_next_begins(house: House):
    second_version(house, "2026-07-01")
    known = house.load().known
    assert known
    first = known.contracts.version("strandvejr-drift", 1)
    assert first
    assert first.valid_to is not None
    assert first.valid_to.isoformat() == "2026-07-01"
