"""What `doctor` asks of Slack: are we let in and far enough, can every group be reached, and who is linked to whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.people import Account, SupportGroup
from bot.domain.systems import Organisation
from bot.messengers.slack.connection import Access
from bot.messengers.slack.manifest import missing_scopes
from bot.messengers.slack.ports import MESSENGER

LISTED = 500  # accounts looked at; a look-up each


@dataclass(frozen=True, slots=True)
class Found:
    state: Literal["good", "odd", "bad"]
    said: str


def examine(access: Access, organisation: Organisation, accounts: Iterable[Account]) -> Iterator[Found]:
    client = WebClient(access.bot_token, access.api_url, timeout=10)
    try:
        answer = client.auth_test()
    except SlackApiError as refused:
        yield Found("bad", f"DRIFTSVAGT_SLACK_BOT_TOKEN is refused: {_error(refused)}; install the app again")
        return
    except OSError as fault:
        yield Found("bad", f"{access.api_url} does not answer: {type(fault).__name__}")
        return
    yield Found("good", f"workspace {answer.get('team') or answer.get('team_id')}, as {answer.get('user')}")
    granted = {name.lower(): value for name, value in answer.headers.items()}.get("x-oauth-scopes", "")
    if granted and (missing := missing_scopes(granted)):
        yield Found("bad", f"scopes not granted: {', '.join(missing)}; update the manifest, and install the app again")
    yield from _way_in(access, client)
    yield from _channels(client, organisation.groups.values())
    yield from _links(client, organisation, [each for each in accounts if each.messenger == MESSENGER])


def _way_in(access: Access, client: WebClient) -> Iterator[Found]:
    if not access.app_token:
        yield Found("good", "HTTP at /slack/events, with the signing secret")
        return
    try:
        client.apps_connections_open(app_token=access.app_token)
        yield Found("good", "Socket Mode")
    except SlackApiError as refused:
        yield Found("bad", f"DRIFTSVAGT_SLACK_APP_TOKEN is refused: {_error(refused)}")


def _channels(client: WebClient, groups: Iterable[SupportGroup]) -> Iterator[Found]:
    named = [(group, channel) for group in groups for messenger, channel in group.channels if messenger == MESSENGER]
    if not named:
        yield Found("odd", "no group has `channel: {slack: C…}` in organisation.yaml; their cards are on the web")
    reached = 0
    for group, channel in named:
        try:
            told = client.conversations_info(channel=channel)["channel"]
        except SlackApiError as refused:
            yield Found("bad", f"channel {channel} of {group.id}: {_error(refused)}; see organisation.yaml")
            continue
        if told.get("is_archived"):
            yield Found("bad", f"channel {channel} of {group.id} is archived")
        elif not told.get("is_member"):
            yield Found(
                "bad", f"channel {channel} of {group.id}: the bot is not in it; write /invite @Driftsvagt there"
            )
        else:
            reached += 1
    if reached:
        yield Found("good", f"{reached} of {len(named)} channels can be written in")


def _links(client: WebClient, organisation: Organisation, accounts: list[Account]) -> Iterator[Found]:
    yield Found("good", f"{len(accounts)} accounts are linked to people")
    for each in accounts[:LISTED]:
        link = f"{each.workspace} {each.account} is {each.person}"
        if each.person not in organisation.people:
            yield Found("odd", f"{link}, who is not in the organisation file any more")
            continue
        try:
            user = client.users_info(user=each.account)["user"]
        except SlackApiError as refused:
            yield Found("odd", f"{link}: {_error(refused)}")
            continue
        gone = "deactivated" if user.get("deleted") else "a guest" if user.get("is_restricted") else ""
        yield Found("odd", f"{link}, but is {gone} in Slack") if gone else Found("good", link)


def _error(refused: SlackApiError) -> str:
    return str(refused.response.get("error") or "unknown error")
