"""A workspace as Slack keeps it: people, channels, messages, whispers, forms, home pages; and each method's own refusals."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

from slack_rules import of_message, of_view

TEAM, BOT = "T1FJORDBY", "U0BOT"
TRIGGER_LIVES = 3.0  # seconds
WINDOWS = 3  # forms on top of one another
_KEPT = ("text", "blocks", "thread_ts", "reply_broadcast")


class No(Exception):
    """A refusal by Slack's own word."""

    def __init__(self, error, **more):
        super().__init__(error)
        self.error, self.more = error, more


@dataclass
class Channel:
    id: str
    members: set = field(default_factory=set)
    is_archived: bool = False
    is_private: bool = False

    @property
    def kind(self):
        return "im" if self.id.startswith("D") else "group" if self.is_private else "channel"


class World:
    """`now` gives seconds. `violations`: what no app of ours may ever send, whether Slack would take it or not."""

    def __init__(self, now):
        self.now, self.violations = now, []
        self.users, self.channels = {}, {}
        self.messages = defaultdict(list)  # what the bot said, as it stands now
        self.spoken = defaultdict(list)  # what people said
        self.told = []  # everything anybody was shown, in order: (what, channel or user, message, user who sees it)
        self.whispers = defaultdict(list)  # by user
        self.views, self.stacks, self.homes = {}, defaultdict(list), {}
        self.triggers, self.replies = {}, {}
        self._ids, self._ts = count(1), 1000

    def knows(self, user, email="", **more):
        name = more.pop("name", user.title())
        self.users[user] = {
            "id": user,
            "team_id": TEAM,
            "name": user.lower(),
            "profile": {"email": email, "display_name": name},
            "locale": "da-DK",
        } | more

    def has(self, channel, *members, **more):
        self.channels[channel] = Channel(channel, {BOT, *members}, **more)

    def direct(self, user):
        return self.channels.setdefault(f"D{user}", Channel(f"D{user}", {BOT, user})).id

    def trigger(self, user):
        made = f"trigger{next(self._ids)}"
        self.triggers[made] = (user, self.now())
        return made

    def reply_address(self, user, channel, ts=""):
        made = f"/reply/{next(self._ids)}"
        self.replies[made] = {"user": user, "channel": channel, "ts": ts, "left": 5, "at": self.now()}
        return made

    def next_ts(self):
        self._ts += 1
        return f"{self._ts}.000100"

    # Methods, by the names that the client has for them

    def auth_test(self, _):
        return {"team_id": TEAM, "team": "Fjordby", "user_id": BOT, "user": "driftsvagt", "bot_id": "B0BOT"}

    def users_info(self, given):
        user = self.users.get(given["user"])
        if user is None:
            raise No("user_not_found")
        return {"user": {each: user[each] for each in user if each != "locale" or given.get("include_locale")}}

    def users_lookupByEmail(self, given):  # noqa: N802  # Slack's own name
        found = [
            each
            for each in self.users.values()
            if each["profile"]["email"].lower() == given["email"].lower() and not each.get("deleted")
        ]
        if not found:
            raise No("users_not_found")
        return {"user": {each: found[0][each] for each in found[0] if each != "locale"}}

    def conversations_open(self, given):
        user = self.users.get(given["users"])
        if user is None:
            raise No("user_not_found")
        if user.get("deleted"):
            raise No("user_disabled")
        return {"channel": {"id": self.direct(given["users"])}}

    def conversations_info(self, given):
        channel = self._channel(given)
        return {"channel": {"id": channel.id, "is_member": BOT in channel.members, "is_archived": channel.is_archived}}

    def chat_postMessage(self, given):  # noqa: N802  # Slack's own name
        channel = self._writable(given)
        self._fit(given, of_message(given))
        thread = given.get("thread_ts")
        if thread and not self.stands(channel.id, thread):
            raise No("thread_not_found")
        said = {each: given[each] for each in _KEPT if each in given}
        said |= {"type": "message", "channel": channel.id, "ts": self.next_ts(), "user": BOT, "bot_id": "B0BOT"}
        self.messages[channel.id].append(said)
        self.told.append(("said", channel.id, dict(said), ""))
        return {"ts": said["ts"], "channel": channel.id, "message": said}

    def chat_postEphemeral(self, given):  # noqa: N802  # Slack's own name
        channel = self._writable(given)
        if given["user"] not in channel.members:
            raise No("user_not_in_channel")
        self._fit(given, of_message(given))
        return {"message_ts": self.whisper(given["user"], channel.id, given)}

    def chat_update(self, given):
        channel = self._channel(given)
        there = self.stands(channel.id, given["ts"])
        if not there:
            raise No("message_not_found")
        if there.get("user") != BOT:
            raise No("cant_update_message")
        self._fit(given, of_message(given))
        there.update({each: given[each] for each in _KEPT[:2] if each in given})
        self.told.append(("updated", channel.id, dict(there), ""))
        return {"ts": given["ts"], "channel": channel.id}

    def chat_getPermalink(self, given):  # noqa: N802  # Slack's own name
        if not self.stands(self._channel(given).id, given["message_ts"]):
            raise No("message_not_found")
        return {"permalink": f"https://fjordby.slack.example/archives/{given['channel']}/p{given['message_ts']}"}

    def conversations_history(self, given):
        there = self._all(self._read(given).id)
        return self._page([each for each in reversed(there) if not _is_inside(each)], given)

    def conversations_replies(self, given):
        channel, ts = self._read(given), given["ts"]
        if not self.stands(channel.id, ts):
            raise No("thread_not_found")
        return self._page([each for each in self._all(channel.id) if ts in {each["ts"], each.get("thread_ts")}], given)

    def views_open(self, given):
        user = self._pulled(given)
        stack = self.stacks[user]
        if len(stack) >= WINDOWS:
            raise No("push_limit_reached")
        view = self._view(given["view"], user)
        self.views[view["id"]] = view
        stack.append(view["id"])
        return {"view": view}

    def views_update(self, given):
        view = self.views.get(given.get("view_id", ""))
        if view is None or view["id"] not in self.stacks[view["user"]]:
            raise No("not_found")
        if given.get("hash", view["hash"]) != view["hash"]:
            raise No("hash_conflict")
        self.replace_view(view, given["view"])
        return {"view": view}

    def views_publish(self, given):
        if given["user_id"] not in self.users:
            raise No("user_not_found")
        there = self.homes.get(given["user_id"])
        if there and given.get("hash", there["hash"]) != there["hash"]:
            raise No("hash_conflict")
        if given["view"].get("type") != "home":
            raise No("invalid_arguments")
        self.homes[given["user_id"]] = self._view(given["view"], given["user_id"])
        return {"view": self.homes[given["user_id"]]}

    # What they stand on

    def replace_view(self, view, by):
        self._fit(by, of_view(by))
        view.update(self._view(by, view["user"]), id=view["id"])

    def whisper(self, user, channel, given):
        ts = self.next_ts()
        said = {each: given[each] for each in ("text", "blocks") if each in given} | {"ts": ts, "channel": channel}
        self.whispers[user].append(said)
        self.told.append(("whispered", channel, dict(said), user))
        return ts

    def answer_reply(self, path, given):
        """`response_url`: five times, half an hour."""
        address = self.replies.get(path)
        if address is None or not address["left"] or self.now() - address["at"] > 1800:
            return "expired_url"
        address["left"] -= 1
        user, there = address["user"], self.whispers[address["user"]]
        old = next((each for each in there if each["ts"] == address["ts"]), None)
        if given.get("delete_original"):
            if old is None:
                return "message_not_found"
            there.remove(old)
            return ""
        self.violations += of_message(given)
        if given.get("replace_original") and old:
            old.update(given)
        elif given.get("response_type") == "in_channel":
            self.violations.append("an answer to one person, said to all")
        else:
            self.whisper(user, address["channel"], given)
        return ""

    def stands(self, channel, ts):
        return next((each for each in (*self.messages[channel], *self.spoken[channel]) if each["ts"] == ts), None)

    def _all(self, channel):
        return sorted((*self.messages[channel], *self.spoken[channel]), key=lambda each: float(each["ts"]))

    def _channel(self, given):
        channel = self.channels.get(given["channel"])
        if channel is None or (channel.is_private and BOT not in channel.members):
            raise No("channel_not_found")
        return channel

    def _writable(self, given):
        channel = self._channel(given)
        if channel.is_archived:
            raise No("is_archived")
        if BOT not in channel.members:
            raise No("not_in_channel")
        return channel

    def _read(self, given):
        channel = self._channel(given)
        if BOT not in channel.members:
            raise No("not_in_channel")
        return channel

    def _pulled(self, given):
        if given.get("trigger_id") not in self.triggers:
            raise No("invalid_trigger_id")
        user, at = self.triggers[given["trigger_id"]]
        if user is None:
            raise No("exchanged_trigger_id")
        if self.now() - at > TRIGGER_LIVES:
            raise No("expired_trigger_id")
        self.triggers[given["trigger_id"]] = (None, at)
        return user

    def _view(self, view, user):
        self._fit(view, of_view(view))
        named = f"V{next(self._ids)}"
        return {**view, "id": named, "user": user, "hash": f"h{named}", "state": {"values": {}}}

    def _fit(self, given, complaints):
        if not complaints:
            return
        self.violations += complaints
        is_empty = not (given.get("text") or given.get("blocks"))
        raise No("no_text" if is_empty else "invalid_blocks", response_metadata={"messages": complaints})

    def _page(self, found, given):
        start, limit = int(given.get("cursor") or 0), int(given.get("limit") or 100)
        more = str(start + limit) if start + limit < len(found) else ""
        return {"messages": found[start : start + limit], "response_metadata": {"next_cursor": more}}


def _is_inside(message):
    return (
        bool(message.get("thread_ts")) and message["thread_ts"] != message["ts"] and not message.get("reply_broadcast")
    )
