"""Tables of words name each key once: YAML would take the last and say nothing."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from prompts.wording import FOLDER

TABLES = sorted(FOLDER.rglob("*.yml"))


def named_twice(node: yaml.Node | None) -> Iterator[str]:
    """The keys that stand more than once in one mapping, anywhere below."""
    if isinstance(node, yaml.MappingNode):
        counted = Counter(key.value for key, _ in node.value)
        yield from (f"{key} in line {node.start_mark.line}" for key, times in counted.items() if times > 1)
        for _, value in node.value:
            yield from named_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from named_twice(value)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_table_names_each_key_once(path: Path) -> None:
    assert list(named_twice(yaml.compose(path.read_text(encoding="utf-8")))) == []


def test_a_key_that_stands_twice_is_found() -> None:
    assert list(named_twice(yaml.compose("a: [{b: 1, b: 2}]\n"))) == ["b in line 0"]
