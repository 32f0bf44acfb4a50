"""A real mail server that keeps what it gets."""

from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

CERTIFICATE = Path(__file__).parent / "self-signed.pem"  # for localhost, valid until 2120
PATIENCE = 60.0  # seconds


@dataclass
class Inbox:
    """What arrived; `answers` replaces the answer to RCPT or DATA."""

    answers: dict[str, str] = field(default_factory=dict)
    mails: list[Envelope] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    logins: list[LoginPassword] = field(default_factory=list)
    url: str = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  # the library's name
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, _server, session: Session, envelope: Envelope):  # noqa: N802  # the library's name
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.mails.append(envelope)
        self.encrypted.append(session.ssl is not None)
        return "250 taken"

    def authenticate(self, _server, _session, _envelope, _mechanism, login: LoginPassword):
        self.logins.append(login)
        return AuthResult(success=login == LoginPassword(b"desk", b"pass:word"), handled=False)


class AnyPort(Controller):
    """The system picks the port, and a busy machine may be slow to begin."""

    def __init__(self, inbox: Inbox, **options) -> None:
        super().__init__(inbox, hostname="127.0.0.1", port=0, ready_timeout=PATIENCE, **options)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
