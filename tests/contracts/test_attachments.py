"""Files: kept before their words, tied to them and to nothing else, and gone with them. In memory and on both databases."""

from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

import pytest
from given import MIA, NOW, SAM, after, opened

from bot.desk.filed import Lately
from bot.desk.ports import Text
from bot.domain.attachments import Attachment
from bot.domain.refusals import NoSuchCase
from bot.storage.database import SqlStore
from bot.storage.forgetting import forget

PICTURE = b"\x89PNG\r\n\x1a\n\x00\xff" * 3


def file(name, by=MIA, at=NOW, content=PICTURE):
    digest = sha256(content).hexdigest()
    return Attachment(name, by.id, at, f"{name}.png", "image/png", len(content), digest), content


def words(name="t1", by=MIA, kind="comment"):
    return Text(name, "#1", kind, by.id, NOW, "se her")


def keep(store, *names, delivery="d1", **more):
    with store.transaction() as ledger:
        return [each.id for each in ledger.attachments.keep(delivery, [file(each, **more) for each in names])]


def attached(store, ids, text=None):
    with store.transaction() as ledger:
        text = text or words()
        ledger.write(text)
        ledger.attachments.attach(ids, text.by, text.id, 1)


def of(store, ticket=1):
    with store.reading() as ledger:
        return [(each.id, each.text) for each in ledger.attachments.of(ticket)]


def test_a_file_comes_back_as_it_was_and_belongs_to_nothing_until_its_words_are_kept(store):
    keep(store, "a", "b")
    assert of(store) == []
    with store.reading() as ledger:
        assert ledger.attachments.find("a") == file("a")[0]
        assert ledger.attachments.content("a") == PICTURE
    attached(store, ["b", "a"])
    assert of(store) == [("a", "t1"), ("b", "t1")]
    assert of(store, 2) == []
    with store.reading() as ledger:
        assert ledger.attachments.find("a") == replace(file("a")[0], ticket=1, text="t1")


def test_the_same_delivery_sent_again_leaves_one_of_each(store):
    assert keep(store, "a", "b") == ["a", "b"]
    assert keep(store, "c", "d") == ["a", "b"]
    assert keep(store, "e", delivery="d2") == ["e"]
    with store.reading() as ledger, pytest.raises(NoSuchCase):
        ledger.attachments.find("c")


def test_nobody_is_given_what_somebody_else_left_under_the_same_key(store):
    keep(store, "a", by=SAM)
    assert keep(store, "b") == []


def test_what_belongs_to_words_already_or_to_somebody_else_is_not_attached_again(store):
    keep(store, "a")
    keep(store, "b", delivery="d2", by=SAM)
    attached(store, ["a"])
    attached(store, ["a", "b", "gone"], words("t2"))
    assert of(store) == [("a", "t1")]


def test_what_was_refused_is_dropped_and_what_was_attached_stays(store):
    keep(store, "a", "b")
    keep(store, "c", delivery="d2")
    attached(store, ["a"])
    with store.transaction() as ledger:
        ledger.attachments.drop("d1")
    with store.reading() as ledger:
        assert ledger.attachments.content("a") == ledger.attachments.content("c") == PICTURE
        for look in (ledger.attachments.find, ledger.attachments.content):
            with pytest.raises(NoSuchCase):
                look("b")


def test_what_belongs_to_nothing_after_a_day_is_purged(store):
    keep(store, "a", "b")
    attached(store, ["a"])
    keep(store, "c", delivery="d2", at=after(hours=23))
    store.purge(after(hours=25))
    with store.reading() as ledger:
        assert [ledger.attachments.find(each).id for each in ("a", "c")] == ["a", "c"]
        with pytest.raises(NoSuchCase):
            ledger.attachments.find("b")


def waiting(store, name, text, at=NOW, ticket=None):
    keep(store, name, delivery=name, at=at)
    with store.transaction() as ledger:
        ledger.attachments.attach([name], MIA.id, text, ticket)


def there(store, *names):
    found = []
    with store.reading() as ledger:
        for each in names:
            with suppress(NoSuchCase):
                found.append(ledger.attachments.find(each).id)
    return found


