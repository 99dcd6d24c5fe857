"""The bound on requests, before any listener runs: who asks too much is told kindly, and nothing is lost."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.logs import Log
from bot.mentoring.prompts import TooMuchAtOnce
from handlers.limits import Kind, Limits
from handlers.shared.show import view_of
from handlers.shared.types import Json
from handlers.slack.asking import KEY, NobodyError, Place, Spot, acting_user, spot_of
from handlers.slack.client import Installed
from handlers.slack.listeners import BUTTON, ephemeral, in_window
from handlers.slack.windows import Windows
from prompts.view import Reader

KINDS = {"view_submission": Kind.ACT, "block_suggestion": Kind.TYPING}

log = Log("slack")


@dataclass(frozen=True)
class Limiting:
    """Bolt's middleware. What Slack tells by itself, and a form that is closed, is never held back."""

    limits: Limits
    installed: Installed
    windows: Windows

    async def check(
        self, body: Json, context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]
    ) -> BoltResponse | None:
        """Let a request on to its listener, or answer it."""
        kind = kind_of(body)
        seconds = 0 if kind is None else await self._wait(kind, body, context[KEY])
        if kind is None or seconds == 0:
            await next_()
            return None
        log.warning("too_much_at_once", kind=kind.name.lower(), seconds=seconds)
        return self._told(kind, body, TooMuchAtOnce(seconds))

    async def _wait(self, kind: Kind, body: Json, key: str) -> int:
        try:
            user, _ = acting_user(body)
        except NobodyError:
            return 0  # its listener refuses it
        identity = await self.installed.identity()
        return self.limits.wait(kind, identity.workspace, identity.address(user), key)

    def _told(self, kind: Kind, body: Json, prompt: TooMuchAtOnce) -> BoltResponse:
        """The answer: a line, or a window above the one that somebody works in. A form stays as it is."""
        spot = spot_of(body, Reader())
        match body.get("type"):
            case "block_suggestion":
                return BoltResponse(status=200, body={"options": []})
            case "view_submission":
                return BoltResponse(status=200, body=_in_form(body["view"], prompt, spot))
        if spot.place is Place.COMMAND:
            return BoltResponse(status=200, body=ephemeral(prompt, spot))
        if kind is Kind.ACT:
            self.windows.aside(spot, prompt)
        return BoltResponse(status=200)


def kind_of(body: Json) -> Kind | None:
    """What a request is bounded as; None for what is not."""
    if "command" in body:
        return Kind.ACT
    if body.get("type") != "block_actions":
        return KINDS.get(str(body.get("type")))
    pressed = str((body.get("actions") or [{}])[0].get("action_id"))
    return Kind.ACT if BUTTON.match(pressed) else Kind.TYPING


def _in_form(view: Json, prompt: TooMuchAtOnce, spot: Spot) -> Json:
    """The answer to a form that was sent: beside its first field, so that all that was filled in stays."""
    fields = [block["block_id"] for block in view.get("blocks", ()) if block.get("type") == "input"]
    if fields:
        text = view_of(prompt, spot.reader).text
        return {"response_action": "errors", "errors": {fields[0]: text}}
    return {"response_action": "push", "view": in_window(prompt, spot)}
