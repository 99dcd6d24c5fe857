"""Serves the HTTP face until a signal comes, on a port that is taken before anything else starts."""

import asyncio
import gc
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from signal import SIGINT, SIGTERM

import uvicorn
from starlette.types import ASGIApp

LAST_WORDS = 10
"""Seconds that requests under way get when the bot stops."""
BACKLOG = 2048


class PortTakenError(Exception):
    """The port cannot be listened on; the message says so in one line."""


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket bound to a port (0: any free one); PortTakenError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's delay off only where the protocol is named; with it, every answer takes 40 ms
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    with bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, port))
        except OSError as error:
            words = error.strerror or "no such address"
            raise PortTakenError(f"cannot listen on {host} port {port} ({words}): choose another") from None
        yield bound


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: it would end the process before the bot has finished."""

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override] # as its parent uses it
        return nullcontext()


async def serve(app: ASGIApp, bound: socket.socket, stop: asyncio.Event) -> None:
    """Serve until `stop` is set; requests under way are finished.

    What stands in memory by now stays to the end: the collector need not look through it again and again,
    which would keep requests waiting for some tens of milliseconds each time.
    """
    gc.collect()
    gc.freeze()
    config = uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,  # nobody's header says who somebody is
        server_header=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=LAST_WORDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stopping.cancel()
    await serving


def stop_on_signals() -> asyncio.Event:
    """An event that SIGINT and SIGTERM set, in the running loop."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (SIGINT, SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
