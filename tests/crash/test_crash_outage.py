"""PostgreSQL is killed, and stays away: people are told so in time, nothing is lost, all goes on alone."""

import asyncio
import time
from pathlib import Path

from tests.crash.figures import Figures
from tests.crash.fire import FULL, Fire, under_fire
from tests.crash.postman import OK, Postman
from tests.crash.profile import Profile
from tests.crash.slack import Slack
from tests.crash.weather import CALM
from tests.knocking import types
from tests.postgres import Breakable

KILLS = 2
BACK_WITHIN = 60.0
ASK_EVERY = 4.0
"""Seconds; one person may ask twenty times a minute."""


async def test_an_outage_of_postgresql_loses_nothing(
    breakable: Breakable, breakable_url: str, tmp_path: Path, profile: Profile, figures: Figures
) -> None:
    urls = (breakable_url, breakable_url)
    async with under_fire(urls, tmp_path, profile.hurried(), Slack.of(CALM), roles=FULL) as fire:
        postman = Postman(fire.fleet, fire.draw)
        for _ in range(KILLS):
            await _post(fire, postman)
            await asyncio.to_thread(breakable.kill)
            await asyncio.to_thread(breakable.start)
        await _post(fire, postman)
        await asyncio.to_thread(breakable.kill)
        fire.killed()
        slowest = await _stays_away(fire, postman, profile.outage)
        await asyncio.to_thread(breakable.start)
        back = time.monotonic()
        while postman.bag:
            await postman.bring()
        verdict = await fire.ended(BACK_WITHIN)
        seconds = time.monotonic() - back
        assert verdict.problems() == [], fire.words()
        assert fire.books.handled() == postman.told
        assert len(fire.fleet.running()) == len(FULL), "no process needed to be started again"
    what = f"PostgreSQL killed {KILLS + 1} times and away for {profile.outage:.0f} s"
    figures.note(f"{what}: lost, doubled beyond doubt", "0, 0", "0, 0", holds=True)
    figures.note(f"{what}: slowest answer meanwhile", "< 3 s", f"{slowest:.1f} s", holds=slowest < 3)
    figures.note(f"{what}: all sent after its return", "by itself", f"{seconds:.0f} s", holds=True)


async def _post(fire: Fire[Slack], postman: Postman) -> None:
    await fire.post(20)
    postman.write(5)
    await postman.bring()


async def _stays_away(fire: Fire[Slack], postman: Postman, seconds: float) -> float:
    """Ask all the while; the seconds that the slowest answer took."""
    until, slowest = time.monotonic() + seconds, 0.0
    while time.monotonic() < until:
        for web in fire.fleet.running("web"):
            status, said, took = await types(web, "help")
            assert status == OK
            assert "sorry" in said.lower()
            slowest = max(slowest, took)
        postman.write(1)
        waits = len(postman.bag)
        await postman.bring()
        assert len(postman.bag) == waits, "an event was acknowledged that cannot have been kept"
        await asyncio.sleep(ASK_EVERY)
    return slowest
