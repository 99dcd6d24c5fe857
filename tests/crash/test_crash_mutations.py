"""The suite notices when the mechanism is broken: three ways of breaking it, each of which must fail it."""

from dataclasses import replace
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import NullPool, create_engine

from storage.engine import with_driver
from storage.message_records import MessageRecords
from tests.crash.books import Verdict
from tests.crash.child import Mutation
from tests.crash.figures import Figures
from tests.crash.fire import shoot, under_fire
from tests.crash.profile import HURRIED, LONG, SHORT, chosen
from tests.crash.slack import Slack
from tests.crash.teams import Teams
from tests.crash.weather import rough

PATIENCE = {Mutation.NO_SETTLING: 10.0}
LONGEST_PATIENCE = 60.0
"""Seconds until what is not sent counts as lost; what is never settled need not be waited for."""
LIGHT = replace(SHORT, sends=120, kills=3, pace=replace(HURRIED, deadline=5, settle=7))
"""Enough for each way of breaking it to show; what it shows is checked against the same fire unbroken."""

PLATFORMS = (Slack, Teams) if chosen() is LONG else (Slack,)
"""Where clients differ; the rest of the mechanism knows of no platform."""


async def test_without_settling_of_doubt_messages_are_lost(
    sqlite_url: str, tmp_path: Path, figures: Figures
) -> None:
    verdict = await _broken(sqlite_url, tmp_path, Mutation.NO_SETTLING)
    assert any(words.startswith("lost") for words in verdict.problems())
    _note(figures, Mutation.NO_SETTLING, verdict)


async def test_without_a_unique_key_messages_come_twice(
    sqlite_url: str, tmp_path: Path, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    _drop_unique_key(sqlite_url)
    monkeypatch.setattr(MessageRecords, "_there", lambda *_: frozenset())
    verdict = await _broken(sqlite_url, tmp_path, Mutation.NO_UNIQUE_KEY)
    assert verdict.by_once
    assert verdict.beyond_doubt
    _note(figures, Mutation.NO_UNIQUE_KEY, verdict)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_with_client_retries_messages_come_twice(
    sqlite_url: str, tmp_path: Path, figures: Figures, platform: type[Slack | Teams]
) -> None:
    verdict = await _broken(sqlite_url, tmp_path, Mutation.CLIENT_RETRIES, platform)
    assert verdict.by_once or verdict.beyond_doubt
    _note(figures, f"{Mutation.CLIENT_RETRIES}, {platform.__name__}", verdict)


async def test_the_same_fire_finds_nothing_where_nothing_is_broken(sqlite_url: str, tmp_path: Path) -> None:
    assert (await _broken(sqlite_url, tmp_path, Mutation.NONE)).problems() == []


async def _broken(
    url: str, folder: Path, mutation: Mutation, platform: type[Slack | Teams] = Slack
) -> Verdict:
    weather = rough(LIGHT).worse(dropped_after=200)
    async with under_fire((url, url), folder, LIGHT, platform.of(weather), mutation=mutation) as fire:
        await shoot(fire)
        fire.platform.calm()
        return await fire.ended(PATIENCE.get(mutation, LONGEST_PATIENCE))


def _drop_unique_key(url: str) -> None:
    engine = create_engine(with_driver(url), poolclass=NullPool)
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("outbox") as table:
            table.drop_constraint("uq_outbox_workspace_id_key", type_="unique")
    engine.dispose()


def _note(figures: Figures, mutation: str, verdict: Verdict) -> None:
    shown = f"{len(verdict.lost)} lost, {len(verdict.by_once) + len(verdict.beyond_doubt)} doubled"
    figures.note(f"broken on purpose: {mutation}", "the suite fails", f"fails: {shown}", holds=True)
