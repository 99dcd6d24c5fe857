"""Serves an ASGI app on a loopback socket inside the caller's event loop, and ends at once."""

import asyncio
import socket
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

LOOPBACK = "127.0.0.1"
LAST_WORDS = 2.0
KEEP_ALIVE = 75
"""Seconds an idle connection is kept, more than any client here keeps one: a server that lets go first may do
so just when the client asks again."""


def loopback_socket(port: int = 0) -> socket.socket:
    """A socket bound to `port` of loopback (0: any free one), not listening yet."""
    # asyncio turns Nagle's delay off only where the protocol is named; with it, every answer takes 40 ms
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((LOOPBACK, port))
    return bound


def address_of(bound: socket.socket) -> str:
    """`http://127.0.0.1:<port>` of a bound socket."""
    return f"http://{LOOPBACK}:{bound.getsockname()[1]}"


class LoopbackServer:
    """`async with LoopbackServer(app, bound):` serves; uvicorn's protocol without its signals and ticks."""

    def __init__(self, app: ASGIApp, bound: socket.socket, protocol: type[H11Protocol] = H11Protocol) -> None:
        self._config = uvicorn.Config(
            app,
            lifespan="off",
            log_level="warning",
            ws="none",
            http=protocol,
            timeout_keep_alive=KEEP_ALIVE,
        )
        self._protocol = protocol
        self._state = ServerState()
        self._socket = bound
        self._server: asyncio.Server | None = None

    def _connection(self) -> H11Protocol:
        return self._protocol(config=self._config, server_state=self._state, app_state={})

    async def __aenter__(self) -> Self:
        self._config.load()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connection, sock=self._socket, backlog=256)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        if self._state.tasks:
            _, late = await asyncio.wait(self._state.tasks, timeout=LAST_WORDS)
            for task in late:
                task.cancel()
        await asyncio.sleep(0)  # closed transports say so in the loop's next turn
