"""What stands in Slack already: looked through for a message of ours, and linked to."""

from collections.abc import Iterator
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk.ports import NotSent
from bot.messengers.slack import places
from bot.messengers.slack.calling import call

PAGES = 5
PAGE = 200


def find_marked(client: WebClient, channel: str, thread: str, mark: str) -> str | None:
    """The id of the message with that mark, if it stands there. Raises NotSent when nobody can tell now."""
    marked = (each for each in _said(client, channel, thread) if _mark_of(each) == mark)
    return next((places.message_id(channel, str(each.get("ts"))) for each in marked), None)


def link_to(client: WebClient, channel: str, ts: str) -> str:
    """Nothing for a message that was deleted."""
    try:
        return str(call(client.chat_getPermalink, channel=channel, message_ts=ts)["permalink"])
    except (NotSent, SlackApiError, OSError):
        return ""


def _said(client: WebClient, channel: str, thread: str) -> Iterator[dict[str, Any]]:
    """The latest first where Slack gives it so; all of a thread."""
    where = {"channel": channel, **({"ts": thread} if thread else {})}
    method = client.conversations_replies if thread else client.conversations_history
    cursor = ""
    for _ in range(PAGES):
        try:
            page = call(method, **where, limit=PAGE, **({"cursor": cursor} if cursor else {}))
        except (SlackApiError, OSError) as fault:
            raise NotSent(f"the history could not be read: {type(fault).__name__}") from fault
        yield from page.get("messages") or ()
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return


def _mark_of(message: dict[str, Any]) -> str:
    blocks = message.get("blocks")
    return str(blocks[0].get("block_id") or "") if isinstance(blocks, list) and blocks else ""
