"""Lists and figures: on every store the same rows in the same order, counted alike, and what `Wanted.fits` says of each value.

Mutants that die here: late and near not told apart; an age's borders moved; a pause that is not held; a text found only in one
case; closed ones in a list of open ones; a median of the upper middle; a day counted twice when a case is measured anew.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from given import MIA, NOW, SAM, after, handed_over, opened

from bot.domain.events import Party
from bot.domain.lists import SOUGHT, Behind, Tally, Wanted
from bot.domain.measures import ANSWERED, ASKED, BREACHED, CLAIMED, Figure, Measured
from bot.domain.people import GroupId, SiteId, SystemId, Tier
from bot.domain.systems import SupplierId
from bot.domain.ticket import Route

LATER = after(hours=8)
WANTED = [
    Wanted(),
    Wanted(system=SystemId("printer")),
    Wanted(system=SystemId("outlook")),
    Wanted(site=SiteId("syd")),
    Wanted(group=GroupId("it")),
    Wanted(tier=Tier.IT),
    Wanted(holders=frozenset({Party.EMPLOYEE, Party.IT})),
    Wanted(holders=frozenset({Party.SUPPLIER})),
    Wanted(age="day"),
    Wanted(age="week"),
    Wanted(age="older"),
    Wanted(pressing="late"),
    Wanted(pressing="near"),
    Wanted(pressing="held"),
    Wanted(due_since=after(hours=1)),
    Wanted(due_until=after(hours=9)),
    Wanted(text="ÆSKE"),
    Wanted(text="ÆSKEN"),
    Wanted(text="100 %"),
    Wanted(text="#3"),
    Wanted(text="S-2"),
    Wanted(text="s-3 "),
    Wanted(text="2"),
    Wanted(text="#S-2"),
    Wanted(text="nothing like it"),
    Wanted(supplier=SupplierId("rimfrost")),
    Wanted(supplier=SupplierId("strandvejr")),
    Wanted(tier=Tier.SUPERUSER, pressing="late", text="æske"),
]


def save(store, *tickets, cases=()):
    with store.transaction() as ledger:
        for each in tickets:
            ledger.save_ticket(each)
        for each in cases:
            ledger.save_case(each)


@pytest.fixture
def full(store):
    """Seven tickets and three supplier cases, of every age and state that a list tells apart."""
    first = replace(opened(1, title="Æsken er tom"), due_at=after(hours=9), near_at=after(hours=6))
    late = replace(opened(2, title="en æske mangler"), due_at=after(hours=3), near_at=after(hours=2))
    held = opened(3, title="100 % cpu").claim(SAM, after(minutes=1)).hold(SAM, after(minutes=2))
    old = replace(opened(4, at=after(days=-9)), site=SiteId("syd"), due_at=after(hours=7, minutes=59))
    at_it = replace(opened(5, at=after(days=-2)), system=None).offer(Route(Tier.IT, GroupId("it"), "unclaimed"), NOW)
    gone = opened(6).cancel(MIA, after(minutes=3))
    week = opened(7, at=LATER - timedelta(days=7))
    paused = replace(handed_over(1), due_at=after(hours=1), near_at=after(hours=1))
    save(
        store,
        first,
        late,
        held,
        old,
        at_it,
        gone,
        week,
        cases=[paused, handed_over(2), replace(handed_over(3), due_at=LATER)],
    )
    return store


@pytest.mark.parametrize("wanted", WANTED, ids=range(len(WANTED)))
def test_a_list_holds_what_fits_and_is_counted_so(full, wanted):
    with full.reading() as ledger:
        every = [ledger.ticket(number) for number in range(1, 8)]
        cases = [ledger.case(number) for number in range(1, 4)]
        tickets = ledger.find_tickets(wanted, LATER, 100)
        assert {each.number for each in tickets} == {each.number for each in every if wanted.fits(each, LATER)}
        assert [each for each in every if each in tickets] == sorted(tickets, key=lambda each: each.number)
        assert sum(each.all for each in ledger.count_tickets(wanted, LATER)) == len(tickets)
        assert ledger.survey_tickets(wanted, LATER, 100) == (tickets, ledger.count_tickets(wanted, LATER))
        assert ledger.survey_tickets(wanted, LATER, 2, 1)[0] == tickets[1:3]
        found = ledger.find_cases(wanted, LATER, 100)
        assert {each.number for each in found} == {each.number for each in cases if wanted.fits(each, LATER)}
        assert ledger.count_cases(wanted, LATER) == len(found)
        pressing = ledger.press_cases(wanted, LATER)
        for way, count in pressing.items():
            assert count == ledger.count_cases(replace(wanted, pressing=way), LATER), way
        assert set(pressing) == {None, "late", "near", "held"}


def test_what_presses_comes_first_then_the_oldest_and_pages_follow_each_other(full):
    with full.reading() as ledger:
        assert [each.number for each in ledger.find_tickets(Wanted(), LATER, 100)] == [2, 4, 1, 7, 5, 3]
        assert [each.number for each in ledger.find_tickets(Wanted(), LATER, 2, 2)] == [1, 7]
        assert [each.number for each in ledger.find_cases(Wanted(), LATER, 100)] == [1, 3, 2]
        assert (ledger.open_numbers("#"), ledger.open_numbers("S-")) == ([1, 2, 3, 4, 5, 7], [1, 2, 3])


def test_a_number_with_its_sign_is_looked_for_among_its_own_kind(full):
    with full.reading() as ledger:

        def numbers(text):
            wanted = Wanted(text=text)
            found = ledger.find_tickets(wanted, LATER, 9), ledger.find_cases(wanted, LATER, 9)
            return tuple([each.number for each in those] for those in found)

        assert numbers("S-2") == ([], [2])
        assert numbers("#2") == ([2], [])
        assert numbers("2") == ([2], [2])


def test_open_tickets_are_counted_by_tier_holder_and_age(full):
    with full.reading() as ledger:
        assert sorted(ledger.count_tickets(Wanted(), LATER), key=str) == sorted(
            [
                Tally(Tier.IT, Party.IT, 0, 1, 0),
                Tally(Tier.SUPERUSER, Party.EMPLOYEE, 1, 0, 0),
                Tally(Tier.SUPERUSER, Party.SUPERUSER, 2, 0, 2),
            ],
            key=str,
        )


def test_who_has_what_is_told_once(full):
    save(full, opened(8).claim(SAM, NOW), opened(9).claim(SAM, NOW))
    with full.reading() as ledger:
        assert set(ledger.claims()) == {("sam", "printer", "nord", Tier.SUPERUSER)}


WIDE = "𝔘𝔫𝔦"  # four bytes a letter


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Ærøs Åben\nÉ", "ærøs åben é"),
        ("Straße nach Süden", "STRASSE"),
        ("100%_/\\'\"", "%_/\\'\""),
        (WIDE * 1333, "𝔫𝔦𝔘𝔫"),
        ("x" * 499 + "y" + "z" * 3500, "XY"),
    ],
)
def test_words_are_found_letter_for_letter_in_either_case(store, title, text):
    save(store, opened(1, title=title), opened(2, title="noget helt andet"), cases=[handed_over(1, title=title)])
    measure(store, "#1", Measured(CLAIMED, "it", "2026-11-23"))
    november = Behind(CLAIMED, "", "2026-11-01", "2026-12-01")
    with store.reading() as ledger:
        for wanted in (Wanted(text=text), Wanted(text=f"  {text}\n"), Wanted(text=text, behind=november)):
            assert [each.number for each in ledger.find_tickets(wanted, LATER, 9)] == [1]
        assert [each.number for each in ledger.find_cases(Wanted(text=text), LATER, 9)] == [1]
        for stranger in ("_", "%", "æro", text + "_"):
            if stranger not in title:
                assert ledger.find_tickets(Wanted(text=stranger), LATER, 9) == []


def test_words_far_down_a_long_title_are_not_looked_for(store):
    save(store, opened(1, title="x" * SOUGHT + "langt nede"))
    with store.reading() as ledger:
        assert ledger.find_tickets(Wanted(text="nede"), LATER, 9) == []


# Figures of finished days


def measure(store, case_id, *found, settled=True):
    with store.transaction() as ledger:
        ledger.measure(case_id, found, settled=settled)


def test_what_was_changed_since_is_measured_again(full):
    measure(full, "#1", Measured(CLAIMED, "it", "2026-11-23"))
    measure(full, "#2", settled=False)
    measure(full, "S-1")
    with full.transaction() as ledger:
        assert ledger.unmeasured("#", 0, 100) == [2, 3, 4, 5, 6, 7]
        assert (ledger.unmeasured("#", 3, 2), ledger.unmeasured("S-", 0, 9)) == ([4, 5], [2, 3])
        ledger.save_ticket(ledger.ticket(1).claim(SAM, NOW))
    with full.reading() as ledger:
        assert ledger.unmeasured("#", 0, 1) == [1]


def test_a_case_measured_anew_takes_its_old_figures_back(full):
    measure(full, "#1", Measured(CLAIMED, "it", "2026-11-23"), Measured(ANSWERED, "it", "2026-11-24", 60))
    measure(full, "#2", Measured(CLAIMED, "it", "2026-11-24"), Measured(CLAIMED, "superuser", "2026-12-01"))
    measure(full, "#1", Measured(CLAIMED, "superuser", "2026-11-23"))
    with full.reading() as ledger:
        assert ledger.figures("2026-11-01", "2026-12-01") == [
            Figure("2026-11", CLAIMED, "it", 1),
            Figure("2026-11", CLAIMED, "superuser", 1),
        ]
        assert ledger.figures("2026-11-24", "2027-01-01") == [
            Figure("2026-11", CLAIMED, "it", 1),
            Figure("2026-12", CLAIMED, "superuser", 1),
        ]


def test_a_figure_leads_to_what_it_counts_also_when_that_is_over(full):
    measure(full, "#6", Measured(CLAIMED, "it", "2026-11-23"), Measured(CLAIMED, "it", "2026-11-23"))
    measure(full, "#2", Measured(CLAIMED, "superuser", "2026-11-30"))
    measure(full, "S-3", Measured(BREACHED, "rimfrost", "2026-11-24", 90))
    november = Behind(CLAIMED, "", "2026-11-01", "2026-12-01")
    with full.reading() as ledger:

        def numbers(behind, find=ledger.find_tickets):
            return sorted(each.number for each in find(Wanted(behind=behind), LATER, 10))

        assert numbers(november) == [2, 6]
        assert numbers(replace(november, part="it")) == [6]
        assert numbers(replace(november, until="2026-11-30")) == [6]
        assert numbers(replace(november, measure=BREACHED), ledger.find_cases) == [3]
        assert ledger.count_cases(Wanted(behind=replace(november, measure=BREACHED)), LATER) == 1


def test_the_median_is_the_lower_of_the_two_in_the_middle(full):
    for nth, value in enumerate((50, 10, 40, 20), start=1):
        measure(full, f"#{nth}", Measured(ANSWERED, "it" if nth < 4 else "superuser", f"2026-11-2{nth}", value))
    with full.reading() as ledger:
        assert ledger.median(ANSWERED, "", "2026-11-01", "2026-12-01") == 20
        assert ledger.median(ANSWERED, "it", "2026-11-01", "2026-12-01") == 40
        assert ledger.median(ANSWERED, "", "2026-11-22", "2026-11-24") == 10
        assert ledger.median(ANSWERED, "", "2026-12-01", "2027-01-01") is None


def test_questions_are_counted_a_day_at_a_time_and_all_of_it_can_be_forgotten(full):
    from given import asked

    with full.transaction() as ledger:
        for nth in range(3):
            ledger.save_question(asked(f"q{nth}", at=after(days=nth // 2)))
    with full.transaction() as ledger:
        assert ledger.counted_until() == ""
        begun = NOW.replace(microsecond=0)
        for _ in range(2):
            ledger.count_questions("2026-11-23", begun, begun + timedelta(days=1))
        ledger.count_questions("2026-11-22", begun - timedelta(days=1), begun)
        assert ledger.counted_until() == "2026-11-23"
        assert ledger.figures("2026-01-01", "2027-01-01") == [Figure("2026-11", ASKED, "", 2)]
        assert ledger.happened({ASKED, "never"}, begun, begun + timedelta(days=1)) == {ASKED: 2, "never": 0}
        assert ledger.first_asked_at() == begun
        ledger.measure("#1", [Measured(CLAIMED, "it", "2026-11-23")], settled=True)
        ledger.forget_figures()
        assert (ledger.counted_until(), ledger.figures("2026-01-01", "2027-01-01")) == ("", [])
        assert ledger.unmeasured("#", 0, 1) == [1]


def test_nobody_who_only_looks_writes_figures(full):
    with full.reading() as ledger:
        for write in (
            lambda: ledger.measure("#1", [Measured(CLAIMED, "it", "2026-11-23")], settled=False),
            lambda: ledger.count_questions("2026-11-23", NOW, LATER),
        ):
            with pytest.raises(RuntimeError):
                write()


def test_a_supplier_case_waits_for_us_only_where_it_is_their_fix_or_their_pause():
    assert not handed_over(1).is_held
    assert handed_over(1).holder is Party.SUPPLIER
