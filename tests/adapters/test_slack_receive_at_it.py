"""IT and the contract manager in Slack: hand over in a form, log from buttons, look at the overview and at a clock."""

import asyncio
import json

import pytest

from bot.desk.digest import tell_digest

REPORT = {
    "severity": "B",
    "since": "24-11 9.00",
    "who": "Hjemmeplejen Nord",
    "how_many": "40",
    "tried": "Genstart",
    "steps": "Åbn listen",
    "contact": "Ivo",
}
WORDS = "menneske: omsorgsjournalen viser alle navne som små firkanter"


def run(act):
    return asyncio.run(act)


async def at_it(office):
    """Mia's ticket came by the superusers, whose channel is on the web, to IT; and Ivo has it."""
    await office.says("mia", WORDS)
    await office.presses("sam", "claim:1")
    await office.submits("sam", "escalate:1||", {"note": "Den er deres"}, "V0")
    await office.presses("ivo", "claim:1", "CIT")
    assert office.ticket().assignee == "ivo"


def opened(office):
    return office.machine.called("views.open")[-1]["view"]


def test_a_fault_is_handed_over_in_a_form_with_what_is_wrong_beside_its_field(office):
    async def story():
        await at_it(office)
        await office.presses("ivo", "hand-over:1", "CIT")
        form = opened(office)
        assert [each["block_id"] for each in form["blocks"] if each["type"] == "input"] == list(REPORT)
        options = form["blocks"][1]["element"]["options"]
        assert options[0]["value"] == "A"
        wrong = await office.submits("ivo", form["private_metadata"], REPORT | {"since": "i overmorgen", "steps": ""})
        assert set(wrong.json()["errors"]) == {"since", "steps"}
        assert (await office.submits("ivo", form["private_metadata"], REPORT)).text == ""
        assert any(each.startswith("S-1") for each in office.seen("CIT"))
        assert any("sendt til leverandøren" in each for each in office.seen("DUMIA"))

    run(story())


def test_a_milestone_is_logged_from_its_button_and_the_card_follows(office):
    async def story():
        await at_it(office)
        await office.submits("ivo", "hand-over:1|CIT|", REPORT)
        office.passes(minutes=10)
        await office.presses("ivo", "log:1:acknowledged:", "CIT")
        assert [each["block_id"] for each in opened(office)["blocks"]] == ["at", "source", "note"]
        before = next(each for each in office.seen("CIT") if each.startswith("S-1"))
        values = {"at": "24-11 9.35", "source": "phone", "note": "De ser på det"}
        answer = await office.submits("ivo", opened(office)["private_metadata"], values, "V2")
        assert answer.text == ""
        after = next(each for each in office.seen("CIT") if each.startswith("S-1"))
        assert before != after
        late = await office.submits("ivo", "log:1:resolved:|CIT|", values | {"at": "i overmorgen"}, "V3")
        assert list(late.json()["errors"]) == ["at"]

    run(story())


@pytest.mark.parametrize("who", ["ivo", "karen"])
def test_the_clock_is_explained_in_a_modal(office, who):
    async def story():
        await at_it(office)
        await office.submits("ivo", "hand-over:1|CIT|", REPORT)
        await office.presses(who, "explain:S-1", "CIT")
        shown = json.dumps(opened(office), ensure_ascii=False)
        assert opened(office)["title"]["text"] == "S-1"
        assert "Tæller  Bero  Lukket  Forklaring" in shown

    run(story())


def test_the_overview_is_for_those_who_look_after_suppliers(office):
    async def story():
        await office.says("karen", "oversigt")
        await office.says("mia", "oversigt")
        assert "Venter på" in office.seen("DUKAREN")[0]
        assert "Venter på" not in office.seen("DUMIA")[0]
        await office.presses("mia", "explain:S-1", "CIT")
        assert not office.machine.called("views.open")

    run(story())


def test_a_breach_is_told_to_it_and_to_the_contract_manager(office):
    async def story():
        await at_it(office)
        await office.submits("ivo", "hand-over:1|CIT|", REPORT)
        for _ in range(8):
            office.passes(hours=3)
        assert any("overskredet" in each for each in office.seen("CIT"))
        assert any("S-1" in each for each in office.seen("DUKAREN"))

    run(story())


def test_the_digest_stands_in_its_channel_in_the_morning(office):
    async def story():
        await at_it(office)
        await office.submits("ivo", "hand-over:1|CIT|", REPORT)
        office.passes(hours=23)
        before = len(office.seen("CIT"))
        for _ in range(2):
            tell_digest(office.desk)
            office.deliver()
        digests = [each for each in office.seen("CIT")[before:] if each.startswith("Godmorgen")]
        assert len(digests) == 1

    run(story())
