"""Servers that answer `/mentor`: the bot before slow stand-ins, and a bare Bolt app; what requests cost."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, median, quantiles

from benchmarks.company import people, settle
from benchmarks.load import MIX, Plan
from benchmarks.processes import ROOT, cpu_milliseconds, server
from sandbox.members import TEAM_ID
from tests.databases import administer, at
from tests.postgres import free_port
from tests.postgres import server as postgres_server
from tests.slack.asgi import SECRET
from tests.stores import KEYS

TOKEN = "xoxb-bench-1"  # noqa: S105 # opens the stand-in alone
SLOW = 2.0
"""Seconds that the stand-ins take to answer."""
WARM_UP = 3.0
BARE = "bare Bolt"
FIGURES = ("median ms", "p99 ms", "requests/s", "CPU ms a request")


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

    @classmethod
    def of(cls, stretches: Sequence["Figures"]) -> "Figures":
        """The figures of several stretches that were as long as each other."""
        took = [one for each in stretches for one in each.took]
        cpu = sum(each.cpu * len(each.took) for each in stretches) / len(took)
        return cls(took, cpu, mean(each.rate for each in stretches))

    @property
    def p99(self) -> float:
        """Milliseconds within which 99 in a hundred were answered."""
        return quantiles(self.took, n=100)[98]

    def cells(self) -> tuple[str, ...]:
        """Median, p99, rate and CPU."""
        return f"{median(self.took):.1f}", f"{self.p99:.0f}", f"{self.rate:.0f}", f"{self.cpu:.2f}"


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
def bot(name: str, database: str, slack: str, teams: Mapping[str, str]) -> Iterator[Served]:
    """The bot with a company in its database, warmed up; `teams` is its environment for Teams, if any."""
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
        **teams,
    }
    with server(["-m", "benchmarks.unbounded", "serve"], port, environment) as process:
        served = Served(name, process, _plan(port))
        measure(served, MIX, 2, WARM_UP + SLOW)  # the first answer waits until Slack said who we are
        yield served


def _plan(port: int) -> Plan:
    return Plan(f"http://127.0.0.1:{port}/slack/events", SECRET, TEAM_ID, people(), MIX, 1, WARM_UP)


@contextmanager
def databases(count: int) -> Iterator[dict[str, list[str]]]:
    """So many empty SQLite files, and as many databases on a PostgreSQL of our own, by name."""
    with tempfile.TemporaryDirectory(prefix="bothways-bench-") as folder, postgres_server() as postgres:
        names = [f"bothways_bench_{number}" for number in range(count)]
        for name in names:
            administer(postgres, "CREATE DATABASE {}", name)
        yield {
            "SQLite": [f"sqlite:///{Path(folder) / name}.db" for name in names],
            "PostgreSQL": [at(postgres, name) for name in names],
        }
