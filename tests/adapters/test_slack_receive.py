"""What people do in Slack → what the desk does, and what everybody sees of it."""

import asyncio
import json
from concurrent.futures import Future
from threading import Event

import pytest
from slack_world import BOT, TEAM

WORDS = "Etiketprinteren skriver blanke etiketter"


def run(act):
    return asyncio.run(act)


def test_a_question_in_a_direct_message_is_answered_there(office):
    async def story():
        answer = await office.says("mia", "Hvordan nulstiller jeg min adgangskode?")
        assert (answer.status_code, answer.text) == (200, "")
        assert len(office.machine.messages["DUMIA"]) == 1

    run(story())


def test_a_question_becomes_a_ticket_and_the_card_follows_it_everywhere(office):
    async def story():
        await office.asks_for_help()
        (card,) = office.seen("CNORD")
        assert card.startswith(f"#1 {WORDS} (Ingen endnu)")
        await office.presses("sam", "claim:1", "CNORD")
        (card,) = office.seen("CNORD")
        assert "(Sam har den)" in card
        mine, told = office.machine.messages["DUMIA"][-2:]
        assert "(Sam har den)" in mine["text"]
        assert told["text"] == "Sam har taget #1."
        assert told["thread_ts"] == mine["ts"]
        assert told["reply_broadcast"] in {True, "1"}

    run(story())


def test_the_second_to_claim_is_told_so_where_only_they_see_it(office):
    async def story():
        await office.asks_for_help()
        await office.presses("sam", "claim:1", "CNORD")
        await office.presses("sue", "claim:1", "CNORD")
        (whisper,) = office.machine.called("chat.postEphemeral")
        assert (whisper["channel"], whisper["user"]) == ("CNORD", "USUE")
        assert whisper["text"].startswith("Sam tog #1")

    run(story())


def test_a_delivery_that_comes_again_is_done_once_and_both_events_of_a_mention_are_one(office):
    async def story():
        said = {"text": f"<@{BOT}> {WORDS}", "channel": "CALL", "ts": "77.000100", "user": "UMIA", "team": TEAM}
        office.machine.spoken["CALL"].append(said)
        for kind in ("app_mention", "message", "message"):
            assert (await office.event({"type": kind} | said, key="Ev1")).status_code == 200
        (answer,) = office.machine.messages["CALL"]
        assert answer["thread_ts"] == "77.000100"

    run(story())


def test_talk_among_people_is_left_alone(office):
    async def story():
        await office.says("mia", "Skal vi spise frokost?", "CNORD")
        await office.says("mia", "Ja", "CNORD", thread_ts="5.000100")
        await office.event(
            {"type": "message", "bot_id": "B9", "text": "x", "channel": "DUMIA", "ts": "9.1", "user": "UMIA"}
        )
        await office.event(
            {"type": "message", "subtype": "channel_join", "user": "UMIA", "channel": "CNORD", "ts": "9.2"}
        )
        await office.event({"type": "reaction_added"})
        assert not [name for name, _ in office.machine.calls if name.startswith("chat.")]

    run(story())


def test_in_the_tickets_thread_the_assignees_words_reach_the_employee_and_are_not_said_twice(office):
    async def story():
        await office.asks_for_help()
        await office.presses("sam", "claim:1", "CNORD")
        card = office.machine.messages["CNORD"][0]["ts"]
        await office.says("sam", "Prøv at vende rullen", "CNORD", thread_ts=card)
        assert "Prøv at vende rullen" in office.seen("DUMIA")[-1]
        assert office.seen("CNORD")[-1] == "Sendt til Mia"
        await office.says("sue", "Kender I den?", "CNORD", thread_ts=card)
        assert office.seen("CNORD")[-1] == "Internt – Mia ser det ikke"
        assert not any("Kender I den?" in each for each in office.seen("DUMIA"))

    run(story())


def test_a_group_in_two_messengers_has_its_card_in_both_and_either_may_be_used(office):
    async def story():
        await office.asks_for_help()
        on_the_web = [each for each in office.web.said if str(each.place) == "web:channel:printere-nord"]
        assert on_the_web[0].message.number == "#1"
        await office.presses("sam", "claim:1", "CNORD")
        await office.says("sam", "Vend rullen", "CNORD", thread_ts=office.machine.messages["CNORD"][0]["ts"])
        latest = office.web.said[-1]
        assert (str(latest.place), latest.message.text) == ("web:thread:printere-nord:1", ("Vend rullen",))

    run(story())


