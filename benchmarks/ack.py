"""How fast the bot answers signed `/mentor` requests, beside a bare Bolt app on the same server.

The real `bothways serve` on SQLite and on PostgreSQL; a stand-in for Slack takes two seconds for every call.
Server, stand-in, database and load are processes of their own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from benchmarks.company import people, settle
from benchmarks.load import MIX, Plan
from benchmarks.processes import ROOT, cpu_milliseconds, server
from benchmarks.shares import shares
from benchmarks.table import table
from sandbox.members import TEAM_ID
from tests.databases import administer, at
from tests.postgres import free_port
from tests.postgres import server as postgres_server
from tests.slack.asgi import SECRET
from tests.stores import KEYS

TOKEN = "xoxb-bench-1"  # noqa: S105 # opens the stand-in alone
SLOW = 2.0
"""Seconds that the stand-in takes to answer."""
AT_ONCE = (10, 50)
KINDS = {
    "help": "`help` (reads)",
    "pairs": "`pairs` (reads)",
    "profile": "`profile` (reads)",
    "change": "`learn …`, `forget …` (write)",
    "window": "`pause` (writes, opens a window)",
}
WARM_UP = 3.0
DATABASE = "bothways_bench"
BARE = "bare Bolt"
INTRODUCTION = """\
Signed `/mentor` requests of sixty people who take part, each in a pair, at the real `bothways serve` in a
process of its own; {seconds:g} seconds a row after a warm-up. A stand-in for Slack takes {slow:g} s for every
call. Ten requests of the mix: {mix}.

The peer, in the same run, is Bolt's own Starlette adapter with a listener that only acknowledges, on the same
uvicorn with the same settings. Median and p99 are the milliseconds until the answer was read; *at once* is
how many requests are under way all the time. CPU is the server process alone, user and system, by /proc.

Load, stand-in and PostgreSQL are processes of their own on the same {cores} cores: rates and p99 tell as much
of the machine's load as of the bot (the peer's show how much), CPU a request and its ratio to the peer tell
less of it. The PostgreSQL is that of the tests, with fsync off; SQLite runs as it always does, with
`synchronous=FULL`.
"""


@dataclass(frozen=True)
class Served:
    """A server under measurement: its name in the table, its process, and what is sent to it."""

    name: str
    process: int
    plan: Plan


@dataclass(frozen=True)
class Figures:
    """What one stretch of requests cost: milliseconds each, CPU of the server alone, requests a second."""

    took: list[float]
    cpu: float
    rate: float

    def cells(self, peer: "Figures") -> tuple[str, ...]:
        """Median, p99, rate, CPU, and how many times the peer's CPU that is."""
        p99 = quantiles(self.took, n=100)[98]
        figures = f"{median(self.took):.1f}", f"{p99:.0f}", f"{self.rate:.0f}", f"{self.cpu:.2f}"
        return (*figures, f"{self.cpu / peer.cpu:.1f}")


FIGURES = ("median ms", "p99 ms", "requests/s", "CPU ms a request", "times bare")


def measure(served: Served, kinds: tuple[str, ...], at_once: int, seconds: float) -> Figures:
    """Send requests of these kinds for some seconds."""
    plan = replace(served.plan, kinds=kinds, at_once=at_once, seconds=seconds)
    before = cpu_milliseconds(served.process)
    command = [sys.executable, "-m", "benchmarks.load", plan.told()]
    sent = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)  # our own
    cpu = cpu_milliseconds(served.process) - before
    took = [one for each in json.loads(sent.stdout).values() for one in each]
    return Figures(took, cpu / len(took), len(took) / seconds)


@contextmanager
def slow_slack() -> Iterator[str]:
    """The stand-in for Slack; the base address of its Web API."""
    port = free_port()
    with server(["-m", "benchmarks.slow_slack"], port, {"SLOW": str(SLOW)}):
        yield f"http://127.0.0.1:{port}/api/"


