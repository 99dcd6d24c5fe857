"""The same fire on Teams: what arrives, and who is left alone who wants no messages or took the bot out.

Nothing can be looked up there either: reading a chat takes a permission that Bothways does not ask for.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.crash.figures import Figures
from tests.crash.fire import Fire, shoot, under_fire
from tests.crash.profile import LONG, Profile, chosen
from tests.crash.teams import Teams, addressed
from tests.crash.weather import CALM, rough
from tests.teams.stand_in import Person

GOOD = "Bearer good"
STORES = ("sqlite", "postgresql") if chosen() is LONG else ("sqlite",)
"""The short profile tries on Slack what PostgreSQL does differently."""
SENDS, KILLS = 120, 4
"""In the short profile: what spreads work and settles doubt is the same as under Slack's own fire."""


@pytest.mark.parametrize("database_url", STORES, indirect=True)
async def test_on_teams_nothing_is_lost_and_nobody_is_pestered(
    database_url: str, tmp_path: Path, profile: Profile, figures: Figures
) -> None:
    profile = profile if profile is LONG else replace(profile, sends=SENDS, kills=KILLS)
    teams = Teams.of(rough(profile))
    async with under_fire((database_url, database_url), tmp_path, profile, teams) as fire:
        await shoot(fire, lambda: _write_to_who_wants_nothing(fire))
        teams.calm()
        verdict = await fire.ended(profile.settled_by * 3)
        store = "SQLite" if database_url.startswith("sqlite") else "PostgreSQL"
        figures.fire(f"Teams, {store}", verdict)
        assert verdict.problems() == [], fire.words()
        assert verdict.kills == profile.kills
        assert verdict.seconds <= profile.settled_by
        assert not teams.leaving, "somebody left in the middle of it"


async def test_the_stand_in_notices_who_is_pestered() -> None:
    teams = Teams.of(CALM)
    off, out = teams.blocking[0], teams.leaving[0]
    teams.closed |= {off.conversation, out.conversation}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(teams.app()), base_url=teams.address, headers={"authorization": GOOD}
    ) as bot:

        async def writes(to: Person) -> None:
            there = f"/v3/conversations/{to.conversation}/activities"
            assert (await bot.post(there, json={})).status_code == 403

        await writes(off)
        assert teams.pestered(Counter()) == [], "nothing else tells the bot"
        await writes(off)
        assert teams.pestered(Counter()) == [off.conversation]
        (place,) = addressed([off])
        assert teams.pestered(Counter({place.ref: 1})) == [], "a kill hid what the first one told"
        await writes(out)
        assert teams.pestered(Counter({place.ref: 1})) == [out.conversation]


async def _write_to_who_wants_nothing(fire: Fire[Teams]) -> None:
    """Post to who turned messages off, and to the next one to take the bot out, once they have."""
    gone = await fire.platform.leaves(fire.fleet)
    await fire.books.post(fire.workspace, [*addressed(fire.platform.blocking), *gone], 4, taken=False)
