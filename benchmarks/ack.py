"""How fast the bot answers signed `/mentor` requests, beside a bare Bolt app on the same server.

The real `bothways serve` on SQLite and on PostgreSQL; a stand-in for Slack takes two seconds for every call.
Then the same beside Teams, whose stand-in takes as long for everything, its keys above all. Server,
stand-ins, database and load are processes of their own. `--quick` takes a third of the time.
"""

import argparse
import os
import sys
from functools import partial

from benchmarks.beside_teams import beside_teams
from benchmarks.load import MIX
from benchmarks.served import BARE, FIGURES, SLOW, Figures, Served, bare, bot, databases, measure, slow_slack
from benchmarks.shares import shares
from benchmarks.table import table

SECONDS, QUICK_SECONDS = 4.0, 1.0
ROUNDS, QUICK_ROUNDS = 8, 2
AT_ONCE = (10, 50)
KINDS = {
    "help": "`help` (reads)",
    "pairs": "`pairs` (reads)",
    "profile": "`profile` (reads)",
    "change": "`learn …`, `forget …` (write)",
    "window": "`pause` (writes, opens a window)",
}
HEADS = (*FIGURES, "times bare")
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


def _cells(figures: Figures, peer: Figures) -> tuple[str, ...]:
    """The figures, and how many times the peer's CPU that is."""
    return (*figures.cells(), f"{figures.cpu / peer.cpu:.1f}")


def compare(peer: Served, served: Served, seconds: float) -> list[tuple[str, ...]]:
    """The mix at the peer and at the bot in turn, so that both meet the same machine."""
    rows = []
    for at_once in AT_ONCE:
        plain = measure(peer, MIX, at_once, seconds)
        rows.append((f"{BARE} beside it", str(at_once), *_cells(plain, plain)))
        rows.append((served.name, str(at_once), *_cells(measure(served, MIX, at_once, seconds), plain)))
    return rows


def by_kind(peer: Served, served: Served, seconds: float) -> list[tuple[str, ...]]:
    """Each kind alone, ten at once."""
    plain = measure(peer, MIX, AT_ONCE[0], seconds)
    return [
        (served.name, words, *_cells(measure(served, (kind,), AT_ONCE[0], seconds), plain))
        for kind, words in KINDS.items()
    ]


def main() -> None:
    """Measure everything and print it as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter stretches, whose p99 tells little")
    rounds, seconds = (QUICK_ROUNDS, QUICK_SECONDS) if parser.parse_args().quick else (ROUNDS, SECONDS)
    compared, kinds, parts = [], [], []
    with slow_slack() as slack:
        with bare() as peer, databases(1) as known:
            for name, (database,) in known.items():
                with bot(name, database, slack, {}) as served:
                    compared += compare(peer, served, seconds)
                    kinds += by_kind(peer, served, seconds)
                    parts.append(
                        (name, shares(served.process, partial(measure, served, MIX, AT_ONCE[0], seconds)))
                    )
        beside = beside_teams(slack, rounds, seconds)
    mix = "; ".join(f"{words} {MIX.count(kind)}" for kind, words in KINDS.items())
    out = sys.stdout.write
    out(INTRODUCTION.format(seconds=seconds, mix=mix, slow=SLOW, cores=os.cpu_count()))
    out("\n## The mix\n\n" + table(("server", "at once", *HEADS), compared))
    out("\n## By kind, ten at once\n\n" + table(("server", "kind", *HEADS), kinds))
    out("\n" + beside)
    out("\n## Where the CPU goes\n\nShares of the samples in which a thread held Python's lock.\n\n")
    layers = sorted(parts[0][1], key=parts[0][1].__getitem__, reverse=True)
    rows = [(layer, *(f"{found[layer]:.0%}" for _, found in parts)) for layer in layers]
    out(table(("part", *(name for name, _ in parts)), rows))


if __name__ == "__main__":
    main()
