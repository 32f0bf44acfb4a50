"""People in Slack: they write, press what they can see, fill in what lies open, and send it as Slack would."""

import json
from urllib.parse import urlencode

from slack_world import BOT, TEAM

EVENTS, FORMS = "application/json", "application/x-www-form-urlencoded"


class Somebody:
    """What this person does becomes (body, content type): signed and sent by whoever holds the wire."""

    def __init__(self, world, user):
        self.world, self.user = world, user

    # What they can see

    def channels(self):
        return [each.id for each in self.world.channels.values() if self.user in each.members and not each.is_archived]

    def surfaces(self):
        """(blocks, container, view or message, channel), the newest first."""
        there = [(each, "message", channel) for channel in self.channels() for each in self.world.messages[channel]]
        there += [(each, "whisper", each["channel"]) for each in self.world.whispers[self.user]]
        there.sort(key=lambda each: -float(each[0]["ts"]))
        home = self.world.homes.get(self.user)
        return ([(home, "home", "")] if home and self.looks_home else []) + there

    looks_home = False

    def button(self, is_it):
        """The newest button of which `is_it(button)` holds: (button, surface, kind, channel); None if they see none."""
        for surface, kind, channel in self.surfaces():
            for each in buttons(surface.get("blocks")):
                if is_it(each):
                    return each, surface, kind, channel
        return None

    # What they do

    def says(self, text, channel="", thread="", **more):
        place = channel or self.world.direct(self.user)
        if self.user not in self.world.channels[place].members:
            raise AssertionError(f"{self.user} is not in {place}")
        ts = self.world.next_ts()
        said = {"type": "message", "user": self.user, "text": text, "team": TEAM, "ts": ts, "event_ts": ts}
        said |= {"channel": place, "channel_type": self.world.channels[place].kind} | more
        if thread:
            said["thread_ts"] = thread
        self.world.spoken[place].append(said)
        return [self._event(said)]

    def mentions(self, text, channel, thread=""):
        """In a channel both events tell of it."""
        (told,) = self.says(f"<@{BOT}> {text}", channel, thread)
        event = json.loads(told[0])["event"]
        mention = {each: event[each] for each in event if each != "channel_type"} | {"type": "app_mention"}
        return [self._event(mention), told]

    def edits(self, message, text):
        channel, ts = message["channel"], self.world.next_ts()
        after = message | {"text": text, "edited": {"user": self.user, "ts": ts}}
        before = {each: after[each] for each in after if each != "edited"} | {"text": message["text"]}
        kept = {"channel", "channel_type"}
        event = {"type": "message", "subtype": "message_changed", "channel": channel, "ts": ts, "event_ts": ts}
        event |= {"channel_type": self.world.channels[channel].kind, "hidden": True}
        event |= {
            "message": {each: after[each] for each in after if each not in kept | {"event_ts"}},
            "previous_message": {each: before[each] for each in before if each not in kept | {"event_ts"}},
        }
        message["text"] = text
        return [self._event(event)]

    def deletes(self, message):
        channel, ts = message["channel"], self.world.next_ts()
        self.world.spoken[channel].remove(message)
        event = {"type": "message", "subtype": "message_deleted", "channel": channel, "ts": ts, "event_ts": ts}
        return [self._event(event | {"deleted_ts": message["ts"], "hidden": True})]

    def opens_home(self):
        event = {"type": "app_home_opened", "user": self.user, "channel": self.world.direct(self.user), "tab": "home"}
        return [self._event(event | {"event_ts": self.world.next_ts()})]

    def presses(self, button, surface, kind, channel):
        """What they see now, or saw when they pressed."""
        pressed = {
            "type": "block_actions",
            "user": {"id": self.user, "username": self.user.lower(), "name": self.user.lower(), "team_id": TEAM},
            "api_app_id": "A1",
            "token": "",
            "team": {"id": TEAM, "domain": "fjordby"},
            "trigger_id": self.world.trigger(self.user),
            "actions": [
                {
                    "type": "button",
                    "action_id": button["action_id"],
                    "block_id": button.get("block_id", ""),
                    "value": button["value"],
                    "action_ts": self.world.next_ts(),
                    "text": button["text"],
                }
            ],
        }
        if kind == "home":
            view = {each: surface[each] for each in surface if each != "user"}
            return [_payload(pressed | {"container": {"type": "view", "view_id": view["id"]}, "view": view})]
        where = {
            "type": "message",
            "message_ts": surface["ts"],
            "channel_id": channel,
            "is_ephemeral": kind == "whisper",
        }
        address = self.world.reply_address(self.user, channel, surface["ts"])
        pressed |= {"container": where, "channel": {"id": channel, "name": channel.lower()}}
        return [_payload(pressed | {"response_url": self.world.origin + address})]

    def form(self):
        """The form on top, that is open before them."""
        stack = self.world.stacks[self.user]
        return self.world.views[stack[-1]] if stack else None

    def fills_in(self, values):
        """Their client's own complaints, and what is sent all the same (another client may not look)."""
        view = self.form()
        inputs = {each["block_id"]: each for each in view["blocks"] if each["type"] == "input"}
        if unknown := values.keys() - inputs.keys():
            raise AssertionError(f"the form has no field {unknown}")
        state, wrong = {}, {}
        for name, block in inputs.items():
            element = block["element"]
            text = values.get(name, _begun(element))
            if not text and not block.get("optional"):
                wrong[name] = "required"
            if len(text) > element.get("max_length", 3000):
                wrong[name] = "too long"
            state[name] = {element["action_id"]: _filled(element, text)}
        sent = {each: view[each] for each in view if each not in {"user", "blocks"}} | {
            "state": {"values": state},
            "team_id": TEAM,
        }
        user = {"id": self.user, "username": self.user.lower(), "name": self.user.lower(), "team_id": TEAM}
        payload = {"type": "view_submission", "team": {"id": TEAM, "domain": "fjordby"}, "user": user, "view": sent}
        return wrong, [
            _payload(payload | {"api_app_id": "A1", "token": "", "trigger_id": self.world.trigger(self.user)})
        ]

    def hears(self, answer):
        """What Slack does with the acknowledgement of a form: (errors, what stands in its place)."""
        view = self.form()
        told = json.loads(answer.text) if answer.text else {}
        match told.get("response_action"):
            case None:
                self.world.stacks[self.user].pop()
            case "errors":
                fields = {each["block_id"] for each in view["blocks"] if each["type"] == "input"}
                if not told["errors"] or told["errors"].keys() - fields:
                    self.world.violations.append(f"errors at {told['errors'].keys()}, fields are {fields}")
            case "update":
                self.world.replace_view(view, told["view"])
            case other:
                self.world.violations.append(f"response_action {other}")
        return told.get("errors", {}), told.get("view")

    def closes(self):
        self.world.stacks[self.user].clear()

    def runs(self, text, channel):
        if channel not in self.channels():
            raise AssertionError(f"{self.user} is not in {channel}")
        form = {
            "token": "",
            "api_app_id": "A1",
            "team_id": TEAM,
            "team_domain": "fjordby",
            "channel_id": channel,
            "channel_name": channel.lower(),
            "user_id": self.user,
            "user_name": self.user.lower(),
            "command": "/driftsvagt",
            "text": text,
            "is_enterprise_install": "false",
            "response_url": self.world.origin + self.world.reply_address(self.user, channel),
            "trigger_id": self.world.trigger(self.user),
        }
        return [(urlencode(form), FORMS)]

    def uses_shortcut(self, message):
        payload = {
            "type": "message_action",
            "callback_id": "spoerg_driftsvagt",
            "trigger_id": self.world.trigger(self.user),
            "message_ts": message["ts"],
            "response_url": self.world.origin + self.world.reply_address(self.user, message["channel"]),
            "message": {each: message[each] for each in ("type", "user", "team", "text", "ts") if each in message},
            "team": {"id": TEAM, "domain": "fjordby"},
            "user": {"id": self.user, "name": self.user.lower()},
            "channel": {"id": message["channel"], "name": message["channel"].lower()},
            "token": "",
            "action_ts": self.world.next_ts(),
            "is_enterprise_install": False,
        }
        return [_payload(payload)]

    def _event(self, event):
        body = {
            "token": "",
            "team_id": TEAM,
            "api_app_id": "A1",
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{event.get('event_ts')}{event['type']}",
            "event_time": int(float(event.get("event_ts") or 0)),
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
        }
        return json.dumps(body), EVENTS


