"""Every route for every kind of person, about one's own ticket and somebody else's. A route without a row here fails."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.routing import Mount, Route
from test_story import QUESTION, REPORT

from bot.domain.attachments import Attachment
from bot.domain.audit import Deed
from bot.domain.commands import (
    Ask,
    AskPerson,
    Claim,
    Comment,
    Delivery,
    Escalate,
    HandOver,
    Kind,
    Log,
    Milestone,
    Place,
    Report,
)
from bot.domain.people import PersonId, Role
from bot.domain.refusals import Refused
from bot.web import auditing
from bot.web.desk_stream import HERE, DeskStream
from bot.web.frame import Frame

# An anonymous visitor and one whom the organisation no longer has; Mia asked #1 and Liv #2; Sam is a superuser of their
# system at their site, Lone of another; Ivo is IT; Karen has the contracts.
PEOPLE = ("", "oluf", "mia", "liv", "sam", "lone", "ivo", "karen")
GONE = "oluf"
STRANGERS = frozenset({"", GONE})
SIGNED_IN = frozenset(PEOPLE) - STRANGERS
EVERYBODY = frozenset(PEOPLE)
LOOKS_AT_KNOWLEDGE = frozenset({"sam", "lone", "ivo"})
LOOKS_AT_SUPPLIERS = frozenset({"ivo", "karen"})

# route → an address of it → who gets the page. Any other who is signed in gets 404, a stranger 401.
PAGES = {
    "/healthz": {"/healthz": EVERYBODY},
    "/readyz": {"/readyz": EVERYBODY},
    "/delt/{token}": {"/delt/made-up": set()},
    "/ind": {"/ind": EVERYBODY},
    "/ind/oidc": {"/ind/oidc": EVERYBODY},
    "/ind/oidc/svar": {"/ind/oidc/svar?code=c&state=s": set()},
    "/ind/{token}": {"/ind/unknown": EVERYBODY},
    "/ud": {"/ud": SIGNED_IN},
    "/": {"/": SIGNED_IN},
    "/sag/{number}": {"/sag/1": {"mia", "sam", "ivo", "karen"}, "/sag/2": {"liv", "sam", "ivo", "karen"}, "/sag/99": set()},
    "/fil/{attachment}": {
        "/fil/to-mia": {"mia", "sam", "ivo", "karen"},
        "/fil/internal": {"sam", "ivo", "karen"},
        "/fil/of-liv": {"liv", "sam", "ivo", "karen"},
        "/fil/asked-with": {"mia", "sam", "ivo", "karen"},
        "/fil/waiting": {"liv"},
        "/fil/loose": set(),
        "/fil/unknown": set(),
    },
    "/kanal/{channel}": {"/kanal/omsorg-nord": {"sam"}, "/kanal/outlook-alle": {"lone"}, "/kanal/it": {"ivo"}},
    "/kanal/{channel}/{case}": {
        "/kanal/omsorg-nord/1": {"sam"},
        "/kanal/omsorg-nord/2": {"sam"},
        "/kanal/it/1": {"ivo"},
        "/kanal/it/S-1": {"ivo"},
        "/kanal/outlook-alle/1": set(),
    },
    "/overblik": {"/overblik": LOOKS_AT_SUPPLIERS, "/overblik?q=1&frist=naer": LOOKS_AT_SUPPLIERS},
    "/sager": {"/sager": LOOKS_AT_SUPPLIERS},
    "/leverandoersager": {"/leverandoersager": LOOKS_AT_SUPPLIERS},
    "/tendens": {"/tendens": LOOKS_AT_SUPPLIERS},
    "/vagt": {"/vagt": LOOKS_AT_SUPPLIERS},
    "/leverandoersag/{number}": {"/leverandoersag/1": LOOKS_AT_SUPPLIERS, "/leverandoersag/99": set()},
    "/leverandoersag/{number}/{target}.csv": {"/leverandoersag/1/{target}.csv": LOOKS_AT_SUPPLIERS},
    "/rapport": {"/rapport": LOOKS_AT_SUPPLIERS},
    "/rapport/{month}-maal.csv": {"/rapport/2026-11-maal.csv": LOOKS_AT_SUPPLIERS},
    "/rapport/{month}.csv": {"/rapport/2026-11.csv": LOOKS_AT_SUPPLIERS},
    "/rapport/{month}": {"/rapport/2026-11": LOOKS_AT_SUPPLIERS},
    "/viden": {"/viden": LOOKS_AT_KNOWLEDGE, "/viden?q=mfa": LOOKS_AT_KNOWLEDGE},
    "/viden/huller": {"/viden/huller": LOOKS_AT_KNOWLEDGE},
}  # fmt: skip
STREAM = {
    "web:direct:mia": {"mia"},
    "web:direct:liv": {"liv"},
    "web:channel:omsorg-nord": {"sam"},
    "web:thread:omsorg-nord:1": {"sam"},
}
# A form that no page of ours made: 403 for those who are signed in, 401 for strangers; whoever opens a link is no one yet.
FORMS = {
    "/sig": 401,
    "/tryk": 401,
    "/ud": 401,
    "/ud/alle": 401,
    "/viden": 401,
    "/ind": 403,
    "/leverandoersag/{number}/vis": 401,
    "/leverandoersag/{number}/luk": 401,
    "/ind/{token}": 403,
}
AWAY = {"/rapport", "/ind/oidc"}  # lead to another page
ELSEWHERE = {
    "/metrics",
    "/stroem",
    "/stroem/overblik",
}  # /metrics: test_small_parts; /stroem: below, because a stream does not end


class Elsewhere:
    """A provider that nobody comes back from."""

    name = "Microsoft"

    def start(self, journey):
        return f"https://login.example/?state={journey.state}"


def plays(story):
    asyncio.run(story)


@pytest.fixture
def stage(stage):
    """With every door."""
    stage.parts = replace(stage.parts, provider=Elsewhere())
    stage.open()
    return stage


@pytest.fixture
def busy(stage):
    """Mia's #1 went by Sam and Ivo to the supplier; Liv's #2 waits for a superuser. Oluf has left."""
    owners = {"to-mia": "ivo", "internal": "ivo", "asked-with": "mia"} | dict.fromkeys(
        ("of-liv", "waiting", "loose"), "liv"
    )
    for name, by in owners.items():
        left = Attachment(name, PersonId(by), stage.hands.now(), "foto.png", "image/png", 4, "")
        with stage.store.transaction() as ledger:
            ledger.attachments.keep(name, [(left, b"\x89PNG")])
    steps = [
        ("mia", AskPerson(QUESTION, ("asked-with",))),
        ("sam", Claim(1)),
        ("sam", Escalate(1, "Det er en fejl")),
        ("ivo", Claim(1)),
        ("ivo", HandOver(1, Report(**REPORT))),
        ("ivo", Log(1, Milestone.ACKNOWLEDGED, source="phone")),
        ("ivo", Comment(1, "se her", "employee", attachments=("to-mia",))),
        ("ivo", Comment(1, "kun os", "internal", attachments=("internal",))),
        ("liv", AskPerson("omsorgsjournalen viser den forkerte dato")),
        ("liv", Comment(2, "sådan ser den ud", attachments=("of-liv",))),
        ("liv", Ask("hvor finder jeg mine lønsedler", ("waiting",))),
    ]
    for nth, (who, command) in enumerate(steps):
        place = Place("web", Kind.DIRECT, who)
        outcome = stage.attend(Delivery("web", f"s{nth}", PersonId(who), place, command, stage.hands.now()))
        assert not isinstance(outcome, Refused), outcome
        stage.hands.at += timedelta(minutes=0 if isinstance(command, Ask | Comment) else 5)
    known = stage.knowledge.known
    people = {name: person for name, person in known.organisation.people.items() if name != GONE}
    stage.knowledge.known = replace(known, organisation=replace(known.organisation, people=people))
    return stage


