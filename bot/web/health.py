"""/healthz, /readyz and /metrics: for those who run it. Numbers and names of parts, nothing about anybody."""

import hmac

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.frame import Frame
from bot.web.ports import Ticking

LOOPBACK = {"127.0.0.1", "::1"}
STANDS_STILL = 60.0  # seconds in which nobody could look for what streams should tell
FORWARDED = {"x-forwarded-for", "forwarded", "x-real-ip", "via"}


class Health:
    """A registry of its own, so that two apps in one process do not meet in it."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "driftsvagt_http_requests", "Requests answered", ["page", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "driftsvagt_http_request_seconds", "Until the answer began", ["page"], registry=self.registry
        )
        streams = Gauge("driftsvagt_streams", "Open streams in this process", registry=self.registry)
        streams.set_function(lambda: frame.waker.listening)
        age = Gauge(
            "driftsvagt_waker_age_seconds", "Since streams could last look for what is new", registry=self.registry
        )
        age.set_function(frame.waker.age)
        self._gauges: dict[str, Gauge] = {}

    async def alive(self, _: Request) -> Response:
        return PlainTextResponse("ok\n")

    def ready(self, _: Request) -> Response:
        complaints = [*self._frame.parts.complaints()]
        if self._frame.waker.age() > STANDS_STILL:
            complaints.append("streams stand still: nobody could look for what is new for a minute")
        return PlainTextResponse("".join(f"{each}\n" for each in complaints) or "ok\n", 503 if complaints else 200)

    def metrics(self, request: Request) -> Response:
        """404 for whoever is not on this machine and does not know the token: what nobody may see is not there."""
        if not self._may_measure(request):
            raise HTTPException(404)
        for name, value in self._frame.parts.figures().items():
            if name not in self._gauges:
                self._gauges[name] = Gauge(f"driftsvagt_{name}", name.replace("_", " "), registry=self.registry)
            self._gauges[name].set(value)
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)

    def _may_measure(self, request: Request) -> bool:
        """A proxy on this machine asks for somebody else, and says so."""
        token = self._frame.parts.metrics_token
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token and hmac.compare_digest(given.encode(), token.encode()):
            return True
        here = request.client is not None and request.client.host in LOOPBACK
        return here and not FORWARDED & set(request.headers.keys())


class Counted:
    """Counts every answer by the kind of page and its status."""

    def __init__(self, app: ASGIApp, health: Health, ticking: Ticking) -> None:
        self._app = app
        self._health = health
        self._ticking = ticking

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = self._ticking()

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                page = getattr(scope.get("endpoint"), "__name__", "none")
                self._health.requests.labels(page, str(message["status"])).inc()
                self._health.seconds.labels(page).observe(self._ticking() - began)
            await send(message)

        await self._app(scope, receive, counting)
