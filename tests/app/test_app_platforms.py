"""Slack, Teams, or both in one process: each message finds its own, and neither holds up the other."""

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.app import ProgrammeClock, Role, running, wall_clock
from bot.mail import Outgoing, Refused, Sent
from bot.mentoring.ids import Address, WorkspaceId
from bot.mentoring.prompts import Nothing
from bot.platforms import ByPlatform, pace_of
from bot.ports import Destination, Kind
from handlers.slack.limits import pace as slack_pace
from handlers.teams.limits import pace as teams_pace
from sandbox.serving import LoopbackServer, address_of, loopback_socket
from tests.dialogues.on_teams import settings_for
from tests.dialogues.town import TUESDAY
from tests.slack.asgi import SECRET, signed
from tests.teams.acting import ANA
from tests.teams.stand_in import TENANT, Microsoft
from tests.tree import ROOT

SLACK, TEAMS = Address("slack:T1:U1"), Address("teams:t:1")
HERE = WorkspaceId("w")


class Noting:
    """A messenger that notes what it was given."""

    def __init__(self) -> None:
        self.rows: list[Outgoing] = []

    async def send(self, _workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Note one message."""
        self.rows.append(row)
        return Sent("there")


def row(to: Destination) -> Outgoing:
    """A message to there."""
    return Outgoing("m", HERE, "k", to, Nothing(), 1, None)


@pytest.mark.parametrize(
    ("to", "platform"),
    [
        (Destination(Kind.PERSON, SLACK, (SLACK,)), "slack"),
        (Destination(Kind.PERSON, TEAMS, (TEAMS,)), "teams"),
        (Destination(Kind.ROOM, "pair1", (TEAMS, TEAMS)), "teams"),
        (Destination(Kind.CHANNEL, "slack:T1:C1"), "slack"),
        (Destination(Kind.CHANNEL, "teams:t:general@thread.tacv2"), "teams"),
        (Destination(Kind.REPLY, "a:ana 77", (TEAMS,)), "teams"),
        (Destination(Kind.REPLY, "message:C1:1.2", (SLACK,)), "slack"),
    ],
)
async def test_a_message_finds_its_own_platform(to: Destination, platform: str) -> None:
    messengers = {"slack": Noting(), "teams": Noting()}
    assert await ByPlatform(dict(messengers)).send(HERE, row(to)) == Sent("there")
    assert [name for name, one in messengers.items() if one.rows] == [platform]


async def test_a_message_for_a_platform_that_is_not_served_here_waits() -> None:
    with pytest.raises(Refused) as refused:
        await ByPlatform({"slack": Noting()}).send(HERE, row(Destination(Kind.PERSON, TEAMS, (TEAMS,))))
    assert not refused.value.permanent


def test_a_workspace_keeps_the_pace_that_its_platforms_take() -> None:
    assert pace_of(5.0, on_slack=False) == teams_pace(5.0)
    assert pace_of(5.0, on_slack=True) == slack_pace(5.0)
    slack, teams = slack_pace(5.0).destination, teams_pace(5.0).destination
    assert slack.per_second <= teams.per_second
    assert slack.burst <= teams.burst, "Slack's limits are inside Teams', so that both hold with them"


def ran(words: str, folder: Path) -> str:
    """What a process of its own prints, in which every warning is an error."""
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", words],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


def test_whoever_serves_slack_alone_does_not_wait_for_microsofts_library(tmp_path: Path) -> None:
    words = "import bot.app, sys; print([name for name in sys.modules if name.startswith('microsoft')])"
    assert ran(words, tmp_path) == "[]"


def test_importing_microsofts_library_warns_of_nothing_and_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CLIENT_ID=somebody\nDANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS=true\n")
    words = (
        "import os; from handlers.teams.library import library; library();"
        "print(sorted({'CLIENT_ID', 'PYTHON_DOTENV_DISABLED'} & set(os.environ)))"
    )
    assert ran(words, tmp_path) == "[]"


SLOW = 2.0
"""Seconds that the keys take."""


def slowly(microsoft: Microsoft) -> ASGIApp:
    """The stand-in with keys that take their time."""
    app = microsoft.app()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].endswith("/keys"):
            await asyncio.sleep(SLOW)
        await app(scope, receive, send)

    return slow


async def test_one_process_answers_both_platforms_and_slow_keys_hold_nobody_up(database_url: str) -> None:
    bound = loopback_socket()
    microsoft = Microsoft(address_of(bound))
    web_api = {"SLACK_API_BASE_URL": "http://127.0.0.1:9/api/"}
    slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": SECRET, **web_api}
    settings = settings_for(database_url, microsoft.address, **slack)
    async with (
        LoopbackServer(slowly(microsoft), bound),
        running(settings, Role.ALL, ProgrammeClock(TUESDAY), demonstration=True) as bot,
        httpx.AsyncClient(transport=httpx.ASGITransport(bot.web), base_url="http://bot.test") as http,
    ):
        token = {"authorization": f"Bearer {microsoft.token()}"}
        activity = {**ANA.activity(microsoft.address), "id": "1", "text": "help"}
        asked = asyncio.create_task(http.post("/teams/messages", json=activity, headers=token))
        await asyncio.sleep(0.1)
        longest = 0.0
        while not asked.done():
            began = time.perf_counter()
            body = json.dumps({"type": "url_verification", "challenge": "x"}).encode()
            headers = signed(body, content_type="application/json", at=wall_clock().timestamp())
            assert (await http.post("/slack/events", content=body, headers=headers)).status_code == 200
            longest = max(longest, time.perf_counter() - began)
            await asyncio.sleep(0.02)
        assert (await asked).status_code == 200
        assert longest < SLOW / 2, "Slack is answered while Teams waits for its keys"
        assert (await http.post("/_demo/clock", json={"to": TUESDAY.isoformat()})).status_code == 200
        assert len(microsoft.to(ANA.conversation)) == 1
        assert bot.platforms.slack is not None
        assert await bot.store.workspace("teams", TENANT)
