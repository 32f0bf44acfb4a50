"""Signing in at a provider: whoever is proven and known comes in, nobody else does, and everybody is told what to do."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from oidc_provider import (
    CLIENT,
    SECRET,
    Provider,
    Wire,
    ec_key,
    rsa_key,
    signed_by_somebody_else,
    signed_with,
    unsigned,
)
from skeleton import words
from web_stage import BASE

from bot.app.openid import OpenId, Registration
from bot.app.openid_keys import open_client
from bot.app.whose import MESSENGER, Whose
from bot.domain.people import Account, PersonId
from bot.storage.doors import Accounts
from bot.storage.engine import Database

TENANT, OTHER = "6f1d1c8a-3a52-4b0e-9d7e-0a4f5d2c7b11", "11111111-3a52-4b0e-9d7e-0a4f5d2c7b11"
BACK = f"{BASE}/ind/oidc/svar"
MIA = {"sub": "s-mia", "email": "Mia@fjordby.example", "email_verified": True, "preferred_username": "mia"}
MIA_AT_ENTRA = {
    "sub": "pairwise", "tid": TENANT, "oid": "0b7e", "preferred_username": "sam@fjordby.example", "upn": "sam@fjordby.example",
    "email": "mia@fjordby.example", "xms_edov": True,
}  # fmt: skip


class Town:
    """The desk, a provider, and the accounts that the desk remembers."""

    def __init__(self, stage, database, issuer, tenant=""):
        self.stage, self.accounts = stage, Accounts(database)
        self.provider = Provider(issuer, stage.hands, BACK, MIA_AT_ENTRA if tenant else MIA)
        registration = Registration(issuer, CLIENT, SECRET, BACK, "Fjordby Login", tenant)
        self.http = open_client(Wire(self.provider))
        openid = OpenId(registration, Whose(self.accounts, stage.knowledge), stage.hands, self.http)
        stage.parts = replace(stage.parts, provider=openid)
        stage.open()

    async def goes(self, browser):
        """To the provider and as far as its way back: the address that it sends the browser to."""
        away = await browser.client.get("/ind/oidc")
        assert away.status_code == 303, away.text
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.provider.app)) as there:
            return (await there.get(away.headers["location"])).headers["location"]

    async def signs_in(self, browser):
        browser.page = await browser.client.get(await self.goes(browser))
        return browser.page

    def changes(self, person, **values):
        known = self.stage.knowledge.known
        people = dict(known.organisation.people)
        people[PersonId(person)] = replace(people[PersonId(person)], **values)
        self.has(people)

    def has(self, people):
        known = self.stage.knowledge.known
        self.stage.knowledge.known = replace(known, organisation=replace(known.organisation, people=people))

    @property
    def links(self):
        return [(each.workspace, each.account, each.person) for each in self.accounts.all()]


@pytest.fixture
def remembered(empty_sqlite):
    database = Database(empty_sqlite)
    yield database
    database.close()


@pytest.fixture
def town(stage, remembered):
    town = Town(stage, remembered, "https://login.fjordby.example/realms/fjordby")
    yield town
    town.http.close()


@pytest.fixture
def entra(stage, remembered):
    town = Town(stage, remembered, f"https://login.microsoftonline.com/{TENANT}/v2.0", TENANT)
    yield town
    town.http.close()


def plays(story):
    asyncio.run(story)


def is_let_in(answer):
    return answer.status_code == 303 and answer.headers["location"] == "/" and "driftsvagt=" in str(answer.headers)


def is_refused(town, answer, status=403, said=""):
    assert answer.status_code == status, words(answer.text)
    assert said in words(answer.text)
    assert 'href="/ind"' in answer.text
    assert "driftsvagt=" not in answer.headers.get("set-cookie", "")
    assert "Traceback" not in answer.text
    assert not town.stage.doors.sessions
    assert not town.links


def test_from_a_closed_door_to_ones_own_messages_with_the_account_from_work(town):
    async def story():
        browser = town.stage.browser()
        closed = await browser.open("/")
        assert closed.status_code == 401
        assert "Log ind med Fjordby Login, som du plejer" in words(closed.text)
        door = await browser.open("/ind")
        assert 'href="/ind/oidc"' in door.text
        assert "Log ind med Fjordby Login" in words(door.text)
        assert is_let_in(await town.signs_in(browser))
        assert "Mia" in words((await browser.open("/")).text)
        assert town.links == [(town.provider.issuer, "s-mia", "mia")]

    plays(story())


def test_in_english_for_those_who_read_english(town):
    async def story():
        browser = town.stage.browser(language="en")
        assert "Sign in with Fjordby Login" in words((await browser.open("/ind")).text)
        town.provider.visitor = {"sub": "nobody"}
        assert "We do not know you here" in words((await town.signs_in(browser)).text)

    plays(story())


def test_a_session_ends_after_twelve_hours_when_one_signs_out_and_everywhere(town):
    async def story():
        browser, tablet = town.stage.browser(), town.stage.browser()
        await town.signs_in(browser)
        await town.signs_in(tablet)
        await browser.open("/ud")
        assert "logge ind igen" in words(browser.html)
        gone = await browser.sends('action="/ud"', {})
        assert "også logge ud hos Fjordby Login" in words(gone.text)
        assert (await browser.open("/")).status_code == 401
        assert (await tablet.open("/")).status_code == 200
        town.stage.hands.at += timedelta(hours=12)
        assert (await tablet.open("/")).status_code == 401

    plays(story())


def test_whoever_was_signed_in_here_before_is_not_any_more(town):
    async def story():
        browser = town.stage.browser("sam")
        planted = browser.client.cookies["driftsvagt"]
        assert is_let_in(await town.signs_in(browser))
        assert planted not in town.stage.doors.sessions
        assert [person for person, _ in town.stage.doors.sessions.values()] == ["mia"]

    plays(story())


@pytest.mark.parametrize("secure", [False, True])
def test_the_cookie_of_the_journey_is_for_the_way_back_alone(town, secure):
    if secure:
        town.stage.parts = replace(town.stage.parts, base_url="https://desk.fjordby.example")
        town.stage.open()

    async def story():
        away = await town.stage.browser().client.get("/ind/oidc")
        cookie = away.headers["set-cookie"]
        assert cookie.startswith("__Secure-driftsvagt-ind=" if secure else "driftsvagt-ind=")
        for each in ("HttpOnly", "SameSite=lax", "Path=/ind/oidc", "Max-Age=600"):
            assert each in cookie
        assert ("Secure;" in f"{cookie.split('=', 1)[1]};") is secure
        assert "Domain" not in cookie
        assert away.headers["cache-control"] == "no-store"

    plays(story())


@pytest.mark.parametrize("key", [rsa_key("other"), ec_key("curve")], ids=["rsa", "ec"])
@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_providers_differ_in_keys_and_in_where_they_want_the_secret(town, key, method):
    async def story():
        town.provider.keys = [rsa_key("first"), key]
        town.provider.algorithm = "ES256" if key.key_type == "EC" else "PS256"
        town.provider.methods = (method,)
        town.provider.header = {"x5t": "aa", "vendor": "of theirs"}
        browser = town.stage.browser()
        assert is_let_in(await town.signs_in(browser))
        browser.client.cookies.clear()
        assert is_let_in(await town.signs_in(browser))

    plays(story())


WRONG_WAYS_BACK = {
    "the state of another journey": lambda address: address.replace("state=", "state=x"),
    "no state": lambda address: address.split("&state=")[0],
    "no code": lambda address: BACK + "?" + address.rpartition("&")[2],
    "a code without an end": lambda address: address.replace("code=", f"code={'x' * 5000}"),
}


@pytest.mark.parametrize("way", WRONG_WAYS_BACK)
def test_an_answer_that_does_not_belong_to_the_journey_is_not_looked_into(town, way):
    async def story():
        browser = town.stage.browser()
        address = await town.goes(browser)
        is_refused(town, await browser.client.get(WRONG_WAYS_BACK[way](address)), said="Login blev ikke færdigt")
        assert not town.provider.asked["token"]

    plays(story())


def test_an_answer_is_good_in_the_browser_that_began_and_for_ten_minutes(town):
    async def story():
        browser, other = town.stage.browser(), town.stage.browser()
        address = await town.goes(browser)
        is_refused(town, await other.client.get(address), said="begyndte i en anden browser")
        ticket = browser.client.cookies["driftsvagt-ind"]
        state, nonce, verifier, until, seal = ticket.split(".")
        for forged in (
            f"{state}.{nonce}.{verifier}.{int(until) + 600}.{seal}",
            f"{state}.{nonce}.{verifier}.{until}.",
            "",
            "a.b",
        ):
            is_refused(town, await _with_ticket(town, address, forged))
        town.stage.hands.at += timedelta(minutes=10)
        is_refused(town, await browser.client.get(address), said="mere end 10 minutter")
        assert not town.provider.asked["token"]

    plays(story())


def test_a_code_is_good_once(town):
    async def story():
        browser = town.stage.browser()
        address = await town.goes(browser)
        ticket = browser.client.cookies["driftsvagt-ind"]
        assert is_let_in(await browser.client.get(address))
        assert "driftsvagt-ind" not in browser.client.cookies
        again = await _with_ticket(town, address, ticket)
        assert again.status_code == 403
        assert "Login kunne ikke godkendes" in words(again.text)
        assert len(town.stage.doors.sessions) == 1

    plays(story())


def test_a_code_that_was_stolen_from_another_journey_is_of_no_use(town):
    """The thief has begun one of their own: their cookie holds another verifier, and another nonce."""

    async def story():
        stolen = parse_qs(urlsplit(await town.goes(town.stage.browser())).query)["code"][0]
        thief = town.stage.browser()
        own = parse_qs(urlsplit(await town.goes(thief)).query)["state"][0]
        is_refused(town, await thief.client.get("/ind/oidc/svar", params={"code": stolen, "state": own}))

    plays(story())


async def _with_ticket(town, address, ticket):
    client = town.stage.browser().client
    return await client.get(address, headers={"cookie": f"driftsvagt-ind={ticket}"})


AFTER, BEFORE = timedelta(minutes=10, seconds=61), timedelta(seconds=61)
LIES = {
    "another nonce": {"claims": {"nonce": "of another journey"}},
    "no nonce": {"claims": {"nonce": None}},
    "another issuer": {"claims": {"iss": "https://login.fjordby.example/realms/fjordby/"}},
    "no issuer": {"claims": {"iss": None}},
    "for another": {"claims": {"aud": "payroll"}},
    "for others": {"claims": {"aud": ["payroll", "mail"]}},
    "for nobody": {"claims": {"aud": None}},
    "given to us, for another": {"claims": {"aud": "payroll", "azp": CLIENT}},
    "given to another": {"claims": {"aud": [CLIENT, "payroll"], "azp": "payroll"}},
    "for several, and not said who got it": {"claims": {"aud": [CLIENT, "payroll"]}},
    "without an end": {"claims": {"exp": None}},
    "an end that is no time": {"claims": {"exp": float("inf")}},
    "without a beginning": {"claims": {"iat": None}},
    "about nobody": {"claims": {"sub": ""}},
    "beside another access token": {"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
    "unsigned": {"forges": unsigned},
    "signed with the client secret": {"forges": signed_with(SECRET)},
    "signed with the public key": {"forges": signed_with(None)},
    "signed by somebody else": {"forges": signed_by_somebody_else},
    "signed with an algorithm we did not ask for": {"algorithm": "RS512"},
    "asking for what we do not know": {"header": {"crit": ["vendor"], "vendor": "of theirs"}},
    "not a token": {"forges": lambda *_: "not.a.token"},
    "nothing": {"forges": lambda *_: ""},
    "a list": {"forges": lambda header, _, key: signed_list(header, key)},
}  # fmt: skip


def signed_list(header, key):
    from joserfc import jws

    return jws.serialize_compact(header, b"[]", key)


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_as_it_must_be_lets_nobody_in(town, lie):
    async def story():
        for name, value in LIES[lie].items():
            setattr(town.provider, name, value)
        is_refused(town, await town.signs_in(town.stage.browser()), said="Login kunne ikke godkendes")

    plays(story())


@pytest.mark.parametrize(
    ("claim", "off", "is_good"),
    [
        ("exp", -59, True),
        ("exp", -61, False),
        ("nbf", 59, True),
        ("nbf", 61, False),
        ("iat", 59, True),
        ("iat", 61, False),
    ],
)
def test_clocks_may_differ_by_a_minute(town, claim, off, is_good):
    async def story():
        town.provider.claims = {claim: int(town.stage.hands.now().timestamp()) + off}
        answer = await town.signs_in(town.stage.browser())
        assert is_let_in(answer) is is_good

    plays(story())


def test_several_may_read_a_token_that_was_given_to_us(town):
    async def story():
        town.provider.claims = {"aud": [CLIENT, "payroll"], "azp": CLIENT}
        assert is_let_in(await town.signs_in(town.stage.browser()))

    plays(story())


NOT_THEIRS = {
    "an address that nobody verified": {"email_verified": False},
    "an address of which that is not said": {"email_verified": None},
    "an address that nobody has here": {"email": "nobody@fjordby.example"},
    "no address": {"email": None},
    "something that is no address": {"email": ["mia@fjordby.example"]},
    "what they call themselves": {"email": None, "preferred_username": "mia@fjordby.example"},
}


@pytest.mark.parametrize("why", NOT_THEIRS)
def test_whoever_is_proven_and_unknown_is_told_whom_to_ask_and_nothing_is_kept(town, why):
    async def story():
        town.provider.claims = NOT_THEIRS[why]
        answer = await town.signs_in(town.stage.browser())
        is_refused(town, answer, said="Vi kender dig ikke her")
        assert "Skriv til it" in words(answer.text)
        assert "s-mia" in words(answer.text)

    plays(story())


def test_an_address_of_two_people_is_nobodys(town):
    async def story():
        town.changes("sam", email="mia@fjordby.example")
        is_refused(town, await town.signs_in(town.stage.browser()), said="Vi kender dig ikke her")

    plays(story())


def test_whoever_has_no_address_here_is_not_everybody_without_one(town):
    async def story():
        town.changes("mia", email="")
        town.provider.claims = {"email": ""}
        is_refused(town, await town.signs_in(town.stage.browser()), said="Vi kender dig ikke her")

    plays(story())


def test_the_first_link_stands_whatever_becomes_of_the_address(town):
    async def story():
        assert is_let_in(await town.signs_in(town.stage.browser()))
        town.provider.visitor = MIA | {"email": "sam@fjordby.example"}
        assert is_let_in(await town.signs_in(town.stage.browser()))
        assert {person for person, _ in town.stage.doors.sessions.values()} == {"mia"}
        town.provider.visitor = MIA | {"sub": "who got her address"}
        moved = await town.signs_in(town.stage.browser())
        assert moved.status_code == 403
        assert len(town.links) == 1

    plays(story())


def test_the_organisation_file_may_say_whose_an_account_is(town):
    async def story():
        town.accounts.link(Account(MESSENGER, town.provider.issuer, "s-mia", PersonId("sam")))
        town.changes("karen", accounts=((MESSENGER, "s-mia"),))
        town.provider.claims = {"email_verified": False}
        assert is_let_in(await town.signs_in(town.stage.browser()))
        assert [person for person, _ in town.stage.doors.sessions.values()] == ["karen"]

    plays(story())


@pytest.mark.parametrize("is_linked", [True, False])
def test_whose_account_the_file_says_comes_in_with_no_other(town, is_linked):
    async def story():
        if is_linked:
            town.accounts.link(Account(MESSENGER, town.provider.issuer, "s-mia", PersonId("mia")))
        town.changes("mia", accounts=((MESSENGER, "another"),))
        answer = await town.signs_in(town.stage.browser())
        assert answer.status_code == 403
        assert not town.stage.doors.sessions

    plays(story())


def test_who_is_no_longer_in_the_organisation_file_does_not_come_in_and_is_out_at_once(town):
    async def story():
        browser = town.stage.browser()
        await town.signs_in(browser)
        people = town.stage.knowledge.known.organisation.people
        town.has({name: person for name, person in people.items() if name != "mia"})
        assert (await browser.open("/")).status_code == 401
        answer = await town.signs_in(town.stage.browser())
        assert answer.status_code == 403
        assert "Vi kender dig ikke her" in words(answer.text)

    plays(story())


def test_entra_is_matched_on_tenant_and_object_id(entra):
    async def story():
        assert is_let_in(await entra.signs_in(entra.stage.browser()))
        assert entra.links == [(TENANT, "0b7e", "mia")]
        entra.provider.claims = {"email": None, "sub": "of another application"}
        assert is_let_in(await entra.signs_in(entra.stage.browser()))
        assert {person for person, _ in entra.stage.doors.sessions.values()} == {"mia"}

    plays(story())


@pytest.mark.parametrize("vouched", [1, "1", "true"])
def test_entra_says_in_several_ways_that_an_address_is_its_owners(entra, vouched):
    async def story():
        entra.provider.claims = {"xms_edov": vouched}
        assert is_let_in(await entra.signs_in(entra.stage.browser()))

    plays(story())


@pytest.mark.parametrize(
    "claims",
    [
        {"xms_edov": None},
        {"xms_edov": False},
        {"xms_edov": "0"},
        {"xms_edov": None, "email_verified": True},  # not Entra's word
        {"email": None},  # preferred_username and upn are names
    ],
)
def test_an_address_that_entra_does_not_vouch_for_is_no_address(entra, claims):
    async def story():
        entra.provider.claims = claims
        answer = await entra.signs_in(entra.stage.browser())
        is_refused(entra, answer, said="Vi kender dig ikke her")
        assert "0b7e" in words(answer.text)

    plays(story())


@pytest.mark.parametrize("claims", [{"tid": OTHER}, {"tid": None}, {"oid": None}, {"oid": ""}])
def test_another_tenant_and_an_account_without_an_object_id_are_refused(entra, claims):
    async def story():
        entra.provider.claims = claims
        is_refused(entra, await entra.signs_in(entra.stage.browser()), said="Login kunne ikke godkendes")

    plays(story())


def test_a_new_key_is_fetched_when_it_is_first_met_and_made_up_ones_are_not_asked_for_all_day(town):
    async def story():
        assert is_let_in(await town.signs_in(town.stage.browser()))
        town.stage.hands.at += timedelta(minutes=1)
        town.provider.keys = [rsa_key("first"), rsa_key("next")]
        assert is_let_in(await town.signs_in(town.stage.browser()))
        assert town.provider.asked["keys"] == 2
        town.provider.header = {"kid": "made up"}
        for _ in range(5):
            assert (await town.signs_in(town.stage.browser())).status_code == 403
        assert town.provider.asked["keys"] == 2
        town.stage.hands.at += timedelta(minutes=1)
        assert (await town.signs_in(town.stage.browser())).status_code == 403
        assert town.provider.asked["keys"] == 3
        assert town.provider.asked["configuration"] == 1

    plays(story())


def test_a_key_that_was_withdrawn_is_not_believed_for_more_than_an_hour(town):
    async def story():
        assert is_let_in(await town.signs_in(town.stage.browser()))
        withdrawn, town.provider.keys = town.provider.keys[0], [rsa_key("next")]
        town.provider.forges = lambda header, claims, _: encoded(header | {"kid": "first"}, claims, withdrawn)
        town.stage.hands.at += timedelta(hours=1)
        assert (await town.signs_in(town.stage.browser())).status_code == 403
        assert town.provider.asked["configuration"] == 2

    plays(story())


def encoded(header, claims, key):
    from joserfc import jwt

    return jwt.encode(header, claims, key)


def test_a_provider_that_is_silent_is_said_to_be_and_asked_again_in_a_moment(town):
    async def story():
        browser = town.stage.browser()
        town.provider.is_down = True
        is_refused(town, await browser.client.get("/ind/oidc"), 503, "Fjordby Login svarer ikke")
        town.provider.is_down = False
        is_refused(town, await browser.client.get("/ind/oidc"), 503, "Prøv igen om lidt")
        assert not town.provider.asked
        town.stage.hands.at += timedelta(seconds=10)
        address = await town.goes(browser)
        town.provider.is_down = True
        is_refused(town, await browser.client.get(address), 503, "svarer ikke")

    plays(story())


@pytest.mark.parametrize(
    "published",
    [
        {"issuer": "https://login.fjordby.example"},
        {"token_endpoint": "http://login.fjordby.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_publishes_what_it_should_not_is_not_used(town, published):
    async def story():
        town.provider.published = published
        is_refused(town, await town.stage.browser().client.get("/ind/oidc"), 503, "svarer ikke")

    plays(story())


@pytest.mark.parametrize("keys", ["issuer", ".well-known/openid-configuration"])
def test_keys_that_are_none_are_a_fault_of_the_provider(town, keys):
    async def story():
        town.provider.published = {"jwks_uri": f"{town.provider.issuer}/{keys}"}
        is_refused(town, await town.signs_in(town.stage.browser()), 503, "svarer ikke")

    plays(story())


def test_a_secret_that_expired_is_said_in_the_log_and_not_to_people(town, caplog):
    async def story():
        town.provider.secret = "a newer one"  # noqa: S105  # of nobody
        is_refused(town, await town.signs_in(town.stage.browser()), 503, "svarer ikke")
        assert "DRIFTSVAGT_OIDC_CLIENT_SECRET is not accepted" in caplog.text
        assert SECRET not in caplog.text

    plays(story())


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        ("access_denied", 403, "gav os ikke lov"),
        ("server_error", 503, "svarer ikke"),
        ("<b>\n", 403, "gav os ikke lov"),
    ],
)
def test_what_the_provider_answers_instead_of_a_code_is_told_in_our_words(town, caplog, error, status, said):
    async def story():
        town.provider.visitor = None
        browser = town.stage.browser()
        address = await town.goes(browser)
        assert "error=access_denied" in address
        state = parse_qs(urlsplit(address).query)["state"][0]
        told = {"error": error, "error_description": "call 555 at once", "state": state}
        answer = await browser.client.get("/ind/oidc/svar", params=told)
        is_refused(town, answer, status, said)
        assert "555" not in answer.text + caplog.text
        assert "<b>" not in answer.text + caplog.text

    plays(story())


@pytest.mark.parametrize("path", ["/ind/oidc", "/ind/oidc/svar"])
def test_whoever_tries_all_the_time_is_asked_to_wait(town, path):
    async def story():
        browser = town.stage.browser()
        for _ in range(300):
            assert (await browser.client.get(path)).status_code != 429
        late = await browser.client.get(path)
        is_refused(town, late, 429, "Vent 10 minutter")
        town.stage.hands.at += timedelta(minutes=10)
        assert (await browser.client.get(path)).status_code != 429

    plays(story())


def test_without_a_provider_there_is_no_such_door(stage):
    async def story():
        page = await stage.browser().client.get("/ind/oidc/svar")
        assert page.status_code == 404
        assert "/ind/oidc" not in (await stage.browser().open("/ind")).text

    plays(story())
