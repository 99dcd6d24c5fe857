"""Files and functions stay small enough to read in one go."""

import ast
import re
from pathlib import Path

from tests.tree import ROOT, tracked

FILE_LINES = 400
FUNCTION_LINES = 60
CODE = {".py", ".js", ".css", ".html", ".j2", ".sh", ".toml", ".yml"}
NOQA = re.compile(r"#\s*noqa\b(?P<codes>:\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?(?P<rest>.*)")
PYTHON = [path for path in tracked() if path.suffix == ".py"]


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give every function of a file, the ones in classes and functions too."""
    nodes = ast.walk(ast.parse((ROOT / path).read_text()))
    return [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def explained(match: re.Match[str]) -> bool:
    """Say whether an exception from a check names its rule and gives a reason in words."""
    return bool(match["codes"] and re.search(r"\w{2}", match["rest"]))


def test_no_file_has_more_than_400_lines() -> None:
    lengths = {
        str(path): len((ROOT / path).read_text().splitlines()) for path in tracked() if path.suffix in CODE
    }
    assert {path: lines for path, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_has_more_than_60_lines() -> None:
    lengths = {
        f"{path}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in PYTHON
        for node in functions(path)
    }
    assert {function: lines for function, lines in lengths.items() if lines > FUNCTION_LINES} == {}


def test_an_exception_from_a_check_names_the_rule_and_the_reason() -> None:
    found = [
        (path, match)
        for path in PYTHON
        for line in (ROOT / path).read_text().splitlines()
        if (match := NOQA.search(line))
    ]
    assert [f"{path}: {match.group()}" for path, match in found if not explained(match)] == []