def test_every_route_has_a_row(stage):
    found = {"GET": set(), "POST": set()}
    for route in stage.app.routes:
        if isinstance(route, Mount):
            assert route.path == "/static"
            continue
        assert isinstance(route, Route)
        for method in route.methods - {"HEAD"}:
            found[method].add(route.path)
    assert found == {"GET": PAGES.keys() | ELSEWHERE, "POST": FORMS.keys()}


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_is_for_those_who_may_see_it_and_for_nobody_else(busy, who):
    async def story():
        browser = busy.browser(who)
        nothing = (await browser.open("/ingenting-her")).text
        target = re.search(
            r"/leverandoersag/1/([^\"/]+)\.csv", (await busy.browser("ivo").open("/leverandoersag/1")).text
        )
        before = _traces(busy)
        for addresses in PAGES.values():
            for address, allowed in addresses.items():
                page = await browser.open(address.replace("{target}", target[1]))
                closed = (
                    401 if who in STRANGERS and not address.startswith("/delt/") else 404
                )  # a link asks for nobody's name
                if address.startswith("/ind/oidc/svar"):
                    closed = 403  # whoever did not begin the journey
                wanted = (303 if address in AWAY else 200) if who in allowed else closed
                assert page.status_code == wanted, (who, address)
                if wanted == 404 and not address.endswith(".csv"):
                    assert page.text == nothing, address
        assert _traces(busy) == before

    plays(story())


