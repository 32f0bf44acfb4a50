"""Letting people in, preparing the database, finding what is wrong; and failing in one line."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from ports import kept_port

from bot.cli.opening import now
from bot.domain.audit import Deed, Trace
from bot.domain.commands import Kind, Place
from bot.domain.notices import RefusalTold, Tell
from bot.domain.people import PersonId
from bot.domain.refusals import NothingSaid
from bot.storage.database import open_store
from bot.storage.doors import Sessions
from bot.storage.migrating import migrate

ROOT = Path(__file__).parents[3]
KEY = "kCqk8Zr1Zt3P0v7yQb5nM2xW9sL4dF6g"
COMMANDS = (
    "demo",
    "serve",
    "chat",
    "ask",
    "evaluate",
    "check",
    "knowledge",
    "clock",
    "report",
    "contract",
    "link",
    "audit",
    "migrate",
    "doctor",
)


def test_every_command_is_listed_with_what_it_does(types):
    said = types("--help")
    listed = [line.split()[1] for line in said.out.splitlines() if line.startswith("│") and line.split()[1].isalpha()]
    assert [name for name in COMMANDS if name not in listed] == []


def test_help_is_quick_because_nothing_heavy_is_imported_for_it():
    program = (
        "import sys; from typer.testing import CliRunner; from bot.cli import build; "
        "assert CliRunner().invoke(build(), ['--help']).exit_code == 0; "
        "print(*sorted({'sqlalchemy', 'numpy', 'pydantic', 'yaml', 'starlette', 'rapidfuzz'} & sys.modules.keys()))"
    )
    said = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert said.split() == []


def test_a_link_lets_one_person_in_once(types, house):
    said = types("link", "mia@fjordby.example", BASE_URL="https://desk.fjordby.example")
    address, _, token = said.out.strip().rpartition("/ind/")
    assert (said.code, address) == (0, "https://desk.fjordby.example")
    assert "Mia, once, within 10 minutes" in said.err
    store = open_store(f"sqlite:///{house / 'desk.sqlite'}")
    sessions = Sessions(store.database)
    assert sessions.come_in(token, "a", now(), now()) == "mia"
    assert sessions.come_in(token, "a", now(), now()) is None
    store.close()


def test_revoking_ends_sessions_and_links_of_one_person(types, house):
    token = types("link", "mia").out.strip().rpartition("/ind/")[2]
    store = open_store(f"sqlite:///{house / 'desk.sqlite'}")
    sessions = Sessions(store.database)
    later = now() + timedelta(hours=1)
    sessions.begin("hers", PersonId("mia"), later)
    sessions.begin("his", PersonId("sam"), later)
    said = types("link", "--revoke", "mia@fjordby.example")
    assert (said.code, "/ind/" in said.out) == (0, False)
    assert "Mia is signed out everywhere" in said.out
    assert sessions.person("hers", now()) is None
    assert sessions.person("his", now()) == "sam"
    assert sessions.come_in(token, "again", now(), later) is None
    store.close()


def test_without_a_database_it_is_said_how_to_make_one(types, tmp_path):
    nowhere = f"sqlite:///{tmp_path / 'new' / 'desk.sqlite'}"
    said = types("link", "mia", DATABASE_URL=nowhere)
    assert (said.code, said.out) == (1, "")
    assert "driftsvagt migrate" in said.err
    assert not (tmp_path / "new").exists()
    assert types("migrate", DATABASE_URL=nowhere).code == 0
    assert types("migrate", DATABASE_URL=nowhere).code == 0
    assert types("link", "mia", DATABASE_URL=nowhere).code == 0


def test_an_empty_database_is_not_taken_for_a_migrated_one(types, tmp_path):
    (tmp_path / "desk.sqlite").touch()
    said = types("clock", "S-1", DATABASE_URL=f"sqlite:///{tmp_path / 'desk.sqlite'}")
    assert said.code == 1
    assert "of another version" in said.err


def test_a_database_that_does_not_answer_is_told_without_its_password(types):
    said = types("report", DATABASE_URL="postgresql://it:hemmelig@127.0.0.1:1/desk")
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith("The database (DRIFTSVAGT_DATABASE_URL) does not answer: ")
    assert "hemmelig" not in said.err


@pytest.mark.parametrize("command", [("doctor",), ("link", "mia"), ("ask", "hej"), ("serve",)])
def test_a_wrong_setting_stops_every_command_by_name(types, command):
    said = types(*command, LANGUAGE="dansk")
    assert (said.code, said.out) == (2, "")
    assert said.err == "DRIFTSVAGT_LANGUAGE wants da or en, not 'dansk'.\n"


def test_rebuilding_looks_at_every_open_case(types, with_a_case):  # noqa: ARG001  # S-1 is there
    said = types("migrate", "--rebuild")
    assert said.code == 0
    assert "1 open cases looked at, " in said.out
    assert "1 open cases looked at, 0 moved." in types("migrate", "--rebuild").out


def test_the_doctor_finds_a_house_in_order(types):
    types("ask", "hej")  # builds the index
    said = types("doctor", SECRET_KEY=KEY, BASE_URL="https://desk.fjordby.example")
    assert said.code == 0
    assert "✓ database: sqlite, migrated" in said.out
    assert "✓ search index: lexical, built" in said.out
    assert "✓ time: tzdata " in said.out
    assert "– mail: DRIFTSVAGT_SMTP_URL is not set" in said.out
    assert KEY not in said.out


def test_the_doctor_says_what_could_not_be_told(types, house):
    types("migrate")
    store = open_store(f"sqlite:///{house / 'desk.sqlite'}")
    place = Place("mail", Kind.MAIL, "strandvejr")
    with store.transaction() as ledger:
        ledger.queue([Tell(place, RefusalTold(NothingSaid()))], now())
    store.bury(store.waiting(place, now())[0], "550 no such mailbox", now())
    store.close()
    said = types("doctor", SECRET_KEY=KEY)
    assert "1 notices were given up, the last to mail:mail:strandvejr" in " ".join(said.out.split())


def test_the_doctor_names_what_is_broken_and_still_looks_at_the_rest(types, tmp_path):
    (tmp_path / "knowledge").mkdir()
    said = types(
        "doctor",
        DATABASE_URL=f"sqlite:///{tmp_path / 'desk.sqlite'}",
        KNOWLEDGE=str(tmp_path / "knowledge"),
        SMTP_URL="smtp://it:hemmelig@127.0.0.1:1",
        MAIL_FROM="it@fjordby.example",
    )
    assert said.code == 1
    for broken in ("knowledge", "mail"):
        assert f"✗ {broken}: " in said.out
    assert "– database: there is none" in said.out
    assert "hemmelig" not in said.out + said.err


def test_a_fresh_house_needs_nothing_mended(types, tmp_path):
    said = types("doctor", DATABASE_URL=f"sqlite:///{tmp_path / 'desk.sqlite'}")
    assert (said.code, said.err) == (0, "")
    assert "serve makes it" in said.out


def test_the_demo_waits_for_its_index_however_busy_the_machine_is(tmp_path):
    """What builds it lets everybody else go first, and whoever waits sees what for."""
    kept = kept_port()
    program = (
        "import os, sys; from bot.cli import main; from bot.search import Engine\n"
        "def wait(_, patience=None): print(patience, flush=True); os._exit(0)\n"
        f"Engine.wait_until_built = wait; sys.argv[1:] = ['demo', '--port', '{kept.getsockname()[1]}']; main()"
    )
    own = {name: value for name, value in os.environ.items() if not name.startswith("DRIFTSVAGT_")}
    given = own | {"DRIFTSVAGT_KNOWLEDGE": str(ROOT / "knowledge"), "PYTHONPATH": str(ROOT)}
    said = subprocess.check_output([sys.executable, "-c", program], cwd=tmp_path, env=given, text=True)
    kept.close()
    assert said == "None\n"


@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize("port", ["0", "80000", "http"])
def test_a_port_that_does_not_exist_is_refused_by_name(types, command, port):
    said = types(command, "--port", port)
    assert said.code == 2
    assert "--port" in said.err


def test_the_doctor_sees_that_tables_are_missing(types, tmp_path):
    url = f"sqlite:///{tmp_path / 'desk.sqlite'}"
    (tmp_path / "desk.sqlite").touch()
    assert "bring it up with: driftsvagt migrate" in types("doctor", DATABASE_URL=url).out
    migrate(url)
    assert "✓ database" in types("doctor", DATABASE_URL=url).out


@pytest.fixture
def audited(types, tmp_path, migrated_sqlite):
    """`driftsvagt audit` on a database of its own, where three things were kept."""
    url = f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'desk.sqlite')}"
    store = open_store(url)
    store.trace(Trace(now() - timedelta(minutes=2), PersonId("ivo"), Deed.LOOKED, "/sag/{number}", "#12"))
    store.trace(Trace(now() - timedelta(minutes=1), PersonId("mia"), Deed.REFUSED, "Claim", "#12", "NotYours", "slack"))
    store.trace(Trace(now() - timedelta(days=40), PersonId("sam"), Deed.LOOKED, "/sag/{number}", "#7"))
    store.close()
    return partial(types, "audit", DATABASE_URL=url)


def test_who_looked_and_who_was_refused_the_latest_first(audited):
    said = audited()
    lines = said.out.splitlines()
    assert lines[0] == "2 looks, links and refusals"
    mia = next(nth for nth, line in enumerate(lines) if "mia" in line)
    assert all(word in lines[mia] for word in ("blev afvist", "Claim", "#12", "NotYours", "slack"))
    assert "ivo" in lines[mia + 1]


def test_one_person_or_one_case_and_as_far_back_as_is_asked(audited):
    assert "sam" not in audited("--about", "7").out
    assert "sam" in audited("--about", "#7", "--days", "60").out
    assert "ivo" not in audited("--person", "mia@fjordby.example").out
    wrong = audited("--about", "printeren")
    assert (wrong.code, "a ticket is 1042" in wrong.err) == (2, True)


@pytest.mark.parametrize(
    ("language", "words"),
    [("da", ("lavede et link", "lukkede alle links")), ("en", ("made a link", "closed all links"))],
)
def test_who_showed_a_case_to_its_supplier_in_the_language_of_the_house(
    types, tmp_path, migrated_sqlite, language, words
):
    url = f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'desk.sqlite')}"
    store = open_store(url)
    for deed in (Deed.WITHDREW, Deed.SHARED):
        store.trace(Trace(now() - timedelta(minutes=1), PersonId("karen"), deed, "Link", "S-3"))
    store.close()
    said = types("audit", "--about", "S-3", DATABASE_URL=url, LANGUAGE=language)
    assert all(each in said.out for each in words)


def test_the_audit_as_a_file_for_a_spreadsheet(audited, tmp_path):
    said = audited("--days", "60", "--csv", str(tmp_path / "who.csv"))
    assert "rows in" in said.err
    text = (tmp_path / "who.csv").read_text("utf-8")
    assert text.startswith('\ufeff"when";"who"')
    assert '"NotYours";"slack"' in text
