"""The tree holds what the README's map says, and none of what must stay out of it."""

import re
import tomllib
from fnmatch import fnmatch

from tests.tree import ROOT, tracked

# Written in two halves so that this file does not find itself.
REGISTRIES = [
    first + second
    for first, second in (("pypi", ".org"), ("pythonhosted", ".org"), ("npmjs", ".org"), ("npmjs", ".com"))
]
MAP = re.compile(r"^## Map$.*?^```\w*\n(?P<lines>.*?)^```$", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"(?P<indent> *)(?P<path>\S+) +(?P<words>\S.*)")


def map_lines() -> list[re.Match[str]]:
    """Give the lines of the README's map, each with its indent, its path and its words."""
    block = MAP.search((ROOT / "README.md").read_text())
    assert block, "README.md has a fenced block under '## Map'"
    matches = [(line, LINE.fullmatch(line)) for line in block["lines"].splitlines() if line.strip()]
    assert [line for line, match in matches if not match] == [], "each line is a path and words"
    return [match for _, match in matches if match]


def mapped_paths() -> list[str]:
    """Give the paths of the map from the root; an indented line lies inside the one it is indented under."""
    paths: list[str] = []
    roof: list[tuple[int, str]] = []
    for line in map_lines():
        indent = len(line["indent"])
        roof = [(depth, folder) for depth, folder in roof if depth < indent]
        path = (roof[-1][1] if roof else "") + line["path"]
        roof.append((indent, path))
        paths.append(path)
    return paths


def test_every_path_of_the_map_exists_and_folders_end_with_a_slash() -> None:
    wrong = [
        path
        for path in mapped_paths()
        if not ((ROOT / path).is_dir() if path.endswith("/") else (ROOT / path).is_file())
    ]
    assert not wrong


def test_the_map_names_everything_at_the_top_of_the_tree() -> None:
    top = {f"{path.parts[0]}/" if len(path.parts) > 1 else path.name for path in tracked()}
    named = {path for path in mapped_paths() if path.rstrip("/").count("/") == 0}
    assert named == top


def test_no_file_names_a_package_registry() -> None:
    texts = {path: (ROOT / path).read_bytes() for path in tracked()}
    assert [
        str(path) for path, text in texts.items() if any(name.encode() in text for name in REGISTRIES)
    ] == []


def test_an_installed_copy_carries_every_file_that_a_package_reads() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    packages, carried = tools["importlinter"]["root_packages"], tools["setuptools"]["package-data"]["*"]
    read = {path for path in tracked() if path.parts[0] in packages and path.suffix != ".py"}
    assert [str(path) for path in read if not any(fnmatch(path.name, kind) for kind in carried)] == []


def test_there_is_no_lock_of_uvs_own() -> None:
    assert not [path for path in tracked() if path.name == "uv.lock"]


def test_continuous_integration_calls_make_test_and_nothing_else() -> None:
    lines = (ROOT / ".ci/run").read_text().splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == ["exec make test"]
    assert lines[0] == "#!/bin/bash"


def test_every_script_can_be_run() -> None:
    scripts = [path for path in tracked() if (ROOT / path).read_bytes().startswith(b"#!")]
    assert [str(path) for path in scripts if not (ROOT / path).stat().st_mode & 0o111] == []
