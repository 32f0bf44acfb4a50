"""A month of service targets: every verdict in one month, every figure the fold's own."""

from contextlib import suppress
from datetime import timedelta

import pytest
from cases import CONTRACTS, ZONE, at, events_of, filed, handed_over, local, logged, voice, worked_example
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import Clock, Status
from bot.domain.clocks import evaluate
from bot.domain.commands import Milestone
from bot.domain.contracts import Compliance, TargetKind
from bot.domain.events import Acknowledged, Corrected, Event, Party, Source
from bot.domain.refusals import Refused
from bot.domain.supplier_case import SupplierCase
from bot.reports.milestones import Filed
from bot.reports.month import Month
from bot.reports.monthly import MonthlyReport, month_report
from bot.reports.tables import lines_table, tallies_table

NOVEMBER = Month(2026, 11)
LATER = at("2027-03-01 08:00")


def report(found: tuple[Filed, ...], month: Month = NOVEMBER, now: int = LATER, **more: int) -> MonthlyReport:
    return month_report(found, CONTRACTS, month, ZONE, now, **more)


def line(found: MonthlyReport, kind: str):
    (one,) = [each for each in found.lines if each.clock.kind == kind]
    return one


def test_the_worked_example_stands_in_november_with_its_twenty_minutes():
    found = report(filed(worked_example()))
    resolution = line(found, "resolution")
    assert (resolution.counted, resolution.is_met, resolution.clock.month) == (True, False, "2026-11")
    assert (resolution.clock.elapsed_open_s, resolution.clock.paused_open_s) == (500 * 60, 445 * 60)
    assert resolution.milestones.acknowledged_at == at("2026-11-19 13:52")
    assert line(found, "reaction").is_met


def test_the_worked_example_reads_as_people_write_it():
    sheet = lines_table(voice(), report(filed(worked_example())))
    rows = {row[4]: dict(zip(sheet.head, row, strict=True)) for row in sheet.rows}
    assert rows["Afhjælpning"] == {
        "Leverandør": "Kildemose Sag A/S",
        "Sag": "S-1",
        "System": "Sagsportalen",
        "Fejlklasse": "B",
        "Servicemål": "Afhjælpning",
        "Runde": "1",
        "Overdraget": "to 19-11 13:20",
        "Kvitteret": "to 19-11 13:52",
        "Midlertidig løsning": "",
        "Meldt løst": "ma 23-11 14:05",
        "Ur startet": "to 19-11 13:20",
        "Ur stoppet": "ma 23-11 14:05",
        "Aftalt tid": "8 t.",
        "Brugt (min.)": "500",
        "I bero (min.)": "445",
        "Frist": "ma 23-11 13:45",
        "Over fristen (min.)": "20",
        "Resultat": "overskredet, afsluttet",
        "Tæller i": "2026-11",
        "Kontrakt": "drift v1",
    }
    assert rows["Reaktion"]["Resultat"] == "overholdt"
    assert rows["Reaktion"]["Brugt (min.)"] == "32"


def test_a_message_that_never_came_is_not_late_by_nothing_but_silent_for_so_long():
    found = report(filed(handed_over("2026-11-23 10:00")), now=at("2026-11-25 09:00"))
    sheet = lines_table(voice(), found)
    rows = [dict(zip(sheet.head, row, strict=True)) for row in sheet.rows]
    missed = next(each for each in rows if each["Servicemål"] == "Statusmelding")
    assert (missed["Resultat"], missed["Over fristen (min.)"]) == ("overskredet, afsluttet", "")
    assert (missed["Brugt (min.)"], missed["Frist"]) == ("840", "ti 24-11 16:00")


def test_the_local_month_decides():
    new_year = logged(handed_over("2026-12-31 23:10", severity="A"), ("2027-01-01 00:30", Milestone.ACKNOWLEDGED))
    late = line(report(filed(new_year), Month(2026, 12)), "reaction")
    assert (late.counted, late.clock.month, late.is_met) == (True, "2026-12", False)
    assert not [each for each in report(filed(new_year), Month(2027, 1)).lines if each.clock.kind == "reaction"]
    in_time = logged(handed_over("2027-01-01 00:05", severity="A"), ("2027-01-01 00:20", Milestone.ACKNOWLEDGED))
    assert line(report(filed(in_time), Month(2027, 1)), "reaction").is_met
    assert report(filed(in_time), Month(2026, 12)).lines == ()


