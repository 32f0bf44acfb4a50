"""Slack's side of the wire, strict: methods and arguments known, tokens, scopes, pace, and faults where a test wants them.

A real server on loopback, so that the adapter uses its real client. At the end of every test `violations` is empty.
"""

import asyncio
import inspect
import json
import re
from collections import defaultdict
from contextlib import suppress
from threading import Lock, Thread
from time import monotonic
from urllib.parse import parse_qsl

import uvicorn
from slack_sdk.web.async_client import AsyncWebClient
from slack_world import No, World

from bot.messengers.slack.manifest import SCOPES

BOT_TOKEN, APP_TOKEN = "xoxb-1", "xapp-1"  # of nobody
_ALL = {"channel": ("channels:{}",), "group": ("groups:{}",), "im": ("im:{}",)}
NEEDS = {  # by Slack's own pages; where a conversation is meant, by its kind
    "auth.test": (), "chat.postMessage": ("chat:write",), "chat.postEphemeral": ("chat:write",),
    "chat.update": ("chat:write",), "chat.getPermalink": (), "conversations.open": ("im:write",),
    "conversations.info": "read", "conversations.history": "history", "conversations.replies": "history",
    "users.info": ("users:read",), "users.lookupByEmail": ("users:read.email",),
    "views.open": (), "views.update": (), "views.publish": (), "apps.connections.open": (),
}  # fmt: skip
PER_SECOND, BURST = 1.0, 3


def _signatures():
    """Every method that the client knows: which arguments it must be given, and which it may."""
    found = {}
    for name, function in inspect.getmembers(AsyncWebClient, inspect.isfunction):
        called = re.search(r'api_call\(\s*"([\w.]+)"', inspect.getsource(function))
        if called and name == called[1].replace(".", "_"):
            every = [
                each for each in inspect.signature(function).parameters.values() if each.name not in {"self", "kwargs"}
            ]
            must = {each.name for each in every if each.default is each.empty}
            found[called[1]] = (must, {each.name for each in every} | {"token", "team_id"})
    found["auth.test"] = (set(), {"token", "team_id"})
    return found


METHODS = _signatures()


