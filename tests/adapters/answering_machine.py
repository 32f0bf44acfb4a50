"""Answers like Slack's Web API, by the book of one page: writes down every call, and fails when it is told to.

It judges nothing: the strict double does. Here a test says what goes wrong, and looks at what was called.
"""

import json
from collections import defaultdict
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl

from bot.messengers.slack.manifest import SCOPES

TEAM, BOT = "T1FJORDBY", "U0BOT"


class Machine:
    def __init__(self):
        self.calls, self.users = [], {}
        self.messages = defaultdict(list)
        self.replies, self.plan = [], defaultdict(list)
        self.scopes, self.socket = SCOPES, ""
        self._ts, self.chance = 1000, None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._answering())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/api/"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def knows(self, user, email="", **more):
        profile = {"email": email, "display_name": more.pop("name", user.title())}
        self.users[user] = {
            "id": user,
            "team_id": TEAM,
            "name": user.lower(),
            "profile": profile,
            "locale": "da-DK",
        } | more

    def fails(self, method, *faults):
        """Each an error by name, a status with headers, or "lost": done, and the answer never comes."""
        self.plan[method] += faults

    def called(self, method):
        return [given for name, given in self.calls if name == method]

    def forget(self):
        self.calls.clear()

    def answer(self, method, given):
        fault = self.plan[method].pop(0) if self.plan[method] else self._by_chance()
        self.calls.append((method, given))
        if fault == "reset":
            return 0, {}, {}
        if isinstance(fault, str) and fault != "lost":
            return 200, {"ok": False, "error": fault}, {}
        if isinstance(fault, tuple):
            return fault[0], {"ok": False, "error": "ratelimited" if fault[0] == 429 else ""}, fault[1]
        done = getattr(self, method.replace(".", "_"), lambda _: {})(given)
        return (0 if fault else 200), {"ok": "error" not in done, **done}, {"X-OAuth-Scopes": ",".join(self.scopes)}

    def _by_chance(self):
        """With `chance` set, every third call fails in one of the ways in which calls fail."""
        if self.chance is None or self.chance.random() > 1 / 3:
            return None
        return self.chance.choice(
            ["lost", "reset", "internal_error", "ratelimited", (500, {}), (429, {"Retry-After": "2"})]
        )

    # What is answered, method by method

    def auth_test(self, _):
        return {"team_id": TEAM, "team": "Fjordby", "user_id": BOT, "user": "driftsvagt", "bot_id": "B0BOT"}

    def users_info(self, given):
        return {"user": self.users[given["user"]]} if given["user"] in self.users else {"error": "user_not_found"}

    def users_lookupByEmail(self, given):  # noqa: N802  # Slack's own name
        found = [each for each in self.users.values() if each["profile"]["email"] == given["email"]]
        return {"user": found[0]} if found else {"error": "users_not_found"}

    def conversations_open(self, given):
        return {"channel": {"id": f"D{given['users']}"}}

    def conversations_info(self, given):
        return {"channel": {"id": given["channel"], "is_member": given["channel"] != "CIT", "is_archived": False}}

    def chat_postMessage(self, given):  # noqa: N802  # Slack's own name
        self._ts += 1
        said = given | {"ts": f"{self._ts}.000100"}
        self.messages[given["channel"]].append(said)
        return {"ts": said["ts"], "channel": given["channel"]}

    def chat_postEphemeral(self, _):  # noqa: N802  # Slack's own name
        return {"message_ts": "1.1"}

    def chat_update(self, given):
        there = [each for each in self.messages[given["channel"]] if each["ts"] == given["ts"]]
        if not there:
            return {"error": "message_not_found"}
        there[0].update(given)
        return {"ts": given["ts"], "channel": given["channel"]}

    def chat_getPermalink(self, given):  # noqa: N802  # Slack's own name
        return {"permalink": f"https://fjordby.slack.example/archives/{given['channel']}/p{given['message_ts']}"}

    def conversations_history(self, given):
        return {"messages": [each for each in reversed(self.messages[given["channel"]]) if not each.get("thread_ts")]}

    def conversations_replies(self, given):
        return {
            "messages": [
                each for each in self.messages[given["channel"]] if given["ts"] in {each["ts"], each.get("thread_ts")}
            ]
        }

    def apps_connections_open(self, _):
        return {"url": self.socket} if self.socket else {"error": "not_allowed_token_type"}

    def _answering(machine):  # noqa: N805  # the inner class has a self of its own
        class Answering(BaseHTTPRequestHandler):
            def do_POST(self):  # the library's own name
                body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
                is_json = (self.headers.get("content-type") or "").startswith("application/json")
                given = (
                    json.loads(body or "{}")
                    if is_json
                    else {name: _value(text) for name, text in parse_qsl(body, True)}
                )
                if not self.path.startswith("/api/"):
                    machine.replies.append(given)
                    return self._write(200, {"ok": True}, {})
                status, answer, headers = machine.answer(self.path.removeprefix("/api/"), given)
                return self._write(status, answer, headers) if status else self.connection.close()

            def _write(self, status, answer, headers):
                with suppress(ConnectionError):
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.send_header("content-type", "application/json")
                    self.end_headers()
                    self.wfile.write(json.dumps(answer).encode())

            def log_message(self, *_):
                pass

        return Answering


def _value(text):
    return json.loads(text) if text[:1] in {"{", "["} else text
