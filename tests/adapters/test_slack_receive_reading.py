"""Whatever Slack (or somebody else) sends, it is read as one of the things people do, or as nothing; never as a fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_world import TEAM

from bot.messengers.slack.deliveries import metadata, read_metadata
from bot.messengers.slack.places import heard_key, number_in, read_id
from bot.messengers.slack.reading import Commanded, HomeOpened, Lost, Pressed, Said, Shortcut, Submitted, Who, read

WORDS = st.sampled_from(
    [
        "type", "event", "event_callback", "message", "app_mention", "block_actions", "actions", "button", "user", "id", "U1",
        "channel", "C1", "D1", "ts", "1.000100", "text", "subtype", "message_changed", "file_share", "files", "view",
        "view_submission", "callback_id", "form", "private_metadata", "value", "trigger_id", "command", "user_id", "edited",
        "previous_message", "channel_id", "message_action", "spoerg_driftsvagt", "container", "home", "tab", "app_home_opened",
        "tokens_revoked", "thread_ts", "team", "team_id", "bot_id", "channel_type", "im",
    ]
)  # fmt: skip
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=20,
)
MIA = Who(TEAM, "UMIA")
SAID = {"type": "message", "user": "UMIA", "text": "hej", "channel": "C1", "ts": "1.000100"}


def event(**more):
    return read({"type": "event_callback", "team_id": TEAM, "event": SAID | more})


@given(st.dictionaries(WORDS, ODD, max_size=8))
def test_nothing_that_comes_is_a_fault(body):
    read(body)
    for kind in ("event_callback", "block_actions", "view_submission", "message_action"):
        read(body | {"type": kind})


@given(ODD)
def test_no_event_is_a_fault(odd):
    for kind in ("message", "app_mention", "app_home_opened"):
        for name in (
            "text",
            "user",
            "channel",
            "ts",
            "files",
            "message",
            "previous_message",
            "subtype",
            "thread_ts",
            "tab",
        ):
            event(**{"type": kind, name: odd})


def test_a_message_is_read_with_its_thread_its_files_and_who_wrote_it():
    files = [{"name": "a.png"}, {"title": "b"}, {}, "c"]
    assert event(thread_ts="0.000100", files=files, subtype="file_share", team=TEAM) == Said(
        MIA, "C1", False, "1.000100", "0.000100", "hej", ("a.png", "b", "?")
    )
    assert event(thread_ts="1.000100").thread == ""  # the root itself
    assert event(user_team="T9").who.team == "T9"
    assert event(channel="D1").is_direct
    assert event().key == event(type="app_mention").key


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1"},
        {"subtype": "channel_join"},
        {"subtype": "message_deleted"},
        {"channel": "C1; drop"},
        {"ts": "now"},
        {"user": ""},
        {"type": "reaction_added"},
    ],
)
def test_what_no_person_wrote_is_nothing(more):
    assert event(**more) is None


def test_an_edit_is_read_only_when_the_words_changed():
    def edit(**more):
        message = {"user": "UMIA", "ts": "1.000100", "text": "nyt", "edited": {"ts": "2.0"}}
        body = {"subtype": "message_changed", "message": message, "previous_message": {"text": "gammelt"}} | more
        return event(**body)

    assert (edit().text, edit().edited_at) == ("nyt", "2.0")
    assert edit().key != event().key
    assert edit(previous_message={"text": "nyt"}) is None
    assert edit(message={"text": "nyt"}) is None


def test_a_press_is_read_with_where_it_was_and_a_select_is_not_one():
    body = {
        "type": "block_actions",
        "user": {"id": "UMIA", "team_id": TEAM},
        "container": {"type": "message", "message_ts": "5.1", "channel_id": "C1", "is_ephemeral": True},
        "actions": [{"type": "button", "action_id": "0:claim:1", "value": "claim:1", "action_ts": "6.1"}],
    }
    assert read(body) == Pressed(MIA, "C1", "5.1", "claim:1", "0:claim:1", "6.1", "", is_whispered=True)
    assert read(body | {"container": {}, "view": {"id": "V1", "type": "home"}}).is_home
    assert read(body | {"actions": [{"type": "static_select", "action_id": "value"}]}) is None
    assert read(body | {"actions": []}) is None


def test_the_rest_is_read_as_what_it_is():
    user = {"id": "UMIA", "team_id": TEAM}
    view = {"id": "V1", "callback_id": "form", "private_metadata": "resolve:1|C1|"}
    assert read({"type": "view_submission", "user": user, "view": view}) == Submitted(MIA, "V1", "resolve:1|C1|", view)
    assert read({"type": "view_submission", "user": user, "view": view | {"callback_id": "other"}}) is None
    command = {
        "command": "/driftsvagt",
        "user_id": "UMIA",
        "team_id": TEAM,
        "channel_id": "C1",
        "trigger_id": "t",
        "text": "hej",
    }
    assert read(command) == Commanded(MIA, "C1", "hej", "t", "")
    assert read(command | {"channel_id": "?"}) is None
    shortcut = {"type": "message_action", "callback_id": "spoerg_driftsvagt", "user": user, "trigger_id": "t"}
    message = {"ts": "1.000100", "thread_ts": "0.000100", "text": "hej"}
    assert read(shortcut | {"channel": {"id": "C1"}, "message": message}) == Shortcut(MIA, "C1", "0.000100", "hej", "t")
    assert read(shortcut) is None
    assert event(type="app_home_opened", tab="home") == HomeOpened(MIA)
    assert event(type="app_home_opened", tab="messages") is None
    assert event(type="tokens_revoked") == Lost("tokens_revoked")


def test_what_a_form_remembers_is_read_back_and_nothing_else_is():
    assert read_metadata(metadata("resolve:1", "C1", "1.000100")) == ("resolve:1", "C1", "1.000100")
    assert read_metadata("resolve:1") == ("resolve:1", "", "")
    assert read_metadata("x|C1:evil|not a time") == ("x", "", "")


def test_ids_of_messages_and_keys_of_cards_are_read_strictly():
    assert read_id("C1:1.000100") == ("C1", "1.000100")
    assert (read_id("12"), read_id(""), read_id("C1:x")) == (None, None, None)
    assert (number_in("ticket:7:mine"), number_in("told:7:9"), number_in("case:7"), number_in("ticket:x:mine")) == (
        "7",
        "7",
        "",
        "",
    )
    assert heard_key("sam", "// hej") == heard_key("sam", "hej ")
