"""The one place that picks real parts, and opens them."""

import logging
import secrets
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.desk.ports import Clock, Desk, Outlet
from bot.domain.notices import Alarmed, Tell
from bot.domain.people import Language
from bot.messengers.web.send import WebOutlet
from bot.search import Engine, open_engine
from bot.settings import Settings
from bot.storage.database import SqlStore
from bot.storage.doors import Accounts, Meta, Sessions
from bot.storage.engine import Database
from bot.storage.knowledge import Complaint, LiveKnowledge, load_apart
from bot.storage.migrating import migrate
from bot.storage.posted import Posted
from bot.storage.posts import Posts
from bot.suppliers.console import ConsoleSupplier

if TYPE_CHECKING:
    from bot.messengers.slack.connection import Access, Connection  # imported when Slack is set up, and only then

log = logging.getLogger("driftsvagt")

zoneinfo.reset_tzpath(())  # otherwise the machine's own files win over the pinned tzdata


class WallClock:
    """The only one that looks at the machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251  # time enters the program here, and is passed in everywhere else


@dataclass(frozen=True, slots=True)
class House:
    """Every part, opened. The desk is what the messengers talk to."""

    desk: Desk
    settings: Settings
    database: Database
    knowledge: LiveKnowledge
    engine: Engine
    posts: Posts
    sessions: Sessions
    accounts: Accounts
    meta: Meta
    slack: "Connection | None" = None
    say: Callable[[str], None] | None = None  # where a mail is shown when no mail server is set

    def close(self) -> None:
        self.engine.close()
        self.database.close()


def open_house(
    settings: Settings,
    clock: Clock | None = None,
    *,
    waits: Clock | None = None,
    outlets: Mapping[str, Outlet] | None = None,
    say: Callable[[str], None] | None = None,
    durable: bool = True,
) -> House:
    """Migrated, loaded, ready. `say` is where a mail is printed when no mail server is set; `waits` as in Desk.

    Raises KnowledgeRefused when there is nothing good to begin with.
    """
    hands = clock or WallClock()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    migrate(settings.database_url)
    database = Database(settings.database_url, durable=durable)
    store = SqlStore(database)
    troubles = _Troubles(settings.language)
    knowledge = LiveKnowledge(
        settings.knowledge, lambda: _today(hands), troubles.hear, settings.data_dir / "knowledge-last-good", load_apart
    )
    articles, glossary = knowledge.now().articles.values(), knowledge.loaded().glossary
    engine = open_engine(
        articles,
        glossary,
        settings.data_dir / "index",
        settings.limits,
        kind=settings.search,
        cautions=knowledge.now().organisation.cautions,
    )
    posts = Posts(database)
    accounts = Accounts(database)
    web = WebOutlet(posts)
    slack = _slack(settings, database, accounts, knowledge, hands, web) if settings.slack_bot_token else None
    ways: dict[str, Outlet] = {"web": web, "mail": _supplier_mail(settings, say or log.info), **(outlets or {})}
    if slack:
        ways["slack"] = slack.outlet
    messengers = (*(["slack"] if slack else []), "web")
    desk = Desk(store, knowledge, engine, hands, ways, _new_id, messengers, settings.base_url, waits)
    troubles.tell(desk)
    if slack:
        slack.trouble.desk = desk
    sessions = Sessions(database, timedelta(days=settings.session_idle_days))
    return House(desk, settings, database, knowledge, engine, posts, sessions, accounts, Meta(database), slack, say)


class _Troubles:
    """Complaints about knowledge files: logged, and told to IT once the desk is open."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._desk: Desk | None = None
        self._early: tuple[Complaint, ...] = ()

    def tell(self, desk: Desk) -> None:
        """From now on, and what was found broken before there was a desk."""
        self._desk = desk
        self._alarm(self._early)

    def hear(self, complaints: tuple[Complaint, ...]) -> None:
        for each in complaints:
            log.warning("%s", each)
        if self._desk is None:
            self._early = complaints
        self._alarm(complaints)

    def _alarm(self, complaints: tuple[Complaint, ...]) -> None:
        refused = [each.said(self._language) for each in complaints if each.is_refusal]
        if not refused or self._desk is None:
            return
        with self._desk.store.transaction() as ledger:
            alarm = Alarmed("knowledge_broken", refused[0], (f"(+{len(refused) - 1})",) if len(refused) > 1 else ())
            ledger.queue([Tell(self._desk.directory().it(), alarm)], self._desk.clock.now())


def _supplier_mail(settings: Settings, say: Callable[[str], None]) -> Outlet:
    if settings.smtp_url is None:
        return ConsoleSupplier(say)
    from bot.suppliers.email import EmailSupplier

    return EmailSupplier(settings.smtp_url.get_secret_value(), settings.mail_from)


def _slack(
    settings: Settings, database: Database, accounts: Accounts, knowledge: LiveKnowledge, clock: Clock, web: Outlet
) -> "Connection":
    from bot.messengers.slack.connection import Connection

    return Connection(slack_access(settings), accounts, Posted(database), knowledge, clock, web)


def slack_access(settings: Settings) -> "Access":
    from bot.messengers.slack.connection import Access

    return Access(
        _secret(settings.slack_bot_token),
        settings.slack_api_url,
        _secret(settings.slack_app_token),
        _secret(settings.slack_signing_secret),
        settings.slack_workspaces,
        settings.base_url,
        settings.test_mode,
    )


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""


def _today(clock: Clock) -> date:
    return clock.now().date()


def _new_id() -> str:
    return secrets.token_urlsafe(12)
