"""The stage on which transcripts are played: the sample organisation, a store, a clock that the script moves."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from player import Hands, Player, compare, rewrite

from bot.desk.ports import Desk, Known, Store
from bot.messengers.console import Console
from bot.search import Engine

MONDAY = datetime(2026, 11, 23, tzinfo=ZoneInfo("Europe/Copenhagen"))
Plays = Callable[[str], None]


class Standing:
    """Knowledge that does not change during a play."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def now(self) -> Known:
        return self._known


@pytest.fixture
def plays(request: pytest.FixtureRequest, known: Known, search: Engine, store: Store) -> Plays:
    def play(script: str) -> None:
        hands = Hands(MONDAY)
        console = Console(lambda _: None)
        ids = count(1)
        outlets = {"web": console, "mail": console}
        desk = Desk(store, Standing(known), search, hands, outlets, lambda: f"{next(ids):08}", ("web",))
        actual = Player(desk, console, hands, MONDAY).play(script)
        if request.config.getoption("--rewrite"):
            rewrite(Path(request.fspath), script, actual)
            return
        difference = compare(script, actual)
        assert not difference, f"\n{difference}"

    return play
