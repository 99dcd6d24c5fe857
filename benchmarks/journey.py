"""How fast half years of many pairs go by in the sandbox, and what people have read then.

The real `bothways demo`: the bot and the stand-in for Slack in processes of their own, over HTTP alone.
"""

import argparse
import asyncio
import csv
import os
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from time import perf_counter

import httpx

from benchmarks.characters import CAST
from benchmarks.half_years import AT_ONCE, DAYS, Population
from benchmarks.processes import server
from benchmarks.table import table
from bot.catalogue import load_topics
from sandbox.people import COLUMNS
from tests.loopback import loopback_client
from tests.postgres import free_port

PAIRS, WEEKS = 200, 26
WITHIN = 300.0
"""Seconds that PAIRS over WEEKS may take."""
START = "2026-11-24T09:00:00+00:00"
ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Singapore")
LONGEST = 600.0
SECRET = "0123456789abcdef"  # noqa: S105 # of a stand-in on loopback
INTRODUCTION = """\
{pairs} pairs over {weeks} weeks, day by day: the real bot and the stand-in for Slack as `bothways demo`
starts them, on SQLite, and people who answer over the sandbox's calls as eight characters do,
{at_once} of them at once.

The peer, in the same run, is the same stand-in with bare Bolt behind it, which only acknowledges and has
nothing due. It is asked by as many signed commands as people did things above, and moved through as many
days: what is left when the bot's share is taken out. It draws no message, so what the stand-in does to show
them counts as the bot's.
"""


@dataclass(frozen=True)
class Lived:
    """What a run came to."""

    population: Population
    seconds: float
    endings: dict[str, Counter[str]]


def write_roster(file: Path, pairs: int) -> None:
    """Pairs of which the lower wants what the upper teaches, and in every other pair the upper too."""
    names = sorted(topic.name for topic in load_topics().entries)
    with file.open("w", newline="") as opened:
        rows = csv.DictWriter(opened, COLUMNS)
        rows.writeheader()
        for number in range(pairs):
            wish, back = (names[(2 * number + one) % len(names)] for one in (0, 1))
            zone, both = ZONES[number % len(ZONES)], number % 2 == 0
            low = _row(f"L{number}", f"Lower Number {number}", "2", "Research", zone)
            top = _row(f"T{number}", f"Upper Number {number}", "5", "Sales", zone)
            rows.writerow(low | {"learn": wish, "teach": back if both else ""})
            rows.writerow(top | {"learn": back if both else "", "teach": wish})


def _row(key: str, name: str, level: str, department: str, zone: str) -> dict[str, str]:
    mail, empty = f"{key.lower()}@example.com", dict.fromkeys(COLUMNS, "")
    own = {"id": key, "name": name, "email": mail, "level": level, "department": department, "timezone": zone}
    return empty | own | {"places": "1", "languages": "en"}


