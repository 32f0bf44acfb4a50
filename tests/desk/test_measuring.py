"""Figures of finished days are the fold over events: taken up day by day or made anew, on every store the same."""

from collections import Counter
from datetime import timedelta

import pytest
from room import Room

from bot.desk.measuring import measure_days, months_until, take_up, trends, until_of
from bot.desk.reading import clocks_of
from bot.desk.surveying import answering_hours
from bot.domain.commands import AskPerson, Claim, Log, Milestone, Resolve
from bot.domain.measures import ASKED, BREACHED, HANDED, Figure, day_of, measures_of_case, measures_of_ticket
from bot.domain.refusals import NotAllowed

ALL = ("2000-01-01", "2100-01-01")


def kept(room):
    with room.store.reading() as ledger:
        return {(each.month, each.measure, each.part): each.count for each in ledger.figures(*ALL)}


def folded(room):
    """The definition: every event there is, of days that are over."""
    known, now = room.knowledge.now(), room.clock.now()
    zone = known.organisation.zone
    today, found = day_of(now, zone), Counter()
    with room.store.reading() as ledger:
        for event in ledger.events_between(now - timedelta(days=90), now):
            found[day_of(event.occurred_at, zone), ASKED, ""] += event.type == ASKED
        for number in range(1, 10):
            events = ledger.events(f"#{number}")
            for each in measures_of_ticket(events, zone, answering_hours(known, now)):
                found[each.day, each.measure, each.part] += 1
            if ledger.events(f"S-{number}"):
                clocks = clocks_of(ledger, known, f"S-{number}", now)
                for each in measures_of_case(clocks, ledger.case(number).supplier, zone):
                    found[each.day, each.measure, each.part] += 1
    by_month = Counter()
    for (day, measure, part), count in found.items():
        by_month[day[:7], measure, part] += count if day < today else 0
    return {key: count for key, count in by_month.items() if count}


def days(room, count):
    for _ in range(count):
        room.passes(days=1)
        measure_days(room.desk)
        assert kept(room) == folded(room)


def test_day_by_day_the_figures_are_the_fold_over_events(handed_over):
    assert measure_days(handed_over.desk).isoformat() == "2026-11-24T23:00:00+00:00"
    assert kept(handed_over) == folded(handed_over) == {}, "today is not over"
    days(handed_over, 1)
    assert kept(handed_over)["2026-11", HANDED, ""] == 1
    handed_over.must("liv", AskPerson("printeren striber"))
    handed_over.must("ivo", Log(1, Milestone.RESOLVED, source="phone"))
    days(handed_over, 3)
    assert kept(handed_over)["2026-11", HANDED, ""] == 2
    assert kept(handed_over)["2026-11", BREACHED, "strandvejr"] >= 1, "a breach needs no event, only time"


def test_forgotten_and_made_anew_they_are_the_same(handed_over):
    days(handed_over, 4)
    before, seen = kept(handed_over), []
    now = handed_over.clock.now()
    assert take_up(handed_over.store, handed_over.knowledge.now(), now, seen.append, anew=True) == seen[-1] == 2
    assert kept(handed_over) == before
    assert take_up(handed_over.store, handed_over.knowledge.now(), now) == 0, "nothing has changed since"


def test_what_happened_today_is_taken_up_tomorrow(claimed):
    measure_days(claimed.desk)
    claimed.must("sam", Resolve(1, "Ny rulle"))
    with claimed.store.reading() as ledger:
        assert ledger.unmeasured("#", 0, 9) == [1]
    days(claimed, 1)
    with claimed.store.reading() as ledger:
        assert ledger.unmeasured("#", 0, 9) == []


def test_an_empty_house_has_no_figures(room: Room):
    measure_days(room.desk)
    assert kept(room) == {}


def test_trends_are_for_those_who_look_after_suppliers(offered):
    offered.must("sam", Claim(1))
    days(offered, 1)
    months, figures, medians, today = trends(offered.desk, offered.person("karen"))
    assert (months[0], months[-1], today) == ("2025-12", "2026-11", "2026-11-25")
    assert Figure("2026-11", HANDED, "", 1) in figures
    assert medians == dict.fromkeys(months)
    with pytest.raises(NotAllowed):
        trends(offered.desk, offered.person("mia"))


def test_twelve_months_end_with_this_one_and_none_reaches_into_today():
    from datetime import date

    assert months_until(date(2026, 12, 31))[::11] == ["2026-01", "2026-12"]
    assert until_of("2026-11", "2026-11-24") == "2026-11-24"
    assert until_of("2025-12", "2026-11-24") == "2026-01-01"
