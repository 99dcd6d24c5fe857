"""A workspace of a store, for tests of what records keep."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.mentoring.ids import WorkspaceId
from bot.ports import NewId, Records
from storage.store import Store
from tests.builders import a_participant

T = TypeVar("T")


class Given:
    """A workspace of a store, in which a test does one thing after the other, each in its own transaction."""

    def __init__(self, store: Store, workspace: WorkspaceId) -> None:
        self._store = store
        self._workspace = workspace

    async def __call__(self, use: Callable[[Records], T]) -> T:
        """Do one thing with the records."""

        def work(*, records: Records, now: datetime, new_id: NewId) -> T:  # noqa: ARG001 # a use case's signature
            return use(records)

        return await self._store.run(self._workspace, work)

    async def people(self, *names: str) -> None:
        """Let these take part."""
        for name in names:
            await self(lambda records, name=name: records.save_participant(a_participant(name)))  # type: ignore[misc] # mypy cannot type a default in a lambda