@contextmanager
def bare() -> Iterator[Served]:
    """The peer, warmed up."""
    port = free_port()
    with server(["-m", "benchmarks.bare"], port, {"SLACK_SIGNING_SECRET": SECRET}) as process:
        served = Served(BARE, process, replace(_plan(port), checked=False))
        measure(served, MIX, 2, WARM_UP)
        yield served


@contextmanager
def bot(name: str, database: str, slack: str) -> Iterator[Served]:
    """The bot with a company in its database, warmed up."""
    settle(database)
    port = free_port()
    environment = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_BASE_URL": slack,
        "DATABASE_URL": database,
        "BOTHWAYS_SECRET_KEYS": KEYS[0],
        "BOTHWAYS_LOG_LEVEL": "ERROR",
        "HOST": "127.0.0.1",
    }
    with server(["-m", "benchmarks.unbounded", "serve"], port, environment) as process:
        served = Served(name, process, _plan(port))
        measure(served, MIX, 2, WARM_UP + SLOW)  # the first answer waits until Slack said who we are
        yield served


def _plan(port: int) -> Plan:
    return Plan(f"http://127.0.0.1:{port}/slack/events", SECRET, TEAM_ID, people(), MIX, 1, WARM_UP)


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """An empty SQLite file, and an empty database on a PostgreSQL of our own, by name."""
    with tempfile.TemporaryDirectory(prefix="bothways-bench-") as folder, postgres_server() as postgres:
        administer(postgres, "CREATE DATABASE {}", DATABASE)
        yield {"SQLite": f"sqlite:///{Path(folder) / 'bench.db'}", "PostgreSQL": at(postgres, DATABASE)}


def compare(peer: Served, served: Served, seconds: float) -> list[tuple[str, ...]]:
    """The mix at the peer and at the bot in turn, so that both meet the same machine."""
    rows = []
    for at_once in AT_ONCE:
        plain = measure(peer, MIX, at_once, seconds)
        rows.append((f"{BARE} beside it", str(at_once), *plain.cells(plain)))
        rows.append((served.name, str(at_once), *measure(served, MIX, at_once, seconds).cells(plain)))
    return rows


def by_kind(peer: Served, served: Served, seconds: float) -> list[tuple[str, ...]]:
    """Each kind alone, ten at once."""
    plain = measure(peer, MIX, AT_ONCE[0], seconds)
    return [
        (served.name, words, *measure(served, (kind,), AT_ONCE[0], seconds).cells(plain))
        for kind, words in KINDS.items()
    ]


def main() -> None:
    """Measure everything and print it as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each stretch lasts")
    seconds = parser.parse_args().seconds
    compared, kinds, parts = [], [], []
    with bare() as peer, slow_slack() as slack, databases() as known:
        for name, database in known.items():
            with bot(name, database, slack) as served:
                compared += compare(peer, served, seconds)
                kinds += by_kind(peer, served, seconds)
                parts.append(
                    (name, shares(served.process, partial(measure, served, MIX, AT_ONCE[0], seconds)))
                )
    mix = "; ".join(f"{words} {MIX.count(kind)}" for kind, words in KINDS.items())
    out = sys.stdout.write
    out(INTRODUCTION.format(seconds=seconds, mix=mix, slow=SLOW, cores=os.cpu_count()))
    out("\n## The mix\n\n" + table(("server", "at once", *FIGURES), compared))
    out("\n## By kind, ten at once\n\n" + table(("server", "kind", *FIGURES), kinds))
    out("\n## Where the CPU goes\n\nShares of the samples in which a thread held Python's lock.\n\n")
    layers = sorted(parts[0][1], key=parts[0][1].__getitem__, reverse=True)
    rows = [(layer, *(f"{found[layer]:.0%}" for _, found in parts)) for layer in layers]
    out(table(("part", *(name for name, _ in parts)), rows))


if __name__ == "__main__":
    main()
