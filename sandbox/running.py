"""Runs the stand-in on a loopback port inside the caller's event loop."""

import asyncio
import contextlib
import socket
from types import TracebackType
from typing import Self

import uvicorn

from sandbox.app import create_app
from sandbox.botlink import BotLink
from sandbox.connections import Connections
from sandbox.slack import Slack
from sandbox.workspace import Workspace

LOOPBACK = "127.0.0.1"


class RunningSandbox:
    """`async with RunningSandbox(workspace, bot_address=…, …) as sandbox:` serves until the block ends.

    `address` is known, and the port taken, from the start on; so a bot can be given
    `web_api` before the sandbox runs. Port 0 takes any free one.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        bot_address: str,
        signing_secret: str,
        bot_token: str,
        port: int = 0,
    ) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((LOOPBACK, port))
        self.address = f"http://{LOOPBACK}:{self._socket.getsockname()[1]}"
        self.workspace = workspace
        self._bot = BotLink(bot_address, signing_secret, workspace.wall)
        connections = Connections()
        self.slack = Slack.of(workspace, self._bot, self.address)
        app = create_app(self.slack, bot_token=bot_token, connections=connections)
        self._server = _Server(
            uvicorn.Config(
                app,
                http=connections.protocol(),
                ws="none",
                lifespan="off",
                log_level="warning",
                timeout_graceful_shutdown=2,
            )
        )
        self._task: asyncio.Task[None] | None = None

    @property
    def web_api(self) -> str:
        """What a bot takes for Slack's base address."""
        return f"{self.address}/api/"

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        while not self._server.started:
            if self._task.done():
                self._task.result()
            await asyncio.sleep(0.005)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        await self.wait()
        await self._bot.close()
        self._socket.close()

    def stop(self) -> None:
        """Ask the server to end; open streams are let go."""
        self.workspace.changes.close()
        self._server.should_exit = True

    async def wait(self) -> None:
        """Until the server has ended."""
        if self._task is not None:
            await self._task


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers, which belong to the process and not to a test."""

    def capture_signals(self) -> "contextlib.AbstractContextManager[None]":  # type: ignore[override] # as its parent
        return contextlib.nullcontext()