def test_the_employee_answers_in_the_thread_of_the_card_and_the_group_reads_it(office):
    async def story():
        await office.asks_for_help()
        await office.presses("sam", "claim:1", "CNORD")
        mine = next(each for each in office.machine.messages["DUMIA"] if each["text"].startswith("#1"))
        await office.says("mia", "Den blinker <!channel> &amp; bipper", thread_ts=mine["ts"])
        thread = [each["text"] for each in office.machine.messages["CNORD"] if each.get("thread_ts")]
        assert "Den blinker @channel &amp; bipper" in thread[-1]
        assert "Den blinker @channel &amp; bipper" in office.seen("DUSAM")[-1]
        told = office.machine.messages["DUSAM"][-1]["ts"]
        await office.says("sam", "Sluk den", thread_ts=told)
        assert "Sluk den" in office.seen("DUMIA")[-1]

    run(story())


@pytest.mark.parametrize("mark", ["// ", "🔒 ", ":lock: "])
def test_a_note_among_colleagues_stays_one_when_a_letter_in_it_is_changed(office, mark):
    async def story():
        await office.asks_for_help()
        card = office.machine.messages["CNORD"][0]["ts"]
        early = f"{office.desk.clock.now().timestamp():.0f}.000100"
        await office.says("sam", "hun ringer hver dag", "CNORD", thread_ts=card, ts=early)
        office.passes(minutes=1)
        await office.presses("sam", "claim:1", "CNORD")
        later = f"{office.desk.clock.now().timestamp() + 60:.0f}.000200"
        await office.says("sam", f"{mark}Mia er umulig", "CNORD", thread_ts=card, ts=later)
        for ts, text in (
            (early, "hun ringer hver uge"),
            (later, f"{mark}Mia er lidt umulig"),
            (later, "Mia er umulig nu"),
        ):
            message = {
                "user": "USAM",
                "text": text,
                "thread_ts": card,
                "ts": ts,
                "edited": {"user": "USAM", "ts": f"{text}"},
            }
            edit = {"subtype": "message_changed", "channel": "CNORD", "channel_type": "channel", "message": message}
            before = message | {"text": "før"}
            await office.event({"type": "message"} | edit | {"previous_message": before})
        said = " ".join(office.seen("DUMIA"))
        assert "umulig" not in said
        assert "ringer" not in said

    run(story())


def test_an_edited_comment_is_carried_again_and_other_edits_are_not(office):
    async def story():
        await office.asks_for_help()
        await office.presses("sam", "claim:1", "CNORD")
        now = f"{office.desk.clock.now().timestamp() + 60:.0f}.000100"
        thread = {"thread_ts": office.machine.messages["CNORD"][0]["ts"], "ts": now}
        await office.says("sam", "Vend rulen", "CNORD", **thread)
        message = {"user": "USAM", "text": "Vend rullen", "edited": {"user": "USAM", "ts": "501.0"}} | thread
        edit = {
            "type": "message",
            "subtype": "message_changed",
            "channel": "CNORD",
            "channel_type": "channel",
            "message": message,
        }
        await office.event(edit | {"previous_message": message | {"text": "Vend rulen"}})
        assert "✏️ Vend rullen" in office.seen("DUMIA")[-1]
        before = len(office.machine.calls)
        await office.event(edit | {"previous_message": message})
        await office.event({"type": "message", "subtype": "message_deleted", "channel": "CNORD", "deleted_ts": now})
        assert len(office.machine.calls) == before

    run(story())


def test_a_file_is_named_to_the_other_side_and_its_sender_is_told(office):
    async def story():
        await office.asks_for_help()
        mine = next(each for each in office.machine.messages["DUMIA"] if each["text"].startswith("#1"))
        more = {"subtype": "file_share", "files": [{"id": "F1", "name": "billede.png"}], "thread_ts": mine["ts"]}
        await office.says("mia", "Se her", **more)
        assert "[fil i Slack: billede.png]" in office.seen("CNORD")[-1]
        assert office.seen("DUMIA")[-1].startswith("Jeg henter ikke filer")

    run(story())


