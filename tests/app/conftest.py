"""Running commands in this process, as the command line does."""

import os
import sys
from typing import NamedTuple, Protocol

import pytest

from bot import __main__


class Done(NamedTuple):
    """What came of a command."""

    code: int
    out: str
    err: str


class Command(Protocol):
    """Runs a command in this process, with nothing in the environment but what is given."""

    def __call__(self, *arguments: str, **values: str) -> Done:
        """Run it to its end."""


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Give a way to run commands without a process for each."""
    monkeypatch.setattr(__main__, "configure", lambda _level: None)

    def run(*arguments: str, **values: str) -> Done:
        with monkeypatch.context() as here:
            here.setattr(sys, "argv", ["bothways", *arguments])
            for name in [
                name for name in os.environ if name.startswith(("SLACK_", "BOTHWAYS_", "DATABASE_"))
            ]:
                here.delenv(name)
            for name, value in values.items():
                here.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                __main__.main()
        said = capsys.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)

    return run
