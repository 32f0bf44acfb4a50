"""One call to Slack, and what its failing means: nothing was sent, or nobody knows."""

import socket
from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.desk.ports import NotSent, Unsure
from bot.messengers.slack.trouble import REFUSED

AGAIN_LATER = 300.0  # a channel or a token that somebody must mend first
_RATE = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
# Slack's own faults: it may have done it before it failed.
_UNSURE = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org"})
_TOO_MUCH = frozenset(
    {
        "invalid_blocks", "invalid_blocks_format", "invalid_arguments", "msg_blocks_too_long", "msg_too_long", "no_text",
        "invalid_arg_name", "invalid_array_arg", "too_many_attachments", "view_too_large", "invalid_metadata_format",
    }
)  # fmt: skip
_NEVER_LEFT = (ConnectionRefusedError, socket.gaierror)


class Declined(NotSent):
    """Slack says no, by a word of its own: nothing was sent."""

    def __init__(self, error: str, retry_after: float | None = None, *, hopeless: bool = False) -> None:
        super().__init__(error, retry_after, hopeless)

    @property
    def is_about_content(self) -> bool:
        return self.why in _TOO_MUCH


def call(method: Callable[..., Any], **given: Any) -> Any:
    """Raises NotSent when nothing was done, Unsure when nobody knows."""
    try:
        return method(**given)
    except SlackApiError as refused:
        verdict = judged(refused)
        if verdict is None:
            status = getattr(refused.response, "status_code", 200)
            raise Unsure(f"Slack failed: {refused.response.get('error') or status}") from refused
        raise verdict from refused
    except (OSError, HTTPException) as fault:
        why = fault.reason if isinstance(fault, URLError) else fault
        if isinstance(why, _NEVER_LEFT):
            raise NotSent(f"Slack does not answer: {type(why).__name__}") from fault
        raise Unsure(f"Slack did not answer: {type(why).__name__}") from fault


def judged(refused: SlackApiError) -> NotSent | None:
    """None when Slack itself failed, and nobody knows how far it came."""
    answer = refused.response
    error = str(answer.get("error") or "")
    status = getattr(answer, "status_code", 200)
    if status == 429 or error in _RATE:
        return NotSent("rate limited", _retry_after(answer))
    if status >= 500 or error in _UNSURE:
        return None
    return Declined(error, AGAIN_LATER if error in REFUSED else None, hopeless=error in _TOO_MUCH)


def _retry_after(answer: Any) -> float:
    found = {name.lower(): value for name, value in answer.headers.items()}.get("retry-after", "1")
    text = str(found[0] if isinstance(found, list) else found)
    return max(1.0, float(text)) if text.replace(".", "", 1).isdigit() else 1.0