def test_a_button_with_a_form_opens_it_and_a_stale_one_is_explained(office):
    async def story():
        await office.asks_for_help()
        await office.presses("sam", "claim:1", "CNORD")
        await office.presses("sam", "resolve:1", "CNORD")
        (opened,) = office.machine.called("views.open")
        assert opened["view"]["private_metadata"] == "resolve:1|CNORD|"
        assert [each["block_id"] for each in opened["view"]["blocks"]] == ["solution"]
        await office.presses("mia", "cancel:1")
        await office.presses("sam", "resolve:1", "CNORD")
        assert len(office.machine.called("views.open")) == 1
        assert office.machine.called("chat.postEphemeral")

    run(story())


def test_a_form_with_something_missing_comes_back_and_the_corrected_one_is_taken_once(office):
    async def story():
        await office.asks_for_help()
        await office.presses("sam", "claim:1", "CNORD")
        wrong = await office.submits("sam", "resolve:1|CNORD|", {"solution": " "})
        assert wrong.json()["response_action"] == "errors"
        assert list(wrong.json()["errors"]) == ["solution"]
        again = await office.submits("sam", "resolve:1|CNORD|", {"solution": " "})
        assert again.json()["response_action"] == "errors"
        for _ in range(2):
            right = await office.submits("sam", "resolve:1|CNORD|", {"solution": "Vend rullen"})
            assert (right.status_code, right.text) == (200, "")
        assert office.ticket().state == "resolved"
        assert sum("er løst: Vend rullen" in each for each in office.seen("DUMIA")) == 1

    run(story())


def test_a_form_about_what_is_over_says_so_in_its_place(office):
    async def story():
        await office.asks_for_help()
        await office.presses("mia", "cancel:1")
        late = await office.submits("sam", "resolve:1|CNORD|", {"solution": "Vend rullen"})
        assert late.json()["response_action"] == "update"
        assert late.json()["view"]["type"] == "modal"
        forged = await office.submits("sam", "drop table|CNORD|", {"solution": "x"}, "V2")
        assert forged.json()["response_action"] == "update"

    run(story())


def test_a_form_that_was_refused_is_refused_again_also_by_a_program_that_was_started_anew(office):
    """It no longer knows how often the form was refused, so what comes again is a repeat."""

    async def story():
        await office.asks_for_help()
        await office.presses("mia", "cancel:1")
        for _ in range(2):
            late = await office.submits("sam", "resolve:1|CNORD|", {"solution": "Vend rullen"})
            assert late.json()["response_action"] == "update"
            office.waits_for_a_verdict(60)

    run(story())


def test_a_button_that_nobody_made_is_explained_once(office):
    async def story():
        action = {"type": "button", "action_id": "0", "value": "drop table", "action_ts": "1.1"}
        for _ in range(2):
            await office.presses("mia", "x", "CNORD", actions=[action])
        (whisper,) = office.machine.called("chat.postEphemeral")
        assert whisper["text"].startswith("Den knap er for gammel")

    run(story())


def test_words_that_say_nothing_and_words_that_are_too_long_are_refused_beside_their_field(office):
    async def story():
        await office.asks_for_help()
        await office.presses("sam", "claim:1", "CNORD")
        for text in ("//", "x" * 5000):
            wrong = await office.submits("sam", "comment:1:employee|CNORD|", {"text": text})
            assert list(wrong.json()["errors"]) == ["text"]
        right = await office.submits("sam", "comment:1:employee|CNORD|", {"text": "Prøv at vende rullen"})
        assert right.text == ""
        assert "Prøv at vende rullen" in office.seen("CNORD")[-1]  # written in a form, so the thread has not got it yet
        assert "Prøv at vende rullen" in office.seen("DUMIA")[-1]

    run(story())


