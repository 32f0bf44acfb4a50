"""The same adapter on a Slack that is not ours: `emulate`, with strict scopes. Node and npm install it; else it is skipped aloud.

It knows the Web API. Presses, forms and commands it does not send, so people's hands are ours here.
"""

import asyncio
import os
import select
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
import yaml
from office import PEOPLE, Office
from ports import kept_port
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.messengers.slack.manifest import SCOPES

PEER = Path(__file__).parents[1] / "peers/emulate"
PROGRAM = PEER / "node_modules/emulate/dist/index.js"
STRICT = bool(os.environ.get("DRIFTSVAGT_NO_SKIPS"))
TEAM, BOT, ADMIN = "T000000001", "UDRIFTSVAGT", "xoxp-admin"
PATIENCE, GLANCE = 120, 0.1  # seconds


class Emulated:
    """What the office needs of a workspace."""

    origin = ""

    def __init__(self, directory, scopes=SCOPES):
        self._kept = kept_port()
        port = self._kept.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/api/"
        seed = {
            "slack": {
                "team": {"name": "Fjordby", "domain": "fjordby"},
                "users": [{"name": each, "email": f"{each}@fjordby.example", "real_name": each.title()} for each in PEOPLE],
                "channels": [{"name": "nord"}, {"name": "it"}],
                "strict_scopes": True,
                "oauth_apps": [
                    {
                        "client_id": "1.1", "client_secret": "x", "app_id": "A1", "name": "Driftsvagt",
                        "redirect_uris": [], "scopes": list(scopes), "bot_id": "BDRIFTSVAGT", "bot_user_id": BOT,
                    }
                ],
                "tokens": [
                    {
                        "token": "xoxb-1", "user": BOT, "type": "bot", "scopes": list(scopes), "app_id": "A1",
                        "bot_id": "BDRIFTSVAGT", "bot_user_id": BOT,
                    },
                    {"token": ADMIN, "user": "mia"},
                ],
            }
        }  # fmt: skip
        (directory / "seed.yaml").write_text(yaml.safe_dump(seed), encoding="utf-8")
        self._log = (directory / "log").open("wb")
        command = ["node", str(PROGRAM), "start", "--service", "slack", "--port", str(port), "--seed", "seed.yaml"]
        self.process = subprocess.Popen(command, cwd=directory, stdout=self._log, stderr=self._log)
        self._until_it_listens(port)
        self.admin = WebClient(ADMIN, self.url)
        self.ids = {each["name"]: each["id"] for each in self.admin.users_list()["members"]}
        self.channels = {each["name"]: each["id"] for each in self.admin.conversations_list()["channels"]}
        for name in ("nord", "it"):
            self.admin.conversations_invite(channel=self.channels[name], users=BOT)

    def trigger(self, user):
        return self.admin.api_call("views.generateTriggerId", json={"user_id": user})["trigger_id"]

    def said(self, channel):
        return [each["text"] for each in reversed(self.admin.conversations_history(channel=channel)["messages"])]

    def close(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self._log.close()
        self._kept.close()

    def _until_it_listens(self, port):
        for _ in range(round(PATIENCE / GLANCE)):
            with socket.socket() as door:
                if not door.connect_ex(("127.0.0.1", port)):
                    return
            if self.process.poll() is not None:
                break
            select.select([], [], [], GLANCE)
        self.close()
        pytest.fail("emulate does not start")


@pytest.fixture(scope="module")
def peer(tmp_path_factory):
    if not (shutil.which("node") and PROGRAM.exists()):
        if STRICT:
            pytest.fail("emulate is not installed")
        pytest.skip("SKIPPED: emulate is not installed (npm ci --prefix tests/peers/emulate)")
    opened = Emulated(tmp_path_factory.mktemp("emulate"))
    yield opened
    opened.close()


def refused(act):
    with pytest.raises(SlackApiError) as no:
        act()
    return no.value.response


def test_a_question_becomes_a_card_that_is_claimed_answered_and_solved(peer, known, search, empty_sqlite):
    ours = {"printere-nord": peer.channels["nord"], "it": peer.channels["it"]}
    office = Office(known, search, empty_sqlite, machine=peer, ours=ours)
    nord = peer.channels["nord"]
    mia, sam, sue = (peer.ids[each] for each in ("mia", "sam", "sue"))

    async def press(user, value, channel, ts):
        return await office.presses(
            "", value, channel, ts, user={"id": user, "team_id": TEAM}, team={"id": TEAM}, trigger_id=peer.trigger(user)
        )

    async def story():
        direct = office.slack.client.conversations_open(users=mia)["channel"]["id"]
        said = {
            "type": "message",
            "user": mia,
            "text": "menneske: Etiketprinteren skriver blanke etiketter",
            "team": TEAM,
        }
        await office.event(said | {"channel": direct, "channel_type": "im", "ts": "5.000100"}, team=TEAM)
        assert [each for each in peer.said(nord) if each.startswith("#1")]
        assert peer.said(direct)[-1].startswith("#1 Etiketprinteren")
        card = office.slack.client.conversations_history(channel=nord)["messages"][0]["ts"]
        await press(sam, "claim:1", nord, card)
        await press(sue, "claim:1", nord, card)
        assert "(Sam har den)" in peer.said(nord)[-1]
        await press(sam, "resolve:1", nord, card)
        metadata = f"resolve:1|{nord}|"
        view = {"id": "V1", "type": "modal", "callback_id": "form", "private_metadata": metadata}
        view |= {"blocks": [{"type": "input", "block_id": "solution"}]}
        view |= {"state": {"values": {"solution": {"value": {"type": "plain_text_input", "value": "Vend rullen"}}}}}
        await office.payload({"type": "view_submission", "user": {"id": sam, "team_id": TEAM}, "view": view})
        assert office.ticket().state == "resolved"
        mine = office.slack.client.conversations_history(channel=direct)["messages"][-1]["ts"]
        thread = office.slack.client.conversations_replies(channel=direct, ts=mine)["messages"]
        assert any("Vend rullen" in each["text"] for each in thread)
        await office.event({"type": "app_home_opened", "user": mia, "tab": "home"}, team=TEAM)
        own = {"type": "message", "user": BOT, "bot_id": "BDRIFTSVAGT", "text": "Hej", "channel": nord, "ts": "6.1"}
        assert (await office.event(own, team=TEAM)).status_code == 200

    try:
        asyncio.run(story())
        with office.database.reading() as connection:
            waiting = connection.exec_driver_sql(
                "select notice, why from outbox where state != 'sent' and state != 'replaced'"
            )
            assert [tuple(each) for each in waiting] == []
    finally:
        office.database.close()


def test_a_form_opens_once_with_a_trigger_and_a_stale_page_is_refused(peer):
    client = WebClient("xoxb-1", peer.url)
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    first = client.views_publish(user_id=peer.ids["mia"], view=view)["view"]
    client.views_publish(user_id=peer.ids["mia"], view=view)
    stale = refused(lambda: client.views_publish(user_id=peer.ids["mia"], view=view, hash=first["hash"]))
    assert stale["error"] == "hash_conflict"


@pytest.mark.parametrize(
    ("scope", "act"),
    [
        ("chat:write", lambda client, peer: client.chat_postMessage(channel=peer.channels["nord"], text="Hej")),
        ("im:write", lambda client, peer: client.conversations_open(users=peer.ids["mia"])),
        ("channels:read", lambda client, peer: client.conversations_info(channel=peer.channels["nord"])),
        ("channels:history", lambda client, peer: client.conversations_history(channel=peer.channels["nord"])),
        ("users:read", lambda client, peer: client.users_info(user=peer.ids["mia"])),
        ("users:read.email", lambda client, _: client.users_lookupByEmail(email="mia@fjordby.example")),
    ],
)
@pytest.mark.usefixtures("peer")
def test_each_scope_that_is_left_out_is_missed(scope, act, tmp_path_factory):
    lacking = Emulated(tmp_path_factory.mktemp("lacking"), tuple(each for each in SCOPES if each != scope))
    try:
        no = refused(lambda: act(WebClient("xoxb-1", lacking.url), lacking))
        assert (no["error"], scope in no["needed"]) == ("missing_scope", True)
    finally:
        lacking.close()
