"""What the code imports is asked for in pyproject.toml, not merely there because something else needs it."""

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tree import ROOT, tracked

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())
APART = {"tests", "benchmarks"}
OWN = {*SETTINGS["tool"]["importlinter"]["root_packages"], *APART}
STUBS = {"_typeshed"}  # exists for type checkers only


def imported(path: Path) -> set[str]:
    """Give the top-level names that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            names |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names - OWN - STUBS - sys.stdlib_module_names


def asked_for(*texts: str) -> set[str]:
    """Give the names of some requirements as package registries write them."""
    return {canonicalize_name(Requirement(text).name) for text in texts}


def strangers(files: list[Path], known: set[str]) -> set[str]:
    """Give what the files import that no known distribution provides."""
    providers = packages_distributions()
    names = set[str]().union(*(imported(path) for path in files))
    return {
        name for name in names if not known & {canonicalize_name(each) for each in providers.get(name, [])}
    }


def test_what_runs_imports_only_what_it_asks_for() -> None:
    files = [path for path in tracked() if path.suffix == ".py" and path.parts[0] in OWN - APART]
    assert strangers(files, asked_for(*SETTINGS["project"]["dependencies"])) == {"ortools", "rustworkx"}


def test_only_the_optional_engine_imports_the_optional_extra() -> None:
    extra = SETTINGS["project"]["optional-dependencies"]["fast"]
    own = [path for path in tracked() if path.suffix == ".py" and path.parts[0] in OWN - APART]
    using = [path.name for path in own if asked_for(*extra) & imported(path)]
    assert asked_for(*extra) == {"ortools", "rustworkx"}
    assert sorted(using) == ["blossoms.py", "fast.py"]


def test_tests_and_benchmarks_import_only_what_they_ask_for() -> None:
    files = [path for path in tracked() if path.suffix == ".py" and path.parts[0] in APART]
    known = asked_for(*SETTINGS["project"]["dependencies"], *SETTINGS["dependency-groups"]["test"])
    assert strangers(files, known) == set()


def test_benchmarks_import_only_what_they_ask_for() -> None:
    files = [path for path in tracked() if path.suffix == ".py" and path.parts[0] == "benchmarks"]
    groups = SETTINGS["dependency-groups"]
    known = asked_for(*SETTINGS["project"]["dependencies"], *groups["test"], *groups["bench"])
    peers = {name.replace("-", "_") for name in asked_for(*SETTINGS["dependency-groups"]["bench"])}
    assert strangers(files, known) - peers == set(), "peers need not be installed where the tests run"