def test_what_came_with_a_question_belongs_to_its_words_and_follows_them_to_a_ticket(store):
    waiting(store, "a", "t-q1")
    waiting(store, "b", "t-q2")
    waiting(store, "c", "t-q1", ticket=7)
    assert of(store) == []
    with store.transaction() as ledger:
        ledger.attachments.follow("t-q1", 1)
    assert of(store) == [("a", "t-q1")]
    assert of(store, 7) == [("c", "t-q1")]
    with store.reading() as ledger:
        assert {each.id for each in ledger.attachments.with_texts(["t-q1", "t-q2", "none"])} == {"a", "b", "c"}
        assert {each.id for each in ledger.attachments.with_texts(["t-q2"])} == {"b"}
        assert [*ledger.attachments.with_texts([])] == []


def test_what_waits_for_a_week_is_purged(store):
    waiting(store, "a", "t-q1")
    waiting(store, "b", "t-q1", ticket=7)
    waiting(store, "c", "t-q2", at=after(days=2))
    store.purge(after(days=8))
    assert there(store, "a", "b", "c") == ["b", "c"]


def test_how_much_somebody_has_left_lately_is_counted_for_each_alone(store):
    keep(store, "a", "b")
    keep(store, "c", delivery="d2", at=after(seconds=59))
    keep(store, "d", delivery="d3", by=SAM)
    keep(store, "e", delivery="d4", at=after(days=-1))
    one = len(PICTURE)

    def lately(**span):
        with store.reading() as ledger:
            return ledger.attachments.lately(MIA.id, after(**span))

    assert lately(seconds=59) == Lately(2, 3 * one)
    assert lately(seconds=60) == Lately(1, 3 * one)
    assert lately(hours=23) == Lately(0, 3 * one)
    assert lately(days=1, seconds=1) == Lately(0, one)
    assert lately(days=2) == Lately(0, 0)


def test_what_came_with_a_delivery_is_found_by_it_for_whoever_sent_it(store):
    keep(store, "a", "b")
    with store.reading() as ledger:
        assert [each.id for each in ledger.attachments.came_with("d1", MIA.id)] == ["a", "b"]
        assert [*ledger.attachments.came_with("d1", SAM.id)] == [*ledger.attachments.came_with("d2", MIA.id)] == []


def test_with_words_that_are_erased_goes_what_was_attached_to_them(store):
    keep(store, "a", "b")
    attached(store, ["a"])
    attached(store, ["b"], words("t2"))
    with store.transaction() as ledger:
        ledger.erase(iter(["t1", "gone"]))
    assert of(store) == [("b", "t2")]
    with store.reading() as ledger, pytest.raises(NoSuchCase):
        ledger.attachments.content("a")


def test_a_transaction_that_fails_leaves_nothing_and_one_that_reads_writes_nothing(store):
    def keep_and_fail():
        with store.transaction() as ledger:
            ledger.attachments.keep("d1", [file("a")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        keep_and_fail()
    keep(store, "b", delivery="d2")
    waiting(store, "w", "t-w")
    for write in (
        lambda ledger: ledger.attachments.keep("d3", [file("c")]),
        lambda ledger: ledger.attachments.attach(["b"], MIA.id, "t1", 1),
        lambda ledger: ledger.attachments.drop("d2"),
        lambda ledger: ledger.attachments.follow("t-w", 1),
    ):
        with store.reading() as ledger, pytest.raises(RuntimeError):
            write(ledger)
    with store.reading() as ledger, pytest.raises(NoSuchCase):
        ledger.attachments.find("a")


def test_a_year_after_it_was_over_no_name_and_no_content_is_left(database):
    store = SqlStore(database)
    keep(store, "a")
    keep(store, "b", delivery="d2")
    with store.transaction() as ledger:
        ledger.save_ticket(opened(1))
        ledger.save_ticket(ledger.ticket(1).cancel(MIA, after(days=1)))
        ledger.save_ticket(opened(2))
    attached(store, ["a"])
    with store.transaction() as ledger:
        open_still = replace(words("t2"), case_id="#2")
        ledger.write(open_still)
        ledger.attachments.attach(["b"], MIA.id, "t2", 2)
    forget(database, after(days=400))
    assert of(store) == []
    assert of(store, 2) == [("b", "t2")]
