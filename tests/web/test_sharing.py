"""A case shown to its supplier: what the link shows and what not, who can make one, and how it ends."""

import asyncio
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from skeleton import words
from test_permission_matrix import busy  # noqa: F401  # a fixture

from bot.domain.audit import Deed
from bot.domain.people import Role
from bot.web.sharing import Pass

SECRET = "a secret that only this test knows"  # noqa: S105


@dataclass
class Editions:
    of: dict[int, int] = field(default_factory=dict)

    def edition(self, case):
        return self.of.get(case, 0)

    def withdraw(self, case):
        self.of[case] = self.edition(case) + 1


@pytest.fixture
def shown(busy):  # noqa: F811
    busy.parts = replace(busy.parts, shares=Editions())
    busy.open()
    return busy


async def link(stage, who="karen"):
    browser = stage.browser(who)
    await browser.open("/leverandoersag/1")
    answer = await browser.sends("/vis", {})
    assert answer.status_code == 200, answer.text
    return re.search(r"(/delt/[\w.-]+)</pre>", answer.text)[1]


def plays(story):
    asyncio.run(story)


def test_the_supplier_sees_clocks_and_ledgers_and_nobodys_name_or_words(shown):
    async def story():
        page = await shown.browser().open(await link(shown))
        assert page.status_code == 200
        said = words(page.text)
        for what in ("S-1", "I alt 15 min", "Reaktion", "Afhjælpning", "Sådan regner vi tiden"):
            assert what in said, what
        for name in ("Mia", "Sam ", "Ivo", "Karen", "fjordby.example", "firkanter", "#1"):
            assert name not in said, name
        assert "<form" not in page.text
        assert "<button" not in page.text
        assert page.headers["x-robots-tag"] == "noindex, nofollow"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in page.headers

    plays(story())


def test_it_ends_after_a_fortnight(shown):
    async def story():
        address = await link(shown)
        shown.hands.at += timedelta(days=14, seconds=-1)
        assert (await shown.browser().open(address)).status_code == 200
        shown.hands.at += timedelta(seconds=1)
        late = await shown.browser().open(address)
        assert late.status_code == 410
        assert "Linket virker ikke længere" in words(late.text)

    plays(story())


def test_all_links_of_a_case_are_closed_at_once_and_a_new_one_can_be_made(shown):
    async def story():
        old = await link(shown)
        karen = shown.browser("karen")
        await karen.open("/leverandoersag/1")
        assert "Linkene er lukket" in words((await karen.sends("/luk", {})).text)
        assert (await shown.browser().open(old)).status_code == 410
        assert (await shown.browser().open(await link(shown))).status_code == 200

    plays(story())


def test_it_dies_with_the_rights_of_whoever_made_it(shown):
    async def story():
        address = await link(shown)
        known = shown.knowledge.known
        karen = replace(known.organisation.people["karen"], roles=frozenset({Role.EMPLOYEE}))
        people = known.organisation.people | {"karen": karen}
        shown.knowledge.known = replace(known, organisation=replace(known.organisation, people=people))
        assert (await shown.browser().open(address)).status_code == 404

    plays(story())


def test_who_made_a_link_and_who_closed_them_is_kept(shown):
    async def story():
        await link(shown)
        karen = shown.browser("karen")
        await karen.open("/leverandoersag/1")
        await karen.sends("/luk", {})
        found = shown.store.traces(shown.hands.now() - timedelta(days=1), by="karen", about="S-1")
        kept = [(each.deed, each.what) for each in found if each.deed is not Deed.LOOKED]
        assert kept == [(Deed.WITHDREW, "Link"), (Deed.SHARED, "Link")]

    plays(story())


def test_without_a_trace_there_is_no_link(shown):
    def full(_):
        raise RuntimeError("the disk is full")

    async def story():
        karen = shown.browser("karen")
        await karen.open("/leverandoersag/1")
        shown.store.trace = full
        answer = await karen.sends("/vis", {})
        assert answer.status_code == 500
        assert "/delt/" not in answer.text

    plays(story())


@pytest.mark.parametrize("who", ["ivo", "sam", "mia"])
def test_only_a_contract_manager_makes_or_closes_one(shown, who):
    async def story():
        browser = shown.browser(who)
        page = await browser.open("/leverandoersag/1")
        assert "/vis" not in page.text
        karen = shown.browser("karen")
        await karen.open("/leverandoersag/1")
        seal = dict(re.findall(r'name="(segl|nonce)" value="([^"]+)"', karen.html))
        for what in ("vis", "luk"):
            assert (await browser.client.post(f"/leverandoersag/1/{what}", data=seal)).status_code in {403, 404}
        assert not shown.parts.shares.of

    plays(story())


@pytest.mark.parametrize("change", ["case", "maker", "until", "edition"])
def test_what_is_changed_in_a_link_makes_it_nobodys(shown, change):
    async def story():
        address = await link(shown)
        good = Pass.read(address.removeprefix("/delt/"), SECRET)
        other = replace(good, **{change: "ivo" if change == "maker" else getattr(good, change) + 1})
        forged = other.sealed("another secret altogether")
        payload, signature = other.sealed(SECRET).split(".")[0], address.split(".")[1]
        for token in (forged, f"{payload}.{signature}", address.removeprefix("/delt/")[:-2], ".", "é.é", "a.b.c"):
            assert (await shown.browser().client.get(f"/delt/{token}")).status_code == 404, token

    plays(story())


def test_a_pass_is_read_as_it_was_sealed():
    made = Pass(12, "navn/med/streg", 1_800_000_000, 3)
    assert Pass.read(made.sealed(SECRET), SECRET) == made
    assert Pass.read(made.sealed(SECRET), "another") is None
