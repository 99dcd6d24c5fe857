"""Every module stands in a layer that the import contracts name."""

import ast
import re
import tomllib
from pathlib import Path

from tests.tree import ROOT, tracked

PACKAGES = ("bot", "handlers", "prompts", "storage", "sandbox")


def layers() -> set[str]:
    """Give every module that a layers contract in pyproject.toml names."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    lines = [line for contract in contracts if contract["type"] == "layers" for line in contract["layers"]]
    return {name.strip(" ()") for line in lines for name in re.split(r"[|:]", line)}


def module_name(path: Path) -> str:
    """Give the dotted name of a file: `bot/mentoring/__init__.py` is `bot.mentoring`."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules() -> list[Path]:
    """Give the Python files of the packages that run."""
    return [path for path in tracked() if path.suffix == ".py" and path.parts[0] in PACKAGES]


def stands_in(name: str, layer: str) -> bool:
    """Say whether a module is a layer or lies inside it."""
    return name == layer or name.startswith(f"{layer}.")


def only_a_docstring(path: Path) -> bool:
    """Say whether a file holds nothing but its description."""
    body = ast.parse((ROOT / path).read_text()).body
    return all(isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) for line in body)


def test_every_module_stands_in_a_layer() -> None:
    names = {module_name(path): path for path in modules()}
    named = layers()
    outside = {name for name in names if not any(stands_in(name, layer) for layer in named)}
    roofs = {name for name in outside if any(stands_in(layer, name) for layer in named)}
    assert outside - roofs == set(), "name their layer in pyproject.toml"
    assert {name for name in roofs if not only_a_docstring(names[name])} == set(), (
        "a roof over layers is empty"
    )


def test_every_package_that_is_installed_stands_under_the_contracts() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    assert set(settings["importlinter"]["root_packages"]) == set(PACKAGES)
    assert set(settings["setuptools"]["packages"]["find"]["include"]) == {
        name for package in PACKAGES for name in (package, f"{package}.*")
    }


def imported(path: Path) -> set[str]:
    """Give the top-level packages that a file imports, wherever in it."""
    nodes = list(ast.walk(ast.parse((ROOT / path).read_text())))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    parts = [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {name.partition(".")[0] for name in (*plain, *parts)}


def test_one_module_alone_reads_clocks() -> None:
    packages = ("bot", "handlers", "prompts", "storage")
    readers = {str(path) for path in modules() if path.parts[0] in packages and "time" in imported(path)}
    assert readers == {"bot/app.py"}