def test_what_the_employee_wrote_in_a_form_stands_in_her_own_conversation_too(office):
    async def story():
        await office.asks_for_help()
        await office.presses("sam", "claim:1", "CNORD")
        await office.presses("mia", "comment:1:employee")
        metadata = office.machine.called("views.open")[-1]["view"]["private_metadata"]
        await office.submits("mia", metadata, {"text": "Den blinker stadig"})
        assert sum("Den blinker stadig" in each for each in office.seen("DUMIA")) == 1
        assert "Mia" in office.seen("DUMIA")[-1]
        assert any("Den blinker stadig" in each for each in office.seen("CNORD"))

    run(story())


def test_somebody_whom_nobody_knows_has_a_home_page_that_says_so(office):
    async def story():
        office.machine.knows("UGUEST", "x@y.example", is_restricted=True)
        await office.event({"type": "app_home_opened", "user": "UGUEST", "tab": "home"})
        assert "kender dig ikke" in json.dumps(office.machine.called("views.publish"), ensure_ascii=False)
        await office.presses("guest", "resolve:1", "CNORD")
        assert not office.machine.called("views.open")

    run(story())


def test_a_form_that_cannot_be_opened_stops_nothing(office):
    async def story():
        await office.asks_for_help()
        office.machine.fails("views.open", "expired_trigger_id")
        assert (await office.presses("mia", "comment:1:employee")).status_code == 200
        office.machine.fails("views.publish", "internal_error")
        await office.event({"type": "app_home_opened", "user": "UMIA", "tab": "home"})
        assert (await office.says("mia", "mine")).status_code == 200

    run(story())


def test_a_slow_verdict_is_acknowledged_in_time_and_told_in_the_forms_place_later(office):
    async def story():
        await office.asks_for_help()
        await office.presses("sam", "claim:1", "CNORD")
        office.waits_for_a_verdict(0.01)
        office.hands.is_slow = Event()
        sending = asyncio.ensure_future(office.submits("sam", "resolve:1|CNORD|", {"solution": "Vend rullen"}))
        while not sending.done():
            await asyncio.sleep(0)
            if office.door.figures().get("slack_overrun"):
                office.hands.is_slow.set()
        assert sending.result().json()["response_action"] == "update"
        (later,) = office.machine.called("views.update")
        assert later["view_id"] == "V1"
        assert "Det er gjort" in json.dumps(later["view"], ensure_ascii=False)
        assert office.ticket().state == "resolved"

    run(story())


@pytest.mark.parametrize("fault", [None, "reset", "internal_error"])
def test_a_refusal_is_told_where_they_were_if_the_form_is_closed_before_it_comes(office, fault):
    async def story():
        await office.asks_for_help()
        await office.presses("sam", "claim:1", "CNORD")
        await office.presses("mia", "cancel:1")
        office.waits_for_a_verdict(0.01)
        office.hands.is_slow = Event()
        if fault:
            office.machine.fails("views.update", fault)
        sending = asyncio.ensure_future(office.submits("sam", "resolve:1|CNORD|", {"solution": "Vend rullen"}))
        while not sending.done():
            await asyncio.sleep(0)
            if office.door.figures().get("slack_overrun"):
                office.hands.is_slow.set()
        await sending
        assert office.machine.called("views.update")
        told = [each["text"] for each in office.machine.whispers["USAM"]]
        assert told[-1] == "#1 er trukket tilbage. Skriv et nyt spørgsmål, hvis det driller igen."

    run(story())


class Joined(Future):
    """As soon as somebody begins to wait for it, a worker thread begins another."""

    def __init__(self, among, other):
        super().__init__()
        self._joins = lambda: among.add(other)

    def add_done_callback(self, call):
        super().add_done_callback(call)
        self._joins()


def test_what_is_begun_while_somebody_waits_for_quiet_is_waited_for_too(office):
    async def story():
        tidying, other = office.door.quiet.__self__._tidying, Future()
        first = Joined(tidying, other)
        tidying.add(first)
        waiting = asyncio.ensure_future(office.door.quiet())
        await asyncio.sleep(0)
        tidying.discard(first)
        first.set_result(None)
        for _ in range(5):
            await asyncio.sleep(0)
        assert not waiting.done(), "the other is still under way"
        tidying.discard(other)
        other.set_result(None)
        await waiting

    run(story())


