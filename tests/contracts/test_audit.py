"""Who looked, and who was refused: the latest first, by person and case, and forgotten after a time."""

from given import NOW, after

from bot.domain.audit import Deed, Trace
from bot.domain.people import PersonId

MIA, IVO = PersonId("mia"), PersonId("ivo")


def looked(by, about, **ago):
    return Trace(after(**ago), by, Deed.LOOKED, "/sag/{number}", about)


def test_the_latest_first_and_everything_that_was_kept_of_it(store):
    refused = Trace(after(minutes=1), MIA, Deed.REFUSED, "Claim", "#2", "NotYours", "slack")
    early, same = looked(IVO, "#1"), looked(IVO, "#2", minutes=1)
    for each in (refused, early, same):
        store.trace(each)
    assert list(store.traces(NOW)) == [same, refused, early]


def test_of_one_person_of_one_case_since_then_and_not_too_many(store):
    for nth, (by, about) in enumerate([(MIA, "#1"), (IVO, "#1"), (IVO, "S-1"), (IVO, "#1")]):
        store.trace(looked(by, about, minutes=nth))
    assert [each.at for each in store.traces(NOW, by=IVO, about="#1")] == [after(minutes=3), after(minutes=1)]
    assert [each.about for each in store.traces(after(minutes=2))] == ["#1", "S-1"]
    assert [each.at for each in store.traces(NOW, most=1)] == [after(minutes=3)]


def test_what_is_older_is_forgotten_and_the_rest_stays(store):
    for day in range(4):
        store.trace(looked(MIA, "#1", days=day))
    assert store.forget_traces(after(days=2)) == 2
    assert store.forget_traces(after(days=2)) == 0
    assert [each.at for each in store.traces(NOW)] == [after(days=3), after(days=2)]
