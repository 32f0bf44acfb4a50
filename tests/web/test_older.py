"""A long conversation: the latest first, the earlier ones a link away."""

import asyncio

from skeleton import words
from web_stage import MORNING

from bot.domain.commands import Kind, Place
from bot.messengers.web.as_json import encode
from bot.messengers.web.memory import MemoryPosts
from bot.messengers.web.post import one_of, put, read_post
from bot.wording.message import Message

MIA = Place("web", Kind.DIRECT, "mia")
NORTH = Place("web", Kind.CHANNEL, "omsorg-nord")


def test_what_is_older_is_a_link_away_and_nothing_is_lost(stage):
    async def story():
        for place, who, path in ((MIA, "mia", "/"), (NORTH, "sam", "/kanal/omsorg-nord")):
            for nth in range(130):
                put(stage.posts, place, Message((f"besked nummer {nth}.",)), stage.hands.now())
            browser = stage.browser(who)
            page = await browser.open(path)
            said = words(page.text)
            assert "besked nummer 30." in said
            assert "besked nummer 29." not in said
            first = next(
                post.id for post in stage.posts.since(0) if "nummer 30." in post.message and post.place == place
            )
            assert f'href="{path}?foer={first}"' in page.text
            page = await browser.open(f"{path}?foer={first}")
            said = words(page.text)
            assert "besked nummer 0." in said
            assert "besked nummer 30." not in said
            assert "hx-sse:connect" not in page.text
            assert "Ældre" not in said

    asyncio.run(story())


def test_a_place_in_the_past_that_is_none_is_the_present(stage):
    async def story():
        assert (await stage.browser("mia").open("/?foer=i-går")).status_code == 200

    asyncio.run(story())


def test_a_post_is_found_only_at_its_own_place():
    posts = MemoryPosts()
    first = put(posts, MIA, Message(("a",)), MORNING)
    second = put(posts, NORTH, Message(("b",)), MORNING)
    assert one_of(posts, MIA, first).message.text == ("a",)
    assert one_of(posts, MIA, second) is None
    assert one_of(posts, NORTH, first) is None


def test_what_can_no_longer_be_read_is_an_empty_message_and_breaks_nothing():
    posts = MemoryPosts()
    posts.put(MIA, "", "", '{"is":"Letter"}', MORNING)
    assert read_post(posts.page(MIA)[0]).message == Message(())


def test_the_outbox_can_be_told_what_went_out():
    posts = MemoryPosts()
    post = posts.put(MIA, "k", "", encode(Message(("a",))), MORNING, "1/1")
    assert posts.sent_as("1/1") == post
    assert posts.sent_as("1/2") is None