@asynccontextmanager
async def demo(roster: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The demonstration over a roster, once the programme is set up."""
    port = free_port()
    command = ["-m", "bot", "demo", "--port", str(port), "--people", str(roster), "--clock", START]
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
    with server(command, port, kept):
        async with loopback_client(f"http://127.0.0.1:{port}", LONGEST) as http:
            while not (await http.get("/sandbox/state")).json()["ready"]:  # noqa: ASYNC110 # it is asked
                await asyncio.sleep(0.1)
            yield http


@contextmanager
def bare(roster: Path) -> Iterator[str]:
    """The peer's address: the stand-in with bare Bolt behind it."""
    behind, port = free_port(), free_port()
    with server(["-m", "benchmarks.bare_demo"], behind, {"SLACK_SIGNING_SECRET": SECRET}):
        given = ["--bot", f"http://127.0.0.1:{behind}", "--signing-secret", SECRET, "--bot-token", "xoxb-0"]
        people = ["--people", str(roster), "--clock", START, "--no-story"]
        with server(["-m", "sandbox", "--port", str(port), *given, *people], port, {}):
            yield f"http://127.0.0.1:{port}"


async def peer(pairs: int, weeks: int, acts: int) -> float:
    """Seconds that the peer takes for so many acts, spread over the days."""
    with tempfile.TemporaryDirectory(prefix="bothways-bench-") as folder:
        roster = Path(folder) / "people.csv"
        write_roster(roster, pairs)
        with bare(roster) as address:
            async with loopback_client(address, LONGEST) as http:
                beside = Population(http, pairs)
                began, days = perf_counter(), weeks * DAYS
                for day in range(days):
                    await beside.move_a_day()
                    own = range(acts * day // days, acts * (day + 1) // days)
                    await beside.commands(f"L{number % pairs}" for number in own)
                return perf_counter() - began


async def play(pairs: int, weeks: int) -> Lived:
    """Let so many pairs live through so many weeks."""
    with tempfile.TemporaryDirectory(prefix="bothways-bench-") as folder:
        roster = Path(folder) / "people.csv"
        write_roster(roster, pairs)
        async with demo(roster) as http:
            population = Population(http, pairs)
            began = perf_counter()
            await population.begin()
            await population.live(weeks)
            seconds = perf_counter() - began
            endings = await population.endings()
    return Lived(population, seconds, endings)


def limits(lived: Lived) -> dict[str, int]:
    """How often each promise was broken; all of them are to be nought."""
    told = lived.population.told()
    return {
        "people above three messages in seven days": told.above_the_limit(),
        "people above one reminder in seven days": told.above_one_nudge(),
        "messages out of hours": len(told.out_of_hours()),
        "messages said twice": len(told.twice()),
    }


def page(lived: Lived, weeks: int, beside: float) -> str:
    """Everything as Markdown; `beside` are the peer's seconds."""
    told, paired = lived.population.told(), lived.population.paired
    heard = [len(told.counted().get(who, ())) / weeks for who in lived.population.people]
    speed = paired * weeks / lived.seconds
    rows = [
        ("pairs introduced", str(paired)),
        ("seconds", f"{lived.seconds:.0f}"),
        ("pairs times weeks, a second", f"{speed:.1f}"),
        ("acts of people", str(lived.population.acts)),
        ("messages of the bot", str(len(told.said))),
        ("messages a person and week, mean", f"{mean(heard):.2f}"),
        ("messages a person and week, most", f"{max(heard):.2f}"),
        ("messages in seven days, most", str(told.busiest_week())),
        *((what, str(count)) for what, count in limits(lived).items()),
        ("seconds of the peer", f"{beside:.0f}"),
        ("times the peer", f"{lived.seconds / beside:.1f}"),
    ]
    found = sorted({ending for each in lived.endings.values() for ending in each})
    ends = [(name, *(str(lived.endings[name][one]) for one in found)) for name in CAST]
    told_of = table(("what", "figure"), rows) + "\n## What each character's pairs came to\n\n"
    return told_of + table(("character", *found), ends)


def main() -> None:
    """Play, print, and fail where a promise was broken or the time was not kept."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--pairs", type=int, default=PAIRS)
    words.add_argument("--weeks", type=int, default=WEEKS)
    given = words.parse_args()
    lived = asyncio.run(play(given.pairs, given.weeks))
    beside = asyncio.run(peer(given.pairs, given.weeks, lived.population.acts))
    about = {"pairs": given.pairs, "weeks": given.weeks, "at_once": AT_ONCE}
    sys.stdout.write(INTRODUCTION.format(**about) + "\n" + page(lived, given.weeks, beside))
    broken = {what: count for what, count in limits(lived).items() if count}
    if broken:
        raise SystemExit(f"broken: {broken}")
    if (given.pairs, given.weeks) == (PAIRS, WEEKS) and lived.seconds > WITHIN:
        raise SystemExit(f"{lived.seconds:.0f} seconds, more than {WITHIN:.0f}")


if __name__ == "__main__":
    main()
