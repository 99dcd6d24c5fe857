"""What matching is for, seen from the command line: upwards, across silos, several at once, no boss."""

import csv
import json
import sys
from pathlib import Path

import pytest

from bot import __main__
from tests.app.test_app_match import SIXTY

HEADER = "id,name,email,level,department,location,timezone,manager,learn,teach,places,languages,since"


@pytest.fixture
def paired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Pairing":
    """Give the command over a roster of some rows."""
    return Pairing(tmp_path, monkeypatch, capsys)


class Pairing:
    """Runs `bothways match` on rows of (id, level, department, manager, learn, teach, places)."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder, self._patch, self._capsys = folder, patch, capsys

    def said(self, *arguments: object) -> str:
        """What the command prints."""
        self._patch.setattr(sys, "argv", ["bothways", "match", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            __main__.main()
        assert ended.value.code == 0
        return self._capsys.readouterr().out

    def figures(self, *rows: tuple[object, ...]) -> dict[str, float]:
        """The figures of a run."""
        told: dict[str, float] = json.loads(self.said(self._roster(*rows), "--json"))["figures"]
        return told

    def of(self, *rows: tuple[object, ...]) -> list[dict[str, str]]:
        """The pairs of PAIRS.csv."""
        roster, pairs = self._roster(*rows), self._folder / "pairs.csv"
        self.said(roster, "--out", pairs)
        with pairs.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def _roster(self, *rows: tuple[object, ...]) -> Path:
        roster = self._folder / "people.csv"
        lines = [
            f"{key},{key},,{level},{department},Berlin,Europe/Berlin,{manager},{learn},{teach},{places},en,2020-01"
            for key, level, department, manager, learn, teach, places in rows
        ]
        roster.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        return roster


def test_b1_a_vice_president_learns_from_a_developer(paired: Pairing) -> None:
    pairs = paired.of(("vp", 7, "Sales", "", "Rust", "", 1), ("dev", 2, "Tech", "", "", "Rust", 1))
    assert [(pair["a"], pair["b"], pair["b_learns"]) for pair in pairs] == [("dev", "vp", "Rust")]


def test_a5_upward_teaching_happens_by_default_and_its_share_is_told(paired: Pairing) -> None:
    pairs = paired.of(
        ("vp", 7, "Sales", "", "Rust", "", 1),
        ("dev", 2, "Tech", "", "", "Rust", 1),
        ("lead", 5, "Legal", "", "", "Negotiation", 1),
        ("new", 1, "Law", "", "Negotiation", "", 1),
    )
    assert sum(bool(pair["b_learns"]) for pair in pairs) == 1
    figures = json.loads(paired.said(SIXTY, "--json"))["figures"]
    assert figures["upward_share"] == round(figures["upward"] / figures["pairs"], 4)
    assert figures["upward"] > 0


def test_a8_nobody_is_paired_inside_a_reporting_line_however_good_it_would_be(paired: Pairing) -> None:
    boss = ("boss", 5, "Tech", "", "", "Rust", 1)
    middle = ("middle", 3, "Tech", "boss", "", "", 1)
    worker = ("worker", 1, "Sales", "middle", "Rust", "", 1)
    assert paired.of(boss, middle, worker) == []
    freed = ("worker", 1, "Sales", "", "Rust", "", 1)
    assert [(pair["a"], pair["b"]) for pair in paired.of(boss, middle, freed)] == [("worker", "boss")]


def test_b2_one_person_has_a_mentor_for_each_topic_and_no_more_than_places(
    paired: Pairing,
) -> None:
    teachers = [(f"t{number}", 1, f"D{number}", "", "", topic, 1) for number, topic in enumerate(TOPICS)]
    pairs = paired.of(("vp", 7, "Sales", "", ";".join(TOPICS), "", 2), *teachers)
    learned = [pair["b_learns"] for pair in pairs]
    assert len(learned) == len(set(learned)) == 2
    assert set(learned) <= set(TOPICS)


def test_e1_another_department_is_preferred_by_default_and_its_share_is_told(paired: Pairing) -> None:
    for same, across in (("aa", "zz"), ("zz", "aa")):
        teachers = (
            (key, 3, department, "", "", "Rust", 1) for key, department in ((same, "Sales"), (across, "Tech"))
        )
        (pair,) = paired.of(("ana", 1, "Sales", "", "Rust", "", 1), *teachers)
        assert {pair["a"], pair["b"]} == {"ana", across}, "whatever their names"
    inside = (("ana", 1, "Sales", "", "Rust", "", 1), ("cy", 3, "Sales", "", "", "Rust", 1))
    across_it = (("ben", 1, "Law", "", "Excel", "", 1), ("dee", 3, "Tech", "", "", "Excel", 1))
    assert paired.figures(*inside, *across_it)["cross_department_share"] == 0.5


TOPICS = ("Rust", "Negotiation", "Excel")
