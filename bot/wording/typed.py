"""Words typed to the bot, the same in every messenger, Danish and English: text → Command."""

import re
from collections.abc import Callable

from bot.domain.commands import (
    Ask,
    AskPerson,
    ComeBack,
    Command,
    Comment,
    Explain,
    GoAway,
    Help,
    Mine,
    Overview,
    Status,
)

_CASE = r"(#?\d{1,9}|[sS]-\d{1,9})"
_ABOUT = re.compile(r"#(\d{1,9})[:,]?\s+(.+)$", re.DOTALL)  # "#1042 knappen er stadig grå"
_PERSON = re.compile(
    r"(?:et menneske|menneske|a human|human)(?:\s*[:,]\s*(.+)|\W*(?:tak|please)?\W*)$", re.IGNORECASE | re.DOTALL
)

_WORDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Command]], ...] = tuple(
    (re.compile(rf"/?(?:{pattern})\W*$", re.IGNORECASE), made)
    for pattern, made in (
        (r"hjælp|hjaelp|help", lambda _: Help()),
        (r"mine|mine sager|my tickets", lambda _: Mine()),
        (r"overblik|oversigt|overview", lambda _: Overview()),
        (r"tilbage|back|i am back|jeg er tilbage", lambda _: ComeBack()),
        (rf"status {_CASE}", lambda found: Status(found[1])),
        (rf"(?:ur|uret|clock) {_CASE}", lambda found: Explain(found[1])),
        (r"(?:væk|vaek|away)(?:\s+(?:til|until)\s+(.{1,40}?))?", lambda found: GoAway(found[1] or "")),
    )
)


def understand(text: str, thread: str = "") -> Command:
    """`thread` is the number of the ticket whose thread was written in: words there are a comment."""
    said = text.strip()
    if re.fullmatch(r"[0-9]{1,9}", thread):
        return Comment(int(thread), said)
    if about := _ABOUT.match(said):
        return Comment(int(about[1]), about[2])
    if person := _PERSON.match(said):
        return AskPerson((person[1] or "").strip(" :,.-"))
    for pattern, made in _WORDS:
        if found := pattern.match(said):
            return made(found)
    return Ask(said)
