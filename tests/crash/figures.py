"""The figures that a run of the suite came to, and the table that they fill in the documentation."""

from dataclasses import dataclass, field

from tests.crash.books import Verdict
from tests.crash.page import Line


@dataclass
class Figures:
    """What was measured, in the order in which it was."""

    lines: list[Line] = field(default_factory=list)

    def note(self, what: str, figure: str, measured: str, *, holds: bool) -> None:
        """Keep one line of the table, and say it."""
        line = Line(what, figure, measured, "holds" if holds else "misses")
        self.lines.append(line)
        print(f"\n{line}")  # noqa: T201 # the figures are what the suite reports

    def fire(self, store: str, verdict: Verdict) -> None:
        """The lines of a fire."""
        what = f"{verdict.posted:,} sends, {verdict.kills} kills, {store}"
        lost, by_once = len(verdict.lost), len(verdict.by_once)
        self.note(f"{what}: lost", "0", f"{lost}", holds=not lost)
        self.note(
            f"{what}: copies too many",
            f"≤ messages in doubt ({verdict.in_doubt})",
            f"{verdict.doubled}",
            holds=not verdict.beyond_doubt,
        )
        self.note(f"{what}: `at_most_once` doubled", "0", f"{by_once}", holds=not by_once)
        self.note(f"{what}: `at_most_once` left open", "counted", f"{verdict.unknown}", holds=True)
        self.note(
            f"{what}: calls before Retry-After, of {verdict.limited} refusals",
            "0",
            f"{verdict.early}",
            holds=not verdict.early,
        )
        self.note(
            f"{what}: all sent after the last kill",
            "≤ 90 s",
            f"{verdict.seconds:.0f} s",
            holds=verdict.seconds <= 90,
        )