def test_the_slash_command_answers_only_the_one_who_typed_it(office):
    async def story():
        assert (await office.commands("mia", WORDS)).text == ""
        (whisper,) = office.machine.called("chat.postEphemeral")
        assert (whisper["channel"], whisper["user"]) == ("CELSE", "UMIA")
        await office.commands("mia", "hjælp")
        await office.commands("mia", "")
        assert [each["text"].splitlines()[0] for each in office.machine.called("chat.postEphemeral")[1:]] == [
            "Sådan bruger du mig"
        ] * 2

    run(story())


def test_where_the_bot_is_not_in_the_channel_the_commands_own_address_is_used_and_then_a_direct_message(office):
    async def story():
        office.machine.channels["CELSE"].members.remove(BOT)
        url = office.machine.origin + office.machine.reply_address("UMIA", "CELSE")
        await office.commands("mia", "hjælp", url=url)
        (reply,) = office.machine.whispers["UMIA"]
        assert reply["text"].startswith("Sådan bruger du mig")
        await office.commands("sue", "hjælp")
        assert office.seen("DUSUE")[0].startswith("Sådan bruger du mig")

    run(story())


def test_a_whispered_answer_is_replaced_when_its_button_is_pressed(office):
    async def story():
        await office.commands("mia", WORDS)
        value = office.machine.called("chat.postEphemeral")[0]["blocks"][-1]["elements"][0]["value"]
        (first,) = office.machine.whispers["UMIA"]
        url = office.machine.origin + office.machine.reply_address("UMIA", "CELSE", first["ts"])
        container = {"type": "message", "message_ts": first["ts"], "channel_id": "CELSE", "is_ephemeral": True}
        await office.presses("mia", value, "CELSE", container=container, response_url=url)
        assert office.machine.whispers["UMIA"]
        assert first not in office.machine.whispers["UMIA"]

    run(story())


def test_the_shortcut_opens_the_messages_words_and_the_answer_lands_in_its_thread(office):
    async def story():
        await office.payload(
            {
                "type": "message_action",
                "callback_id": "spoerg_driftsvagt",
                "trigger_id": office.machine.trigger("UMIA"),
                "user": {"id": "UMIA", "team_id": TEAM},
                "team": {"id": TEAM},
                "channel": {"id": "CALL"},
                "message": {"ts": "88.000100", "text": f"{WORDS} &lt;nu&gt;", "user": "USUE"},
            }
        )
        office.machine.spoken["CALL"].append({"ts": "88.000100", "user": "USUE"})
        (opened,) = office.machine.called("views.open")
        assert opened["view"]["blocks"][0]["element"]["initial_value"] == f"{WORDS} <nu>"
        await office.submits("mia", opened["view"]["private_metadata"], {"text": WORDS})
        assert office.machine.messages["CALL"][0]["thread_ts"] == "88.000100"

    run(story())


def test_the_home_page_shows_what_is_mine_and_what_is_free(office):
    async def story():
        await office.asks_for_help()
        for who in ("mia", "sam"):
            await office.event({"type": "app_home_opened", "user": f"U{who.upper()}", "tab": "home", "channel": "D1"})
        mine, sams = [json.dumps(each["view"], ensure_ascii=False) for each in office.machine.called("views.publish")]
        assert "#1 Etiket" in mine
        assert "Ledige sager" not in mine
        assert "Sådan bruger du mig" in mine
        assert "find et menneske med det samme" in mine
        assert "Ledige sager" in sams
        assert "claim:1" in sams
        await office.presses(
            "sam", "claim:1", container={"type": "view"}, channel_="", view={"id": "V9", "type": "home"}
        )
        assert "Sam har den" in office.seen("CNORD")[0] or "Du har den" in office.seen("CNORD")[0]
        await office.door.quiet()
        homes = {
            each["user_id"]: json.dumps(each["view"], ensure_ascii=False)
            for each in office.machine.called("views.publish")
        }
        assert "resolve:1" in homes["USAM"]
        assert "Sam har den" in homes["UMIA"]

    run(story())


@pytest.mark.parametrize(
    "more",
    [
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"deleted": True},
        {"team_id": "T9"},
        {"profile": {"email": "x@y"}},
    ],
)
def test_guests_strangers_and_the_deactivated_are_told_no_and_are_nobody(office, more):
    async def story():
        office.machine.knows("UGUEST", "mia@fjordby.example", **more)
        await office.says("guest", WORDS)
        told = [] if more.get("deleted") else ["Jeg kender dig ikke. Bed it om at skrive dig ind i organisationsfilen."]
        assert office.seen("DUGUEST") == told
        assert not office.accounts.all()

    run(story())


