"""Fault reports sent to a real mail server: what arrives, what is refused, and when nobody can know."""

import contextlib
import email
import select
import socket
import ssl
import threading
from datetime import timedelta
from email.policy import default
from smtplib import SMTPServerDisconnected

import pytest
from aiosmtpd.smtp import LoginPassword
from mailboxes import PATIENCE, Inbox
from reports import PICTURE, reporting, row, supplied_by, titled

from bot.desk.ports import NotSent
from bot.suppliers.email import EmailSupplier
from bot.suppliers.mail_server import MailServer

SENDER = "Fjordby It <it@fjordby.example>"


def read(inbox: Inbox):
    (envelope,) = inbox.mails
    return email.message_from_bytes(envelope.original_content, policy=default)


def test_the_mail_can_be_answered_and_found_again(inbox):
    assert EmailSupplier(inbox.url, SENDER).send(row(), PICTURE) == "<s-12.r1@fjordby.example>"
    mail = read(inbox)
    assert {name: mail[name] for name in ("From", "Reply-To", "To", "Subject", "Message-ID", "Date")} == {
        "From": SENDER,
        "Reply-To": SENDER,
        "To": "Kildemose Sag A/S <hotline@kildemose.example>",
        "Subject": "[S-12] B betydende: Brevene bliver ikke sendt",
        "Message-ID": "<s-12.r1@fjordby.example>",
        "Date": "Thu, 19 Nov 2026 12:20:00 +0000",
    }
    assert "Prøvet en anden pc." in mail.get_content()
    assert (inbox.mails[0].mail_from, inbox.mails[0].rcpt_tos) == ("it@fjordby.example", ["hotline@kildemose.example"])


def test_a_mail_that_was_perhaps_sent_is_marked_and_has_the_same_id(inbox):
    supplier = EmailSupplier(inbox.url, SENDER)
    again = supplier.send(row(attempts=1, tried_unsure=True), PICTURE)
    assert again == "<s-12.r1@fjordby.example>"
    assert read(inbox).get_content().startswith("Denne mail kan være sendt to gange.")


def test_a_mail_that_replaces_another_is_a_new_one_that_points_back(inbox):
    EmailSupplier(inbox.url, SENDER).send(row(message_id="<s-12.r1@fjordby.example>"), PICTURE)
    mail = read(inbox)
    assert (mail["Message-ID"], mail["In-Reply-To"]) == ("<s-12.r2@fjordby.example>", "<s-12.r1@fjordby.example>")


def test_smtp_cannot_say_what_became_of_an_attempt(inbox):
    with pytest.raises(NotImplementedError):
        EmailSupplier(inbox.url, SENDER).was_sent(row())


@pytest.mark.parametrize(
    "evil", ["x\r\nBcc: all@fjordby.example", "x\nBcc: all@fjordby.example\n\nhej", "x\x0bBcc: y\x85z"]
)
def test_no_words_of_people_become_headers(inbox, evil):
    supplier = EmailSupplier(inbox.url, SENDER)
    supplier.send(row(), titled(evil))
    supplier.send(row(), reporting(severity=evil, who=evil))
    supplier.send(row(), supplied_by(evil, "hotline@kildemose.example"))
    for envelope in inbox.mails:
        mail = email.message_from_bytes(envelope.original_content, policy=default)
        assert set(mail.keys()) == {
            *("From", "Reply-To", "To", "Subject", "Date", "Message-ID"),
            *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
        }
        assert envelope.rcpt_tos == ["hotline@kildemose.example"]


@pytest.mark.parametrize("wrong", ["ikke en adresse", "a@b\r\nBcc: c@d.example", "a@b, c@d.example", "<a@b.example>"])
def test_an_address_that_is_none_is_hopeless(inbox, wrong):
    with pytest.raises(NotSent) as refused:
        EmailSupplier(inbox.url, SENDER).send(row(), supplied_by("Kildemose", wrong))
    assert refused.value.hopeless
    assert inbox.mails == []


def test_a_line_of_one_dot_does_not_end_the_mail(inbox):
    EmailSupplier(inbox.url, SENDER).send(row(), titled("Først.\n.\nQUIT"))
    assert "“Først.\r\n.\r\nQUIT”\r\n" in read(inbox).get_content()


@pytest.mark.parametrize(
    ("where", "answer", "hopeless"),
    [
        ("RCPT", "550 no such mailbox", True),
        ("RCPT", "450 greylisted, try later", False),
        ("DATA", "554 too much like spam", True),
        ("DATA", "451 no room just now", False),
    ],
)
def test_a_refusal_says_whether_there_is_hope(serve_mail, where, answer, hopeless):
    inbox = serve_mail(Inbox({where: answer}))
    with pytest.raises(NotSent) as refused:
        EmailSupplier(inbox.url, SENDER).send(row(), PICTURE)
    assert (refused.value.hopeless, refused.value.why) == (hopeless, answer)


def test_nobody_listening_means_later():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotSent) as refused:
        EmailSupplier(f"smtp://127.0.0.1:{port}", SENDER).send(row(), PICTURE)
    assert not refused.value.hopeless


