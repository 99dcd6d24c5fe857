"""Tables of words name each key once: YAML would take the last and say nothing."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from prompts.wording import FOLDER
from tests.prompts.test_prompts_words import BANNED

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


def strings(node: yaml.Node | None, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a table, keys left out, with the keys that lead to it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from strings(value, f"{path}.{key.value}".lstrip("."))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from strings(value, path)
    elif isinstance(node, yaml.ScalarNode):
        yield path, node.value


SAID_ON_PURPOSE = {
    "join.fields.level.hint": "generations",
    "setup.fields.mandatory.options.yes": "pressure",
    "waiting.rests_now.you": "pressure",
}
"""That a level says nothing of age; what an owner ticks to be warned of it; that there is no hurry."""


@pytest.mark.parametrize("path", sorted((FOLDER / "en").glob("*.yml")), ids=lambda path: path.name)
@pytest.mark.parametrize("kind", BANNED)
def test_no_table_speaks_of(kind: str, path: Path) -> None:
    """A4, E14."""
    words = re.compile(rf"\b(?:{'|'.join(BANNED[kind])})\b", re.IGNORECASE)
    texts = strings(yaml.compose(path.read_text(encoding="utf-8")))
    found = {where: words.findall(text) for where, text in texts if SAID_ON_PURPOSE.get(where) != kind}
    assert {where: said for where, said in found.items() if said} == {}
