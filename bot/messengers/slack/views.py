"""Forms → modals, and the home page: what opens in Slack beside the conversation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.commands import Ask
from bot.messengers.slack import limits
from bot.messengers.slack.render import Block, Look, context, plain_text, render, rich, section, words
from bot.wording.message import Form, Input, Message

View = dict[str, Any]
FORM, SHOWN = "form", "shown"  # callback ids: what is submitted, and what is only read
FIELD = "value"
_CHECKED = "1"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One part of the home page: cards under a heading, or what is said when there are none."""

    title: str
    cards: tuple[Message, ...]
    empty: str = ""


def modal(form: Form, metadata: str, look: Look) -> View:
    """A title that is too long for Slack's line stands above the fields instead."""
    fits = len(form.title) <= limits.TITLE
    above = [] if fits else [rich(section(words(form.title, {"bold": True})))]
    blocks = [*above, *(block for each in form.inputs for block in _input(each, look))]
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": metadata[: limits.METADATA],
        "title": plain_text(form.title if fits else look.say("form"), limits.TITLE),
        "submit": plain_text(form.submit, limits.TITLE),
        "close": plain_text(look.say("no"), limits.TITLE),
        "blocks": blocks[: limits.VIEW_BLOCKS],
    }


def ask_form(text: str, look: Look) -> Form:
    """What the message shortcut opens, with the message's own words to begin with."""
    question = Input("text", "text", look.say("ask.what"), required=True, initial=text, hint=look.say("ask.hint"))
    return Form(Ask(""), look.say("ask"), look.say("ask"), (question,))


def shown(message: Message, look: Look, title: str = "") -> View:
    """To be read and closed; what can be pressed stays in the conversation."""
    return {
        "type": "modal",
        "callback_id": SHOWN,
        "title": plain_text(title or message.number or look.say("form"), limits.TITLE),
        "close": plain_text(look.say("close"), limits.TITLE),
        "blocks": render(replace(message, buttons=()), look).blocks[: limits.VIEW_BLOCKS],
    }


def home(shelves: Iterable[Shelf], look: Look) -> View:
    """Cards of cases without their long parts: the number, the state, the clocks and what can be done."""
    blocks: list[Block] = []
    for shelf in shelves:
        blocks.append({"type": "header", "text": plain_text(shelf.title, limits.HEADER)})
        if not shelf.cards and shelf.empty:
            blocks.append(context(shelf.empty))
        for card in shelf.cards:
            short = replace(card, quote="", fields=(), source=(), table=None) if card.number else card
            blocks += render(short, look).blocks
            blocks.append({"type": "divider"})
    most = limits.VIEW_BLOCKS - 2
    rest = [context(look.say("more", count=len(blocks) - most))] if len(blocks) > most else []
    kept = [*blocks[:most], *rest, context(look.say("home.help"))]
    return {"type": "home", "blocks": [_numbered(nth, block) for nth, block in enumerate(kept)]}


def errors_at(view: Mapping[str, Any], errors: Mapping[str, str]) -> dict[str, str]:
    """By block, for those that the view has; Slack refuses an error at any other."""
    there = fields_of(view)
    return {name: plain_text(text, limits.ERROR)["text"] for name, text in errors.items() if name in there}


def fields_of(view: Mapping[str, Any]) -> list[str]:
    """The blocks that were filled in, in their order; told by the view's own blocks, or by its state alone."""
    blocks, state = view.get("blocks"), view.get("state")
    named = [each.get("block_id") for each in blocks if isinstance(each, Mapping)] if isinstance(blocks, list) else []
    values = state.get("values") if isinstance(state, Mapping) else None
    return [str(each) for each in (named or (values if isinstance(values, Mapping) else ()))]


def filled(view: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by field. Whatever came, text or nothing."""
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    found: dict[str, str] = {}
    for block, actions in values.items() if isinstance(values, Mapping) else ():
        for element in actions.values() if isinstance(actions, Mapping) else ():
            if isinstance(element, Mapping):
                found[str(block)] = _typed(element)
    return found


def _typed(element: Mapping[str, Any]) -> str:
    match element:
        case {"selected_option": {"value": str(value)}}:
            return value
        case {"selected_options": list(options)}:
            return _CHECKED if options else ""
        case {"selected_date": str(value)} | {"value": str(value)}:
            return value
        case _:
            return ""


def _numbered(nth: int, block: Block) -> Block:
    """Ids are unique in a view, also where two cards have the same button."""
    elements = block.get("elements")
    if block["type"] != "actions" or not isinstance(elements, Sequence):
        return {**block, "block_id": f"home-{nth}"}
    named = [{**each, "action_id": f"{nth}-{each['action_id']}"[: limits.ID]} for each in elements]
    return {**block, "block_id": f"home-{nth}", "elements": named}


def _input(each: Input, look: Look) -> list[Block]:
    block: Block = {
        "type": "input",
        "block_id": each.id,
        "label": plain_text(each.label, limits.INPUT_LABEL),
        "element": _element(each, look),
        "optional": not each.required,
    }
    if each.hint:
        block["hint"] = plain_text(each.hint, limits.INPUT_LABEL)
    return [block, *([context(f"⚠ {each.error}")] if each.error else [])]


def _element(each: Input, look: Look) -> dict[str, Any]:
    match each.kind:
        case "choice" if each.options:
            return _choice(each, look)
        case "check":
            option = {"text": plain_text(each.label, limits.OPTION), "value": _CHECKED}
            ticked = {"initial_options": [option]} if each.initial else {}
            return {"type": "checkboxes", "action_id": FIELD, "options": [option], **ticked}
        case "date":
            chosen = {"initial_date": each.initial} if _is_date(each.initial) else {}
            return {"type": "datepicker", "action_id": FIELD, **chosen}
        case _:
            most = min(each.max, limits.INPUT_TEXT)
            begun = {"initial_value": each.initial[:most]} if each.initial else {}
            return {
                "type": "plain_text_input",
                "action_id": FIELD,
                "multiline": each.kind == "text",
                "max_length": most,
                **begun,
            }


def _choice(each: Input, look: Look) -> dict[str, Any]:
    options = [_option(value, label) for value, label in each.options[: limits.OPTIONS]]
    chosen = next((option for option in options if option["value"] == each.initial), None)
    return {
        "type": "static_select",
        "action_id": FIELD,
        "placeholder": plain_text(look.say("choose"), limits.OPTION_VALUE),
        "options": options,
        **({"initial_option": chosen} if chosen else {}),
    }


def _option(value: str, label: str) -> dict[str, Any]:
    """The first words name it; the rest stands under them in small."""
    name, colon, rest = label.partition(": ")
    option = {"text": plain_text(name, limits.OPTION), "value": value[: limits.OPTION_VALUE]}
    return {**option, "description": plain_text(rest, limits.DESCRIPTION)} if colon and rest else option


def _is_date(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()


def said(text: str, look: Look) -> View:
    """One sentence in the place of a form."""
    return shown(Message((text,)), look)
