"""`slack manifest`: what a workspace is asked for, to be pasted into Slack's own pages."""

from typing import Annotated

import typer

from bot.cli.opening import read_settings
from bot.cli.screen import note, say

app = typer.Typer()
slack = typer.Typer(no_args_is_help=True, help="Connect Slack.")
app.add_typer(slack, name="slack")


@slack.callback()
def _group() -> None:
    """With one command only, Typer would otherwise make it the group itself."""


@slack.command()
def manifest(
    http: Annotated[
        bool, typer.Option("--http/--socket", help="Over HTTP with a public address, or (the default) Socket Mode.")
    ] = False,
) -> None:
    """The app's manifest as YAML: api.slack.com/apps, "Create New App", "From a manifest"."""
    from bot.messengers.slack.manifest import as_yaml

    base_url = read_settings().base_url
    say(as_yaml("http" if http else "socket", base_url).rstrip())
    if http and not base_url:
        note("DRIFTSVAGT_BASE_URL is not set: replace https://support.example.org by the desk's own address.")
