"""How much one person and one workspace may ask of the bot within a minute.

The bound holds in each process by itself, in its memory: with several replicas a person may do as many times
more as there are replicas. That is accepted. The bound keeps one person from holding up the others, it is
no right that has to be counted to the last request; in the database it would cost every request a write
before anything else is done, most of all when there is too much to do.

It is counted exactly, over the minute that ends now, by the wall clock: the demonstration skips the
programme's time. Libraries for this (`limits`, looked at in version 5.8) read a clock of their own and start
a task and a thread at every request; what is needed here are twenty moments a person.
"""

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from math import ceil

from bot.mentoring.ids import Address, WorkspaceId

WINDOW = 60.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Bound:
    """How many requests of a kind a person, and a whole workspace, may make within WINDOW."""

    person: int
    workspace: int


class Kind(Enum):
    """Kinds of requests, each with its bound."""

    ACT = Bound(person=20, workspace=300)
    """Commands, buttons and forms that are sent."""
    TYPING = Bound(person=120, workspace=1_800)
    """What a platform asks while somebody fills a form in: at every letter, at every choice."""
    TOLD = Bound(person=1, workspace=60)
    """Messages that tell somebody to wait, where each takes a call of its own."""


_Who = tuple[Kind, str]
"""A person, or a workspace, and a kind of request."""
_Passed = tuple[float, str]
"""When a request was let through, and its key."""


class Limits:
    """Counts what was let through; `wall` gives seconds since the epoch.

    Without `per_workspace` people are bounded and the workspace is not: for the demonstration, in which
    a script lets sixty people act within seconds.
    """

    def __init__(self, wall: Callable[[], float], *, per_workspace: bool = True) -> None:
        self._wall = wall
        self._per_workspace = per_workspace
        self._passed: OrderedDict[_Who, deque[_Passed]] = OrderedDict()

    def wait(self, kind: Kind, workspace: WorkspaceId, person: Address, key: str) -> int:
        """Whole seconds until the request `key` may be made; 0: it may now, and is counted.

        What is refused is not counted, so whoever waits as long gets through. What passed and is sent once
        more passes again, so that it gets the answer it got.
        """
        now, bounds = self._wall(), [((kind, str(person)), kind.value.person)]
        if any(key == again for _, again in self._passed.get(bounds[0][0], ())):
            return 0
        if self._per_workspace:
            bounds.append(((kind, str(workspace)), kind.value.workspace))
        longest = max(self._left(who, most, now) for who, most in bounds)
        if longest > 0:
            return ceil(longest)
        for who, _ in bounds:
            self._passed.setdefault(who, deque()).append((now, key))
            self._passed.move_to_end(who)
        self._drop_the_old(now)
        return 0

    def forget(self) -> None:
        """Begin to count anew."""
        self._passed.clear()

    def _left(self, who: _Who, most: int, now: float) -> float:
        """Seconds until one more fits."""
        passed = self._passed.get(who, deque())
        while passed and not 0 <= now - passed[0][0] < WINDOW:  # a clock that was set back frees too
            passed.popleft()
        return passed[0][0] + WINDOW - now if len(passed) >= most else 0.0

    def _drop_the_old(self, now: float) -> None:
        """Forget whom nothing is held against any more; the least recent stand first."""
        while self._passed:
            who, passed = next(iter(self._passed.items()))
            if passed and 0 <= now - passed[-1][0] < WINDOW:
                return
            del self._passed[who]
