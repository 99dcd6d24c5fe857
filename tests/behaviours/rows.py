"""The rows of docs/behaviours.md: a behaviour, what it is, and the tests that show it."""

import re
from dataclasses import dataclass

from tests.tree import ROOT

PAGE = ROOT / "docs" / "behaviours.md"
_ROW = re.compile(r"^\| ([A-E]\d+) \| (.+?) \| (.+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[^`]+)`")
OPEN = "**open**: "
"""How a row begins that no test shows yet."""


@dataclass(frozen=True)
class Row:
    """One behaviour; `shown` is the last column as it stands there."""

    key: str
    what: str
    shown: str

    @property
    def tests(self) -> tuple[str, ...]:
        """The tests that show it, as pytest names them."""
        return tuple(_TEST.findall(self.shown))


def rows() -> tuple[Row, ...]:
    """All rows, in their order."""
    return tuple(Row(*found) for found in _ROW.findall(PAGE.read_text(encoding="utf-8")))
