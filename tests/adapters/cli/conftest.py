"""The command line as somebody types it, on the sample knowledge and a database of its own."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.cli import build
from bot.domain.commands import Milestone
from bot.domain.events import Source
from bot.domain.people import PersonId, SystemId
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import SupplierId
from bot.storage.database import open_store

ROOT = Path(__file__).parents[3]
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
UNSET = ("LANGUAGE", "BASE_URL", "SECRET_KEY", "SMTP_URL", "MAIL_FROM", "SLACK_BOT_TOKEN")


@dataclass(frozen=True)
class Said:
    """What it printed, each on its own channel, and its exit code."""

    code: int
    out: str
    err: str


Types = Callable[..., Said]


@pytest.fixture(scope="session")
def house(tmp_path_factory, migrated_sqlite, furnished) -> Path:
    """A directory with a migrated database, and the search index beside it."""
    path = furnished(tmp_path_factory.mktemp("house"))
    shutil.copy(migrated_sqlite, path / "desk.sqlite")
    return path


@pytest.fixture
def types(house: Path) -> Types:
    """`types("clock", "S-1", LANGUAGE="en")`: arguments, and settings by name."""

    def run(*arguments: str, answers: str = "", **settings: str) -> Said:
        env: dict[str, str | None] = {f"DRIFTSVAGT_{name}": None for name in UNSET}
        env |= {
            "DRIFTSVAGT_DATABASE_URL": f"sqlite:///{house / 'desk.sqlite'}",
            "DRIFTSVAGT_KNOWLEDGE": str(ROOT / "knowledge"),
            "COLUMNS": "200",
        }
        env |= {f"DRIFTSVAGT_{name}": value for name, value in settings.items()}
        result = CliRunner(env=env).invoke(build(), list(arguments), input=answers)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture(scope="session")
def with_a_case(house: Path) -> Path:
    """S-1, the worked example: handed over on a Thursday, breached by twenty minutes on the Monday after."""
    store = open_store(f"sqlite:///{house / 'desk.sqlite'}")
    opened = local("2026-11-19 13:20")
    case = SupplierCase(
        1, SupplierId("strandvejr"), SystemId("omsorgsjournalen"), "strandvejr-drift", 1, "B",
        "=Kørelisten står stille", "t-report", (), opened, PersonId("ivo"),
    )  # fmt: skip
    case = case.handed_over(opened, "mail")
    for when, what, detail in (
        ("2026-11-19 13:52", Milestone.ACKNOWLEDGED, ""),
        ("2026-11-20 09:15", Milestone.PAUSE, "awaiting_customer"),
        ("2026-11-23 09:40", Milestone.RESUME, ""),
        ("2026-11-23 14:05", Milestone.RESOLVED, ""),
    ):
        case = case.log(what, local(when), local(when), PersonId("ivo"), detail=detail, source=Source.PHONE)
    with store.transaction() as ledger:
        ledger.save_case(case)
    store.close()
    return house


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN).astimezone(UTC)
