"""Events: sent when the manifest subscribes to them, tried again at once, after a minute and after five."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.blockkit.walk import Json
from sandbox.botlink import BotLink, Reply
from sandbox.payloads import event_envelope
from sandbox.workspace import Workspace

RETRIES = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
_REASONS = {"operation_timeout": "http_timeout", "dispatch_failed": "connection_failed"}


@dataclass(slots=True)
class _Waiting:
    envelope: dict[str, Any]
    tries: int
    due: datetime
    reason: str


class Events:
    """Sends events and keeps what has to be tried again, by the programme clock."""

    def __init__(self, workspace: Workspace, bot: BotLink) -> None:
        self._workspace = workspace
        self._bot = bot
        self._waiting: list[_Waiting] = []

    async def emit(self, event: Json) -> None:
        """Send an event, if the app subscribed to its type."""
        workspace = self._workspace
        if (
            event["type"] not in workspace.manifest.events
            and _subscription(event) not in workspace.manifest.events
        ):
            return
        event_id = f"Ev{workspace.draw.token(10)}"
        envelope = event_envelope(event, event_id, int(workspace.clock.now().timestamp()))
        self._note(envelope, await self._bot.send_event(envelope), 0)
        await self.retry_due()

    def next_retry(self) -> datetime | None:
        """When the next further try is due."""
        return min((waiting.due for waiting in self._waiting), default=None)

    async def retry_due(self) -> None:
        """Make every further try that is due by now."""
        now = self._workspace.clock.now()
        due = [waiting for waiting in self._waiting if waiting.due <= now]
        while due:
            for waiting in due:
                self._waiting.remove(waiting)
                reply = await self._bot.send_event(waiting.envelope, (waiting.tries, waiting.reason))
                self._note(waiting.envelope, reply, waiting.tries)
            due = [waiting for waiting in self._waiting if waiting.due <= now]

    def _note(self, envelope: dict[str, Any], reply: Reply, tries: int) -> None:
        if reply.ok or tries >= len(RETRIES):
            return
        reason = "http_error" if reply.status else _REASONS.get(str(reply.failure), "unknown_error")
        due = self._workspace.clock.now() + RETRIES[tries]
        self._waiting.append(_Waiting(envelope, tries + 1, due, reason))


def _subscription(event: Json) -> str:
    """The name under which apps subscribe to messages of one kind of conversation."""
    kind = {"im": "im", "mpim": "mpim", "group": "groups", "channel": "channels"}.get(
        event.get("channel_type", "")
    )
    return f"message.{kind}" if event["type"] == "message" else ""
