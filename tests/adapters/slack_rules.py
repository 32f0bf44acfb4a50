"""What Slack takes: blocks and views by their fields, elements, surfaces and lengths. Each complaint is a sentence.

Written from Slack's reference pages and independent of the adapter, whose own limits it would otherwise only repeat.
"""

import re
from collections import Counter

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

PLAIN, MARKED = {"plain_text"}, {"mrkdwn"}
ANY_TEXT = PLAIN | MARKED
MENU = {"static_select", "multi_static_select", "users_select", "conversations_select", "channels_select", "overflow"}
TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input", "datepicker", "timepicker"}
BOXES = {"checkboxes", "radio_buttons"}
IN_ACTIONS = {"button", "datepicker", "timepicker"} | MENU | BOXES
IN_INPUT = TYPED | BOXES | (MENU - {"overflow"})
IN_SECTION = IN_ACTIONS | {"image"}
SURFACES = {
    "section": {"message", "modal", "home"}, "divider": {"message", "modal", "home"}, "header": {"message", "modal", "home"},
    "context": {"message", "modal", "home"}, "actions": {"message", "modal", "home"}, "image": {"message", "modal", "home"},
    "rich_text": {"message", "modal", "home"}, "input": {"message", "modal", "home"},
}  # fmt: skip
REQUIRED = {
    "section": (), "divider": (), "header": ("text",), "context": ("elements",), "actions": ("elements",),
    "image": ("alt_text",), "rich_text": ("elements",), "input": ("label", "element"),
    "button": ("text", "action_id"), "static_select": ("options", "action_id"), "checkboxes": ("options", "action_id"),
    "plain_text_input": ("action_id",), "datepicker": ("action_id",), "option": ("text", "value"),
    "confirm": ("title", "text", "confirm", "deny"),
    "text": ("text",), "link": ("url",), "emoji": ("name",), "user": ("user_id",),
    "rich_text_section": ("elements",), "rich_text_quote": ("elements",), "rich_text_preformatted": ("elements",),
}  # fmt: skip
OPTIONAL = {
    "section": {"text", "fields", "accessory", "expand"}, "image": {"image_url", "slack_file", "title"},
    "input": {"dispatch_action", "hint", "optional"},
    "button": {"url", "value", "style", "confirm", "accessibility_label"},
    "static_select": {"placeholder", "initial_option", "confirm", "focus_on_load"},
    "checkboxes": {"initial_options", "confirm", "focus_on_load"},
    "plain_text_input": {
        "initial_value", "multiline", "min_length", "max_length", "placeholder", "focus_on_load", "dispatch_action_config"
    },
    "datepicker": {"initial_date", "placeholder", "confirm", "focus_on_load"},
    "option": {"description", "url"}, "confirm": {"style"},
    "text": {"style"}, "link": {"text", "unsafe", "style"}, "emoji": {"unicode", "style", "skin_tone"}, "user": {"style"},
    "rich_text_quote": {"border"}, "rich_text_preformatted": {"border", "language"},
}  # fmt: skip
RICH = {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}
SPOKEN = {"text", "link", "emoji", "user"}  # what else there is calls somebody or leads somewhere: we never make it
VIEW = {
    "modal": ({"type", "title", "blocks"}, {
        "close", "submit", "private_metadata", "callback_id", "clear_on_close", "notify_on_close", "external_id",
        "submit_disabled",
    }),
    "home": ({"type", "blocks"}, {"private_metadata", "callback_id", "external_id"}),
}  # fmt: skip
_ENTITY = re.compile(r"<[^>]*>|&(?!amp;|lt;|gt;)|[<>]")


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def entities(text):
    """Everything in an mrkdwn text that is not plain characters; text of ours has none at all."""
    return _ENTITY.findall(text)


