"""Slack as a whole: the workspace and the ways to the app, in one hand."""

import asyncio
from dataclasses import dataclass
from reprlib import Repr

from sandbox.botlink import BotLink
from sandbox.events import Events
from sandbox.timeline import Timeline
from sandbox.workspace import Workspace

_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 60


def short(value: object) -> str:
    """What somebody gave, as one line that is never long."""
    return _SHORT.repr(value)


class WrongUseError(Exception):
    """Somebody asked the stand-in for something that cannot be done; the message says what can."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(slots=True)
class Slack:
    """Everything that the acts of people need. `address` is where the stand-in itself listens.

    `ready` is cleared while the story is told: what scripts and the page ask for waits for its end.
    """

    workspace: Workspace
    bot: BotLink
    events: Events
    timeline: Timeline
    address: str
    ready: asyncio.Event

    @classmethod
    def of(cls, workspace: Workspace, bot: BotLink, address: str) -> "Slack":
        """Slack over this workspace and this bot."""
        workspace.files.address = address
        events = Events(workspace, bot)
        ready = asyncio.Event()
        ready.set()
        return cls(workspace, bot, events, Timeline(workspace, bot, events), address, ready)

    def response_url(self, person: str, channel: str, message: str | None) -> str:
        """A fresh address at which the app may answer."""
        workspace = self.workspace
        secret = workspace.addresses.issue(person, channel, message, workspace.clock.now())
        return f"{self.address}/response/{secret}"
