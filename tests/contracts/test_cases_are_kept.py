"""The ledger's supplier cases, on every store."""

from dataclasses import replace

import pytest
from given import IVO, MIA, NOW, after, handed_over, opened

from bot.desk.ports import Changed, Text
from bot.domain.commands import Milestone
from bot.domain.events import Source
from bot.domain.refusals import NoSuchCase


def save(store, *cases):
    with store.transaction() as ledger:
        for case in cases:
            ledger.save_case(case)


def load(store, number):
    with store.reading() as ledger:
        return ledger.case(number)


def logged(store, number, milestone, at, detail=""):
    with store.transaction() as ledger:
        case = ledger.case(number)
        ledger.save_case(case.log(milestone, at, at, IVO.id, detail=detail, source=Source.PHONE))
    return load(store, number)


def test_a_case_comes_back_as_it_was_saved(store):
    case = replace(handed_over(1, (4, 2)), next_check_at=after(minutes=30))
    save(store, case)
    assert load(store, 1) == replace(case, version=1, happened=())


def test_a_case_comes_back_after_everything_a_supplier_does(store):
    save(store, handed_over(1))
    before = load(store, 1)
    for minute, (milestone, detail) in enumerate(
        [
            (Milestone.RECEIVED, ""),
            (Milestone.ACKNOWLEDGED, ""),
            (Milestone.WORK_STARTED, ""),
            (Milestone.PAUSE, "awaiting_customer"),
            (Milestone.RESUME, ""),
            (Milestone.WORKAROUND, ""),
            (Milestone.SEVERITY, "2"),
            (Milestone.RESOLVED, ""),
            (Milestone.REJECT, ""),
            (Milestone.RESOLVED, ""),
            (Milestone.ACCEPT, ""),
        ],
        start=1,
    ):
        at = after(minutes=minute)
        expected = before.log(milestone, at, at, IVO.id, detail=detail, source=Source.PHONE)
        before = logged(store, 1, milestone, at, detail)
        assert before == replace(expected, version=expected.version + 1, happened=())


def test_a_ticket_that_joins_is_kept(store):
    save(store, handed_over(1, (4,)))
    with store.transaction() as ledger:
        ledger.save_case(ledger.case(1).join(9))
    assert load(store, 1).tickets == (4, 9)


def test_an_unknown_case_is_refused(store):
    with pytest.raises(NoSuchCase) as refusal, store.reading() as ledger:
        ledger.case(7)
    assert refusal.value.case_id == "S-7"


def test_a_case_that_moved_meanwhile_is_not_overwritten(store):
    save(store, handed_over(1))
    stale = load(store, 1)
    logged(store, 1, Milestone.RECEIVED, after(minutes=1))
    with pytest.raises(Changed):
        save(store, stale.log(Milestone.CANCEL, after(minutes=2), after(minutes=2), IVO.id, source=Source.PHONE))
    assert load(store, 1).is_open


def test_not_even_a_plan_for_a_case_is_overwritten(store):
    save(store, handed_over(1))
    stale = load(store, 1)
    save(store, replace(stale, next_check_at=after(hours=1)))
    with pytest.raises(Changed):
        save(store, replace(stale, next_check_at=after(hours=2)))
    assert load(store, 1).next_check_at == after(hours=1)


def test_two_cases_cannot_have_one_number(store):
    save(store, handed_over(1))
    with pytest.raises(Changed):
        save(store, handed_over(1))


def test_closed_cases_are_not_among_the_open(store):
    save(store, handed_over(2), handed_over(1), handed_over(3))
    logged(store, 1, Milestone.CANCEL, after(minutes=1))
    with store.reading() as ledger:
        assert [each.number for each in ledger.open_cases()] == [2, 3]


def test_only_cases_whose_time_has_come_are_due(store):
    save(
        store,
        replace(handed_over(1), next_check_at=after(minutes=2)),
        replace(handed_over(2), next_check_at=after(minutes=1)),
        handed_over(3),
    )
    with store.reading() as ledger:
        assert list(ledger.due_cases(NOW, 10)) == []
        assert list(ledger.due_cases(after(minutes=2), 10)) == [2, 1]
        assert list(ledger.due_cases(after(minutes=2), 1)) == [2]


def test_a_report_covers_the_cases_open_at_some_instant_of_it(store):
    hours = [after(hours=hour).replace(microsecond=0) for hour in (1, 2, 5)]
    save(store, *[handed_over(number, at=at) for number, at in enumerate(hours, start=1)])
    logged(store, 1, Milestone.RESOLVED, after(hours=2))
    logged(store, 1, Milestone.ACCEPT, after(hours=3))

    def open_between(since, until):
        start, end = (after(hours=hour).replace(microsecond=0) for hour in (since, until))
        with store.reading() as ledger:
            return [each.number for each in ledger.cases_between(start, end)]

    assert open_between(0, 1) == []
    assert open_between(0, 2) == [1]
    assert open_between(2, 3) == [1, 2]
    assert open_between(3, 5) == [2]
    assert open_between(4, 6) == [2, 3]


def test_a_case_was_open_until_its_last_event_even_when_it_was_touched_later(store):
    save(store, handed_over(1))
    logged(store, 1, Milestone.CANCEL, after(hours=1))
    with store.transaction() as ledger:
        ledger.save_case(ledger.case(1).join(9))
    with store.reading() as ledger:
        assert [each.number for each in ledger.cases_between(NOW, after(hours=1))] == [1]
        assert list(ledger.cases_between(after(hours=2), after(hours=3))) == []


def test_a_case_shares_the_words_of_its_ticket(store):
    with store.transaction() as ledger:
        ledger.save_ticket(opened(1, title="Noget andet"))
        ledger.save_ticket(opened(2, title="Alt står stille"))
        ledger.save_case(handed_over(1, (1, 2)))
        ledger.erase(["#2/title"])
    assert load(store, 1).title == ""


def test_a_case_shares_the_words_of_its_report(store):
    with store.transaction() as ledger:
        ledger.write(Text("report-1", "S-1", "report", MIA.id, NOW, "Alt står stille"))
        ledger.save_case(handed_over(1, (1,)))
        ledger.erase(["report-1"])
    assert load(store, 1).title == ""


def test_a_case_with_words_of_its_own_keeps_them(store):
    save(store, handed_over(1))
    with store.transaction() as ledger:
        assert ledger.texts(["S-1/title"]) == {"S-1/title": "Alt står stille"}
        assert ledger.texts_of("S-1") == []
