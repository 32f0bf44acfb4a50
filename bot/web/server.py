"""A server that ends its streams when it is told to stop: uvicorn waits for open answers before anything else is asked."""

import signal
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from bot.web.waking import Waker

THIS_MACHINE = "127.0.0.1"
PATIENCE = 5  # seconds for answers that are under way


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, waker: Waker) -> None:
        super().__init__(config)
        self._waker = waker

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._waker.end_all()
        super().handle_exit(sig, frame)


def server_for(app: Starlette, host: str, port: int, proxies: str = THIS_MACHINE) -> Server:
    """Addresses are not logged: a link's token is one. `proxies`: whose word it is believed for whom they ask."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
        forwarded_allow_ips=proxies,
    )
    return Server(config, app.state.waker)


def serve(app: Starlette, host: str, port: int, proxies: str = THIS_MACHINE) -> None:
    """Until told to stop."""
    # uvicorn raises the signal once more when it has ended. By default that kills, and nobody after us could close anything.
    signal.signal(signal.SIGTERM, _was_heard)
    server_for(app, host, port, proxies).run()


def _was_heard(_sig: int, _frame: FrameType | None) -> None:
    """The server has ended by it already."""