def of_message(given):
    """Complaints about what `chat.postMessage` and its kin were given."""
    found = []
    text, blocks = given.get("text"), given.get("blocks")
    if not text:
        found.append("a message without text: nothing to notify of")
    elif len(text) > 4000:
        found.append(f"text of {len(text)} characters")
    found += [f"text holds {each}" for each in entities(text or "")]
    if blocks is not None:
        found += of_blocks(blocks, "message")
    return found


def of_view(view):
    kind = view.get("type")
    if kind not in VIEW:
        return [f"a view of type {kind}"]
    needed, may = VIEW[kind]
    found = [f"view lacks {each}" for each in needed - view.keys()]
    found += [f"view has {each}" for each in view.keys() - needed - may]
    for name in ("title", "submit", "close"):
        if name in view:
            found += _text(view[name], PLAIN, 24, f"view {name}")
    found += [f"{name} too long" for name, most in (("private_metadata", 3000), ("callback_id", 255))
              if len(view.get(name, "")) > most]  # fmt: skip
    blocks = view.get("blocks") or []
    if any(each.get("type") == "input" for each in blocks) and kind == "modal" and "submit" not in view:
        found.append("inputs without submit")
    return found + of_blocks(blocks, kind)


def of_blocks(blocks, surface):
    if not isinstance(blocks, list) or not all(isinstance(each, dict) for each in blocks):
        return ["blocks are no list of objects"]
    most = 50 if surface == "message" else 100
    found = [f"{len(blocks)} blocks"] if len(blocks) > most else []
    for block in blocks:
        found += _block(block, surface)
    found += _twice([each["block_id"] for each in blocks if "block_id" in each], "block_id")
    actions = [each["action_id"] for block in blocks for each in block.get("elements") or ()
               if isinstance(each, dict) and "action_id" in each]  # fmt: skip
    return found + _twice(actions, "action_id") + _second_opinion(blocks)


def _second_opinion(blocks):
    """slack_sdk's own models: they know lengths of their own."""
    found = []
    for each in blocks:
        if each.get("type") == "rich_text":
            continue  # its models take nothing of what is inside apart
        try:
            parsed = Block.parse(dict(each))
            if parsed is not None:
                parsed.validate_json()
        except (SlackObjectFormationError, TypeError, ValueError) as wrong:
            found.append(f"slack_sdk: {wrong}")
    return found


def _block(block, surface):
    kind = block.get("type")
    if surface not in SURFACES.get(kind, ()):
        return [f"block of type {kind} in {surface}"]
    found = _fields(block, kind, {"block_id"}) + _length(block.get("block_id", ""), 255, "block_id")
    match kind:
        case "section":
            if not (block.get("text") or block.get("fields")):
                found.append("section without text")
            found += _text(block["text"], ANY_TEXT, 3000, "section") if "text" in block else []
            fields = block.get("fields", [])
            found += [f"{len(fields)} fields"] if len(fields) > 10 else []
            for each in fields:
                found += _text(each, ANY_TEXT, 2000, "field")
            found += _element(block["accessory"], IN_SECTION) if "accessory" in block else []
        case "header":
            found += _text(block.get("text"), PLAIN, 150, "header")
        case "context":
            found += _count(block, 1, 10)
            for each in block.get("elements", ()):
                found += [] if each.get("type") == "image" else _text(each, ANY_TEXT, 3000, "context")
        case "actions":
            found += _count(block, 1, 25)
            for each in block.get("elements", ()):
                found += _element(each, IN_ACTIONS)
        case "input":
            found += _text(block.get("label"), PLAIN, 2000, "label")
            found += _text(block["hint"], PLAIN, 2000, "hint") if "hint" in block else []
            found += _element(block.get("element") or {}, IN_INPUT)
        case "rich_text":
            for each in block.get("elements", ()):
                found += _rich(each)
    return found


