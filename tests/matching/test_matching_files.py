"""PAIRS.csv out and back in, and results as plain data."""

import csv
import io
import json

import pytest

from bot.matching import MatchedPair
from bot.matching.files import PairsFileError, as_data, pairs_csv, pairs_of
from tests.matching.roster_builders import a_person, a_run, people_of


def in_words(pair: MatchedPair) -> str:
    return f"{len(pair.reasons)} reasons"


def test_pairs_come_back_as_they_went_out() -> None:
    result = a_run(*people_of("people_60.csv"))
    text = pairs_csv(result.pairs, in_words)
    assert pairs_of(text) == tuple((pair.a, pair.b) for pair in result.pairs)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [int(row["score"]) for row in rows] == sorted((int(row["score"]) for row in rows), reverse=True)
    assert all(row["a_learns"] or row["b_learns"] for row in rows)


def test_the_same_roster_in_another_order_gives_the_same_bytes() -> None:
    people = people_of("people_60.csv")
    first = pairs_csv(a_run(*people, seed=3).pairs, in_words)
    assert pairs_csv(a_run(*reversed(people), seed=3).pairs, in_words) == first


def test_a_topic_cannot_become_a_formula_or_two_topics() -> None:
    teacher = a_person("t", 2, teach=["=HYPERLINK(1)", "more; and more"])
    learner = a_person("l", 1, learn=["=HYPERLINK(1)", "more; and more"])
    row = pairs_csv(a_run(learner, teacher).pairs, in_words).splitlines()[1]
    assert row.startswith("l,t,")
    assert "'=HYPERLINK(1);more, and more" in row


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the header"),
        ("x,y\n1,2\n", "line 1: the header"),
        ("a,b\nu1,u2\nu1\n", "line 3: a pair needs two ids"),
        ("a,b\nu1,u1\n", "line 2: u1 is paired with themselves"),
        ("a,b\nu1," + "x" * 200_000, "line 2: field larger"),
    ],
)
def test_a_bad_file_of_pairs_is_refused_by_line(text: str, message: str) -> None:
    with pytest.raises(PairsFileError, match=message):
        pairs_of(text)


def test_columns_may_stand_in_any_order_and_blank_lines_are_nothing() -> None:
    assert pairs_of("\ufeffscore,b,a\n9,u2,u1\n\n,,\n8,u4,u3\n") == (("u1", "u2"), ("u3", "u4"))


def test_a_result_is_plain_data() -> None:
    data = as_data(a_run(*people_of("people_60.csv")))
    again = json.loads(json.dumps(data))
    assert again["figures"]["matched_share"] == pytest.approx(53 / 54, abs=1e-4)
    assert again["figures"]["proven"] is True
    assert again["pairs"][0]["reasons"][0]["kind"] == "Learns"
    assert {person["why"] for person in again["unmatched"]} >= {"no_places"}
    assert as_data(a_run())["figures"]["reciprocal_share"] == 0
