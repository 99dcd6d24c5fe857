"""What goes out and what comes in: the shapes that storage, delivery and the platforms share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.mentoring.ids import Address, PairId, WorkspaceId
from bot.mentoring.prompts import Prompt
from bot.ports import Destination, NewId, Records

SETTLE = timedelta(seconds=60)
"""How long a send without an outcome stays in doubt before it is settled (DELIVERY §3)."""


class Way(StrEnum):
    """A way out of a workspace, which the platform limits as a whole."""

    POST = "post"
    """New messages."""
    REPLACE = "replace"
    """Messages in the place of others."""
    OPEN = "open"
    """Conversations that are opened before the first message in them."""


@dataclass(frozen=True)
class Rate:
    """At most `per_second` on the whole, and at most `burst` at once."""

    per_second: float
    burst: int


@dataclass(frozen=True)
class Pace:
    """What may leave a workspace: by each way, and to any one destination."""

    ways: Mapping[Way, Rate]
    destination: Rate


UNHURRIED = Pace({way: Rate(1_000, 10_000) for way in Way}, Rate(1_000, 10_000))
"""No limit that anybody would notice; for tests and for platforms without limits."""


@dataclass(frozen=True)
class Outgoing:
    """A message that was claimed and is to be sent now.

    `id` is random and stays the same over attempts; `attempt` counts from 1; it was planned for
    `planned_at`, and before that for `missed_at` where its readers stopped work before it left; it is to
    leave before `closes_at`, None for whatever the hours; after `expires_at` (UTC, None for never) it makes
    no sense any more.
    """

    id: str
    workspace: WorkspaceId
    key: str
    to: Destination
    prompt: Prompt
    attempt: int
    expires_at: datetime | None
    planned_at: datetime | None = None
    missed_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True)
class Sent:
    """The platform took the message; `ref` is its own name for it, empty where it gives none."""

    ref: str = ""


@dataclass(frozen=True)
class Reference:
    """Where a platform reaches one person: their own chat with the bot, the service to ask, their account.

    `blocked`: they want no messages.
    """

    conversation: str
    service: str
    account: str
    blocked: bool = False


class References(Protocol):
    """Where people and teams are reached."""

    async def of(self, workspace: WorkspaceId, who: Address) -> Reference | None:
        """Where somebody is reached; None where they are not."""

    async def keep(self, workspace: WorkspaceId, who: Address, reference: Reference) -> None:
        """Remember where somebody is reached, in place of what was known."""

    async def block(self, workspace: WorkspaceId, who: Address) -> None:
        """Remember that somebody wants no messages, until they write again."""

    async def forget(self, workspace: WorkspaceId, who: Address) -> None:
        """Forget where somebody is reached."""

    async def teams(self, workspace: WorkspaceId) -> dict[str, str]:
        """The teams that the bot was added to, each with its service."""

    async def keep_team(self, workspace: WorkspaceId, team: str, service: str) -> None:
        """Remember a team that the bot was added to."""

    async def forget_team(self, workspace: WorkspaceId, team: str) -> None:
        """Forget a team that the bot was taken out of."""


@dataclass(frozen=True)
class Opening:
    """How far opening a pair's room has come, where a platform makes a new one each time it is asked.

    `room` is empty until the platform has named it; until then nobody knows whether there is one. `over`:
    the pair has none, and gets none any more.
    """

    room: str = ""
    over: bool = False


class Openings(Protocol):
    """What is remembered of opening rooms, so that no pair ever gets two."""

    async def of(self, workspace: WorkspaceId, pair: PairId) -> Opening | None:
        """How far it has come; None where it has not begun."""

    async def begin(self, workspace: WorkspaceId, pair: PairId) -> bool:
        """Remember that the platform will be asked, before it is; False where it may have been already."""

    async def undo(self, workspace: WorkspaceId, pair: PairId) -> None:
        """It was asked and certainly made none: forget that it began."""

    async def made(self, workspace: WorkspaceId, pair: PairId, room: str) -> bool:
        """Remember the room; False where it was given up meanwhile."""

    async def give_up(self, workspace: WorkspaceId, pair: PairId) -> None:
        """The pair has no room, and gets none any more."""


class Refused(Exception):
    """The platform did not take the message, and this is certain.

    `code` is the platform's word for why. `permanent`: another try cannot help. `retry_after`: seconds
    (wall-clock and programme clock alike) before the next try, None where the platform names none; `way`:
    what has to wait for so long in the whole workspace, None where only this message does.
    """

    def __init__(
        self,
        code: str,
        *,
        retry_after: float | None = None,
        permanent: bool = False,
        way: Way | None = None,
    ) -> None:
        super().__init__(code)
        self.way = way
        self.code = code
        self.retry_after = retry_after
        self.permanent = permanent


class Held(Refused):
    """It was not even tried: our own budget of a way is used up for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__("held", retry_after=seconds)


