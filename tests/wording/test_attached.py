"""What is attached to somebody's words: a list under them, with names, sizes as people say them, and where to fetch them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.attachments import MEGABYTE, MOST, Attachment
from bot.domain.notices import RefusalTold
from bot.domain.people import PersonId
from bot.domain.refusals import NotAttached
from bot.messengers.slack.render import Look, render
from bot.messengers.web.blocks import blocks
from bot.wording.attached import size_words, with_attachments
from bot.wording.message import Link, Message, plain
from bot.wording.word import word

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
PICTURE = Attachment("a1", PersonId("mia"), NOW, "foto.png", "image/png", 1_258_291, "")
LOG = replace(PICTURE, id="a2", name="fejl.log", size=700)
BASE = "https://support.fjordby.example"


def test_words_alone_are_as_they_are():
    assert with_attachments("hej", (), "da", BASE) == ("hej",)


def test_each_stands_on_a_line_of_its_own_with_its_address():
    said = plain(Message(with_attachments("Sådan ser det ud", (PICTURE, LOG), "da", BASE)))
    assert said.splitlines() == [
        "Sådan ser det ud",
        "",
        "Vedhæftet:",
        f"- foto.png ({BASE}/fil/a1) (1,2 MB)",
        f"- fejl.log ({BASE}/fil/a2) (700 byte)",
    ]


def test_where_nothing_was_written_the_list_is_all_there_is():
    assert (
        plain(Message(with_attachments("foto.png", (PICTURE,), "en", BASE)))
        == f"Attached:\n- foto.png ({BASE}/fil/a1) (1.2 MB)"
    )


def test_on_the_web_it_is_a_list_of_links():
    found = blocks(with_attachments("Se", (PICTURE, LOG), "da"))
    assert [each.kind for each in found] == ["p", "p", "ul"]
    assert [line[1] for line in found[2].lines] == [Link("foto.png", "/fil/a1"), Link("fejl.log", "/fil/a2")]


def test_in_slack_each_is_a_link_and_a_name_calls_nobody():
    sly = replace(PICTURE, name="<!channel> *x*.png")
    section = render(Message(with_attachments("se", (sly,), "da", BASE)), Look("da", BASE)).blocks[0]["elements"][0]
    assert {"type": "link", "url": f"{BASE}/fil/a1", "text": "<!channel> *x*.png"} in section["elements"]


@pytest.mark.parametrize(
    ("size", "danish", "english"),
    [
        (1, "1 byte", "1 byte"),
        (700, "700 byte", "700 bytes"),
        (1024, "1 kB", "1 kB"),
        (MEGABYTE - 600, "1023 kB", "1023 kB"),
        (MEGABYTE - 1, "1 MB", "1 MB"),
        (1_258_291, "1,2 MB", "1.2 MB"),
        (10 * MEGABYTE, "10 MB", "10 MB"),
    ],
)
def test_a_size_is_said_as_people_say_it(size, danish, english):
    assert (size_words(size, "da"), size_words(size, "en")) == (danish, english)


@pytest.mark.parametrize("why", ["kind", "content", "empty", "size", "many"])
def test_why_a_file_is_not_taken_names_it(scene, why):
    for who in ("sue", "mia"):
        assert "foto.png" in plain(word(RefusalTold(NotAttached("foto.png", why, MOST)), scene.picture(who)))
