"""`knowledge gaps` and `knowledge review`, typed: what people had to answer, and which articles want a look."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
import yaml

from bot.app.house import open_house
from bot.demo.clock import DemoClock
from bot.desk.delivery import deliver
from bot.desk.reception import handle, receive
from bot.domain.commands import Ask, AskPerson, Claim, Delivery, Done, ItDidNotHelp, Kind, Place, Resolve
from bot.domain.people import PersonId
from bot.settings import Settings

EVER = ("--days", "36500")  # the command looks back from the machine's own now
WORDS = ("omsorgsjournalen viser alle navne som små firkanter", "navne er firkanter i omsorgsjournalen, også hos Sam")


@pytest.fixture(scope="module")
def asked(tmp_path_factory, migrated_sqlite):
    """A database in which two asked the same, and a colleague solved it; and one was told what did not help."""
    path = tmp_path_factory.mktemp("asked")
    shutil.copy(migrated_sqlite, path / "desk.sqlite")
    url = f"sqlite:///{path / 'desk.sqlite'}"
    clock = DemoClock(datetime(2026, 11, 24, 8, 30, tzinfo=UTC), 0)
    house = open_house(Settings(database_url=url, data_dir=path / "data"), clock, durable=False)
    house.engine.wait_until_built(120)
    keys = iter(range(1000))

    def does(who, command):
        delivery = Delivery(
            "web", f"k{next(keys)}", PersonId(who), Place("web", Kind.DIRECT, who), command, clock.now()
        )
        receive(house.desk, delivery)
        outcome = handle(house.desk, delivery)
        assert isinstance(outcome, Done), outcome
        while deliver(house.desk, "test"):
            pass
        return outcome

    for number, (who, words) in enumerate(zip(("mia", "liv"), WORDS, strict=True), start=1):
        does(who, AskPerson(words))
        does("sue", Claim(number))
        clock.skip(timedelta(minutes=10))
        does("sue", Resolve(number, "Vælg en anden skrift. Hilsen Sue"))
    question = does("mia", Ask("hvordan kommer jeg på vpn hjemmefra")).case_id.removeprefix("Q-")
    does("mia", ItDidNotHelp(question))
    house.close()
    return url


def test_a_gap_is_shown_with_what_it_cost_and_yaml_that_can_be_pasted(types, asked):
    said = types("knowledge", "gaps", *EVER, DATABASE_URL=asked)
    assert said.code == 0
    assert "2 har spurgt" in said.out
    written = yaml.safe_load(said.out)
    (article,) = written
    assert article["answer"] == "Vælg en anden skrift. Hilsen [navn]\n"
    assert article["system"] == "omsorgsjournalen"
    assert "[navn]" in " ".join(article["questions"])
    assert "Sam" not in said.out


def test_it_says_how_much_it_looked_at_and_in_the_language_asked_for(types, asked):
    said = types("knowledge", "gaps", *EVER, "--least", "1", DATABASE_URL=asked, LANGUAGE="en")
    assert "Questions that the bot did not manage alone: 3. Groups: 2, shown: 2." in said.err
    assert "Nobody has solved it yet" in said.out


def test_without_questions_there_is_nothing_to_show(types):
    said = types("knowledge", "gaps")
    assert (said.code, said.out) == (0, "")
    assert "klarede alene: 0." in said.err


def test_review_names_what_did_not_help_and_what_nobody_was_shown(types, asked):
    said = types("knowledge", "review", *EVER, DATABASE_URL=asked)
    assert said.code == 0
    not_helped = said.out.split("Hjalp ikke (1)")[1].split("Aldrig vist")[0]
    assert "vpn" in not_helped
    assert "Aldrig vist (0)" not in said.out
