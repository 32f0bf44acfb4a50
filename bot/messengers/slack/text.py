"""Characters on their way out and in: what must be escaped, how long it may be, and what Slack wrote as `<…>`."""

import re
from collections.abc import Callable

# C0 and C1 but newline and tab, and the controls that turn text around.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONE = re.compile("[\ud800-\udfff]")  # half a character: it cannot be sent at all
_ESCAPED = {"&": 5, "<": 4, ">": 4}
_SPECIAL = re.compile(r"<([^<>]*)>")
_LOCK = re.compile(r"^\s*:lock:")  # a typed 🔒 comes by its name, and says that the words are for colleagues only
_CUT = "…"


def escape(text: str) -> str:
    """Exactly these three, once, the ampersand first: nothing in it calls anybody or links anywhere."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def without_controls(text: str) -> str:
    return _LONE.sub("\ufffd", _CONTROLS.sub("", text))


def shorten(text: str, most: int) -> str:
    """Lengths are those of the escaped string; an ellipsis says that something was left out."""
    if fitting(text, most) == len(text):
        return text
    return text[: fitting(text, most - len(_CUT))].rstrip() + _CUT


def fitting(text: str, most: int) -> int:
    """How many characters fit, as they are once they are escaped."""
    if len(text) * max(_ESCAPED.values()) <= most:
        return len(text)
    length = 0
    for nth, each in enumerate(text):
        length += _ESCAPED.get(each, 1)
        if length > most:
            return nth
    return len(text)


def decode(text: str, name_of: Callable[[str], str]) -> str:
    """What a person wrote, as plain characters. `name_of` an account is that person's name; each is decoded once."""
    plain = _SPECIAL.sub(lambda found: _special(found[1], name_of), text)
    plain = _LOCK.sub("🔒", plain)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _special(inside: str, name_of: Callable[[str], str]) -> str:
    target, _, label = inside.partition("|")
    match target[:1]:
        case "@":
            return f"@{name_of(target[1:]) or label or target[1:]}"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return _called(target[1:], label)
        case _ if not label or label == target or target.removeprefix("mailto:") == label:
            return label or target
        case _:
            return f"{label} ({target})"


def _called(what: str, label: str) -> str:
    """`<!channel>`, `<!subteam^S1|@hjemmeplejen>`, `<!date^…|17. maj>`."""
    if label:
        return label
    name = what.partition("^")[2] if what.startswith("subteam^") else what.partition("^")[0]
    return f"@{name}"
