"""How fast Slack is answered by a bot that serves Teams too, beside one that does not, in one run."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from benchmarks.load import MIX
from benchmarks.processes import ROOT, server
from benchmarks.served import FIGURES, SLOW, Figures, Served, bot, databases, measure
from benchmarks.table import table
from benchmarks.teams_load import KINDS, Answered, Visit, visit
from tests.postgres import free_port
from tests.teams.stand_in import APP, SECRET, TENANT, Microsoft

AT_ONCE = 10
WITHIN = 1.2
"""How many times Slack's p99 without Teams its p99 with Teams may be."""
INTRODUCTION = """\
## Slack beside Teams, ten at once

Two bots with as many people, one of which serves Teams as well; the same mix of Slack's requests at each in
turn, {rounds} rounds of {seconds:g} seconds. While the second one is asked, requests of Teams come to it too:
people's, and what strangers may try. Its stand-in for Microsoft takes {slow:g} s for everything: keys, tokens
and messages. The bot asks for keys at most once a minute, whatever comes; here that bound is lifted
(`benchmarks/unbounded.py`), so that it asks for them all the time. *By round* are the smallest and the
largest p99 of a round, which tell how quiet the machine was; CPU is the whole process, Teams included.

"""


@contextmanager
def slow_microsoft() -> Iterator[Microsoft]:
    """The stand-in for Microsoft in a process of its own; who signs for it."""
    port = free_port()
    microsoft = Microsoft(f"http://127.0.0.1:{port}")
    environment = {"SLOW": str(SLOW), "KEYS": json.dumps(microsoft.keys)}
    with server(["-m", "benchmarks.slow_microsoft"], port, environment):
        yield microsoft


@contextmanager
def coming(told: Visit, came: Answered) -> Iterator[None]:
    """Let requests of Teams come until the block ends; milliseconds by kind are added to `came`."""
    command = [sys.executable, "-m", "benchmarks.teams_load"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:  # type: ignore[call-overload] # pipes
        process.stdin.write(f"{told.told()}\n")
        process.stdin.flush()
        if process.stdout.readline() != "begun\n":
            raise RuntimeError("nothing came from Teams")
        yield
        said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError("what came from Teams was answered wrongly")
    for kind, took in json.loads(said).items():
        came.setdefault(kind, []).extend(took)


def compared(
    off: Served, on: Served, told: Visit, length: tuple[int, float], came: Answered
) -> tuple[list[Figures], ...]:
    """Stretches without and with Teams, in turn; `length` are how many of each, and their seconds."""
    without, beside = [], []
    rounds, seconds = length
    for _ in range(rounds):
        without.append(measure(off, MIX, AT_ONCE, seconds))
        with coming(told, came):
            beside.append(measure(on, MIX, AT_ONCE, seconds))
    return without, beside


def beside_teams(slack: str, rounds: int, seconds: float) -> str:
    """Measure on both stores; the page's part about it, with what came of the line that is to hold."""
    rows, verdicts, came = [], [], Answered()
    with slow_microsoft() as microsoft, databases(2) as known:
        environment = {
            "TEAMS_APP_ID": APP,
            "TEAMS_APP_SECRET": SECRET,
            "TEAMS_TENANT_ID": TENANT,
            "TEAMS_API_BASE_URL": microsoft.address,
        }
        for store, (first, second) in known.items():
            with bot(store, first, slack, {}) as off, bot(store, second, slack, environment) as on:
                told = visit(on.plan.address.replace("/slack/events", "/teams/messages"), microsoft)
                both = compared(off, on, told, (rounds, seconds), came)
            rows += [_row(store, *which) for which in zip(("off", "on"), both, strict=True)]
            verdicts.append(_verdict(store, *(Figures.of(each) for each in both)))
    told_kinds = [
        (KINDS[kind].words, str(KINDS[kind].status), str(len(took)), f"{median(took):.0f}")
        for kind, took in came.items()
    ]
    introduction = INTRODUCTION.format(rounds=rounds, seconds=seconds, slow=SLOW)
    figures = table(("server", "Teams", *FIGURES, "by round"), rows)
    meanwhile = table(("meanwhile, of Teams", "status", "requests", "median ms"), told_kinds)
    return f"{introduction}{figures}\n{''.join(verdicts)}\n{meanwhile}"


def _row(store: str, teams: str, rounds: list[Figures]) -> tuple[str, ...]:
    spread = sorted(one.p99 for one in rounds)
    return store, teams, *Figures.of(rounds).cells(), f"{spread[0]:.0f} to {spread[-1]:.0f}"


def _verdict(store: str, off: Figures, on: Figures) -> str:
    times = on.p99 / off.p99
    word = "holds" if times <= WITHIN else "misses"
    what = f"{store}: Slack's p99 with Teams on is {times:.2f} times that with Teams off"
    return f"- {what}; {WITHIN:g} at most: {word}.\n"
