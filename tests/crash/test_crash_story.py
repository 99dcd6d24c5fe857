"""Two web and three worker processes that are killed tell the same story as one that is left alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlalchemy import NullPool, create_engine, func, select

from sandbox.draw import Draw
from sandbox.manifest import read_manifest
from sandbox.story import prepare
from sandbox.workspace import Workspace
from storage.engine import with_driver
from storage.mail_tables import OutboxRow, Sending
from tests.crash.books import keep_ledger
from tests.crash.child import Order, run
from tests.crash.figures import Figures
from tests.crash.fire import FULL, LONGEST, SHORTEST
from tests.crash.living import Heard, Living, SharedClock, live, nothing
from tests.crash.platform import SEED
from tests.crash.profile import Profile
from tests.dialogues.cast import four_pairs
from tests.dialogues.on_slack import SlackTown, slack_town
from tests.dialogues.town import TUESDAY
from tests.fleet import Fleet, Manner, fleet_of
from tests.loopback import loopback_client
from tests.tree import ROOT

if TYPE_CHECKING:
    from tests.dialogues.process import BotProcess

LONGEST_CALL = 300.0
OUTBOX = OutboxRow.__table__


class Killer:
    """Kills workers at any moment; those that answer, between two days, since people press within them."""

    def __init__(self, fleet: Fleet, draw: Draw) -> None:
        self._fleet = fleet
        self._draw = draw
        self.kills = 0

    async def run(self) -> None:
        """Kill a worker every half to two and a half seconds, until cancelled."""
        while True:
            await asyncio.sleep(self._draw.between(SHORTEST, LONGEST) / 20)
            self._kill("worker")

    async def kill_web(self) -> None:
        """Kill a process that answers; the other one goes on."""
        self._kill("web")
        await self._fleet.ready(role="web")

    def _kill(self, role: str) -> None:
        victim = self._draw.choice(self._fleet.running(role))
        victim.kill()
        self._fleet.start(victim.role)
        self.kills += 1


async def test_a_fleet_that_is_killed_says_what_one_process_says(
    postgres_url: str, undisturbed_url: str, tmp_path: Path, profile: Profile, figures: Figures
) -> None:
    alone, killed = await _told_alone(undisturbed_url, profile.days), tmp_path / "fleet"
    killed.mkdir()
    async with _fleet_town(postgres_url, killed, profile) as (town, fleet):
        killer = Killer(fleet, Draw(f"story {SEED}"))
        killing = asyncio.create_task(killer.run())
        told = await live(town, profile.days, killer.kill_web)
        killing.cancel()
        await asyncio.gather(killing, return_exceptions=True)
        await fleet.done()
    open_ends, again = _doubts(postgres_url)
    missing, more = alone - told, told - alone
    assert killer.kills >= 2 * profile.days
    assert missing.total() <= open_ends, missing
    assert more.total() <= again, more
    figures.note(
        f"{alone.total()} messages of the story over {profile.days} days, two web and three workers,"
        f" {killer.kills} kills: missing, more",
        f"≤ {open_ends} left open, ≤ {again} in doubt",
        f"{missing.total()}, {more.total()}",
        holds=True,
    )


async def _told_alone(url: str, days: int) -> Heard:
    async with slack_town(url, four_pairs()) as town:
        return await live(town, days, nothing)


@asynccontextmanager
async def _fleet_town(url: str, folder: Path, profile: Profile) -> AsyncIterator[tuple[SlackTown, Fleet]]:
    """A town like the one of a single process, from the same morning on."""
    keep_ledger(create_engine(with_driver(url), poolclass=NullPool))
    clock = SharedClock(folder / "clock", TUESDAY)
    order = Order(pace=profile.hurried().pace, shared=str(clock.file))
    manner = Manner(
        run,
        {"BOTHWAYS_TICK_SECONDS": "1", "BOTHWAYS_SUPPORT": "mentoring@example.com", **order.environment()},
        clock,
    )
    manifest = read_manifest(ROOT / "manifest.yml")
    workspace = Workspace(four_pairs(), manifest=manifest, start=TUESDAY, seed=1)
    async with (
        fleet_of((url, url), folder, workspace, FULL, manner, Living) as fleet,
        loopback_client(fleet.sandbox.address, LONGEST_CALL) as http,
    ):
        trouble = await prepare(fleet.sandbox.slack)
        assert trouble is None, trouble
        assert isinstance(fleet, Living)
        try:
            yield SlackTown(cast("BotProcess", None), http, fleet.sandbox), fleet
        finally:
            fleet.close()


def _doubts(url: str) -> tuple[int, int]:
    """How many messages were left open, and how many may have come twice."""
    engine = create_engine(with_driver(url), poolclass=NullPool)
    open_end = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.state == Sending.IN_DOUBT)
    with engine.connect() as connection:
        left = connection.scalar(open_end) or 0
        settled = connection.exec_driver_sql("SELECT count(*) FROM crash_doubt").scalar() or 0
    return left, settled - left
