"""The bot as a process that begins with its modules loaded: a copy of one that has only loaded them.

Loading them takes two seconds of a processor, which a test that starts a hundred processes does not have.
`python -m bot` itself is started in tests/app.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import connection
from pathlib import Path

from tests.tree import ROOT

LOADED = ("bot.__main__", "tests.crash.child", "tests.teams.loaded")
"""What the process that is copied has loaded."""
_COPIES = multiprocessing.get_context("forkserver")
_COPIES.set_forkserver_preload(list(LOADED))


class Forked:
    """One process that runs `program` with these words on its command line, this environment and this log."""

    def __init__(
        self, program: Callable[[], None], words: Sequence[str], environment: Mapping[str, str], log: Path
    ) -> None:
        given = (program, tuple(words), dict(environment), log)
        self._process = _COPIES.Process(target=_run, args=given, daemon=True)
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid
        self._sentinel = self._process.sentinel
        self._looking = threading.Lock()

    @property
    def returncode(self) -> int | None:
        """The exit code, or the negative number of the signal that ended it; None while it runs."""
        with self._looking:  # whoever looks first takes the code off a pipe
            return self._process.exitcode

    def wait(self, seconds: float | None = None) -> int:
        """Wait until it has ended, so long at most; TimeoutError where it still runs then."""
        until = None if seconds is None else time.monotonic() + seconds
        while (code := self.returncode) is None:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                raise TimeoutError(f"process {self.pid} still runs")
            connection.wait([self._sentinel], left)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal, unless it has ended."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as `kill -9` does."""
        self.send_signal(signal.SIGKILL)


def _run(program: Callable[[], None], words: tuple[str, ...], environment: dict[str, str], log: Path) -> None:
    """Become what a process of that program is that was started by itself."""
    os.chdir(ROOT)
    opened = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (1, 2):
        os.dup2(opened, stream)
    os.close(opened)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["bothways", *words]
    program()
