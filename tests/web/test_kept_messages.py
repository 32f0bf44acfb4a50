"""A message is kept as JSON and comes back the same, except that a button refers and never quotes."""

from dataclasses import replace
from typing import get_args

import pytest
from web_samples import POSTS as SAMPLES

from bot.domain.commands import Command, Comment
from bot.messengers.web.as_json import NotAMessage, decode, encode
from bot.wording.buttons import command_of
from bot.wording.message import Button, Message

VALUES = [
    "ask", "helped:q", "no-help:q", "article:q:vpn", "system:q:-", "person", "comment:7:", "claim:7", "release:7",
    "escalate:7", "hold:7", "resume:7", "resolve:7", "confirm:7", "reopen:7", "cancel:7", "hand-over:7", "join:7:12",
    "log:12:pause:awaiting_customer", "correct:12:7", "void:12:7", "dispute:12:S-12/p5", "settle:12:S-12/p5:falls", "away", "back", "help", "mine", "status:7", "overview", "explain:S-12",
]  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_a_message_comes_back_as_it_was(name):
    message = SAMPLES[name].message
    assert decode(encode(message)) == message


def test_every_command_can_be_behind_a_button():
    commands = [command_of(value) for value in VALUES]
    assert {type(each) for each in commands} == set(get_args(Command))
    message = Message(("x",), buttons=tuple(Button("x", each) for each in commands))
    assert decode(encode(message)) == message


def test_a_button_refers_and_never_quotes():
    secret = replace(Message(("x",)), buttons=(Button("Send", Comment(7, "det hemmelige")),))
    assert "hemmelige" not in encode(secret)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"is":"Button"}', '{"is":"Path"}', '{"is":"Command","value":"x:1"}', "1"]
)
def test_what_is_not_a_message_is_refused(text):
    with pytest.raises(NotAMessage):
        decode(text)
