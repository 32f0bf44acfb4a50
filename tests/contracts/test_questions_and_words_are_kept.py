"""Questions, events, texts, absences, and what is told once: on every store."""

from dataclasses import replace

import pytest
from given import MIA, NOW, PRINTER, SAM, SUE, after, asked, handed_over, opened

from bot.desk.ports import Changed, Text
from bot.domain.articles import ArticleId
from bot.domain.events import Acknowledged, Asked, Corrected, Event, Helped, Opened, Party, Routed, Source
from bot.domain.people import Absence, SystemId
from bot.domain.refusals import UnknownButton


def save(store, *questions):
    with store.transaction() as ledger:
        for question in questions:
            ledger.save_question(question)


def load(store, name):
    with store.reading() as ledger:
        return ledger.question(name)


def recent(store, by=MIA, now=NOW):
    with store.reading() as ledger:
        return ledger.recent(by.id, now)


@pytest.mark.parametrize("found", [True, False])
def test_a_question_comes_back_as_it_was_saved(store, found):
    question = asked("q", found=found)
    save(store, question)
    assert load(store, "q") == replace(question, happened=())


def test_a_question_comes_back_after_everything_that_can_become_of_it(store):
    save(store, asked("q"))
    for verb in (
        lambda each: each.chose(MIA, ArticleId("print")),
        lambda each: each.failed(MIA, NOW),
        lambda each: each.choose_among((PRINTER, SystemId("pc"))),
        lambda each: replace(each, system=PRINTER),
        lambda each: each.became(7),
    ):
        with store.transaction() as ledger:
            changed = verb(ledger.question("q"))
            ledger.save_question(changed)
        assert load(store, "q") == replace(changed, happened=())


def test_the_questions_of_a_while_are_the_latest_of_them_oldest_first(store):
    save(store, *(asked(f"q{nth}", at=after(minutes=nth)) for nth in (3, 1, 2, 4)))
    with store.reading() as ledger:
        found = ledger.questions_between(after(minutes=1), after(minutes=4), 2)
        everything = ledger.questions_between(after(minutes=1), after(minutes=4), 10)
    assert [each.id for each in found] == ["q2", "q3"]
    assert [each.id for each in everything] == ["q1", "q2", "q3"], "until when is not part of it"


def test_a_question_that_helped_is_remembered_so(store):
    save(store, asked("q"))
    with store.transaction() as ledger:
        ledger.save_question(ledger.question("q").worked(MIA, NOW))
        assert [each.what for each in ledger.events("Q-q")] == [Asked("answer", "vpn", 875), Helped("vpn")]
    assert load(store, "q").helped is True


def test_a_button_whose_question_is_gone_is_unknown(store):
    with pytest.raises(UnknownButton):
        load(store, "gone")


def test_recent_counts_a_minute_of_questions_and_lists_half_an_hour_newest_first(store):
    save(
        store,
        asked("old", at=after(minutes=-30)),
        asked("early", at=after(minutes=-29)),
        asked("minute", at=after(seconds=-60)),
        asked("just", at=after(seconds=-59)),
        asked("now"),
        asked("hers", SUE),
    )
    lately = recent(store)
    assert [each.id for each in lately.last] == ["now", "just", "minute", "early"]
    assert lately.asked_last_minute == 2
    assert lately.open_tickets == 0


def test_of_questions_in_one_instant_the_later_asked_is_the_newer(store):
    save(store, asked("first"), asked("second"))
    save(store, load(store, "first").became(1))
    assert [each.id for each in recent(store).last] == ["second", "first"]


def test_recent_counts_open_tickets_also_when_nothing_was_asked_lately(store):
    with store.transaction() as ledger:
        for ticket in (opened(1), opened(2), opened(3), opened(4, SUE)):
            ledger.save_ticket(ticket)
    with store.transaction() as ledger:
        ledger.save_ticket(ledger.ticket(3).cancel(MIA, NOW))
    assert recent(store).open_tickets == 2
    assert recent(store).last == ()


def test_events_come_back_as_they_happened_and_in_that_order(store):
    ticket = opened(1, question="q").claim(SAM, after(minutes=1))
    with store.transaction() as ledger:
        ledger.save_ticket(ticket)
        ledger.save_case(handed_over(1))
    with store.reading() as ledger:
        assert tuple(ledger.events("#1")) == ticket.happened
        assert [each.what for each in ledger.events("#1")] == [
            Opened("q"),
            Routed("superuser", "print-nord", "offered"),
            Acknowledged(),
        ]
        assert tuple(ledger.events("S-1")) == handed_over(1).happened
        assert list(ledger.events("#2")) == []


