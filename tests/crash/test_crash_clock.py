"""Clocks are five hours wrong, each way, and put right: nothing is missed, nothing is said again."""

import time
from datetime import datetime, timedelta
from pathlib import Path

from bot.mentoring.ids import Address, address
from bot.ports import NewId, Records
from sandbox.members import TEAM_ID
from tests.crash.child import Order
from tests.crash.figures import Figures
from tests.crash.fire import ALONE, Fire, under_fire
from tests.crash.paused import WELCOME_BACK, found, pause
from tests.crash.profile import Profile
from tests.crash.slack import Slack
from tests.crash.weather import CALM
from tests.fleet import now

HOURS = 5.0
AT_ONCE = 5.0
"""Seconds: the watchdog looks each second, a tick comes each second, and a test machine is busy."""


async def test_one_process_goes_on_when_its_clock_is_set(
    sqlite_url: str, tmp_path: Path, profile: Profile, figures: Figures
) -> None:
    clock = WrongClock(tmp_path / "wall")
    order = Order(pace=profile.hurried().pace, wall=str(clock.file))
    urls = (sqlite_url, sqlite_url)
    async with under_fire(
        urls, tmp_path, profile, Slack.of(CALM), roles=ALONE, order=order, clock=clock
    ) as fire:
        await fire.books.run(fire.workspace, found)
        member = fire.platform.members[0]
        who = address("slack", TEAM_ID, member)
        await fire.books.run(fire.workspace, _away_for_three_hours, who)
        slowest = 0.0
        for hours in (0.0, HOURS, 0.0, -HOURS, 0.0, HOURS):
            clock.set(hours)
            slowest = max(slowest, await _sent_within(fire))
        verdict = await fire.ended(60)
        assert verdict.problems() == [], fire.words()
        assert fire.platform.in_direct([member], WELCOME_BACK).total() == 1
        assert slowest < AT_ONCE
    figures.note(
        "clock set by five hours, SQLite: slowest to go on",
        "≤ 2 s + a tick",
        f"{slowest:.1f} s",
        holds=slowest <= 3.0,
    )


async def test_workers_whose_clocks_are_wrong_go_by_the_databases(
    postgres_url: str, tmp_path: Path, profile: Profile, figures: Figures
) -> None:
    early, late = WrongClock(tmp_path / "early"), WrongClock(tmp_path / "late")
    urls = (postgres_url, postgres_url)
    async with under_fire(urls, tmp_path, profile, Slack.of(CALM), roles=("web",)) as fire:
        for clock, hours in ((early, HOURS), (late, -HOURS)):
            clock.set(hours)
            order = Order(pace=profile.hurried().pace, wall=str(clock.file))
            fire.fleet.start("worker", **order.environment())
        await fire.fleet.ready()
        await fire.books.run(fire.workspace, found)
        member = fire.platform.members[0]
        await fire.books.run(fire.workspace, _away_for_three_hours, address("slack", TEAM_ID, member))
        slowest = await _sent_within(fire)
        early.set(-HOURS)
        late.set(HOURS)
        slowest = max(slowest, await _sent_within(fire))
        verdict = await fire.ended(60)
        assert verdict.problems() == [], fire.words()
        assert fire.platform.in_direct([member], WELCOME_BACK).total() == 0, "the pause is not over"
        assert slowest < AT_ONCE
    figures.note(
        "workers' clocks ± five hours, PostgreSQL: slowest to go on",
        "≤ 2 s + a tick",
        f"{slowest:.1f} s",
        holds=slowest <= 3.0,
    )


class WrongClock:
    """A machine's clock, wrong by what stands in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._hours = 0.0

    def __call__(self) -> datetime:
        """What it shows."""
        return now() + timedelta(hours=self._hours)

    def set(self, hours: float) -> None:
        """Let it be wrong by so much."""
        self._hours = hours
        self.file.write_text(str(hours * 3600))


def _away_for_three_hours(who: Address, *, records: Records, now: datetime, new_id: NewId) -> None:
    pause(0, who, now + timedelta(hours=3), records=records, now=now, new_id=new_id)


async def _sent_within(fire: Fire[Slack]) -> float:
    """Post some messages; the seconds until all of them are sent."""
    before = time.monotonic()
    await fire.post(10)
    await fire.fleet.done(30)
    return time.monotonic() - before
