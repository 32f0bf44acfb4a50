"""Whatever is written in any field stays words: the same elements and attributes as with harmless words."""

from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from skeleton import bones, targets, words
from web_samples import POSTS as SAMPLES
from web_samples import post, view

from bot.domain.commands import Status
from bot.messengers.web.render import environment, post_html
from bot.wording.message import Button, Link, Message

TEMPLATES = environment()
NASTY = {
    "script": "<script>alert(1)</script>",
    "quotes": "\"'><img src=x onerror=alert(1)>",
    "entity": "&lt;b&gt; &amp;",
    "markdown": "**fed** _kursiv_ [link](javascript:alert(1)) `kode` # 1042",
    "template": "{{ 7 * 7 }}{% include 'x' %}",
    "comment": "--><svg/onload=alert(1)>",
    "textarea": "</textarea></form></details>",
}
# What is not free text: identities, keys, and what the shape of the page is chosen by.
_NOT_WORDS = {"key", "only_for", "id", "kind", "style", "tone", "person", "number", "url"}


def with_words(value, said):
    """The same message with these words wherever a text can stand."""
    if isinstance(value, str):
        return said
    if isinstance(value, tuple):
        return tuple(with_words(each, said) for each in value)
    if is_dataclass(value) and type(value).__module__ == "bot.wording.message":
        free = [each.name for each in fields(value) if each.name not in _NOT_WORDS]
        return replace(value, **{name: with_words(getattr(value, name), said) for name in free if getattr(value, name)})
    return value


@pytest.mark.parametrize("trick", NASTY)
@pytest.mark.parametrize("name", SAMPLES)
def test_words_stay_words_in_every_field(name, trick):
    sample = SAMPLES[name]
    safe, bars = with_words(sample.message, "ord"), sample.message.bars
    nasty = with_words(sample.message, NASTY[trick])
    safe, nasty = replace(safe, bars=_lettered(bars, "ord")), replace(nasty, bars=_lettered(bars, NASTY[trick]))
    drawn = post_html(TEMPLATES, replace(sample, message=nasty), view())
    assert bones(drawn) == bones(post_html(TEMPLATES, replace(sample, message=safe), view()))
    assert " ".join(NASTY[trick].split()) in words(drawn) or not nasty.text


def _lettered(bars, said):
    """What a bar is made of is numbers; only its words are exchanged."""
    return tuple(replace(each, name=said, label=said, when=said, left=said) for each in bars)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://x",
        "data:text/html,x",
        "//evil.example",
        "vbscript:x",
        "",
    ],
)
def test_a_link_that_is_no_web_or_mail_address_is_only_its_label(url):
    drawn = post_html(TEMPLATES, post(Message((Link("klik", url),))), view())
    assert targets(drawn) == []
    assert "klik" in words(drawn)


def test_the_value_of_a_button_cannot_leave_its_attribute():
    button = Button("x", Status('"><script>alert(1)</script>'))
    drawn = post_html(TEMPLATES, post(Message(("x",), buttons=(button,))), view())
    assert "<script" not in drawn


def test_controls_that_turn_text_around_are_gone():
    drawn = post_html(TEMPLATES, post(Message(("abc\u202egnp.exe\u2066\x07\x9b",), quote="\u202ex")), view())
    assert not set(drawn) & set("\u202e\u2066\x07\x9b")
    assert "abcgnp.exe" in drawn


@given(st.text(max_size=10_000))
def test_any_text_can_be_drawn(text):
    drawn = post_html(TEMPLATES, post(Message((text,), quote=text, title=text)), view())
    assert bones(drawn)[0] == ("li", ("class", "id"))
