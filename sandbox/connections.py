"""Open connections, so that a fault can cut one."""

import asyncio

from starlette.requests import Request
from uvicorn.protocols.http.h11_impl import H11Protocol


class Connections:
    """The sockets of a running server by the client's address and port."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], asyncio.Transport] = {}

    def cut(self, request: Request) -> None:
        """Break the connection of this request off, before any answer."""
        client = request.client
        if client is not None and (client.host, client.port) in self._open:
            self._open[(client.host, client.port)].abort()

    def protocol(self) -> type[H11Protocol]:
        """Uvicorn's HTTP protocol, noting each connection here."""
        sockets = self._open

        class NotedProtocol(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its parent
                super().connection_made(transport)
                if self.client is not None:
                    sockets[self.client] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                if self.client is not None:
                    sockets.pop(self.client, None)
                super().connection_lost(exc)

        return NotedProtocol