def buttons(blocks):
    for block in blocks or ():
        for each in block.get("elements", ()) if block["type"] == "actions" else ():
            yield each | {"block_id": block.get("block_id", "")}


def shown(blocks):
    """All the words of some blocks, as somebody reads them."""
    return "\n".join(filter(None, (_words(each) for each in blocks or ())))


def _words(part):
    match part:
        case {"type": "actions"}:
            return ""
        case {"type": "input", "label": {"text": label}}:
            return label
        case {"type": "emoji", "name": name}:
            return f":{name}:"
        case {"type": "user", "user_id": user}:
            return f"@{user}"
        case {"text": {"text": str(text)}} | {"text": str(text)}:
            return text
        case {"elements": list(elements)}:
            return ("\n" if part["type"] == "rich_text" else "").join(map(_words, elements))
        case _:
            return ""


def _payload(payload):
    return urlencode({"payload": json.dumps(payload)}), FORMS


def _begun(element):
    return (
        element.get("initial_value")
        or element.get("initial_date")
        or element.get("initial_option", {}).get("value", "")
    )


def _filled(element, text):
    match element["type"]:
        case "static_select":
            chosen = next((each for each in element["options"] if each["value"] == text), None)
            return {"type": "static_select", "selected_option": chosen}
        case "checkboxes":
            return {"type": "checkboxes", "selected_options": element["options"] if text else []}
        case "datepicker":
            return {"type": "datepicker", "selected_date": text or None}
        case _:
            return {"type": "plain_text_input", "value": text or None}
