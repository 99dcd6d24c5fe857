"""A worker stands still, shorter and longer than a doubt lasts, and goes on where it stood."""

import asyncio
from pathlib import Path

from tests.crash.figures import Figures
from tests.crash.fire import Fire, under_fire
from tests.crash.profile import HURRIED, Profile
from tests.crash.slack import Slack
from tests.crash.weather import CALM, Weather

ROLES = ("web", "worker", "worker")
BELOW, ABOVE = HURRIED.deadline / 4, HURRIED.settle + HURRIED.deadline
EACH = 12
SLOW = Weather(slow=400, late=0.3)
"""Calls take a while, so that a worker is frozen in the middle of some."""


async def test_a_worker_that_stands_still_doubles_nothing_that_was_not_in_doubt(
    postgres_url: str, tmp_path: Path, profile: Profile, figures: Figures
) -> None:
    urls = (postgres_url, postgres_url)
    async with under_fire(urls, tmp_path, profile.hurried(), Slack.of(SLOW), roles=ROLES) as fire:
        doubled = {}
        for seconds in (BELOW, ABOVE):
            before = (await fire.books.verdict()).doubled
            for _ in range(profile.freezes):
                await _freeze_in_the_middle(fire, seconds)
            await fire.ended(60)
            verdict = await fire.books.verdict()
            assert verdict.problems() == [], fire.words()
            doubled[seconds] = verdict.doubled - before
        fire.platform.troubles.weather = CALM
    share = f"{doubled[ABOVE]} of {profile.freezes} freezes"
    figures.note(
        f"frozen for {BELOW:g} s, less than a doubt: doubled",
        "0",
        f"{doubled[BELOW]}",
        holds=not doubled[BELOW],
    )
    figures.note(f"frozen for {ABOVE:g} s, more than a doubt: doubled", "≤ in doubt", share, holds=True)
    assert doubled[BELOW] == 0


async def _freeze_in_the_middle(fire: Fire[Slack], seconds: float) -> None:
    await fire.post(EACH)
    await asyncio.sleep(fire.draw.between(1, 4) / 10)
    await fire.freeze(fire.draw.choice(fire.fleet.running("worker")), seconds)
