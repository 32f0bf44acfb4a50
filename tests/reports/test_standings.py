"""Who waited on whom when the month ended, and how each supplier stood."""

from cases import CONTRACTS, KILDEMOSE, ZONE, at, filed, handed_over, logged, voice, worked_example
from hypothesis import given
from test_monthly import cases

from bot.domain.commands import Milestone
from bot.domain.events import Party
from bot.domain.supplier_case import SupplierCase
from bot.reports.month import Month
from bot.reports.standings import Escalation, Standing, escalations, standings
from bot.reports.tables import escalations_table, standings_table
from bot.wording.reporting import HEADINGS

NOVEMBER = Month(2026, 11)
LATER = at("2027-03-01 08:00")


def found_in(month: Month, *told: SupplierCase, now: int = LATER) -> tuple[Escalation, ...]:
    return escalations(filed(*told), CONTRACTS, month, ZONE, now)


def test_a_solution_that_waits_for_our_test_waits_for_us():
    (one,) = found_in(NOVEMBER, worked_example())
    assert one.holder is Party.IT
    assert [clock.target_id for clock in one.breached] == ["B-afhjaelpning"]
    assert one.near == ()


def test_a_case_stands_as_it_stood_when_the_month_ended():
    case = logged(handed_over("2026-11-30 13:00"), ("2026-12-02 09:00", Milestone.RESOLVED))
    accepted = logged(case, ("2026-12-02 10:00", Milestone.ACCEPT))
    assert found_in(NOVEMBER, accepted)[0].holder is Party.SUPPLIER
    assert found_in(Month(2026, 12), accepted)[0].holder is None
    assert found_in(Month(2027, 1), accepted) == ()


def test_near_is_nine_tenths_and_not_yet_late():
    case = handed_over("2026-11-23 08:00", severity="A")
    acknowledged = logged(case, ("2026-11-23 08:05", Milestone.ACKNOWLEDGED))
    assert found_in(NOVEMBER, acknowledged, now=at("2026-11-23 15:11"))[0].near == ()
    assert len(found_in(NOVEMBER, acknowledged, now=at("2026-11-23 15:12"))[0].near) == 1
    late = found_in(NOVEMBER, acknowledged, now=at("2026-11-23 16:01"))[0]
    assert (late.near, len(late.breached)) == ((), 1)


def test_each_supplier_is_one_line_of_cases():
    waiting = logged(handed_over("2026-11-25 10:00", 2), ("2026-11-25 10:10", Milestone.PAUSE, "awaiting_customer"))
    over = logged(handed_over("2026-11-16 09:00", 3), ("2026-11-16 09:30", Milestone.RESOLVED), ("2026-11-16 10:00", Milestone.ACCEPT))  # fmt: skip
    found = found_in(NOVEMBER, worked_example(), waiting, over)
    assert standings(found) == (Standing(KILDEMOSE.id, cases=3, open=2, near=0, breached=2, awaiting_us=2),)
    assert standings_table(voice(), NOVEMBER, standings(found)).rows == (
        ("Kildemose Sag A/S", "3", "2", "0", "2", "2"),
    )


def test_the_escalation_log_reads_as_people_write_it():
    sheet = escalations_table(voice(), NOVEMBER, found_in(NOVEMBER, worked_example(12)))
    assert dict(zip(sheet.head, sheet.rows[0], strict=True)) == {
        "Leverandør": "Kildemose Sag A/S",
        "Sag": "S-12",
        "System": "Sagsportalen",
        "Emne": "Brevene bliver ikke sendt",
        "Henvendelser": "#1042",
        "Fejlklasse": "B",
        "Overdraget": "to 19-11 13:20",
        "Modtaget": "",
        "Kvitteret": "to 19-11 13:52",
        "Midlertidig løsning": "",
        "Meldt løst": "ma 23-11 14:05",
        "Venter på": "It",
        "Tæt på fristen": "",
        "Overskredet": "Afhjælpning",
    }


@given(cases())
def test_who_waits_on_whom_is_folded_from_events_and_is_what_the_case_says(case):
    (one,) = found_in(Month(2027, 2), case) or (None,)
    assert (one.holder if one else None) is case.holder


def test_both_languages_have_the_same_headings():
    assert HEADINGS["da"].keys() == HEADINGS["en"].keys()
