"""A process that claims what waits and dies as if by `kill -9` in the middle of sending; for a test."""

import asyncio
import os
import sys
from pathlib import Path

from bot.delivery.counters import Counters
from bot.delivery.dispatcher import LocalDispatcher
from bot.delivery.sending import Sender
from bot.mail import Outgoing, Sent
from bot.mentoring.ids import WorkspaceId
from storage.encryption import Keyring
from storage.store import open_store
from tests.stores import KEYS, CountedIds, TickingClock

EXIT = 9


class Deadly:
    """Writes down what arrived, and dies before it can say so."""

    def __init__(self, arrived: Path) -> None:
        self._arrived = arrived

    async def send(self, workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Let the message arrive, and die once as many have as the test said."""
        assert workspace
        with self._arrived.open("a") as file:
            file.write(f"{row.key}\n")
        if len(self._arrived.read_text().splitlines()) == int(sys.argv[3]):
            os._exit(EXIT)
        return Sent()


async def main(url: str, arrived: Path) -> None:
    """Send until death."""
    clock = TickingClock()
    store = open_store(url, Keyring(KEYS), clock, CountedIds())
    await LocalDispatcher(
        store.outbox, Sender(store.outbox, Deadly(arrived), clock, Counters()), clock, at_once=1
    ).drain()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
