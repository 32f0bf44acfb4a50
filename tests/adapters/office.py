"""Fjordby in Slack: the real desk on SQLite, the real adapter, and on the other side the strict double."""

import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from urllib.parse import urlencode

import httpx
from slack_double import BOT_TOKEN, Double
from slack_world import TEAM
from starlette.applications import Starlette

from bot.app.attending import work
from bot.desk.clocks import check
from bot.desk.delivery import deliver
from bot.desk.ports import Desk
from bot.desk.reception import receive
from bot.messengers.console import Console
from bot.messengers.slack.connection import Access, Connection
from bot.messengers.slack.pacing import Pace
from bot.storage.database import SqlStore
from bot.storage.doors import Accounts
from bot.storage.engine import Database
from bot.storage.posted import Posted

SECRET = "hemmeligt-som-hos-slack"  # noqa: S105  # of nobody
MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # a Tuesday, 9.30 in Fjordby
PEOPLE = ("mia", "sam", "sue", "ivo", "karen")
PATIENCE = 60  # seconds until a test gives up
OUR = {"printere-nord": "CNORD", "it": "CIT"}


class Hands:
    """A clock that the test moves, and knowledge that it may replace."""

    def __init__(self, value):
        self.value = value

    def now(self):
        return self.value


class AtOnce:
    """Works where it is told to; what was begun is remembered, and done before the test looks."""

    def __init__(self, desk):
        self._desk, self.begun, self.is_slow = desk, [], None

    def take(self, delivery):
        return receive(self._desk, delivery)

    def begin(self, delivery, then=None):
        self.begun.append((delivery, then))

    def settle(self, delivery):
        if self.is_slow:
            self.is_slow.wait(PATIENCE)
        return work(self._desk, delivery)

    def again(self, delivery):
        return self._desk.store.answered(delivery) or self.settle(delivery)

    def work(self):
        while self.begun:
            delivery, then = self.begun.pop(0)
            outcome = work(self._desk, delivery)
            if then:
                then(outcome)


