"""Two web and three worker processes on one PostgreSQL, as operators run them."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from bot.app import RandomIds, wall_clock
from bot.delivery.jobs import Deferrals
from bot.mentoring.ids import address
from bot.mentoring.prompts import AcceptedFirst
from bot.ports import Destination, Kind, Message, NewId, Records
from sandbox.members import TEAM_ID, slack_id
from sandbox.optin import opt_in
from sandbox.people import load_roster
from sandbox.story import prepare
from sandbox.workspace import Workspace
from storage.admission import Admission
from storage.encryption import Keyring
from storage.store import open_store
from tests.fleet import Fleet, Gateway, fleet_of, plain
from tests.knocking import tells_of, told_kindly, types
from tests.loopback import loopback_client
from tests.tree import ROOT

_ROSTER = load_roster(ROOT / "tests" / "data" / "people_60.csv")[:8]
_IDS = {one.id for one in _ROSTER}
PEOPLE = [one if one.manager in _IDS else replace(one, manager=None) for one in _ROSTER]
FULL, SMALL = ("web", "web", "worker", "worker", "worker"), ("web", "worker")
COUNT = "SELECT state, count(*), count(DISTINCT key) FROM outbox GROUP BY state"
_numbers = itertools.count(1)


@pytest.fixture
async def gateway(postgres_url: str) -> AsyncIterator[Gateway]:
    """Give a way to an empty database that can be closed."""
    made = Gateway(postgres_url)
    await made.open()
    yield made
    await made.close()


def counted(fleet: Fleet) -> dict[str, tuple[int, int]]:
    """How many messages there are by state, and how many keys."""
    with psycopg.connect(plain(fleet.direct)) as connection:
        return {state: (count, keys) for state, count, keys in connection.execute(COUNT)}


async def post_for_all(fleet: Fleet, each: int) -> None:
    """Put messages for everybody in the outbox, as one more web process."""
    store = open_store(fleet.direct, Keyring((fleet.key,)), wall_clock, RandomIds())
    Admission(store.workshop, Deferrals(), wall_clock)

    def use(*, records: Records, now: datetime, new_id: NewId) -> None:
        for person, number in itertools.product(PEOPLE, range(each)):
            to = Destination(Kind.PERSON, address("slack", TEAM_ID, slack_id(person.id)))
            records.post(Message(new_id(), to, AcceptedFirst(), now + timedelta(milliseconds=number)))

    await store.run(await store.workspace("slack", TEAM_ID), use)
    store.close()


async def test_people_join_by_two_webs_and_hear_by_three_workers_of_which_two_die(
    gateway: Gateway, postgres_url: str, tmp_path: Path
) -> None:
    async with fleet_of((gateway.url, postgres_url), tmp_path, Workspace(PEOPLE), FULL) as fleet:
        slack = fleet.sandbox.slack
        assert await prepare(slack) is None
        members = [slack.workspace.members[slack_id(person.id)] for person in PEOPLE]
        assert await opt_in(slack, members) == {}
        for child in fleet.running("worker")[:2]:
            child.kill()
        await post_for_all(fleet, 5)
        await fleet.done()
        assert counted(fleet) == {"sent": (40, 40)}
        posts = [one for one in slack.workspace.calls if one.method == "chat.postMessage" and not one.error]
        assert len(posts) == 40
        ended = [asyncio.to_thread(child.stop) for child in fleet.running()]
        assert await asyncio.gather(*ended) == [0, 0, 0]


async def test_a_database_that_refuses_is_told_of_kindly_and_work_goes_on_when_it_is_back(
    gateway: Gateway, postgres_url: str, tmp_path: Path
) -> None:
    async with fleet_of((gateway.url, postgres_url), tmp_path, Workspace(PEOPLE), SMALL) as fleet:
        assert await prepare(fleet.sandbox.slack) is None
        (web,) = fleet.running("web")
        await gateway.close()
        await told_kindly(web)
        async with loopback_client(web.address, 10) as http:
            assert (await http.get("/readyz")).status_code == 503
            assert (await http.get("/healthz")).status_code == 200
        await asyncio.sleep(3)
        await gateway.open()
        await fleet.ready(30)
        assert (await tells_of(web, "U00000099"))[0] == 200
        await fleet.done(30)
        assert len(fleet.running()) == 2


async def test_a_database_that_hangs_is_told_of_within_slacks_time(
    gateway: Gateway, postgres_url: str, tmp_path: Path
) -> None:
    async with fleet_of((gateway.url, postgres_url), tmp_path, Workspace(PEOPLE), SMALL) as fleet:
        assert await prepare(fleet.sandbox.slack) is None
        (web,) = fleet.running("web")
        gateway.hush()
        await told_kindly(web)
        gateway.speak()
        await fleet.ready(30)
        status, said, _ = await types(web, "help")
        assert (status, "/mentor" in said) == (200, True)
