"""A process dies at every named point, one after the other; everything arrives all the same."""

import time
from datetime import datetime
from pathlib import Path

from bot.failpoints import Point
from bot.mentoring.ids import Address, address
from bot.ports import Destination, Kind, NewId, Records
from sandbox.members import TEAM_ID
from tests.crash.figures import Figures
from tests.crash.fire import ALONE, Fire, under_fire
from tests.crash.paused import WELCOME_BACK, found, pause
from tests.crash.postman import Postman
from tests.crash.profile import Profile
from tests.crash.slack import GONE, Slack, addressed
from tests.crash.weather import CALM

PATIENCE = 60.0
EACH = 6
"""Messages posted for each point."""
WEB = (Point.INBOX_TAKE_BEFORE_COMMIT, Point.INBOX_TAKE_AFTER_COMMIT)


async def test_a_death_at_any_named_point_loses_nothing(
    database_url: str, tmp_path: Path, profile: Profile, figures: Figures
) -> None:
    roles = ALONE if database_url.startswith("sqlite") else ("web", "worker")
    points = list(Point) if roles is ALONE else list(Point)[:: profile.every]
    async with under_fire(
        (database_url, database_url), tmp_path, profile.hurried(), Slack.of(CALM), roles=roles
    ) as fire:
        await fire.books.run(fire.workspace, found)
        postman = Postman(fire.fleet, fire.draw)
        members = fire.platform.members
        for number, point in enumerate(points):
            await _work(fire, number, members[number])
            await _die_at(fire, point, postman)
            fire.platform.limits.tight = frozenset()
        for role in roles:
            if not fire.fleet.running(role):
                fire.fleet.start(role)
        await fire.fleet.ready()
        while postman.bag:
            await postman.bring()
        verdict = await fire.ended(PATIENCE)
        assert verdict.problems() == [], fire.words()
        assert fire.reached == points
        assert fire.books.handled() == postman.told
        back = fire.platform.in_direct(members, WELCOME_BACK)
        assert all(back[member] for member in members[: len(points)])
        assert back.total() - len(points) <= fire.books.doubts("pause-ended:")
        store = "SQLite" if roles is ALONE else "PostgreSQL"
        what = f"a death at each of {len(points)} named points, {store}: lost, doubled beyond doubt"
        figures.note(what, "0, 0", f"{len(verdict.lost)}, {len(verdict.beyond_doubt)}", holds=True)


async def _die_at(fire: Fire[Slack], point: Point, postman: Postman) -> None:
    """Let a process work until it dies at a point."""
    role = "all" if fire.fleet.children[0].role == "all" else "web" if point in WEB else "worker"
    for child in fire.fleet.running(role):
        await fire.kill(child)
    for other in {one.role for one in fire.fleet.children} - {role}:
        if not fire.fleet.running(other):
            fire.fleet.start(other)
    armed = fire.fleet.start(role, BOTHWAYS_FAILPOINTS=f"{point}=kill")
    until = time.monotonic() + PATIENCE
    postman.write(2)
    while not await fire.dies(armed, 0.2):
        assert time.monotonic() < until, f"{point} was not reached: {fire.words()}"
        await postman.bring()
    fire.reached.append(point)


async def _work(fire: Fire[Slack], number: int, person: str) -> None:
    """Give a process a reason to pass every point."""
    crowd = addressed(TEAM_ID, fire.platform.channels(f"crowd-{number}", 1))
    fire.platform.limits.tight = frozenset(place.ref.rpartition(":")[2] for place in crowd)
    gone = [Destination(Kind.CHANNEL, address("slack", TEAM_ID, GONE))]
    await fire.books.post(fire.workspace, gone, 1, taken=False)
    await fire.books.post(fire.workspace, crowd, 1)
    await fire.post(EACH)
    await fire.books.run(fire.workspace, _pause_over, number, address("slack", TEAM_ID, person))


def _pause_over(number: int, who: Address, *, records: Records, now: datetime, new_id: NewId) -> None:
    pause(number, who, now, records=records, now=now, new_id=new_id)
