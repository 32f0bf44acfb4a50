"""The people of the tests send what Slack sends: no key of theirs that the official samples do not have; and only what they can see."""

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from slack_people import Somebody
from slack_world import World

SAMPLES = Path(__file__).parents[3] / "shared/data/slack-samples"
CARD = [
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "0", "value": "claim:1", "text": {"type": "plain_text", "text": "Tag"}}
        ],
    }
]


@pytest.fixture
def mia():
    world = World(lambda: 0.0)
    world.origin = "http://slack"
    world.knows("UMIA")
    world.has("CNORD", "UMIA")
    world.has("CIT")
    return Somebody(world, "UMIA")


def sent(made):
    body, kind = made[-1]
    if kind == "application/json":
        return json.loads(body)
    form = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
    return json.loads(form["payload"]) if "payload" in form else form


def unknown(given, sample, path=""):
    """Keys that the sample has not, by their path. What a sample leaves blank says nothing of what is inside."""
    if isinstance(given, dict) and isinstance(sample, dict) and sample:
        for key, value in given.items():
            if key not in sample:
                yield f"{path}.{key}"
            else:
                yield from unknown(value, sample[key], f"{path}.{key}")
    if isinstance(given, list) and isinstance(sample, list) and sample and path.endswith("authorizations"):
        yield from unknown(given[0], sample[0], path)


def acts(mia):
    said = {"ts": "5.1", "type": "message", "user": "UMIA", "text": "Hej", "channel": "CNORD"}
    surface = {"ts": "6.1", "blocks": CARD, "text": "x"}
    button = CARD[0]["elements"][0]
    opened = {"id": "V1", "user": "UMIA", "type": "modal", "callback_id": "form", "private_metadata": "", "hash": "h"}
    opened |= {"title": {}, "state": {"values": {}}}
    mia.world.views["V1"] = opened | {"blocks": []}
    mia.world.stacks["UMIA"].append("V1")
    mia.world.spoken["CNORD"].append(said | {"channel_type": "channel", "event_ts": "5.1"})
    message = mia.world.spoken["CNORD"][0]
    return {
        "events/MessagePayload": mia.says("Hej"),
        "events/AppMentionPayload": mia.mentions("Hej", "CNORD")[:1],
        "events/AppHomeOpenedPayload": mia.opens_home(),
        "events/MessageChangedPayload": mia.edits(message, "Hejsa"),
        "app-backend/interactive-components/BlockActionPayload": mia.presses(button, surface, "message", "CNORD"),
        "app-backend/interactive-components/MessageShortcutPayload": mia.uses_shortcut(message),
        "app-backend/views/ViewSubmissionPayload": mia.fills_in({})[1],
        "app-backend/slash-commands/SlashCommandPayload": mia.runs("hjælp", "CNORD"),
        "events/MessageDeletedPayload": mia.deletes(message),
    }


@pytest.mark.skipif(not SAMPLES.exists(), reason="SKIPPED: the official sample payloads are not on this machine")
def test_nothing_is_sent_that_the_official_samples_do_not_have(mia):
    found = {}
    for name, made in acts(mia).items():
        sample = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
        if odd := sorted(unknown(sent(made), sample)):
            found[name] = odd
    assert found == {}


def test_a_button_is_pressed_only_by_those_who_see_it(mia):
    mia.world.messages["CIT"].append({"ts": "1.1", "blocks": CARD, "text": "x"})
    assert mia.button(lambda each: each["value"] == "claim:1") is None
    mia.world.messages["CNORD"].append({"ts": "2.1", "blocks": CARD, "text": "x"})
    assert mia.button(lambda each: each["value"] == "claim:1")[3] == "CNORD"
    mia.world.channels["CNORD"].is_archived = True
    assert mia.button(lambda each: each["value"] == "claim:1") is None
    with pytest.raises(AssertionError):
        mia.says("Hej", "CIT")
    with pytest.raises(AssertionError):
        mia.runs("hjælp", "CIT")
