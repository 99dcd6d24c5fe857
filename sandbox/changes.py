"""Who wants to know that something changed."""

import asyncio


class Changes:
    """Wakes listeners; many changes between two looks are one."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Event] = set()
        self.closed = False

    def listen(self) -> asyncio.Event:
        """An event that is set at every change; the listener clears it, and gives it back to `forget`."""
        event = asyncio.Event()
        self._listeners.add(event)
        return event

    def forget(self, event: asyncio.Event) -> None:
        """Stop waking this listener."""
        self._listeners.discard(event)

    def announce(self) -> None:
        """Something that can be seen has changed."""
        for event in self._listeners:
            event.set()

    def close(self) -> None:
        """Let every listener go: the server stops."""
        self.closed = True
        self.announce()
