"""A restart and a migration in the middle of a journey change nothing of what people are told."""

import asyncio
from pathlib import Path

from storage.migrate import downgrade, upgrade
from tests.crash.fire import under_fire
from tests.crash.living import live, nothing
from tests.crash.profile import Profile
from tests.crash.slack import Slack
from tests.crash.weather import CALM
from tests.dialogues.cast import four_pairs
from tests.dialogues.on_slack import slack_town

FIRST = "0001"
BEFORE_PACING = "0002"
DAY, DAYS = 3, 7
COUNT = 40


async def test_an_upgrade_in_the_middle_of_a_journey_changes_nothing(
    database_url: str, undisturbed_url: str
) -> None:
    async with slack_town(undisturbed_url, four_pairs()) as town:
        undisturbed = await live(town, DAYS, nothing)
    async with slack_town(database_url, four_pairs()) as town:
        days = iter(range(DAYS))

        async def upgraded() -> None:
            if next(days) == DAY:
                await town.bot.stop()
                downgrade(database_url, FIRST)
                upgrade(database_url)
                await town.bot.start()

        assert await live(town, DAYS, upgraded) == undisturbed


async def test_a_migration_under_processes_that_run_loses_nothing(
    postgres_url: str, tmp_path: Path, profile: Profile
) -> None:
    urls = (postgres_url, postgres_url)
    async with under_fire(
        urls, tmp_path, profile.hurried(), Slack.of(CALM), roles=("web", "worker", "worker")
    ) as fire:
        await fire.post(COUNT)
        await asyncio.to_thread(downgrade, postgres_url, BEFORE_PACING)
        await asyncio.sleep(1)
        await asyncio.to_thread(upgrade, postgres_url)
        await fire.post(COUNT)
        verdict = await fire.ended(60)
        assert verdict.problems() == [], fire.words()
        assert len(fire.fleet.running()) == 3, "no process needed to be started again"