def _rich(part):
    kind = part.get("type")
    if kind not in RICH:
        return [f"rich text of {kind}"]
    found = _fields(part, kind)
    if not part.get("elements"):
        found.append(f"empty {kind}")
    for each in part.get("elements", ()):
        inner = each.get("type")
        if inner not in SPOKEN:
            found.append(f"rich text speaks {inner}")
            continue
        found += _fields(each, inner)
        found += [f"style {name}" for name in each.get("style", {}).keys() - {"bold", "italic", "strike", "code"}]
        if inner == "text" and not each.get("text"):
            found.append("empty rich text")
        if inner == "link" and not re.match(r"(https?|mailto):", each.get("url", "")):
            found.append(f"link to {each.get('url')}")
        found += _length(escaped(each.get("text", "")), 3000, "rich text")
    return found


def _element(each, allowed):
    kind = each.get("type")
    if kind not in allowed:
        return [f"element {kind} where it may not stand"]
    found = _fields(each, kind) + _length(each.get("action_id", ""), 255, "action_id")
    match kind:
        case "button":
            found += _text(each.get("text"), PLAIN, 75, "button") + _length(each.get("value", ""), 2000, "value")
            found += [f"style {each['style']}"] if each.get("style", "primary") not in {"primary", "danger"} else []
            if "confirm" in each:
                found += _confirm(each["confirm"])
        case "static_select" | "checkboxes":
            most = 100 if kind == "static_select" else 10
            options = each.get("options", [])
            found += [] if 1 <= len(options) <= most else [f"{len(options)} options"]
            for option in options:
                found += _option(option, PLAIN if kind == "static_select" else ANY_TEXT)
            begun = each.get("initial_options", [each["initial_option"]] if "initial_option" in each else [])
            found += (
                ["an initial option that is none of the options"] if any(one not in options for one in begun) else []
            )
            found += _text(each["placeholder"], PLAIN, 150, "placeholder") if "placeholder" in each else []
        case "plain_text_input":
            found += [f"max_length {each['max_length']}"] if not 0 < each.get("max_length", 1) <= 3000 else []
            found += _length(each.get("initial_value", ""), each.get("max_length", 3000), "initial_value")
        case "datepicker":
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", each.get("initial_date", "2026-11-24")):
                found.append("initial_date is no date")
    return found


def _option(option, kinds):
    found = _fields(option, "option", named=False) + _text(option.get("text"), kinds, 75, "option")
    found += _length(option.get("value", ""), 150, "option value")
    return found + (_text(option["description"], kinds, 75, "description") if "description" in option else [])


def _confirm(confirm):
    found = _fields(confirm, "confirm", named=False)
    for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        found += _text(confirm.get(name), PLAIN if name != "text" else ANY_TEXT, most, f"confirm {name}")
    return found


def _text(given, kinds, most, what):
    if not isinstance(given, dict) or given.get("type") not in kinds:
        return [f"{what}: text must be {' or '.join(sorted(kinds))}"]
    may = {"type", "text", "emoji"} if given["type"] == "plain_text" else {"type", "text", "verbatim"}
    found = [f"{what} has {each}" for each in given.keys() - may]
    text = given.get("text")
    if not isinstance(text, str) or not text:
        return [*found, f"{what} is empty"]
    if given["type"] == "mrkdwn":
        found += [f"{what} holds {each}" for each in entities(text)]
        found += [] if given.get("verbatim") is True else [f"{what} is not verbatim"]
    return found + _length(escaped(text) if given["type"] == "plain_text" else text, most, what)


def _fields(given, kind, also=frozenset(), *, named=True):
    may = {*REQUIRED[kind], *OPTIONAL.get(kind, ()), *also} | ({"type"} if named else set())
    lacking = [f"{kind} lacks {each}" for each in REQUIRED[kind] if each not in given]
    return lacking + [f"{kind} has {each}" for each in given.keys() - may]


def _count(block, least, most):
    count = len(block.get("elements", ()))
    return [] if least <= count <= most else [f"{count} elements in {block['type']}"]


def _length(text, most, what):
    return [f"{what} of {len(text)} characters, {most} at most"] if len(text) > most else []


def _twice(ids, what):
    return [f"{what} {each} stands twice" for each, count in Counter(ids).items() if count > 1]