class Double(World):
    def __init__(self, clock=None):
        super().__init__(lambda: clock.now().timestamp() if clock else monotonic())
        self.calls, self.plan, self.chance = [], defaultdict(list), None
        self.scopes, self.socket, self.is_paced = SCOPES, "", False
        self.revoked, self.refused, self.said_without_blocks = set(), [], 0
        self._buckets, self._lock, self._server = {}, Lock(), None

    # A server

    def open(self):
        config = uvicorn.Config(self, "127.0.0.1", 0, log_level="error", lifespan="off", ws="none", access_log=False)
        self._server = uvicorn.Server(config)
        self._server.install_signal_handlers = lambda: None
        socket = config.bind_socket()
        socket.listen(2048)  # so that nobody comes too early
        self.origin = f"http://127.0.0.1:{socket.getsockname()[1]}"
        self.url = f"{self.origin}/api/"
        self._thread = Thread(target=self._server.run, args=([socket],), daemon=True)
        self._thread.start()
        return self

    def close(self):
        self._server.should_exit = self._server.force_exit = True
        self._thread.join()

    async def __call__(self, scope, receive, send):
        body = b""
        while True:
            part = await receive()
            body += part.get("body", b"")
            if not part.get("more_body"):
                break
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        if not scope["path"].startswith("/api/"):
            error = self.answer_reply(scope["path"], json.loads(body))
            await _write(send, 404 if error else 200, {"ok": not error, **({"error": error} if error else {})}, {})
            return
        given = _decoded(body.decode(), headers, scope["query_string"].decode())
        status, answer, more = self.answer(scope["path"].removeprefix("/api/"), given, headers)
        if status == 0:
            send.__self__.transport.abort()
        elif status < 0:
            with suppress(asyncio.CancelledError):
                while (await receive())["type"] != "http.disconnect":
                    pass
        else:
            await _write(send, status, answer, more)

    # One call

    def fails(self, method, *faults):
        """Each an error by name, a status with headers, "reset", "slow" (no answer until the caller gives up), "lost" (done,
        and the connection breaks), or "late" (done, and no answer until the caller gives up)."""
        self.plan[method] += faults

    def called(self, method):
        return [given for name, given in self.calls if name == method]

    def forget(self):
        self.calls.clear()

    def answer(self, method, given, headers):
        """(status, answer, headers); status 0: the connection breaks, below: nobody answers."""
        with self._lock:
            token = given.pop("token", "") or headers.get("authorization", "").removeprefix("Bearer ")
            fault = self.plan[method].pop(0) if self.plan[method] else self._by_chance()
            self.calls.append((method, dict(given)))
            if fault in ("reset", "slow"):
                return (0 if fault == "reset" else -1), {}, {}
            if isinstance(fault, tuple):
                return fault[0], {"ok": False, "error": "ratelimited" if fault[0] == 429 else ""}, fault[1]
            if fault and fault not in {"lost", "late"}:
                return 200, {"ok": False, "error": fault}, {}
            try:
                self._let_in(method, token)
                self._argued(method, given)
                self._allowed(method, given)
                if wait := self._pace(method, given):
                    return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(wait)}
                done = getattr(self, method.replace(".", "_"))(given)
            except No as no:
                self.refused.append((method, no.error))
                return 200, {"ok": False, "error": no.error, **no.more}, {}
            return (
                {"lost": 0, "late": -1}.get(fault, 200),
                {"ok": True, **done},
                {"X-OAuth-Scopes": ",".join(self.scopes)},
            )

    def apps_connections_open(self, _):
        if not self.socket:
            raise No("not_allowed_token_type")
        return {"url": self.socket}

    def _by_chance(self):
        """With `chance` set, every third call fails in one of the ways in which calls fail."""
        if self.chance is None or self.chance.random() > 1 / 3:
            return None
        return self.chance.choice(
            ["lost", "reset", "slow", "late", "internal_error", "ratelimited", (500, {}), (429, {"Retry-After": "2"})]
        )

    def _let_in(self, method, token):
        if method not in METHODS or not hasattr(self, method.replace(".", "_")):
            self.violations.append(f"{method} is called")
            raise No("unknown_method")
        if not token:
            raise No("not_authed")
        if token in self.revoked:
            raise No("token_revoked")
        if token != (APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN):
            raise No("invalid_auth")

    def _argued(self, method, given):
        must, may = METHODS[method]
        if method == "apps.connections.open":
            must = must - {"app_token"}
        wrong = [f"{method} lacks {each}" for each in must if given.get(each) in (None, "")]
        wrong += [f"{method} has {each}" for each in given.keys() - may]
        wrong += [f"{method} has {each}" for each in ("link_names", "parse") if each in given]
        if method == "chat.postMessage" and not given.keys() >= {"unfurl_links", "unfurl_media"}:
            wrong.append("a message may be unfurled")
        if wrong:
            self.violations += wrong
            raise No("invalid_arguments", response_metadata={"messages": wrong})

    def _allowed(self, method, given):
        needs = NEEDS[method]
        if isinstance(needs, str):
            channel = self.channels.get(given.get("channel", ""))
            needs = [each.format(needs) for each in _ALL[channel.kind]] if channel else []
        lacking = [each for each in needs if each not in self.scopes]
        if lacking:
            raise No("missing_scope", needed=",".join(needs), provided=",".join(self.scopes))

    def _pace(self, method, given):
        """Seconds to wait, for one more message in this channel."""
        if not self.is_paced or method != "chat.postMessage":
            return 0
        now = self.now()
        left, at = self._buckets.get(given["channel"], (BURST, now))
        left = min(BURST, left + (now - at) * PER_SECOND)
        self._buckets[given["channel"]] = (left - 1 if left >= 1 else left), now
        return 0 if left >= 1 else 1


def _decoded(body, headers, query):
    """As Slack does: JSON, or a form in which what has parts is JSON."""
    given = {name: _value(text) for name, text in parse_qsl(query, keep_blank_values=True)}
    if headers.get("content-type", "").startswith("application/json"):
        return given | json.loads(body or "{}")
    return given | {name: _value(text) for name, text in parse_qsl(body, keep_blank_values=True)}


def _value(text):
    if text[:1] in {"{", "["}:
        with suppress(ValueError):
            return json.loads(text)
    return text


async def _write(send, status, answer, headers):
    body = json.dumps(answer).encode()
    more = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send(
        {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json"), *more]}
    )
    await send({"type": "http.response.body", "body": body})
