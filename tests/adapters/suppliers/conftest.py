"""Mail servers to send to: a real one, and one that falls silent where the script says so."""

import socket
import ssl
import threading
from collections.abc import Callable

import pytest
from aiosmtpd.controller import Controller
from mailboxes import CERTIFICATE, AnyPort, Inbox


@pytest.fixture
def serve_mail():
    """Starts a server with the options of aiosmtpd."""
    running: list[Controller] = []

    def start(inbox: Inbox, scheme: str = "smtp", **options) -> Inbox:
        context = options.get("ssl_context") or options.get("tls_context")
        if context:
            context.load_cert_chain(CERTIFICATE)
        server = AnyPort(inbox, **options)
        server.start()
        running.append(server)
        inbox.url = f"{scheme}://127.0.0.1:{server.port}"
        return inbox

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def inbox(serve_mail: Callable[..., Inbox]) -> Inbox:
    return serve_mail(Inbox())


@pytest.fixture
def trusting() -> ssl.SSLContext:
    """Believes the certificate of the test server, and no other."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))


@pytest.fixture
def falls_silent():
    """A server that hangs up after having read the line that begins so."""
    listeners: list[socket.socket] = []

    def start(after: str) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)
        threading.Thread(target=_talk, args=(listener, after), daemon=True).start()
        return f"smtp://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for listener in listeners:
        listener.close()


def _talk(listener: socket.socket, after: str) -> None:
    connection, _ = listener.accept()
    with connection, connection.makefile("rwb", buffering=0) as wire:
        wire.write(b"220 hello\r\n")
        in_mail = False
        while line := wire.readline().decode():
            if line.startswith(after):
                return
            begins = line == "data\r\n"
            in_mail = in_mail or begins
            wire.write(b"354 go on\r\n" if begins else b"" if in_mail else b"250 OK\r\n")
