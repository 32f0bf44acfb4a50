"""What the app asks of a workspace: scopes, events and commands are named here and nowhere else."""

from collections.abc import Mapping
from typing import Any, Final, Literal

import yaml

Way = Literal["socket", "http"]

NAME: Final = "Driftsvagt"
COMMAND: Final = "/driftsvagt"
SHORTCUT: Final = "spoerg_driftsvagt"
SHORTCUT_NAME: Final = "Spørg Driftsvagt"  # 24 characters at most
PATH: Final = "/slack/events"
_NO_ADDRESS: Final = "https://support.example.org"

# Every method that is called, with what it needs. A conversation may be a channel, a private one or a direct message.
METHODS: Final[Mapping[str, tuple[str, ...]]] = {
    "auth.test": (),
    "chat.postMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.getPermalink": (),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "users.info": ("users:read",),
    "users.lookupByEmail": ("users:read", "users:read.email"),
    "views.open": (),
    "views.publish": (),
    "views.update": (),
}

# Every event that is heard, with what it needs.
EVENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "member_joined_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "tokens_revoked": (),
}

SCOPES: Final[tuple[str, ...]] = tuple(
    sorted({"commands", *(each for needs in (*METHODS.values(), *EVENTS.values()) for each in needs)})
)


def manifest(way: Way, base_url: str = "") -> dict[str, Any]:
    """As Slack's own pages take it: "Create New App", "From a manifest"."""
    address = {} if way == "socket" else {"url": f"{base_url or _NO_ADDRESS}{PATH}"}
    request = {} if way == "socket" else {"request_url": f"{base_url or _NO_ADDRESS}{PATH}"}
    return {
        "display_information": {
            "name": NAME,
            "description": "Svar på it-spørgsmål, og et menneske, når der ikke er et svar.",
            "background_color": "#1f3a4d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "shortcuts": [
                {
                    "name": SHORTCUT_NAME,
                    "type": "message",
                    "callback_id": SHORTCUT,
                    "description": "Stil beskedens spørgsmål til Driftsvagt",
                }
            ],
            "slash_commands": [
                {
                    "command": COMMAND,
                    **address,
                    "description": "Spørg Driftsvagt; kun du ser svaret",
                    "usage_hint": "dit spørgsmål, hjælp, mine eller status 7",
                    "should_escape": True,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": way == "socket",
            "token_rotation_enabled": False,
        },
    }


def as_yaml(way: Way, base_url: str = "") -> str:
    return yaml.safe_dump(manifest(way, base_url), allow_unicode=True, sort_keys=False)


def missing_scopes(granted: str) -> tuple[str, ...]:
    """Of what Slack says in `X-OAuth-Scopes`."""
    given = {each.strip() for each in granted.split(",")}
    return tuple(each for each in SCOPES if each not in given)
