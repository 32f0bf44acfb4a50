"""What goes wrong on the way out: nothing is lost, nothing is said twice, and IT hears of what only IT can mend."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.commands import Ask, Delivery
from bot.domain.people import PersonId
from bot.messengers.slack import places
from bot.messengers.slack.pacing import Pace

WORDS = "Etiketprinteren skriver blanke etiketter"
LATER = {"Retry-After": "30"}


def run(act):
    return asyncio.run(act)


def told_it(office):
    return [str(each.message.text) for each in office.web.said if each.place.who == "it"]


def dead(office):
    with office.database.reading() as connection:
        return connection.exec_driver_sql("select why from outbox where state = 'dead'").scalars().all()


def test_when_slack_says_wait_we_wait_as_long_as_it_says(office):
    async def story():
        office.machine.fails("chat.postMessage", (429, LATER))
        await office.says("mia", "hjælp")
        assert not office.seen("DUMIA")
        office.passes(seconds=29)
        assert not office.seen("DUMIA")
        office.passes(seconds=2)
        assert len(office.seen("DUMIA")) == 1

    run(story())


@pytest.mark.parametrize("fault", ["lost", (500, {}), "internal_error"])
def test_a_post_of_which_nobody_knows_is_looked_for_before_it_is_made_again(office, fault):
    async def story():
        office.machine.fails("chat.postMessage", fault)
        await office.says("mia", "hjælp")
        office.passes(seconds=10)
        assert len(office.seen("DUMIA")) == 1
        assert office.machine.called("conversations.history")

    run(story())


def test_a_post_in_a_thread_is_looked_for_in_the_thread(office):
    async def story():
        await office.asks_for_help()
        await office.presses("sam", "claim:1", "CNORD")
        card = office.machine.messages["CNORD"][0]["ts"]
        office.machine.fails("chat.postMessage", "lost")
        await office.says("sam", "Vend rullen", "CNORD", thread_ts=card)
        office.passes(minutes=1)
        assert sum("Vend rullen" in each for each in office.seen("DUMIA")) == 1
        assert office.machine.called("conversations.replies")
        assert office.seen("CNORD").count("Sendt til Mia") == 1

    run(story())


def test_an_update_of_which_nobody_knows_is_simply_made_again(office):
    async def story():
        await office.asks_for_help()
        office.machine.fails("chat.update", "lost", (503, {}))
        await office.presses("sam", "claim:1", "CNORD")
        office.passes(minutes=1)
        (card,) = office.seen("CNORD")
        assert "(Sam har den)" in card

    run(story())


def test_a_whisper_of_which_nobody_knows_is_made_once_more_and_marked(office):
    async def story():
        office.machine.fails("chat.postEphemeral", "lost")
        await office.commands("mia", "hjælp")
        office.passes(minutes=1)
        first, again = office.machine.called("chat.postEphemeral")
        assert "Måske har du set det før" in json.dumps(again["blocks"], ensure_ascii=False)
        assert "Måske" not in json.dumps(first["blocks"], ensure_ascii=False)

    run(story())


def test_a_card_that_was_deleted_is_posted_anew_and_one_that_cannot_be_changed_is_linked(office):
    async def story():
        await office.asks_for_help()
        office.machine.messages["CNORD"].clear()
        office.machine.fails("chat.getPermalink", "message_not_found")
        await office.presses("sam", "claim:1", "CNORD")
        (card,) = office.machine.messages["CNORD"]
        assert "(Sam har den)" in card["text"]
        assert "archives" not in json.dumps(card["blocks"])
        office.machine.fails("chat.update", *["edit_window_closed"] * 2)  # Mia's card, and the group's
        await office.presses("sam", "hold:1", "CNORD")
        old, new = office.machine.messages["CNORD"]
        assert f"archives/CNORD/p{old['ts']}" in json.dumps(new["blocks"])
        await office.presses("sam", "resume:1", "CNORD")
        assert len(office.machine.messages["CNORD"]) == 2

    run(story())


def test_a_channel_that_cannot_be_written_in_is_told_to_it_and_gets_everything_afterwards(office):
    async def story():
        office.machine.fails("chat.postMessage", None, "is_archived")  # Mia's card arrives
        await office.asks_for_help()
        assert "CNORD: is_archived" in office.seen("CIT")[-1]
        office.machine.fails("chat.postMessage", "is_archived")
        office.passes(minutes=6)
        office.passes(minutes=6)
        assert sum("#1" in each for each in office.seen("CNORD")) == 1
        assert sum("is_archived" in each for each in office.seen("CIT")) == 1
        assert not dead(office)

    run(story())


def test_words_in_a_thread_wait_for_its_card_and_after_hours_stand_in_the_channel(office):
    async def story():
        office.machine.fails("chat.postMessage", None, *["is_archived"] * 2)
        await office.asks_for_help()
        await office.presses("sam", "claim:1")
        await office.submits("sam", "comment:1:employee||", {"text": "Vend rullen"})
        for _ in range(10):
            office.passes(minutes=6)
        card, words = office.machine.messages["CNORD"][:2]
        assert (card["text"][:2], words["thread_ts"]) == ("#1", card["ts"])

    run(story())


def test_when_its_own_channel_is_gone_its_people_are_told_directly(office):
    office.slack.trouble.tell("slack_channel", "CIT: is_archived")
    office.deliver()
    assert "CIT: is_archived" in office.seen("DUIVO")[0]


def test_a_token_that_is_revoked_is_told_on_the_web_and_nothing_is_lost(office):
    async def story():
        office.machine.fails("chat.postMessage", "token_revoked")
        await office.says("mia", "hjælp")
        assert "token_revoked" in told_it(office)[0]
        office.passes(minutes=6)
        assert len(office.seen("DUMIA")) == 1

    run(story())


def test_somebody_who_cannot_be_written_to_finds_it_on_the_web(office):
    async def story():
        await office.says("mia", "hjælp")
        office.slack.outlet._directs.clear()
        office.machine.fails("conversations.open", "user_disabled")
        await office.says("mia", "mine")
        assert [each.message.title for each in office.web.said if each.place.who == "mia"] == ["Mine sager"]
        assert "mia" in office.seen("CIT")[-1]

    run(story())


def test_somebody_without_an_account_is_met_on_the_web(office):
    async def story():
        del office.machine.users["USAM"]
        desk = office.desk
        place = places.direct(PersonId("sam"))
        delivery = Delivery("slack", "k1", PersonId("sam"), place, Ask(WORDS), office.clock.now())
        office.hands.take(delivery)
        office.hands.begin(delivery)
        await office.settle()
        assert [each.place.messenger for each in office.web.said] == ["web"]
        assert desk.store.next_send_at() is None

    run(story())


def test_blocks_that_slack_does_not_take_are_said_in_plain_words(office):
    async def story():
        office.machine.fails("chat.postMessage", "invalid_blocks")
        await office.says("mia", "hjælp")
        assert "blocks" not in office.machine.messages["DUMIA"][0]
        office.machine.fails("chat.postMessage", "invalid_blocks", "msg_too_long")
        await office.says("mia", "mine")
        assert dead(office) == ["msg_too_long"]
        await office.asks_for_help()
        office.machine.fails("chat.update", "invalid_blocks")
        await office.presses("sam", "claim:1", "CNORD")
        assert office.machine.called("chat.update")[1]["blocks"] == []
        assert "kunne ikke afleveres" in office.seen("CIT")[-1]

    run(story())


def test_a_question_in_a_channel_without_the_bot_is_answered_directly(office):
    async def story():
        office.machine.fails("chat.postMessage", "not_in_channel")
        await office.submits("mia", "ask|CELSE|88.000100", {"text": WORDS})
        assert len(office.seen("DUMIA")) == 1
        assert not office.seen("CELSE")

    run(story())


def test_a_slack_that_is_away_for_an_hour_gets_everything_in_order_once(office):
    async def story():
        url = office.slack.client.base_url
        await office.says("mia", "hjælp")
        office.slack.client.base_url = "http://127.0.0.1:9/"
        await office.says("mia", "mine")
        await office.says("mia", "menneske: Etiketprinteren skriver blanke etiketter")
        for _ in range(12):
            office.passes(minutes=5)
        office.slack.client.base_url = url
        for _ in range(12):
            office.passes(minutes=6)
        heads = [each.splitlines()[0] for each in office.seen("DUMIA")]
        assert heads[:2] == ["Sådan bruger du mig", "Mine sager"]
        assert sum(each.startswith("#1 Etiket") for each in heads) == 1
        assert len(heads) == len(set(heads))

    run(story())


def test_a_channel_is_posted_to_about_once_a_second():
    pace, now = Pace(), places_now()
    assert [pace.wait("C1", now) for _ in range(4)] == [0, 0, 0, 1]
    assert pace.wait("C2", now) == 0
    assert pace.wait("C1", now + timedelta(seconds=1)) == 0
    assert pace.wait("C1", now + timedelta(seconds=1.5)) == 0.5
    pace.empty("C2", now)
    assert pace.wait("C2", now) == 1


def test_what_comes_faster_than_slack_takes_it_waits_and_comes(office):
    async def story():
        office.slack.outlet._pace = Pace(burst=1)
        await office.says("mia", "hjælp")
        await office.says("mia", "mine")
        assert len(office.seen("DUMIA")) == 1
        office.passes(seconds=1.1)
        assert len(office.seen("DUMIA")) == 2

    run(story())


def test_the_words_of_a_private_article_are_not_said_where_others_read(office):
    async def story():
        known = office.knowledge.value
        public = {name: each for name, each in known.articles.items() if each.is_for_everyone}
        name, article = next((name, each) for name, each in public.items() if each.covered)
        hidden = replace(article, audience=frozenset({"hjemmepleje-nord"}))
        office.knowledge.value = replace(known, articles={**known.articles, name: hidden})
        question = article.phrasings[0] if hasattr(article, "phrasings") else article.questions[0]
        await office.says("mia", f"<@U0BOT> {question}", "CALL", ts="88.000100")
        assert office.seen("CALL") == ["Det svarer jeg på i en direkte besked til dig, for her læser andre med."]
        assert len(office.seen("DUMIA")) == 1

    run(story())


def places_now():
    from office import MORNING

    return MORNING