def test_what_was_open_when_the_month_ended_is_shown_as_it_stood_and_counts_later():
    case = logged(
        handed_over("2026-11-30 13:00"),
        ("2026-11-30 13:10", Milestone.ACKNOWLEDGED),
        ("2026-12-01 10:00", Milestone.RESOLVED),
    )
    november = line(report(filed(case)), "resolution")
    assert (november.counted, november.clock.status) == (False, Status.RUNNING)
    assert november.clock.elapsed_open_s == 3 * 3600
    december = line(report(filed(case), Month(2026, 12)), "resolution")
    assert (december.counted, december.is_met, december.clock.elapsed_open_s) == (True, True, 5 * 3600)


def test_a_month_that_has_not_ended_stands_as_it_is_now():
    now = at("2026-11-23 12:00")
    found = report(filed(worked_example()), now=now)
    assert found.until == now
    assert (line(found, "resolution").counted, line(found, "resolution").clock.status) == (False, Status.RUNNING)
    assert report(filed(worked_example()), Month(2026, 12), now=now).lines == ()


def test_a_printed_report_can_be_printed_again_after_a_correction():
    case = logged(handed_over("2026-11-19 13:20"), ("2026-11-19 14:40", Milestone.ACKNOWLEDGED))
    acknowledged = case.happened[-1].event_id
    corrected = Event(
        "S-1/c",
        "S-1",
        Corrected("typed_wrong", occurred_at=local("2026-11-19 13:52")),
        local("2026-12-03 09:00"),
        local("2026-12-03 09:00"),
        source=Source.PHONE,
        corrects=acknowledged,
    )
    found = (Filed(case, (*case.happened, corrected)),)
    printed = line(report(found, known_at=at("2026-12-01 08:00")), "reaction")
    assert (printed.is_met, printed.milestones.acknowledged_at) == (False, at("2026-11-19 14:40"))
    known_now = line(report(found), "reaction")
    assert (known_now.is_met, known_now.milestones.acknowledged_at) == (True, at("2026-11-19 13:52"))


def test_a_withdrawn_case_is_listed_in_its_month_and_not_counted():
    case = logged(handed_over("2026-11-19 13:20"), ("2026-11-19 13:40", Milestone.CANCEL))
    found = report(filed(case))
    assert {each.clock.status for each in found.lines} == {Status.CANCELLED}
    assert found.tallies == ()
    assert report(filed(case), Month(2026, 12)).lines == ()


def test_a_case_withdrawn_later_is_listed_when_it_was_withdrawn():
    case = logged(handed_over("2026-11-30 13:20"), ("2026-12-01 09:00", Milestone.CANCEL))
    assert report(filed(case)).lines == ()
    assert {each.clock.status for each in report(filed(case), Month(2026, 12)).lines} == {Status.CANCELLED}


@pytest.mark.parametrize(("mode", "role"), [("auto", Party.SUPPLIER), ("human", Party.IT)])
def test_only_a_person_at_the_supplier_acknowledges(mode, role):
    case = handed_over("2026-11-19 13:20")
    when = local("2026-11-19 13:21")
    answer = Event("S-1/a", "S-1", Acknowledged(mode), when, when, role=role, source=Source.MAIL)
    found = report((Filed(case, (*case.happened, answer)),))
    assert {each.milestones.acknowledged_at for each in found.lines} == {None}


def test_a_rejected_solution_is_no_longer_claimed():
    case = logged(worked_example(), ("2026-11-23 15:00", Milestone.REJECT))
    assert line(report(filed(case)), "resolution").milestones.resolved_at is None


def test_a_clock_that_cannot_start_is_listed_and_not_forgotten():
    found = report(filed(handed_over("2026-11-19 13:20", severity="C")))
    assert found.lines
    assert {(each.clock.status, each.counted) for each in found.lines} == {(Status.NOT_STARTED, False)}


