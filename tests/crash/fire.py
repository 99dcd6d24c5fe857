"""Processes of the bot under fire: killed at random moments and at named points, while messages leave."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP
from typing import Generic

from bot.failpoints import Point
from bot.mentoring.ids import WorkspaceId
from bot.ports import Clock, Destination
from sandbox.draw import Draw
from tests.crash.books import Books, Verdict
from tests.crash.child import Mutation, Order, run
from tests.crash.platform import PER_SECOND, SEED, P
from tests.crash.profile import Profile
from tests.fleet import Child, Fleet, Manner, now

ALONE = ("all",)
FULL = ("web", "web", "worker", "worker", "worker")
SHORTEST, LONGEST = 10, 50
"""Tenths of a second between two kills."""
QUICK = {"BOTHWAYS_TICK_SECONDS": "1", "BOTHWAYS_MESSAGES_PER_SECOND": str(PER_SECOND)}


def roles_of(url: str) -> tuple[str, ...]:
    """The processes of a full set on this database."""
    return ALONE if url.startswith("sqlite") else FULL


@dataclass
class Fire(Generic[P]):
    """One run: the processes, the platform in its weather, the books, and who was killed where."""

    profile: Profile
    fleet: Fleet
    platform: P
    books: Books
    workspace: WorkspaceId
    places: list[Destination]
    draw: Draw
    kills: int = 0
    last_kill: float = 0.0
    reached: list[Point] = field(default_factory=list)

    async def post(self, count: int) -> None:
        """Put messages in the outbox."""
        await self.books.post(self.workspace, self.places, count)

    async def revive(self, child: Child, **more: str) -> Child:
        """A process in the place of one that is dead."""
        assert child.process.returncode is not None
        return self.fleet.start(child.role, **more)

    async def kill(self, child: Child) -> None:
        """End a process as `kill -9` does."""
        child.kill()
        self.killed()

    def killed(self) -> None:
        """Note that a process was killed now."""
        self.kills += 1
        self.last_kill = time.monotonic()

    async def kill_one(self) -> None:
        """Kill one of the processes, and start another in its place."""
        victim = self.draw.choice(self.fleet.running())
        await self.kill(victim)
        await self.revive(victim)

    async def dies(self, child: Child, seconds: float) -> bool:
        """Whether a process dies by itself, as by `kill -9`, within this time."""
        with suppress(TimeoutError):
            await asyncio.to_thread(child.process.wait, seconds)
        if child.process.returncode != -SIGKILL:
            return False
        self.killed()
        return True

    async def freeze(self, child: Child, seconds: float) -> None:
        """Stop a process for a while, as a machine does that swaps or is moved."""
        child.process.send_signal(SIGSTOP)
        await asyncio.sleep(seconds)
        child.process.send_signal(SIGCONT)

    async def ended(self, seconds: float) -> Verdict:
        """Wait until nothing is left, for so long at most; what it all came to."""
        started = self.last_kill or time.monotonic()
        with suppress(TimeoutError):  # what is left then counts as lost
            await self.fleet.done(seconds)
        verdict = await self.books.verdict()
        verdict.seconds, verdict.kills = time.monotonic() - started, self.kills
        return verdict

    def words(self) -> str:
        """The ends of what the processes wrote, for a failure."""
        return "\n".join(
            f"{one.role} {one.port} {one.process.returncode}: {self.fleet.words(one)[-1500:]}"
            for one in self.fleet.children[-6:]
        )


@asynccontextmanager
async def under_fire(
    urls: tuple[str, str],
    folder: Path,
    profile: Profile,
    platform: P,
    *,
    roles: Sequence[str] = (),
    mutation: Mutation = Mutation.NONE,
    order: Order | None = None,
    clock: Clock = now,
) -> AsyncIterator[Fire[P]]:
    """Processes at work on an empty database, before a platform that messages can go to."""
    order = order or Order(pace=profile.pace, mutation=mutation)
    manner = Manner(run, {**QUICK, **order.environment()}, clock)
    async with platform.fleet(urls, folder, roles or roles_of(urls[0]), manner) as fleet:
        draw = Draw(f"fire {SEED}")
        books = Books(urls[1], fleet.key, draw, platform, clock)
        workspace = await books.workspace(platform.team)
        try:
            yield Fire(profile, fleet, platform, books, workspace, platform.places(profile.places), draw)
        finally:
            books.close()


async def shoot(fire: Fire[P], between: Callable[[], Awaitable[object]] | None = None) -> None:
    """Post everything bit by bit, and kill a process every one to five seconds meanwhile.

    `between` happens before each kill.
    """
    each = -(-fire.profile.sends // fire.profile.kills)
    for _ in range(fire.profile.kills):
        await fire.post(each)
        await asyncio.sleep(fire.draw.between(SHORTEST, LONGEST) / 10)
        if between is not None:
            await between()
        await fire.kill_one()
