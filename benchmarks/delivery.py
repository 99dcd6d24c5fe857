"""What sending and planning cost, beside their peers: `python -m benchmarks.delivery [--quick]`."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.planning import DUE, FAR, half_a_year, planner
from benchmarks.sending import Rate, rates
from tests.builders import MONDAY
from tests.crash.page import Line, table, write_section
from tests.databases import administer, at
from tests.postgres import breakable_server

SENDS, QUICK_SENDS = 3_000, 600
WAITING, QUICK_WAITING = (1_000, 10_000, 100_000, 1_000_000), (1_000, 10_000)
REFERENCE = 100_000
PAIRS, QUICK_PAIRS = 2_000, 100
EMBEDDED, SHARE, MORE = 50.0, 0.5, 1.5
IDLE_MS, BURST_MS, GROWTH = 5.0, 100.0, 2.0
HALF_A_YEAR_SECONDS = 120.0


def holds(*, well: bool) -> str:
    """The last column."""
    return "holds" if well else "misses"


async def sending(sends: int) -> tuple[list[Line], str]:
    """The lines about sending, and the table of rates."""
    found = await rates(sends)
    loop, _, embedded, one, _, three = found
    lines = [
        _at_least("embedded: sends a second", embedded.per_second, EMBEDDED),
        _at_least("one worker, as a share of the bare loop", one.per_second / loop.per_second, SHARE),
        _at_least("three workers, as a multiple of one", three.per_second / one.per_second, MORE),
    ]
    return lines, _rates(found)


def _at_least(what: str, measured: float, wanted: float) -> Line:
    verdict = holds(well=measured >= wanted)
    if measured < wanted:
        verdict += f" by {100 * (1 - measured / wanted):.0f} %"
    return Line(what, f"≥ {wanted:g}", f"{measured:.2f}", verdict)


def _at_most(what: str, measured: float, wanted: float, unit: str) -> Line:
    verdict = holds(well=measured <= wanted)
    if measured > wanted:
        verdict += f" by {100 * (measured / wanted - 1):.0f} %"
    return Line(what, f"≤ {wanted:g} {unit}".rstrip(), f"{measured:.2f} {unit}".rstrip(), verdict)


def _rates(found: list[Rate]) -> str:
    loop = found[0].per_second
    rows = [
        f"| {one.name} | {one.per_second:.0f} | {one.per_second / loop:.2f} | {one.cpu_ms:.1f} ms |"
        for one in found
    ]
    head = ["| answers in 50 ms, eight on their way each | sends a second | of the bare loop | CPU a send |"]
    return "\n".join([*head, "|---|---|---|---|", *rows])


async def planning(
    store: str,
    sizes: tuple[int, ...],
    url: Callable[[int], str],
    filled: Callable[[str], None] = lambda _: None,
) -> tuple[list[Line], str]:
    """The lines about waiting pairs on one store, and the table by their number.

    `filled` is told the address of each database once its pairs are in.
    """
    rows, found = [], {}
    for size in sizes:
        address = url(size)
        async with planner(address) as made:
            await made.fill(size, MONDAY, MONDAY + FAR)
            filled(address)
            await made.idle()  # what is slow the first time only
            await made.burst()
            idle = await made.idle()
            found[size] = (idle, await made.burst(DUE))
        rows.append(f"| {store} | {size:,} | {found[size][0]:.2f} ms | {found[size][1]:.0f} ms |")
        print(rows[-1], file=sys.stderr)  # a benchmark tells how far it is
    reference = REFERENCE if REFERENCE in found else sizes[-1]
    lines = [
        _at_most(f"{store}: idle tick, {reference:,} waiting pairs", found[reference][0], IDLE_MS, "ms"),
        _at_most(f"{store}: planning 200 due among them", found[reference][1], BURST_MS, "ms"),
    ]
    if sizes[-1] > reference:
        for place, what in enumerate(("idle tick", "planning 200")):
            growth = found[sizes[-1]][place] / found[reference][place]
            lines.append(_at_most(f"{store}: {what} at {sizes[-1]:,}, as a multiple", growth, GROWTH, ""))
    return lines, "\n".join(rows)


async def measure(*, quick: bool) -> tuple[list[Line], str]:
    """The lines to reach, and the tables behind them as Markdown."""
    lines, speeds = await sending(QUICK_SENDS if quick else SENDS)
    sizes = QUICK_WAITING if quick else WAITING
    with tempfile.TemporaryDirectory() as name, breakable_server() as server:
        folder = Path(name)

        def database(size: int) -> str:
            administer(server.address, "CREATE DATABASE {}", f"waiting_{size}")
            return at(server.address, f"waiting_{size}")

        more, costs = await planning("SQLite", sizes, lambda size: f"sqlite:///{folder}/{size}.db")
        lines += more
        # what autovacuum does within a minute of so much that is new
        more, further = await planning("PostgreSQL", sizes, database, lambda url: administer(url, "ANALYZE"))
        lines += more
        pairs = QUICK_PAIRS if quick else PAIRS
        seconds, planned, said = await half_a_year(f"sqlite:///{folder}/half_a_year.db", pairs)
    what = f"182 days of {pairs:,} pairs, sends cut off ({planned:,} planned, {said:,} messages)"
    lines.append(_at_most(what, seconds, HALF_A_YEAR_SECONDS, "s"))
    head = "| store | waiting pairs | idle tick | planning 200 due |\n|---|---|---|---|"
    return lines, f"{speeds}\n\n{head}\n{costs}\n{further}"


def main() -> None:
    """Measure and print; a whole run also fills its table in docs/reliability.md."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--quick", action="store_true", help="smaller figures, within about two minutes")
    quick = words.parse_args().quick
    lines, rest = asyncio.run(measure(quick=quick))
    print(f"{table(lines)}\n\n{rest}")
    if not quick:
        write_section("benchmark", table(lines))


if __name__ == "__main__":
    main()
