"""What a read-back of scheduled messages would bring, and cost: the figures of docs/adr/0008."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.workspace import Workspace
from tests.sandbox.conftest import MONDAY, ROSTER
from tests.sandbox.tiny_bot import Served, serving

AHEAD = timedelta(seconds=90)
"""How far ahead a message is scheduled: a killed process must be back, and have read back, by then."""
SENDS = 200
SOON, LATE = timedelta(seconds=20), timedelta(seconds=200)
PEOPLE = 3


@dataclass
class Sending:
    """One message, and what became of it as far as the sender knows."""

    text: str
    to: str
    at: int = 0
    doubtful: bool = False


@dataclass
class Trial:
    """Sends by scheduling and settles doubts by the list of what is scheduled."""

    served: Served
    workspace: Workspace
    calls: Counter[str] = field(default_factory=Counter)
    undecided: int = 0

    async def call(self, method: str, **given: Any) -> Any:
        """Call, and again as often as a limit asks for, the clock going on meanwhile."""
        while True:
            self.calls[method] += 1
            try:
                return await self.served.client.api_call(method, data=given)
            except SlackApiError as error:
                if error.response.status_code != 429:
                    raise
                self.calls["limited"] += 1
                self.forward(timedelta(seconds=int(error.response.headers["Retry-After"])))

    def forward(self, span: timedelta) -> None:
        """Let time pass."""
        self.workspace.clock.reach(self.workspace.clock.now() + span)

    async def schedule(self, one: Sending) -> None:
        """Try once."""
        one.at = int((self.workspace.clock.now() + AHEAD).timestamp())
        try:
            await self.call("chat.scheduleMessage", channel=one.to, text=one.text, post_at=one.at)
            one.doubtful = False
        except aiohttp.ClientError:
            one.doubtful = True

    async def settle(self, one: Sending) -> None:
        """Read back; where the moment has passed the list cannot tell, and it is sent again."""
        found = await self.call("chat.scheduledMessages.list", oldest=one.at, latest=one.at)
        if any(waiting["text"] == one.text for waiting in found["scheduled_messages"]):
            one.doubtful = False
            return
        self.undecided += self.workspace.clock.now().timestamp() >= one.at
        await self.schedule(one)


async def trial(served: Served, workspace: Workspace, settled_after: timedelta) -> tuple[Trial, Counter[str]]:
    """Every tenth send is accepted and every tenth is not, with nobody told; what then stands there."""
    attempt = Trial(served, workspace)
    people = [member.id for member in workspace.members.values() if member.roster]
    sendings = [Sending(f"message {number}", people[number % PEOPLE]) for number in range(SENDS)]
    for number, one in enumerate(sendings):
        attempt.forward(timedelta(seconds=12))
        if number % 10 in (0, 5):
            after = number % 10 == 0
            await served.post("fault", method="chat.scheduleMessage", drop=True, after=after, times=1)
        await attempt.schedule(one)
        if one.doubtful:
            attempt.forward(settled_after)
            await attempt.settle(one)
    attempt.forward(AHEAD + SOON)
    workspace.post_scheduled()
    return attempt, Counter(message.text for message in workspace.messages.all())


@pytest.mark.parametrize(("settled_after", "doubled", "undecided"), [(SOON, 0, 0), (LATE, 20, 40)])
async def test_a_read_back_decides_only_before_the_messages_moment(
    settled_after: timedelta, doubled: int, undecided: int
) -> None:
    workspace = Workspace(ROSTER, start=MONDAY)
    async with serving(workspace) as served:
        attempt, stands = await trial(served, workspace, settled_after)
    assert len(stands) == SENDS
    assert sum(stands.values()) - SENDS == doubled
    assert attempt.undecided == undecided
    assert attempt.calls["chat.scheduledMessages.list"] == 40


async def hurried(method: str, count: int) -> float:
    """Seconds by the stand-in's clock until so many messages were taken, each from the moment it may go."""
    workspace = Workspace(ROSTER, start=MONDAY)
    async with serving(workspace) as served:
        attempt = Trial(served, workspace)
        lines = [workspace.direct(one.id).id for one in workspace.members.values() if one.is_person]
        for number in range(count):
            given: dict[str, Any] = {"channel": lines[number % len(lines)], "text": str(number)}
            if method == "chat.scheduleMessage":
                moment = workspace.clock.now() + AHEAD + timedelta(minutes=number)
                given["post_at"] = int(moment.timestamp())
            await attempt.call(method, **given)
        return (workspace.clock.now() - MONDAY).total_seconds()


async def test_a_workspace_takes_messages_to_schedule_several_times_slower_than_to_post() -> None:
    posting, scheduling = await hurried("chat.postMessage", 700), await hurried("chat.scheduleMessage", 700)
    assert scheduling > 3 * posting
