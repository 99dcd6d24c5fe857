"""How often the topic table is right about two names, on labelled lists (see data/README.md)."""

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.matching.roster_builders import TOPICS

LISTS = Path(__file__).parent / "data"


class Figures(NamedTuple):
    """Shares over one list, with the pairs the table got wrong."""

    pairs: int
    precision: float
    recall: float
    wrong: list[tuple[str, str]]


def merged(one: str, other: str) -> bool:
    """Whether the second text is taken for the first, once somebody has declared that."""
    first = TOPICS.resolve(one).topic
    second = TOPICS.resolve(other, [first.name] if not first.known else []).topic
    return TOPICS.identity(first.name) == TOPICS.identity(second.name)


def figures(name: str) -> Figures:
    with (LISTS / name).open(encoding="utf-8", newline="") as lines:
        rows = [(row["one"], row["other"], row["same"] == "yes") for row in csv.DictReader(lines)]
    said = [merged(one, other) for one, other, _ in rows]
    hits = sum(guess and same for guess, (_, _, same) in zip(said, rows, strict=True))
    return Figures(
        pairs=len(rows),
        precision=hits / sum(said),
        recall=hits / sum(same for _, _, same in rows),
        wrong=[(one, other) for guess, (one, other, same) in zip(said, rows, strict=True) if guess != same],
    )


def test_the_list_the_table_was_tuned_on_is_nearly_all_right() -> None:
    found = figures("topic_pairs.csv")
    assert found.pairs >= 300
    assert found.precision == 1.0, found.wrong
    assert found.recall >= 0.95, found.wrong


def test_a_list_the_table_has_never_seen_is_mostly_right() -> None:
    found = figures("topic_pairs_unseen.csv")
    assert found.pairs >= 150
    assert found.precision >= 0.95
    assert found.recall >= 0.7


@pytest.mark.parametrize("kind", ["history", "communication", "leadership", "programming"])
def test_the_table_holds_hard_and_soft_topics(kind: str) -> None:
    assert len(TOPICS) >= 400
    assert sum(topic.kind == kind for topic in TOPICS.entries) >= 15


def test_every_name_is_plain_and_found_as_itself() -> None:
    for topic in TOPICS.entries:
        assert TOPICS.canonical(topic.name) is topic
        assert topic.name == " ".join(topic.name.split())
        assert len(topic.name) <= 40