class Office:
    def __init__(self, known, search, url, *, clock=None, ours=None, mail=None, machine=None, **more):
        ours = ours or OUR
        groups = {
            each.id: replace(each, channels=(*each.channels, ("slack", ours[each.id]))) if each.id in ours else each
            for each in known.organisation.groups.values()
        }
        people = {
            each.id: replace(each, groups=tuple(groups[group.id] for group in each.groups))
            for each in known.organisation.people.values()
        }
        self.clock = clock or Hands(MORNING)
        self.machine = machine or fjordby(self.clock)
        self.knowledge = Hands(replace(known, organisation=replace(known.organisation, groups=groups, people=people)))
        self.database, self.web = Database(url), Console(lambda _: None)
        self.accounts, ids = Accounts(self.database), count(1)
        access = Access(
            BOT_TOKEN, self.machine.url, signing_secret=SECRET, base_url="https://desk.example", test_mode=True, **more
        )
        pace = Pace(burst=1000)
        self.slack = Connection(
            access, self.accounts, Posted(self.database), self.knowledge, self.clock, self.web, pace
        )
        outlets = {"web": self.web, "mail": mail or self.web, "slack": self.slack.outlet}
        self.desk = Desk(
            SqlStore(self.database),
            self.knowledge,
            search,
            self.clock,
            outlets,
            lambda: f"{next(ids):08}",
            ("slack", "web"),
        )
        self.hands = AtOnce(self.desk)
        self.waits_for_a_verdict(PATIENCE)
        self._keys = count(1)

    def waits_for_a_verdict(self, seconds):
        """A minute, so that no test depends on how fast the machine is; hardly at all where lateness is what is tested."""
        self.door = self.slack.door(self.desk, self.hands, budget=seconds)
        self.app = Starlette(routes=list(self.door.routes))

    def close(self):
        self.machine.close()
        self.database.close()

    # What people do

    async def event(self, event, team=TEAM, key=None, **headers):
        body = {"type": "event_callback", "team_id": team, "event_id": key or f"Ev{next(self._keys)}", "event": event}
        return await self.sent(json.dumps(body), "application/json", **headers)

    async def says(self, who, text, channel="", **more):
        place = channel or f"DU{who.upper()}"
        kind = "channel" if channel else "im"
        said = {"type": "message", "user": f"U{who.upper()}", "text": text, "channel": place, "channel_type": kind}
        said |= {"ts": f"{next(self._keys)}.000200", "team": TEAM} | more
        self.machine.spoken[place].append(said)
        return await self.event(said)

    async def presses(self, who, value, channel="", ts="1.1", **more):
        pressed = {
            "type": "block_actions",
            "user": {"id": f"U{who.upper()}", "team_id": TEAM},
            "team": {"id": TEAM},
            "trigger_id": self.machine.trigger(f"U{who.upper()}"),
            "container": {"type": "message", "message_ts": ts, "channel_id": channel or f"DU{who.upper()}"},
            "channel": {"id": channel or f"DU{who.upper()}"},
            "actions": [
                {"type": "button", "action_id": f"0:{value}", "value": value, "action_ts": f"{next(self._keys)}.1"}
            ],
        }
        return await self.payload(pressed | more)

    async def submits(self, who, metadata, values, view_id="V1"):
        view = {
            "id": view_id,
            "type": "modal",
            "callback_id": "form",
            "private_metadata": metadata,
            "blocks": [{"type": "input", "block_id": name} for name in values],
            "state": {
                "values": {
                    name: {"value": {"type": "plain_text_input", "value": text}} for name, text in values.items()
                }
            },
        }
        return await self.payload(
            {"type": "view_submission", "user": {"id": f"U{who.upper()}", "team_id": TEAM}, "view": view}
        )

    async def commands(self, who, text, channel="CELSE", url=""):
        form = {
            "command": "/driftsvagt",
            "text": text,
            "user_id": f"U{who.upper()}",
            "team_id": TEAM,
            "channel_id": channel,
        }
        trigger = {"trigger_id": self.machine.trigger(f"U{who.upper()}"), "response_url": url}
        return await self.sent(urlencode(form | trigger), "application/x-www-form-urlencoded")

    async def payload(self, payload):
        return await self.sent(urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded")

    async def sent(self, body, kind, **headers):
        """Signed; then everything is worked and delivered."""
        answer = await self.post(body, kind, **headers)
        for nth in range(1, 20 if getattr(self.machine, "chance", None) else 1):
            if answer.status_code == 200:
                break
            answer = await self.post(
                body, kind, **{"x-slack-retry-num": str(nth), "x-slack-retry-reason": "http_error"}
            )
        await self.settle()
        return answer

    async def post(self, body, kind, at=None, signed_with=SECRET, **headers):
        return await signed(self.app, body, kind, at, signed_with, **headers)

    async def settle(self):
        await self.door.quiet()
        self.hands.work()
        await self.door.quiet()
        self.deliver()

    def deliver(self):
        while deliver(self.desk, "office"):
            pass

    def passes(self, **span):
        self.clock.value += timedelta(**span)
        check(self.desk)
        self.deliver()

    # What they see

    def seen(self, channel):
        """The latest words of every message there."""
        return [each["text"] for each in self.machine.messages[channel]]

    def ticket(self, number=1):
        with self.desk.store.reading() as ledger:
            return ledger.ticket(number)

    async def asks_for_help(self):
        """Mia's question becomes ticket #1, offered to #printere-nord."""
        await self.says("mia", "menneske: Etiketprinteren skriver blanke etiketter")
        assert self.ticket().group == "printere-nord"


def fjordby(clock):
    """The strict double, with the cast and their channels."""
    double = Double(clock).open()
    double.has("CNORD", "USAM", "USUE")
    double.has("CIT", "UIVO", "UKAREN")
    everybody = [f"U{name.upper()}" for name in PEOPLE]
    double.has("CALL", *everybody)
    double.has("CELSE", *everybody)
    for name in PEOPLE:
        double.knows(f"U{name.upper()}", f"{name}@fjordby.example", name=name.title())
        double.direct(f"U{name.upper()}")
    return double


async def signed(app, body, kind, at=None, signed_with=SECRET, **headers):
    """As Slack signs."""
    at = str(int(at or datetime.now(UTC).timestamp()))  # noqa: TID251  # Bolt compares with the machine's clock
    signature = "v0=" + hmac.new(signed_with.encode(), f"v0:{at}:{body}".encode(), sha256).hexdigest()
    own = {"content-type": kind, "x-slack-request-timestamp": at, "x-slack-signature": signature}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") as client:
        return await client.post("/slack/events", content=body.encode(), headers=own | headers)