REACHED = [
    ("mia", "/sag/2", ("/sag/{number}", "#2", "404")),
    ("lone", "/kanal/omsorg-nord/2", ("/kanal/{channel}/{case}", "#2", "404")),
    ("sam", "/leverandoersag/1", ("/leverandoersag/{number}", "S-1", "404")),
    ("mia", "/sag/Mia%20Larsen", ("/sag/{number}", "", "404")),
    ("sam", "/overblik", ("/overblik", "", "404")),
]


@pytest.mark.parametrize(("who", "address", "trace"), REACHED)
def test_whoever_reaches_across_leaves_a_trace_in_the_audit_and_no_other(busy, who, address, trace):
    async def story():
        before, known = _traces(busy), len(_audit(busy))
        await busy.browser(who).open(address)
        assert _audit(busy)[: len(_audit(busy)) - known] == [(who, Deed.REFUSED, *trace)]
        assert _traces(busy) == before

    plays(story())


LOOKED = [
    ("ivo", "/sag/2", ("/sag/{number}", "#2")),
    ("sam", "/kanal/omsorg-nord/2", ("/kanal/{channel}/{case}", "#2")),
    ("ivo", "/kanal/it/S-1", ("/kanal/{channel}/{case}", "S-1")),
    ("karen", "/leverandoersag/1", ("/leverandoersag/{number}", "S-1")),
    ("ivo", "/sager?q=Larsen", ("/sager", "")),
    ("ivo", "/overblik?q=Larsen", ("/overblik", "")),
]


@pytest.mark.parametrize(("who", "address", "trace"), LOOKED)
def test_who_looks_at_what_is_somebody_elses_is_kept(busy, who, address, trace):
    async def story():
        known = len(_audit(busy))
        assert (await busy.browser(who).open(address)).status_code == 200
        assert _audit(busy)[: len(_audit(busy)) - known] == [(who, Deed.LOOKED, *trace, "")]

    plays(story())


@pytest.mark.parametrize("address", ["/leverandoersag/1", "/overblik?q=Larsen"])
def test_a_page_that_asks_for_itself_again_is_one_look_in_a_quarter_of_an_hour(busy, address):
    async def story():
        browser, known = busy.browser("ivo"), len(_audit(busy))
        for _ in range(46):
            await browser.client.get(address, headers={"hx-request": "true"})
            busy.hands.at += timedelta(seconds=20)
        assert len(_audit(busy)) == known + 2

    plays(story())


def test_another_person_another_case_and_another_search_are_looks_of_their_own(busy):
    async def story():
        known = len(_audit(busy))
        looks = [
            ("ivo", "/sag/1"),
            ("karen", "/sag/1"),
            ("ivo", "/sag/2"),
            ("ivo", "/sager?q=Larsen"),
            ("ivo", "/sager?q=Hansen"),
        ]
        for who, address in looks:
            await busy.browser(who).open(address)
        assert len(_audit(busy)) == known + len(looks)

    plays(story())


def test_whoever_reaches_across_again_and_again_is_kept_each_time(busy):
    async def story():
        browser, known = busy.browser("mia"), len(_audit(busy))
        for _ in range(3):
            await browser.open("/sag/2")
        assert len(_audit(busy)) == known + 3

    plays(story())


def test_a_look_that_could_not_be_kept_is_kept_the_next_time(busy, caplog):
    def full(_):
        raise SQLAlchemyError("the disk is full")

    async def story():
        browser, known = busy.browser("ivo"), len(_audit(busy))
        keep, busy.store.trace = busy.store.trace, full
        assert (await browser.open("/sag/2")).status_code == 200
        assert "the audit could not be written" in caplog.text
        busy.store.trace = keep
        await browser.open("/sag/2")
        assert len(_audit(busy)) == known + 1

    plays(story())


def test_only_so_many_looks_are_remembered(busy, monkeypatch):
    monkeypatch.setattr(auditing, "REMEMBERED", 1)

    async def story():
        browser, known = busy.browser("ivo"), len(_audit(busy))
        for address in ("/sag/2", "/leverandoersag/1", "/leverandoersag/1", "/sag/2"):
            await browser.open(address)
        assert len(_audit(busy)) == known + 3

    plays(story())


