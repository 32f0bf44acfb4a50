"""Message → Block Kit: whatever anybody wrote, Slack takes it, and no word of it calls, links or formats anything."""

import json
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as SlackView

from bot.domain.commands import Claim, HandOver, ItHelped, ShowArticle
from bot.domain.people import PersonId
from bot.messengers.slack import limits
from bot.messengers.slack.render import Look, Rendered, drawn, notification, render
from bot.messengers.slack.text import decode, escape, fitting, shorten, without_controls
from bot.messengers.slack.views import Shelf, ask_form, errors_at, filled, home, modal, said, shown
from bot.wording.message import Bar, Button, Form, Input, Link, Mention, Message, Strong, Table

GOLDEN = Path(__file__).parent / "golden_slack"
LOOK = Look("da", "https://support.fjordby.example", {PersonId("sam"): "U2SAM"})
ODD = "æøå 👩‍🚒 \u202eabc\u2066 <!channel> <@U0BOT> &lt;!here&gt; <!subteam^S1> <https://evil.example|intranet> *a* `b` :x: \x00\x07"
NASTY = st.one_of(
    st.text(max_size=200),
    st.sampled_from([ODD, ODD * 100, "&" * 9000, "x" * 10_000, "\n" * 50, " ", "<!channel>" * 400]),
    st.integers(0, 10_000).map(lambda n: (ODD * 200)[:n]),
)
LABELS = st.one_of(NASTY, st.just("Jeg tager den"))
COMMANDS = st.sampled_from([Claim(7), ItHelped("q1"), ShowArticle("q" * 300, "a" * 2500)])
SPANS = st.one_of(
    NASTY,
    NASTY.map(Strong),
    st.builds(Link, NASTY, st.sampled_from(["https://x.example/a|b>", "javascript:alert(1)", "https://" + "x" * 9000])),
    st.builds(Mention, st.sampled_from([PersonId("sam"), PersonId("mia")]), NASTY),
)
BUTTONS = st.builds(
    Button,
    LABELS,
    COMMANDS,
    st.sampled_from(["plain", "primary", "danger"]),
    NASTY,
    chosen=st.booleans(),
    off=st.booleans(),
)
BARS = st.builds(
    Bar, NASTY, NASTY, NASTY, NASTY, st.just((("used", 0, 700), ("paused", 700, 800), ("over", 1000, 1400)))
)
MESSAGES = st.builds(
    Message,
    st.lists(SPANS, max_size=4).map(tuple),
    title=NASTY,
    number=st.sampled_from(["", "#7", "S-12"]),
    state=NASTY,
    quote=NASTY,
    fields=st.lists(st.tuples(NASTY, NASTY), max_size=40).map(tuple),
    source=st.lists(NASTY, max_size=3).map(tuple),
    bars=st.lists(BARS, max_size=3).map(tuple),
    table=st.one_of(st.none(), st.builds(Table, NASTY, st.just(("a", "b")), st.just((("1", ODD), ("2", "x" * 4000))))),
    buttons=st.lists(BUTTONS, max_size=40).map(tuple),
    tone=st.sampled_from(["info", "ok", "warn", "late", "hold"]),
    who=NASTY,
    role=NASTY,
    internal=st.booleans(),
)
INPUTS = st.builds(
    Input,
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["line", "text", "choice", "date", "check"]),
    NASTY,
    st.booleans(),
    st.just(3000),
    st.lists(st.tuples(st.sampled_from(["A", "B" * 200]), NASTY), max_size=120).map(tuple),
    NASTY,
    NASTY,
    NASTY,
)
CALLS = re.compile(r"<[!@#h][^>]*>")


def pieces(thing):
    """Every dict in it."""
    if isinstance(thing, dict):
        yield thing
        for each in thing.values():
            yield from pieces(each)
    elif isinstance(thing, list):
        for each in thing:
            yield from pieces(each)


def is_taken(blocks, most):
    """What the documentation and Slack's own models say of blocks."""
    assert 1 <= len(blocks) <= most
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None, block
        parsed.validate_json()
    names = [each["block_id"] for each in blocks if "block_id" in each]
    actions = [each["action_id"] for block in blocks if block["type"] == "actions" for each in block["elements"]]
    assert len(names) == len(set(names))
    assert len(actions) == len(set(actions))
    assert all(len(each) <= limits.ID for each in (*names, *actions))
    for each in pieces(blocks):
        if isinstance(each.get("text"), str):
            assert 1 <= len(escape(each["text"])) <= limits.RICH_TEXT
            assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", each["text"])
        assert each.get("type") != "mrkdwn"
        if each.get("type") == "plain_text":
            assert each["emoji"] is False
        if each.get("type") == "button":
            assert len(each["text"]["text"]) <= limits.LABEL
            assert len(each["value"]) <= limits.VALUE
        if each.get("type") == "link":
            assert each["url"].startswith(("https://", "http://", "mailto:"))


