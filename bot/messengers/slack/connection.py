"""Slack, connected: clients, people, the way out, and — once there is a desk — the way in, by Socket Mode or by HTTP."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.ports import Clock, Desk, Knowledge, Outlet
from bot.messengers.slack.deliveries import Deliveries
from bot.messengers.slack.manifest import PATH
from bot.messengers.slack.modals import Modals
from bot.messengers.slack.pacing import Pace
from bot.messengers.slack.ports import Accounts, Cards, Hands
from bot.messengers.slack.receive import BUDGET, Receiver
from bot.messengers.slack.replies import Replies
from bot.messengers.slack.send import SlackOutlet
from bot.messengers.slack.trouble import REFUSED, Trouble
from bot.messengers.slack.who import Identity, People, UnansweredError

log = logging.getLogger("driftsvagt")
_silent = logging.getLogger("driftsvagt.slack_sdk")  # what fails is said once, by the outbox
_silent.setLevel(logging.CRITICAL)
LARGEST = 1024 * 1024  # bytes of a request; Slack's own are far smaller
TIMEOUT = 10  # seconds for one call
CONNECT_AGAIN = 15.0  # seconds between attempts to open the socket
Alongside = Callable[[], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Access:
    """What the settings say. With an app token it is Socket Mode, else HTTP with the signing secret."""

    bot_token: str
    api_url: str
    app_token: str = ""
    signing_secret: str = ""
    teams: tuple[str, ...] = ()
    base_url: str = ""
    test_mode: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """What the server is given: a route, or something that runs beside it; and figures of both."""

    routes: tuple[Route, ...]
    alongside: Alongside
    figures: Callable[[], dict[str, float]]
    quiet: Callable[[], Awaitable[None]]  # when nothing is being opened any more


class Connection:
    """Opened before the desk, because the desk needs its outlet."""

    def __init__(
        self,
        access: Access,
        accounts: Accounts,
        cards: Cards,
        knowledge: Knowledge,
        clock: Clock,
        elsewhere: Outlet,
        pace: Pace | None = None,
    ) -> None:
        self._access, self._cards, self._clock = access, cards, clock
        self.client = WebClient(access.bot_token, access.api_url, timeout=TIMEOUT, retry_handlers=[], logger=_silent)
        self.people = People(self.client, accounts, knowledge, clock, access.teams)
        self.trouble = Trouble()
        self.connect_again = CONNECT_AGAIN
        self._replies = Replies(any_host=access.test_mode)
        self.outlet = SlackOutlet(
            self.client,
            self.people,
            cards,
            self.trouble,
            self._replies,
            elsewhere=elsewhere,
            base_url=access.base_url,
            pace=pace,
        )

    def greet(self) -> Identity | None:
        """At the start: are we let in, and far enough? What is wrong is told; Slack may be there later."""
        try:
            identity = self.people.identity()
        except SlackApiError as refused:
            error = str(refused.response.get("error") or "")
            if error in REFUSED:
                self.trouble.tell("slack_refused", error)
            log.warning("slack: auth.test: %s", error)
            return None
        except OSError as fault:
            log.warning("slack does not answer yet: %s", type(fault).__name__)
            return None
        if identity.missing:
            self.trouble.tell("slack_refused", f"missing_scope: {', '.join(identity.missing)}")
        log.info("slack: connected to workspace %s as %s", identity.team, identity.user)
        return identity

    def door(self, desk: Desk, hands: Hands, budget: float = BUDGET) -> Door:
        self.trouble.desk = desk
        client = AsyncWebClient(self._access.bot_token, self._access.api_url, timeout=TIMEOUT)
        client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
        deliveries = Deliveries(self.people, self._cards, self._clock)
        modals = Modals(desk, self.people, deliveries, self.outlet, client)
        receiver = Receiver(desk, deliveries, modals, self._cards, self._replies, self.trouble, hands, budget)
        self.outlet.shown = receiver.card_changed
        app = self._bolt(receiver)
        routes = () if self._access.app_token else (_route(AsyncSlackRequestHandler(app)),)
        return Door(routes, self._alongside(app, receiver), lambda: _figures(receiver), receiver.quiet)

    def _bolt(self, receiver: Receiver) -> AsyncApp:
        """Signatures are verified by Bolt, always; who we are was asked by us, so that a fault there loses no event."""

        async def authorize() -> AuthorizeResult:
            identity = self.people.known_identity
            if identity is None:
                identity = await receiver.in_thread(self._identity)
            return AuthorizeResult(
                enterprise_id=None,
                team_id=identity.team,
                bot_user_id=identity.user,
                bot_id=identity.bot,
                bot_token=self._access.bot_token,
            )

        async def hear(body: dict[str, Any]) -> BoltResponse:
            return await receiver.hear(body)

        app = AsyncApp(
            name="driftsvagt",
            client=AsyncWebClient(base_url=self._access.api_url, timeout=TIMEOUT),
            signing_secret=self._access.signing_secret,
            authorize=authorize,
            attaching_function_token_enabled=False,
        )
        app.use(hear)
        return app

    def _identity(self) -> Identity:
        """What Bolt takes for a refusal it answers with 200, and the event would be lost."""
        try:
            return self.people.identity()
        except SlackApiError as refused:
            raise UnansweredError(str(refused.response.get("error"))) from refused

    def _alongside(self, app: AsyncApp, receiver: Receiver) -> Alongside:
        @asynccontextmanager
        async def connected() -> AsyncIterator[None]:
            socket = self._socket(app)
            task = asyncio.create_task(self._connect(socket)) if socket else None
            try:
                yield
            finally:
                if task and socket:
                    task.cancel()
                    await asyncio.gather(task, return_exceptions=True)
                    await socket.close_async()  # type: ignore[no-untyped-call]
                await receiver.close()

        return connected

    async def _connect(self, socket: AsyncSocketModeHandler) -> None:
        """Until Slack takes us; from then on the client itself connects again. The desk serves the web meanwhile."""
        client = socket.client.web_client
        while True:
            try:
                answer = await client.apps_connections_open(app_token=self._access.app_token)
                socket.client.wss_uri = str(answer["url"])
                await socket.connect_async()  # type: ignore[no-untyped-call]
            except SlackApiError as refused:
                error = str(refused.response.get("error") or "")
                log.warning("slack: Socket Mode is refused: %s", error)
                if error in REFUSED:
                    await asyncio.to_thread(self.trouble.tell, "slack_refused", f"Socket Mode: {error}")
            except (OSError, ClientError) as fault:
                log.warning("slack does not answer yet: %s", type(fault).__name__)
            else:
                log.info("slack: Socket Mode is connected")
                return
            await asyncio.sleep(self.connect_again)

    def _socket(self, app: AsyncApp) -> AsyncSocketModeHandler | None:
        if not self._access.app_token:
            return None
        client = AsyncWebClient(base_url=self._access.api_url, timeout=TIMEOUT)
        return AsyncSocketModeHandler(app, self._access.app_token, web_client=client)


def _route(handler: AsyncSlackRequestHandler) -> Route:
    async def slack_events(request: Request) -> Response:
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST:
            return Response(status_code=413)
        try:
            return await handler.handle(request)
        except ValueError:  # Bolt reads a body before it asks who signed it
            return Response(status_code=400)

    return Route(PATH, slack_events, methods=["POST"])


def _figures(receiver: Receiver) -> dict[str, float]:
    return {f"slack_{name.lower().replace(' ', '_')}": count for name, count in receiver.counts.items()}
