"""make_app(parts): every address of the web face, in one list."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.domain.refusals import Refused
from bot.messengers.web.places import MESSENGER
from bot.messengers.web.send import WebOutlet
from bot.web.arriving import BACK, THERE, Arriving
from bot.web.auditing import Audited
from bot.web.cases import Cases
from bot.web.cleaning import Cleaned
from bot.web.coverage import Coverage
from bot.web.demo import DemoPages
from bot.web.desk_stream import DeskStream
from bot.web.errors import Errors
from bot.web.files import Files
from bot.web.frame import STATIC, Frame
from bot.web.guarding import Guarded
from bot.web.health import Counted, Health
from bot.web.knocking import Knocking
from bot.web.knowledge import KnowledgeDesk
from bot.web.lists import Lists
from bot.web.overview import Overviews
from bot.web.ports import Parts
from bot.web.posting import Posting
from bot.web.reports import Reports
from bot.web.sharing import Sharing
from bot.web.signing import Signing
from bot.web.streams import Streams
from bot.web.talks import Talks
from bot.web.trends import Trends
from bot.web.waking import Waker


def make_app(parts: Parts) -> Starlette:
    """`app.state.waker` is told by the server when it stops, so that streams end by themselves."""
    frame = Frame(parts)
    health, errors = Health(frame), Errors(frame)
    pages, doors = _pages(frame), [] if parts.demo else _doors(frame)
    routes: list[BaseRoute] = [
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
        Route("/healthz", health.alive),
        Route("/readyz", health.ready),
        Route("/metrics", health.metrics),
        *parts.doors,
    ]
    middleware = [
        Middleware(Cleaned),
        Middleware(Counted, health=health, ticking=time.perf_counter),
        # Each page's seals are made anew, so that what an attacker adds to a page tells nothing of them by its packed size.
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        Middleware(Guarded, frame_ancestors=parts.frame_ancestors, fingerprints=frame.fingerprints),
        # Starlette's own stands outside of all these: what it answers is not counted, and has none of our headers.
        Middleware(ServerErrorMiddleware, handler=errors.fault),
        Middleware(Audited, desk=parts.desk, routes=[*pages, *doors]),
    ]
    if parts.demo:
        # Anybody may be any persona here, so nobody but this machine may ask, by whatever name it is called.
        middleware.append(Middleware(TrustedHostMiddleware, allowed_hosts=[*parts.hosts], www_redirect=False))
        routes += [*DemoPages(frame, parts.demo).routes(), Mount("/som/{persona}", routes=pages)]
    else:
        routes += [*doors, *pages]
    app = Starlette(
        routes=routes,
        middleware=middleware,
        exception_handlers={HTTPException: errors.http, Refused: errors.refused},
        lifespan=_waking(frame.waker, parts.alongside),
    )
    app.state.waker = frame.waker
    outlet = parts.desk.outlets.get(MESSENGER)
    if isinstance(outlet, WebOutlet):
        outlet.posted = frame.waker.nudge
    return app


def _pages(frame: Frame) -> list[BaseRoute]:
    talks, cases, overviews, reports = Talks(frame), Cases(frame), Overviews(frame), Reports(frame)
    posting, streams, lists, knowledge = Posting(frame), Streams(frame), Lists(frame), KnowledgeDesk(frame)
    return [
        Route("/", talks.front),
        Route("/sag/{number}", talks.ticket),
        Route("/fil/{attachment}", Files(frame).download),
        Route("/kanal/{channel}", talks.channel),
        Route("/kanal/{channel}/{case}", talks.thread),
        Route("/overblik", overviews.page),
        Route("/sager", lists.tickets),
        Route("/leverandoersager", lists.cases),
        Route("/tendens", Trends(frame).page),
        Route("/vagt", Coverage(frame).page),
        Route("/stroem/overblik", DeskStream(frame).stream),
        Route("/leverandoersag/{number}", cases.page),
        Route("/leverandoersag/{number}/{target}.csv", cases.ledger),
        Route("/rapport", reports.index),
        Route("/rapport/{month}-maal.csv", reports.targets_csv),
        Route("/rapport/{month}.csv", reports.csv),
        Route("/rapport/{month}", reports.month),
        Route("/viden", knowledge.page, methods=["GET"]),
        Route("/viden", knowledge.try_edit, methods=["POST"]),
        Route("/viden/huller", knowledge.gaps),
        Route("/stroem", streams.stream),
        Route("/sig", posting.say, methods=["POST"]),
        Route("/tryk", posting.press, methods=["POST"]),
    ]


def _doors(frame: Frame) -> list[BaseRoute]:
    signing, knocking, sharing = Signing(frame), Knocking(frame), Sharing(frame)
    arriving = Arriving(frame, frame.parts.provider) if frame.parts.provider else None
    return [
        Route("/leverandoersag/{number}/vis", sharing.share, methods=["POST"]),
        Route("/leverandoersag/{number}/luk", sharing.withdraw, methods=["POST"]),
        Route("/delt/{token}", sharing.page),
        Route("/ind", knocking.page, methods=["GET"]),
        Route("/ind", knocking.knock, methods=["POST"]),
        *([Route(THERE, arriving.go), Route(BACK, arriving.come_back)] if arriving else []),  # before any link
        Route("/ind/{token}", signing.open_link, methods=["GET"]),
        Route("/ind/{token}", signing.use_link, methods=["POST"]),
        Route("/ud", signing.ask_out, methods=["GET"]),
        Route("/ud", signing.go_out, methods=["POST"]),
        Route("/ud/alle", signing.go_out_everywhere, methods=["POST"]),
    ]


def _waking(
    waker: Waker, alongside: Sequence[Callable[[], AbstractAsyncContextManager[None]]]
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(waker.run())
        try:
            async with AsyncExitStack() as beside:
                for each in alongside:
                    await beside.enter_async_context(each())
                yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return lifespan
