"""The manifest asks for what the adapter uses, all of it and nothing more."""

import ast
import inspect
from pathlib import Path

import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient
from typer.testing import CliRunner

import bot.messengers.slack.manifest as source
from bot.cli import build
from bot.messengers.slack.manifest import EVENTS, METHODS, SCOPES, as_yaml, manifest, missing_scopes

PACKAGE = Path(source.__file__).parent
SHIPPED = {  # what the specification names, without the optional reactions:read
    "chat:write", "commands", "app_mentions:read", "im:history", "im:write", "channels:read", "channels:history",
    "groups:read", "groups:history", "users:read", "users:read.email",
}  # fmt: skip


def methods_called() -> set[str]:
    """Every Web API method that a line of the adapter calls, by the name that Slack gives it."""
    named = {name: name.replace("_", ".", 1) for name, _ in inspect.getmembers(AsyncWebClient, inspect.isfunction)}
    found = set()
    for file in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and "_" in node.attr and not node.attr.startswith("_"):
                found.add(named.get(node.attr, ""))
    return found - {"", "api.call", "apps.connections_open"}


def test_the_adapter_calls_the_methods_that_the_manifest_reckons_with():
    assert methods_called() == set(METHODS)


def test_the_scopes_are_those_that_methods_and_events_need():
    assert set(SCOPES) == SHIPPED
    assert missing_scopes(",".join(SCOPES)) == ()
    assert missing_scopes("chat:write, users:read") == tuple(
        each for each in SCOPES if each not in {"chat:write", "users:read"}
    )


def test_over_a_socket_no_address_is_named_and_over_http_every_one_is():
    socket, http = manifest("socket"), manifest("http", "https://support.fjordby.example")
    assert "fjordby" not in as_yaml("socket", "https://support.fjordby.example")
    assert socket["settings"]["socket_mode_enabled"] is True
    assert http["settings"]["socket_mode_enabled"] is False
    address = "https://support.fjordby.example/slack/events"
    assert http["settings"]["event_subscriptions"]["request_url"] == address
    assert http["settings"]["interactivity"]["request_url"] == address
    assert http["features"]["slash_commands"][0]["url"] == address
    assert socket["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)


@pytest.mark.parametrize("way", ["socket", "http"])
def test_the_command_prints_yaml_that_slack_can_read(way, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    printed = CliRunner().invoke(build(), ["slack", "manifest", f"--{way}"])
    assert printed.exit_code == 0, printed.output
    assert yaml.safe_load(printed.stdout) == manifest(way)


def test_names_fit_where_slack_shows_them():
    features = manifest("socket")["features"]
    assert len(features["shortcuts"][0]["name"]) <= 24
    assert features["slash_commands"][0]["command"].isascii()
    assert len(features["slash_commands"][0]["description"]) <= 2000
    assert len(manifest("socket")["display_information"]["description"]) <= 140