def test_every_part_of_an_event_is_kept(store):
    what = Corrected("typed_wrong", NOW, (("severity", "2"), ("stands", True)))
    event = Event("e", "S-1", what, NOW, after(hours=1), "ivo", Party.IT, Source.MAIL, "mail-1", "S-1/3")
    case = replace(handed_over(1), happened=(event,))
    with store.transaction() as ledger:
        ledger.save_case(case)
        assert list(ledger.events("S-1")) == [event]


def test_an_event_is_recorded_once(store):
    case = handed_over(1)
    with store.transaction() as ledger:
        ledger.save_case(case)
    with pytest.raises(Changed), store.transaction() as ledger:
        ledger.save_case(replace(case, version=1))
    with store.reading() as ledger:
        assert len(ledger.events("S-1")) == 4


def test_events_of_a_span_are_ordered_by_when_they_happened(store):
    with store.transaction() as ledger:
        ledger.save_ticket(opened(1, at=after(hours=2)))
        ledger.save_ticket(opened(2, at=after(hours=1)))
        ledger.save_ticket(opened(3, at=after(hours=3)))
    start, end = (after(hours=hour).replace(microsecond=0) for hour in (1, 3))
    with store.reading() as ledger:
        found = [each.event_id for each in ledger.events_between(start, end)]
    assert found == ["#2/1", "#2/2", "#1/1", "#1/2"]


def test_texts_come_back_as_they_were_written_and_in_that_order(store):
    first = Text("b", "#1", "comment", MIA.id, NOW, "Æblegrød 🍏 <b>&amp;\n'--")
    second = Text("a", "#1", "internal", SAM.id, NOW, "")
    with store.transaction() as ledger:
        ledger.write(first)
        ledger.write(second)
        ledger.write(Text("c", "#2", "comment", MIA.id, NOW, "andet"))
    with store.reading() as ledger:
        assert list(ledger.texts_of("#1")) == [first, second]
        assert dict(ledger.texts(["b", "c", "gone"])) == {"b": first.body, "c": "andet"}
        assert dict(ledger.texts([])) == {}


def test_a_text_is_written_once(store):
    text = Text("t", "#1", "comment", MIA.id, NOW, "først")
    with store.transaction() as ledger:
        ledger.write(text)
    with pytest.raises(Changed), store.transaction() as ledger:
        ledger.write(replace(text, body="igen"))
    with store.reading() as ledger:
        assert dict(ledger.texts(["t"])) == {"t": "først"}


def test_erasing_a_text_changes_no_event(store):
    with store.transaction() as ledger:
        ledger.write(Text("t", "#1", "comment", MIA.id, NOW, "Mit barn er syg"))
        ledger.save_ticket(opened(1).comment(MIA, NOW, "t", "employee"))
    with store.transaction() as ledger:
        before = list(ledger.events("#1"))
        ledger.erase(["t", "gone"])
    with store.reading() as ledger:
        assert list(ledger.events("#1")) == before
        assert [each.body for each in ledger.texts_of("#1")] == [""]


def test_an_absence_is_kept_until_they_are_back(store):
    until_monday = Absence(SAM.id, NOW, after(days=4))
    open_ended = Absence(MIA.id, NOW, None)
    with store.transaction() as ledger:
        ledger.save_absence(SAM.id, Absence(SAM.id, NOW, None))
        ledger.save_absence(SAM.id, until_monday)
        ledger.save_absence(MIA.id, open_ended)
        ledger.save_absence(SUE.id, None)
    with store.transaction() as ledger:
        assert list(ledger.absences()) == [open_ended, until_monday]
        ledger.save_absence(MIA.id, None)
    with store.reading() as ledger:
        assert list(ledger.absences()) == [until_monday]


def test_what_time_tells_is_told_once(store):
    with store.transaction() as ledger:
        assert ledger.first_told("near:S-1", NOW)
        assert not ledger.first_told("near:S-1", NOW)
    with store.transaction() as ledger:
        assert not ledger.first_told("near:S-1", after(days=400))
        assert ledger.first_told("breached:S-1", NOW)


def test_what_was_not_committed_was_not_told(store):
    def crash():
        with store.transaction() as ledger:
            assert ledger.first_told("near:S-1", NOW)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        crash()
    with store.transaction() as ledger:
        assert ledger.first_told("near:S-1", NOW)


def test_the_questions_of_a_while_come_oldest_first_and_the_latest_if_there_are_many(store):
    save(
        store,
        asked("q1", at=after(hours=1)),
        asked("q2", at=after(hours=3)),
        asked("q0"),
        asked("q3", at=after(hours=4)),
    )
    with store.reading() as ledger:
        assert [each.id for each in ledger.questions_between(NOW, after(hours=4), 10)] == ["q0", "q1", "q2"]
        assert [each.id for each in ledger.questions_between(NOW, after(hours=5), 2)] == ["q2", "q3"]
        assert ledger.questions_between(after(hours=5), after(hours=9), 10) == []
