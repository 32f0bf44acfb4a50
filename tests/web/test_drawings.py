"""Lines of time: where things stand on them, in per cent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from test_story import QUESTION, REPORT
from web_samples import COPENHAGEN, GROUP_CARD

from bot.desk.viewing import case_page
from bot.domain.commands import AskPerson, Claim, Delivery, Escalate, HandOver, Kind, Log, Milestone, Place, Report
from bot.domain.people import PersonId
from bot.messengers.web.bars import drawn
from bot.web.axis import axis_of
from bot.web.today import Due, line_of
from bot.wording.say import Voice

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)


def bar(*parts, due=1000):
    return drawn(replace(GROUP_CARD.bars[0], parts=parts, due=due))


def test_stretches_that_touch_are_one_and_the_width_is_the_way_to_the_due():
    found = bar(("used", 0, 200), ("used", 200, 500), ("paused", 500, 700), ("used", 700, 700))
    assert [(each.paint, each.x, each.width) for each in found.strokes] == [
        ("used near", "0%", "50%"),
        ("paused", "50%", "20%"),
    ]
    assert found.due == "100%"


def test_past_the_due_the_width_is_all_of_it():
    found = bar(("used", 0, 1000), ("over", 1000, 1250))
    assert [(each.x, each.width) for each in found.strokes] == [("0%", "80%"), ("80%", "20%")]
    assert found.due == "80%"


def test_while_paused_the_due_stands_nowhere():
    assert bar(("paused", 0, 400), due=None).due == ""


def due(hour, label, tone="info", day=24):
    return Due(datetime(2026, 11, day, hour - 1, tzinfo=UTC), label, tone)


def test_todays_line_runs_over_the_working_day_and_further_if_something_is_due_later():
    assert [hour for hour, _ in line_of([], NOON, COPENHAGEN, ".").hours] == list(range(8, 17))
    late = line_of([due(19, "S-1"), due(7, "S-2"), due(9, "S-3", day=25)], NOON, COPENHAGEN, ".")
    assert [hour for hour, _ in late.hours] == list(range(7, 21))
    assert [pin.text for pin in late.pins] == ["7.00 S-2", "19.00 S-1"]
    assert late.now == "38.46%"


def test_labels_that_would_lie_over_each_other_give_way_but_every_pin_stands():
    minutes = [due(12, str(nth)) for nth in range(4)]
    crowded = [replace(each, at=each.at + timedelta(minutes=nth)) for nth, each in enumerate(minutes)]
    pins = line_of(crowded, NOON, COPENHAGEN, ".").pins
    assert len(pins) == 4
    assert [pin.y for pin in pins] == [18, 44, None, None]


@pytest.fixture
def case(stage):
    """S-1, an afternoon and a morning long, paused for an hour in between."""

    def acts(who, command, hours):
        place = Place("web", Kind.DIRECT, who)
        key = f"{who}{stage.hands.now()}{type(command).__name__}"
        stage.attend(Delivery("web", key, PersonId(who), place, command, stage.hands.now()))
        stage.hands.at += timedelta(hours=hours)

    stage.hands.at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    for who, command, hours in [
        ("mia", AskPerson(QUESTION), 0),
        ("sam", Claim(1), 0),
        ("sam", Escalate(1), 0),
        ("ivo", Claim(1), 0),
        ("ivo", HandOver(1, Report(**REPORT)), 1),
        ("ivo", Log(1, Milestone.PAUSE, detail="awaiting_customer"), 1),
        ("ivo", Log(1, Milestone.RESUME), 18),
    ]:
        acts(who, command, hours)
    return stage


def axis_at(stage, when):
    stage.hands.at = when
    ivo = stage.desk.knowledge.now().organisation.people[PersonId("ivo")]
    page = case_page(stage.desk, ivo, 1)
    clock = next(each for each in page.picture.clocks if each.kind.value == "resolution")
    return axis_of(Voice(page.picture), clock, page.events, lambda event: event.type)


def test_closed_time_is_squeezed_and_open_time_is_in_proportion(case):
    axis = axis_at(case, datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert [each.paint for each in axis.stretches] == ["used", "paused", "used", "closed", "used", "left"]
    widths = [float(each.width.rstrip("%")) for each in axis.stretches]
    assert sum(widths) == pytest.approx(100, abs=0.1)
    assert widths[3] == 6.0
    assert widths[0] == widths[1] == widths[2] == widths[4]
    assert widths[5] == pytest.approx(5 * widths[0], abs=0.1)
    assert [each.text for each in axis.days] == ["ti 24-11", "on 25-11"]
    assert axis.times[0].text == "13:00"
    assert (axis.due.x, axis.due.text) == ("100%", "Frist 14:00")
    assert [key.what for key in axis.keys][-2:] == ["pause_started", "pause_ended"]
    assert axis.label == "Tidsakse for Afhjælpning af S-1 fra ti 24-11 13:00 til on 25-11 14:00."


def test_after_the_due_the_line_goes_on_and_the_flag_stays(case):
    axis = axis_at(case, datetime(2026, 11, 25, 14, tzinfo=UTC))
    assert [each.paint for each in axis.stretches] == ["used", "paused", "used", "closed", "used", "over"]
    assert axis.due.text == "Frist 14:00"
    assert axis.due.x == axis.stretches[-1].x


def test_a_clock_without_any_time_has_no_line(case):
    case.hands.at = datetime(2026, 11, 25, 8, tzinfo=UTC)
    ivo = case.desk.knowledge.now().organisation.people[PersonId("ivo")]
    page = case_page(case.desk, ivo, 1)
    clock = page.picture.clocks[0]._replace(started_at=None, stopped_at=None, due_at=None, calendar=None)
    assert axis_of(Voice(page.picture), clock, (), lambda event: event.type) is None
