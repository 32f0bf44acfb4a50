"""Where the mail server is, as one URL says it."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

USUAL_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """`encrypted`: from the first byte (smtps). Otherwise STARTTLS is asked for, unless the server is this machine."""

    host: str
    port: int
    encrypted: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def read(cls, url: str) -> "MailServer":
        """From `smtp[s]://user:password@host:port`. Raises ValueError, which never repeats the URL."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port = None, None
        if not host or parts.scheme not in USUAL_PORTS:
            raise ValueError("a mail server is smtp://host:port or smtps://user:password@host:port")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(host, port or USUAL_PORTS[parts.scheme], parts.scheme == "smtps", user, password)

    @property
    def is_this_machine(self) -> bool:
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
