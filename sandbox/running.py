"""Runs the stand-in on a loopback port inside the caller's event loop."""

from types import TracebackType
from typing import Self

from sandbox.app import create_app
from sandbox.botlink import BotLink
from sandbox.connections import Connections
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from sandbox.slack import Slack
from sandbox.workspace import Workspace


class RunningSandbox:
    """`async with RunningSandbox(workspace, bot_address=…, …) as sandbox:` serves until the block ends.

    `address` is known, and the port taken, from the start on; so a bot can be given `web_api` before the
    sandbox runs. Port 0 takes any free one.
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
        bound = loopback_socket(port)
        self.address = address_of(bound)
        self.workspace = workspace
        self._bot = BotLink(bot_address, signing_secret, workspace.wall)
        self.slack = Slack.of(workspace, self._bot, self.address)
        connections = Connections()
        app = create_app(self.slack, bot_token=bot_token, connections=connections)
        self._server = LoopbackServer(app, bound, connections.protocol())

    @property
    def web_api(self) -> str:
        """What a bot takes for Slack's base address."""
        return f"{self.address}/api/"

    async def __aenter__(self) -> Self:
        self._bot.open()
        await self._server.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.workspace.changes.close()
        await self._server.__aexit__(kind, error, trace)
        await self._bot.close()