@given(MESSAGES)
def test_whatever_is_said_slack_takes_it(message):
    made = render(message, LOOK, "ticket:7:mine:12")
    is_taken(made.blocks, limits.BLOCKS)
    assert 1 <= len(made.text) <= limits.NOTIFICATION
    assert not CALLS.search(made.text)
    assert made.blocks[0]["block_id"] == "ticket:7:mine:12"
    json.dumps(made.blocks).encode()


@given(MESSAGES)
def test_only_a_mention_mentions(message):
    called = [each["user_id"] for each in pieces(render(message, LOOK).blocks) if each.get("type") == "user"]
    assert set(called) <= {"U2SAM"}
    meant = [each for each in message.text if isinstance(each, Mention) and each.person == "sam"]
    assert len(called) <= len(meant)
    assert not any(
        each.get("type") in {"broadcast", "usergroup", "channel"} for each in pieces(render(message, LOOK).blocks)
    )


@given(NASTY.filter(lambda text: len(escape(text)) < limits.QUOTE and without_controls(text).strip()))
def test_what_a_person_wrote_arrives_letter_by_letter(text):
    quoted = render(Message(("Sagt:",), quote=text), LOOK).blocks[-1]["elements"][0]
    assert quoted["type"] == "rich_text_quote"
    assert "".join(each["text"] for each in quoted["elements"]) == without_controls(text)


@given(st.text(st.characters(codec="utf-8"), max_size=400))
def test_escaping_is_undone_by_decoding(text):
    assert decode(escape(text), str) == text


@given(NASTY, st.integers(1, 300))
def test_shortening_never_exceeds_and_keeps_the_beginning(text, most):
    short = shorten(text, most)
    assert len(escape(short)) <= most
    assert text.startswith(short.removesuffix("…").rstrip("…"))
    assert fitting(text, most) == len(text) or short.endswith("…")


@given(st.lists(INPUTS, min_size=1, max_size=3, unique_by=lambda each: each.id).map(tuple), NASTY, NASTY)
def test_whatever_is_asked_slack_takes_the_form(inputs, title, submit):
    view = modal(Form(HandOver(7), title, submit, inputs), "hand-over:7|C1", LOOK)
    is_taken(view["blocks"], limits.VIEW_BLOCKS)
    SlackView(**view).validate_json()
    assert all(len(view[name]["text"]) <= limits.TITLE for name in ("title", "submit", "close"))


@given(st.lists(MESSAGES, max_size=8).map(tuple))
def test_whatever_is_open_the_home_page_takes_it(cards):
    view = home([Shelf("Mine sager", cards, "Ingen"), Shelf("x" * 400, (), "Ingen")], LOOK)
    is_taken(view["blocks"], limits.VIEW_BLOCKS)


# By example

CARD = Message(
    ("Ingen har den endnu.",),
    "ticket:7:printere-nord",
    title="Etiketprinteren skriver blanke etiketter",
    number="#7",
    state="Ingen endnu",
    quote="Etiketprinteren skriver blanke etiketter\n<!channel> *nu*",
    fields=(("Fra", "Mia, Hjemmeplejen Nord"), ("Botten viste", "intet")),
    bars=(Bar("Nogen tager den", "", "senest i dag kl. 10.31", "29 min. tilbage", (("used", 0, 400),)),),
    buttons=(Button("Jeg tager den", Claim(7), "primary"), Button("Det her er til it", Claim(8), confirm="Send den?")),
)
SAMPLES = {
    "card": CARD,
    "answer": Message(
        ("1. Åbn låget.\n2. Vend rullen.",),
        "question:q1",
        title="Etiketter er blanke",
        source=("Ansvarlig: sam@fjordby.example", "Gennemgås senest 30-6-2027"),
        buttons=(Button("Det hjalp", ItHelped("q1"), chosen=True), Button("Hjalp ikke", ItHelped("q2"), off=True)),
    ),
    "comment": Message(
        ("Prøv at vende rullen & skriv <igen>",), who="Sam", role="superbruger", fields=(("", "#7 Etiketter"),)
    ),
    "note": Message(("Kender I den?",), who="Sue", role="superbruger", internal=True),
    "breach": Message(("Fristen er overskredet med 7 min.",), tone="late"),
    "spans": Message(
        (Strong("Se"), " ", Link("vejledningen", "https://x.example/a"), ", ", Mention(PersonId("sam"), "Sam"))
    ),
    "long": replace(CARD, text=("ord " * 4000,)),
    "table": Message(("Overblik",), table=Table("Sager", ("Hos", "I alt"), (("it", "3"), ("superbruger", "12")), (1,))),
}


