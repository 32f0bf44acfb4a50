"""The same journey at an Entra ID that is not ours: `emulate`, over the network, as the settings say. Else skipped aloud."""

import asyncio
import os
import re
import select
import shutil
import socket
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import httpx
import pytest
import yaml
from ports import kept_port
from skeleton import words
from web_stage import BASE

from bot.app import openid_keys
from bot.app.house import WallClock
from bot.app.openid import open_provider
from bot.domain.people import PersonId
from bot.settings import Settings
from bot.storage.doors import Accounts
from bot.storage.engine import Database

PEER = Path(__file__).parents[1] / "peers/emulate"
PROGRAM = PEER / "node_modules/emulate/dist/index.js"
STRICT = bool(os.environ.get("DRIFTSVAGT_NO_SKIPS"))
TENANT, SECRET = "6f1d1c8a-3a52-4b0e-9d7e-0a4f5d2c7b11", "hemmelig~nok"  # of nobody
PATIENCE, GLANCE = 120, 0.1  # seconds


@pytest.fixture
def entra(tmp_path):
    """Its address. It signs tokens by the machine's clock, so the desk looks at that one too."""
    if not (shutil.which("node") and PROGRAM.exists()):
        if STRICT:
            pytest.fail("emulate is not installed")
        pytest.skip("SKIPPED: emulate is not installed (npm ci --prefix tests/peers/emulate)")
    kept = kept_port()
    port = kept.getsockname()[1]
    desk = {
        "client_id": "desk",
        "client_secret": SECRET,
        "name": "Driftsvagt",
        "redirect_uris": [f"{BASE}/ind/oidc/svar"],
    }
    people = [
        {"email": f"{each}@fjordby.example", "name": each.title(), "tenant_id": TENANT} for each in ("mia", "sam")
    ]
    elsewhere = {"email": "karen@fjordby.example", "name": "Karen", "tenant_id": TENANT.replace("6", "7")}
    seed = {"microsoft": {"users": [*people, elsewhere], "oauth_clients": [desk]}}
    (tmp_path / "seed.yaml").write_text(yaml.safe_dump(seed), encoding="utf-8")
    command = ["node", str(PROGRAM), "start", "--service", "microsoft", "--port", str(port), "--seed", "seed.yaml"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log)
        try:
            _until_it_listens(process, port)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE)
            kept.close()


def _until_it_listens(process, port):
    for _ in range(round(PATIENCE / GLANCE)):
        with socket.socket() as door:
            if not door.connect_ex(("127.0.0.1", port)):
                return
        if process.poll() is not None:
            break
        select.select([], [], [], GLANCE)
    pytest.fail("emulate does not start")


@pytest.fixture
def town(stage, entra, empty_sqlite, monkeypatch):
    monkeypatch.setattr(openid_keys, "PATIENCE", PATIENCE)
    settings = Settings(
        _env_file=None,
        test_mode=True,
        base_url=BASE,
        oidc_issuer=f"{entra}/{TENANT}/v2.0",
        oidc_client_id="desk",
        oidc_client_secret=SECRET,
    )
    database = Database(empty_sqlite)
    provider = open_provider(settings, Accounts(database), stage.knowledge, WallClock())
    stage.hands.at = WallClock().now()
    stage.parts = replace(stage.parts, provider=provider)
    stage.open()
    yield stage
    provider.close()
    database.close()


async def signs_in(town, who):
    browser = town.browser()
    away = (await browser.client.get("/ind/oidc")).headers["location"]
    async with httpx.AsyncClient(timeout=PATIENCE) as there:
        page = (await there.get(away)).text
        form = next(each for each in re.findall(r"<form.*?</form>", page, re.DOTALL) if f"{who}@" in each)
        fields = {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}
        back = await there.post(httpx.URL(away).join(re.search(r'action="([^"]+)"', form)[1]), data=fields)
    return await browser.client.get(back.headers["location"])


def test_entra_vouches_for_no_address_so_it_writes_the_object_id_down_and_then_she_comes_in(town):
    async def story():
        stranger = await signs_in(town, "mia")
        assert stranger.status_code == 403
        assert "Din konto hos Microsoft hører ikke til nogen" in words(stranger.text)
        account = re.search(r"<pre[^>]*>([^<]+)</pre>", stranger.text)[1]
        known = town.knowledge.known
        mia = replace(known.organisation.people[PersonId("mia")], accounts=(("oidc", account),))
        people = {**known.organisation.people, mia.id: mia}
        town.knowledge.known = replace(known, organisation=replace(known.organisation, people=people))
        assert (await signs_in(town, "mia")).headers["location"] == "/"
        assert [person for person, _ in town.doors.sessions.values()] == ["mia"]
        assert (await signs_in(town, "sam")).status_code == 403

    asyncio.run(story())


def test_whoever_belongs_to_another_tenant_is_not_believed(town):
    async def story():
        answer = await signs_in(town, "karen")
        assert answer.status_code == 403
        assert "Login kunne ikke godkendes" in words(answer.text)
        assert not town.doors.sessions

    asyncio.run(story())
