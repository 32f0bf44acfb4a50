"""A login link goes out by a real mail server or to a person in Slack; what fails is logged without the link."""

import email
import email.policy
import logging
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from mailboxes import AnyPort, Inbox
from sqlalchemy.exc import OperationalError

from bot.app.letting_in import Letters, carriers
from bot.desk.ports import NotSent, Unsure
from bot.suppliers.email import EmailSupplier

UNTIL = datetime(2026, 11, 30, 9, 10, tzinfo=UTC)
ADDRESS = "https://desk.example"


@pytest.fixture
def inbox():
    inbox = Inbox()
    server = AnyPort(inbox)
    server.start()
    inbox.url = f"smtp://127.0.0.1:{server.port}"
    yield inbox
    server.stop()


def house(office, *, smtp="", say=None, slack=False):
    mail = EmailSupplier(smtp, "Fjordby it <it@fjordby.example>") if smtp else None
    return SimpleNamespace(
        desk=SimpleNamespace(outlets={"mail": mail}, clock=office.clock),
        settings=SimpleNamespace(smtp_url=smtp),
        say=say,
        slack=office.slack if slack else None,
    )


class Doorman:
    def __init__(self):
        self.links = []

    def make_link(self, token, person, until):
        self.links.append((token, person, until))


def sends(found, way, person):
    """The token of the link that went out."""
    doorman = Doorman()
    letters = Letters(found, ADDRESS, doorman.make_link)
    letters.send_link(way, None, UNTIL)
    letters.send_link(way, person, UNTIL)
    letters._pool.shutdown()
    [(token, whose, until)] = doorman.links
    assert (whose, until) == (person.id, UNTIL)
    return token


@pytest.fixture
def mia(known):
    return known.organisation.people["mia"]


def test_by_mail(office, inbox, mia):
    token = sends(carriers(house(office, smtp=inbox.url)), "mail", mia)
    [mail] = [email.message_from_bytes(each.content, policy=email.policy.default) for each in inbox.mails]
    assert (mail["To"], mail["Subject"]) == ("Mia <mia@fjordby.example>", "Dit link til Driftsvagt")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert f"{ADDRESS}/ind/{token}" in mail.get_content()
    assert "Det virker én gang og i 10 minutter." in mail.get_content()


def test_in_slack_to_her_alone(office, mia):
    token = sends(carriers(house(office, slack=True)), "slack", mia)
    [post] = office.machine.messages["DUMIA"]
    assert f"{ADDRESS}/ind/{token}" in post["text"]
    assert not any(office.machine.messages[each] for each in ("CNORD", "CIT"))


def test_where_no_mail_server_is_set_it_is_shown_on_the_terminal_of_whoever_runs_the_desk(office, mia):
    shown = []
    token = sends(carriers(house(office, say=shown.append)), "mail", mia)
    assert f"{ADDRESS}/ind/{token}" in shown[0]
    assert "Mia <mia@fjordby.example>" in shown[0]


@pytest.mark.parametrize("fault", [NotSent("connection refused"), Unsure("it fell silent")])
def test_what_could_not_be_sent_is_logged_without_the_link(mia, caplog, fault):
    def broken(*_):
        raise fault

    with caplog.at_level(logging.DEBUG):
        token = sends({"mail": broken}, "mail", mia)
    assert "a login link by mail was not sent" in caplog.text
    assert token not in caplog.text
    assert "mia@" not in caplog.text


def test_after_the_end_nothing_is_sent_and_nobody_stumbles(mia):
    doorman = Doorman()
    letters = Letters({"mail": lambda *_: None}, ADDRESS, doorman.make_link)
    letters.close()
    letters.send_link("mail", mia, UNTIL)
    assert not doorman.links


def test_there_is_only_the_way_that_is_set_up(office):
    assert Letters(carriers(house(office)), ADDRESS, print).ways == ()
    assert Letters(carriers(house(office, slack=True, say=print)), ADDRESS, print).ways == ("slack", "mail")


def test_a_link_that_could_not_be_kept_is_not_sent(mia, caplog):
    def away(*_):
        raise OperationalError("insert", {}, Exception("the database is away"))

    sent = []
    letters = Letters({"mail": lambda *each: sent.append(each)}, ADDRESS, away)
    letters.send_link("mail", mia, UNTIL)
    letters._pool.shutdown()
    assert not sent
    assert "a login link could not be kept" in caplog.text
