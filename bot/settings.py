"""The environment, and a `.env` beside, as one frozen value. A wrong setting refuses to start, by name."""

import os
import re
from difflib import get_close_matches
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.articles import Limits
from bot.domain.people import Language

PREFIX = "DRIFTSVAGT_"
DATA = ".driftsvagt"
ENV_FILE = Path(".env")
_SHORTEST_KEY = 32
_SHORTEST_TOKEN = 16
_SHORTEST_SECRET = 8
_NEVER_SHOWN = {
    "database_url",
    "secret_key",
    "smtp_url",
    "metrics_token",
    "slack_bot_token",
    "slack_app_token",
    "slack_signing_secret",
    "oidc_client_secret",
}  # they hold passwords
SLACK_API = "https://slack.com/api/"
_TEAM = re.compile(r"[TE][A-Z0-9]{2,20}")
_SITE = re.compile(r"https://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_ENTRA = (
    "microsoftonline.com",
    "microsoftonline.us",
    "microsoftonline.cn",
    "ciamlogin.com",
    "windows.net",
    "microsoft.com",
)
_TENANT = re.compile(r"/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/v2\.0")
_PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad"  # the tenant of all personal Microsoft accounts
_LONGEST_NAME = 40
_POSTGRES = ("postgres", "postgresql", "postgresql+psycopg")