@pytest.mark.parametrize(("who", "address"), [("mia", "/"), ("mia", "/sag/1"), ("sam", "/kanal/omsorg-nord"), ("ivo", "/sager"), ("", "/sag/2"), ("mia", "/ingenting")])  # fmt: skip
def test_ones_own_a_list_and_a_strangers_knock_leave_none(busy, who, address):
    async def story():
        known = _audit(busy)
        await busy.browser(who).open(address)
        assert _audit(busy) == known

    plays(story())


@pytest.mark.parametrize("who", PEOPLE)
def test_a_stream_of_what_is_not_theirs_is_refused(busy, who):
    async def story():
        browser = busy.browser(who)
        for place, allowed in STREAM.items():
            if who not in allowed:
                page = await browser.open(f"/stroem?sted={place}")
                assert page.status_code == (401 if who in STRANGERS else 404), (who, place)

    plays(story())


@pytest.mark.parametrize("lost", ["role", "person"])
def test_the_stream_of_the_overview_ends_with_the_right_to_it(busy, lost):
    """Quietly: to be turned away in the midst of it is no fault."""

    async def story():
        cookie = (b"cookie", b"driftsvagt=session-of-ivo")
        request = Request({"type": "http", "method": "GET", "path": "/stroem/overblik", "headers": [cookie]})
        busy.browser("ivo")
        stream = await DeskStream(Frame(busy.parts), every=0.01).stream(request)
        heard = stream.body_iterator
        assert await anext(heard) == await anext(heard) == HERE
        known = busy.knowledge.known
        people = dict(known.organisation.people)
        ivo = people.pop("ivo")
        if lost == "role":
            people["ivo"] = replace(ivo, roles=frozenset({Role.EMPLOYEE}))
        busy.knowledge.known = replace(known, organisation=replace(known.organisation, people=people))
        assert [each async for each in heard] == []

    plays(story())


@pytest.mark.parametrize("who", PEOPLE)
def test_a_form_that_no_page_of_theirs_made_does_nothing(busy, who):
    async def story():
        browser, before = busy.browser(who), _traces(busy)
        for route, stranger in FORMS.items():
            data = {"knap": "claim:2", "sted": f"web:direct:{who}", "nonce": "n", "segl": "s"}
            answer = await browser.client.post(route.replace("{token}", "unknown"), data=data)
            assert answer.status_code == (stranger if who in STRANGERS else 403), (who, route)
        assert _traces(busy) == before

    plays(story())


ACROSS = [
    ("claim:2", {"mia", "liv", "lone", "ivo", "karen"}),
    ("release:1", SIGNED_IN - {"ivo"}),
    ("cancel:2", SIGNED_IN - {"liv"}),
    ("cancel:1", SIGNED_IN - {"mia"}),
]


@pytest.mark.parametrize(("button", "who"), [(button, who) for button, people in ACROSS for who in sorted(people)])
def test_a_button_that_is_not_theirs_changes_nothing(busy, button, who):
    """With an honest seal of their own page: only the desk stands in the way."""

    async def story():
        browser, before = busy.browser(who), _events(busy)
        page = (await browser.open("/")).text
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        form = {
            "segl": hidden["segl"],
            "nonce": hidden["nonce"],
            "sted": f"web:direct:{who}",
            "knap": button,
            "tilbage": "/",
        }
        answer = await browser.client.post("/tryk", data=form)
        assert answer.status_code in {303, 403, 404, 422}
        assert _events(busy) == before

    plays(story())


def test_a_button_that_is_theirs_does(busy):
    async def story():
        browser, before = busy.browser("sam"), _events(busy)
        page = (await browser.open("/")).text
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        form = {
            "segl": hidden["segl"],
            "nonce": hidden["nonce"],
            "sted": "web:direct:sam",
            "knap": "claim:2",
            "tilbage": "/",
        }
        await browser.client.post("/tryk", data=form)
        assert _events(busy) != before

    plays(story())


def _events(stage):
    with stage.store.reading() as ledger:
        return [[*ledger.events(case)] for case in ("#1", "#2", "S-1")]


def _audit(stage):
    found = stage.store.traces(stage.hands.now() - timedelta(days=1))
    return [(each.by, each.deed, each.what, each.about, each.why) for each in found]


def _traces(stage):
    return _events(stage), stage.posts.newest()
