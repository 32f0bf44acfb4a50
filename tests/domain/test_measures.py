"""Facts of a ticket and of a supplier's clocks, each on its local day.

Mutants that die here: the UTC day; an employee's own words as the answer; internal words; the second answer; hours that are closed;
a breach counted where the report does not count it.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cast import DAY, IVO, MIA, NOW, SAM, TO_IT, fresh, later

from bot.domain.clock import Clock, Status
from bot.domain.contracts import TargetKind
from bot.domain.measures import (
    ANSWERED,
    BREACHED,
    CLAIMED,
    HANDED,
    JUDGED,
    Measured,
    measures_of_case,
    measures_of_ticket,
)
from bot.domain.systems import SupplierId

ZONE = ZoneInfo("Europe/Copenhagen")
TODAY = "2026-11-24"


def measured(ticket, hours=DAY):
    return list(measures_of_ticket(ticket.happened, ZONE, hours))


def test_a_ticket_was_handed_over_claimed_and_answered():
    ticket = (
        fresh().claim(SAM, later(5)).comment(SAM, later(9), "t", "employee").comment(SAM, later(12), "t", "employee")
    )
    assert measured(ticket) == [
        Measured(HANDED, "", TODAY),
        Measured(CLAIMED, "superuser", TODAY),
        Measured(ANSWERED, "superuser", TODAY, 9 * 60),
    ]


def test_the_solution_is_an_answer_and_each_claim_counts_for_its_tier():
    at_it = (
        fresh().claim(SAM, later(5)).escalate(SAM, TO_IT, later(10)).claim(IVO, later(20)).resolve(IVO, later(30), "s")
    )
    assert measured(at_it)[1:] == [
        Measured(CLAIMED, "superuser", TODAY),
        Measured(CLAIMED, "it", TODAY),
        Measured(ANSWERED, "it", TODAY, 30 * 60),
    ]


def test_own_words_and_words_among_colleagues_answer_nothing():
    talked = (
        fresh().comment(MIA, later(1), "t", "employee").claim(SAM, later(5)).comment(SAM, later(6), "t", "internal")
    )
    assert ANSWERED not in {each.measure for each in measured(talked)}


def test_closed_hours_do_not_count_and_the_day_is_the_local_one():
    night = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # half past midnight in Denmark
    ticket = fresh().claim(SAM, later(5)).resolve(SAM, night, "s")
    assert measured(ticket)[-1] == Measured(ANSWERED, "superuser", "2026-11-25", 6 * 3600)
    assert measured(ticket, None)[-1].value == (night - NOW) // timedelta(seconds=1)


def clock(status, **more):
    return Clock(
        "S-1", "t", TargetKind.REACTION, "supplier", 1, 1, 0, "c", 1, "dag", "B", status, 0, counts=True, **more
    )


def test_a_suppliers_verdict_counts_on_the_day_of_the_breach_or_of_the_stop():
    at = int(NOW.timestamp())
    clocks = [
        clock(Status.MET, stopped_at=at),
        clock(Status.BREACHED_RUNNING, breach_at=at + 86400, overrun_open_s=90),
        clock(Status.RUNNING),
        clock(Status.MET, stopped_at=at)._replace(counts=False),
        clock(Status.CANCELLED, stopped_at=at),
    ]
    assert list(measures_of_case(clocks, SupplierId("rimfrost"), ZONE)) == [
        Measured(JUDGED, "rimfrost", TODAY),
        Measured(JUDGED, "rimfrost", "2026-11-25"),
        Measured(BREACHED, "rimfrost", "2026-11-25", 90),
    ]
