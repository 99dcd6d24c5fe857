"""A process that dies between a claim and its outcome loses nothing and doubles only what it may."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from bot.delivery.counters import Counters
from bot.delivery.dispatcher import LocalDispatcher
from bot.delivery.sending import Sender
from bot.mail import Outgoing, Sent
from bot.mentoring.ids import WorkspaceId
from bot.mentoring.prompts import AcceptedFirst, PairQuiet
from bot.ports import NewId, Records
from storage.store import Store
from tests.builders import a_message
from tests.stores import TickingClock
from tests.tree import ROOT

SENDER = ROOT / "tests" / "delivery" / "killed_sender.py"


class Honest:
    """Writes down what arrived, and says so."""

    def __init__(self, arrived: Path) -> None:
        self._arrived = arrived

    async def send(self, workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Let the message arrive."""
        assert workspace
        with self._arrived.open("a") as file:
            file.write(f"{row.key}\n")
        return Sent()


def kill_at(url: str, arrived: Path, count: int) -> None:
    """Send from a process that dies when `count` messages have arrived."""
    command = [sys.executable, str(SENDER), url, str(arrived), str(count)]
    ended = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=False, timeout=60)
    assert ended.returncode == 9


async def test_a_process_killed_in_the_middle_of_sending_loses_nothing(
    store: Store, workspace: WorkspaceId, clock: TickingClock, database_url: str, tmp_path: Path
) -> None:
    arrived = tmp_path / "arrived"

    def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        for number in range(6):
            prompt = PairQuiet() if number % 2 else AcceptedFirst()
            records.post(a_message(f"m{number}", to=f"p{number}", prompt=prompt))

    await store.run(workspace, use)
    kill_at(database_url, arrived, 3)
    counters = Counters()
    dispatcher = LocalDispatcher(store.outbox, Sender(store.outbox, Honest(arrived), clock, counters), clock)
    await dispatcher.start()
    await dispatcher.drain()
    assert arrived.read_text().split() == ["m0", "m1", "m2", "m2", "m3", "m4", "m5"]
    assert (counters.again, counters.unknown) == (1, 0)


async def test_a_process_killed_in_the_middle_of_sending_doubles_nothing_that_must_not_come_twice(
    store: Store, workspace: WorkspaceId, clock: TickingClock, database_url: str, tmp_path: Path
) -> None:
    arrived = tmp_path / "arrived"

    def use(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
        for number in range(4):
            records.post(a_message(f"m{number}", to=f"p{number}", prompt=PairQuiet()))

    await store.run(workspace, use)
    kill_at(database_url, arrived, 2)
    counters = Counters()
    dispatcher = LocalDispatcher(store.outbox, Sender(store.outbox, Honest(arrived), clock, counters), clock)
    await dispatcher.start()
    await dispatcher.drain()
    assert arrived.read_text().split() == ["m0", "m1", "m2", "m3"]
    assert (counters.again, counters.unknown) == (0, 1)