@pytest.mark.parametrize("after", ["ehlo", "mail", "rcpt"])
def test_a_server_that_falls_silent_before_the_mail_got_nothing(falls_silent, after):
    with pytest.raises(NotSent) as refused:
        EmailSupplier(falls_silent(after), SENDER).send(row(), PICTURE)
    assert not refused.value.hopeless


@pytest.mark.parametrize("after", ["Subject", "."])
def test_a_server_that_falls_silent_in_the_mail_leaves_doubt(falls_silent, after):
    with pytest.raises((SMTPServerDisconnected, ConnectionError)):
        EmailSupplier(falls_silent(after), SENDER).send(row(), PICTURE)


def test_a_server_that_never_answers_is_not_waited_for_for_ever():
    with socket.create_server(("127.0.0.1", 0)) as mute:
        supplier = EmailSupplier(f"smtp://127.0.0.1:{mute.getsockname()[1]}", SENDER, patience=0.2)
        with pytest.raises(NotSent) as refused:
            supplier.send(row(), PICTURE)
    assert not refused.value.hopeless


def test_a_server_that_says_a_little_now_and_then_is_not_listened_to_for_ever():
    """Never silent long enough to be given up for silence."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        supplier = EmailSupplier(f"smtp://127.0.0.1:{listener.getsockname()[1]}", SENDER, patience=5, longest=0.3)
        talker = threading.Thread(target=_murmur, args=(listener,), daemon=True)
        talker.start()
        with pytest.raises(NotSent) as refused:
            supplier.send(row(), PICTURE)
        talker.join(PATIENCE)
    assert not refused.value.hopeless
    assert not talker.is_alive()


def _murmur(listener):
    """A line that never ends, until nobody listens any more; a second at most."""
    connection, _ = listener.accept()
    with connection, contextlib.suppress(OSError):
        for _ in range(100):
            connection.sendall(b"2")
            if select.select([connection], [], [], 0.01)[0]:
                return


def test_a_name_and_password_are_used(serve_mail, trusting):
    secure = {"tls_context": ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), "auth_required": True}
    inbox = Inbox()
    serve_mail(inbox, authenticator=inbox.authenticate, **secure)
    right = inbox.url.replace("//", "//desk:pass%3Aword@")
    with pytest.raises(NotSent) as refused:
        EmailSupplier(inbox.url.replace("//", "//desk:guess@"), SENDER, trust=trusting, encrypt=True).reach()
    assert "guess" not in refused.value.why
    EmailSupplier(right, SENDER, trust=trusting, encrypt=True).send(row(), PICTURE)
    assert inbox.logins[-1] == LoginPassword(b"desk", b"pass:word")
    assert (len(inbox.mails), inbox.encrypted) == (1, [True])


def test_elsewhere_nothing_is_sent_unencrypted(inbox):
    with pytest.raises(NotSent, match="STARTTLS"):
        EmailSupplier(inbox.url, SENDER, encrypt=True).send(row(), PICTURE)
    assert inbox.mails == []


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_that_nobody_vouches_for_is_not_believed(serve_mail, trusting, scheme):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    option = "tls_context" if scheme == "smtp" else "ssl_context"
    inbox = serve_mail(Inbox(), scheme, **{option: context})
    with pytest.raises(NotSent, match="certificate verify failed"):
        EmailSupplier(inbox.url, SENDER, encrypt=True).send(row(), PICTURE)
    assert inbox.mails == []
    EmailSupplier(inbox.url, SENDER, trust=trusting, encrypt=True).send(row(), PICTURE)
    assert len(inbox.mails) == 1


@pytest.mark.parametrize(
    ("host", "here"),
    [("localhost", True), ("127.0.0.1", True), ("[::1]", True), ("mail.fjordby.example", False), ("10.0.0.5", False)],
)
def test_only_this_machine_is_spoken_to_in_the_clear(host, here):
    assert MailServer.read(f"smtp://{host}").is_this_machine == here


def test_a_mail_server_is_read_from_its_url():
    server = MailServer.read("smtps://it%40fjordby.example:p%2Fw%23@mail.fjordby.example")
    assert server == MailServer("mail.fjordby.example", 465, True, "it@fjordby.example", "p/w#")
    assert "p/w" not in repr(server)
    assert MailServer.read("smtp://mail:25").port == 25
    assert MailServer.read("smtp://mail").port == 587


@pytest.mark.parametrize(
    "url", ["http://a:secret@mail", "smtp://", "smtp://:secret@", "smtp://a:secret@mail:port", "secret"]
)
def test_what_is_no_mail_server_is_refused_without_repeating_it(url):
    with pytest.raises(ValueError, match="smtp://host:port") as refused:
        MailServer.read(url)
    assert "secret" not in str(refused.value)


def test_a_mail_says_when_it_was_written_and_not_when_it_was_sent(inbox):
    EmailSupplier(inbox.url, SENDER).send(row(queued_at=PICTURE.now - timedelta(hours=1)), PICTURE)
    assert read(inbox)["Date"].datetime == PICTURE.now
