"""Processes are killed at random moments, in bad weather; everything arrives all the same."""

from pathlib import Path

from tests.crash.figures import Figures
from tests.crash.fire import shoot, under_fire
from tests.crash.profile import Profile
from tests.crash.slack import Slack
from tests.crash.weather import rough


async def test_nothing_is_lost_and_nothing_comes_twice_without_a_doubt(
    database_url: str, tmp_path: Path, profile: Profile, figures: Figures
) -> None:
    async with under_fire((database_url, database_url), tmp_path, profile, Slack.of(rough(profile))) as fire:
        await shoot(fire)
        fire.platform.calm()
        verdict = await fire.ended(profile.settled_by * 3)
        figures.fire("SQLite" if database_url.startswith("sqlite") else "PostgreSQL", verdict)
        assert verdict.problems() == [], fire.words()
        assert verdict.kills == profile.kills
        assert verdict.seconds <= profile.settled_by