def golden(name, value, request):
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    file = GOLDEN / f"{name}.json"
    if request.config.getoption("--rewrite", default=False):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_message_is_made_as_it_was_reviewed(name, request):
    made = render(SAMPLES[name], LOOK)
    golden(name, {each.name: getattr(made, each.name) for each in fields(Rendered)}, request)


def test_the_form_of_a_fault_report_is_made_as_it_was_reviewed(request):
    inputs = (
        Input(
            "severity",
            "choice",
            "Hvor alvorlig",
            True,
            options=(("A", "A Kritisk: alt står stille"), ("B", "B Alvorlig")),
        ),
        Input("since", "line", "Siden", True, hint="i dag 9.30"),
        Input("tried", "text", "Prøvet", initial="Genstart", error="Skriv lidt mere"),
    )
    view = modal(Form(HandOver(7), "Fejlmelding til Strandvejr Drift A/S", "Send den", inputs), "hand-over:7|C1", LOOK)
    golden("form", view, request)


def test_no_golden_file_is_left_over():
    assert {path.stem for path in GOLDEN.glob("*.json")} == {*SAMPLES, "form"}


def test_what_is_left_out_can_be_read_on_the_web():
    links = [each["url"] for each in pieces(render(SAMPLES["long"], LOOK).blocks) if each.get("type") == "link"]
    assert links == ["https://support.fjordby.example/sag/7"]
    assert not [each for each in pieces(render(CARD, LOOK).blocks) if each.get("type") == "link"]


def test_a_card_that_replaces_another_links_to_it():
    made = render(CARD, LOOK, older="https://fjordby.slack.example/archives/C1/p1")
    assert {
        "type": "link",
        "url": "https://fjordby.slack.example/archives/C1/p1",
        "text": "Den tidligere besked",
    } in list(pieces(made.blocks))


def test_a_clock_is_drawn_in_twenty_cells():
    assert drawn(Bar("", "", "", "", (("used", 0, 500),))) == "█" * 10 + "░" * 10
    assert drawn(Bar("", "", "", "", (("used", 0, 500), ("paused", 500, 750), ("over", 1000, 2000)))).count("▓") == 10


def test_the_notification_calls_nobody():
    assert notification("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@U1> hej", "@Sam hej"),
        ("<@U9|gæst>", "@gæst"),
        ("<#C1|drift> og <#C2>", "#drift og #C2"),
        ("<https://x.example|her> <https://y.example>", "her (https://x.example) https://y.example"),
        ("<mailto:mia@fjordby.example|mia@fjordby.example>", "mia@fjordby.example"),
        ("<!channel> <!here|@here> <!subteam^S1|@nord> <!subteam^S1>", "@channel @here @nord @S1"),
        ("a &lt;!here&gt; &amp;lt; b", "a <!here> &lt; b"),
    ],
)
def test_what_slack_wrote_is_read_as_plain_characters(written, read):
    assert decode(written, lambda account: {"U1": "Sam"}.get(account, "")) == read


def test_what_was_filled_in_is_text_or_nothing():
    values = {
        "a": {"value": {"type": "plain_text_input", "value": "tekst"}},
        "b": {"value": {"type": "static_select", "selected_option": {"value": "B"}}},
        "c": {"value": {"type": "checkboxes", "selected_options": [{"value": "1"}]}},
        "d": {"value": {"type": "datepicker", "selected_date": "2026-11-24"}},
        "e": {"value": {"type": "plain_text_input", "value": None}},
        "f": {"value": {"type": "checkboxes", "selected_options": []}},
    }
    assert filled({"state": {"values": values}}) == {
        "a": "tekst",
        "b": "B",
        "c": "1",
        "d": "2026-11-24",
        "e": "",
        "f": "",
    }
    for odd in ({}, {"state": None}, {"state": {"values": []}}, {"state": {"values": {"a": "x"}}}):
        assert filled(odd) == {}


def test_an_error_stands_only_beside_a_field_that_is_there():
    view = modal(ask_form("hej", LOOK), "ask", LOOK)
    assert errors_at(view, {"text": "Skriv noget", "andet": "nej"}) == {"text": "Skriv noget"}


def test_what_is_only_read_has_nothing_to_press():
    assert not [each for each in pieces(shown(CARD, LOOK)) if each.get("type") == "button"]
    assert shown(CARD, LOOK)["title"]["text"] == "#7"
    assert said("Det er gjort.", LOOK)["title"]["text"] == "Driftsvagt"


def test_the_home_page_says_what_there_is_and_what_there_is_not():
    view = home([Shelf("Mine sager", (CARD,), "Ingen"), Shelf("Ledige", (), "Ingen ledige")], LOOK)
    text = json.dumps(view, ensure_ascii=False)
    assert "Ingen ledige" in text
    assert 'Ingen"' not in text
    assert "senest i dag kl. 10.31" in text
    assert "0-0:" not in text
    assert "claim:7" in text
