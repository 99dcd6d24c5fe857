"""The conformance suite: what each platform can do, as the dialogues show it.

`make conformance` plays every dialogue on both and writes what came of it into docs/platforms.md.
"""

import inspect
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from types import ModuleType

import pytest

from tests.behaviours.rows import rows
from tests.dialogues import differences
from tests.dialogues.differences import PLATFORMS, Difference, platforms_of
from tests.dialogues.half_a_year import Life
from tests.dialogues.profile import CHOSEN
from tests.dialogues.town import Founding, Town
from tests.sections import with_section
from tests.tree import ROOT

FOLDER = ROOT / "tests" / "dialogues"
PAGE = ROOT / "docs" / "platforms.md"
CORE = "decided before any platform"
OPEN = "not built yet"
Outcomes = Mapping[tuple[str, str], bool]
"""(script, platform) -> whether all of its runs there passed."""


@dataclass(frozen=True)
class Script:
    """One dialogue: the file it stands in, its name, and what it needs that one platform alone has."""

    file: str
    name: str
    needs: tuple[pytest.Mark, ...]

    @property
    def key(self) -> str:
        """Its name among all."""
        return f"{self.file}::{self.name}"

    @property
    def platforms(self) -> tuple[str, ...]:
        """Where it runs."""
        return platforms_of(self.needs)

    @property
    def reasons(self) -> tuple[Difference, ...]:
        """Why it runs on one platform alone; none where it runs on both."""
        return tuple(mark.args[0] for mark in self.needs)


@cache
def scripts() -> tuple[Script, ...]:
    """All dialogues, by file and in the order in which they stand there."""
    files = sorted(path.stem for path in FOLDER.glob("test_dialogues_*.py"))
    return tuple(script for file in files for script in _scripts(import_module(f"tests.dialogues.{file}")))


def _scripts(module: ModuleType) -> Iterator[Script]:
    file = module.__name__.rpartition(".")[2]
    for name, one in vars(module).items():
        if name.startswith("test_") and inspect.iscoroutinefunction(one) and _plays(one):
            marks = [*_marks(module), *_marks(one)]
            yield Script(file, name, tuple(mark for mark in marks if mark.name == "needs"))


def _plays(test: object) -> bool:
    """Whether a test happens in a town."""
    kinds = [one.annotation for one in inspect.signature(test).parameters.values()]  # type: ignore[arg-type]
    return any(one in (Life, Founding) or (inspect.isclass(one) and issubclass(one, Town)) for one in kinds)


def _marks(owner: object) -> list[pytest.Mark]:
    given = getattr(owner, "pytestmark", [])
    several = given if isinstance(given, list) else [given]
    return [one.mark if isinstance(one, pytest.MarkDecorator) else one for one in several]


def declared() -> dict[str, Difference]:
    """All differences by the names they have in differences.py."""
    return {name: one for name, one in vars(differences).items() if isinstance(one, Difference)}


# --- the page


def page(outcomes: Outcomes, words: str) -> str:
    """The page on the platforms, its tables made anew of what came of the dialogues."""
    words = with_section(words, "differences", _differences())
    words = with_section(words, "behaviours", _behaviours(outcomes))
    return with_section(words, "dialogues", _dialogues(outcomes))


def _table(*lines: tuple[str, ...]) -> str:
    head, *rest = (f"| {' | '.join(line)} |" for line in lines)
    return "\n".join([head, "|" + "---|" * len(lines[0]), *rest])


def _differences() -> str:
    lines = [(one.what, one.slack, one.teams, one.why) for one in declared().values()]
    return _table(("", "on Slack", "on Teams", "why"), *lines)


def _behaviours(outcomes: Outcomes) -> str:
    lines: list[tuple[str, ...]] = [("", "behaviour", "on Slack", "on Teams")]
    for row in rows():
        shown = {test.removeprefix("tests/dialogues/").replace(".py::", "::") for test in row.tests}
        mine = [one for one in scripts() if one.key in shown]
        elsewhere = CORE if row.tests else OPEN
        cells = [_holds(mine, each, outcomes) if mine else elsewhere for each in PLATFORMS]
        lines.append((row.key, row.what, *cells))
    return _table(*lines)


def _holds(mine: list[Script], platform: str, outcomes: Outcomes) -> str:
    here = [one for one in mine if platform in one.platforms]
    reasons = {reason.what for one in mine if one not in here for reason in one.reasons}
    failed = [one.name for one in here if not outcomes.get((one.key, platform), False)]
    if failed:
        return f"**does not hold**: {', '.join(failed)}"
    held = f"holds in {len(here)} dialogue{'s' * (len(here) > 1)}" if here else "not played"
    return f"{held}; differs: {', '.join(sorted(reasons))}" if reasons else held


def _dialogues(outcomes: Outcomes) -> str:
    head = ("dialogues about", "in all", "hold on Slack", "hold on Teams", "on one platform alone, for")
    lines: list[tuple[str, ...]] = [head]
    for file in dict.fromkeys(one.file for one in scripts()):
        mine = [one for one in scripts() if one.file == file]
        lines.append((file.removeprefix("test_dialogues_").replace("_", " "), *_counts(mine, outcomes)))
    return _table(*lines, ("**all**", *_counts(list(scripts()), outcomes)[:-1], ""))


def _counts(mine: list[Script], outcomes: Outcomes) -> tuple[str, ...]:
    held = [str(sum(outcomes.get((one.key, platform), False) for one in mine)) for platform in PLATFORMS]
    alone = [reason.what for one in mine for reason in one.reasons]
    counted = [f"{what} ({alone.count(what)})" for what in dict.fromkeys(alone)]
    return (str(len(mine)), *held, ", ".join(counted))


def as_it_should_be() -> Outcomes:
    """That every dialogue holds wherever it runs."""
    return {(one.key, platform): True for one in scripts() for platform in one.platforms}


# --- the run


@dataclass
class Heard:
    """Notes what becomes of every dialogue, as pytest tells it."""

    outcomes: dict[tuple[str, str], bool] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note one phase of one run; a script holds where all phases of all its runs pass."""
        file, _, name = report.nodeid.rpartition("/")[2].partition(".py::")
        name, _, params = name.partition("[")
        platform = next((one for one in PLATFORMS if one in params.strip("]").split("-")), PLATFORMS[0])
        key = (f"{file}::{name}", platform)
        self.outcomes[key] = self.outcomes.get(key, True) and report.passed


def main() -> int:
    """Play everything on both platforms and write the page; pytest's exit code."""
    os.environ[CHOSEN] = "long"
    heard = Heard()
    loaded = "ignore::pytest.PytestAssertRewriteWarning"  # this program has loaded what pytest would rewrite
    arguments = [str(FOLDER), "-q", "-n", "2", "--dist", "worksteal", "-W", loaded, *sys.argv[1:]]
    code = pytest.main(arguments, plugins=[heard])
    if code in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        PAGE.write_text(page(heard.outcomes, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
