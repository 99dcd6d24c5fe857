"""What takes too long for Slack: a press goes on and is answered later, all else ends with a word."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.shared.background import Background
from handlers.slack import edge

if TYPE_CHECKING:
    from handlers.slack.failures import Failures


@dataclass
class SlowApp:
    """Bolt whose listener takes its time."""

    done: list[str] = field(default_factory=list)

    async def async_dispatch(self, _request: AsyncBoltRequest) -> BoltResponse:
        """Work for a while, then answer."""
        await asyncio.sleep(0.2)
        self.done.append("worked")
        return BoltResponse(status=200, body="answered")


@dataclass
class Told:
    """Failures that only note what they were told of."""

    windows: Any
    late: list[Exception] = field(default_factory=list)

    async def handle(self, error: Exception, _body: Any, _context: Any) -> BoltResponse:
        """Note it."""
        self.late.append(error)
        return BoltResponse(status=200, body="sorry")


@dataclass
class Behind:
    """Windows of which only the background counts."""

    background: Background


@pytest.mark.parametrize(
    ("kind", "said", "worked"), [("block_actions", "", ["worked"]), ("view_submission", "sorry", [])]
)
async def test_only_a_press_goes_on_when_its_time_is_over(
    kind: str, said: str, worked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge, "ANSWER_WITHIN", 0.05)
    app, background = SlowApp(), Background(cast("Any", None))
    told = Told(Behind(background))
    request = AsyncBoltRequest(mode="socket_mode", body={"type": kind})
    response = await edge.answered(cast("AsyncApp", app), cast("Failures", told), request)
    assert (response.status, response.body) == (200, said)
    await background.drain()
    await asyncio.sleep(0.3)
    assert app.done == worked
    assert len(told.late) == (not worked)


async def test_what_is_quick_is_answered_as_it_is() -> None:
    app, told = SlowApp(), Told(Behind(Background(cast("Any", None))))
    request = AsyncBoltRequest(mode="socket_mode", body={"type": "block_actions"})
    response = await edge.answered(cast("AsyncApp", app), cast("Failures", told), request)
    assert (response.body, told.late) == ("answered", [])
