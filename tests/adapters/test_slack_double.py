"""The double itself: it refuses what Slack refuses, and unmodified slack_sdk and Bolt get on with it."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from office import PATIENCE, SECRET, signed
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_double import APP_TOKEN, BOT_TOKEN, METHODS, NEEDS, Double
from slack_rules import of_blocks, of_view
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route

from bot.messengers.slack.manifest import METHODS as OURS
from bot.messengers.slack.manifest import SCOPES


@dataclass
class Clock:
    at: datetime = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)

    def now(self):
        return self.at


@pytest.fixture
def double():
    opened = Double(Clock()).open()
    opened.clock = opened.now
    opened.knows("UMIA", "mia@fjordby.example", name="Mia")
    opened.knows("USAM", "sam@fjordby.example", name="Sam")
    opened.has("CNORD", "USAM")
    yield opened
    opened.close()


@pytest.fixture
def client(double):
    return WebClient(BOT_TOKEN, double.url, retry_handlers=[])


def said(client, channel="CNORD", text="Hej", **more):
    return client.chat_postMessage(channel=channel, text=text, unfurl_links=False, unfurl_media=False, **more)


def refused(act):
    with pytest.raises(SlackApiError) as no:
        act()
    return no.value.response["error"]


def plain(text):
    return {"type": "plain_text", "text": text, "emoji": False}


def section(text="x", **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}} | more


def button(label="Tag", value="claim:1", action="0", **more):
    return {"type": "button", "text": plain(label), "value": value, "action_id": action} | more


def actions(*buttons):
    return {"type": "actions", "elements": list(buttons)}


def select(count=1, label="A"):
    options = [{"text": plain(label), "value": str(nth)} for nth in range(count)]
    return {"type": "static_select", "action_id": "s", "options": options, "placeholder": plain("Vælg")}


def field(**more):
    entry = {"type": "plain_text_input", "action_id": "value"}
    return {"type": "input", "block_id": "text", "label": plain("Spørgsmål"), "element": entry} | more


def modal(*blocks, title="Driftsvagt"):
    return {"type": "modal", "title": plain(title), "submit": plain("Send"), "blocks": list(blocks)}


BAD = {
    "51 blocks": [{"type": "divider"}] * 51,
    "an unknown type": [{"type": "carousel_of_ours"}],
    "a section of 3001": [section("x" * 3001)],
    "a section without text": [{"type": "section"}],
    "empty text": [section("")],
    "a button of 76": [actions(button("x" * 76))],
    "a value of 2001": [actions(button(value="x" * 2001))],
    "an action_id of 256": [actions(button(action="x" * 256))],
    "a purple button": [actions(button(style="purple"))],
    "a button label in mrkdwn": [actions(button(text={"type": "mrkdwn", "text": "x", "verbatim": True}))],
    "a header of 151": [{"type": "header", "text": plain("x" * 151)}],
    "26 buttons": [actions(*(button(action=str(nth)) for nth in range(26)))],
    "an action_id twice": [actions(button(), button())],
    "a block_id twice": [section(block_id="a"), section(block_id="a")],
    "101 options": [actions(select(101))],
    "an option of 76": [actions(select(label="x" * 76))],
    "an unknown field": [section(colour="red")],
    "11 elements of context": [{"type": "context", "elements": [plain("x")] * 11}],
    "an input without label": [{each: field()[each] for each in ("type", "block_id", "element")}],
}
BAD_VIEWS = {
    "a title of 25": modal(section(), title="x" * 25),
    "101 blocks in a modal": modal(*[{"type": "divider"}] * 101),
}


@pytest.mark.parametrize("blocks", BAD.values(), ids=BAD)
def test_a_bad_message_is_refused_and_remembered(double, client, blocks):
    assert refused(lambda: said(client, blocks=blocks)) == "invalid_blocks"
    assert double.violations
    assert not double.messages["CNORD"]


@pytest.mark.parametrize("view", BAD_VIEWS.values(), ids=BAD_VIEWS)
def test_a_bad_form_is_refused_and_remembered(double, client, view):
    trigger = double.trigger("UMIA")
    assert refused(lambda: client.views_open(trigger_id=trigger, view=view)) == "invalid_blocks"
    assert double.violations


def test_there_are_twenty_one_of_them():
    assert len(BAD) + len(BAD_VIEWS) == 21


def test_a_good_card_and_a_good_form_are_taken(double, client):
    card = [section("Etiketprinteren"), actions(button(style="primary"), button("Nej", "no:1", "1"))]
    ts = said(client, blocks=card)["ts"]
    client.chat_update(channel="CNORD", ts=ts, text="Sam har den", blocks=card[:1])
    said(client, thread_ts=ts)
    client.views_open(trigger_id=double.trigger("UMIA"), view=modal(field(), field(block_id="b", element=select(3))))
    client.views_publish(user_id="UMIA", view={"type": "home", "blocks": card})
    assert [each["text"] for each in double.messages["CNORD"]] == ["Sam har den", "Hej"]
    assert double.violations == []


@pytest.mark.parametrize(
    "text", ["<!channel>", "<@U0BOT>", "<https://evil|intranet>", "a & b", "<!subteam^S1>", "1 < 2"]
)
def test_what_would_call_somebody_or_lead_somewhere_is_refused(double, client, text):
    assert refused(lambda: said(client, text=text)) == "invalid_blocks"
    assert of_blocks([section(text)], "message")
    broadcast = {"type": "rich_text_section", "elements": [{"type": "broadcast", "range": "channel"}]}
    assert of_blocks([{"type": "rich_text", "elements": [broadcast]}], "message")
    assert double.violations


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
def test_a_message_needs_words_and_must_not_be_unfurled(client):
    assert refused(lambda: said(client, text="")) in {"no_text", "invalid_arguments"}
    assert refused(lambda: client.chat_postMessage(channel="CNORD", text="Hej")) == "invalid_arguments"
    assert refused(lambda: said(client, link_names=True)) == "invalid_arguments"
    assert refused(lambda: said(client, colour="red")) == "invalid_arguments"
    assert refused(lambda: client.api_call("chat.postMessage", json={"channel": "CNORD"})) == "invalid_arguments"
    assert refused(lambda: client.api_call("chat.shout", json={})) == "unknown_method"


def test_tokens_are_looked_at(double):
    assert refused(lambda: WebClient("xoxb-2", double.url).auth_test()) == "invalid_auth"
    assert refused(lambda: WebClient("", double.url).auth_test()) == "not_authed"
    double.revoked.add(BOT_TOKEN)
    assert refused(lambda: WebClient(BOT_TOKEN, double.url).auth_test()) == "token_revoked"
    double.socket = "wss://x"
    assert refused(lambda: WebClient(BOT_TOKEN, double.url).apps_connections_open(app_token=BOT_TOKEN))
    assert WebClient("", double.url).apps_connections_open(app_token=APP_TOKEN)["url"] == "wss://x"


@pytest.mark.parametrize("scope", sorted(SCOPES))
def test_without_a_scope_what_needs_it_is_refused_by_name(double, client, scope):
    asks = {
        "chat:write": lambda: said(client),
        "im:write": lambda: client.conversations_open(users="UMIA"),
        "channels:read": lambda: client.conversations_info(channel="CNORD"),
        "groups:read": lambda: client.conversations_info(channel="CSECRET"),
        "channels:history": lambda: client.conversations_history(channel="CNORD"),
        "groups:history": lambda: client.conversations_replies(channel="CSECRET", ts="1.1"),
        "im:history": lambda: client.conversations_history(channel=double.direct("UMIA")),
        "users:read": lambda: client.users_info(user="UMIA"),
        "users:read.email": lambda: client.users_lookupByEmail(email="mia@fjordby.example"),
    }
    double.has("CSECRET", is_private=True)
    double.scopes = tuple(each for each in SCOPES if each != scope)
    if scope in asks:
        with pytest.raises(SlackApiError) as no:
            asks[scope]()
        assert no.value.response["error"] == "missing_scope"
        assert scope in no.value.response["needed"]
    granted = {name.lower(): value for name, value in client.auth_test().headers.items()}["x-oauth-scopes"]
    assert scope not in granted.split(",")


def test_it_knows_every_method_of_the_client_and_needs_of_each_that_we_call():
    assert len(METHODS) > 300
    assert set(OURS) <= set(NEEDS)


def test_channels_and_people_are_as_they_are(double, client):
    double.has("COLD", is_archived=True)
    double.has("CELSE")
    double.channels["CELSE"].members.clear()
    assert refused(lambda: said(client, "CNONE")) == "channel_not_found"
    assert refused(lambda: said(client, "COLD")) == "is_archived"
    assert refused(lambda: said(client, "CELSE")) == "not_in_channel"
    assert refused(lambda: client.chat_postEphemeral(channel="CNORD", user="UMIA", text="x")) == "user_not_in_channel"
    assert refused(lambda: client.users_info(user="U9")) == "user_not_found"
    assert refused(lambda: client.users_lookupByEmail(email="x@y")) == "users_not_found"
    double.users["USAM"]["deleted"] = True
    assert refused(lambda: client.conversations_open(users="USAM")) == "user_disabled"
    assert refused(lambda: said(client, thread_ts="1.1")) == "thread_not_found"
    assert refused(lambda: client.chat_update(channel="CNORD", ts="1.1", text="x")) == "message_not_found"
    double.spoken["CNORD"].append({"ts": "5.1", "user": "USAM"})
    assert refused(lambda: client.chat_update(channel="CNORD", ts="5.1", text="x")) == "cant_update_message"
    assert "locale" not in client.users_info(user="UMIA")["user"]


def test_a_trigger_lives_three_seconds_and_opens_one_form(double, client):
    def opens(trigger):
        return lambda: client.views_open(trigger_id=trigger, view=modal(field()))

    first, second = double.trigger("UMIA"), double.trigger("UMIA")
    opens(first)()
    assert refused(opens(first)) == "exchanged_trigger_id"
    double.now = lambda: double.clock() + 3.1
    assert refused(opens(second)) == "expired_trigger_id"
    assert refused(opens("t")) == "invalid_trigger_id"
    for _ in range(2):
        opens(double.trigger("UMIA"))()
    assert refused(opens(double.trigger("UMIA"))) == "push_limit_reached"


def test_a_view_that_was_closed_or_changed_is_not_updated(double, client):
    view = client.views_open(trigger_id=double.trigger("UMIA"), view=modal(field()))["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section()))
    assert (
        refused(lambda: client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section())))
        == "hash_conflict"
    )
    double.stacks["UMIA"].clear()
    assert refused(lambda: client.views_update(view_id=view["id"], view=modal(section()))) == "not_found"
    assert of_view(modal(field()) | {"type": "home"})


def test_a_channel_takes_three_at_once_and_then_one_a_second(double, client):
    double.is_paced = True
    for _ in range(3):
        said(client)
    with pytest.raises(SlackApiError) as no:
        said(client)
    assert no.value.response.status_code == 429
    assert no.value.response.headers["Retry-After"] == "1"
    at = double.clock() + timedelta(seconds=1).total_seconds()
    double.now = lambda: at
    said(client)
    assert refused(lambda: said(client)) == "ratelimited"


def test_an_answers_own_address_is_used_five_times(double):
    path = double.reply_address("UMIA", "CNORD")
    assert [double.answer_reply(path, {"text": "x"}) for _ in range(6)] == ["", "", "", "", "", "expired_url"]
    assert len(double.whispers["UMIA"]) == 5
    assert double.answer_reply(double.reply_address("UMIA", "CNORD"), {"delete_original": True}) == "message_not_found"
    at = double.clock() + 1801
    old = double.reply_address("UMIA", "CNORD")
    double.now = lambda: at
    assert double.answer_reply(old, {"text": "x"}) == "expired_url"


def test_unmodified_bolt_gets_on_with_it(double):
    """A bot of five lines: told who it is by `auth.test`, answering where it was asked."""
    app = AsyncApp(client=AsyncWebClient(BOT_TOKEN, double.url), signing_secret=SECRET)

    @app.event("message")
    async def answer(say):
        await say("Hej Mia", unfurl_links=False, unfurl_media=False)

    async def story():
        web = Starlette(routes=[Route("/slack/events", AsyncSlackRequestHandler(app).handle, methods=["POST"])])
        event = {"type": "message", "user": "UMIA", "text": "hej", "channel": double.direct("UMIA"), "ts": "1.000100"}
        body = {"type": "event_callback", "team_id": "T1FJORDBY", "event_id": "Ev1", "event": event}
        assert (await signed(web, json.dumps(body), "application/json")).status_code == 200
        async with asyncio.timeout(PATIENCE):
            while not double.messages["DUMIA"]:  # noqa: ASYNC110  # Bolt tells nobody when a listener is done
                await asyncio.sleep(0)

    asyncio.run(story())
    assert [each["text"] for each in double.messages["DUMIA"]] == ["Hej Mia"]
    assert double.violations == []
