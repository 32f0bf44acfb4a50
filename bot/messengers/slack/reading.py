"""What Slack sends → what was done, as a value. Whatever came, one of these or nothing; no word of it is trusted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.messengers.slack.manifest import SHORTCUT
from bot.messengers.slack.places import is_channel, is_ts
from bot.messengers.slack.views import FORM

_READ = frozenset({"", "thread_broadcast", "file_share"})  # subtypes of messages that people write
_LOST = frozenset({"app_uninstalled", "tokens_revoked"})
LONGEST = 12_000  # characters of a message: more than the desk takes, so that it can say so


@dataclass(frozen=True, slots=True)
class Who:
    team: str
    user: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a person. `text` is as Slack wrote it; `mentioned`: the bot is called by name."""

    who: Who
    channel: str
    is_direct: bool
    ts: str
    thread: str
    text: str
    files: tuple[str, ...] = ()
    edited_at: str = ""

    @property
    def key(self) -> str:
        """The same for both events that tell of one message."""
        edit = f":{self.edited_at}" if self.edited_at else ""
        return f"m:{self.who.team}:{self.channel}:{self.ts}{edit}"

    def mentions(self, bot: str) -> bool:
        return f"<@{bot}>" in self.text or f"<@{bot}|" in self.text


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button. `where` is the message it stands in, or the view."""

    who: Who
    channel: str
    where: str
    value: str
    action: str
    action_ts: str
    trigger: str
    response_url: str = ""
    is_whispered: bool = False
    is_home: bool = False

    @property
    def key(self) -> str:
        return f"a:{self.who.user}:{self.where}:{self.action}:{self.action_ts}"


@dataclass(frozen=True, slots=True)
class Submitted:
    who: Who
    view_id: str
    metadata: str
    view: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Commanded:
    who: Who
    channel: str
    text: str
    trigger: str
    response_url: str

    @property
    def key(self) -> str:
        return f"c:{self.trigger}"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """[Spørg Driftsvagt] on somebody's message."""

    who: Who
    channel: str
    ts: str
    text: str
    trigger: str


@dataclass(frozen=True, slots=True)
class HomeOpened:
    who: Who


@dataclass(frozen=True, slots=True)
class Lost:
    """The workspace took away what we need."""

    why: str


Read = Said | Pressed | Submitted | Commanded | Shortcut | HomeOpened | Lost


def read(body: Mapping[str, Any]) -> Read | None:
    match body:
        case {"type": "event_callback", "event": {"type": str(kind)} as event}:
            return _event(kind, event, _word(body, "team_id"))
        case {"type": "block_actions", "user": {"id": str()}, "actions": [{"type": "button"} as action, *_]}:
            return _pressed(body, action)
        case {
            "type": "view_submission",
            "user": {"id": str()},
            "view": {"id": str(view_id), "callback_id": str(name)} as view,
        }:
            metadata = _word(view, "private_metadata")
            return Submitted(_who(body), view_id, metadata, view) if name == FORM else None
        case {"type": "message_action", "callback_id": str(name), "user": {"id": str()}} if name == SHORTCUT:
            return _shortcut(body)
        case {"command": str(), "user_id": str(user), "trigger_id": str(trigger)}:
            who = Who(_word(body, "team_id"), user)
            url = _word(body, "response_url")
            channel = _word(body, "channel_id")
            return Commanded(who, channel, _word(body, "text")[:LONGEST], trigger, url) if is_channel(channel) else None
        case _:
            return None


def _event(kind: str, event: Mapping[str, Any], team: str) -> Read | None:
    if kind in _LOST:
        return Lost(kind)
    if kind == "app_home_opened":
        is_home = event.get("tab", "home") == "home" and isinstance(event.get("user"), str)
        return HomeOpened(Who(team, event["user"])) if is_home else None
    if kind not in {"message", "app_mention"}:
        return None
    if event.get("subtype") == "message_changed":
        return _edited(event, team)
    return _said(event, event, team) if _word(event, "subtype") in _READ else None


def _edited(event: Mapping[str, Any], team: str) -> Said | None:
    """Other words than before: Slack also tells of previews and of threads that grew."""
    match event:
        case {
            "message": {"text": str(text), "edited": {"ts": str(at)}} as message,
            "previous_message": {"text": str(before)},
        }:
            changed = text != before and _word(message, "subtype") in _READ
            return _said(message, event, team, at) if changed else None
        case _:
            return None


def _said(message: Mapping[str, Any], event: Mapping[str, Any], team: str, edited_at: str = "") -> Said | None:
    """Nothing that a bot wrote: two bots that answer each other never stop."""
    match message:
        case {"bot_id": str()} | {"bot_profile": _}:
            return None
        case {"user": str(user), "ts": str(ts)}:
            channel = _word(event, "channel")
            if not (is_channel(channel) and is_ts(ts) and user):
                return None
            home = _word(message, "user_team") or _word(message, "source_team") or team
            thread = _word(message, "thread_ts")
            return Said(
                Who(home, user),
                channel,
                event.get("channel_type") == "im" or channel.startswith("D"),
                ts,
                thread if is_ts(thread) and thread != ts else "",
                _word(message, "text")[:LONGEST],
                _files(message.get("files")),
                edited_at,
            )
        case _:
            return None


def _files(files: Any) -> tuple[str, ...]:
    found = [each for each in files if isinstance(each, Mapping)] if isinstance(files, list) else []
    return tuple((_word(each, "name") or _word(each, "title") or "?")[:100] for each in found[:10])


def _pressed(body: Mapping[str, Any], action: Mapping[str, Any]) -> Pressed | None:
    container, view = _part(body, "container"), _part(body, "view")
    channel = _word(_part(body, "channel"), "id") or _word(container, "channel_id")
    where = _word(container, "message_ts") or _word(_part(body, "message"), "ts") or _word(view, "id")
    value = _word(action, "value")
    if not value or (channel and not is_channel(channel)):
        return None
    return Pressed(
        _who(body),
        channel,
        where,
        value[:2000],
        _word(action, "action_id"),
        _word(action, "action_ts"),
        _word(body, "trigger_id"),
        _word(body, "response_url"),
        is_whispered=container.get("is_ephemeral") is True,
        is_home=view.get("type") == "home",
    )


def _shortcut(body: Mapping[str, Any]) -> Shortcut | None:
    message, channel = _part(body, "message"), _word(_part(body, "channel"), "id")
    ts = _word(message, "thread_ts") or _word(message, "ts") or _word(body, "message_ts")
    if not (is_channel(channel) and is_ts(ts)):
        return None
    return Shortcut(_who(body), channel, ts, _word(message, "text")[:LONGEST], _word(body, "trigger_id"))


def _who(body: Mapping[str, Any]) -> Who:
    user = _part(body, "user")
    return Who(_word(user, "team_id") or _word(_part(body, "team"), "id"), _word(user, "id"))


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def _word(body: Mapping[str, Any], name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else ""