class Messenger(Protocol):
    """Sends messages on one platform."""

    async def send(self, workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Send once, without trying again by itself.

        Raises:
            Refused: the platform certainly did not take it. Anything else that is raised, a time-out
                included, leaves in doubt whether the message arrived.
        """


@dataclass(frozen=True)
class Settled:
    """What became of messages in doubt: how many wait to be sent again, how many stay unknown."""

    again: int
    unknown: int


@dataclass(frozen=True)
class MailState:
    """How mail stands over all workspaces: ages of the oldest, messages by state, ways that rest.

    Messages that ended are counted for a day.
    """

    outbox_age: timedelta
    inbox_age: timedelta
    in_flight_age: timedelta
    outbox: Mapping[str, int]
    resting: int


class Outbox(Protocol):
    """The messages that wait, over all workspaces, for the one who sends them."""

    async def claim(self, now: datetime, most: int) -> tuple[Outgoing, ...]:
        """Mark up to `most` due messages as being sent, commit that, and give them.

        Of each destination only the first in line, and none while one is on its way there.
        """

    async def claim_one(self, workspace: WorkspaceId, key: str, now: datetime) -> Outgoing | None:
        """The same for one message by its id; None where it does not wait, or its moment has not come."""

    async def next_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which a message may leave; None where none waits."""

    async def sent(self, row: Outgoing, ref: str, now: datetime) -> bool:
        """Record that it arrived; False where it was claimed anew meanwhile, so that it may come twice."""

    async def wait(self, row: Outgoing, until: datetime, way: Way | None, now: datetime) -> None:
        """Record that it was refused for now; what stands behind it in line, or goes that way, waits too."""

    async def doubt(self, row: Outgoing, now: datetime) -> int:
        """Record that nobody knows whether it arrived; how many sends in a row it was, now, of its way."""

    async def fail(self, row: Outgoing, problem: str, now: datetime) -> None:
        """Record that it will never be taken."""

    async def settle(self, now: datetime, before: datetime, spare: frozenset[str]) -> Settled:
        """Decide about messages claimed before `before` without an outcome, those in `spare` excepted.

        What may come twice waits to be sent again; what must not is left unknown.
        """

    async def clock_went_back(self, now: datetime) -> None:
        """Let no limit last that a clock made which was ahead; it is `now` again."""

    async def clear(self, before: datetime) -> int:
        """Remove the rows that ended before a moment; how many."""


@dataclass(frozen=True)
class Incoming:
    """An event that waits to be handled: its workspace, the key that makes it one, and its kind."""

    workspace: WorkspaceId
    key: str
    kind: str


class Handle(Protocol):
    """Handles an event inside the transaction that marks it as handled."""

    def __call__(self, kind: str, facts: bytes, *, records: Records, now: datetime, new_id: NewId) -> None:
        """Do what the event asks for; `facts` is its body as it was taken."""


class Inbox(Protocol):
    """The events that wait, over all workspaces."""

    async def waiting(
        self, now: datetime, most: int, workspace: WorkspaceId | None = None
    ) -> tuple[Incoming, ...]:
        """Up to `most` events whose turn has come, oldest first, over all workspaces or of one."""

    async def next_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which an event's turn comes; None where none waits."""

    async def handle(self, one: Incoming, handle: Handle) -> None:
        """Handle one event and mark it, in one transaction; nothing where that was done already."""

    async def stumble(self, one: Incoming, incident: str, now: datetime) -> bool:
        """Record that handling failed; True where it was the last try and the event is given up."""

    async def clear(self, before: datetime) -> int:
        """Remove the rows that came in before a moment and do not wait; how many."""


Wake = Callable[[], None]
"""Tells whoever waits that there is work; may be called from any thread."""
