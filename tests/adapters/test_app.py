"""The parts, wired: a restart is invisible, a fault is owned up to, and a mail that was not sent is told."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.app.attending import attend
from bot.app.house import House, open_house
from bot.app.loops import REDO, Loops
from bot.app.serving import LEFT_LYING, _complaints, _provider
from bot.app.workers import Workers
from bot.demo import history
from bot.demo.clock import DemoClock
from bot.desk.delivery import deliver
from bot.desk.ports import Unsure
from bot.desk.reception import receive
from bot.domain.commands import Ask, Delivery, Kind, Place
from bot.domain.people import PersonId
from bot.domain.refusals import OurFault
from bot.messengers.slack.ports import NotKept
from bot.settings import Settings
from bot.storage.knowledge import KnowledgeRefused

MIA = Place("web", Kind.DIRECT, "mia")
ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds until a test gives up; nothing here waits for time to pass


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    settings = Settings(
        _env_file=None, database_url=f"sqlite:///{tmp_path}/data/desk.sqlite", knowledge=ROOT / "knowledge"
    )
    opened = open_house(settings, DemoClock(history.NOW, 0))
    yield opened
    opened.close()


def asks(house: House, key: str, text: str) -> Delivery:
    return Delivery("web", key, PersonId("mia"), MIA, Ask(text), house.desk.clock.now())


def said(house: House, place: Place) -> str:
    while deliver(house.desk, "test") is not None:
        pass
    return "\n".join(post.message for post in house.posts.page(place))


def test_what_is_unfinished_after_a_minute_is_taken_up_again_and_what_is_younger_is_left_to_its_worker(
    house: House,
) -> None:
    old, young = asks(house, "1", "Etiketprinteren skriver blanke etiketter"), asks(house, "2", "hvad er klokken")
    for each in (replace(old, at=old.at - REDO), young):
        assert receive(house.desk, each)
    Loops(house)._redo(house.desk.clock.now())
    assert [each.key for each in house.desk.store.unfinished()] == ["2"]
    assert "Spørg en superbruger" in said(house, MIA)


def test_what_was_received_before_a_stop_is_done_at_the_next_start(house: House) -> None:
    assert receive(house.desk, asks(house, "1", "Etiketprinteren skriver blanke etiketter"))
    assert len(house.desk.store.unfinished()) == 1
    loops = Loops(house)
    loops.start()
    loops.stop()
    assert not house.desk.store.unfinished()
    assert "Spørg en superbruger" in said(house, MIA)


def test_a_fault_of_ours_is_owned_up_to_and_the_delivery_is_over(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError

    class Broken:
        find = broken

    desk = replace(house.desk, search=Broken())
    outcome = attend(desk, asks(house, "1", "hvad sker der"))
    assert isinstance(outcome, OurFault)
    assert not house.desk.store.unfinished()
    assert outcome.reference in said(house, MIA)
    assert outcome.reference in caplog.text
    assert "hvad sker der" not in caplog.text


def test_a_broken_knowledge_directory_without_a_good_copy_does_not_open(tmp_path: Path) -> None:
    (tmp_path / "knowledge" / "articles").mkdir(parents=True)
    (tmp_path / "knowledge" / "articles" / "a.yaml").write_text("- [", encoding="utf-8")
    settings = Settings(
        _env_file=None, database_url=f"sqlite:///{tmp_path}/desk.sqlite", knowledge=tmp_path / "knowledge"
    )
    with pytest.raises(KnowledgeRefused, match=r"a\.yaml:2"):
        open_house(settings)


def test_nothing_of_slack_is_imported_before_it_is_set_up(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from bot.app.house import open_house; from bot.settings import Settings\n"
        f"settings = Settings(_env_file=None, database_url='sqlite:///{tmp_path}/desk.sqlite', knowledge=Path(r'{ROOT}/knowledge'))\n"
        "open_house(settings).close(); print(*sorted({'slack_sdk', 'slack_bolt', 'aiohttp'} & sys.modules.keys()))"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).split() == []


def test_nothing_of_openid_is_imported_before_it_is_set_up(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from bot.app import serving; from bot.app.house import open_house; from bot.settings import Settings\n"
        f"settings = Settings(_env_file=None, database_url='sqlite:///{tmp_path}/desk.sqlite', knowledge=Path(r'{ROOT}/knowledge'))\n"
        "house = open_house(settings); assert serving._provider(house) is None; house.close()\n"
        "print(*sorted({'authlib', 'joserfc', 'cryptography'} & sys.modules.keys()))"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).split() == []


@pytest.mark.parametrize(
    ("issuer", "name", "button"),
    [
        ("https://login.microsoftonline.com/6f1d1c8a-3a52-4b0e-9d7e-0a4f5d2c7b11/v2.0", "", "Microsoft"),
        ("https://login.fjordby.example/realms/fjordby", "", "login.fjordby.example"),
        ("https://login.fjordby.example/realms/fjordby", "Fjordby Login", "Fjordby Login"),
    ],
)
def test_with_an_issuer_people_sign_in_there(tmp_path: Path, issuer: str, name: str, button: str) -> None:
    settings = Settings(
        _env_file=None,
        database_url=f"sqlite:///{tmp_path}/desk.sqlite",
        knowledge=ROOT / "knowledge",
        base_url="https://desk.fjordby.example",
        oidc_issuer=issuer,
        oidc_client_id="desk",
        oidc_client_secret="kodeord-nok",  # noqa: S106  # of nobody
        oidc_name=name,
    )
    opened = open_house(settings, DemoClock(history.NOW, 0))
    provider = _provider(opened)
    assert provider
    assert provider.name == button
    provider.close()
    opened.close()


def test_with_a_token_slack_comes_first_and_the_web_stays(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        database_url=f"sqlite:///{tmp_path}/desk.sqlite",
        knowledge=ROOT / "knowledge",
        slack_bot_token="xoxb-1",  # noqa: S106  # of nobody
        slack_signing_secret="kodeord-nok",  # noqa: S106  # the same
        test_mode=True,
        slack_api_url="http://127.0.0.1:9/api/",
    )
    house = open_house(settings, DemoClock(history.NOW, 0))
    assert house.desk.messengers == ("slack", "web")
    assert house.slack
    assert house.desk.outlets["slack"] is house.slack.outlet
    begun: list[str] = []
    workers = Workers(house.desk, lambda: begun.append("woken"))
    delivery = replace(asks(house, "1", "hvad sker der"), platform="slack")
    assert workers.take(delivery)
    assert not workers.take(delivery)
    workers.begin(delivery, lambda outcome: begun.append(type(outcome).__name__))
    workers.close()
    workers.begin(delivery)
    assert begun == ["woken", "Done"] or not begun  # stopping: done already, or left in the inbox
    house.close()
    with pytest.raises(NotKept):
        Workers(replace(house.desk, store=Broken()), lambda: None).take(delivery)


class Broken:
    def receive(self, _: Delivery) -> bool:
        raise OperationalError("insert", {}, Exception("disk full"))


class Mute:
    """A messenger that takes what it is given and never answers."""

    def send(self, *_: object) -> str:
        raise Unsure("the messenger did not answer: TimeoutError")

    was_sent = send


def test_a_messenger_that_does_not_answer_is_a_line_in_the_log_without_a_trace(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    attend(house.desk, asks(house, "1", "Etiketprinteren skriver blanke etiketter"))
    loops = Loops(replace(house, desk=replace(house.desk, outlets={"web": Mute()})))
    loops.start()
    begun = time.monotonic()
    while "did not answer" not in caplog.text and time.monotonic() - begun < PATIENCE:
        time.sleep(0.01)
    loops.stop()
    told = [each for each in caplog.records if "did not answer" in each.getMessage()]
    assert told
    assert not any(each.exc_info for each in told)
    assert "Etiketprinteren" not in caplog.text


def test_a_notice_that_is_due_and_that_nobody_takes_up_is_said_at_readyz(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    loops = Loops(house)
    monkeypatch.setattr(loops, "ticker_age", lambda: 0.0)
    attend(house.desk, asks(house, "1", "Etiketprinteren skriver blanke etiketter"))
    clock = house.desk.clock
    assert isinstance(clock, DemoClock)
    clock.skip(LEFT_LYING)
    assert _complaints(house, loops) == ()
    clock.skip(timedelta(seconds=1))
    assert [each.split(":")[0] for each in _complaints(house, loops)] == ["notices lie still"]
    deliver(house.desk, "w")
    assert _complaints(house, loops) == ()


def test_a_ticker_that_does_not_come_round_is_said_at_readyz(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    loops = Loops(house)
    monkeypatch.setattr(loops, "ticker_age", lambda: 61.0)
    assert [each.split(":")[0] for each in _complaints(house, loops)] == ["time stands still"]
