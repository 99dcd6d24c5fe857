"""One workspace floods and is limited; the messages of another leave as if nothing were."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from sandbox.channels import Channel
from storage.mail_tables import Sending
from tests.crash.figures import Figures
from tests.crash.fire import Fire, under_fire
from tests.crash.profile import Profile
from tests.crash.slack import Slack, addressed
from tests.crash.weather import CALM
from tests.fleet import now

OTHER = "T00000002"
ROLES = ("web", "worker")
APART = 0.1
FLOOD = 10
"""Messages of the flood for each of the neighbour's."""


async def test_a_workspace_that_is_limited_holds_up_no_other(
    postgres_url: str, tmp_path: Path, profile: Profile, figures: Figures
) -> None:
    urls = (postgres_url, postgres_url)
    async with under_fire(urls, tmp_path, profile.hurried(), Slack.of(CALM), roles=ROLES) as fire:
        channels = iter(fire.platform.channels("other", 10 + 2 * profile.neighbours))
        await _delays(fire, channels, 10)  # what is slow the first time only
        undisturbed = await _delays(fire, channels, profile.neighbours)
        fire.platform.limits.tight = frozenset(place.ref.rpartition(":")[2] for place in fire.places)
        await fire.post(FLOOD * profile.neighbours)
        disturbed = await _delays(fire, channels, profile.neighbours)
        assert fire.books.states()[Sending.PENDING] > FLOOD * profile.neighbours / 2, "the flood went first"
        fire.platform.limits.tight = frozenset()
        verdict = await fire.ended(profile.neighbours * FLOOD)
        assert verdict.problems() == [], fire.words()
        assert verdict.limited
        figures.note(
            "another workspace's p95 delay beside one that is answered 429 alone",
            f"< twice {undisturbed * 1000:.0f} ms undisturbed",
            f"{disturbed * 1000:.0f} ms",
            holds=disturbed < 2 * undisturbed,
        )


async def _delays(fire: Fire[Slack], channels: Iterator[Channel], count: int) -> float:
    """The 95th percentile of the seconds from a message's commit to its arrival."""
    workspace = await fire.books.workspace(OTHER)
    posted = {}
    for _ in range(count):
        place = addressed(OTHER, [next(channels)])  # each its own, since one takes a message a second
        (key,) = await fire.books.post(workspace, place, 1)
        posted[key] = now()
        await asyncio.sleep(APART)
    async with asyncio.timeout(60):
        while not posted.keys() <= (arrived := fire.platform.arrived()).keys():  # noqa: ASYNC110 # see above
            await asyncio.sleep(APART)
    delays = sorted((arrived[key][0] - moment).total_seconds() for key, moment in posted.items())
    return delays[int(len(delays) * 0.95)]
