"""The page of behaviours names every one of them once, and only tests that exist."""

import ast

from tests.behaviours.rows import OPEN, rows
from tests.tree import ROOT

COUNTS = {"A": 10, "B": 10, "C": 12, "D": 14, "E": 14}


def test_every_behaviour_has_one_row() -> None:
    wanted = [f"{letter}{number}" for letter, most in COUNTS.items() for number in range(1, most + 1)]
    assert [row.key for row in rows()] == wanted


def test_every_test_that_is_named_exists() -> None:
    named = [test for row in rows() for test in row.tests]
    assert named
    for test in named:
        file, _, name = test.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert name in found, test


def test_a_row_names_a_test_or_says_what_is_missing() -> None:
    assert [row.key for row in rows() if not row.tests and not row.shown.startswith(OPEN)] == []
