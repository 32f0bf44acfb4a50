"""`slack manifest`: what a workspace is asked for, to be pasted into Slack's own pages; `unlink`: whose account is no longer theirs."""

from typing import Annotated

import typer

from bot.cli.opening import live_knowledge, opened_store, person_called, read_settings
from bot.cli.screen import note, say, stop
from bot.domain.people import PersonId

app = typer.Typer()
slack = typer.Typer(no_args_is_help=True, help="Connect Slack.")
app.add_typer(slack, name="slack")
oidc = typer.Typer(no_args_is_help=True, help="Sign in with OpenID Connect.")
app.add_typer(oidc, name="oidc")


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


@slack.command()
def unlink(
    person: Annotated[
        str, typer.Argument(help="An id or mail address from the organisation file, or a Slack account.")
    ],
) -> None:
    """Undo the link between a person and their Slack account, for example when the account is another's now.

    The next time somebody writes from it, it is linked anew by its mail address. A running desk sees it within a minute.
    """
    _unlink("slack", "Slack", person)


@oidc.command(name="unlink")
def unlink_sign_in(
    person: Annotated[
        str,
        typer.Argument(
            help="An id or mail address from the organisation file, or what the provider calls the account."
        ),
    ],
) -> None:
    """Undo the link between a person and the account they sign in with, and sign them out everywhere.

    The next account with their verified mail address is linked in its place. `accounts: {oidc: …}` in the organisation
    file says whose an account is, whatever was linked.
    """
    from bot.storage.doors import Sessions

    for somebody in _unlink("oidc", "sign-in", person):
        with opened_store(read_settings()) as store:
            Sessions(store.database).end_all(somebody)


def _unlink(messenger: str, name: str, person: str) -> set[PersonId]:
    """Who they were."""
    from bot.storage.doors import Accounts

    settings = read_settings()
    with opened_store(settings) as store:
        accounts = Accounts(store.database)
        linked = [each for each in accounts.all() if each.messenger == messenger]
        found = [each for each in linked if person in {each.account, each.person}]
        if not found:
            somebody = person_called(live_knowledge(settings).now().organisation, person)
            found = [each for each in linked if each.person == somebody.id]
        if not found:
            stop(f"{person} is linked to no {name} account; driftsvagt doctor lists the links.")
        for each in found:
            accounts.unlink(each)
            say(f"{each.workspace} {each.account} is no longer {each.person}.")
    return {each.person for each in found}
