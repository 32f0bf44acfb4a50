"""Every part of a message as it is drawn: the snapshots are the review of what changed."""

from pathlib import Path

import pytest
from skeleton import elements, words
from web_samples import GROUP_CARD, MIA, PRIVATE, SAM, post, view
from web_samples import POSTS as SAMPLES

from bot.domain.commands import Resolve
from bot.messengers.web.render import environment, may_see, post_html, refilled
from bot.wording.buttons import value_of
from bot.wording.message import Message

GOLDEN = Path(__file__).parent / "golden"
TEMPLATES = environment()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_message_is_drawn_as_it_was_reviewed(name, request):
    drawn = post_html(TEMPLATES, SAMPLES[name], view(), day=name == "answer")
    drawn = "\n".join(line.rstrip() for line in drawn.splitlines() if line.strip()) + "\n"
    golden = GOLDEN / f"{name}.html"
    if request.config.getoption("--rewrite", default=False):
        golden.write_text(drawn, encoding="utf-8")
    assert drawn == golden.read_text(encoding="utf-8")


def test_no_snapshot_is_left_over():
    assert {path.stem for path in GOLDEN.glob("*.html")} == set(SAMPLES)


def test_what_one_writes_oneself_stands_on_ones_own_side():
    mine = SAMPLES["my-words"]
    assert 'class="message mine"' in post_html(TEMPLATES, mine, view(MIA))
    assert 'class="message mine"' not in post_html(TEMPLATES, mine, view(SAM))


def test_a_private_notice_is_for_one_person_and_says_so():
    private = post(PRIVATE)
    assert may_see(private, MIA)
    assert not may_see(private, SAM)
    assert "Kun du kan se dette." in words(post_html(TEMPLATES, private, view()))
    assert "Only you can see this." in words(post_html(TEMPLATES, private, view(language="en")))


def test_a_card_of_a_ticket_links_to_its_page_within_the_persona():
    assert 'href="/som/sam/sag/1044"' in post_html(TEMPLATES, post(GROUP_CARD), view(SAM, prefix="/som/sam"))


def test_a_form_that_comes_back_is_open_keeps_what_was_typed_and_says_what_is_wrong():
    value = value_of(Resolve(1042))
    card = SAMPLES["claimed-card"].message
    again = refilled(card, value, {"solution": "Lås <op> igen"}, {"solution": "Skriv lidt mere"})
    drawn = post_html(TEMPLATES, post(again), view(SAM))
    assert 'class="opens" id="post-12-1" open' in drawn
    assert "Lås &lt;op&gt; igen</textarea>" in drawn
    assert "Skriv lidt mere" in words(drawn)
    assert refilled(card, "claim:1", {}, {}) == card


def test_a_message_with_nothing_but_blank_text_still_has_its_place():
    drawn = post_html(TEMPLATES, post(Message(("  \n ",))), view())
    assert elements(drawn, "li") == 1
