"""Files at the desk: kept at a bearable pace, waiting with a question, following it to a ticket, and gone when it helped."""

from datetime import timedelta

import pytest
from room import answer

from bot.desk.attaching import PER_MINUTE, drop, keep
from bot.desk.viewing import attachment, ticket_page
from bot.domain.attachments import MEGABYTE, Fit
from bot.domain.commands import Ask, AskPerson, Comment, ItDidNotHelp, ItHelped
from bot.domain.refusals import NoSuchCase, NotAttached, NothingSaid, TooFast

WORDS = "omsorgsjournalen viser alle navne som små firkanter"
PICTURE = Fit("foto.png", "image/png", b"\x89PNG", 0)


def left(room, who="mia", key="d1", *files, a_day=MEGABYTE):
    return [each.id for each in keep(room.desk, room.person(who), key, files or (PICTURE,), a_day)]


def there(room):
    return [each.attachment for each in room.store._shelves.attachments.values()]


def test_what_came_with_a_question_waits_for_the_one_who_asked_and_follows_it(room):
    [file] = left(room)
    question = room.must("mia", Ask(WORDS, (file,))).removeprefix("Q-")
    assert attachment(room.desk, room.person("mia"), file)[1] == PICTURE.content
    with pytest.raises(NoSuchCase):
        attachment(room.desk, room.person("sam"), file)
    assert "Filen sender jeg med" in "".join(room.heard())
    room.must("mia", ItDidNotHelp(question))
    page = ticket_page(room.desk, room.person("sam"), 1)
    assert [each.name for each in page.said[0].attachments] == ["foto.png"]
    assert attachment(room.desk, room.person("sam"), file)[0].ticket == 1


def test_several_files_are_told_of_as_several(room):
    files = left(room, "mia", "d1", PICTURE, PICTURE)
    room.must("mia", Ask(WORDS, tuple(files)))
    assert "Filerne sender jeg med" in "".join(room.heard())


def test_who_asks_for_a_person_after_it_seemed_to_help_has_not_lost_the_files(room):
    room.search.found = answer("etiketprinter-blank")
    question = room.must("mia", Ask(WORDS, tuple(left(room)))).removeprefix("Q-")
    room.must("mia", ItHelped(question))
    room.must("mia", AskPerson())
    assert [each.ticket for each in there(room)] == [1]


def test_who_is_asked_which_system_is_told_that_the_files_wait(room):
    room.must("mia", AskPerson("det driller", tuple(left(room))))
    said = "".join(room.heard())
    assert "Hvilket" in said
    assert "Filen sender jeg med" in said


def test_a_person_is_asked_with_files_about_these_words_or_the_last_ones(room):
    room.must("mia", AskPerson(WORDS, tuple(left(room))))
    assert [each.ticket for each in there(room)] == [1]
    room.must("liv", Ask(WORDS))
    room.must("liv", AskPerson("", tuple(left(room, "liv", "d2"))))
    assert [each.ticket for each in there(room)] == [1, 2]
    assert isinstance(room.does("oluf", AskPerson("", tuple(left(room, "oluf", "d3")))), NothingSaid)


def test_words_after_a_person_was_asked_for_take_their_files_along(room):
    room.must("mia", AskPerson())
    room.must("mia", Ask(WORDS, tuple(left(room))))
    assert [each.ticket for each in there(room)] == [1]


def test_what_somebody_else_has_left_is_not_taken_along(room):
    [file] = left(room, "liv")
    room.must("mia", AskPerson(WORDS, (file,)))
    assert [each.text for each in there(room)] == [None]
    for who in ("liv", "mia"):
        with pytest.raises(NoSuchCase):
            attachment(room.desk, room.person(who), file)


def test_nobody_leaves_more_in_a_minute_than_anybody_can_mean(room):
    for nth in range(PER_MINUTE):
        left(room, "mia", f"d{nth}")
    with pytest.raises(TooFast):
        left(room, "mia", "more")
    assert left(room, "mia", "d0") == [there(room)[0].id], "a repeat of what was taken is no more of it"
    left(room, "sam", "other")
    room.clock.value += timedelta(minutes=1)
    left(room, "mia", "more")


def test_nobody_leaves_more_in_a_day_than_there_is_room_for(room):
    large = Fit("stor.log", "text/plain", b"x" * 60, 0)
    left(room, "mia", "d1", large, a_day=100)
    with pytest.raises(NotAttached) as refused:
        left(room, "mia", "d2", PICTURE, large, a_day=100)
    assert (refused.value.name, refused.value.why, refused.value.limit) == ("stor.log", "day", 100)
    assert len(there(room)) == 1
    left(room, "mia", "d3", PICTURE, a_day=100)
    room.clock.value += timedelta(days=1)
    left(room, "mia", "d4", large, a_day=100)


def test_what_was_refused_is_dropped_and_nothing_is_kept_of_nothing(room):
    left(room)
    drop(room.desk, "d1")
    assert there(room) == []
    assert keep(room.desk, room.person("mia"), "d1", (), 0) == ()


def test_a_comment_with_files_is_as_it_was(room):
    room.must("mia", AskPerson(WORDS))
    room.must("mia", Comment(1, "se her", attachments=tuple(left(room))))
    page = ticket_page(room.desk, room.person("mia"), 1)
    assert [[file.name for file in each.attachments] for each in page.said] == [[], ["foto.png"]]
