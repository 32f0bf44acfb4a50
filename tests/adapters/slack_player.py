"""Plays the chats of the story in Slack: who writes, writes there; who presses, presses what stands there; forms are forms.

The scripts are those of the web. What everybody saw is compared with it, person by person and channel by channel.
"""

import asyncio
from dataclasses import dataclass

from player import Player
from slack_people import Somebody, buttons, shown

from bot.domain.commands import Kind
from bot.messengers.console import Console
from bot.wording.message import plain


@dataclass(frozen=True)
class Seen:
    """`to`: a person, #channel or #channel/case. `how`: said, updated, whispered, form (errors beside fields), opened."""

    to: str
    how: str
    text: str
    labels: tuple[str, ...] = ()


class SlackPlayer(Player):
    def __init__(self, office, start, channels):
        mails = Console(lambda _: None)
        super().__init__(office.desk, mails, office.clock, start)
        self.office, self.channels, self.seen = office, channels, []
        self._loop = asyncio.new_event_loop()
        self._looked = self._asked = 0
        self.console.said = office.machine.told  # its length is what the player counts

    def play(self, script):
        try:
            return super().play(script)
        finally:
            self._loop.run_until_complete(self.office.door.quiet())
            self._loop.close()

    def somebody(self, name):
        return Somebody(self.office.machine, f"U{name.upper()}")

    def _press(self, pressed):
        somebody = self.somebody(pressed["who"])
        number = (pressed["case"] or "").lstrip("#S-")
        found = somebody.button(lambda each: self._is_meant(each, pressed["label"], number))
        found = found or self._saw(somebody, pressed["label"], number)
        assert found, f"{pressed['who']} sees no button [{pressed['label']}] {number}"
        self._send(somebody.presses(*found))
        while self._was_asked_for_a_form() and not somebody.form():
            self._send(somebody.presses(*found))  # it did not open: whoever pressed presses again
        form = somebody.form()
        if form and form["callback_id"] == "form":
            values = dict(each.partition("=")[::2] for each in (pressed["form"] or "").split(" | ") if each)
            fields = {each["block_id"]: each["element"] for each in form["blocks"] if each["type"] == "input"}
            values = {
                name: text for name, text in values.items() if name in fields
            }  # what a list holds, it holds alone
            wrong, sent = somebody.fills_in(values)
            errors, view = somebody.hears(self._send(sent))
            if errors:
                self.seen.append(Seen(pressed["who"], "form", "\n".join(errors.values())))
            elif view:
                self.seen.append(Seen(pressed["who"], "form", shown(view["blocks"])))
            else:
                assert not wrong, f"the desk took what Slack's client would have held back: {wrong}"
        elif form:
            self.seen.append(Seen(pressed["who"], "opened", shown(form["blocks"])))
        somebody.closes()

    def _was_asked_for_a_form(self):
        """Since somebody last pressed."""
        asked = len(self.office.machine.called("views.open"))
        self._asked, before = asked, self._asked
        return asked > before

    def _is_meant(self, button, label, number):
        value = button["value"].partition(":")[2]
        return button["text"]["text"] == label and (not number or f":{number}" in f":{value}:")

    def _saw(self, somebody, label, number):
        """Pressed in the very moment in which it was taken away: two hands reach for one card."""
        for _, channel, message, user in reversed(self.office.machine.told):
            if user not in {"", somebody.user} or channel not in somebody.channels():
                continue
            for each in buttons(message.get("blocks")):
                if self._is_meant(each, label, number):
                    return each, message, "whisper" if user else "message", channel
        return None

    def _say(self, words):
        somebody = self.somebody(words["who"])
        if not words["thread"]:
            self._send(somebody.says(words["text"]))
            return
        for message, kind, channel in somebody.surfaces():
            if kind == "message" and message["text"].startswith(f"#{words['thread']} ") and "thread_ts" not in message:
                self._send(somebody.says(words["text"], "" if channel.startswith("D") else channel, message["ts"]))
                return
        self._send(somebody.says(f"#{words['thread']} {words['text']}"))

    def _send(self, sent):
        for body, kind in sent:
            answer = self._loop.run_until_complete(self.office.sent(body, kind))
            assert answer.status_code == 200
        return answer

    def _drain(self, _):
        self._loop.run_until_complete(self.office.settle())
        return []

    def _new_lines(self, before):
        machine = self.office.machine
        for how, channel, message, user in machine.told[max(before, self._looked) :]:
            self.seen.append(self._as_seen(how, channel, message, user))
        self._looked = len(machine.told)
        return [str(each) for each in self.seen]

    def _as_seen(self, how, channel, message, user):
        to = self._name(channel, user)
        if thread := message.get("thread_ts") and not channel.startswith("D") and message["thread_ts"]:
            parent = self.office.machine.stands(channel, thread)
            to = f"{to}/{parent['text'].split()[0].lstrip('#')}"
        labels = tuple(each["text"]["text"] for each in buttons(message.get("blocks")))
        text = message["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        return Seen(to, how, text, labels)

    def _name(self, channel, user):
        if user or channel.startswith("D"):
            found = (user or channel[1:]).removeprefix("U").lower()
            return self.desk.knowledge.now().organisation.people[found].name
        return f"#{self.channels[channel]}"


def on_the_web(console):
    """What the same chat showed there."""
    for said in console.said:
        if said.place.kind is not Kind.MAIL:
            labels = tuple(each.label for each in said.message.buttons if not (each.off or each.chosen))
            how = "updated" if said.updated else "said"
            yield Seen(said.to, how, plain(said.message).strip(), labels)