def test_what_names_no_workspace_comes_from_the_one_of_the_token(office):
    async def story():
        office.machine.knows("UMIA", "mia@fjordby.example", team_id=None)
        await office.event(
            {"type": "message", "user": "UMIA", "text": "hjælp", "channel": "DUMIA", "ts": "1.1"}, team=""
        )
        assert office.seen("DUMIA")[0].startswith("Sådan bruger du mig")
        assert [each.workspace for each in office.accounts.all()] == [TEAM]

    run(story())


def test_our_own_words_are_never_answered(office):
    async def story():
        for user in (BOT, "driftsvagt"):
            await office.event({"type": "message", "user": user, "text": "hej", "channel": "DUMIA", "ts": "1.1"})
        assert not [name for name, _ in office.machine.calls if name.startswith("chat.")]

    run(story())


def test_another_workspace_is_not_ours_whatever_its_addresses_say(office):
    async def story():
        office.machine.knows("UMIA", "mia@fjordby.example", team_id="T9")
        await office.event(
            {"type": "message", "user": "UMIA", "text": WORDS, "channel": "DUMIA", "ts": "1.1", "team": "T9"}, team="T9"
        )
        assert "kender dig ikke" in office.seen("DUMIA")[0]
        assert not office.accounts.all()

    run(story())


def test_an_address_is_linked_once_and_a_second_account_with_it_is_nobody(office):
    async def story():
        await office.says("mia", "hjælp")
        (link,) = office.accounts.all()
        assert (link.workspace, link.account, link.person) == (TEAM, "UMIA", "mia")
        office.machine.knows("UMIA2", "mia@fjordby.example")
        await office.event(
            {
                "type": "message",
                "user": "UMIA2",
                "text": "hjælp",
                "channel": "DUMIA2",
                "ts": "4.1",
                "channel_type": "im",
            }
        )
        assert "kender dig ikke" in office.seen("DUMIA2")[0]
        assert office.accounts.all() == [link]

    run(story())


def test_the_language_is_that_of_the_slack_profile(office):
    async def story():
        office.machine.knows("UMIA", "mia@fjordby.example", locale="en-GB")
        await office.says("mia", "help")
        assert office.seen("DUMIA")[0].startswith("How to use me")
        await office.says("mia", f"<@{BOT}> qwzx vrt", "CALL", ts="99.000100")
        assert office.seen("CALL")[0].startswith("I did not find")

    run(story())


def test_what_is_not_signed_is_not_heard(office):
    async def story():
        body = json.dumps({"type": "event_callback", "team_id": TEAM, "event": {"type": "message"}})
        assert (await office.post(body, "application/json", signed_with="forkert")).status_code == 401
        assert (await office.post(body, "application/json", at=1)).status_code == 401
        assert (await office.post("x" * 2_000_000, "application/json")).status_code == 413
        assert (await office.post("{", "application/json")).status_code < 500

    run(story())


def test_what_cannot_be_kept_is_not_acknowledged(office):
    async def story():
        office.machine.users.clear()
        assert (await office.says("mia", WORDS)).status_code == 503
        office.machine.knows("UMIA", "mia@fjordby.example")
        assert (await office.says("mia", WORDS)).status_code == 200

    run(story())


def test_a_cpr_number_never_reaches_the_desk_or_the_other_side(office):
    async def story():
        await office.says("mia", "menneske: printeren hos 010190-1234 skriver blanke etiketter, etiketprinteren")
        assert "010190" not in json.dumps(office.machine.calls)
        assert any("CPR" in each and "fjernede" in each for each in office.seen("DUMIA"))

    run(story())


def test_lost_access_is_told_to_it_where_it_can_be_read(office):
    async def story():
        await office.event({"type": "tokens_revoked", "tokens": {"bot": [BOT]}})
        (said,) = [each for each in office.web.said if each.place.who == "it"]
        assert "tokens_revoked" in str(said.message.text)

    run(story())
