"""Socket Mode: the same way in without an address of ours; and what `doctor` and the start-up say of Slack."""

import asyncio
import json
from dataclasses import replace

import pytest
from aiohttp import web
from office import Office
from slack_world import TEAM

from bot.domain.people import Account, PersonId
from bot.messengers.slack.connection import Access
from bot.messengers.slack.examining import examine

APP = {"app_token": "xapp-1"}


@pytest.fixture
def by_socket(known, search, empty_sqlite):
    opened = Office(known, search, empty_sqlite, **APP)
    yield opened
    opened.close()


class Socket:
    """Slack's end of it."""

    def __init__(self):
        self.acks, self.connected, self.left = asyncio.Queue(), asyncio.Queue(), asyncio.Queue()

    async def open(self):
        app = web.Application()
        app.router.add_get("/link", self._link)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return f"ws://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/link"

    async def close(self):
        await self._runner.cleanup()

    async def _link(self, request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self.connected.put(socket)
        async for message in socket:
            if message.type == web.WSMsgType.TEXT and message.data.startswith("{"):
                await self.acks.put(json.loads(message.data))
        await self.left.put(socket)
        return socket


def test_over_the_socket_a_question_is_acknowledged_and_answered_and_closing_ends_it(by_socket):
    async def story():
        slack = Socket()
        by_socket.machine.socket = await slack.open()
        assert by_socket.door.routes == ()
        async with by_socket.door.alongside():
            link = await slack.connected.get()
            event = {
                "type": "message",
                "user": "UMIA",
                "text": "hjælp",
                "channel": "DUMIA",
                "ts": "7.000100",
                "channel_type": "im",
            }
            payload = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event}
            for envelope in ("e1", "e2"):
                await link.send_json({"type": "events_api", "envelope_id": envelope, "payload": payload})
                assert (await slack.acks.get())["envelope_id"] == envelope
            await by_socket.settle()
        assert len(by_socket.seen("DUMIA")) == 1
        await slack.left.get()
        await slack.close()

    asyncio.run(story())


def test_a_socket_that_is_refused_is_told_to_it_and_tried_again(by_socket):
    by_socket.slack.connect_again = 0.0

    async def story():
        slack = Socket()
        url = await slack.open()
        by_socket.machine.fails("apps.connections.open", "not_allowed_token_type", "internal_error")
        by_socket.machine.socket = url
        async with by_socket.door.alongside():
            await slack.connected.get()
        by_socket.deliver()
        assert any("Socket Mode: not_allowed_token_type" in str(each.message.text) for each in by_socket.web.said)
        await slack.close()

    asyncio.run(story())


def test_at_the_start_the_scopes_are_compared(office):
    office.machine.scopes = ("chat:write", "commands")
    identity = office.slack.greet()
    assert "im:history" in identity.missing
    office.deliver()
    assert any("missing_scope" in str(each.message.text) for each in office.web.said)


def test_at_the_start_a_slack_that_is_not_there_yet_stops_nothing(office):
    office.machine.fails("auth.test", "invalid_auth", "internal_error")
    assert office.slack.greet() is None
    assert office.slack.greet() is None
    office.slack.client.base_url = "http://127.0.0.1:9/"
    assert office.slack.greet() is None
    office.deliver()
    assert any("invalid_auth" in str(each.message.text) for each in office.web.said)


def found(office, **more):
    access = replace(Access("xoxb-1", office.machine.url), **more)
    return [
        (each.state, each.said) for each in examine(access, office.knowledge.now().organisation, office.accounts.all())
    ]


def test_the_doctor_lists_links_channels_and_what_is_wrong_with_them(office):
    for account, person in (("UMIA", "mia"), ("USAM", "sam"), ("UGONE", "sue"), ("UIVO", "nobody")):
        office.accounts.link(Account("slack", TEAM, account, PersonId(person)))
    office.machine.knows("USAM", "sam@fjordby.example", deleted=True)
    office.machine.channels["CIT"].members.discard("U0BOT")
    said = found(office)
    assert ("good", "workspace Fjordby, as driftsvagt") in said
    assert ("good", f"{TEAM} UMIA is mia") in said
    assert ("odd", f"{TEAM} USAM is sam, but is deactivated in Slack") in said
    assert ("odd", f"{TEAM} UGONE is sue: user_not_found") in said
    assert ("odd", f"{TEAM} UIVO is nobody, who is not in the organisation file any more") in said
    assert ("bad", "channel CIT of it: the bot is not in it; write /invite @Driftsvagt there") in said
    assert ("good", "1 of 2 channels can be written in") in said
    assert ("good", "HTTP at /slack/events, with the signing secret") in said


def test_the_doctor_says_what_slack_refuses(office):
    office.machine.scopes = ("chat:write",)
    office.machine.fails("conversations.info", "channel_not_found")
    said = found(office, **APP)
    assert ("bad", "DRIFTSVAGT_SLACK_APP_TOKEN is refused: not_allowed_token_type") in said
    assert any(state == "bad" and each.startswith("scopes not granted: app_mentions:read") for state, each in said)
    assert any(
        state == "bad" and each.startswith("channel CNORD of printere-nord: channel_not_found") for state, each in said
    )
    office.machine.socket = "wss://x"
    assert ("good", "Socket Mode") in found(office, **APP)
    office.machine.fails("auth.test", "invalid_auth")
    assert found(office) == [("bad", "DRIFTSVAGT_SLACK_BOT_TOKEN is refused: invalid_auth; install the app again")]
    assert "does not answer" in found(office, api_url="http://127.0.0.1:9/")[0][1]
