"""Every chat of the story, played in Slack too: everybody sees there what they see on the web, at the same time, and nothing more."""

import ast
import re
from collections import defaultdict
from itertools import count
from pathlib import Path
from random import Random
from shutil import copy

import pytest
from office import Office
from player import Hands, Player
from slack_player import SlackPlayer, on_the_web
from stage import MONDAY, Standing

from bot.desk.ports import Desk
from bot.messengers.console import Console
from bot.messengers.slack import connection
from bot.storage.memory import MemoryStore

ROOT = Path(__file__).parents[2]


def scripts():
    """By the sentence that is their test's name."""
    for file in sorted((ROOT / "tests/transcripts").glob("test_*.py")):
        for test in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(test, ast.FunctionDef):
                for nth, call in enumerate(each for each in ast.walk(test) if isinstance(each, ast.Call)):
                    if getattr(call.func, "id", "") == "plays":
                        yield pytest.param(call.args[0].value, id=f"{test.name.removeprefix('test_')}-{nth}")
    chat = re.search(r"```\n(man 10:00.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    yield pytest.param(chat[1], id="the chat of the README")


MARKED = "Måske har du set det før"
TROUBLED = {
    "the_first_superuser_to_claim_gets_the_ticket-0",
    "the_supplier_solves_it_and_every_side_sees_who_has_it-0",
}


class Clock(Hands):
    """The player's, which the office reads too."""

    @property
    def value(self):
        return self.at


def played_on_the_web(script, known, search):
    hands, console, ids = Hands(MONDAY), Console(lambda _: None), count(1)
    outlets = {"web": console, "mail": console}
    desk = Desk(MemoryStore(), Standing(known), search, hands, outlets, lambda: f"{next(ids):08}", ("web",))
    Player(desk, console, hands, MONDAY).play(script)
    return list(on_the_web(console))


def opened(known, search, url):
    """Every group has a channel, everybody an account; the mail is on paper."""
    names = {each.id: dict(each.channels).get("web", each.id) for each in known.organisation.groups.values()}
    channels = {f"C{name}": name for name in names.values()}
    office = Office(
        known,
        search,
        url,
        clock=Clock(MONDAY),
        ours={group: f"C{name}" for group, name in names.items()},
        mail=Console(lambda _: None),
    )
    for person in known.organisation.people.values():
        user = f"U{person.id.upper()}"
        locale = "da-DK" if person.language == "da" else "en-GB"
        office.machine.knows(user, person.email, name=person.name, locale=locale)
        office.machine.direct(user)
        for group in person.groups:
            channel = f"C{names[group.id]}"
            if channel not in office.machine.channels:
                office.machine.has(channel)
            office.machine.channels[channel].members.add(user)
    return office, channels


def per_reader(seen):
    found = defaultdict(list)
    for each in seen:
        found[each.to].append(each)
    return found


def told_apart(web, slack):
    """What one reader saw on the web and not in Slack, or in Slack and not on the web; nothing when all is well."""
    left = list(slack)
    missing = []
    for want in web:
        found = next((each for each in left if is_the_same(want, each)), None)
        if found is None:
            missing.append(want)
        else:
            left.remove(found)
    return missing, left


def is_the_same(web, slack):
    if slack.how == "form":  # the refusal stands in the form itself, beside its fields
        return web.how == "said" and all(line in web.text for line in slack.text.splitlines())
    if slack.how == "opened":  # a clock's reckoning, read in a window
        return web.how == "said" and web.text.splitlines()[0].split()[0] in slack.text
    if (web.how == "updated") != (slack.how == "updated") or web.labels != slack.labels:
        return False
    # Who wrote in a thread sees the words there already, and is only told what became of them.
    return web.text == slack.text or ("/" in web.to and web.text.endswith(f"\n{slack.text}"))


def standing(office):
    """What stands everywhere in the end, in the order of each place (a thread is one); figures apart: what comes later says so."""

    def line(message):
        return re.sub(r"\d+", "", message["text"].splitlines()[0]), bool(message.get("thread_ts"))

    said, whispered = defaultdict(list), defaultdict(set)
    for channel, there in office.machine.messages.items():
        for each in there:
            if MARKED in each["text"]:  # nobody knew whether the whisper had arrived
                whispered[f"U{channel[2:]}"].add(line(each))
            else:
                thread = office.machine.stands(channel, each.get("thread_ts"))
                said[channel, thread["text"].split()[0] if thread else ""].append(line(each))
    for user, there in office.machine.whispers.items():
        whispered[user] |= {line(each) for each in there}
    return {**said, **whispered}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("script", [each for each in scripts() if each.id in TROUBLED])
def test_when_every_third_call_fails_everybody_has_seen_the_same_in_the_end(
    script, seed, known, search, tmp_path, migrated_sqlite, monkeypatch
):
    monkeypatch.setattr(connection, "TIMEOUT", 0.25)  # some calls are never answered
    ends = []
    for chance in (None, Random(seed)):
        url = tmp_path / f"{bool(chance)}.sqlite"
        copy(migrated_sqlite, url)
        office, channels = opened(known, search, f"sqlite:///{url}")
        try:
            office.machine.chance = chance
            SlackPlayer(office, MONDAY, channels).play(script + "+1 fre 12:00  …\n")
            ends.append((standing(office), standing_in(office), len(office.machine.calls)))
            assert office.machine.violations == []
        finally:
            office.close()
    (quiet, states, few), (troubled, reached, many) = ends
    for place in quiet.keys() | troubled.keys():
        assert troubled.get(place) == quiet.get(place), place
    assert reached == states
    assert many > few * 1.2


def standing_in(office):
    with office.desk.store.reading() as ledger:
        tickets = [(each.number, each.state, each.assignee) for each in ledger.open_tickets()]
        return tickets, [(each.number, each.severity) for each in ledger.open_cases()]


@pytest.mark.parametrize("script", list(scripts()))
def test_in_slack_everybody_sees_what_they_see_on_the_web(script, known, search, empty_sqlite):
    web = per_reader(played_on_the_web(script, known, search))
    office, channels = opened(known, search, empty_sqlite)
    try:
        player = SlackPlayer(office, MONDAY, channels)
        player.play(script)
        slack = per_reader(player.seen)
        for reader in web.keys() | slack.keys():
            missing, more = told_apart(web[reader], slack[reader])
            assert (missing, more) == ([], []), f"{reader}:\n" + "\n".join(map(str, [*missing, "--- in Slack", *more]))
        assert office.machine.violations == []
    finally:
        office.close()
