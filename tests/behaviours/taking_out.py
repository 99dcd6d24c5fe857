"""Takes each behaviour out of a copy of the tree and sees that a test of its row notices.

`python -m tests.behaviours.taking_out` does it for all, which takes half an hour, with rows (`A1 E14`) for
those alone, and writes docs/behaviours-taken-out.md. It ends with 1 where no test noticed, or where something
else went wrong than a test.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from bot.app import wall_clock
from tests.behaviours.mutation import TakenOut
from tests.behaviours.mutations import MUTATIONS
from tests.behaviours.rows import rows
from tests.tree import ROOT, tracked

PAGE = ROOT / "docs" / "behaviours-taken-out.md"
AT_ONCE = 2
"""Copies in which tests run at the same time."""
PATIENCE = 600
"""Seconds that the tests of one row may take."""
_FAILED = re.compile(r"^FAILED \S+::(?P<name>[^\s\[]+)", re.MULTILINE)
_BROKEN = re.compile(r"^ERROR tests/", re.MULTILINE)
_CRASHED = re.compile(r"^(ERROR|CRITICAL) +bothways", re.MULTILINE)
"""What the bot logs where something went wrong that no rule foresaw, as pytest shows it."""
PASSED, FAILED = 0, 1
INTRO = """# The behaviours, taken out one by one

A row of [behaviours.md](behaviours.md) counts only if its test fails when the behaviour is taken out.
`make behaviours` takes each out of a copy of the tree by the smallest edit, runs the row's tests on SQLite,
and writes this page. The edits stand in `tests/behaviours/mutations.py`; `make test` checks that every row
has one and that each still fits the tree.

| | taken out | of | noticed by | on |
|---|---|---|---|---|
"""
NOTHING = "nothing"
_LINE = re.compile(
    r"^\| (?P<row>[A-E]\d+) \| (?P<what>.+?) \| `(?P<file>.+?)` \| `(?P<test>.+?)` \| .+ \|$", re.MULTILINE
)


@dataclass(frozen=True)
class Outcome:
    """What the tests of a row said: which failed, or `broken` where they could not run at all."""

    failed: tuple[str, ...]
    broken: str = ""

    @property
    def noticed(self) -> bool:
        """Whether a test failed, and nothing else went wrong."""
        return bool(self.failed) and not self.broken


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of the project's files, as they are now, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="bothways-") as folder:
        for path in tracked():
            place = Path(folder) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, place)
        yield Path(folder)


def tried(tree: Path, tests: tuple[str, ...], patience: float = PATIENCE) -> Outcome:
    """Run tests of a tree on SQLite, up to the first failure, for at most so many seconds."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider"]
    environment = os.environ | {"PYTHONPATH": str(tree)}
    try:
        done = subprocess.run(
            [*command, "-k", "not postgres", *tests],
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome((), f"no answer within {patience} s")
    return read(done.returncode, done.stdout + done.stderr)


def read(code: int, said: str) -> Outcome:
    """What pytest's exit code and words say. A product that crashed shows nothing of a behaviour."""
    failed = tuple(_FAILED.findall(said))
    if _CRASHED.search(said):
        return Outcome(failed, "the product crashed")
    if code not in (PASSED, FAILED) or _BROKEN.search(said):
        return Outcome(failed, " ".join(said.strip().splitlines()[-1:]) or f"pytest ended with {code}")
    return Outcome(failed)


def without(tree: Path, one: TakenOut, tests: tuple[str, ...]) -> Outcome:
    """What the tests say of a tree without a behaviour; the tree is as before afterwards."""
    path = tree / one.file
    before = path.read_text(encoding="utf-8")
    path.write_text(one.applied(before), encoding="utf-8")
    try:
        return tried(tree, tests)
    finally:
        path.write_text(before, encoding="utf-8")


def taken_out(
    chosen: Sequence[TakenOut], tests: Mapping[str, tuple[str, ...]]
) -> list[tuple[TakenOut, Outcome]]:
    """Take each out, a few at a time, each in a copy that no other uses; what came of it, in their order."""
    free: Queue[Path] = Queue()

    def alone(one: TakenOut) -> Outcome:
        tree = free.get()
        outcome = without(tree, one, tests[one.row])
        if outcome.broken:  # a busy machine lets requests time out, which is nobody's behaviour
            outcome = without(tree, one, tests[one.row])
        free.put(tree)
        told = outcome.broken or (", ".join(outcome.failed) or "NOTHING noticed")
        sys.stdout.write(f"{one.row:4} {one.what}: {told}\n")
        sys.stdout.flush()
        return outcome

    with ExitStack() as copies, ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(AT_ONCE):
            free.put(copies.enter_context(copied()))
        return list(zip(chosen, pool.map(alone, chosen), strict=True))


def lines_of(text: str) -> dict[tuple[str, str], str]:
    """The lines of the page, by row and what was taken out."""
    return {(found["row"], found["what"]): found[0] for found in _LINE.finditer(text)}


def page(found: Iterable[tuple[TakenOut, Outcome]], day: str, before: str = "") -> str:
    """The page that says what was taken out and which test noticed; lines that were not tried now stay."""
    lines = lines_of(before)
    for one, outcome in found:
        test = outcome.failed[0] if outcome.noticed else NOTHING
        lines[one.row, one.what] = f"| {one.row} | {one.what} | `{one.file}` | `{test}` | {day} |"
    return INTRO + "".join(f"{lines.get((one.row, one.what), '')}\n" for one in MUTATIONS)


def main() -> int:
    """Take out what was asked for, or everything."""
    asked = sys.argv[1:]
    tests = {row.key: row.tests for row in rows()}
    chosen = [one for one in MUTATIONS if not asked or one.row in asked]
    with copied() as tree:
        named = dict.fromkeys(test for one in chosen for test in tests[one.row])
        whole = tried(tree, tuple(named), PATIENCE * len(named))
    if whole.failed or whole.broken:
        sys.stderr.write(f"with everything in place: {whole.failed or whole.broken}\n")
        return FAILED
    found = taken_out(chosen, tests)
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(page(found, wall_clock().date().isoformat(), before), encoding="utf-8")
    return PASSED if all(outcome.noticed for _, outcome in found) else FAILED


if __name__ == "__main__":
    sys.exit(main())