class SettingsRefused(Exception):
    """Says, in sentences for whoever runs the program, which settings are wrong and what they want. Never a secret."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def _setting(
    default: Any,
    description: str,
    wants: str,
    *,
    secret: bool = False,
    validate_default: bool = False,
    least: float | None = None,
    most: float | None = None,
) -> Any:
    extra: dict[str, Any] = {"wants": wants}
    return Field(
        default,
        description=description,
        json_schema_extra=extra,
        repr=not secret,
        validate_default=validate_default,
        ge=least,
        le=most,
    )


class Settings(BaseSettings):
    """All are optional for the demo."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=False,
    )

    database_url: str = _setting(
        f"sqlite:///{DATA}/driftsvagt.sqlite",
        "Where everything is remembered: `sqlite:///path` on one machine, or "
        "`postgresql://user:password@host/name` for several processes.",
        "sqlite:///path/to/file or postgresql://user:password@host/name",
        secret=True,
    )
    knowledge: Path = _setting(
        Path("knowledge"),
        "The directory with `organisation.yaml`, `articles/`, `systems/`, `suppliers/` and `contracts/`.",
        "a directory that exists",
    )
    language: Language = _setting(
        "da", "What the command line speaks of cases, and of mistakes in files, in: `da` or `en`.", "da or en"
    )
    search: Literal["lexical", "semantic"] = _setting(
        "lexical",
        "How articles are found: `lexical`, or `semantic`, which also knows what words mean, in Danish and English alike. "
        "It needs `pip install 'driftsvagt[semantic]'` and 100 MB of memory.",
        "lexical or semantic",
    )
    search_sure: float = _setting(
        0.5,
        "How sure (0 to 1) the search must be to answer. A system can ask for more: `answering: {sure: 0.7}` in its file.",
        "a number from 0 to 1, such as 0.5",
        least=0,
        most=1,
    )
    search_suggest: float = _setting(
        0.15,
        "How sure it must be to suggest; below it a person takes over.",
        "a number from 0 to 1, not above DRIFTSVAGT_SEARCH_SURE, such as 0.15",
        least=0,
        most=1,
    )
    search_margin: float = _setting(
        0.0,
        "By how much an answer must lead the next article; with less it is only suggested.",
        "a number from 0 to 1, such as 0.1",
        least=0,
        most=1,
    )
    search_strict: bool = _setting(
        False,
        "Also asks for more than what questions without an article reach in this knowledge: fewer answers, and fewer wrong ones.",
        "true or false",
    )
    base_url: str = _setting(
        "",
        "The address people reach the desk at, for links in messages, such as `https://support.fjordby.example`.",
        "an address such as https://support.fjordby.example, without a path",
    )
    proxies: str = _setting(
        "127.0.0.1",
        "Which proxies are believed when they say for whom they ask (`X-Forwarded-For`): what slows down guessing counts by that.",
        "addresses or networks with commas between, such as 10.0.0.7,10.1.0.0/16",
    )
    session_days: int = _setting(
        30,
        "For how many days somebody stays signed in on the web at the most.",
        "a whole number of days from 1 to 365",
        least=1,
        most=365,
    )
    session_idle_days: int = _setting(
        7,
        "After how many days without use they must sign in again.",
        "a whole number of days from 1 to 365",
        least=1,
        most=365,
    )
    shown_days: int = _setting(
        14,
        "For how many days a link shows a supplier case to its supplier.",
        "a whole number of days from 1 to 90",
        least=1,
        most=90,
    )
    frame_ancestors: str = _setting(
        "",
        "Which sites may show the messenger's pages in a frame, such as `https://intranet.fjordby.example`. Without it, none.",
        "addresses of sites with spaces between, such as https://intranet.fjordby.example",
    )
    secret_key: SecretStr | None = _setting(
        None,
        "Seals forms and sessions. `serve` needs it; the demo makes its own. At least 32 characters that nobody can guess.",
        f"at least {_SHORTEST_KEY} characters that nobody can guess; "
        'make one with: python -c "import secrets; print(secrets.token_urlsafe(32))"',
    )
    smtp_url: SecretStr | None = _setting(
        None,
        "The mail server for fault reports: `smtps://user:password@host:465`, or `smtp://…` with STARTTLS. "
        "Without it they are shown on the terminal of `serve`, and IT is told that nobody got them.",
        "smtps://user:password@host:port or smtp://user:password@host:port",
    )
    log: Literal["text", "json"] = _setting(
        "text",
        "How `serve` writes its log: `text` for people, `json` for a collector, an object a line.",
        "text or json",
    )
    keep_words_months: int = _setting(
        12,
        "For how many months after something is over the words that people wrote about it are kept. Figures stay.",
        "a whole number of months from 1 to 120",
        least=1,
        most=120,
    )
    keep_audit_months: int = _setting(
        6,
        "For how many months it is kept who looked at which case, and who was refused (`driftsvagt audit`).",
        "a whole number of months from 1 to 120",
        least=1,
        most=120,
    )
    attachment_megabytes: int = _setting(
        10,
        "How many megabytes the files attached to one comment or question may take up together. They are kept in the database.",
        "a whole number of megabytes from 1 to 50",
        least=1,
        most=50,
    )
    attachment_megabytes_a_day: int = _setting(
        100,
        "How many megabytes one person may attach within 24 hours, and no less than in one go.",
        f"a whole number of megabytes up to 10000, and no less than {PREFIX}ATTACHMENT_MEGABYTES",
        least=1,
        most=10_000,
    )
    metrics_token: SecretStr | None = _setting(
        None,
        "Lets a Prometheus on another machine read `/metrics`, as `Authorization: Bearer …`. This machine always may.",
        "16 or more characters that nobody can guess",
    )
    mail_from: str = _setting(
        "",
        "Who fault reports come from, such as `Fjordby It <it@fjordby.example>`. Needed with a mail server.",
        f"a mail address such as it@fjordby.example; {PREFIX}SMTP_URL needs it",
        validate_default=True,
    )

    test_mode: bool = _setting(
        False,
        "Lets `DRIFTSVAGT_SLACK_API_URL` lead elsewhere than to Slack, and `DRIFTSVAGT_OIDC_ISSUER` to this machine without TLS. "
        "Never where people work.",
        "true or false",
    )
    slack_bot_token: SecretStr | None = _setting(
        None, "Connects Slack: the bot token of the installed app, `xoxb-…`.", "the bot token of the app, xoxb-…"
    )
    slack_app_token: SecretStr | None = _setting(
        None,
        "Socket Mode, which needs no address that Slack can reach: an app-level token, `xapp-…`, with `connections:write`.",
        "an app-level token, xapp-…, with connections:write",
    )
    slack_signing_secret: SecretStr | None = _setting(
        None,
        "HTTP instead of Socket Mode: the app's signing secret; Slack then sends to `/slack/events`.",
        "the app's signing secret (Basic Information), or DRIFTSVAGT_SLACK_APP_TOKEN beside it: "
        "DRIFTSVAGT_SLACK_BOT_TOKEN needs one of the two",
        validate_default=True,
    )
    slack_api_url: str = _setting(
        SLACK_API,
        "Where Slack's Web API is. Another host is refused without `DRIFTSVAGT_TEST_MODE`.",
        f"{SLACK_API}, or with DRIFTSVAGT_TEST_MODE=true any other address",
    )
    slack_teams: str = _setting(
        "",
        "The workspaces whose people are ours, such as `T0123,T0456`. Without it, that of the bot token.",
        "ids of workspaces with commas between, such as T0123,T0456",
    )
    oidc_issuer: str = _setting(
        "",
        "Lets people sign in with OpenID Connect: exactly what the provider calls itself, such as "
        "`https://login.microsoftonline.com/<tenant id>/v2.0`. It needs `DRIFTSVAGT_BASE_URL`.",
        "the issuer over https, exactly as in its own configuration, such as https://login.microsoftonline.com/<tenant id>/v2.0 "
        "(never common, organizations or consumers: they let the people of every tenant in), "
        "and DRIFTSVAGT_BASE_URL with https beside it",
    )
    oidc_client_id: str = _setting(
        "",
        "What the provider calls the desk: in Entra ID the *Application (client) ID*.",
        "the client id that the provider gave the desk; it and DRIFTSVAGT_OIDC_ISSUER need one another",
        validate_default=True,
    )
    oidc_client_secret: SecretStr | None = _setting(
        None,
        "The client secret beside it. In Entra ID it expires; the log then says so.",
        "the client secret that the provider gave the desk; DRIFTSVAGT_OIDC_ISSUER needs it",
        validate_default=True,
    )
    oidc_name: str = _setting(
        "",
        "What the provider is called on the button. Without it `Microsoft` for Entra ID, else the issuer's host.",
        f"a name of at most {_LONGEST_NAME} characters, such as Fjordby Login",
    )

    def __init__(self, **given: Any) -> None:
        """`given` wins over the environment, and the environment over `_env_file`. Raises SettingsRefused."""
        if unknown := [_unknown(each) for each in _names_set(given.get("_env_file", ENV_FILE)) if not _is_known(each)]:
            raise SettingsRefused(*unknown)
        try:
            super().__init__(**given)
        except ValidationError as wrong:
            sentences = [_sentence(str(each["loc"][0]), each["input"]) for each in wrong.errors(include_url=False)]
            raise SettingsRefused(*sentences) from None  # what it came from repeats the values

    @property
    def data_dir(self) -> Path:
        """Where this installation keeps what it can make again: beside the SQLite file, else in `.driftsvagt`."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path).parent if scheme == "sqlite" else Path(DATA)

    def must_have_secret_key(self) -> str:
        """Raises SettingsRefused without one."""
        if self.secret_key is None:
            raise SettingsRefused(f"{PREFIX}SECRET_KEY is not set. It wants {_wants('secret_key')}.")
        return self.secret_key.get_secret_value()

    @property
    def limits(self) -> Limits:
        return Limits(self.search_sure, self.search_suggest, self.search_strict, self.search_margin)

    @property
    def slack_workspaces(self) -> tuple[str, ...]:
        return tuple(filter(None, self.slack_teams.split(",")))

    @property
    def oidc_tenant(self) -> str:
        """Entra ID's tenant; "" for any other provider."""
        tenant = _TENANT.fullmatch(urlsplit(self.oidc_issuer).path)
        return tenant[1] if tenant else ""

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        scheme, _, rest = value.partition("://")
        if scheme in _POSTGRES and urlsplit(value).hostname:
            return f"postgresql+psycopg://{rest}"
        # Without a file it would forget, and every thread would see a database of its own.
        if scheme == "sqlite" and rest.startswith("/") and rest.strip("/") not in {"", ":memory:"} and "?" not in rest:
            return value
        raise ValueError

    @field_validator("search_suggest", mode="after")
    @classmethod
    def _below_sure(cls, value: float, info: ValidationInfo) -> float:
        if value > info.data.get("search_sure", 1):
            raise ValueError
        return value

    @field_validator("attachment_megabytes_a_day", mode="after")
    @classmethod
    def _at_least_once(cls, value: int, info: ValidationInfo) -> int:
        """Else the field for files promises room that is always refused."""
        if value < info.data.get("attachment_megabytes", 1):
            raise ValueError
        return value

    @field_validator("knowledge")
    @classmethod
    def _directory(cls, value: Path) -> Path:
        if not value.is_dir():
            raise ValueError
        return value

    @field_validator("proxies")
    @classmethod
    def _networks(cls, text: str) -> str:
        """Never everybody: who may name anybody is slowed down by nothing."""
        networks = [ip_network(each.strip()) for each in text.split(",")]
        if any(each.prefixlen == 0 for each in networks):
            raise ValueError
        return ",".join(map(str, networks))

    @field_validator("frame_ancestors")
    @classmethod
    def _sites(cls, text: str) -> str:
        """Nothing but sites: it becomes part of a policy that browsers read."""
        if not all(_SITE.fullmatch(each) for each in text.split()):
            raise ValueError
        return " ".join(text.split())

    @field_validator("base_url")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        if not value:
            return value
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError
        return value.rstrip("/")

    @field_validator("secret_key")
    @classmethod
    def _unguessable(cls, value: SecretStr) -> SecretStr:
        key = value.get_secret_value()
        if len(key) < _SHORTEST_KEY or len(set(key)) < _SHORTEST_KEY // 4:
            raise ValueError
        return value

    @field_validator("metrics_token")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < _SHORTEST_TOKEN:
            raise ValueError
        return value

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.port == 0:
            raise ValueError
        return value

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _slack_token(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        kind = "xapp-" if info.field_name == "slack_app_token" else "xoxb-"
        token = value.get_secret_value()
        if not (token.startswith(kind) and len(token) > len(kind) and token.isascii() and token.isprintable()):
            raise ValueError
        return value

    @field_validator("slack_signing_secret", mode="after")
    @classmethod
    def _slack_secret(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        """Without it, and without Socket Mode, anybody could speak as anybody."""
        if value is None and info.data.get("slack_bot_token") and not info.data.get("slack_app_token"):
            raise ValueError
        if value and len(value.get_secret_value().strip()) < _SHORTEST_SECRET:
            raise ValueError
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _slack_address(cls, value: str, info: ValidationInfo) -> str:
        parts = urlsplit(value)
        is_address = parts.scheme in {"http", "https"} and parts.hostname
        if value.rstrip("/") + "/" != SLACK_API and not (info.data.get("test_mode") and is_address):
            raise ValueError
        return value.rstrip("/") + "/"

    @field_validator("slack_teams")
    @classmethod
    def _slack_ids(cls, value: str) -> str:
        ids = [each.strip() for each in value.split(",") if each.strip()]
        if not all(map(_TEAM.fullmatch, ids)):
            raise ValueError
        return ",".join(ids)

    @field_validator("oidc_issuer")
    @classmethod
    def _one_issuer(cls, value: str, info: ValidationInfo) -> str:
        """One provider and one tenant: whoever lets every tenant in lets in whoever makes a tenant."""
        parts = urlsplit(value)
        host = parts.hostname or ""
        is_safe = parts.scheme == "https" or (info.data.get("test_mode") and _is_private(value))
        if not host or not is_safe or parts.port == 0 or re.search(r"[\s{}?#@]", value):
            raise ValueError
        is_entra = any(host == each or host.endswith(f".{each}") for each in _ENTRA)
        tenant = _TENANT.fullmatch(parts.path)
        if (is_entra and not tenant) or (tenant and tenant[1] == _PERSONAL):
            raise ValueError
        if "base_url" in info.data and not _is_private(info.data["base_url"]):  # else it is complained of already
            raise ValueError
        return value

    @field_validator("oidc_client_id", mode="after")
    @classmethod
    def _client(cls, value: str, info: ValidationInfo) -> str:
        if _is_alone(value, info) or not value.isprintable() or " " in value:
            raise ValueError
        return value

    @field_validator("oidc_client_secret", mode="after")
    @classmethod
    def _client_secret(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        secret = value.get_secret_value() if value else ""
        if _is_alone(secret, info) or (secret and len(secret.strip()) < _SHORTEST_SECRET):
            raise ValueError
        return value

    @field_validator("oidc_name")
    @classmethod
    def _short_name(cls, value: str) -> str:
        if len(value) > _LONGEST_NAME or not value.isprintable():
            raise ValueError
        return value.strip()

    @field_validator("mail_from", mode="after")
    @classmethod
    def _sender(cls, value: str, info: ValidationInfo) -> str:
        if value or info.data.get("smtp_url"):
            _must_be_mail_address(value)
        return value


def settings_table() -> str:
    """The README's table, made from the class."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {_default(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| setting | default | what it is |", "|---|---|---|", *rows]) + "\n"


def _default(field: FieldInfo) -> str:
    return f"`{field.default}`" if field.default not in {None, ""} else "–"


def _sentence(name: str, value: object) -> str:
    shown = "" if name in _NEVER_SHOWN or not value else f", not {str(value)!r}"
    return f"{PREFIX}{name.upper()} wants {_wants(name)}{shown}."


def _wants(name: str) -> str:
    extra = Settings.model_fields[name].json_schema_extra
    return str(extra["wants"]) if isinstance(extra, dict) else ""


def _names_set(env_file: Path | None) -> list[str]:
    in_file = dotenv_values(env_file, encoding="utf-8") if env_file else {}
    return sorted(name for name in {*os.environ, *in_file} if name.upper().startswith(PREFIX))


def _is_known(name: str) -> bool:
    return name.lower() in _known()


def _known() -> set[str]:
    return {f"{PREFIX}{name}".lower() for name in Settings.model_fields}


def _is_private(url: str) -> bool:
    """Nobody on the way can read it: over TLS, or it never leaves this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def _is_alone(value: str, info: ValidationInfo) -> bool:
    """One of those that only make sense together with the issuer; of a wrong issuer enough is said already."""
    return "oidc_issuer" in info.data and bool(value) != bool(info.data["oidc_issuer"])


def _unknown(name: str) -> str:
    near = get_close_matches(name.lower(), _known(), n=1)
    return f"{name} is not a setting." + (f" {near[0].upper()} is." if near else "")


def _must_be_mail_address(value: str) -> None:
    name, address = parseaddr(value)
    try:
        domain = Address(name, addr_spec=address).domain
    except (IndexError, MessageError):  # what the library says of text that is no address
        domain = ""
    if not domain:
        raise ValueError
