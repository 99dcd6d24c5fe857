"""What an edge asks of the store."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.mail import Way
from bot.mentoring.ids import Address, WorkspaceId
from bot.mentoring.prompts import Prompt

T = TypeVar("T")


class Store(Protocol):
    """Runs uses in transactions; each use also gets `records`, `now` and `new_id` by name."""

    async def workspace(self, platform: str, team: str, enterprise: str = "") -> WorkspaceId:
        """The workspace of a platform's own ids; an unknown one is made."""

    async def run(self, workspace: WorkspaceId, use: Callable[..., T], *args: object) -> T:
        """Run `use(*args, records=…, now=…, new_id=…)` in one transaction."""

    async def read(self, workspace: WorkspaceId, use: Callable[..., T], *args: object) -> T:
        """The same for a use that only reads: nothing of it is kept, and writing in it is an error."""

    async def allow(self, workspace: WorkspaceId, way: Way) -> float:
        """0 where one call may go this way now, which is then taken; else the seconds until one may."""

    async def direct(self, workspace: WorkspaceId, who: Address) -> Address | None:
        """The conversation with one person, where it was opened before."""

    async def keep_direct(self, workspace: WorkspaceId, who: Address, conversation: Address | None) -> None:
        """Remember the conversation with one person; None forgets it."""

    async def arrived(self, workspace: WorkspaceId, message: str, ref: str) -> None:
        """A message of the outbox turned out to have arrived; `ref` is the platform's name for it."""

    async def once(
        self, workspace: WorkspaceId, key: str, kind: str, use: Callable[..., Prompt], *args: object
    ) -> Prompt:
        """The same, the first time `key` is seen; afterwards the answer of that time, without running."""

    async def take(self, workspace: WorkspaceId, key: str, kind: str, body: bytes) -> bool:
        """Keep an event until it is handled; whether it is new."""
