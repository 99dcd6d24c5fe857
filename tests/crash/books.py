"""What the suite puts in the outbox, and what became of it: counted by business key on both sides."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine, func, select, text

from bot.app import RandomIds, wall_clock
from bot.delivery.jobs import Deferrals
from bot.mentoring.ids import PairId, WorkspaceId
from bot.mentoring.prompts import Prompt, TimesTaken, Welcome, Whom
from bot.mentoring.prompts.base import Doubt
from bot.ports import Clock, Destination, Message, NewId, Records
from sandbox.draw import Draw
from storage.admission import Admission
from storage.encryption import Keyring
from storage.engine import is_sqlite, with_driver
from storage.mail_tables import Handling, InboxRow, OutboxRow, Sending
from storage.store import open_store
from tests.crash.platform import Copy, Platform

OUTBOX, INBOX = OutboxRow.__table__, InboxRow.__table__
LEDGER = Path(__file__).parent / "ledger"
REFUSED = (Sending.FAILED, Sending.IN_DOUBT)
"""How a message ends that is refused for good; the latter where a kill hid the refusal."""
ONCE_IN = 3
"""Of so many messages one must not come twice."""


def prompt_of(key: str) -> Prompt:
    """A real prompt whose words name a business key: those that end in `o` must not come twice."""
    if key.endswith("o"):
        return Welcome(programme=key, purpose="", next_round_at=None)
    return TimesTaken(Whom(PairId("pair"), partner=key, zone="UTC"))


def keep_ledger(engine: Engine) -> None:
    """Let the database itself note each message whose doubt was settled, in the settling transaction.

    No process can be asked for that count once it was killed.
    """
    kind = "sqlite" if engine.dialect.name == "sqlite" else "postgresql"
    with engine.begin() as connection:
        for statement in (LEDGER / f"{kind}.sql").read_text().split(";;"):
            connection.execute(text(statement))


@dataclass
class Verdict:
    """What a run came to; `doubled` counts copies too many, `by_once` those of what must not come twice."""

    posted: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: int = 0
    beyond_doubt: list[str] = field(default_factory=list)
    """Keys that came more often than their doubts explain."""
    by_once: list[str] = field(default_factory=list)
    in_doubt: int = 0
    unknown: int = 0
    """Of what must not come twice: left open whether it came, and it did not."""
    wrong_end: list[str] = field(default_factory=list)
    """Keys that should have been refused for good, or taken, and were not."""
    pestered: list[str] = field(default_factory=list)
    """Who was written to though they want nothing."""
    early: int = 0
    limited: int = 0
    kills: int = 0
    seconds: float = 0.0
    """From the last kill until all was sent."""

    def count(self, key: str, copies: int, state: Sending | None, doubt: Doubt | None, doubts: int) -> None:
        """Count what became of a message that is taken: how often it came, and how its row ended."""
        self.posted += 1
        if not copies and doubt is Doubt.AT_MOST_ONCE and state is Sending.IN_DOUBT:
            self.unknown += 1
        elif not copies:
            self.lost.append(key)
        self.doubled += max(copies - 1, 0)
        if doubt is Doubt.AT_MOST_ONCE and copies > 1:
            self.by_once.append(key)
        elif copies - 1 > doubts:
            self.beyond_doubt.append(key)

    def problems(self) -> list[str]:
        """What must not be; empty where the mechanism holds."""
        found = {
            f"lost: {self.lost[:5]} of {len(self.lost)}": self.lost,
            f"twice, which must not be: {self.by_once[:5]}": self.by_once,
            f"more copies than doubts: {self.beyond_doubt[:5]}": self.beyond_doubt,
            f"ended wrongly: {self.wrong_end[:5]}": self.wrong_end,
            f"written to, who wants nothing: {self.pestered[:5]}": self.pestered,
            f"{self.early} calls before Retry-After": self.early,
        }
        return [words for words, there in found.items() if there]


class Books:
    """Posts messages as one more process does, and reads the rows."""

    def __init__(self, url: str, key: str, draw: Draw, platform: Platform, clock: Clock = wall_clock) -> None:
        self._platform = platform
        self._store = open_store(url, Keyring((key,)), clock, RandomIds(), platform.pace)
        if not is_sqlite(url):
            Admission(self._store.workshop, Deferrals(), clock, self._store.pace)
        self.engine = create_engine(with_driver(url), poolclass=NullPool)
        self._draw = draw
        self._numbers = itertools.count(1)
        self._posted: dict[str, list[Copy]] = {}
        """The keys posted, and what each has to come to."""
        self._refused: set[str] = set()
        """Those of them that the platform does not take."""
        keep_ledger(self.engine)

    async def workspace(self, team: str) -> WorkspaceId:
        """The workspace of a team."""
        return await self._store.workspace(self._platform.name, team)

    async def post(
        self, workspace: WorkspaceId, places: Sequence[Destination], count: int, *, taken: bool = True
    ) -> list[str]:
        """Put new messages in the outbox, to random places; twice, as a source that repeats itself."""
        numbers = list(itertools.islice(self._numbers, count))
        keys = [f"k{one:06d}{'o' if one % ONCE_IN == 0 else 'r'}" for one in numbers]
        chosen = {key: self._draw.choice(places) for key in keys}
        self._posted |= {key: self._platform.copies(key, place) for key, place in chosen.items()}
        self._refused |= set() if taken else set(keys)

        def use(*, records: Records, now: datetime, new_id: NewId) -> None:
            del new_id
            for number, (key, place) in enumerate(chosen.items()):
                moment = now + timedelta(microseconds=number)
                records.post(Message(key, place, prompt_of(key), moment))

        for _ in range(2):
            await self._store.run(workspace, use)
        return keys

    async def run(self, workspace: WorkspaceId, use: object, *args: object) -> None:
        """Run a use case."""
        assert callable(use)
        await self._store.run(workspace, use, *args)

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()
        self.engine.dispose()

    def states(self) -> Counter[str]:
        """How many rows there are in each state."""
        with self.engine.connect() as connection:
            return Counter(str(state) for state in connection.scalars(select(OUTBOX.c.state)))

    def handled(self) -> int:
        """How many events were handled, each in one transaction with its effects."""
        done = select(func.count()).select_from(INBOX).where(INBOX.c.state == Handling.DONE)
        with self.engine.connect() as connection:
            return connection.scalar(done) or 0

    def doubts(self, start: str) -> int:
        """How often doubts were settled about messages whose keys begin so."""
        with self.engine.connect() as connection:
            return sum(count for key, count in _doubts(connection).items() if key.startswith(start))

    async def verdict(self) -> Verdict:
        """Hold what was posted against what arrived."""
        return await asyncio.to_thread(self._verdict)

    def _verdict(self) -> Verdict:
        arrived, limits = self._platform.arrived(), self._platform.limits
        with self.engine.connect() as connection:
            rows = connection.execute(select(OUTBOX.c.key, OUTBOX.c.state, OUTBOX.c.doubt)).all()
            doubts = _doubts(connection)
        end = {key: (state, doubt) for key, state, doubt in rows}
        found = Verdict(in_doubt=doubts.total())
        found.early, found.limited = limits.early.total(), limits.answered
        found.pestered = self._platform.pestered(self._by_ref(doubts))
        for key, copies in self._posted.items():
            for copy in copies:
                there = len(arrived.get(copy.arrival, ()))
                state, doubt = end.get(copy.row) or end.get(key) or (None, None)
                if key in self._refused:
                    found.posted += 1
                    found.wrong_end += [key] if there or state not in REFUSED else []
                else:
                    found.count(copy.row, there, state, doubt, doubts[copy.row])
        return found

    def _by_ref(self, doubts: Counter[str]) -> Counter[str]:
        """How often doubts were settled about what goes to each place."""
        found: Counter[str] = Counter()
        for copies in self._posted.values():
            for copy in copies:
                found[copy.ref] += doubts[copy.row]
        return found


def _doubts(connection: Connection) -> Counter[str]:
    """How often the doubt about each key was settled."""
    return Counter(connection.scalars(text("SELECT key FROM crash_doubt")).all())
