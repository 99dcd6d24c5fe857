"""Writes measured tables into a page, each between two marks, and leaves the rest as people wrote it."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from os import cpu_count
from pathlib import Path

from tests.sections import with_section
from tests.tree import ROOT

RELIABILITY = ROOT / "docs" / "reliability.md"


@dataclass(frozen=True)
class Line:
    """One figure: what it is about, what it should be, what it was, and whether that holds."""

    what: str
    figure: str
    measured: str
    verdict: str

    def __str__(self) -> str:
        return f"{self.what}: {self.measured} (to reach: {self.figure}; {self.verdict})"


def table(lines: Sequence[Line]) -> str:
    """The lines as Markdown."""
    rows = [f"| {one.what} | {one.figure} | {one.measured} | {one.verdict} |" for one in lines]
    return "\n".join(["| what | to reach | measured | |", "|---|---|---|---|", *rows])


def machine(moment: datetime) -> str:
    """On what, and when, figures were measured."""
    python, system = platform.python_version(), platform.platform(terse=True)
    return f"Measured on {moment:%d %B %Y}, {cpu_count()} cores, {system}, Python {python}."


def write_section(name: str, text: str, page: Path = RELIABILITY) -> None:
    """Put a text between the page's marks of that name."""
    moment = datetime.now(UTC)  # noqa: TID251 # the date of a measurement is today's
    page.write_text(with_section(page.read_text(), name, f"{machine(moment)}\n\n{text}"))
