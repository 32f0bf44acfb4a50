"""A fault report as a real mail: encrypted on the way, and with the same Message-ID however often it is tried."""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as AS_SENT
from email.utils import format_datetime, make_msgid, parseaddr
from smtplib import SMTP, SMTP_SSL, SMTPException, SMTPResponseException
from socket import SHUT_RDWR
from threading import Timer
from typing import Any

from bot.desk.ports import NotSent, Waiting
from bot.domain.picture import Picture
from bot.suppliers.letter import Letter, letter, one_line
from bot.suppliers.mail_server import MailServer

PATIENCE = 10.0  # seconds to wait for each answer of the mail server
LONGEST = 120.0  # and for all of them together: the lease on the place lasts a little longer (desk/delivery)
OK, STARTED, WILL_FORWARD, REFUSED = 250, 220, 251, 500


class EmailSupplier:
    """An outlet over SMTP, which has no way to ask whether an earlier attempt arrived."""

    def __init__(
        self,
        url: str,
        sender: str,
        *,
        trust: ssl.SSLContext | None = None,
        encrypt: bool | None = None,
        patience: float = PATIENCE,
        longest: float = LONGEST,
    ) -> None:
        """`trust`: whose certificates are believed; None, the machine's. `encrypt` None: unless on this machine."""
        self._server = MailServer.read(url)
        self._from = _address(sender)
        self._trust = trust or ssl.create_default_context()
        self._encrypt = not self._server.is_this_machine if encrypt is None else encrypt
        self._patience = patience
        self._longest = longest

    def send(self, row: Waiting, picture: Picture) -> str:
        written = letter(row, picture)
        mail = self._mail(written, row, picture)
        self._carry(mail, written.address)
        return str(mail["Message-ID"])

    def write(self, name: str, address: str, subject: str, body: str, now: datetime) -> None:
        """A letter about no case, kept nowhere. Raises NotSent; anything else leaves doubt."""
        mail = EmailMessage(policy=AS_SENT)
        try:
            mail["From"] = self._from
            mail["To"] = Address(one_line(name), addr_spec=address)
            mail["Subject"] = one_line(subject)
            mail["Date"] = format_datetime(now)
            mail["Message-ID"] = make_msgid(domain=self._from.domain)
            mail["Auto-Submitted"] = "auto-generated"  # an absence message would only come back to us
        except (ValueError, IndexError, MessageError) as wrong:
            raise NotSent(f"it cannot be addressed: {wrong}", hopeless=True) from wrong
        mail.set_content(body, cte="quoted-printable")
        self._carry(mail, address)

    def was_sent(self, row: Waiting) -> str | None:
        raise NotImplementedError

    def reach(self) -> None:
        """Connect, encrypt and log in, and send nothing. Raises NotSent with the reason."""
        with self._connected() as server, _nothing_sent("hello"):
            self._introduce(server)

    def _mail(self, written: Letter, row: Waiting, picture: Picture) -> EmailMessage:
        mail = EmailMessage(policy=AS_SENT)
        try:
            mail["From"] = self._from
            mail["Reply-To"] = self._from  # some relays rewrite From; answers must still find their way
            mail["To"] = Address(written.name, addr_spec=written.address)
            mail["Subject"] = written.subject
            mail["Date"] = format_datetime(picture.now)
            mail["Message-ID"] = f"<{written.case_id.lower()}.r{_revision(row)}@{self._from.domain}>"
            if row.message_id:
                mail["In-Reply-To"] = mail["References"] = row.message_id
        except (ValueError, IndexError, MessageError) as wrong:
            raise NotSent(f"it cannot be addressed: {wrong}", hopeless=True) from wrong
        mail.set_content(written.body, cte="quoted-printable")
        return mail

    def _carry(self, mail: EmailMessage, to: str) -> None:
        with self._connected() as server:
            with _nothing_sent("hello"):
                self._introduce(server)
                _expect(server.mail(self._from.addr_spec), OK)
                _expect(server.rcpt(to), OK, WILL_FORWARD)
            # From here on a lost connection leaves doubt: the server may have taken the mail before it fell silent.
            # Only its own word counts, and with a refusal it has said that it took nothing.
            try:
                answer = server.data(mail.as_bytes())
            except SMTPResponseException as refused:
                answer = refused.smtp_code, _bytes(refused.smtp_error)
            _expect(answer, OK)
            with suppress(OSError, SMTPException):
                server.quit()

    @contextmanager
    def _connected(self) -> Iterator[SMTP]:
        at, own_name = self._server, self._from.domain  # the name that is not looked up, and tells nothing of us
        with _nothing_sent("connect"):
            server: SMTP = (
                _HurriedTls(
                    at.host, at.port, own_name, timeout=self._patience, context=self._trust, enough=self._longest
                )
                if at.encrypted
                else _Hurried(at.host, at.port, own_name, timeout=self._patience, enough=self._longest)
            )
        try:
            yield server
        finally:
            server.close()

    def _introduce(self, server: SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if self._encrypt and not self._server.encrypted:
            _expect(server.starttls(context=self._trust), STARTED)
            server.ehlo_or_helo_if_needed()
        if self._server.user:
            server.login(self._server.user, self._server.password)


class _Hurried(SMTP):
    """Hangs up after `enough` seconds in all: a server that sends a byte now and then is never silent for long."""

    def __init__(self, *to: Any, enough: float, **how: Any) -> None:
        self._alarm = Timer(enough, self._hang_up)
        self._alarm.daemon = True
        self._alarm.start()
        try:
            super().__init__(*to, **how)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._alarm.cancel()
        super().close()

    def _hang_up(self) -> None:
        """From the alarm's thread: whoever waits for an answer finds the connection lost."""
        with suppress(OSError, AttributeError):  # not open yet, or not any more
            self.sock.shutdown(SHUT_RDWR)  # type: ignore[union-attr]  # None is one of "not open"


class _HurriedTls(_Hurried, SMTP_SSL):
    """The same, encrypted from the first byte."""


def _address(sender: str) -> Address:
    """From `it@house.example` or `The house <it@house.example>`."""
    name, address = parseaddr(sender)
    return Address(name, addr_spec=address)


def _revision(row: Waiting) -> int:
    """1 for a case's report; one more for a mail that replaces an earlier one."""
    earlier = re.search(r"\.r(\d+)@", row.message_id)
    return int(earlier[1]) + 1 if earlier else 1


def _expect(answer: tuple[int, bytes], *good: int) -> None:
    """5xx is for good; 4xx, and anything odd, may be otherwise in a while."""
    code, said = answer
    if code not in good:
        why = f"{code} {said.decode('utf-8', 'replace')[:200]}"
        raise NotSent(why, hopeless=code >= REFUSED)


@contextmanager
def _nothing_sent(doing: str) -> Iterator[None]:
    """Before the mail itself is under way every fault means: nothing was sent, try later."""
    try:
        yield
    except (OSError, SMTPException, UnicodeError) as fault:
        raise NotSent(f"{doing}: {type(fault).__name__} {fault}"[:300]) from fault


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
