"""Runs the benchmarks and writes what each prints to `docs/benchmarks/`: `python -m benchmarks [NAME …]`."""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

from bot.app import wall_clock

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs/benchmarks"
TITLES = {
    "ack": "How fast requests are answered",
    "page": "How soon the demonstration's page shows something",
    "matching": "Matching beside its peers",
    "delivery": "What sending and planning cost",
    "journey": "Half a year of two hundred pairs",
}
"""Every benchmark by its module's name, and its page's heading."""


def machine() -> str:
    """What it ran on, and how busy that was with other things just before."""
    return (
        f"{wall_clock():%d %B %Y}, {os.cpu_count()} cores ({platform.machine()}), "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}; "
        f"load average before the run {os.getloadavg()[0]:.1f}"
    )


def main() -> None:
    """Run those that are named, or all; a page is written only where the whole benchmark ran through."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*TITLES, []], metavar="NAME")
    for name in parser.parse_args().names or TITLES:
        head = f"# {TITLES[name]}\n\nWritten by `make bench`. {machine()}.\n\n"
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        run = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)  # our own
        PAGES.mkdir(exist_ok=True)
        (PAGES / f"{name}.md").write_text(head + run.stdout)
        sys.stdout.write(head + run.stdout)


if __name__ == "__main__":
    main()