def test_percentages_are_cut_off_and_never_rounded_up_into_compliance():
    in_time = [
        logged(
            handed_over("2026-11-16 09:00", number),
            ("2026-11-16 09:30", Milestone.ACKNOWLEDGED),
            ("2026-11-16 10:00", Milestone.RESOLVED),
        )
        for number in range(2, 4)
    ]
    found = report(filed(worked_example(), *in_time))
    by_kind = {each.kind: each for each in found.tallies}
    resolution = by_kind[TargetKind.RESOLUTION]
    assert (resolution.met, resolution.breached, resolution.percent_bp) == (2, 1, 6666)
    assert (resolution.compliance, resolution.is_kept) == (Compliance("percent", 90), False)
    rows = {row[3]: row for row in tallies_table(voice(), found).rows}
    assert rows["Afhjælpning"] == (
        *("Kildemose Sag A/S", "drift v1", "B", "Afhjælpning"),
        *("2", "1", "66,66", "90", "nej"),
    )
    assert rows["Reaktion"][6:] == ("100,00", "hver sag", "ja")


# Properties: cases that were told at random


STEPS = [each for each in Milestone if each not in {Milestone.CALLED, Milestone.SEVERITY}]


@st.composite
def cases(draw: st.DrawFn) -> SupplierCase:
    """Begun within days of a month's end, and logged as the verbs allow."""
    number = draw(st.integers(1, 999))
    start = local("2026-11-24 08:00") + timedelta(minutes=draw(st.integers(0, 10 * 24 * 60)))
    when = start.astimezone(ZONE)
    case = handed_over(f"{when:%Y-%m-%d %H:%M}", number, draw(st.sampled_from("AB")))
    moment_ = start
    for milestone in draw(st.lists(st.sampled_from(STEPS), max_size=8)):
        moment_ += timedelta(minutes=draw(st.integers(0, 3 * 24 * 60)))
        reason = draw(st.sampled_from(["awaiting_customer", "agreed_window"]))
        with suppress(Refused):  # what does not fit the state changes nothing
            case = case.log(milestone, moment_, moment_, case.by, detail=reason, source=Source.PHONE)
    return case


@st.composite
def files(draw: st.DrawFn) -> tuple[Filed, ...]:
    return filed(*draw(st.lists(cases(), min_size=1, max_size=4, unique_by=lambda case: case.number)))


def counting(found: tuple[Filed, ...]) -> list[Clock]:
    return [each for each in evaluate(events_of(found), CONTRACTS, LATER) if each.counts]


MONTHS = [Month(2026, 11), Month(2026, 12), Month(2027, 1), Month(2027, 2), Month(2027, 3)]


@given(files())
def test_each_verdict_counts_in_one_month_and_is_the_folds_own(found):
    reported = [each.clock for month in MONTHS for each in report(found, month).lines if each.counted]
    expected = [clock for clock in counting(found) if clock.month]
    assert sorted(reported, key=lambda clock: clock.key) == sorted(expected, key=lambda clock: clock.key)


@given(files(), st.sampled_from(MONTHS))
def test_a_tally_adds_up_to_the_verdicts_of_its_month(found, month):
    made = report(found, month)
    verdicts = [each.clock for each in made.lines if each.counted]
    assert sum(each.met for each in made.tallies) == sum(each.status is Status.MET for each in verdicts)
    assert sum(each.breached for each in made.tallies) == sum(each.is_breached for each in verdicts)
    for tally in made.tallies:
        share = tally.met / (tally.met + tally.breached)
        assert tally.percent_bp <= share * 10_000 < tally.percent_bp + 1


@given(files(), st.sampled_from(MONTHS))
def test_no_clock_stands_twice_in_a_report(found, month):
    keys = [each.clock.key for each in report(found, month).lines]
    assert len(keys) == len(set(keys))


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_a_month_begins_where_the_one_before_it_ended(year, number):
    month = Month(year, number)
    assert month.bounds(ZONE).until == month.following().bounds(ZONE).since
    assert Month.at(month.bounds(ZONE).since, ZONE) == month
    assert Month.read(str(month)) == month


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "26-11", "2026-11-01", "1999-01", "november"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="2026-11"):
        Month.read(text)
